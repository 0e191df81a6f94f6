"""The engine: passages go to a server in batches, and come back with what is wrong in them."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from mlsd_lint.config.durations import seconds
from mlsd_lint.digests import code_digest, digest
from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.languagetool.batching import batches
from mlsd_lint.prose.languagetool.client import Client, ServerGoneError, address
from mlsd_lint.prose.languagetool.installation import installation, what_is_missing
from mlsd_lint.prose.languagetool.profile import PROFILE, disabled_categories, disabled_rules
from mlsd_lint.prose.languagetool.reading import Rules, matches
from mlsd_lint.prose.languagetool.server_folder import check_threads, server_folder
from mlsd_lint.prose.languagetool.serving import in_use, start
from mlsd_lint.prose.languagetool.telling import starting
from mlsd_lint.prose.words import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mlsd_lint.config.prose import English, ProseSettings
    from mlsd_lint.prose.engine import Match, Passage
    from mlsd_lint.prose.languagetool.batching import Batch, Piece
    from mlsd_lint.prose.languagetool.installation import Installation

_LANGUAGES: Final[Mapping[English, str]] = {
    "american": "en-US",
    "british": "en-GB",
    "australian": "en-AU",
    "canadian": "en-CA",
}


class LanguageTool:
    """Finds what is wrong in spelling, grammar and the choice of words (P001 to P008, P016).

    `enable` and `disable` are the names of its own rules that are to be on and off besides. Who
    waits for its server to start is told so, unless it is to be `quiet`.
    """

    name: Final = "languagetool"

    def __init__(
        self,
        settings: ProseSettings,
        enable: frozenset[str] = frozenset(),
        disable: frozenset[str] = frozenset(),
        *,
        quiet: bool = False,
    ) -> None:
        self._settings = settings.languagetool
        self._rules = Rules(enable - disable, disable, settings.english)
        self._quiet = quiet

    @property
    def fingerprint(self) -> str:
        """The digest of where and what it is, the settings, and what its rules count as."""
        words = code_digest(Path(unknown.__file__).parent)
        set_up = [part for one in sorted(self._parameters().items()) for part in one]
        return digest(
            self.name, self._identity(), PROFILE, *set_up, self._rules.english or "", words
        )

    def check(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, tuple[Match, ...]]]:
        """What is wrong with each passage, as the server answers.

        A local server that ends meanwhile is started once more.

        Raises:
            EngineError: it cannot be started or reached, or does not do its work.
        """
        if not passages:
            return
        if self._settings.server is not None:
            yield from self._check_elsewhere(address(self._settings.server), passages)
            return
        installed = installation(self._settings.folder)
        with in_use(server_folder(installed), seconds(self._settings.idle)):
            yield from self._check_here(installed, passages)

    def close(self) -> None:
        """Nothing: the server stays for the next run, until it is idle."""

    def _identity(self) -> str:
        if self._settings.server is not None:
            return self._settings.server
        with suppress(EngineError):
            return installation(self._settings.folder).version
        return ""

    def _parameters(self) -> dict[str, str]:
        """What every request says besides the text."""
        parameters = {
            "language": _LANGUAGES[self._rules.english or "american"],
            "disabledRules": ",".join(disabled_rules(self._rules.enabled, self._rules.disabled)),
            "disabledCategories": ",".join(disabled_categories()),
            "enabledRules": ",".join(sorted(self._rules.enabled)),
            "level": "picky" if self._settings.picky else "",
        }
        return {name: value for name, value in parameters.items() if value}

    def _check_elsewhere(
        self, server: str, passages: Sequence[Passage]
    ) -> Iterator[tuple[Passage, tuple[Match, ...]]]:
        try:
            yield from self._asked(Client(server), passages)
        except ServerGoneError as error:
            raise EngineError(
                f"the LanguageTool server at {server} cannot be reached ({error}): see to that "
                "server, or correct prose.languagetool.server"
            ) from None

    def _check_here(
        self, installed: Installation, passages: Sequence[Passage]
    ) -> Iterator[tuple[Passage, tuple[Match, ...]]]:
        folder = server_folder(installed)
        again = f"run `mlsd-lint languagetool stop` and try again; see {folder.log}"
        remedy = what_is_missing(installed) or again
        left = dict.fromkeys(passages)
        for attempt in range(2):
            with starting(installed.version, quiet=self._quiet) as tell:
                server = start(installed, tell)
            try:
                client = Client(server.address, remedy)
                for passage, found in self._asked(client, [*left], check_threads()):
                    del left[passage]
                    folder.used()
                    yield passage, found
            except ServerGoneError as error:
                if attempt:
                    raise EngineError(
                        f"LanguageTool ended twice while it was asked ({error}): see {folder.log}"
                    ) from None
            else:
                return

    def _asked(
        self, client: Client, passages: Sequence[Passage], threads: int = 0
    ) -> Iterator[tuple[Passage, tuple[Match, ...]]]:
        """What a server says of passages, batch by batch."""
        try:
            together = list(batches(list(dict.fromkeys(passages)), client.limit()))
            due: dict[Passage, int] = defaultdict(int)
            for batch in together:
                for piece in batch.pieces:
                    due[piece.passage] += 1
            found: dict[Passage, list[Match]] = defaultdict(list)
            for batch, answers in _in_any_order(
                lambda batch: self._check_batch(client, batch), together, threads or client.threads
            ):
                for piece, some in zip(batch.pieces, answers, strict=True):
                    found[piece.passage] += some
                    due[piece.passage] -= 1
                    if not due[piece.passage]:
                        yield piece.passage, tuple(sorted(found.pop(piece.passage)))
        finally:
            client.close()

    def _check_batch(self, client: Client, batch: Batch) -> list[list[Match]]:
        """What is wrong in each piece of a batch."""
        answered: list[list[tuple[Mapping[str, Any], int, int]]] = [[] for _ in batch.pieces]
        for one in client.check(self._parameters() | {"data": batch.data}):
            placed = batch.placed(*_place(one))
            if placed is not None:
                answered[placed.piece].append((one, *placed.range))
        return [
            self._of_piece(piece, some) for piece, some in zip(batch.pieces, answered, strict=True)
        ]

    def _of_piece(
        self, piece: Piece, found: Sequence[tuple[Mapping[str, Any], int, int]]
    ) -> list[Match]:
        read = matches(piece.passage.kind, piece.text, found, self._rules)
        return [
            one._replace(start=one.start + piece.start, end=one.end + piece.start) for one in read
        ]


def _place(answer: Mapping[str, Any]) -> tuple[int, int]:
    offset, length = answer.get("offset"), answer.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise EngineError(
            "what LanguageTool answers names no place (offset and length): its version is not one "
            "that mlsd-lint knows"
        )
    return offset, length


def _in_any_order(
    work: Callable[[Batch], list[list[Match]]], together: Sequence[Batch], threads: int
) -> Iterator[tuple[Batch, list[list[Match]]]]:
    """Each batch with what is found in it, as soon as that is known.

    When one fails, what is being answered still is, and is good; what waits is not asked any more.
    """
    waiting: SimpleQueue[Batch] = SimpleQueue()
    for batch in together:
        waiting.put(batch)
    answers: SimpleQueue[tuple[Batch, list[list[Match]]] | Exception | None] = SimpleQueue()
    stopped = threading.Event()

    def ask() -> None:
        with suppress(Empty):
            while not stopped.is_set():
                batch = waiting.get_nowait()
                try:
                    answers.put((batch, work(batch)))
                except Exception as error:  # noqa: BLE001  # it is raised where answers are taken
                    stopped.set()
                    answers.put(error)
        answers.put(None)

    for _ in range(threads):
        # Daemons, so that an interrupt does not wait until a server that hangs has answered.
        threading.Thread(target=ask, daemon=True).start()
    failure: Exception | None = None
    try:
        while threads:
            answer = answers.get()
            if answer is None:
                threads -= 1
            elif isinstance(answer, Exception):
                failure = failure or answer
            else:
                yield answer
    finally:
        stopped.set()
    if failure is not None:
        raise failure
