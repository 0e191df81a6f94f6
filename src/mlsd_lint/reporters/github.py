"""`github`: GitHub's workflow commands, which become annotations of the changed lines.

    ::error title=L103 missing-anchor,file=guide.md,line=3,endLine=3,col=7,endColumn=9::guide.md…

GitHub shows ten annotations of a kind for a step, so the gravest diagnostics come first. Paths
are relative to the repository root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Severity
from mlsd_lint.reporters.interchange import worst_first
from mlsd_lint.reporters.terminal import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Diagnostic, Report
    from mlsd_lint.reporters.terminal import Palette

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """A command, on one line, for each diagnostic."""
    for diagnostic in worst_first(report):
        yield (
            f"::{_COMMAND[diagnostic.severity]} "
            f"title={diagnostic.code} {diagnostic.name},"
            f"file={visible(diagnostic.path).translate(_IN_PROPERTY)},{_place(diagnostic)}"
            f"::{_message(diagnostic).translate(_IN_DATA)}\n"
        )


def _place(diagnostic: Diagnostic) -> str:
    """GitHub takes columns only where start and end are on one line."""
    start, end = diagnostic.start, diagnostic.end
    lines = f"line={start.line},endLine={end.line}"
    if start.line != end.line:
        return lines
    return f"{lines},col={start.column},endColumn={end.column}"


def _message(diagnostic: Diagnostic) -> str:
    """The log shows the message alone, without the place, so it is said again here."""
    path, (line, column) = visible(diagnostic.path), diagnostic.start
    message = f"{path}:{line}:{column}: {diagnostic.code} {one_line(diagnostic.message)}"
    if diagnostic.help:
        message += f"\nhelp: {one_line(diagnostic.help)}"
    if diagnostic.fix:
        message += f"\nfix: {one_line(diagnostic.fix.message)}"
    for related in diagnostic.related:
        message += f"\nnote: {one_line(related.message)}: {visible(related.path)}:{related.line}"
    return message
