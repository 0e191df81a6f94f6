"""`full`: every diagnostic with its source line, the place underlined, and what to do.

    L103 missing-anchor [*] error: No heading in `setup.md` has the anchor `instal`
      --> content/guide.md:12:17
       |
    12 | Read [how](setup.md#instal) first.
       |                     ^^^^^^
       |
    fix: Write `install`
    note: declared here: mlsd-lint.toml:4

`[*]` marks what --fix mends. Of a place of several lines the first is shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.diagnostics import EXCERPT_WIDTH
from mlsd_lint.reporters.terminal import cells, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.diagnostics import Diagnostic, PlacedFix, Report
    from mlsd_lint.reporters.terminal import Palette

WIDTH = 100  # columns of source text; a longer line would wrap and tear the underline off
_ELLIPSIS = "…"


def render(report: Report, palette: Palette) -> Iterator[str]:
    """Each diagnostic as a paragraph."""
    for diagnostic in report.diagnostics:
        path = visible(report.display_path(diagnostic.path))
        yield f"{_paragraph(diagnostic, path, palette)}{_notes(diagnostic, report, palette)}\n"


def _paragraph(diagnostic: Diagnostic, path: str, palette: Palette) -> str:
    line, column = diagnostic.start
    number = str(line)
    indent = " " * len(number)
    strong, frame, reset = palette.strong, palette.frame, palette.reset
    hue = palette.severity[diagnostic.severity]
    fix = diagnostic.fix
    mark = f" [{palette.mark}*{reset}]" if fix is not None and fix.safe else ""
    return (
        f"{hue}{diagnostic.code}{reset} {diagnostic.name}{mark} "
        f"{hue}{diagnostic.severity.value}{reset}{strong}: {one_line(diagnostic.message)}{reset}\n"
        f"{indent}{frame}-->{reset} {path}:{number}:{column}\n"
        f"{_source(diagnostic, number, indent, palette)}"
        f"{_advice(diagnostic.help, fix, palette)}"
    )


def _source(diagnostic: Diagnostic, number: str, indent: str, palette: Palette) -> str:
    if not diagnostic.excerpt.text.strip():
        return ""
    view = _view(diagnostic)
    frame, reset = palette.frame, palette.reset
    hue = palette.severity[diagnostic.severity]
    return (
        f"{indent} {frame}|{reset}\n"
        f"{frame}{number} |{reset} {view.text}\n"
        f"{indent} {frame}|{reset} {' ' * view.start}{hue}{'^' * view.width}{reset}\n"
        f"{indent} {frame}|{reset}\n"
    )


def _advice(help_text: str, fix: PlacedFix | None, palette: Palette) -> str:
    lines = ""
    if help_text and not (fix and fix.message == help_text):
        lines = f"{palette.help}help{palette.reset}: {one_line(help_text)}\n"
    if fix is None:
        return lines
    condition = "" if fix.safe else " (only with --unsafe-fixes)"
    return f"{lines}{palette.help}fix{palette.reset}: {one_line(fix.message)}{condition}\n"


def _notes(diagnostic: Diagnostic, report: Report, palette: Palette) -> str:
    return "".join(
        f"{palette.help}note{palette.reset}: {one_line(related.message)}: "
        f"{visible(report.display_path(related.path))}:{related.line}\n"
        for related in diagnostic.related
    )


class _View(NamedTuple):
    """The part of a line that is shown, and the columns in it to underline."""

    text: str
    start: int
    width: int


def _view(diagnostic: Diagnostic) -> _View:
    text, skipped = diagnostic.excerpt
    shown, edges = cells(text)
    start = min(max(diagnostic.start.column - 1 - skipped, 0), len(text))
    end = len(text)
    if diagnostic.end.line == diagnostic.start.line:
        end = min(max(diagnostic.end.column - 1 - skipped, start), end)
    first, last = _window(edges, start)
    end = min(end, last)
    left = _ELLIPSIS if first or skipped else ""
    right = _ELLIPSIS if last < len(text) or _goes_on(diagnostic) else ""
    return _View(
        f"{left}{''.join(shown[first:last])}{right}",
        edges[start] - edges[first] + len(left),
        max(edges[end] - edges[start], 1),
    )


def _window(edges: Sequence[int], start: int) -> tuple[int, int]:
    """The code points, first and behind the last, of `WIDTH` columns with `start` in view."""
    if edges[-1] <= WIDTH:
        return 0, len(edges) - 1
    left = max(min(edges[start] - WIDTH // 3, edges[-1] - WIDTH), 0)
    first = bisect_left(edges, left)
    return first, bisect_right(edges, edges[first] + WIDTH) - 1


def _goes_on(diagnostic: Diagnostic) -> bool:
    """Whether the line is longer than its excerpt, as far as the excerpt can tell.

    An excerpt that starts later than its place asks for is the end of its line.
    """
    text, skipped = diagnostic.excerpt
    wanted = max(diagnostic.start.column - 1 - EXCERPT_WIDTH // 3, 0)
    return len(text) >= EXCERPT_WIDTH and skipped == wanted
