"""What is asked next: a queue per host, the one with the most work left first.

Pure: it has no clock and starts nothing. Its times are seconds on any one clock that never goes
back or below 0. Whoever uses it asks for what may start, starts it, and says when it is over:

    schedule = Schedule[Question](concurrency=64)
    schedule.limit("example.org", Limits(concurrency=4, interval=0.2))
    schedule.put("example.org", question)
    taken = schedule.take(now)          # ("example.org", question)
    schedule.finished("example.org", now, seconds)

A queue that must wait holds no slot. What waits stands in one of two heaps: queues that may start
something now, by the work they have left, and those that may later, by when. An entry whose queue
has changed since stays where it is and is passed over when it comes to the top, so that every
operation takes logarithmic time.
"""

from __future__ import annotations

from heapq import heappop, heappush
from math import inf
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")

# Taken for the mean as long as no request is over, so that the longest queue goes first even
# where no interval is kept.
_FIRST_GUESS = 0.5


class Limits(NamedTuple):
    """What is asked of a queue at most.

    `concurrency` is how many of its items run at once (1 or more), `interval` the least time in
    seconds between the starts of two of them.
    """

    concurrency: int
    interval: float


class _Queue(Generic[Item]):
    """The items of one host, and what is known of it."""

    __slots__ = (
        "answered",
        "held_until",
        "last_start",
        "limits",
        "name",
        "only_first",
        "order",
        "ripe",
        "running",
        "seconds",
        "unripe",
        "version",
    )

    def __init__(self, name: str, order: int, limits: Limits) -> None:
        self.name = name
        self.order = order
        self.limits = limits
        self.ripe: list[tuple[bool, int, Item]] = []  # (waits its turn, number, item)
        self.unripe: list[tuple[float, bool, int, Item]] = []  # not before, then as above
        self.running = 0
        self.last_start = -inf
        self.held_until = -inf
        self.only_first = False
        self.answered = 0
        self.seconds = 0.0
        self.version = 0

    def __len__(self) -> int:
        return len(self.ripe) + len(self.unripe)

    def next_start(self) -> float | None:
        """When it may start something unless one of its items ends before; None if it may not."""
        if not len(self) or self.running >= self.limits.concurrency:
            return None
        ripe_at = self._ripe_at()
        if ripe_at is None:
            return None
        return max(self.last_start + self.limits.interval, self.held_until, ripe_at)

    def _ripe_at(self) -> float | None:
        """When the next item that may start no longer waits for its time; None if none may."""
        if not self.only_first:
            return -inf if self.ripe else self.unripe[0][0]
        if self.ripe and not self.ripe[0][0]:
            return -inf
        return min((at for at, is_last, *_ in self.unripe if not is_last), default=None)

    def start(self, now: float) -> Item:
        """Take out the item whose turn it is."""
        while self.unripe and self.unripe[0][0] <= now:
            heappush(self.ripe, heappop(self.unripe)[1:])
        self.running += 1
        self.last_start = now
        return heappop(self.ripe)[2]

    def work_left(self, overall_mean: float) -> float:
        """About how many seconds it takes from now until all that waits in it is over."""
        mean = self.seconds / self.answered if self.answered else overall_mean
        return len(self) * max(self.limits.interval, mean / self.limits.concurrency)


