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
    Strong,
)
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.list_layout import (
    MARKER,
    PlacedParagraph,
    content_column,
    delimiter,
    line_number,
    long_paragraphs,
    parsed_column,
    sibling_blocks,
)
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mlsd_lint.document import Document, Node
    from mlsd_lint.source import Source

    _Shape = type[Node] | str | None

# What would be an item but for the missing space. A digit or a hyphen behind it is a number,
# a dash, an option of a command.
GLUED_MARKER = re.compile(
    r"(?:(?P<bullet>[-*+])|(?P<number>[0-9]{1,9})(?P<delimiter>[.)]))(?=[^\W\d_]|\[|\*\*|`)"
)
# What authors, and the programs they paste from, put where a marker should be.
NO_MARKER = re.compile(r"[–—•‣·●○◦▪](?=[ \t]+\S)")
TERM = re.compile(r"\w[^.:!?]{0,60}:\s")
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
        glued = set[Span]()
        for before, after in pairwise(siblings.blocks):
            yield from _other_delimiter(source, before, after)
            for finding in _glued_beside(source, before, after):
                if finding.span not in glued:
                    glued.add(finding.span)
                    yield finding
    patterns: dict[Span, _Shape] = {}
    for placed in long_paragraphs(document):
        if placed.list and placed.list.span not in patterns:
            patterns[placed.list.span] = _pattern(source, placed.list)
        for index, line in enumerate(placed.lines[1:], 1):
            if placed.item:
                yield from _glued(source, line.start, line.text, placed.item)
            yield from _number_in_text(source, placed, index)
            yield from _like_its_siblings(source, placed, index, patterns)


def _other_delimiter(source: Source, before: Node, after: Node) -> Iterator[Finding]:
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


def _glued(source: Source, start: int, text: str, sibling: ListItem) -> Iterator[Finding]:
    """A marker without a space, where a sibling of `sibling` would have its marker."""
    marker = GLUED_MARKER.match(text)
    if marker is None or parsed_column(source, start) != parsed_column(source, sibling.span.start):
        return
    written = source.slice(sibling.marker_span)
    if marker["bullet"]:
        # An even number of asterisks is emphasis.
        fits = marker["bullet"] == written and (written != "*" or text.count("*") % 2 == 1)
        right = written
    else:
        fits = sibling.number is not None and abs(int(marker["number"]) - sibling.number) == 1
        right = marker["number"] + written[-1]
    if fits:
        yield Finding(
            Span(start, start + marker.end()),
            f"`{marker[0]}` without a space behind it is text, not an item of the list "
            f"on line {line_number(source, sibling)}",
            f"Write `{right} `, with a space.",
        )


def _number_in_text(source: Source, placed: PlacedParagraph, index: int) -> Iterator[Finding]:
    """`2.` inside a paragraph, where it cannot start a list (CommonMark 5.3, example 304).

    It is one if it counts on from the item it is in, or the next line counts on from it; a year
    or a sum at the start of a line does neither. Of several in a row the first is reported.
    """
    line, item = placed.lines[index], placed.item
    number = _number(line.text)
    base = content_column(source, item) if item else 0
    if number is None or parsed_column(source, line.start) >= base + 4:
        return
    if _follows(number, _number(placed.lines[index - 1].text)):
        return
    above = source.position(placed.paragraph.span.start).line
    if (
        item
        and item.number is not None
        and _follows(number, (item.number, delimiter(source, item)))
    ):
        advice = f"Indent it like line {above}, to which it is the next item."
    elif any(_follows(_number(below.text), number) for below in placed.lines[index + 1 :][:1]):
        advice = "Put an empty line before the list."
    else:
        return
    written = f"{number[0]}{number[1]}"
    yield Finding(
        Span(line.start, line.start + len(written)),
        f"`{written}` looks like an item, but is text of the paragraph on line {above}",
        advice,
    )


def _number(text: str) -> tuple[int, str] | None:
    """The number and delimiter that a line starts with as an item does."""
    marker = MARKER.match(text)
    return (int(marker["number"]), marker["delimiter"]) if marker and marker["number"] else None


def _follows(number: tuple[int, str] | None, before: tuple[int, str] | None) -> bool:
    return number is not None and before is not None and number == (before[0] + 1, before[1])


def _like_its_siblings(
    source: Source, placed: PlacedParagraph, index: int, patterns: Mapping[Span, _Shape]
) -> Iterator[Finding]:
    """A line at the margin of a list of one-line entries, and of the shape of these."""
    item, parent, line = placed.item, placed.list, placed.lines[index]
    if item is None or parent is None or item.children[0] is not placed.paragraph:
        return
    bullet = NO_MARKER.match(line.text)
    shape = _shape(line.inlines, line.text)
    if parsed_column(source, line.start) != parsed_column(source, item.span.start):
        return
    if bullet or (shape and shape == patterns[parent.span]):
        marker = source.slice(item.marker_span) if item.number is None else f"{item.number + 1}."
        place = f"before it, not `{bullet[0]}`" if bullet else "before it"
        yield Finding(
            Span(line.start, line.start + len(line.text.rstrip())),
            "this line has the form of an item, but no marker: "
            f"it is text of the item on line {line_number(source, item)}",
            f"Write `{marker} ` {place}.",
        )


def _pattern(source: Source, one: List) -> _Shape:
    """The shape in which every item of a list starts, if all but one are of one line."""
    firsts = [item.children[0] for item in one.children if item.children]
    long = sum(any(isinstance(part, LineBreak) for part in first.children) for first in firsts)
    shapes = {_shape(first.children, source.slice(first.span)) for first in firsts}
    fits = len(firsts) == len(one.children) >= 3 and long == 1 and len(shapes) == 1
    return shapes.pop() if fits else None


def _shape(inlines: Sequence[Node], text: str) -> _Shape:
    """What a line starts with: a kind of markup, or a term and a colon; None for other words."""
    if text.startswith("[("):
        return None
    kind = next((kind for kind in SHAPES if inlines and type(inlines[0]) is kind), None)
    return kind or ("term" if TERM.match(text) else None)
