"""The last line of what a person reads: how much was found, where, and what can be fixed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Severity
from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.reporters.terminal import visible

if TYPE_CHECKING:
    from mlsd_lint.diagnostics import Report
    from mlsd_lint.reporters.terminal import Palette

_PLURAL = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 file", "26 files"."""
    return f"{number} {one if number == 1 else many}"


def found(report: Report, palette: Palette) -> str:
    """What was found by severity, the gravest first: "3 errors, 2 warnings"; "" for nothing."""
    numbers = Counter(diagnostic.severity for diagnostic in report.diagnostics)
    return ", ".join(
        f"{palette.severity[severity]}"
        f"{counted(numbers[severity], severity.value, _PLURAL[severity])}{palette.reset}"
        for severity in Severity
        if numbers[severity]
    )


def summary_line(report: Report, palette: Palette) -> str:
    """A sentence about the whole run, and one each about change, baseline and external links."""
    more = f"{_compared(report)}{_accepted(report)}{_links(report)}\n"
    if not report.diagnostics:
        checked = counted(report.files, "file", "files")
        what = "All checks passed" if report.comparison is None else "Nothing new"
        return f"{palette.good}{what}{palette.reset}: {checked} checked.{more}"
    files = counted(report.files, "file", "files")
    return f"Found {found(report, palette)} in {files}{_fixable(report)}.{more}"


def _compared(report: Report) -> str:
    """What a change does: " Since main: 3 new, 1 fixed, 12 known."; "" for no comparison."""
    one = report.comparison
    if one is None:
        return ""
    numbers = f"{len(one.new):,} new, {len(one.fixed):,} fixed, {len(one.known):,} known"
    return f" Since {visible(one.base)}: {numbers}."


def _accepted(report: Report) -> str:
    """What the baseline holds back: " 120 accepted by the baseline."; "" for nothing."""
    return f" {report.accepted:,} accepted by the baseline." if report.accepted else ""


def _links(report: Report) -> str:
    """What became of external links: " 120 links: 117 ok, 2 moved, 1 dead."; "" if none was asked."""
    if not report.verdicts:
        return ""
    numbers = ((one, report.verdicts.get(one, 0)) for one in Verdict)
    said = ", ".join(f"{number:,} {one.value}" for one, number in numbers if number)
    total = sum(report.verdicts.values())
    return f" {total:,} external {'link' if total == 1 else 'links'}: {said}."


def _fixable(report: Report) -> str:
    safe = sum(one.fix is not None and one.fix.safe for one in report.diagnostics)
    unsafe = sum(one.fix is not None and not one.fix.safe for one in report.diagnostics)
    if safe and unsafe:
        return f" ({safe} fixable with --fix, {unsafe} more with --fix --unsafe-fixes)"
    if unsafe:
        return f" ({unsafe} fixable with --fix --unsafe-fixes)"
    return f" ({safe} fixable with --fix)" if safe else ""
