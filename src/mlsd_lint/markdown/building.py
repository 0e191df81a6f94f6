"""Blocks while they are being built: what a line may still add to.

Offsets are into `Source.text`, line numbers are indexes into its lines, from 0. `lines` holds the
start and end offsets of a block's lines, flat, without indentation and container markers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mlsd_lint.source import Span

if TYPE_CHECKING:
    import re

    from mlsd_lint.document import Alignment, Definition


class Building:
    """Any block: where it starts and, so far, ends."""

    __slots__ = ("end", "first_line", "last_line", "start")

    def __init__(self, start: int, end: int, line: int) -> None:
        self.start = start
        self.end = end
        self.first_line = line
        self.last_line = line


class Container(Building):
    """A block of blocks."""

    __slots__ = ("children",)

    def __init__(self, start: int, end: int, line: int) -> None:
        super().__init__(start, end, line)
        self.children: list[Building] = []

    def close(self) -> None:
        """Reach to the end of the last child."""
        if self.children:
            last = self.children[-1]
            self.end = max(self.end, last.end)
            self.last_line = max(self.last_line, last.last_line)


class OpenQuote(Container):
    """A `>` quote."""

    __slots__ = ()


class OpenItem(Container):
    """A list item; its content is indented by `width` columns."""

    __slots__ = ("marker", "number", "width")

    def __init__(self, marker: Span, line: int, number: int | None, width: int) -> None:
        super().__init__(marker.start, marker.end, line)
        self.marker = marker
        self.number = number
        self.width = width


class OpenFootnote(Container):
    """A footnote definition; its content is indented by four columns."""

    __slots__ = ("label", "width")

    def __init__(self, start: int, end: int, line: int, label: Span) -> None:
        super().__init__(start, end, line)
        self.label = label
        self.width = 4


class OpenList(Container):
    """A list; only items are its children."""

    __slots__ = ("delimiter", "tight")

    def __init__(self, start: int, end: int, line: int, delimiter: str) -> None:
        super().__init__(start, end, line)
        self.delimiter = delimiter
        self.tight = True


class OpenParagraph(Building):
    """A paragraph, until its end shows whether it was one."""

    __slots__ = ("lines",)

    def __init__(self, start: int, end: int, line: int) -> None:
        super().__init__(start, end, line)
        self.lines = [start, end]

    def add(self, start: int, end: int, line: int) -> None:
        """Continue the paragraph by a line."""
        self.lines += (start, end)
        self.last_line = line

    def skip(self, length: int) -> None:
        """Leave out the first `length` characters; a line ending counts as one."""
        while length > self.lines[1] - self.lines[0]:
            length -= self.lines[1] - self.lines[0] + 1
            del self.lines[:2]
        self.lines[0] += length


class ClosedHeading(Building):
    """A heading of either style."""

    __slots__ = ("level", "lines", "style")

    def __init__(
        self, span: Span, line: int, level: int, style: Literal["atx", "setext"], lines: list[int]
    ) -> None:
        super().__init__(span.start, span.end, line)
        self.level = level
        self.style: Literal["atx", "setext"] = style
        self.lines = lines


class ClosedBreak(Building):
    """A thematic break."""

    __slots__ = ()


class OpenIndented(Building):
    """Code that is indented; blank lines at its end are not part of it."""

    __slots__ = ()


class OpenFence(Building):
    """Code between fences."""

    __slots__ = ("closed", "fence", "info")

    def __init__(self, start: int, end: int, line: int, fence: str, info: Span | None) -> None:
        super().__init__(start, end, line)
        self.fence = fence
        self.info = info
        self.closed = False


class OpenHtml(Building):
    """Raw HTML up to the line in which `closing` is found."""

    __slots__ = ("closing", "lines")

    def __init__(self, start: int, end: int, line: int, closing: re.Pattern[str]) -> None:
        super().__init__(start, end, line)
        self.closing = closing
        self.lines = [start, end]


class OpenTable(Building):
    """A table: the trimmed span of each row, the header first, without the delimiter row."""

    __slots__ = ("alignments", "rows")

    def __init__(
        self, start: int, end: int, line: int, header: Span, alignments: tuple[Alignment, ...]
    ) -> None:
        super().__init__(start, end, line)
        self.rows = [header]
        self.alignments = alignments

    def add(self, start: int, end: int, line: int) -> None:
        """Continue the table by a row."""
        self.rows.append(Span(start, end))
        self.end = end
        self.last_line = line


class ClosedDefinition(Building):
    """A link reference definition, already a node: nothing in it depends on later lines."""

    __slots__ = ("node",)

    def __init__(self, node: Definition, first_line: int, last_line: int) -> None:
        super().__init__(node.span.start, node.span.end, first_line)
        self.last_line = last_line
        self.node = node
