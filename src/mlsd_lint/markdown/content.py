"""The text of one leaf block, joined from its lines, and the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


class Content:
    """The lines of a block without container markers, joined with LF.

    Every line of `src` is a slice of exactly one line of the file, so one number a line (how far
    it was moved) maps an offset in `src` back to the file; where all lines moved equally far, one
    number maps them all.
    """

    __slots__ = ("_shifts", "_starts", "shift", "src", "text")

    def __init__(self, text: str, lines: Sequence[int]) -> None:
        """Join `lines`, a flat sequence of start and end offsets into `text`, one pair a line."""
        self.text = text
        first = lines[0]
        self.shift = first
        self._starts: list[int] = []
        self._shifts: list[int] = []
        if len(lines) == 2 or _adjacent(text, lines):
            self.src = text[first : lines[-1]]
            return
        parts: list[str] = []
        length = 0
        for index in range(0, len(lines), 2):
            start, end = lines[index], lines[index + 1]
            self._starts.append(length)
            self._shifts.append(start - length)
            parts.append(text[start:end])
            length += end - start + 1
        self.src = "\n".join(parts)

    def at(self, offset: int) -> int:
        """The offset in the file of an offset in `src`; a line's end stays on its line."""
        if not self._starts:
            return offset + self.shift
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]

    def span(self, start: int, end: int) -> Span:
        """The span in the file of a range of `src`."""
        if not self._starts:
            return Span(start + self.shift, end + self.shift)
        return Span(self.at(start), self.at(end))


def _adjacent(text: str, lines: Sequence[int]) -> bool:
    return all(
        lines[index] + 1 == lines[index + 1] and text[lines[index]] == "\n"
        for index in range(1, len(lines) - 1, 2)
    )


def trimmed_end(text: str, start: int, end: int) -> int:
    """`end`, moved before the spaces and tabs that it stands behind, but not before `start`."""
    return start + len(text[start:end].rstrip(" \t"))
