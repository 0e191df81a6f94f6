"""`markdown`: a page to read on GitHub, as a job summary, in a comment or an issue.

First what was found, the worst of it with links to the lines; then what a change mended, counts
by rule, and everything by file. An issue holds 65,536 characters and a job summary 1 MiB: the
page keeps to the smaller limit, so that it fits wherever it is put. Rows and sections that would
not fit are left out whole, from the end, and the page says how many.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Severity
from mlsd_lint.reporters.interchange import worst_first
from mlsd_lint.reporters.markdown_text import code_in_cell, code_span, escaped, shortened
from mlsd_lint.reporters.rule_counts import count_rules
from mlsd_lint.reporters.summary import counted, summary_line
from mlsd_lint.reporters.terminal import PLAIN, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from mlsd_lint.diagnostics import Diagnostic, Report
    from mlsd_lint.reporters.terminal import Palette

LARGEST = 65_536  # UTF-16 code units, of which there are never fewer than characters
WORST = 10
MOST_FIXED = 20
_KEPT_FOR_THE_END = 1024
_LONGEST_SUMMARY = 2000
_UNCHECKED = "**Not everything could be checked.** The log of the run says what, and why."
_WITH_PATHS = "| Place | Rule | Severity | Finding |\n| --- | --- | --- | --- |\n"
_BY_LINE = "| Place | Rule | Severity | Finding |\n| ---: | --- | --- | --- |\n"
_COUNTS = (
    "| Rule | Name | Errors | Warnings | Infos | Fixable |\n"
    "| --- | --- | ---: | ---: | ---: | ---: |\n"
)


class _Room:
    """What is left of the page."""

    def __init__(self) -> None:
        self.left = LARGEST - _KEPT_FOR_THE_END

    def takes(self, text: str) -> bool:
        """Whether there is room for a text, which is then used."""
        size = len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
        if size > self.left:
            return False
        self.left -= size
        return True


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """What was found, the worst of it, what was mended, counts by rule, and everything by file."""
    room = _Room()
    head = f"## mlsd-lint\n\n{_said(report)}\n"
    room.takes(head)
    yield head
    left_out = []
    for section in (_worst, _fixed, _counts, _by_file):
        cut = yield from section(report, room)
        left_out += [cut] if cut else []
    if left_out:
        yield (
            f"\nNot shown, so that this page stays within {LARGEST:,} characters: "
            f"{'; '.join(left_out)}. Another output format, such as `json`, has everything.\n"
        )


def _said(report: Report) -> str:
    summary = escaped(shortened(summary_line(report, PLAIN), _LONGEST_SUMMARY))
    if report.complete:
        return summary
    return f"{_UNCHECKED}\n\n{summary}" if report.diagnostics else _UNCHECKED


def _table(head: str, rows: Iterable[str], room: _Room) -> Generator[str, None, int]:
    """The rows that there is room for, the first with the head; returns how many they are."""
    shown = 0
    for row in rows:
        text = row if shown else head + row
        if not room.takes(text):
            break
        yield text
        shown += 1
    return shown


def _worst(report: Report, room: _Room) -> Generator[str, None, str]:
    """The worst findings, or all of them if they are few."""
    some = worst_first(report)[:WORST]
    if len(report.diagnostics) > WORST:
        title = "The ten worst" + (" of what is new" if report.comparison else "")
    else:
        title = "What is new" if report.comparison else "What was found"
    rows = (_row(one, _linked_place(report, one)) for one in some)
    shown = yield from _table(f"\n### {title}\n\n{_WITH_PATHS}", rows, room)
    left = len(some) - shown
    return f"{left} of {title[0].lower()}{title[1:]}" if left else ""


def _fixed(report: Report, room: _Room) -> Generator[str, None, str]:
    """What a change mends, linked to where it was wrong."""
    if report.comparison is None:
        return ""
    fixed, commit = report.comparison.fixed, report.comparison.commit
    some = sorted(fixed, key=attrgetter("severity.rank"))[:MOST_FIXED]
    rows = (_row(one, _linked_place(report, one, commit)) for one in some)
    shown = yield from _table(f"\n### What this change fixed\n\n{_WITH_PATHS}", rows, room)
    if shown == len(some) < len(fixed):
        more = f"\nAnd {len(fixed) - shown:,} more.\n"
        room.takes(more)
        yield more
    return f"{len(fixed) - shown:,} that were fixed" if shown < len(some) else ""


def _counts(report: Report, room: _Room) -> Generator[str, None, str]:
    """How often each rule was broken, and how gravely."""
    numbers = Counter((one.code, one.severity) for one in report.diagnostics)
    rules = count_rules(report)
    rows = (
        f"| {rule.code} | {escaped(rule.name)} | "
        + "".join(f"{numbers[rule.code, severity]} | " for severity in Severity)
        + f"{rule.fixable} |\n"
        for rule in rules
    )
    shown = yield from _table(f"\n### By rule\n\n{_COUNTS}", rows, room)
    left = len(rules) - shown
    return f"the counts of {counted(left, 'rule', 'rules')}" if left else ""


def _by_file(report: Report, room: _Room) -> Generator[str, None, str]:
    """A table for each file, unless the findings are so few that they were all shown."""
    if len(report.diagnostics) <= WORST:
        return ""
    shown = 0
    for path, group in groupby(report.diagnostics, key=attrgetter("path")):
        some = list(group)
        head = f"\n### {code_span(shortened(visible(path)))}\n\n{_BY_LINE}"
        rows = (_row(one, _linked_line(report, one)) for one in some)
        fitted = yield from _table(head, rows, room)
        shown += fitted
        if fitted < len(some):
            break
    return _what_is_left_out(report.diagnostics[shown:])


def _what_is_left_out(diagnostics: Sequence[Diagnostic]) -> str:
    if not diagnostics:
        return ""
    files = len({one.path for one in diagnostics})
    errors = sum(one.severity is Severity.ERROR for one in diagnostics)
    return (
        f"{counted(len(diagnostics), 'finding', 'findings')} in {counted(files, 'file', 'files')}, "
        f"{counted(errors, 'error', 'errors')} among them"
    )


def _row(diagnostic: Diagnostic, place: str) -> str:
    finding = escaped(shortened(one_line(diagnostic.message)))
    if diagnostic.help:
        finding += f"<br>{escaped(shortened(one_line(diagnostic.help)))}"
    for related in diagnostic.related:
        where = code_in_cell(f"{shortened(visible(related.path))}:{related.line}")
        # With our colon, for two around a word are an emoji.
        finding += f"<br>{escaped(f'{shortened(one_line(related.message))}:')} {where}"
    return f"| {place} | {diagnostic.code} | {diagnostic.severity.value} | {finding} |\n"


def _linked_place(report: Report, diagnostic: Diagnostic, commit: str = "") -> str:
    """Path, line and column, linked to the line at a commit, or at the one that is checked."""
    line, column = diagnostic.start
    place = code_in_cell(f"{shortened(visible(diagnostic.path))}:{line}:{column}")
    return _linked(report, diagnostic, place, commit)


def _linked_line(report: Report, diagnostic: Diagnostic) -> str:
    line, column = diagnostic.start
    return _linked(report, diagnostic, f"{line}:{column}")


def _linked(report: Report, diagnostic: Diagnostic, text: str, commit: str = "") -> str:
    links = report.source_links
    address = links.to_line(diagnostic.path, diagnostic.start.line, commit) if links else ""
    return f"[{text}]({address})" if address else text
