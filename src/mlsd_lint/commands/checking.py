"""The work of `mlsd-lint check` when the cache has no answer: find, check, mend, tell."""

from __future__ import annotations

import gc
import io
import os
import sys
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint import engine
from mlsd_lint.digests import NOTHING, content_digest, listing_digest
from mlsd_lint.discovery.folders import DISK
from mlsd_lint.discovery.walk import discover
from mlsd_lint.errors import UsageError
from mlsd_lint.fixes import passes
from mlsd_lint.fixes.passes import Change, Fixed
from mlsd_lint.location import absolute
from mlsd_lint.prose.engines import Engines
from mlsd_lint.prose.preparing import grammar, vocabulary_file
from mlsd_lint.terminal_line import TerminalLine

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from mlsd_lint.cache import Cache
    from mlsd_lint.discovery.commit import Linked
    from mlsd_lint.discovery.folders import Folders
    from mlsd_lint.discovery.walk import Discovered
    from mlsd_lint.engine import Outcome, Services
    from mlsd_lint.gate.accepting import Accepting
    from mlsd_lint.gate.gating import Gate
    from mlsd_lint.gate.revisions import Base
    from mlsd_lint.links.online import Online
    from mlsd_lint.project import Project
    from mlsd_lint.prose.checking import Grammar

STANDARD_INPUT = "-"
_WITH_LINKS = "markdown"


@dataclass(frozen=True)
class Result:
    """What came of a check: its outcome, changes made or proposed, and what went wrong with them.

    `seen` holds the digest of every file and directory that was looked at, by absolute path.
    `said` is what there is to say of a baseline that was written.
    """

    outcome: Outcome
    changes: tuple[Change, ...]
    failures: tuple[str, ...]
    seen: Mapping[str, str]
    said: str = ""


