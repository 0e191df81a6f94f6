"""Where redirects lead: the way that was gone, and whether its end is what was promised.

Nothing here knows a page's text; addresses, statuses and headers say enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint import urls
from mlsd_lint.links import addresses
from mlsd_lint.links.exchange import Failure, Reply
from mlsd_lint.links.judging import landings
from mlsd_lint.links.verdicts import Hop, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlsd_lint.links.exchange import Exchange

PERMANENT = frozenset({301, 308})
_LONGEST_SHOWN = 200
_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", re.IGNORECASE)


class Journey(NamedTuple):
    """The way from the first address to the last, each address once.

    `steps` holds the exchange that counts for each address: a GET after a HEAD takes its place,
    and what came after that HEAD is forgotten. `methods` are those that the last address was
    asked with, `attempts` how often it answered as it did in the end.
    """

    steps: tuple[Exchange, ...]
    methods: tuple[str, ...]
    attempts: int

    @property
    def last(self) -> Exchange | None:
        """The exchange that ended it; None if nothing was asked."""
        return self.steps[-1] if self.steps else None

    @property
    def url(self) -> str:
        """The address that was asked last."""
        return self.steps[-1].url if self.steps else ""

    @property
    def host(self) -> str:
        """The host that was asked last."""
        return urls.host(self.url)

    @property
    def chain(self) -> tuple[Hop, ...]:
        """The redirects that were followed."""
        return tuple(Hop(step.url, _status(step)) for step in self.steps[:-1])

    @property
    def permanent(self) -> bool:
        """Whether there are redirects, all of them for good."""
        return bool(self.chain) and all(hop.status in PERMANENT for hop in self.chain)

    @property
    def moved_to(self) -> str:
        """Where the redirects lead that are for good and come before any other; "" if none do."""
        reached = ""
        for hop, step in zip(self.chain, self.steps[1:], strict=True):
            if hop.status not in PERMANENT:
                break
            reached = step.url
        return reached

    @property
    def moved_reason(self) -> str:
        """What a reader is told who has to write the new address."""
        reached = self.moved_to
        said = f"{self.chain[0].status} to {shown(reached + _hash(self.fragment))}"
        if reached == self.url:
            return said
        said = f"{self.chain[0].status} to {shown(reached)}"
        return f"{said}, which leads on to {shown(self.url + _hash(self.fragment))}"

    @property
    def fragment(self) -> str:
        """The fragment that the last redirect came with, without its `#`."""
        written = location(self.steps[-2]) if len(self.steps) > 1 else ""
        return _printable(written.partition("#")[2])

    @property
    def way(self) -> str:
        """The redirects in a clause: "302 to https://example.org/x"."""
        count = len(self.chain)
        first = str(self.chain[0].status) if count == 1 else f"{count} redirects"
        return f"{first} to {shown(self.url)}"

    def told(self, reason: str) -> str:
        """The reason, with the redirects that come before it."""
        return f"{self.way}: {reason}" if self.chain else reason


def journey(trail: Sequence[Exchange]) -> Journey:
    """The way that a trail went, without the requests that others took the place of."""
    steps: list[Exchange] = []
    for exchange in trail:
        places = [at for at, step in enumerate(steps) if step.url == exchange.url]
        if places:
            del steps[places[0] :]
        steps.append(exchange)
    if not steps:
        return Journey((), (), 0)
    last = steps[-1]
    there = [exchange for exchange in trail if exchange.url == last.url]
    methods = tuple(dict.fromkeys(exchange.method for exchange in there))
    alike = [one for one in there if _result(one) == _result(last)]
    return Journey(tuple(steps), methods, sum(one.attempts for one in alike))


def location(exchange: Exchange) -> str:
    """Where a reply redirects to, as written; "" if it does not."""
    outcome = exchange.outcome
    return outcome.headers.get("location", "").strip() if isinstance(outcome, Reply) else ""


def stopped_short(stopped: str, trail: Sequence[Exchange], way: Journey) -> tuple[Verdict, str]:
    """The verdict where the last redirect was not followed, and why; `stopped` as for `judge`.

    Hosts that set a cookie and ask again send programs in a circle, and browsers to the page.
    """
    if stopped not in {"circle", "too-many"}:
        elsewhere = _OTHER_SCHEME.match(location(way.steps[-1]))
        verdict = Verdict.UNVERIFIED if elsewhere else Verdict.SUSPECT
        return verdict, way.told(_printable(stopped))
    names = [shown(step.url) for step in way.steps]
    if stopped == "circle":
        reason = "redirects in a circle: " + " -> ".join(_ends(_circle(way)))
    else:
        reason = f"more than {len(way.chain)} redirects: " + " -> ".join(_ends(names))
    if any(_sets_cookie(exchange) for exchange in trail):
        return Verdict.BLOCKED, "the host wants its cookie back: " + reason
    return Verdict.SUSPECT, reason


def shown(url: str) -> str:
    """An address as a reason shows it: its middle is left out if it is very long."""
    if len(url) <= _LONGEST_SHOWN:
        return url
    half = _LONGEST_SHOWN // 2 - 1
    return f"{url[:half]}…{url[-half:]}"


def landing(asked: str, way: Journey) -> landings.Landing:
    """What kind of place the redirects lead to, next to what was asked for."""
    if not way.chain:
        return landings.Landing()
    return landings.landing(asked, way.url, way.fragment, way.way)


def _status(exchange: Exchange) -> int:
    return 0 if isinstance(exchange.outcome, Failure) else exchange.outcome.status


def _result(exchange: Exchange) -> str:
    outcome = exchange.outcome
    return outcome.kind if isinstance(outcome, Failure) else str(outcome.status)


def _sets_cookie(exchange: Exchange) -> bool:
    outcome = exchange.outcome
    return isinstance(outcome, Reply) and "set-cookie" in outcome.headers


def _circle(way: Journey) -> list[str]:
    """The addresses of a circle, the one that it returns to at both ends."""
    names = [step.url for step in way.steps]
    try:
        back = addresses.follow(addresses.parse(way.url), location(way.steps[-1])).url
    except addresses.AddressError:
        back = names[0]
    start = names.index(back) if back in names else 0
    return [shown(name) for name in (*names[start:], back)]


def _ends(names: list[str]) -> list[str]:
    return names if len(names) <= 4 else [*names[:2], "…", names[-1]]


def _hash(fragment: str) -> str:
    return "#" + fragment if fragment else ""


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)
