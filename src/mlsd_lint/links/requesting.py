"""Sending requests: each in its turn, again where that may help, never to a host that gave up."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from mlsd_lint.config.durations import seconds
from mlsd_lint.links.exchange import Exchange, Failure, Reply, Request
from mlsd_lint.links.judging.judge import may_pass
from mlsd_lint.links.politeness import backoff, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlsd_lint.config.links import LinkSettings
    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.exchange import Method
    from mlsd_lint.links.fetching.fetcher import Fetcher
    from mlsd_lint.links.hosts import Asking
    from mlsd_lint.links.turns import Turn, Turns

HOPELESS = 5
"""After so many questions in a row that got no answer a host is not asked the others."""

_LONG_PAGE = 256 * 1024  # bytes
_OF_THE_HOST = frozenset(
    {"name", "resolver", "forbidden", "connect", "tls", "trust", "proxy", "local", "setup"}
)
_ASKED_NOBODY = frozenset({"forbidden", "local", "setup"})
_SHORTEST_HOLD = 2.0  # seconds after a 429 that does not say how long


class Requests:
    """All requests of one run.

    `until` is when the run ends at the latest, on the clock of `turns`. `sent` counts the requests,
    `unresolved` those for which no name server gave an address; `reached` says that some server
    was there, `hindrance` what in the environment keeps requests from being sent, "" for nothing.
    """

    def __init__(
        self,
        settings: LinkSettings,
        asking: Callable[[Address], Asking],
        fetcher: Fetcher,
        turns: Turns,
        until: float | None = None,
    ) -> None:
        self._settings = settings
        self._max_wait = seconds(settings.max_wait)
        self.asking = asking
        self._fetcher = fetcher
        self._turns = turns
        self._until = until
        self._random = Random()  # noqa: S311  # it spreads retries, and guards nothing
        self._given_up: dict[str, Reply | Failure] = {}
        self._unanswered: Counter[str] = Counter()
        self.sent = 0
        self.unresolved = 0
        self.hindrance = ""
        self.reached = False

    def queue(self, address: Address) -> str:
        """The queue of the schedule that requests for an address stand in; it has its limits."""
        return self._with_limits(self.asking(address)).queue

    def _with_limits(self, asking: Asking) -> Asking:
        if self._turns.limits(asking.queue) is None:
            self._turns.limit(asking.queue, asking.limits)
        return asking

    async def exchange(
        self,
        turn: Turn,
        method: Method,
        address: Address,
        *,
        body_limit: int = 0,
        headers: tuple[tuple[str, str], ...] = (),
        once: bool = False,
    ) -> Exchange:
        """Send a request, and send it again after a failure that may pass.

        HEAD, and what is asked `once`, is sent again only if any other request would meet the same
        failure. A host that nobody reaches, or
        that asks for more patience than there is, is not asked again: what it said before is the
        outcome then, and `attempts` is 0. The turn is over on return, unless there is a long page:
        it is kept until that is judged, so that no more of them are held than are asked for at once.
        """
        asking = self._with_limits(self.asking(address))
        queue = asking.queue
        request = Request(method, address, (*asking.headers, *headers), asking.timeout, body_limit)
        attempts, not_before = 0, 0.0
        while True:
            known = self._given_up.get(address.origin) or self._given_up.get(queue)
            if known is not None:
                return Exchange(method, address.url, known, attempts)
            if not await turn.take(queue, not_before):
                continue
            outcome = await self._fetcher.fetch(request)
            if not is_long(outcome):
                turn.over()
            attempts += 1
            self.sent += 1
            self._note(outcome)
            again = method == "GET" and not once
            pause = self._pause(outcome, attempts, queue, again=again)
            if pause is None:
                self._learn(outcome, method, address.origin, queue)
                return Exchange(method, address.url, outcome, attempts)
            turn.over()
            not_before = self._turns.now() + pause

    def _note(self, outcome: Reply | Failure) -> None:
        if isinstance(outcome, Failure) and outcome.kind in {"name", "resolver"}:
            self.unresolved += 1
        elif not isinstance(outcome, Failure) or outcome.kind not in _ASKED_NOBODY:
            self.reached = True
        elif outcome.kind == "setup":
            self.hindrance = outcome.reason

    def _pause(
        self, outcome: Reply | Failure, attempts: int, queue: str, *, again: bool
    ) -> float | None:
        """How many seconds to wait before the next attempt; None if there is none."""
        if attempts > self._settings.retries or not may_pass(outcome):
            return None
        pause = backoff(attempts, self._random)
        if isinstance(outcome, Reply) and _asks_for_patience(outcome):
            return self._slow_down(outcome, pause, queue)
        if self._is_too_late(pause):
            return None
        if _is_of_the_host(outcome):  # another link would meet it as well, so all of them wait
            self._turns.hold(queue, self._turns.now() + pause)
            return 0.0
        return pause if again else None

    def _slow_down(self, reply: Reply, pause: float, queue: str) -> float | None:
        """Let the whole queue wait as long as the host asks for, if that is not too long."""
        wanted = _patience(reply)
        wait = max(pause, _SHORTEST_HOLD) if wanted is None else wanted
        if wait > self._max_wait or self._is_too_late(wait):
            return None
        self._turns.hold(queue, self._turns.now() + wait)
        return 0.0

    def _is_too_late(self, pause: float) -> bool:
        return self._until is not None and self._turns.now() + pause >= self._until

    def _learn(self, outcome: Reply | Failure, method: Method, origin: str, queue: str) -> None:
        """Give up a host whose last answer holds for every other question too."""
        if isinstance(outcome, Reply):
            self._unanswered.pop(origin, None)
            if _asks_for_patience(outcome):
                self._give_up(queue, outcome, queue)
        elif _is_of_the_host(outcome):
            self._give_up(origin, outcome, queue)
        elif method == "GET":
            self._unanswered[origin] += 1
            if self._unanswered[origin] >= HOPELESS:
                reason = f"{outcome.reason}, like {HOPELESS} other links to this host"
                self._give_up(origin, outcome._replace(reason=reason), queue)

    def _give_up(self, key: str, outcome: Reply | Failure, queue: str) -> None:
        self._given_up[key] = outcome
        self._turns.release(queue)


def is_long(outcome: Reply | Failure) -> bool:
    """Whether it holds a page that takes long to read."""
    return isinstance(outcome, Reply) and len(outcome.body) > _LONG_PAGE


def _asks_for_patience(reply: Reply) -> bool:
    return reply.status == 429 or (reply.status == 503 and _patience(reply) is not None)


def _patience(reply: Reply) -> float | None:
    """How many seconds a server asks to wait; None if it does not say so."""
    return retry_after(reply.headers.get("retry-after", ""), datetime.now(UTC))


def _is_of_the_host(outcome: Reply | Failure) -> bool:
    return isinstance(outcome, Failure) and outcome.kind in _OF_THE_HOST
