"""What the web saw of a run, held against what the tool was told."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from measuring import BenchmarkError

if TYPE_CHECKING:
    from link_bounds import Terms
    from link_plan import Plan
    from link_web import Log, Seen

_ROBOTS = "/robots.txt"
_MADE_UP = "mlsd-lint-no-such-page"
# The times are the web's own: it may see one request late and the next in time.
_LATE = 0.040  # seconds
_SHARE_IN_TIME = 0.99


class Courtesy(NamedTuple):
    """How a run treated its hosts.

    `requests` counts them all; of them `robots` were for robots.txt and `made_up` for pages that
    cannot exist. `silent` is the mean number for a page that does not answer. `shortest` is the
    least time in seconds between two requests to one host, `most` the most at once to one host.
    """

    requests: int
    robots: int
    made_up: int
    silent: float
    shortest: float
    most: int


def courtesy(name: str, plan: Plan, terms: Terms, log: Log) -> Courtesy:
    """How a tool behaved.

    Raises:
        BenchmarkError: it left out a link, asked for what it should not, or kept no limit.
    """
    asked = Counter((seen.host, seen.path) for seen in log.requests)
    _expect_all(name, plan, asked)
    most = max(log.most_running)
    if terms.interval and most > terms.host_concurrency:
        raise BenchmarkError(f"{name} sent {most} requests at once to one host")
    gaps = _gaps(log)
    in_time = sum(gap >= terms.interval - _LATE for gap in gaps)
    if in_time < _SHARE_IN_TIME * len(gaps):
        raise BenchmarkError(f"{name} kept the interval {in_time} times of {len(gaps)}")
    silent = [
        asked[host, link.path]
        for host, links in enumerate(plan.hosts)
        for link in links
        if link.latency is None
    ]
    return Courtesy(
        len(log.requests),
        sum(count for (_, path), count in asked.items() if path == _ROBOTS),
        sum(count for (_, path), count in asked.items() if _MADE_UP in path),
        sum(silent) / max(len(silent), 1),
        min(gaps, default=0.0),
        most,
    )


def _expect_all(name: str, plan: Plan, asked: Counter[tuple[int, str]]) -> None:
    pages = {(host, link.path) for host, links in enumerate(plan.hosts) for link in links}
    missing = pages - asked.keys()
    others = {path for _, path in asked.keys() - pages if path != _ROBOTS and _MADE_UP not in path}
    if missing or others:
        raise BenchmarkError(
            f"{name} left out {len(missing)} of {len(pages)} links"
            f" and asked for {sorted(others)[:5]} besides"
        )


def _gaps(log: Log) -> list[float]:
    by_host: dict[int, list[Seen]] = {}
    for seen in log.requests:
        by_host.setdefault(seen.host, []).append(seen)
    return [after.at - before.at for seen in by_host.values() for before, after in pairwise(seen)]
