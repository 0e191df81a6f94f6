"""The schedule in real time: whoever wants to send a request waits here for its turn."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from heapq import nlargest
from typing import TYPE_CHECKING

from mlsd_lint.links.scheduling import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from mlsd_lint.links.scheduling import Limits

    Work = Callable[["Turn"], Coroutine[None, None, None]]

_STARTED_TOGETHER = 8


class Turn:
    """The right of one piece of work to send a request to one queue; it has one at a time."""

    def __init__(self, turns: Turns, queue: str | None) -> None:
        self._turns = turns
        self._queue = queue
        self._began = turns.now()

    async def take(self, queue: str, not_before: float = 0.0) -> bool:
        """Wait until a request may go to a queue; a turn in another one is given back unused.

        False if it may not, because the queue was released: look again whether there is a reason
        to ask.
        """
        if self._queue == queue and not_before <= self._turns.now():
            return True
        self.over()
        if not await self._turns.next(queue, not_before):
            return False
        self._queue, self._began = queue, self._turns.now()
        return True

    def over(self) -> None:
        """Give the turn back: the request was answered, or there was none to send."""
        if self._queue is not None:
            self._turns.finished(self._queue, self._began)
            self._queue = None


class Turns:
    """Pieces of work, each begun when its queue may be asked, all in one event loop."""

    def __init__(self, concurrency: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._working: set[asyncio.Task[None]] = set()
        self._limits: dict[str, Limits] = {}
        self._stopped = False
        self._error: BaseException | None = None
        self.schedule: Schedule[Work | asyncio.Future[bool]] = Schedule(concurrency)

    def now(self) -> float:
        """The time of the schedule, in seconds."""
        return self._loop.time()

    def limit(self, queue: str, limits: Limits) -> None:
        """Set or change what a queue is asked at most; see `Schedule.limit`."""
        self._limits[queue] = limits
        self.schedule.limit(queue, limits)
        self._changed.set()

    def limits(self, queue: str) -> Limits | None:
        """What a queue is asked at most; None for one that has no limits yet."""
        return self._limits.get(queue)

    def put(self, queue: str, work: Work, *, first: bool = False) -> None:
        """Begin a piece of work with a turn in a queue, when it comes."""
        self.schedule.put(queue, work, first=first)
        self._changed.set()

    def begin(self, work: Work) -> None:
        """Begin a piece of work at once, which has no turn yet."""
        self._spawn(work, self.new_turn())

    def new_turn(self) -> Turn:
        """No turn yet, for work that asks besides what it was begun for."""
        return Turn(self, None)

    def is_idle(self, queue: str) -> bool:
        """Whether nothing of a queue waits or runs."""
        return not (self.schedule.waiting(queue) or self.schedule.running(queue))

    def waiting(self, most: int = 3) -> list[tuple[str, float]]:
        """The queues that are waited for longest, and about how many seconds each still needs."""
        left = [
            (queue, self.schedule.waiting(queue) * self._limits[queue].interval)
            for queue in self.schedule.waiting_queues()
        ]
        return nlargest(most, left, key=lambda one: one[1])

    def hold(self, queue: str, until: float) -> None:
        """Send nothing to a queue before a time; see `Schedule.hold`."""
        self.schedule.hold(queue, until)
        self._changed.set()

    def only_first(self, queue: str, *, only: bool) -> None:
        """Begin nothing of a queue but what is put `first`; see `Schedule.only_first`."""
        self.schedule.only_first(queue, only=only)
        self._changed.set()

    def release(self, queue: str) -> None:
        """Let go on, without a turn, what waits in a queue that is not worth asking any more."""
        for waiting in self.schedule.drop(queue):
            self._go_on(queue, waiting, granted=False)
        self._changed.set()

    async def next(self, queue: str, not_before: float) -> bool:
        """Wait for a turn to go on with something begun, ahead of what has not begun.

        False if the queue was released meanwhile.
        """
        came: asyncio.Future[bool] = self._loop.create_future()
        self.schedule.put(queue, came, first=True, not_before=not_before)
        self._changed.set()
        return await came

    def finished(self, queue: str, began: float) -> None:
        """Say that a turn is over that began at a time."""
        now = self.now()
        self.schedule.finished(queue, now, now - began)
        self._changed.set()

    async def run(self, until: float | None = None) -> bool:
        """Let everything go on until it is done (True), or a time or `stop` comes (False)."""
        try:
            while not self._stopped:
                self._changed.clear()
                may_start_more = self._start_some()
                if self._error is not None:
                    raise self._error
                now = self.now()
                if until is not None and now >= until:
                    return False
                if may_start_more:
                    await asyncio.sleep(0)
                    continue
                wake = self.schedule.next_time(now)
                if wake is None and not self._working:
                    return True
                await self._wait(min((at for at in (wake, until) if at is not None), default=None))
            return False
        finally:
            await self._end()

    def stop(self) -> None:
        """Let `run` end soon, with what is done by then."""
        self._stopped = True
        self._changed.set()

    def _start_some(self) -> bool:
        """Start a few of those that may; False if no more may now.

        Not all at once: what has begun is to be sent before its interval has half gone by.
        """
        for _ in range(_STARTED_TOGETHER):
            taken = self.schedule.take(self.now())
            if taken is None:
                return False
            self._go_on(*taken, granted=True)
        return True

    async def _wait(self, until: float | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                await self._changed.wait()

    def _go_on(self, queue: str, waiting: Work | asyncio.Future[bool], *, granted: bool) -> None:
        """Go on with what waited in a queue, with a turn there or without."""
        if not isinstance(waiting, asyncio.Future):
            self._spawn(waiting, Turn(self, queue if granted else None))
        elif not waiting.done():
            waiting.set_result(granted)

    def _spawn(self, work: Work, turn: Turn) -> None:
        task = self._loop.create_task(_worked(work, turn))
        self._working.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        self._changed.set()
        if not task.cancelled():
            self._error = self._error or task.exception()

    async def _end(self) -> None:
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)


async def _worked(work: Work, turn: Turn) -> None:
    try:
        await work(turn)
    finally:
        turn.over()
