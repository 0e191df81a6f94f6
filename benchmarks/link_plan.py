"""The simulated web of the link benchmark: its hosts and pages, and how long each takes.

All of it follows from the seed, so that every tool and every run meets the same web.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEED = 20260301
_HOSTS, _LINKS = 1000, 10_000
_LARGE = (600, 450, 350, 250, 200, 150)  # links of the few hosts that have hundreds
_MEDIAN = 0.080  # seconds
_SPREAD = 0.6  # sigma of the logarithm: nine of ten answers come between 30 and 215 ms
_SLOW_SHARE = 0.02
_SLOW_MEDIAN, _SLOW_SPREAD = 4.0, 0.4  # seconds; nine of ten between 2 and 8
_SILENT_SHARE = 0.01


class Link(NamedTuple):
    """A page of a host, and the seconds that every answer for it takes; None if none comes."""

    path: str
    latency: float | None


@dataclass(frozen=True)
class Plan:
    """The pages that are linked to, by host, and in which order the documents have the links.

    `others` are the seconds that a host takes for any path without a page, such as its robots.txt.
    `order` has (host, number of the link at the host) of every link.
    """

    hosts: tuple[tuple[Link, ...], ...]
    others: tuple[float, ...]
    order: tuple[tuple[int, int], ...]

    def in_order(self) -> list[list[Link]]:
        """The links to each host, in the order of the documents."""
        links: list[list[Link]] = [[] for _ in self.hosts]
        for host, number in self.order:
            links[host].append(self.hosts[host][number])
        return links


def equal_hosts(hosts: int, links: int) -> Plan:
    """A web that answers at once, the same number of links to each host, one after the other."""
    each = links // hosts
    pages = tuple(Link(f"/page-{number}.html", 0.0) for number in range(each))
    order = tuple((host, number) for number in range(each) for host in range(hosts))
    return Plan((pages,) * hosts, (0.0,) * hosts, order)


def simulated(*, silent_anywhere: bool = False) -> Plan:
    """1,000 hosts with 10,000 pages: six hosts have hundreds, some pages are slow, some silent.

    A silent page accepts the connection and never answers. It is one of the hosts with few links,
    or of any with `silent_anywhere`; all else is the same then.
    """
    chance = random.Random(_SEED)  # noqa: S311  # the same numbers each time are wanted
    sizes = [*_LARGE, *_small_hosts(_HOSTS - len(_LARGE), _LINKS - sum(_LARGE), chance)]
    order = [(host, number) for host, size in enumerate(sizes) for number in range(size)]
    usual = {place: _log_normal(_MEDIAN, _SPREAD, chance) for place in order}
    slow = {
        place: _log_normal(_SLOW_MEDIAN, _SLOW_SPREAD, chance)
        for place in chance.sample(order, round(_LINKS * _SLOW_SHARE))
    }
    others = tuple(_log_normal(_MEDIAN, _SPREAD, chance) for _ in sizes)
    shuffled = chance.sample(order, len(order))
    may_be_silent = order if silent_anywhere else order[sum(_LARGE) :]
    silent = dict.fromkeys(chance.sample(may_be_silent, round(_LINKS * _SILENT_SHARE)))
    latency = {**usual, **slow, **silent}
    pages = tuple(
        tuple(Link(f"/page-{number}.html", latency[host, number]) for number in range(size))
        for host, size in enumerate(sizes)
    )
    return Plan(pages, others, tuple(shuffled))


def _small_hosts(hosts: int, links: int, chance: random.Random) -> Sequence[int]:
    """How many links each has: one, and a share of the rest by chance."""
    sizes = [1] * hosts
    weights = [_log_normal(1.0, 1.0, chance) for _ in sizes]
    for host in chance.choices(range(hosts), weights, k=links - hosts):
        sizes[host] += 1
    return sizes


def _log_normal(median: float, spread: float, chance: random.Random) -> float:
    return round(chance.lognormvariate(math.log(median), spread), 4)
