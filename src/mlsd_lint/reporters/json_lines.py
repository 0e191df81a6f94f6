"""`json-lines`: one JSON object for each diagnostic, with the keys ruff uses, one to a line.

Lines and columns count from 1, columns in code points; an end is exclusive. `filename` is
relative to the working directory, or absolute in `related` if it lies outside the repository.
`url`, `verdict` and `evidence` are null but for findings about an external link. A fix that would
have to write the password of an address is left out. The text is ASCII, so it can be shown and
piped anywhere.
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

from mlsd_lint.reporters.interchange import encodable, utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Diagnostic, LinkEvidence, PlacedFix, Report
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
    evidence = diagnostic.evidence
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": encodable(diagnostic.message),
        "filename": encodable(report.display_path(diagnostic.path)),
        "location": _location(diagnostic.start),
        "end_location": _location(diagnostic.end),
        "fix": _fix(diagnostic.fix),
        "help": encodable(diagnostic.help) or None,
        "url": None if evidence is None else encodable(evidence.url),
        "verdict": None if evidence is None else evidence.verdict.value,
        "evidence": None if evidence is None else _evidence(evidence, report),
        "engines": [encodable(engine) for engine in diagnostic.engines],
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


def _evidence(evidence: LinkEvidence, report: Report) -> dict[str, object]:
    return {
        "reason": encodable(evidence.reason),
        "status": evidence.status or None,
        "chain": [{"url": encodable(hop.url), "status": hop.status} for hop in evidence.chain],
        "final": encodable(evidence.final) or None,
        "asked": utc(evidence.asked),
        "failures": evidence.failures,
        "failing_since": utc(evidence.failing_since),
        "archive": encodable(evidence.archive) or None,
        "places": [
            {
                "filename": encodable(report.display_path(place.path)),
                "line": place.line,
                "column": place.column,
            }
            for place in evidence.places
        ],
    }


def _fix(fix: PlacedFix | None) -> dict[str, object] | None:
    if fix is None or fix.tells_secrets:
        return None
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
