"""Asking all questions that are due, in one event loop: what runs, and what ends it."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter, defaultdict, deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mlsd_lint.config.durations import seconds
from mlsd_lint.links.addresses import parse
from mlsd_lint.links.asking import Asker
from mlsd_lint.links.fetching.fetcher import Fetcher
from mlsd_lint.links.github import LARGEST_REPLY, GitHub, Hold, plan
from mlsd_lint.links.progress import Status
from mlsd_lint.links.requesting import Requests
from mlsd_lint.links.turns import Turn, Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping

    from mlsd_lint.config.links import LinkSettings
    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.collecting import Question
    from mlsd_lint.links.exchange import Failure, Method, Reply
    from mlsd_lint.links.fetching.fetcher import FetchLimits
    from mlsd_lint.links.github import Access, GitHubQuestion
    from mlsd_lint.links.hosts import HostRules
    from mlsd_lint.links.storing.store import Store
    from mlsd_lint.links.turns import Work
    from mlsd_lint.links.verdicts import Answer, Verdict

Fact = TypeVar("Fact")

A_NAME_THAT_RESOLVES = "example.com"
"""Where no name resolves, this one not resolving either means that there is no network."""

_API_WORKERS = 32
_BETWEEN_DRAWINGS = 0.1  # seconds
_NAME_SERVER = 5.0  # seconds that it may take to answer
_NO_NETWORK = "no name resolves here; is there a network?"
_IN_VAIN = 20  # names that do not resolve, after which it is worth asking whether any does
_BETWEEN_LOOKS = 0.5  # seconds
_FROM_QUESTIONS = 2  # of one host on, its robots.txt is worth a request


class Terms(NamedTuple):
    """On what terms the web is asked; `max_time` is in seconds, None for no limit."""

    settings: LinkSettings
    hosts: HostRules
    limits: FetchLimits
    github: Access | None
    max_time: float | None = None


class Hearing(NamedTuple):
    """Who is told: of each answer as it comes, and of how far it all has come.

    `earlier` gives the answer of last time to a question, None if it was never asked.
    """

    earlier: Callable[[str], Answer | None]
    answered: Callable[[str, Answer], None]
    progress: Callable[[Status], None]


class Ended(NamedTuple):
    """How it ended, how many requests were sent, and what the user should know besides.

    `failure` says why nobody could be asked, "" if somebody could; `lost` that the network went
    on the way, so that a name which does not resolve may well exist.
    """

    interrupted: bool
    failure: str
    lost: bool
    sent: int
    remarks: tuple[str, ...]


def ask(due: Mapping[str, Question], terms: Terms, store: Store, hearing: Hearing) -> Ended:
    """Ask questions, by any keys, and hand over each answer as it comes."""
    return asyncio.run(_ask(due, terms, store, hearing))


async def _ask(due: Mapping[str, Question], terms: Terms, store: Store, hearing: Hearing) -> Ended:
    turns = Turns(terms.limits.concurrency)
    until = None if terms.max_time is None else turns.now() + terms.max_time
    async with Fetcher(terms.limits) as fetcher:
        requests = Requests(terms.settings, terms.hosts, fetcher, turns, until)
        told = Told(len(due), turns, hearing)
        session = Session(terms, turns, requests, fetcher, store, told, due)
        session.begin()
        watching = asyncio.create_task(session.stop_if_in_vain())
        with stopping(turns) as interrupted:
            await turns.run(until)
        watching.cancel()
        return Ended(
            interrupted.is_set(),
            await session.failure(),
            await session.has_lost_the_network(),
            requests.sent,
            session.remarks(),
        )


@contextmanager
def stopping(turns: Turns) -> Iterator[asyncio.Event]:
    """Let the first Ctrl-C stop it with what is known; the second one ends the program."""
    interrupted = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        interrupted.set()
        turns.stop()
        loop.remove_signal_handler(signal.SIGINT)

    try:
        loop.add_signal_handler(signal.SIGINT, stop)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
        yield interrupted
        return
    try:
        yield interrupted
    finally:
        loop.remove_signal_handler(signal.SIGINT)


class Told:
    """Tells of answers, and several times a second of how far it all has come."""

    def __init__(self, total: int, turns: Turns, hearing: Hearing) -> None:
        self._total = total
        self._turns = turns
        self._hearing = hearing
        self.earlier = hearing.earlier
        self._counts: Counter[Verdict] = Counter()
        self._began = self._shown = turns.now()

    def answer(self, key: str, answer: Answer) -> None:
        """Tell of an answer."""
        self._hearing.answered(key, answer)
        self._counts[answer.verdict] += 1
        now = self._turns.now()
        if now - self._shown >= _BETWEEN_DRAWINGS:
            self._shown = now
            self._hearing.progress(self._status(now))

    def _status(self, now: float) -> Status:
        done = self._counts.total()
        waiting = self._turns.waiting()
        # The longest queue may well take longer than the others together.
        longest = max((left for _, left in waiting), default=0.0)
        left = max(longest, (now - self._began) / done * (self._total - done))
        return Status(done, self._total, self._counts, [host for host, _ in waiting], left)


@dataclass
class Session:
    """What runs for each question.

    What waits for a queue's turns are no pieces of work of their own: the work of the queue, as
    often as it has questions, each time goes on with the next of them. There may be very many.
    """

    terms: Terms
    turns: Turns
    requests: Requests
    fetcher: Fetcher
    store: Store
    told: Told
    due: Mapping[str, Question]
    _waiting: dict[str, deque[str]] = field(default_factory=dict)
    _work: dict[str, Work] = field(default_factory=dict)
    _visited: defaultdict[str, dict[str, Address]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _no_network: bool | None = None
    _in_vain: str = ""

    def __post_init__(self) -> None:
        self.asker = Asker(self.terms.settings, self.requests, self.store, self.turns)
        access = self.terms.github
        self.github = None if access is None else GitHub(access, self._ask_api)

    def begin(self) -> None:
        """Put every question where it has to wait for its turn."""
        through_api = dict.fromkeys(key for key, one in self.due.items() if self._asks_api(one))
        self._read_robots(one.address for key, one in self.due.items() if key not in through_api)
        for key in self.due:
            if key not in through_api:
                self._put(key)
        waiting = iter(through_api)
        for _ in range(min(_API_WORKERS, len(through_api))):
            self.turns.begin(partial(self._through_api, waiting))

    def _asks_api(self, question: Question) -> bool:
        """Whether GitHub's API may say all there is to say; it knows nothing of anchors."""
        return not question.fragments and self._page_of_github(question) is not None

    def _page_of_github(self, question: Question) -> GitHubQuestion | None:
        return plan(question.address, self.github.access) if self.github else None

    def _read_robots(self, asked: Iterable[Address]) -> None:
        if not self.terms.settings.crawl_delay:
            return
        hosts: dict[str, list[Address]] = {}
        for address in asked:
            hosts.setdefault(address.origin, []).append(address)
        for addresses in hosts.values():
            if len(addresses) >= _FROM_QUESTIONS:
                queues = {self.requests.queue(address) for address in addresses}
                self.asker.read_robots_first(addresses[0], queues)

    def _put(self, key: str) -> None:
        queue = self.requests.queue(self.due[key].address)
        if queue not in self._waiting:
            self._waiting[queue], self._work[queue] = deque(), partial(self._answer_next, queue)
        self._waiting[queue].append(key)
        self.turns.put(queue, self._work[queue])

    async def _answer_next(self, queue: str, turn: Turn) -> None:
        key = self._waiting[queue].popleft()
        question = self.due[key]
        answer = await self.asker.answer(question, turn, self.told.earlier(key))
        turn.over()
        page = self._page_of_github(question)
        if self.github is not None and page is not None:
            repository = await self._patiently(partial(self.github.repository, page))
            answer = answer._replace(repository=repository)
        self.told.answer(key, answer)
        visited = self._visited[queue]
        visited[question.address.origin] = question.address
        if answer.chain:
            ends = (*(hop.url for hop in answer.chain[1:]), answer.final)
            visited.update((there.origin, there) for there in map(parse, filter(None, ends)))
        if self.turns.is_idle(queue):
            await self._leave(queue)

    async def _leave(self, queue: str) -> None:
        """Close the connections that were made for a queue, but for what another still needs."""
        for address in self._visited.pop(queue).values():
            if self.turns.is_idle(self.requests.queue(address)):
                await self.fetcher.release(address.origin)

    async def _through_api(self, waiting: Iterator[str], _turn: Turn) -> None:
        for key in waiting:
            page = self._page_of_github(self.due[key])
            if self.github is None or page is None:
                continue
            answer = await self._patiently(partial(self.github.answer, page))
            if answer is None:
                self._put(key)
            else:
                self.told.answer(key, answer)

    async def _patiently(
        self, asking: Callable[[], Coroutine[None, None, Fact | Hold | None]]
    ) -> Fact | None:
        """What the API says, once it may be asked again; None if that is too long."""
        while isinstance(fact := await asking(), Hold):
            wait = fact.until - time.time()
            if wait > seconds(self.terms.settings.max_wait):
                return None
            await asyncio.sleep(max(wait, 0.0))
        return fact

    async def _ask_api(
        self, method: Method, address: Address, headers: tuple[tuple[str, str], ...]
    ) -> Reply | Failure:
        limit = LARGEST_REPLY if method == "GET" else 0
        turn = self.turns.new_turn()
        exchange = await self.requests.exchange(
            turn, method, address, body_limit=limit, headers=headers
        )
        return exchange.outcome

    async def stop_if_in_vain(self) -> None:
        """End a run early that reaches nobody: on a train, thousands of names take an hour."""
        while not self.requests.reached:
            unheard = self.requests.unresolved >= _IN_VAIN or self.requests.hindrance
            if unheard and (why := await self.failure()):
                self._in_vain = why
                self.turns.stop()
                return
            await asyncio.sleep(_BETWEEN_LOOKS)

    async def failure(self) -> str:
        """Why nobody could be asked; "" if somebody could."""
        if self._in_vain or self.requests.reached:
            return self._in_vain
        if self.requests.hindrance or not self.requests.unresolved:
            return self.requests.hindrance
        if self._no_network is None:
            self._no_network = not await self._finds_names()
        return _NO_NETWORK if self._no_network else ""

    async def has_lost_the_network(self) -> bool:
        """Whether names do not resolve any more that did."""
        if not self.requests.unresolved:
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(_NAME_SERVER):
                return await self.fetcher.resolves_no_longer()
        return True

    async def _finds_names(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(_NAME_SERVER):
                return await self.fetcher.resolves(A_NAME_THAT_RESOLVES)
        return False

    def remarks(self) -> tuple[str, ...]:
        """What the user should know besides the answers."""
        refused = self.github.refused if self.github else ""
        return (*self.terms.hosts.warnings, *((refused,) if refused else ()))
