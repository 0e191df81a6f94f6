"""How lists look on the screen: visual columns, and lines of text that look like items.

Columns here count from 0, with tab stops every four (CommonMark 0.31, section 2.2).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
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

    from mlsd_lint.document import Document
    from mlsd_lint.source import Source

MARKER = re.compile(
    r"(?P<bullet>[-*+])(?=[ \t]+\S)|(?P<number>[0-9]{1,9})(?P<delimiter>[.)])(?=[ \t]+\S)"
)
QUOTE_MARK = re.compile(r">(?![ \t])")
BEFORE_TEXT = re.compile(r"[ \t]*")
BEFORE_QUOTED_TEXT = re.compile(r"[ \t>]*")


def column(source: Source, offset: int) -> int:
    """The visual column of an offset: what the author sees."""
    return len(_before(source, offset).expandtabs(4))


def parsed_column(source: Source, offset: int) -> int:
    """The column of an offset if every `>` of a quote had a space behind it.

    So lines of a quote compare as they do to a parser, whether they are written `>` or `> `.
    """
    before = _before(source, offset)
    return len((QUOTE_MARK.sub("> ", before) if ">" in before else before).expandtabs(4))


def _before(source: Source, offset: int) -> str:
    starts = source.line_starts
    return source.text[starts[bisect_right(starts, offset) - 1] : offset]


def content_column(source: Source, item: ListItem) -> int:
    """The `parsed_column` from which a line belongs to `item` (CommonMark 5.2, rules 1 to 3)."""
    end = item.marker_span.end
    rest = source.text[end : source.line_span(source.position(end).line).end]
    after_marker = parsed_column(source, end)
    if not rest.strip():
        return after_marker + 1
    content = parsed_column(source, end + len(rest) - len(rest.lstrip(" \t")))
    return content if content - after_marker <= 4 else after_marker + 1


def line_number(source: Source, node: Node) -> int:
    """The line a node starts on, from 1."""
    return source.position(node.span.start).line


def delimiter(source: Source, item: ListItem) -> str:
    """The bullet, or what stands behind the number."""
    return source.slice(item.marker_span)[-1:]


def columns(count: int) -> str:
    """A number of columns, in words for a help line."""
    return f"{count} column" if count == 1 else f"{count} columns"


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
    for above, item in pairwise(items):
        here = column(source, item.span.start)
        if here != before and abs(here - start) >= 2 and not _aligned(source, first, item):
            yield ShiftedItem(item, above if here > before else first, here > start)
        before = here


def _aligned(source: Source, one: ListItem, other: ListItem) -> bool:
    return column(source, one.marker_span.end) == column(source, other.marker_span.end)


class Siblings(NamedTuple):
    """The blocks of one container in order; `item` is the list item they are in, if any."""

    blocks: tuple[Node, ...]
    item: ListItem | None


def sibling_blocks(document: Document) -> Iterator[Siblings]:
    """The blocks of the document, and of every quote, list item and footnote that has several."""
    yield Siblings(document.blocks, None)
    for item in document.of(ListItem):
        if len(item.children) > 1:
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
    """A paragraph of several lines, and the innermost list item it is in, with its list."""

    paragraph: Paragraph
    lines: tuple[TextLine, ...]
    list: List | None
    item: ListItem | None


def long_paragraphs(document: Document) -> Iterator[PlacedParagraph]:
    """Every paragraph of more than one line, in document order."""
    stack: list[tuple[Node, List | None, ListItem | None, bool]]
    stack = [(block, None, None, False) for block in reversed(document.blocks)]
    while stack:
        node, parent, item, quoted = stack.pop()
        if isinstance(node, Paragraph):
            if any(type(inline) is LineBreak for inline in node.children):
                lines = _text_lines(document.source, node, quoted=quoted)
                yield PlacedParagraph(node, lines, parent, item)
        elif isinstance(node, List):
            stack.extend((child, node, item, quoted) for child in reversed(node.children))
        elif isinstance(node, ListItem):
            stack.extend((child, parent, node, quoted) for child in reversed(node.children))
        elif isinstance(node, BlockQuote | FootnoteDefinition):
            quoted = quoted or isinstance(node, BlockQuote)
            stack.extend((child, None, None, quoted) for child in reversed(node.children))


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
