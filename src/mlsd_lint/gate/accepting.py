"""The baseline in a run: what it holds is left out of the report, or it is written anew."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mlsd_lint.digests import NOTHING, content_digest
from mlsd_lint.errors import UsageError
from mlsd_lint.files import content_of
from mlsd_lint.gate import baseline
from mlsd_lint.ordering import diagnostic_order
from mlsd_lint.reporters.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from mlsd_lint.diagnostics import Diagnostic, Report
    from mlsd_lint.gate.baseline import Accepted
    from mlsd_lint.project import Project


@dataclass
class Accepting:
    """The baseline of a project; one for a run, however often it checks.

    `ran` are the codes of the rules that run, `is_wanted` says whether the document at a
    root-relative path is reported on. `gone` is what the last report no longer had.
    """

    project: Project
    ran: Collection[str]
    is_wanted: Callable[[str], bool]
    gone: Sequence[Accepted] = ()

    @property
    def file(self) -> Path:
        """The file of the baseline."""
        return self.project.base / self.project.configuration.baseline

    @cached_property
    def name(self) -> str:
        """The file as messages call it: relative to the repository root."""
        return one_line(self.project.relative(self.file))

    @property
    def seen(self) -> dict[str, str]:
        """The digest of the file, by its path."""
        content = content_of(self.file)
        return {str(self.file): NOTHING if content is None else content_digest(content)}

    @cached_property
    def _entries(self) -> tuple[Accepted, ...]:
        return baseline.load(self.file, self.name)

    def without_accepted(self, report: Report) -> Report:
        """The report without what is accepted.

        Raises:
            BaselineError: the file cannot be read.
        """
        compared = report.comparison
        everything = report.diagnostics if compared is None else (*compared.new, *compared.known)
        ordered = sorted(everything, key=diagnostic_order)
        applied = baseline.apply(self._entries, ordered, self._is_looked_for)
        self.gone = applied.gone
        if compared is not None:
            compared = replace(
                compared,
                new=_without(compared.new, applied.accepted),
                known=_without(compared.known, applied.accepted),
            )
        return replace(
            report,
            diagnostics=_without(report.diagnostics, applied.accepted),
            comparison=compared,
            accepted=len(applied.accepted),
        )

    def _is_looked_for(self, entry: Accepted) -> bool:
        return entry.code in self.ran and self.is_wanted(entry.path)

    def write(self, report: Report) -> tuple[Report, str]:
        """Accept what a report has; the report without that, and a sentence about it.

        What this run did not look for stays accepted: in other documents, by other rules.

        Raises:
            UsageError: the file cannot be written.
        """
        kept = [
            one for one in baseline.salvaged(self.file, self.name) if not self._is_looked_for(one)
        ]
        found = baseline.of_findings(report.diagnostics)
        names = {one.fingerprint for one in found}
        entries = [*found, *(one for one in kept if one.fingerprint not in names)]
        self._replace(baseline.render(entries))
        left = baseline.apply(entries, report.diagnostics, lambda _: False)
        number = sum(one.times for one in entries)
        files = len({one.path for one in entries})
        said = (
            f"{self.name} accepts {number:,} {'finding' if number == 1 else 'findings'} in "
            f"{files:,} {'file' if files == 1 else 'files'}."
        )
        accepted = len(left.accepted)
        return replace(report, diagnostics=left.reported, accepted=accepted), said

    def _replace(self, text: str) -> None:
        content = text.encode("utf-8")
        if content_of(self.file) == content:
            return
        part = self.file.with_name(f"{self.file.name}.{os.getpid()}.part")
        try:
            part.write_bytes(content)
            part.replace(self.file)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise UsageError(
                f"cannot write the baseline {self.name}: {error.strerror or error}"
            ) from None


def _without(
    diagnostics: Sequence[Diagnostic], accepted: Collection[str]
) -> tuple[Diagnostic, ...]:
    return tuple(one for one in diagnostics if one.fingerprint not in accepted)
