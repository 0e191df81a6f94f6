"""The work of `mlsd-lint check` when the cache has no answer: find, check, mend, tell."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mlsd_lint import engine
from mlsd_lint.commands.scope import Scope, discovered
from mlsd_lint.commands.services import Services
from mlsd_lint.digests import NOTHING, content_digest
from mlsd_lint.errors import UsageError
from mlsd_lint.fixes import passes
from mlsd_lint.fixes.passes import Change, Fixed
from mlsd_lint.prose.engines import Engines
from mlsd_lint.prose.preparing import vocabulary_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from pathlib import Path

    from mlsd_lint.cache import Cache
    from mlsd_lint.discovery.commit import Linked
    from mlsd_lint.engine import Outcome
    from mlsd_lint.gate.accepting import Accepting
    from mlsd_lint.gate.gating import Gate
    from mlsd_lint.gate.revisions import Base
    from mlsd_lint.project import Project

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
        self.scope.look_for_documents()
        fixed = self._fixed()
        if self.arguments.write_baseline:
            return self._with_baseline(fixed.outcome)
        failures: tuple[str, ...] = ()
        if self.arguments.fix or self.arguments.add_ignore:
            fixed, failures = self._written(fixed)
        return Result(fixed.outcome, fixed.changes, failures, self._seen(fixed.outcome))

    @cached_property
    def scope(self) -> Scope:
        """What is checked."""
        arguments = self.arguments
        return Scope(self.project, arguments.paths, arguments.stdin_filename, self._gate)

    @cached_property
    def services(self) -> Services:
        """What is asked besides."""
        return Services(self.arguments, self.project, self.cache, self.directory, self.engines)

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
        asked = self.services.asked
        ran = engine.rules_that_run(
            self.project, asked._replace(links=None) if self._gate else asked
        )
        return Accepting(self.project, ran.keys(), self.scope.is_wanted)

    @property
    def is_incomplete(self) -> bool:
        """Whether some of what was to be asked could not be, or was not for an interruption."""
        return self.services.failed or self.services.interrupted

    @property
    def is_filter(self) -> bool:
        """Whether standard output is the fixed text of standard input."""
        return bool(self.scope.overlay) and self.arguments.fix

    def close(self) -> None:
        """Close what was opened for git and for services."""
        if self._gate is not None:
            self._gate.close()
        self.services.close()

    @cached_property
    def _gate(self) -> Gate | None:
        """What tells new findings from the others, if that was asked for."""
        if self.base is None:
            return None
        from mlsd_lint.gate.gating import Gate

        project = self.project
        return Gate(project, self.base, self.cache, lambda one: discovered(project, folders=one))

    def _fixed(self) -> Fixed:
        overlay = self.scope.overlay
        if self.arguments.fix or self.arguments.diff:
            unsafe = self.arguments.unsafe_fixes
            return passes.fix(self.project, self._check, unsafe=unsafe, overlay=overlay)
        outcome = self._check(overlay)
        if not self.arguments.add_ignore:
            return Fixed(outcome, ())
        changes = passes.ignore(self.project, outcome)
        return Fixed(self._check({change.path: change.new for change in changes}), changes)

    def _check(self, overlay: Mapping[str, bytes]) -> Outcome:
        outcome = self._outcome(overlay)
        links = self._source_links.links if self._source_links else None
        report = replace(outcome.report, source_links=links)
        if self.accepting is not None and not self.arguments.write_baseline:
            report = self.accepting.without_accepted(report)
        return replace(outcome, report=report)

    def _outcome(self, overlay: Mapping[str, bytes]) -> Outcome:
        scope, asked = self.scope, self.services.asked
        if self._gate:
            named = scope.reported if self.arguments.paths else ()
            return self._gate.outcome(named, scope.book, scope.is_wanted, overlay, asked)
        return engine.check(self.project, scope.reported, scope.book, self.cache, overlay, asked)

    @cached_property
    def _source_links(self) -> Linked | None:
        """How to link to lines on the web, for a format that does."""
        also = (output_format for output_format, _ in self.arguments.also)
        if _WITH_LINKS not in {self.project.configuration.output_format, *also}:
            return None
        from mlsd_lint.discovery.commit import source_links

        return source_links(self.project.root, self.project.hosting.repository)

    def _with_baseline(self, outcome: Outcome) -> Result:
        """What is left when today's findings are accepted; nothing is, if some were not found."""
        if self.accepting is None or self.is_incomplete:
            return Result(outcome, (), (), {})
        report, said = self.accepting.write(outcome.report)
        return Result(replace(outcome, report=report), (), (), {}, said)

    def _written(self, fixed: Fixed) -> tuple[Fixed, tuple[str, ...]]:
        """What was fixed on the disk, and why the rest was not; that is found again."""
        if self.scope.overlay:
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
        seen |= self.scope.seen
        seen |= self._gate.seen if self._gate else {}
        return seen | (self.accepting.seen if self.accepting else {})
