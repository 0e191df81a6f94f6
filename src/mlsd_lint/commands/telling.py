"""What is said of a check: findings on standard output, remarks on standard error, the exit code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlsd_lint.reporters import render
from mlsd_lint.reporters.summary import counted
from mlsd_lint.reporters.terminal import one_line, visible
from mlsd_lint.rules.unchecked import COULD_NOT_CHECK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.commands.checking import Checking, Result
    from mlsd_lint.diagnostics import Report


def output(checking: Checking, result: Result, *, color: bool) -> str:
    """What goes to standard output, or into the file of -o."""
    if checking.arguments.diff:
        display = result.outcome.report.display_path
        return "".join(change.diff(display(change.path)) for change in result.changes)
    if checking.is_filter:
        return _filtered(checking, result)
    return _findings(checking, result, color=color)


def _findings(checking: Checking, result: Result, *, color: bool) -> str:
    chosen: str = checking.project.configuration.output_format
    if checking.arguments.statistics:
        chosen = "statistics-json" if chosen in {"json", "json-lines"} else "statistics"
    return findings(checking, chosen, result, color=color)


def findings(checking: Checking, output_format: str, result: Result, *, color: bool = False) -> str:
    """The findings in one of the formats."""
    failed = checking.is_incomplete
    report = replace(result.outcome.report, complete=not failed)
    # That all checks passed is not to be said of a run that did not make them.
    summary = not checking.arguments.quiet and not (failed and not report.diagnostics)
    return "".join(render(output_format, report, color=color, summary=summary))


def _filtered(checking: Checking, result: Result) -> str:
    text = result.changes[0].new if result.changes else next(iter(checking.scope.overlay.values()))
    return text.decode("utf-8", "surrogateescape")


def remarks(checking: Checking, result: Result, nanoseconds: int) -> str:
    """What goes to standard error: the findings too, where standard output is the text."""
    lines = [*(f"mlsd-lint: {line}" for line in checking.services.remarks), *result.failures]
    if not checking.arguments.quiet:
        lines += _said_of_baseline(checking, result)
    if result.changes and not checking.arguments.quiet:
        lines.append(_changed(checking, result))
    if checking.arguments.verbose:
        lines += _details(checking, result, nanoseconds)
    findings = _findings(checking, result, color=False) if checking.is_filter else ""
    return findings + "".join(f"{line}\n" for line in lines)


def _said_of_baseline(checking: Checking, result: Result) -> list[str]:
    if checking.accepting is None or checking.is_incomplete:
        return []
    from mlsd_lint.gate import baseline

    gone = baseline.remarks(checking.accepting.gone, checking.accepting.name)
    return [result.said] if result.said else [f"mlsd-lint: {one}" for one in gone]


def _changed(checking: Checking, result: Result) -> str:
    verb = "Would fix" if checking.arguments.diff else "Fixed"
    verb = "Silenced" if checking.arguments.add_ignore else verb
    findings = counted(sum(change.fixes for change in result.changes), "finding", "findings")
    files = counted(len(result.changes), "file", "files")
    return f"{verb} {findings} in {files}."


def _details(checking: Checking, result: Result, nanoseconds: int) -> list[str]:
    project = checking.project
    outcome = result.outcome
    return [
        f"configuration: {project.file or 'none, defaults'}",
        f"repository: {project.root}",
        f"rules: {len(project.rules)} selected",
        f"files: {outcome.report.files} checked, {outcome.indexed} of them parsed",
        *_context(outcome.report),
        *checking.services.details,
        f"time: {nanoseconds / 1e9:.2f} s",
    ]


def exit_code(checking: Checking, result: Result) -> int:
    """130 if interrupted, 2 if something could not be checked or written, 1 for findings."""
    if checking.services.interrupted:
        return 130
    if checking.services.failed:
        return 2
    threshold = checking.project.configuration.fail_on
    grave = [one for one in result.outcome.report.diagnostics if one.severity.at_least(threshold)]
    if result.failures or any(one.code in COULD_NOT_CHECK for one in grave):
        return 2
    if checking.arguments.exit_zero:
        return 0
    return 1 if grave or (checking.arguments.diff and result.changes) else 0


def _context(report: Report) -> Iterator[str]:
    """What a comparison did not report: what was there before, and what this change mended."""
    comparison = report.comparison
    if comparison is None:
        return
    at = comparison.commit[:12] or "nothing, for there is no commit yet"
    yield f"compared with: {comparison.base} at {at}"
    for word, some in (("known", comparison.known), ("fixed", comparison.fixed)):
        for one in some:
            place = f"{visible(report.display_path(one.path))}:{one.start.line}:{one.start.column}"
            yield f"{word}: {place}: {one.code} {one.severity}: {one_line(one.message)}"