@dataclass(frozen=True)
class Checking:
    """One check, as asked on the command line.

    `directory` is where what the web said is kept, None if it is not; `engines` are those that
    read prose. `base` is what a change is compared with, None for a check of all there is.
    """

    arguments: argparse.Namespace
    project: Project
    cache: Cache
    directory: Path | None = None
    engines: Engines = field(default_factory=Engines)
    base: Base | None = None

    def result(self) -> Result:
        """Check, and fix if that was asked for.

        Raises:
            UsageError: there is nothing to check, or no document of a type that must have one.
        """
        # Documents are trees without cycles, by the hundred thousand: looking for garbage among
        # them takes an eighth of a cold run and finds none.
        gc.set_threshold(100_000, 50, 1000)
        if not self._reported and not (self._gate and self._gate.had_documents):
            raise UsageError(self._nothing_found())
        self._look_for_required()
        fixed = self._fixed()
        failures: tuple[str, ...] = ()
        if self.arguments.write_baseline:
            return self._accepted(fixed.outcome)
        if self.arguments.fix or self.arguments.add_ignore:
            fixed, failures = self._written(fixed)
        return Result(fixed.outcome, fixed.changes, failures, self._seen(fixed.outcome))

    def _accepted(self, outcome: Outcome) -> Result:
        """What is left when today's findings are accepted; nothing is, if some were not found."""
        if self.accepting is None or self.incomplete:
            return Result(outcome, (), (), {})
        report, said = self.accepting.write(outcome.report)
        return Result(replace(outcome, report=report), (), (), {}, said)

    @cached_property
    def overlay(self) -> dict[str, bytes]:
        """Standard input under the name it was given."""
        if STANDARD_INPUT not in self.arguments.paths:
            return {}
        if sys.stdin is None:
            raise UsageError("standard input is closed")
        name = self.arguments.stdin_filename or "stdin.md"
        return {self.project.relative(Path(name).absolute()): sys.stdin.buffer.read()}

    @cached_property
    def _gate(self) -> Gate | None:
        """What tells new findings from the others, if that was asked for."""
        if self.base is None:
            return None
        from mlsd_lint.gate.gating import Gate

        return Gate(self.project, self.base, self.cache, lambda one: self._discover((), one))

    @cached_property
    def _folders(self) -> Folders:
        return self._gate.folders if self._gate else DISK

    @cached_property
    def _named(self) -> Discovered:
        """What the command line names, or all there is."""
        return self._discover(tuple(Path(path) for path in self.arguments.paths), self._folders)

    @cached_property
    def _whole_book(self) -> Discovered:
        """Every file of the configured book.

        Without a configuration, what is named is all, but in a comparison: what a change breaks
        may be anywhere.
        """
        if self.arguments.paths and (self.project.file or self._gate):
            return self._discover((), self._folders)
        return self._named

    def _discover(self, paths: tuple[Path, ...], folders: Folders) -> Discovered:
        settings = self.project.configuration
        return discover(
            self.project.base,
            settings.include,
            settings.exclude,
            settings.respect_gitignore,
            paths,
            folders,
        )

    @cached_property
    def _reported(self) -> list[str]:
        if self.overlay:
            return list(self.overlay)
        named = self._named
        relative = self.project.relative
        unreadable = (relative(Path(path)) for path in named.unreadable)
        there = (path for path in unreadable if not self._was_there(path))
        return [*named.files_from(self.project.root), *there]

    def _was_there(self, path: str) -> bool:
        """Whether a change took away what stood at a path, so that nothing is wrong with that."""
        return self._gate is not None and self._gate.was_there(path)

    @cached_property
    def _book(self) -> list[str]:
        return self._whole_book.files_from(self.project.root)

    def _nothing_found(self) -> str:
        where = ", ".join(self.arguments.paths) or str(self.project.base)
        globs = ", ".join(self.project.configuration.include)
        return f"no Markdown files in {where} (include: {globs}); nothing was checked"

    def _look_for_required(self) -> None:
        """In a run over the whole book, every type that must have a document has one."""
        types = self.project.configuration.types
        if self.arguments.paths or not any(one.required for one in types.values()):
            return
        from mlsd_lint.typed.required import without_document

        base = self.project.base
        book = [os.path.relpath(file, base).replace(os.sep, "/") for file in self._whole_book.files]
        missing = without_document(types, book, base)
        if missing:
            said = (self.project.misdeclared((name,), text) for name, text in missing.items())
            raise UsageError("\n".join(said))

    def _fixed(self) -> Fixed:
        if self.arguments.fix or self.arguments.diff:
            unsafe = self.arguments.unsafe_fixes
            return passes.fix(self.project, self._check, unsafe=unsafe, overlay=self.overlay)
        outcome = self._check(self.overlay)
        if not self.arguments.add_ignore:
            return Fixed(outcome, ())
        changes = passes.ignore(self.project, outcome)
        return Fixed(self._check({change.path: change.new for change in changes}), changes)

    def _check(self, overlay: Mapping[str, bytes]) -> Outcome:
        outcome = self._linked(self._outcome(overlay))
        if self.accepting is None or self.arguments.write_baseline:
            return outcome
        return replace(outcome, report=self.accepting.without_accepted(outcome.report))

    def _linked(self, outcome: Outcome) -> Outcome:
        links = self._source_links.links if self._source_links else None
        return replace(outcome, report=replace(outcome.report, source_links=links))

    @cached_property
    def _source_links(self) -> Linked | None:
        """How to link to lines on the web, for a format that does."""
        also = (output_format for output_format, _ in self.arguments.also)
        if _WITH_LINKS not in {self.project.configuration.output_format, *also}:
            return None
        from mlsd_lint.discovery.commit import source_links

        return source_links(self.project.root, self.project.hosting.repository)

    @cached_property
    def accepting(self) -> Accepting | None:
        """The baseline, if there is to be one.

        Raises:
            UsageError: it is to be written, and no setting says where.
        """
        if not self.project.configuration.baseline:
            if self.arguments.write_baseline:
                raise UsageError(
                    "--write-baseline needs the setting that names the file, such as "
                    'baseline = "mlsd-lint-baseline.txt"'
                )
            return None
        from mlsd_lint.gate.accepting import Accepting

        # Of external links a comparison asks only about new ones, and of the rest it knows nothing.
        services = self._services._replace(links=None if self._gate else self.online)
        ran = engine.rules_that_run(self.project, services)
        return Accepting(self.project, ran.keys(), self._is_wanted)

    @property
    def _services(self) -> Services:
        return engine.Services(self.online, self.grammar)

    def _outcome(self, overlay: Mapping[str, bytes]) -> Outcome:
        services = self._services
        if self._gate:
            named = self._reported if self.arguments.paths else ()
            return self._gate.outcome(named, self._book, self._is_wanted, overlay, services)
        return engine.check(self.project, self._reported, self._book, self.cache, overlay, services)

    def _is_wanted(self, path: str) -> bool:
        """Whether a comparison reports on a document: it is named, or lies in what is named."""
        if not self.arguments.paths:
            return True
        return path in self._wanted_files or path.startswith(self._wanted_folders)

    @cached_property
    def _wanted_files(self) -> frozenset[str]:
        return frozenset((*self._reported, *(path.rstrip("/") for path in self._wanted_folders)))

    @cached_property
    def _wanted_folders(self) -> tuple[str, ...]:
        if self.overlay:
            return ()
        named = (self.project.relative(absolute(Path(path))) for path in self.arguments.paths)
        return tuple("" if path == "." else f"{path}/" for path in named)

    @cached_property
    def online(self) -> Online | None:
        """What finds out about external links, if that was asked for."""
        if not self.arguments.online:
            return None
        from mlsd_lint.links.online import online

        return online(self.project, self.arguments, self.directory)

    @cached_property
    def grammar(self) -> Grammar | None:
        """What reads the prose, if that is wanted."""
        choice = self.arguments.grammar or self.project.configuration.prose.grammar
        return grammar(self.project, choice, self.cache, self.engines, self._show)

    @cached_property
    def _line(self) -> TerminalLine:
        return TerminalLine(io.StringIO() if self.arguments.quiet else sys.stderr)

    def _show(self, engine: str, done: int, total: int) -> None:
        self._line.update(lambda: f"{done:,} of {total:,} passages read by {engine}")

    def close(self) -> None:
        """Close what was opened for external links and git, and remove what shows progress."""
        self._line.end()
        if self._gate is not None:
            self._gate.close()
        if self.online is not None:
            self.online.close()

    @property
    def expires(self) -> float | None:
        """When what was said no longer holds though no file has changed; None for never."""
        if self.grammar and self.grammar.failures:
            return 0.0
        return self.online.expires if self.online else None

    def _written(self, fixed: Fixed) -> tuple[Fixed, tuple[str, ...]]:
        """What was fixed on the disk, and why the rest was not; that is found again."""
        if self.overlay:
            return fixed, ()
        written = list(passes.write(self.project.root, fixed.changes))
        failures = tuple(f"{change.path} was left alone: {why}" for change, why in written if why)
        if not failures:
            return fixed, ()
        changes = tuple(change for change, why in written if not why)
        return Fixed(self._check({}), changes), failures

    def _seen(self, outcome: Outcome) -> dict[str, str]:
        seen = {str(file): digest for file, digest in self.project.model_digests.items()}
        seen |= self.project.hosting.seen
        seen |= self._source_links.seen if self._source_links else {}
        words = vocabulary_file(self.project)
        seen[str(words)] = content_digest(words.read_bytes()) if words.is_file() else NOTHING
        for path, digest in (*outcome.asked.items(), *outcome.files.items()):
            seen[str(self.project.root / path)] = digest
        for discovered in (self._named, self._whole_book) if not self.overlay else ():
            seen |= _looked_at(discovered) if self._folders is DISK else {}
        seen |= self._gate.seen if self._gate else {}
        return seen | (self.accepting.seen if self.accepting else {})

    @property
    def incomplete(self) -> bool:
        """Whether some of what was to be asked could not be."""
        failed = self.online and (self.online.failure or self.online.interrupted)
        return bool(failed or (self.grammar and self.grammar.failures))

    @property
    def is_filter(self) -> bool:
        """Whether standard output is the fixed text of standard input."""
        return bool(self.overlay) and self.arguments.fix


def _looked_at(discovered: Discovered) -> dict[str, str]:
    """The digests of the folders and ignore files of a walk."""
    seen = {path: listing_digest(entries) for path, entries in discovered.directories.items()}
    for path, content in discovered.ignore_files.items():
        seen[path] = NOTHING if content is None else content_digest(content)
    return seen
