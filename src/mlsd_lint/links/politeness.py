"""How long to leave a host alone: as long as it asks for, and longer at every failure."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_FIRST_BACKOFF = 1.0
_LONGEST_BACKOFF = 30.0

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Sun, 06 Nov 1994 08:49:37 GMT
        rf"[a-z]{{3}}, (?P<day>[0-9]{{2}}) (?P<month>[a-z]{{3}}) (?P<year>[0-9]{{4}}) {_TIME} GMT",
        # Sunday, 06-Nov-94 08:49:37 GMT
        rf"[a-z]{{6,9}}, (?P<day>[0-9]{{2}})-(?P<month>[a-z]{{3}})-(?P<year>[0-9]{{2}}) {_TIME} GMT",
        # Sun Nov  6 08:49:37 1994
        rf"[a-z]{{3}} (?P<month>[a-z]{{3}}) (?P<day>[0-9 ][0-9]) {_TIME} (?P<year>[0-9]{{4}})",
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_LONGEST_ROBOTS = 500 * 1024
_PRODUCT_TOKEN = re.compile(r"[A-Za-z_-]+|\*")
# Lines that end a list of user agents. Crawl-delay is none of the RFC's, but stands among them.
_RULES = frozenset({"allow", "disallow", "crawl-delay"})


def retry_after(value: str, now: datetime) -> float | None:
    """How many seconds a Retry-After header asks to wait (RFC 9110, section 10.2.3).

    `now` is aware of its time zone. A date is read in each of the three forms of section 5.6.7; one
    that is over gives 0. A fraction of seconds, which the RFC does not have but hosts send, counts.
    None for anything else.
    """
    value = value.strip(" \t")
    if _NUMBER.fullmatch(value):
        return _finite(value)
    date = _http_date(value, now)
    return None if date is None else max(0.0, (date - now).total_seconds())


def backoff(attempt: int, random: Random) -> float:
    """How many seconds to wait after the failure of an attempt, the first of which is 1.

    Any time up to a bound, which doubles with each attempt up to half a minute: whoever failed
    together does not come back together.
    """
    bound: float = _FIRST_BACKOFF * 2 ** min(attempt - 1, 10)
    return random.uniform(0.0, min(bound, _LONGEST_BACKOFF))


def crawl_delay(robots: bytes, product: str = "mlsd-lint") -> float | None:
    """How many seconds a robots.txt asks a program to leave between requests; None if it does not.

    The groups are those of RFC 9309: all that name `product`, or if there are none, all for `*`.
    Of several delays the longest counts. What is no number, and what comes after 500 KiB, does not.
    """
    agents: set[str] = set()
    found: dict[str, list[float]] = {}
    in_rules = True
    for key, value in _robots_lines(robots):
        if key == "user-agent":
            if in_rules:
                agents, in_rules = set(), False
            token = _PRODUCT_TOKEN.match(value)
            if token is not None:
                agents.add(token[0].lower())
                found.setdefault(token[0].lower(), [])
        elif key in _RULES:
            in_rules = True
            if key == "crawl-delay" and _NUMBER.fullmatch(value):
                for agent in agents:
                    found[agent].append(_finite(value))
    return max(found.get(product.lower(), found.get("*", [])), default=None)


def _robots_lines(robots: bytes) -> Iterator[tuple[str, str]]:
    """The keys, in lower case, and the values of all lines that have both."""
    lines = robots[:_LONGEST_ROBOTS].removeprefix(b"\xef\xbb\xbf").splitlines()
    if len(robots) > _LONGEST_ROBOTS:
        lines.pop()  # half of a number is another number
    for line in lines:
        key, colon, value = line.partition(b"#")[0].decode("utf-8", "replace").partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _finite(number: str) -> float:
    return min(float(number), sys.float_info.max)


def _http_date(value: str, now: datetime) -> datetime | None:
    found = next(filter(None, (form.fullmatch(value) for form in _DATES)), None)
    if found is None or found["month"].lower() not in _MONTHS:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:  # the nearest such year (RFC 9110, section 5.6.7)
        year += (now.year + 50 - year) // 100 * 100
    second = 59 if found["second"] == "60" else int(found["second"])
    try:
        return datetime(
            year,
            _MONTHS.index(found["month"].lower()) + 1,
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            second,
            tzinfo=UTC,
        )
    except ValueError:
        return None
