"""From the bytes of one file to what is kept of it: its page, and what its own rules say.

This is all the work that depends on one file alone. It is done once for a content, on every
core when there is much of it, and its result goes into the cache.
"""

from __future__ import annotations

import os
import signal
import stat
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from mlsd_lint.diagnostics import Diagnostic, Finding, Severity, place
from mlsd_lint.errors import UsageError
from mlsd_lint.rules import unchecked
from mlsd_lint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from mlsd_lint.config.settings import Dialect
    from mlsd_lint.document import Document
    from mlsd_lint.registry import DocumentCheck, Rule
    from mlsd_lint.typed.checking import Typed
    from mlsd_lint.workspace import Page, Use

PARALLEL_FROM = 300_000  # bytes of Markdown from which a second process pays for its start


class Indexed(NamedTuple):
    """What is kept of one file; `page` is None for a file that could not be checked."""

    page: Page | None
    diagnostics: tuple[Diagnostic, ...]


class Indexing(NamedTuple):
    """Everything that indexing a file depends on but its content. It can be sent to a process.

    `types` are the document types as `typed.types.described` writes them down, "" for none;
    `watched` is what `prose.watching.load_watched` reads, "" if no rule asks for uses of words.
    """

    codes: tuple[str, ...]
    severities: dict[str, Severity]
    dialect: Dialect
    max_file_size: int
    types: str = ""
    watched: str = ""

    def severity(self, rule: Rule) -> Severity:
        """How grave the findings of a rule are in this project."""
        return self.severities[rule.code]


class UncheckedError(Exception):
    """A file cannot be checked; it carries the one finding that says why."""

    def __init__(self, rule: Rule, message: str, source: Source, offset: int = 0) -> None:
        super().__init__(message)
        self.rule = rule
        self.finding = Finding(Span(offset, offset), message)
        self.source = source

    def indexed(self, indexing: Indexing) -> Indexed:
        """What is kept of such a file."""
        severity = indexing.severity(self.rule)
        return Indexed(None, (place(self.rule, severity, self.source, self.finding),))


def read(file: Path, path: str, max_file_size: int) -> bytes:
    """The content of a file to check.

    Raises:
        UncheckedError: it is no regular file, too large, or cannot be read.
    """
    nothing = Source(path, "")
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            listed = os.access(file, os.R_OK | os.X_OK)
            what = "is a directory" if listed else "cannot be listed: permission denied"
            raise UncheckedError(unchecked.UNREADABLE, f"{path} {what}", nothing)
        if not stat.S_ISREG(status.st_mode):
            raise UncheckedError(unchecked.UNREADABLE, f"{path} is not a regular file", nothing)
        if status.st_size > max_file_size:
            message = (
                f"{path} has {status.st_size:,} bytes, more than max-file-size ({max_file_size:,})"
            )
            raise UncheckedError(unchecked.TOO_LARGE, message, nothing)
        with file.open("rb", buffering=0) as opened:  # all of it is read at once
            return opened.readall()
    except FileNotFoundError:
        what = "is a link to nothing" if file.is_symlink() else "does not exist"
        raise UncheckedError(unchecked.UNREADABLE, f"{path} {what}", nothing) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UncheckedError(
            unchecked.UNREADABLE, f"{path} cannot be read: {why}", nothing
        ) from None


