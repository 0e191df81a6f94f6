"""The text of a file, and places in it.

Every place is a `Span`: two offsets into `Source.text`, counted in code points, from 0, the end
not included. `Source.position` turns an offset into the line and column a person reads (1-based).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

BOM = "\ufeff"
LINE_ENDING = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of code point offsets into `Source.text`, from 0."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column, both from 1; columns count code points, a byte order mark is none."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """The text of one file, exactly as decoded: byte order mark and line endings are kept.

    `path` is the file's POSIX path relative to the repository root.
    """

    path: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts; line 1 starts behind a byte order mark.

        Lines end with LF, CRLF or CR (CommonMark 0.31, section 2.1), and with nothing else.
        """
        first = 1 if self.text.startswith(BOM) else 0
        return (first, *(match.end() for match in LINE_ENDING.finditer(self.text)))

    def position(self, offset: int) -> Position:
        """Where `offset` is for a reader. An offset inside the byte order mark is 1:1."""
        starts = self.line_starts
        line = max(bisect_right(starts, offset), 1)
        return Position(line, max(offset - starts[line - 1], 0) + 1)

    def offset(self, position: Position) -> int:
        """The offset of a position; the inverse of `position`."""
        return self.line_starts[position.line - 1] + position.column - 1

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its line ending."""
        span = self.line_span(number)
        return self.text[span.start : span.end]

    def line_span(self, number: int) -> Span:
        """The span of line `number` (from 1) without its line ending."""
        starts = self.line_starts
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def slice(self, span: Span) -> str:
        """The text under `span`."""
        return self.text[span.start : span.end]
