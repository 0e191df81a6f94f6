"""GFM tables: the delimiter row, and how a row falls into cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.source import Span

if TYPE_CHECKING:
    from mlsd_lint.document import Alignment

_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?\Z")
_PIPE = re.compile(r"(?<!\\)\|")


def read_delimiter_row(line: str) -> tuple[Alignment, ...] | None:
    """The alignment of each column, or None if `line`, stripped, is no delimiter row."""
    if not _DELIMITER_ROW.match(line):
        return None
    return tuple(_alignment(cell.strip(" \t")) for cell in line.strip("|").split("|"))


def _alignment(cell: str) -> Alignment:
    if cell[0] == ":":
        return "center" if cell[-1] == ":" else "left"
    return "right" if cell[-1] == ":" else None


def split_row(text: str, row: Span) -> list[Span]:
    """The span of each cell of a row, trimmed; a backslash keeps a `|` inside its cell.

    `row` holds the row without white space around it; leading and trailing pipes are optional.
    """
    start, end = row
    bounds = [match.start() for match in _PIPE.finditer(text, start, end)]
    if bounds and bounds[0] == start:
        del bounds[0]
        start += 1
    if not bounds or bounds[-1] != end - 1:
        bounds.append(end)
    cells: list[Span] = []
    for bound in bounds:
        cells.append(_trimmed(text, start, bound))
        start = bound + 1
    return cells


def _trimmed(text: str, start: int, end: int) -> Span:
    cell = text[start:end]
    start += len(cell) - len(cell.lstrip(" \t"))
    return Span(start, start + len(cell.strip(" \t")))
