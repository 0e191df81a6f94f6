"""Lists that are not what they look like: an indentation that nests otherwise (M001)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.document import CodeBlock, List, ListItem
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.list_layout import (
    MARKER,
    PlacedParagraph,
    column,
    columns,
    content_column,
    delimiter,
    line_number,
    long_paragraphs,
    parsed_column,
    shifted_items,
    sibling_blocks,
)
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document, Node
    from mlsd_lint.rules.list_layout import Siblings
    from mlsd_lint.source import Source

LARGEST_LIKELY_NUMBER = 999
CODE_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=[\w\[*_`\"'“‘(])")
KEY_AND_VALUE = re.compile(r"[ \t]*-[ \t]+[\w.-]+:(?:\s|$)")


@document_rule("M001", "misnested-list", Severity.WARNING)
def misnested_list(document: Document) -> Iterator[Finding]:
    """A list is nested as it looks.

    An item belongs to the item above if it is indented at least as far as the *text* of that
    item: two columns behind `- `, three behind `1. `, four behind `10. `, with tabs counted to
    the next multiple of four. With less it is a sibling, or begins another list; with four
    columns more it is plain text of the item above, or code. What the author saw in the editor
    is then not what the reader gets.

    Bad:
        1. Offline
          - precision
          - recall
        2. Online

    Good:
        1. Offline
           - precision
           - recall
        2. Online
    """
    source = document.source
    for one in document.of(List):
        yield from _shifted(source, one)
    for siblings in sibling_blocks(document):
        for before, after in pairwise(siblings.blocks):
            yield from _beside(source, before, after)
        yield from _inside(source, siblings)
        yield from _code(source, siblings)
    for placed in long_paragraphs(document):
        yield from _too_deep(source, placed)


def _shifted(source: Source, one: List) -> Iterator[Finding]:
    for item, other, deeper in shifted_items(source, one):
        line = line_number(source, other)
        if deeper:
            missing = content_column(source, other) - parsed_column(source, item.span.start)
            nested = columns(max(missing, 1))
            beside = columns(column(source, item.span.start) - column(source, one.span.start))
            yield Finding(
                item.marker_span,
                f"this item looks nested under line {line}, but is on the same level",
                f"Indent it {nested} more to nest it; if it is a sibling, {beside} less.",
            )
        else:
            yield Finding(
                item.marker_span,
                f"this item is indented less than line {line}, but is on the same level",
                "Indent all items of one level alike; a nested item starts under its parent's text.",
            )


def _beside(source: Source, before: Node, after: Node) -> Iterator[Finding]:
    """A list that stands next to another, because it is not indented enough to be inside."""
    if not (isinstance(before, List) and isinstance(after, List)):
        return
    above, below = before.children[-1], after.children[0]
    if not (isinstance(above, ListItem) and isinstance(below, ListItem)):
        return
    step = column(source, below.span.start) - column(source, above.span.start)
    other_kind = (before.start is None) != (after.start is None)
    if step >= (1 if other_kind else 2):
        missing = content_column(source, above) - parsed_column(source, below.span.start)
        yield Finding(
            below.marker_span,
            f"this list looks nested under line {line_number(source, above)}, "
            "but is a list of its own beside it",
            f"Indent it {columns(max(missing, 1))} more, as far as the text of the item it belongs to.",
        )


def _inside(source: Source, siblings: Siblings) -> Iterator[Finding]:
    """A list that continues the count of the item it is in."""
    parent = siblings.item
    if parent is None or parent.number is None:
        return
    for block in siblings.blocks:
        if isinstance(block, List) and block.start == parent.number + 1 and parent.number:
            first = block.children[0]
            if isinstance(first, ListItem) and block.delimiter == delimiter(source, parent):
                surplus = column(source, first.span.start) - column(source, parent.span.start)
                yield Finding(
                    first.marker_span,
                    f"number {block.start} looks like the item after line "
                    f"{line_number(source, parent)}, but is nested in it",
                    f"Indent it {columns(surplus)} less.",
                )


def _code(source: Source, siblings: Siblings) -> Iterator[Finding]:
    """Indented code directly in or behind a list, of which every line is an item."""
    for index, block in enumerate(siblings.blocks):
        if not isinstance(block, CodeBlock) or block.fenced or not index:
            continue
        before = siblings.blocks[index - 1]
        if not (siblings.item or isinstance(before, List)):
            continue
        if source.slice(before.span).rstrip().endswith((":", "：")):
            continue
        lines = [line for line in source.slice(block.span).splitlines() if line.strip()]
        if all(CODE_ITEM.match(line) and not KEY_AND_VALUE.match(line) for line in lines):
            start = block.span.start + len(lines[0]) - len(lines[0].lstrip(" \t"))
            base = content_column(source, siblings.item) if siblings.item else 0
            yield Finding(
                Span(start, block.span.start + len(lines[0].rstrip())),
                "this looks like an item of a list, but is shown as code",
                f"Indent it {columns(parsed_column(source, start) - base)} less, or fence it if it is code.",
            )


def _too_deep(source: Source, placed: PlacedParagraph) -> Iterator[Finding]:
    """The first line of a paragraph that would be an item were it not indented that far."""
    base = content_column(source, placed.item) if placed.item else 0
    for line in placed.lines[1:]:
        marker = MARKER.match(line.text)
        surplus = parsed_column(source, line.start) - base
        if marker is None or surplus < 4:
            continue
        if marker["number"] and int(marker["number"]) > LARGEST_LIKELY_NUMBER:
            continue
        above = source.position(placed.paragraph.span.start).line
        yield Finding(
            Span(line.start, line.start + marker.end()),
            f"this looks like an item of a list, but is text of the paragraph on line {above}",
            f"Indent it {columns(surplus)} less, to nest it in that item."
            if placed.item
            else "Put an empty line before the list, and do not indent it.",
        )
        return
