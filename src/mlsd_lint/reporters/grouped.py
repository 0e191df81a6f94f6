"""`grouped`: the diagnostics of each file under its name.

    content/guide.md:
      3:1   H003 warning: A heading of level 4 follows one of level 2
      12:17 L103 [*] error: No heading in `setup.md` has the anchor `instal`

`[*]` marks what --fix mends.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from mlsd_lint.reporters.concise import statement
from mlsd_lint.reporters.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Report
    from mlsd_lint.reporters.terminal import Palette


def render(report: Report, palette: Palette) -> Iterator[str]:
    """A paragraph for each file."""
    for path, group in groupby(report.diagnostics, key=attrgetter("path")):
        yield f"{palette.strong}{visible(report.display_path(path))}{palette.reset}:\n"
        diagnostics = list(group)
        places = [f"{one.start.line}:{one.start.column}" for one in diagnostics]
        width = max(map(len, places))
        for place, diagnostic in zip(places, diagnostics, strict=True):
            yield f"  {place:<{width}} {statement(diagnostic, palette)}\n"
        yield "\n"
