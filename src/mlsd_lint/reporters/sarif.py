"""`sarif`: SARIF 2.1.0 (OASIS, 2020) as GitHub's code scanning takes it.

Numbers in brackets are sections of the specification. GitHub takes 25,000 results of a run: the
gravest are written, and a notification (3.58) says how many were left out. URIs are relative to
the repository root but for files outside of it, columns count code points, ends are exclusive
(3.30.8). Code scanning shows a related location only where the message links to it.
"""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING
from urllib.parse import quote

from mlsd_lint import __version__
from mlsd_lint.diagnostics import Severity, is_outside
from mlsd_lint.reporters.interchange import encodable, utc, worst_first
from mlsd_lint.reporters.rule_help import as_markdown, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Diagnostic, LinkEvidence, PlacedFix, Related, Report
    from mlsd_lint.registry import Rule
    from mlsd_lint.reporters.terminal import Palette
    from mlsd_lint.source import Position

MOST_RESULTS = 25_000
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SPECIAL_IN_LINK = re.compile(r"[\\\[\]]")


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """One log with one run, each result on a line of its own."""
    results = worst_first(report)
    left_out = max(len(results) - MOST_RESULTS, 0)
    index = {code: number for number, code in enumerate(report.rules)}
    yield f'{{\n"$schema": {dumps(_SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n'
    for name, value in _run(report, left_out).items():
        yield f'"{name}": {dumps(value)},\n'
    yield '"results": ['
    before = "\n"
    for diagnostic in results[:MOST_RESULTS]:
        yield f"{before}{dumps(_result(diagnostic, index))}"
        before = ",\n"
    yield "\n]}]}\n"


def _run(report: Report, left_out: int) -> dict[str, object]:
    """A run (3.14) without its results."""
    return {
        "tool": {
            "driver": {
                "name": "mlsd-lint",
                "semanticVersion": __version__,
                "rules": [_descriptor(rule) for rule in report.rules.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": _notifications(left_out),
            }
        ],
    }


def _notifications(left_out: int) -> list[object]:
    if not left_out:
        return []
    text = (
        f"{left_out} findings are left out, the least grave of them: "
        f"code scanning takes {MOST_RESULTS} of a run."
    )
    return [{"level": "warning", "message": {"text": text}}]


def _descriptor(rule: Rule) -> dict[str, object]:
    """A rule (3.49); `name` and `id` never change, for alerts are matched by them."""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary or rule.name},
        "fullDescription": {"text": rule.explanation or rule.summary or rule.name},
        "help": {"text": as_text(rule), "markdown": as_markdown(rule)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _result(diagnostic: Diagnostic, index: dict[str, int]) -> dict[str, object]:
    """A result (3.27)."""
    artifact = _in_repository(diagnostic.path)
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": _region(diagnostic.start, diagnostic.end),
                }
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{diagnostic.fingerprint}:1",
            "mlsdLintFingerprint/v1": diagnostic.fingerprint,
        },
    }
    if diagnostic.code in index:
        result["ruleIndex"] = index[diagnostic.code]
    if diagnostic.related:
        result["relatedLocations"] = [
            _related_location(number, related)
            for number, related in enumerate(diagnostic.related, 1)
        ]
    if diagnostic.evidence:
        result["properties"] = _properties(diagnostic.evidence)
    if diagnostic.fix and diagnostic.fix.edits and not diagnostic.fix.tells_secrets:
        result["fixes"] = [_fix(diagnostic.fix, artifact)]
    return result


def _properties(evidence: LinkEvidence) -> dict[str, object]:
    """A property bag (3.8): what became of an external link; what is not known is left out."""
    known: dict[str, object] = {
        "url": encodable(evidence.url),
        "verdict": evidence.verdict.value,
        "reason": encodable(evidence.reason),
        "status": evidence.status,
        "chain": [{"url": encodable(hop.url), "status": hop.status} for hop in evidence.chain],
        "final": encodable(evidence.final),
        "asked": utc(evidence.asked),
        "failures": evidence.failures,
        "failingSince": utc(evidence.failing_since),
        "archive": encodable(evidence.archive),
    }
    return {key: value for key, value in known.items() if value}


def _message(diagnostic: Diagnostic) -> str:
    """Related locations are linked to by their ids, and nothing else becomes a link (3.11.6)."""
    text = diagnostic.message
    if diagnostic.help:
        text += f"\n{diagnostic.help}"
    links = "".join(
        f"\n[{_SPECIAL_IN_LINK.sub(_escaped, encodable(related.message))}]({number})"
        for number, related in enumerate(diagnostic.related, 1)
    )
    return _plain(text) + links


def _plain(text: str) -> str:
    return encodable(text).replace("](", "\\](")


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _related_location(number: int, related: Related) -> dict[str, object]:
    """A location (3.28); a region of a line alone is all of that line (3.30.2)."""
    return {
        "id": number,
        "message": {"text": _plain(related.message)},
        "physicalLocation": {
            "artifactLocation": _artifact(related.path),
            "region": {"startLine": related.line},
        },
    }


def _artifact(path: str) -> dict[str, str]:
    """Where a file is (3.4); one outside of the repository has no base."""
    if is_outside(path):
        return {"uri": _file_uri(path)}
    return _in_repository(path)


def _in_repository(path: str) -> dict[str, str]:
    return {"uri": _uri(path), "uriBaseId": _ROOT}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _fix(fix: PlacedFix, artifact: dict[str, str]) -> dict[str, object]:
    """A fix (3.55); an empty region is a place to insert at (3.30.2)."""
    replacements = [
        {
            "deletedRegion": _region(edit.start, edit.end),
            "insertedContent": {"text": encodable(edit.replacement)},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": encodable(fix.message)},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        "properties": {"applicability": "safe" if fix.safe else "unsafe"},
    }


def _file_uri(path: str) -> str:
    """The URI of an absolute path, of one on a drive or a share too (RFC 8089, appendix E)."""
    return f"file://{_uri(path if path.startswith('/') else f'/{path}', safe='/:')}"


def _uri(path: str, safe: str = "/") -> str:
    """A file name that is not UTF-8 keeps its bytes."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"), safe)
    except UnicodeEncodeError:
        return quote(encodable(path), safe)
