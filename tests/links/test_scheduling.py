"""The schedule on a simulated clock, beside one that looks through everything at every step."""

import heapq
import math
import random
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.links.scheduling import Limits, Schedule

# Quarters of seconds are exact in binary, so that events fall on the same time.
QUARTERS = st.integers(0, 40).map(lambda number: number / 4)
QUEUES = st.sampled_from("abcd")
LIMITS = st.builds(Limits, st.integers(1, 3), st.sampled_from([0.0, 0.25, 1.0, 2.5]))


@dataclass(frozen=True)
class Piece:
    queue: str
    seconds: float
    first: bool
    not_before: float
    retries: int


@dataclass
class PlainQueue:
    limits: Limits
    waiting: dict[int, Piece] = field(default_factory=dict)
    running: int = 0
    last_start: float = -math.inf
    held: float = -math.inf
    answered: int = 0
    seconds: float = 0.0

    def may_start_at(self) -> float:
        if not self.waiting or self.running >= self.limits.concurrency:
            return math.inf
        ripe = min(piece.not_before for piece in self.waiting.values())
        return max(self.last_start + self.limits.interval, self.held, ripe)

    def turn(self, now: float) -> int:
        ripe = [number for number, one in self.waiting.items() if one.not_before <= now]
        return min(ripe, key=lambda number: (not self.waiting[number].first, number))

    def work(self) -> float:
        mean = self.seconds / self.answered
        return len(self.waiting) * max(self.limits.interval, mean / self.limits.concurrency)


class Simulation:
    """Runs a schedule to its end, and checks every step against the plain reading of the rules."""

    def __init__(self, limits, concurrency, orders):
        self.schedule = Schedule(concurrency)
        self.concurrency = concurrency
        self.queues = {name: PlainQueue(one) for name, one in limits.items()}
        for name, one in limits.items():
            self.schedule.limit(name, one)
        self.numbers = count()
        self.events = [(at, next(self.numbers), order) for at, order in orders]
        heapq.heapify(self.events)
        self.done = []
        self.now = 0.0

    def run(self):
        while True:
            while self.events and self.events[0][0] <= self.now:
                _, _, (act, *values) = heapq.heappop(self.events)
                act(self, *values)
            self.start_all()
            wake = self.expected_time()
            assert self.schedule.next_time(self.now) == wake
            times = [*([] if wake is None else [wake]), *(one[0] for one in self.events[:1])]
            if not times:
                return
            self.now = min(times)

    def expected_time(self):
        if sum(queue.running for queue in self.queues.values()) >= self.concurrency:
            return None
        start = min(queue.may_start_at() for queue in self.queues.values())
        return None if start == math.inf else max(start, self.now)

    def start_all(self):
        while (taken := self.schedule.take(self.now)) is not None:
            assert self.expected_time() == self.now
            name, (number, piece) = taken
            queue = self.queues[name]
            self.check_choice(queue)
            assert queue.may_start_at() <= self.now
            assert queue.turn(self.now) == number
            assert queue.waiting.pop(number) is piece
            queue.running += 1
            queue.last_start = self.now
            over = self.now + piece.seconds
            heapq.heappush(self.events, (over, next(self.numbers), (Simulation.finish, piece)))
            assert self.schedule.running(name) == queue.running
            assert self.schedule.waiting(name) == len(queue.waiting)
        assert self.expected_time() != self.now

    def check_choice(self, chosen):
        rivals = [queue for queue in self.queues.values() if queue.may_start_at() <= self.now]
        for queue in rivals:
            if queue.answered and chosen.answered:
                assert queue.work() <= chosen.work()
            elif not queue.answered and not chosen.answered and queue.limits == chosen.limits:
                assert len(queue.waiting) <= len(chosen.waiting)

    def put(self, piece):
        number = next(self.numbers)
        self.queues[piece.queue].waiting[number] = piece
        self.schedule.put(
            piece.queue, (number, piece), first=piece.first, not_before=piece.not_before
        )

    def finish(self, piece):
        queue = self.queues[piece.queue]
        queue.running -= 1
        queue.answered += 1
        queue.seconds += piece.seconds
        self.schedule.finished(piece.queue, self.now, piece.seconds)
        self.done.append(piece)
        if piece.retries:
            again = replace(
                piece, first=True, not_before=self.now + 0.75, retries=piece.retries - 1
            )
            self.put(again)

    def hold(self, name, until):
        self.queues[name].held = max(self.queues[name].held, until)
        self.schedule.hold(name, until)

    def limit(self, name, limits):
        self.queues[name].limits = limits
        self.schedule.limit(name, limits)

    def drop(self, name):
        waiting = self.queues[name].waiting
        turns = sorted(waiting, key=lambda number: (not waiting[number].first, number))
        assert [number for number, _ in self.schedule.drop(name)] == turns
        self.done += [one for piece in waiting.values() for one in [piece] * (piece.retries + 1)]
        waiting.clear()


