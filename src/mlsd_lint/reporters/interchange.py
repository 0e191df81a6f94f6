"""What the formats for other programs share: an order by gravity, and text any of them takes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Severity

if TYPE_CHECKING:
    from mlsd_lint.diagnostics import Diagnostic, Report

_RANK = {severity: severity.rank for severity in Severity}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def worst_first(report: Report) -> list[Diagnostic]:
    """The diagnostics by severity, the gravest first, and within it in the report's order."""
    return sorted(report.diagnostics, key=lambda one: _RANK[one.severity])


def encodable(text: str) -> str:
    """The text with U+FFFD for what UTF-8 cannot say: a file name that is not UTF-8 has such."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def utc(seconds: float) -> str | None:
    """A time since the epoch as ISO 8601 says it in UTC, to the second; None for 0.0."""
    if not seconds:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
