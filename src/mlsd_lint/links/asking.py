"""Answering a question: from its address over redirects to a verdict.

HEAD is asked first, and GET where HEAD proves nothing or the page itself is wanted.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.config.durations import seconds
from mlsd_lint.digests import digest
from mlsd_lint.links.addresses import Address, AddressError, follow
from mlsd_lint.links.exchange import Exchange, Reply
from mlsd_lint.links.judging.judge import judge, may_pass, redirect_of, settles
from mlsd_lint.links.politeness import crawl_delay
from mlsd_lint.links.requesting import is_long
from mlsd_lint.links.scheduling import Limits
from mlsd_lint.links.storing.store import covers
from mlsd_lint.links.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection

    from mlsd_lint.config.links import LinkSettings
    from mlsd_lint.links.collecting import Question
    from mlsd_lint.links.exchange import Failure, Method
    from mlsd_lint.links.requesting import Requests
    from mlsd_lint.links.storing.store import Store
    from mlsd_lint.links.turns import Turn, Turns
    from mlsd_lint.links.verdicts import Answer

GLANCE = 64 * 1024
"""How many bytes of a page show whether it says that it does not exist."""

_MADE_UP = "mlsd-lint-no-such-page-"
_BAD_ENDS = frozenset({Verdict.DEAD, Verdict.SUSPECT, Verdict.SOFT_404})
_HONESTY = "honest"
_HONESTY_KEPT = 30 * 24 * 3600.0  # seconds
_CRAWL_DELAY = "crawl-delay"
_CRAWL_DELAY_KEPT = 24 * 3600.0  # seconds; RFC 9309, section 2.4
_ROBOTS = 500 * 1024  # bytes; RFC 9309, section 2.5
_PATIENCE = 6  # requests; RFC 9309, section 2.3.1.2, has at least five redirects followed


class Trail(NamedTuple):
    """What was asked for one question, in order, and why a redirect was not followed, if so."""

    exchanges: tuple[Exchange, ...]
    stopped: str = ""

    @property
    def last(self) -> Reply | Failure:
        """What came of the last request."""
        return self.exchanges[-1].outcome


@dataclass
class Asker:
    """Answers questions; `honest` remembers which origins deny what does not exist."""

    settings: LinkSettings
    requests: Requests
    store: Store
    turns: Turns
    _honest: dict[str, asyncio.Future[bool]] = field(default_factory=dict)
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    _unread: Counter[str] = field(default_factory=Counter)  # robots.txt to read, by queue

    async def answer(self, question: Question, turn: Turn, earlier: Answer | None) -> Answer:
        """The answer of the web; `earlier` is what it was last time, if it was asked."""
        asked = time.time()
        method: Method = "GET" if question.fragments else "HEAD"
        trail = await self._follow(method, question, turn, _validators(question, earlier))
        if earlier is not None and _is_unchanged(trail):
            return earlier._replace(asked=asked)
        # What another run looked for in the page would have to be asked again otherwise.
        texts = earlier.texts if earlier is not None and question.fragments else {}
        wanted = {*question.fragments, *texts}
        answer = await self._judged(question, trail, asked, wanted)
        if _is_led_astray(trail, answer):
            turn.over()
            trail = await self._follow("GET", question, turn, before=trail.exchanges)
            answer = await self._judged(question, trail, asked, wanted)
        if not question.fragments:
            return answer._replace(anchors=None)  # a glance at a page says nothing of its anchors
        if answer.anchors is None and answer.verdict in {Verdict.OK, Verdict.MOVED}:
            return answer._replace(
                anchors=(), cut=True
            )  # it is no HTML, and need not be read again
        return answer

    async def _judged(
        self, question: Question, trail: Trail, asked: float, wanted: Collection[str]
    ) -> Answer:
        judging = partial(
            judge,
            question.address,
            trail.exchanges,
            asked=asked,
            stopped=trail.stopped,
            wanted=wanted,
            look_for_soft_404=self.settings.soft_404,
        )
        # A long page takes long to read, and the others' answers come in meanwhile. Two at a time
        # take more memory, and three times as long.
        if not is_long(trail.last):
            return judging()
        async with self._reading:
            return await asyncio.to_thread(judging)

    async def _follow(
        self,
        method: Method,
        question: Question,
        turn: Turn,
        headers: tuple[tuple[str, str], ...] = (),
        before: tuple[Exchange, ...] = (),
    ) -> Trail:
        """Ask, and follow redirects; from HEAD to GET where HEAD proves nothing.

        `before` is what was asked for the same question already; no GET of it is sent again.
        """
        address, seen = question.address, {question.address.url}
        known = {one.url: one._replace(attempts=0) for one in before if one.method == "GET"}
        exchanges: list[Exchange] = [*before]
        while True:
            exchange = known.get(address.url)
            if exchange is None:
                limit = self.settings.max_body if question.fragments else GLANCE
                exchange = await self.requests.exchange(
                    turn,
                    method,
                    address,
                    body_limit=0 if method == "HEAD" else limit,
                    headers=() if exchanges else headers,
                )
            exchanges.append(exchange)
            if method == "HEAD" and not await self._proves(exchange, address):
                method = "GET"
                continue
            location = _location(exchange.outcome)
            if location is None:
                return Trail(tuple(exchanges))
            turn.over()
            try:
                address = follow(address, location)
            except AddressError as error:
                return Trail(tuple(exchanges), str(error))
            if address.url in seen:
                return Trail(tuple(exchanges), "circle")
            seen.add(address.url)
            if len(seen) > self.settings.max_redirects + 1:
                return Trail(tuple(exchanges), "too-many")

    async def _proves(self, exchange: Exchange, address: Address) -> bool:
        """Whether the answer to HEAD says all that the one to GET would."""
        if not settles(exchange):
            return False
        if not self.settings.soft_404 or not _is_deep_page(exchange.outcome, address):
            return True
        return await self._denies_what_is_not_there(address)

    async def _denies_what_is_not_there(self, address: Address) -> bool:
        """Whether a host says of a page that cannot exist that it does not; asked once."""
        known = self._honest.get(address.origin)
        if known is None:
            known = self._honest[address.origin] = asyncio.get_running_loop().create_future()
            stored = self.store.host_fact(address.origin, _HONESTY, time.time())
            if stored is not None:
                known.set_result(stored == "yes")
            else:
                work = partial(self._find_out, address, known)
                self.turns.put(self.requests.queue(address), work, first=True)
        return await known

    async def _find_out(self, address: Address, known: asyncio.Future[bool], turn: Turn) -> None:
        made_up = _made_up(address)
        there, exchange = await self.end_of("HEAD", made_up, turn)
        outcome = exchange.outcome
        honest = True  # what is not known is not held against the host
        if isinstance(outcome, Reply) and not may_pass(outcome):
            # Whoever sends all that is not there to one place does tell it from what is.
            honest = not (outcome.status < 300 and _MADE_UP in there.target)
            fact = "yes" if honest else "no"
            expires = time.time() + _HONESTY_KEPT
            self.store.keep_host_fact(address.origin, _HONESTY, fact, expires)
        known.set_result(honest)

    def read_robots_first(self, address: Address, queues: Collection[str]) -> None:
        """Find out how slowly a host wants to be asked before these queues of it are.

        They keep to it from then on, each by itself.
        """
        known = self.store.host_fact(address.origin, _CRAWL_DELAY, time.time())
        if known is not None:
            self._slow_down(queues, known)
            return
        for queue in queues:
            self._unread[queue] += 1
            self.turns.only_first(queue, only=True)
        robots = address._replace(target="/robots.txt", fragment="")
        work = partial(self._find_crawl_delay, robots, queues)
        self.turns.put(self.requests.queue(robots), work, first=True)

    async def _find_crawl_delay(self, robots: Address, queues: Collection[str], turn: Turn) -> None:
        try:
            self._slow_down(queues, await self._crawl_delay(robots, turn))
        finally:
            self._unread.subtract(queues)
            for queue in queues:
                if not self._unread[queue]:
                    self.turns.only_first(queue, only=False)

    async def _crawl_delay(self, robots: Address, turn: Turn) -> str:
        """How many seconds a host wants between requests, "" if it does not say so."""
        _, exchange = await self.end_of("GET", robots, turn, _ROBOTS)
        outcome = exchange.outcome
        if not isinstance(outcome, Reply) or may_pass(outcome):
            return ""
        delay = crawl_delay(outcome.body) if outcome.status == 200 else None
        fact = "" if delay is None else str(delay)
        expires = time.time() + _CRAWL_DELAY_KEPT
        self.store.keep_host_fact(robots.origin, _CRAWL_DELAY, fact, expires)
        return fact

    def _slow_down(self, queues: Collection[str], delay: str) -> None:
        if not delay:
            return
        # No host is waited for longer, or one line of its robots.txt could hold up the run for days.
        interval = min(float(delay), seconds(self.settings.max_wait))
        for queue in queues:
            limits = self.turns.limits(queue)
            if limits is not None and interval > limits.interval:
                self.turns.limit(queue, Limits(1, interval))

    async def end_of(
        self, method: Method, address: Address, turn: Turn, limit: int = 0
    ) -> tuple[Address, Exchange]:
        """Where redirects lead from an address, and what came of asking there."""
        for _ in range(_PATIENCE):
            exchange = await self.requests.exchange(
                turn, method, address, body_limit=limit, once=True
            )
            location = _location(exchange.outcome)
            if location is None:
                break
            try:
                address = follow(address, location)
            except AddressError:
                break
        return address, exchange


def _location(outcome: Reply | Failure) -> str | None:
    return redirect_of(outcome) if isinstance(outcome, Reply) else None


def _is_led_astray(trail: Trail, answer: Answer) -> bool:
    """Whether a redirect of HEAD ended badly: some hosts send only programs there."""
    redirected = any(one.method == "HEAD" and _location(one.outcome) for one in trail.exchanges)
    return redirected and (bool(trail.stopped) or answer.verdict in _BAD_ENDS)


def _is_deep_page(outcome: Reply | Failure, address: Address) -> bool:
    """Whether it is a page of HTML, and not the site's first, which is always there."""
    if not isinstance(outcome, Reply) or not 200 <= outcome.status < 300:
        return False
    kind = outcome.headers.get("content-type", "text/html")
    return "html" in kind.lower() and address.target.partition("?")[0] != "/"


def _made_up(address: Address) -> Address:
    """An address beside this one that no site has."""
    folder = address.target.partition("?")[0].rpartition("/")[0]
    return address._replace(target=f"{folder}/{_MADE_UP}{digest(address.origin)[:12]}", fragment="")


def _validators(question: Question, earlier: Answer | None) -> tuple[tuple[str, str], ...]:
    """The headers that ask whether a page is still as it was, if that would be answer enough."""
    if earlier is None or earlier.verdict is not Verdict.OK or earlier.chain:
        return ()
    if not covers(earlier, question.fragments):
        return ()
    headers = (("If-None-Match", earlier.etag), ("If-Modified-Since", earlier.last_modified))
    return tuple((name, value) for name, value in headers if value)


def _is_unchanged(trail: Trail) -> bool:
    first = trail.exchanges[0].outcome
    return isinstance(first, Reply) and first.status == 304
