"""`markdown`: a report to read on GitHub, as a job summary or in a comment.

What the report quotes links to nothing and notifies nobody: whatever GitHub would make a link,
a mention or a reference of stands in a code span. A job summary holds 1 MiB; sections that
would make the report larger are left out, and the report says so.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Severity
from mlsd_lint.reporters.rule_counts import count_rules
from mlsd_lint.reporters.summary import counted, summary_line
from mlsd_lint.reporters.terminal import PLAIN, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.diagnostics import Diagnostic, Report
    from mlsd_lint.reporters.terminal import Palette

LARGEST = 1024 * 1024  # bytes of UTF-8
_KEPT_FOR_THE_END = 1024
_ROWS = 400  # in a section, so that one file with very many findings is not left out as a whole

# Code as a message quotes it, or a run of text up to the next white space or code.
_PIECE = re.compile(r"(?<!`)`(?P<code>[^`]+)`(?!`)|[^\s`]+|`+|\s+")
_CHANGED_BY_GITHUB = re.compile(
    r"@|#|//|www\.|\bGH-\d|[0-9a-f]{7}"  # mentions, references, addresses, commits
    r"|\$|:\w+:",  # mathematics, emoji
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_BACKTICKS = re.compile("`+")


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """Summary, counts by rule, and a table for each file."""
    head = f"## mlsd-lint\n\n{summary_line(report, PLAIN)}{_rules(report)}"
    yield head
    left = LARGEST - _KEPT_FOR_THE_END - len(head.encode())
    shown = 0
    for section in _sections(report):
        text = _section(section)
        left -= len(text.encode())
        if left < 0:
            yield _what_is_left_out(report.diagnostics[shown:])
            return
        shown += len(section)
        yield text


def _rules(report: Report) -> str:
    if not report.diagnostics:
        return ""
    rows = "".join(
        f"| {counts.number} | {counts.code} | {escaped(counts.name)} | {counts.fixable} |\n"
        for counts in count_rules(report)
    )
    return f"\n| Findings | Rule | Name | Fixable |\n| ---: | --- | --- | ---: |\n{rows}"


def _sections(report: Report) -> Iterator[Sequence[Diagnostic]]:
    for _, group in groupby(report.diagnostics, key=attrgetter("path")):
        diagnostics = list(group)
        for start in range(0, len(diagnostics), _ROWS):
            yield diagnostics[start : start + _ROWS]


def _section(diagnostics: Sequence[Diagnostic]) -> str:
    rows = "".join(_row(diagnostic) for diagnostic in diagnostics)
    return (
        f"\n### {code_span(visible(diagnostics[0].path))}\n\n"
        f"| Place | Rule | Severity | Finding |\n| ---: | --- | --- | --- |\n{rows}"
    )


def _row(diagnostic: Diagnostic) -> str:
    line, column = diagnostic.start
    finding = escaped(diagnostic.message)
    if diagnostic.help:
        finding += f"<br>{escaped(diagnostic.help)}"
    for related in diagnostic.related:
        place = code_span(f"{visible(related.path)}:{related.line}").replace("|", "\\|")
        finding += f"<br>{escaped(related.message)}: {place}"
    return f"| {line}:{column} | {diagnostic.code} | {diagnostic.severity.value} | {finding} |\n"


def _what_is_left_out(diagnostics: Sequence[Diagnostic]) -> str:
    files = len({diagnostic.path for diagnostic in diagnostics})
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return (
        f"\n{counted(len(diagnostics), 'finding', 'findings')} in "
        f"{counted(files, 'file', 'files')} ({counted(errors, 'error', 'errors')} among them) "
        "are not shown, because the report would be larger than 1 MiB.\n"
    )


def escaped(text: str) -> str:
    """Text for a table cell, read as it is written; code spans in it stay code spans."""
    cell = ""
    for piece in _PIECE.finditer(one_line(text)):
        part = _harmless(piece)
        cell += f" {part}" if cell.endswith("`") and part.startswith("`") else part
    return cell


def _harmless(piece: re.Match[str]) -> str:
    code, word = piece["code"], piece[0]
    if code is None and not _CHANGED_BY_GITHUB.search(word):
        return _SPECIAL.sub(r"\\\1", word)
    if code is not None:
        return code_span(code).replace("|", "\\|")
    kept = word.rstrip(".,:;") or word  # whoever copies an address wants no more than that
    return code_span(kept).replace("|", "\\|") + word[len(kept) :]


def code_span(text: str) -> str:
    """Text as code, whatever backticks it holds (CommonMark 0.31, section 6.1)."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if text[:1] in {"`", " "} or text[-1:] in {"`", " "} else ""
    return f"{fence}{edge}{text}{edge}{fence}"