PIECES = st.builds(
    Piece, QUEUES, QUARTERS, st.booleans(), st.one_of(st.just(0.0), QUARTERS), st.integers(0, 2)
)
ORDERS = st.one_of(
    st.tuples(st.just(Simulation.put), PIECES),
    st.tuples(st.just(Simulation.put), PIECES),
    st.tuples(st.just(Simulation.put), PIECES),
    st.tuples(st.just(Simulation.hold), QUEUES, QUARTERS),
    st.tuples(st.just(Simulation.limit), QUEUES, LIMITS),
    st.tuples(st.just(Simulation.drop), QUEUES),
)


@given(
    limits=st.fixed_dictionaries(dict.fromkeys("abcd", LIMITS)),
    concurrency=st.integers(1, 5),
    orders=st.lists(st.tuples(st.one_of(st.just(0.0), QUARTERS), ORDERS), min_size=1, max_size=40),
)
def test_every_step_is_what_the_rules_say_and_everything_is_taken_once(limits, concurrency, orders):
    simulation = Simulation(limits, concurrency, orders)
    simulation.run()
    put = [order[1] for _, order in orders if order[0] is Simulation.put]
    assert len(simulation.done) == sum(piece.retries + 1 for piece in put)
    assert not simulation.schedule.waiting_queues()


def test_an_item_put_first_goes_ahead_and_keeps_the_order_of_its_like():
    schedule = Schedule(9)
    schedule.limit("a", Limits(9, 0.0))
    for item in "xy":
        schedule.put("a", item)
    for item in "12":
        schedule.put("a", item, first=True)
    assert [schedule.take(0.0)[1] for _ in range(4)] == ["1", "2", "x", "y"]


def test_an_item_that_waits_keeps_nothing_else_waiting():
    schedule = Schedule(9)
    schedule.limit("a", Limits(9, 0.0))
    schedule.put("a", "later", first=True, not_before=5.0)
    schedule.put("a", "now")
    assert schedule.take(0.0) == ("a", "now")
    assert schedule.take(4.9) is None
    assert schedule.next_time(4.9) == 5.0
    assert schedule.take(5.0) == ("a", "later")


def test_a_longer_interval_counts_from_the_last_start():
    schedule = Schedule(9)
    schedule.limit("a", Limits(9, 0.2))
    for item in "xy":
        schedule.put("a", item)
    schedule.take(1.0)
    schedule.limit("a", Limits(9, 3.0))
    assert schedule.next_time(1.0) == 4.0


def test_a_hold_takes_no_slot_and_the_later_one_holds():
    schedule = Schedule(1)
    for name in "ab":
        schedule.limit(name, Limits(1, 0.0))
        schedule.put(name, name)
    schedule.hold("a", 60.0)
    schedule.hold("a", 30.0)
    assert schedule.take(0.0) == ("b", "b")
    schedule.finished("b", 1.0, 1.0)
    assert schedule.next_time(1.0) == 60.0


def test_a_queue_can_be_kept_for_what_goes_first():
    schedule = Schedule(8)
    schedule.limit("a", Limits(4, 0.0))
    schedule.put("a", "page")
    schedule.put("a", "later page", not_before=0.5)
    schedule.only_first("a", only=True)
    assert (schedule.take(1.0), schedule.next_time(1.0)) == (None, None)
    schedule.put("a", "robots.txt", first=True)
    schedule.put("a", "robots.txt again", first=True, not_before=2.0)
    assert schedule.take(1.0) == ("a", "robots.txt")
    assert (schedule.take(1.0), schedule.next_time(1.0)) == (None, 2.0)
    assert schedule.take(2.0) == ("a", "robots.txt again")
    assert schedule.take(2.0) is None
    schedule.only_first("a", only=False)
    assert [schedule.take(2.0)[1] for _ in range(2)] == ["page", "later page"]


@pytest.mark.parametrize("concurrency", [0, -1])
def test_a_concurrency_that_lets_nothing_start_is_refused(concurrency):
    with pytest.raises(ValueError, match="lets nothing start"):
        Schedule(concurrency)
    with pytest.raises(ValueError, match="lets nothing start"):
        Schedule(1).limit("a", Limits(concurrency, 0.0))


