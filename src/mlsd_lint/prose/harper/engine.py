"""Harper as an engine: many passages, on all cores."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.digests import code_digest, digest
from mlsd_lint.prose.engine import EngineError, batches
from mlsd_lint.prose.harper.profile import CODES, NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.config.prose import English
    from mlsd_lint.prose.engine import Match, Passage
    from mlsd_lint.prose.harper.reading import Reader
    from mlsd_lint.prose.harper.spelling import Guess

_REMEDY = "install it with `pip install harper-py`, or check without it: --grammar none"
_PANIC = "PanicException"
"""What an error inside Harper arrives as; it is no `Exception`, and cannot be imported."""
_BATCH = 2_000
"""Characters that one thread reads before it says what it found."""


@dataclass
class Harper:
    """Harper, as `prose.engine.Engine` asks for it.

    Where `english` is None, a word that is right in any English is right. `enable` and `disable` are names of its rules; what is in both is off. The threads that read,
    and what they have learned of words, are kept from one check to the next until `close`.
    """

    english: English | None = None
    enable: frozenset[str] = frozenset()
    disable: frozenset[str] = frozenset()
    name: str = field(default="harper", init=False)
    _threads: ThreadPoolExecutor | None = field(default=None, init=False, repr=False)
    _local: threading.local = field(default_factory=threading.local, init=False, repr=False)
    _guesses: dict[str, Guess | None] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def fingerprint(self) -> str:
        """The digest of Harper's version, of our profile and filters, and of the settings."""
        try:
            installed = version("harper-py")
        except PackageNotFoundError:
            installed = "none"
        here = Path(__file__).parent
        ours = (code_digest(here), code_digest(here.parent / "words"))
        return digest(installed, *ours, self.english or "", *sorted(self._rules))

    @property
    def _rules(self) -> frozenset[str]:
        return (frozenset(CODES) | self.enable) - self.disable - NEVER

    def check(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, tuple[Match, ...]]]:
        """What is wrong with each passage, in any order, as soon as it is known.

        Raises:
            EngineError: harper-py is not installed, or does not load.
        """
        if not passages:
            return
        _require()
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_cores(), thread_name_prefix="harper")
        readings = [self._threads.submit(self._read, batch) for batch in batches(passages, _BATCH)]
        try:
            for reading in as_completed(readings):
                yield from reading.result()
        finally:
            for reading in readings:
                reading.cancel()

    def close(self) -> None:
        """End the threads, and forget their linters."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
            self._local = threading.local()

    def _read(self, batch: Sequence[Passage]) -> list[tuple[Passage, tuple[Match, ...]]]:
        reader = self._reader()
        try:
            reader.learn(batch)
        except BaseException as error:
            if not _is_panic(error):
                raise
            # Which passage it is about is found out when each of them is read.
        read = []
        for passage in batch:
            try:
                read.append((passage, reader.read(passage)))
            except BaseException as error:
                if not _is_panic(error):
                    raise
                raise EngineError(_panicked(passage)) from None
        return read

    def _reader(self) -> Reader:
        """The reader of this thread: Harper lets no two threads use one linter."""
        from mlsd_lint.prose.harper.reading import Reader

        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = Reader(self.english, self._rules, self._guesses)
            self._local.reader = reader
        return reader


def _require() -> None:
    try:
        import harper  # noqa: F401
    except ImportError as error:
        missing = isinstance(error, ModuleNotFoundError) and error.name == "harper"
        problem = "is not installed" if missing else f"does not load ({error})"
        message = f"Harper, which checks spelling and grammar, {problem}; {_REMEDY}"
        raise EngineError(message) from None


def _is_panic(error: BaseException) -> bool:
    return type(error).__name__ == _PANIC


def _panicked(passage: Passage) -> str:
    beginning = " ".join(passage.text[:60].split())
    return (
        f"Harper breaks down over the text that begins “{beginning}”; put "
        "<!-- mlsd-lint-disable-next-line P --> above it, or check without Harper: --grammar none"
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
