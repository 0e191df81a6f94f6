"""`gitlab`: GitLab's Code Quality report, an array of objects. Paths are repository-relative.

GitLab tells findings apart by `fingerprint` and shows the severities info, minor, major,
critical and blocker.
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Severity
from mlsd_lint.reporters.interchange import encodable
from mlsd_lint.reporters.json_array import framed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Diagnostic, Report
    from mlsd_lint.reporters.terminal import Palette

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """The array, one object to a line."""
    yield from framed(dumps(_object(diagnostic)) for diagnostic in report.diagnostics)


def _object(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "description": encodable(f"{diagnostic.code}: {diagnostic.message}"),
        "check_name": diagnostic.code,
        "fingerprint": diagnostic.fingerprint,
        "severity": _SEVERITY[diagnostic.severity],
        "location": {
            "path": encodable(diagnostic.path),
            "lines": {"begin": diagnostic.start.line, "end": diagnostic.end.line},
        },
    }