def test_nothing_is_over_that_was_not_taken():
    schedule = Schedule(1)
    schedule.limit("a", Limits(1, 0.0))
    with pytest.raises(ValueError, match="nothing of a is running"):
        schedule.finished("a", 0.0, 1.0)


def web(seed, hosts):
    """The seconds that each link of each host takes: 10,000 links, most of them to few hosts."""
    chance = random.Random(seed)  # noqa: S311  # the same links every time
    sizes = [500, 400, 300, 200, 200]
    sizes += [1] * (hosts - len(sizes))
    for host in chance.choices(range(5, hosts), k=10_000 - sum(sizes)):
        near = int(5 + (host - 5) * chance.random() ** 2)
        sizes[near] += sizes[near] < 200
    return {f"h{host}": [latency(chance) for _ in range(size)] for host, size in enumerate(sizes)}


def latency(chance):
    drawn = chance.random()
    if drawn < 0.01:
        return 20.0
    return chance.uniform(2.0, 8.0) if drawn < 0.03 else 0.08 * math.exp(chance.gauss(0.0, 0.8))


@dataclass
class Course:
    """When each host was done, and how long its items took in the order of their starts."""

    ends: dict[str, float]
    started: list[tuple[str, float]]

    @property
    def makespan(self):
        return max(self.ends.values())


def course(hosts, concurrency, limits):
    schedule = Schedule(concurrency)
    for name, latencies in hosts.items():
        schedule.limit(name, limits)
        for seconds in latencies:
            schedule.put(name, seconds)
    now, running, result = 0.0, [], Course({}, [])
    while True:
        while (taken := schedule.take(now)) is not None:
            result.started.append(taken)
            heapq.heappush(running, (now + taken[1], *taken))
        times = [time for time in (schedule.next_time(now),) if time is not None]
        times += [running[0][0]] if running else []
        if not times:
            return result
        now = min(times)
        while running and running[0][0] <= now:
            _, name, seconds = heapq.heappop(running)
            schedule.finished(name, now, seconds)
            result.ends[name] = now


def one_after_the_other(latencies, limits):
    """When the last of these is over that start in this order, each as soon as limits let it.

    No other times of starting in this order end sooner.
    """
    free, start, end = [0.0] * limits.concurrency, -math.inf, 0.0
    for seconds in latencies:
        start = max(start + limits.interval, heapq.heappop(free), 0.0)
        heapq.heappush(free, start + seconds)
        end = max(end, start + seconds)
    return end


def least_time(latencies, limits):
    """What no schedule can beat, even one that knows beforehand how long everything takes."""
    starts = limits.interval * (len(latencies) - 1)
    return max(starts + min(latencies), sum(latencies) / limits.concurrency, *latencies)


POLITE = Limits(4, 0.2)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("hosts", "concurrency"), [(1000, 64), (3000, 64), (3000, 128)])
def test_no_schedule_that_knows_no_latency_is_much_faster(seed, hosts, concurrency):
    # A timeout that starts among the last outlasts everything, and nobody knows beforehand which it
    # is. So the bound is of schedules that start things in the same order.
    result = course(web(seed, hosts), concurrency, POLITE)
    by_host = {}
    for name, seconds in result.started:
        by_host.setdefault(name, []).append(seconds)
    bound = max(one_after_the_other(latencies, POLITE) for latencies in by_host.values())
    everything = [seconds for _, seconds in result.started]
    bound = max(bound, one_after_the_other(everything, Limits(concurrency, 0.0)))
    assert result.makespan <= 1.05 * bound


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("hosts", "concurrency"), [(1000, 64), (3000, 32)])
def test_the_makespan_is_near_the_least_where_no_timeout_can_outweigh_it(seed, hosts, concurrency):
    limits = Limits(4, 1.0)
    latencies = web(seed, hosts)
    result = course(latencies, concurrency, limits)
    least = max(least_time(one, limits) for one in latencies.values())
    least = max(least, sum(map(sum, latencies.values())) / concurrency)
    assert result.makespan <= 1.1 * least


def test_a_host_does_not_wait_for_one_listed_before_it():
    hosts = {"a": [1.0] * 300, "b": [0.05] * 20}
    result = course(hosts, 128, Limits(10, 0.05))
    assert result.ends["b"] <= 19 * 0.05 + 0.05 + 1e-9
    result = course(hosts, 4, Limits(4, 0.2))
    assert result.ends["a"] <= 1.1 * least_time(hosts["a"], Limits(4, 0.2))