def decode(content: bytes, path: str) -> Source:
    """The text of a file, byte order mark and line endings kept.

    Raises:
        UncheckedError: it is not UTF-8, or has NUL bytes.
    """
    try:
        source = Source(path, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        readable = Source(path, content.decode("utf-8", "replace"))
        offset = len(content[: error.start].decode("utf-8"))
        message = f"{path} is not UTF-8: byte {error.start + 1:,} is 0x{content[error.start]:02x}"
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            message = f"{path} is UTF-16, not UTF-8"
        raise UncheckedError(unchecked.NOT_TEXT, message, readable, offset) from None
    nul = source.text.find("\0")
    if nul >= 0:
        message = f"{path} has a NUL byte: it is not a text file"
        raise UncheckedError(unchecked.NOT_TEXT, message, source, nul)
    return source


def parsed(content: bytes, path: str) -> Document:
    """The tree of a file.

    Raises:
        UncheckedError: it is no text, or it is nested too deeply.
    """
    from mlsd_lint.markdown import RefusedError, parse

    source = decode(content, path)
    try:
        return parse(source)
    except RefusedError as error:
        message = f"{path} was not parsed: {error}"
        raise UncheckedError(unchecked.REFUSED, message, source, error.offset) from None


def index(content: bytes, path: str, indexing: Indexing) -> Indexed:
    """Parse one file and run the rules that need nothing but its document."""
    from mlsd_lint.page import page
    from mlsd_lint.registry import all_rules

    try:
        document = parsed(content, path)
    except UncheckedError as error:
        return error.indexed(indexing)
    rules = all_rules()
    diagnostics = [
        place(rule, indexing.severity(rule), document.source, finding)
        for rule in (rules[code] for code in indexing.codes)
        if rule.scope == "document"
        for finding in cast("DocumentCheck", rule.check)(document)
    ]
    found = page(document, indexing.dialect)
    if indexing.types:
        typed = _typed(document, indexing, found)
        diagnostics += [
            place(rule, indexing.severity(rule), document.source, finding)
            for _, rule, finding in typed.problems
            if rule.code in indexing.codes
        ]
        found = replace(found, ends=typed.ends)
    if indexing.watched:
        found = replace(found, uses=_uses(document, indexing.watched))
    return Indexed(found, tuple(diagnostics))


def _uses(document: Document, watched: str) -> tuple[Use, ...]:
    from mlsd_lint.prose.extraction import blocks
    from mlsd_lint.prose.watching import load_watched, uses

    return uses(document, blocks(document), load_watched(watched))


def _typed(document: Document, indexing: Indexing, found: Page) -> Typed:
    from mlsd_lint.typed.checking import check_typed
    from mlsd_lint.typed.types import load_types

    return check_typed(document, load_types(indexing.types), found.anchors)


def index_all(
    contents: Sequence[tuple[str, bytes]], indexing: Indexing
) -> Iterator[tuple[str, Indexed]]:
    """Index many files (path and content), on every core when it pays; in any order.

    Raises:
        UsageError: another process that worked on them was killed.
    """
    workers = min(_cores(), len(contents))
    if workers < 2 or sum(len(content) for _, content in contents) < PARALLEL_FROM:
        for path, content in contents:
            yield path, index(content, path, indexing)
        return
    yield from _index_in_parallel(contents, indexing, workers)


def _index_in_parallel(
    contents: Sequence[tuple[str, bytes]], indexing: Indexing, workers: int
) -> Iterator[tuple[str, Indexed]]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    largest_first = sorted(contents, key=lambda pair: -len(pair[1]))
    executor = ProcessPoolExecutor(workers, _context(), _prepare_child)
    try:
        yield from executor.map(
            _index_one,
            ((path, content, indexing) for path, content in largest_first),
            chunksize=max(len(largest_first) // (workers * 16), 1),
        )
    except BrokenProcessPool:
        raise UsageError(
            "a process that was checking files has been killed (is there enough memory?)"
        ) from None
    except BaseException:
        _stop_children()  # nobody who presses Ctrl-C wants the files in work to be finished
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _stop_children() -> None:
    from multiprocessing import active_children

    for child in active_children():
        child.terminate()


def _index_one(task: tuple[str, bytes, Indexing]) -> tuple[str, Indexed]:
    path, content, indexing = task
    return path, index(content, path, indexing)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> BaseContext:
    """A forked process has everything imported already; elsewhere the default is used."""
    import multiprocessing
    import sys

    if sys.platform == "linux":
        from mlsd_lint.markdown import parse

        parse(Source("", ""))  # imports the parser before the fork instead of once in each child
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context()


def _prepare_child() -> None:
    """An interrupt is the parent's to handle; a parent that was killed leaves nothing to do."""
    from multiprocessing import parent_process
    from threading import Thread

    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