class Schedule(Generic[Item]):
    """Items in queues, and which of them may start.

    Every queue is given its limits before anything else is said of it; a queue without any raises
    KeyError. No more than `concurrency` items of all queues run at once.
    """

    def __init__(self, concurrency: int) -> None:
        self._concurrency = _at_least_one(concurrency)
        self._queues: dict[str, _Queue[Item]] = {}
        self._changed: dict[_Queue[Item], None] = {}
        self._ready: list[tuple[float, int, int, _Queue[Item]]] = []  # -work, order, version
        self._later: list[tuple[float, int, int, _Queue[Item]]] = []  # start, order, version
        self._numbered = 0
        self._running = 0
        self._answered = 0
        self._seconds = 0.0

    def limit(self, queue: str, limits: Limits) -> None:
        """Set or change a queue's limits. What already runs is left alone."""
        _at_least_one(limits.concurrency)
        known = self._queues.get(queue)
        if known is None:
            known = self._queues[queue] = _Queue(queue, len(self._queues), limits)
        known.limits = limits
        self._changed[known] = None

    def put(self, queue: str, item: Item, *, first: bool = False, not_before: float = 0.0) -> None:
        """Add an item to the end of its queue, or to the end of those that go `first`.

        `not_before` holds this item back and no other; once that time has come it stands where it
        would have stood without.
        """
        waiting = self._queues[queue]
        self._numbered += 1
        if not_before > 0.0:
            heappush(waiting.unripe, (not_before, not first, self._numbered, item))
        else:
            heappush(waiting.ripe, (not first, self._numbered, item))
        self._changed[waiting] = None

    def take(self, now: float) -> tuple[str, Item] | None:
        """The queue and the item to start now, which counts as running from here; None if none.

        Of the queues that may start something it is the one with the most work left, of those
        with as much the one that was there first.
        """
        if self._running >= self._concurrency:
            return None
        self._bring_up_to(now)
        if not self._ready:
            return None
        queue = heappop(self._ready)[-1]
        item = queue.start(now)
        self._running += 1
        self._changed[queue] = None
        return queue.name, item

    def finished(self, queue: str, now: float, seconds: float) -> None:
        """Say that an item taken from a queue is over, and how many seconds it took."""
        served = self._queues[queue]
        if not served.running:
            raise ValueError(f"nothing of {queue} is running")
        served.running -= 1
        served.answered += 1
        served.seconds += seconds
        self._running -= 1
        self._answered += 1
        self._seconds += seconds
        self._place(served, now)

    def hold(self, queue: str, until: float) -> None:
        """Start nothing of a queue before a time; of several such times the latest holds."""
        held = self._queues[queue]
        held.held_until = max(held.held_until, until)
        self._changed[held] = None

    def only_first(self, queue: str, *, only: bool) -> None:
        """Start only those items of a queue that go `first`, or again all of them."""
        self._queues[queue].only_first = only
        self._changed[self._queues[queue]] = None

    def drop(self, queue: str) -> list[Item]:
        """Take out all that waits in a queue, in the order of their turns. What runs goes on."""
        dropped = self._queues[queue]
        waiting = [*dropped.ripe, *(entry[1:] for entry in dropped.unripe)]
        dropped.ripe, dropped.unripe = [], []
        self._changed[dropped] = None
        return [entry[2] for entry in sorted(waiting, key=lambda entry: entry[:2])]

    def next_time(self, now: float) -> float | None:
        """The earliest time, `now` or later, at which `take` gives something.

        None if it gives nothing before something is finished, put, dropped or given other limits.
        """
        if self._running >= self._concurrency:
            return None
        self._bring_up_to(now)
        if self._ready:
            return now
        return self._later[0][0] if self._later else None

    def running(self, queue: str) -> int:
        """How many items of a queue were taken and are not over."""
        return self._queues[queue].running

    def waiting(self, queue: str) -> int:
        """How many items of a queue were not taken yet."""
        return len(self._queues[queue])

    def waiting_queues(self) -> tuple[str, ...]:
        """The queues in which something waits, in the order in which they were given limits."""
        return tuple(queue.name for queue in self._queues.values() if len(queue))

    def held_until(self, queue: str) -> float:
        """The time before which nothing of a queue starts, by `hold`; minus infinity if none."""
        return self._queues[queue].held_until

    def _overall_mean(self) -> float:
        return self._seconds / self._answered if self._answered else _FIRST_GUESS

    def _bring_up_to(self, now: float) -> None:
        """Leave nothing changed unplaced, and at the top of each heap an entry that holds."""
        for queue in self._changed:
            self._place(queue, now)
        self._changed.clear()
        while self._later:
            start, _, version, queue = self._later[0]
            if version == queue.version and start > now:
                break
            heappop(self._later)
            if version == queue.version:
                self._place(queue, now)
        while self._ready and self._ready[0][2] != self._ready[0][3].version:
            heappop(self._ready)

    def _place(self, queue: _Queue[Item], now: float) -> None:
        queue.version += 1
        start = queue.next_start()
        if start is None:
            return
        if start > now:
            heappush(self._later, (start, queue.order, queue.version, queue))
        else:
            work = queue.work_left(self._overall_mean())
            heappush(self._ready, (-work, queue.order, queue.version, queue))


def _at_least_one(concurrency: int) -> int:
    if concurrency < 1:
        raise ValueError(f"a concurrency of {concurrency} lets nothing start")
    return concurrency
