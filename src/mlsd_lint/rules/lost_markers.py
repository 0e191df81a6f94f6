"""Items whose marker is lost, so that they are text of the item above (M002)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.document import (
    CodeSpan,
    Emphasis,
    Image,
    LineBreak,
    Link,
    List,
    ListItem,
    Paragraph,
    Span,
    Strong,
)
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.list_layout import (
    MARKER,
    PlacedParagraph,
    TextLine,
    column,
    content_column,
    delimiter,
    line_number,
    placed_paragraphs,
    sibling_blocks,
    spaces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.document import Document, Node, Source

# What would be an item but for the missing space. A digit or a hyphen behind it is a number,
# a dash, an option of a command.
GLUED_MARKER = re.compile(
    r"(?:(?P<bullet>[-*+])|(?P<number>\d{1,9})(?P<delimiter>[.)]))(?=[^\W\d_]|\[|\*\*|`)"
)
SHAPES = (Link, Image, Strong, Emphasis, CodeSpan)


@document_rule("M002", "lost-list-marker", Severity.WARNING)
def lost_list_marker(document: Document) -> Iterator[Finding]:
    """Every item of a list has a marker of its own.

    A line without a marker, or with one that Markdown does not read as such (`-item` without a
    space, `2)` in a list of `1.`, `2.` in the middle of a paragraph), is text of the item or
    paragraph above: the page shows two entries run together in one.

    Bad:
        - [Rules of ML](https://example.com/rules)
        [Hidden debt](https://example.com/debt)
        - [Test score](https://example.com/score)
        - [Data cards](https://example.com/cards)

    Good:
        - [Rules of ML](https://example.com/rules)
        - [Hidden debt](https://example.com/debt)
        - [Test score](https://example.com/score)
        - [Data cards](https://example.com/cards)
    """
    source = document.source
    for siblings in sibling_blocks(document):
        for before, after in pairwise(siblings.blocks):
            yield from _otherdelimiter(source, before, after)
            yield from _glued_beside(source, before, after)
    for placed in placed_paragraphs(document):
        for index, line in enumerate(placed.lines[1:], 1):
            yield from (
                _glued_within(source, placed, line)
                or _number_in_text(source, placed, index)
                or _like_its_siblings(source, placed, index)
            )


def _otherdelimiter(source: Source, before: Node, after: Node) -> Iterator[Finding]:
    if not (isinstance(before, List) and isinstance(after, List)) or after.start is None:
        return
    last, first = before.children[-1], after.children[0]
    if not (isinstance(last, ListItem) and isinstance(first, ListItem)) or last.number is None:
        return
    if first.number == last.number + 1 and before.delimiter != after.delimiter:
        yield Finding(
            first.marker_span,
            f"`{source.slice(first.marker_span)}` starts a list of its own, "
            f"line {line_number(source, last)} has `{source.slice(last.marker_span)}`",
            f"Write `{first.number}{before.delimiter}` to continue that list.",
        )


def _glued_beside(source: Source, before: Node, after: Node) -> Iterator[Finding]:
    """`-item` as a paragraph behind a list, or on the line before one."""
    if isinstance(before, List) and isinstance(after, Paragraph):
        neighbour, start = before.children[-1], after.span.start
    elif isinstance(before, Paragraph) and isinstance(after, List):
        neighbour = after.children[0]
        last = source.position(before.span.end).line
        if last + 1 != line_number(source, neighbour):
            return
        start = max(before.span.start, source.line_span(last).start)
    else:
        return
    if isinstance(neighbour, ListItem):
        line = source.text[start : source.line_span(source.position(start).line).end]
        text = line.lstrip(" \t")
        yield from _glued(source, start + len(line) - len(text), text, neighbour)


def _glued_within(source: Source, placed: PlacedParagraph, line: TextLine) -> list[Finding]:
    return list(_glued(source, line.start, line.text, placed.item)) if placed.item else []


def _glued(source: Source, start: int, text: str, sibling: ListItem) -> Iterator[Finding]:
    """A marker without a space, where a sibling of `sibling` would have its marker."""
    marker = GLUED_MARKER.match(text)
    if marker is None or column(source, start) != column(source, sibling.span.start):
        return
    written = source.slice(sibling.marker_span)
    if marker["bullet"]:
        fits = marker["bullet"] == written and text.count("*") != 2
    else:
        near = sibling.number is not None and abs(int(marker["number"]) - sibling.number) == 1
        fits = near and marker["delimiter"] == written[-1:]
    if fits:
        yield Finding(
            Span(start, start + marker.end()),
            f"`{marker[0]}` without a space behind it is text, not an item of the list "
            f"on line {line_number(source, sibling)}",
            f"Put a space behind `{marker[0]}`.",
        )


def _number_in_text(source: Source, placed: PlacedParagraph, index: int) -> list[Finding]:
    """`2.` inside a paragraph, where it cannot start a list (CommonMark 5.3, example 304)."""
    line = placed.lines[index]
    marker = MARKER.match(line.text)
    if marker is None or not marker["number"]:
        return []
    number = int(marker["number"])
    base = content_column(source, placed.item) if placed.item else 0
    if column(source, line.start) >= base + 4 or not _continues(source, placed, index):
        return []
    after_item = (
        placed.item is not None
        and placed.item.number == number - 1
        and delimiter(source, placed.item) == marker["delimiter"]
    )
    above = source.position(placed.paragraph.span.start).line
    if after_item and placed.item:
        advice = (
            f"Indent it by {spaces(column(source, placed.item.span.start))}, like line {above}."
        )
    else:
        advice = "Put an empty line before the list."
    return [
        Finding(
            Span(line.start, line.start + marker.end()),
            f"`{marker[0]}` looks like an item, but is text of the paragraph on line {above}",
            advice,
        )
    ]


def _continues(source: Source, placed: PlacedParagraph, index: int) -> bool:
    """Whether a neighbour is numbered one less or one more: a year or a sum has none."""
    marker = MARKER.match(placed.lines[index].text)
    if marker is None:
        return False
    number = int(marker["number"])
    item = placed.item
    if item and item.number == number - 1 and delimiter(source, item) == marker["delimiter"]:
        return True
    others = (placed.lines[index - 1 : index] if index else ()) + placed.lines[
        index + 1 : index + 2
    ]
    for other in others:
        beside = MARKER.match(other.text)
        if (
            beside
            and beside["number"]
            and beside["delimiter"] == marker["delimiter"]
            and abs(int(beside["number"]) - number) == 1
        ):
            return True
    return False


def _like_its_siblings(source: Source, placed: PlacedParagraph, index: int) -> list[Finding]:
    """A line at the margin of a list of one-line entries, and of the shape of these."""
    item, parent, line = placed.item, placed.list, placed.lines[index]
    if item is None or parent is None or item.children[:1] != (placed.paragraph,):
        return []
    margin = column(source, item.span.start)
    if column(source, line.start) != margin or not _shape(line.inlines):
        return []
    shape = _shape(line.inlines)
    others = [one for one in parent.children if one is not item]
    if len(others) < 2 or _shape(placed.lines[0].inlines) is not shape:
        return []
    if not all(_is_one_line_of(one, shape) for one in others):
        return []
    return [
        Finding(
            Span(line.start, line.start + len(line.text.rstrip())),
            f"this line has the form of an item, but is text of the item on line "
            f"{line_number(source, item)}: it has no marker",
            f"Write `{source.slice(item.marker_span) if item.number is None else item.number + 1}` "
            "before it.",
        )
    ]


def _is_one_line_of(item: Node, shape: type[Node] | None) -> bool:
    inlines = item.children[0].children if item.children else ()
    broken = any(isinstance(inline, LineBreak) for inline in inlines)
    return not broken and _shape(inlines) is shape


def _shape(inlines: Sequence[Node]) -> type[Node] | None:
    """The kind of markup a line starts with; None for plain words."""
    return next((kind for kind in SHAPES if inlines and type(inlines[0]) is kind), None)
