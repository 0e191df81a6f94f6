"""`concise`: one line for each diagnostic, for grep and for editors.

    content/guide.md:12:17: L103 [*] error: No heading in `setup.md` has the anchor `instal`

`[*]` marks what --fix mends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.reporters.terminal import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Diagnostic, Report
    from mlsd_lint.reporters.terminal import Palette


def render(report: Report, palette: Palette) -> Iterator[str]:
    """A line for each diagnostic."""
    strong, reset = palette.strong, palette.reset
    for diagnostic in report.diagnostics:
        path = visible(report.display_path(diagnostic.path))
        line, column = diagnostic.start
        yield f"{strong}{path}{reset}:{line}:{column}: {statement(diagnostic, palette)}\n"


def statement(diagnostic: Diagnostic, palette: Palette) -> str:
    """The code, `[*]` if --fix mends it, the severity and the message, on one line."""
    hue, reset = palette.severity[diagnostic.severity], palette.reset
    fix = diagnostic.fix
    mark = f" [{palette.mark}*{reset}]" if fix is not None and fix.safe else ""
    return (
        f"{hue}{diagnostic.code}{reset}{mark} "
        f"{hue}{diagnostic.severity.value}{reset}: {one_line(diagnostic.message)}"
    )
