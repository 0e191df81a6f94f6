"""`json`: one array of the objects that `json-lines` writes, each on its own line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.reporters.json_lines import encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Report
    from mlsd_lint.reporters.terminal import Palette


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """The array; `[]` for no diagnostics."""
    yield from framed(encoded(report))


def framed(items: Iterator[str]) -> Iterator[str]:
    """A JSON array of items that are JSON already, each on a line of its own."""
    before = "[\n  "
    for item in items:
        yield f"{before}{item}"
        before = ",\n  "
    yield "[]\n" if before.startswith("[") else "\n]\n"
