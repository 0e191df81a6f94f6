"""`json-lines`: one JSON object for each diagnostic, with the keys ruff uses, one to a line.

Lines and columns count from 1, columns in code points; an end is exclusive. `filename` is
relative to the working directory, or absolute in `related` if it lies outside the repository.
The text is ASCII, so it can be shown and piped anywhere.
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

from mlsd_lint.reporters.interchange import encodable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Diagnostic, PlacedFix, Report
    from mlsd_lint.reporters.terminal import Palette
    from mlsd_lint.source import Position


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """An object and a line ending for each diagnostic; nothing at all for none."""
    for line in encoded(report):
        yield f"{line}\n"


def encoded(report: Report) -> Iterator[str]:
    """Each diagnostic as one line of JSON, without a line ending."""
    for diagnostic in report.diagnostics:
        yield dumps(_object(diagnostic, report))


def _object(diagnostic: Diagnostic, report: Report) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": encodable(diagnostic.message),
        "filename": encodable(report.display_path(diagnostic.path)),
        "location": _location(diagnostic.start),
        "end_location": _location(diagnostic.end),
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
        "help": encodable(diagnostic.help) or None,
        "url": None,
        "fingerprint": diagnostic.fingerprint,
        "related": [
            {
                "filename": encodable(report.display_path(related.path)),
                "line": related.line,
                "message": encodable(related.message),
            }
            for related in diagnostic.related
        ],
    }


def _location(position: Position) -> dict[str, int]:
    return {"row": position.line, "column": position.column}


def _fix(fix: PlacedFix) -> dict[str, object]:
    return {
        "applicability": "safe" if fix.safe else "unsafe",
        "message": encodable(fix.message),
        "edits": [
            {
                "content": encodable(edit.replacement),
                "location": _location(edit.start),
                "end_location": _location(edit.end),
            }
            for edit in fix.edits
        ],
    }
