"""How long a polite check must take at least, given how long every page of the web takes.

Two bounds, each in seconds:

- *clairvoyant*: no schedule is faster, even one that knows all latencies beforehand: a host
  must be asked so many times with the interval between, its requests last so long altogether, its
  longest page takes so long, and all hosts together have so many slots;
- *alone*: each host by itself, asked in the order of the documents as fast as its limits allow:
  what a tool can reach that does not know beforehand which pages are slow.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from link_plan import Link, Plan


class Terms(NamedTuple):
    """How all tools ask: the same limits, timeout (seconds) and requests for a silent page."""

    concurrency: int
    host_concurrency: int
    interval: float
    timeout: float
    attempts: int

    def lasts(self, link: Link) -> float:
        """How many seconds the requests for a page last, one after the other."""
        return self.attempts * self.timeout if link.latency is None else link.latency

    def requests(self, link: Link) -> int:
        """How many requests a page needs."""
        return self.attempts if link.latency is None else 1


class Bounds(NamedTuple):
    """See the module's docstring."""

    clairvoyant: float
    alone: float


def bounds(plan: Plan, terms: Terms) -> Bounds:
    """The bounds of a plan."""
    hosts = [links for links in plan.in_order() if links]
    overall = sum(terms.lasts(link) for links in hosts for link in links) / terms.concurrency
    return Bounds(
        max(overall, *(_of_host(links, terms) for links in hosts)),
        max(overall, *(_alone(links, terms) for links in hosts)),
    )


def _of_host(links: Sequence[Link], terms: Terms) -> float:
    requests = sum(terms.requests(link) for link in links)
    lengths = [terms.lasts(link) for link in links]
    last = min(terms.timeout if link.latency is None else link.latency for link in links)
    by_interval = (requests - 1) * terms.interval + last
    return max(by_interval, sum(lengths) / terms.host_concurrency, *lengths)


def _alone(links: Sequence[Link], terms: Terms) -> float:
    """When the last request to a host ends that is asked in order; what failed goes first again."""
    waiting = list(reversed(links))
    again: list[tuple[float, int]] = []  # when it failed, attempts left
    running: list[tuple[float, int]] = []  # when it ends, attempts left
    now = 0.0
    end = 0.0
    while waiting or again or running:
        while running and running[0][0] <= now:
            over, left = heappop(running)
            end = max(end, over)
            if left:
                heappush(again, (over, left))
        if len(running) >= terms.host_concurrency or not (waiting or again):
            now = max(now, running[0][0]) if running else now
            continue
        if again:
            _, left = heappop(again)
            heappush(running, (now + terms.timeout, left - 1))
        else:
            link = waiting.pop()
            silent = link.latency is None
            lasts = terms.timeout if link.latency is None else link.latency
            heappush(running, (now + lasts, terms.attempts - 1 if silent else 0))
        now += terms.interval
    return end
