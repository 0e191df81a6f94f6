"""How lists look on the screen: visual columns, and lines of text that look like items.

Columns here count from 0, with tab stops every four (CommonMark 0.31, section 2.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import (
    BlockQuote,
    FootnoteDefinition,
    LineBreak,
    List,
    ListItem,
    Node,
    Paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document, Source

MARKER = re.compile(
    r"(?P<bullet>[-*+])(?=[ \t]+\S)|(?P<number>\d{1,9})(?P<delimiter>[.)])(?=[ \t]+\S)"
)
BEFORE_TEXT = re.compile(r"[ \t]*")
BEFORE_QUOTED_TEXT = re.compile(r"[ \t>]*")


def column(source: Source, offset: int) -> int:
    """The visual column of an offset."""
    line, behind = source.position(offset)
    return len(source.line(line)[: behind - 1].expandtabs(4))


def content_column(source: Source, item: ListItem) -> int:
    """The column from which a line belongs to `item` (CommonMark 5.2, rules 1 to 3)."""
    end = item.marker_span.end
    line = source.position(end).line
    rest = source.text[end : source.line_span(line).end]
    after_marker = column(source, end)
    if not rest.strip():
        return after_marker + 1
    content = column(source, end + len(rest) - len(rest.lstrip(" \t")))
    return content if content - after_marker <= 4 else after_marker + 1


def line_number(source: Source, node: Node) -> int:
    """The line a node starts on, from 1."""
    return source.position(node.span.start).line


def delimiter(source: Source, item: ListItem) -> str:
    """The bullet, or what stands behind the number."""
    return source.slice(item.marker_span)[-1:]


def spaces(count: int) -> str:
    """A number of spaces, in words for a help line."""
    return f"{count} space" if count == 1 else f"{count} spaces"


class ShiftedItem(NamedTuple):
    """An item that is indented unlike `other`, though both are on one level of one list."""

    item: ListItem
    other: ListItem
    deeper: bool


def shifted_items(source: Source, one: List) -> Iterator[ShiftedItem]:
    """The first of each run of items that stand two columns or more from the list's first.

    One column is nothing that a reader takes for nesting, and numbers may be aligned at their
    right ends.
    """
    items = [item for item in one.children if isinstance(item, ListItem)]
    first = items[0]
    before = start = column(source, first.span.start)
    end = column(source, first.marker_span.end)
    for item, above in zip(items[1:], items, strict=False):
        here = column(source, item.span.start)
        aligned = column(source, item.marker_span.end) == end
        if abs(here - start) >= 2 and not aligned and here != before:
            yield ShiftedItem(item, above if here > before else first, here > start)
        before = here


class Siblings(NamedTuple):
    """The blocks of one container in order; `item` is the list item they are in, if any."""

    blocks: tuple[Node, ...]
    item: ListItem | None


def sibling_blocks(document: Document) -> Iterator[Siblings]:
    """The blocks of the document, and of every quote, list item and footnote."""
    yield Siblings(document.blocks, None)
    for item in document.of(ListItem):
        yield Siblings(item.children, item)
    for kind in (BlockQuote, FootnoteDefinition):
        for container in document.of(kind):
            yield Siblings(container.children, None)


class TextLine(NamedTuple):
    """One line of a paragraph: where its text starts, that text, and its inlines."""

    start: int
    text: str
    inlines: tuple[Node, ...]


class PlacedParagraph(NamedTuple):
    """A paragraph with its lines, and the innermost list item it is in, with that item's list."""

    paragraph: Paragraph
    lines: tuple[TextLine, ...]
    list: List | None
    item: ListItem | None


def placed_paragraphs(document: Document) -> Iterator[PlacedParagraph]:
    """Every paragraph, in document order."""
    stack: list[tuple[Node, List | None, ListItem | None, bool]]
    stack = [(block, None, None, False) for block in reversed(document.blocks)]
    while stack:
        node, parent, item, quoted = stack.pop()
        if isinstance(node, Paragraph):
            yield PlacedParagraph(
                node, _text_lines(document.source, node, quoted=quoted), parent, item
            )
            continue
        if isinstance(node, List):
            parent = node
        elif isinstance(node, ListItem):
            item = node
        elif isinstance(node, BlockQuote | FootnoteDefinition):
            parent, item, quoted = None, None, quoted or isinstance(node, BlockQuote)
        stack.extend((child, parent, item, quoted) for child in reversed(node.children))


def _text_lines(source: Source, paragraph: Paragraph, *, quoted: bool) -> tuple[TextLine, ...]:
    """Split at the line breaks between inlines; one inside a link or emphasis splits nothing."""
    indentation = BEFORE_QUOTED_TEXT if quoted else BEFORE_TEXT
    lines = []
    start, inlines = paragraph.span.start, list[Node]()
    for inline in paragraph.children:
        if isinstance(inline, LineBreak):
            lines.append(TextLine(start, source.text[start : inline.span.start], tuple(inlines)))
            behind = indentation.match(source.text, inline.span.end)
            start = behind.end() if behind else inline.span.end
            inlines = []
        else:
            inlines.append(inline)
    text = source.text[start : paragraph.span.end]
    return (*lines, TextLine(start, text, tuple(inlines)))
