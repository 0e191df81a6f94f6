"""Names to network addresses, each name asked once a run."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from mlsd_lint.links.fetching.failures import FetchError, no_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    LookUp = Callable[[str], Awaitable[Sequence[str]]]

_THREADS = 32


class Resolver:
    """Asks the system for the addresses of names, and remembers what it said.

    Those who ask for the same name at the same time share one question. That a name does not
    resolve is remembered too; that the name server did not answer is not.
    """

    def __init__(self, look_up: LookUp | None = None) -> None:
        self._look_up = look_up or _system_look_up()
        self._questions: dict[str, asyncio.Task[tuple[str, ...] | FetchError]] = {}
        self._resolved = ""

    async def addresses(self, name: str) -> tuple[str, ...]:
        """The IP addresses of a name, best first.

        Raises:
            FetchError: it has none ("name"), or the name server does not say ("resolver").
        """
        question = self._questions.get(name)
        if question is None:
            question = asyncio.create_task(self._ask(name))
            self._questions[name] = question
        found = question.result() if question.done() else await asyncio.shield(question)
        if isinstance(found, FetchError):
            raise FetchError(found.kind, found.reason)
        return found

    async def no_longer_works(self) -> bool:
        """Whether a name that resolved before does not do so now; False if none ever did."""
        if not self._resolved:
            return False
        try:
            return not await self._look_up(self._resolved)
        except OSError:
            return True

    async def aclose(self) -> None:
        """Forget everything; what is still being asked is waited for no longer."""
        questions = list(self._questions.values())
        self._questions.clear()
        for question in questions:
            question.cancel()
        await asyncio.gather(*questions, return_exceptions=True)

    async def _ask(self, name: str) -> tuple[str, ...] | FetchError:
        try:
            found = tuple(dict.fromkeys(await self._look_up(name)))
        except OSError as error:
            failure = no_address(error)
            if failure.kind == "resolver":
                self._questions.pop(name, None)
            return failure
        if not found:
            return FetchError("name", "name does not resolve")
        self._resolved = name
        return found


def _system_look_up() -> LookUp:
    """The system's resolver, in threads that nobody waits for when the program ends.

    The threads of an executor are joined at exit, so a name server that does not answer would
    hold up an interrupted run for half a minute.
    """
    free = asyncio.Semaphore(_THREADS)

    async def look_up(name: str) -> Sequence[str]:
        async with free:
            loop = asyncio.get_running_loop()
            answer: asyncio.Future[list[str] | OSError] = loop.create_future()
            threading.Thread(target=_look_up, args=(name, loop, answer), daemon=True).start()
            found = await answer
        if isinstance(found, OSError):
            raise found
        return found

    return look_up


def _look_up(
    name: str, loop: asyncio.AbstractEventLoop, answer: asyncio.Future[list[str] | OSError]
) -> None:
    found: list[str] | OSError
    try:
        # As bytes, since the encoding of str refuses names that exist.
        entries = socket.getaddrinfo(name.encode("ascii"), None, type=socket.SOCK_STREAM)
        found = [str(entry[4][0]) for entry in entries]
    except OSError as error:
        found = error
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody wants to know any more
        loop.call_soon_threadsafe(_tell, answer, found)


def _tell(answer: asyncio.Future[list[str] | OSError], found: list[str] | OSError) -> None:
    if not answer.done():
        answer.set_result(found)
