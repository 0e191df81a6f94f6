"""Numbers of ordered lists that a person wrote by hand and that do not add up (M003)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.diagnostics import Edit, Finding, Fix, Severity
from mlsd_lint.document import Heading, List, ListItem
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.list_layout import line_number, parsed_column, shifted_items, sibling_blocks
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.document import Document, Node
    from mlsd_lint.source import Source

FOLLOWING_TEXT = re.compile(r"[\s>]*(?=\S)")


class Numbered(NamedTuple):
    """An item, the number as written, and the number that the page shows."""

    item: ListItem
    number: int
    shown: int


@document_rule("M003", "list-numbering", Severity.WARNING, fixable=True)
def list_numbering(document: Document) -> Iterator[Finding]:
    """A list that is numbered by hand is numbered without gaps, repeats and restarts.

    Only the first number of a list counts for the page; the others are counted up from it. So a
    number used twice, or left out, is not seen on the page, but the text and the page disagree
    from there on: whoever refers to "number 7" means two things. It is also a sign that an item
    was pasted in, or lost.

    Fine are lists whose numbers are all the same (`1.`, `1.`, `1.`), that start at 0 or
    elsewhere, and that continue the count behind a paragraph or a heading.

    Bad:
        1. Collect the data
        2. Train the model
        2. Evaluate it
        3. Ship it

    Good:
        1. Collect the data
        2. Train the model
        3. Evaluate it
        4. Ship it
    """
    for one in document.of(List):
        numbered = _numbered(one)
        faults = [] if _by_convention(numbered) else list(_faults(numbered))
        # Where items are indented unlike each other, some of them are meant to be nested.
        if faults and not any(shifted_items(document.source, one)):
            yield from _within(document.source, numbered, faults)
    for siblings in sibling_blocks(document):
        yield from _across(document.source, siblings.blocks)


def _numbered(one: List) -> list[Numbered]:
    if one.start is None:
        return []
    items = [item for item in one.children if isinstance(item, ListItem)]
    return [
        Numbered(item, item.number, one.start + index)
        for index, item in enumerate(items)
        if item.number is not None
    ]


def _by_convention(numbered: Sequence[Numbered]) -> bool:
    return len({one.number for one in numbered}) == 1


def _within(
    source: Source, numbered: Sequence[Numbered], faults: Sequence[int]
) -> Iterator[Finding]:
    certain = True
    for index, end in pairwise((*faults, len(numbered))):
        edits = _renumbering(source, numbered[index:end])
        # What follows an uncertain number is uncertain too.
        certain = certain and bool(edits) and _is_certain(source, numbered, index)
        yield Finding(
            numbered[index].item.marker_span,
            _message(source, numbered, index),
            _help(numbered, index),
            Fix(f"Number it {numbered[index].shown}{_onwards(edits)}", edits) if certain else None,
        )


def _faults(numbered: Sequence[Numbered]) -> Iterator[int]:
    """Where the count breaks; behind a break it is expected to go on from there."""
    stray = False
    for index, (before, here) in enumerate(pairwise(numbered), 1):
        if not stray and here.number not in (before.number + 1, here.shown):
            yield index
            if _counts_down(numbered):
                return
            stray = _is_stray(numbered, index)
        else:
            stray = False


def _is_stray(numbered: Sequence[Numbered], index: int) -> bool:
    """Whether the numbers on both sides fit each other, and this one alone is wrong."""
    around = numbered[index - 1 : index + 2]
    return len(around) == 3 and around[2].number == around[0].number + 2


def _counts_down(numbered: Sequence[Numbered]) -> bool:
    pairs = pairwise(numbered)
    return len(numbered) > 2 and all(one.number - 1 == other.number for one, other in pairs)


def _is_certain(source: Source, numbered: Sequence[Numbered], index: int) -> bool:
    """A list that starts over may be two; a number left out may be an item that lost its marker."""
    before, here = numbered[index - 1], numbered[index]
    if here.number > before.number:
        return _is_one_line(source, before.item)
    return not _starts_over(numbered, index) and not _counts_down(numbered)


def _starts_over(numbered: Sequence[Numbered], index: int) -> bool:
    return numbered[index].number <= 1 < numbered[index - 1].number


def _message(source: Source, numbered: Sequence[Numbered], index: int) -> str:
    before, here = numbered[index - 1], numbered[index]
    if _counts_down(numbered):
        return f"this list counts down, but the page counts up and shows {here.shown} here"
    line = line_number(source, before.item)
    if here.number == before.number:
        what = f"number {here.number} is used again, line {line} has it too"
    elif _starts_over(numbered, index):
        what = f"the numbers start over at {here.number} after {before.number} on line {line}"
    else:
        what = f"number {here.number} follows {before.number} on line {line}"
    return f"{what}; the page shows {here.shown}"


def _help(numbered: Sequence[Numbered], index: int) -> str:
    if _counts_down(numbered):
        return "Turn the list around, or write the numbers as text: Markdown only counts up."
    advice = f"Number it {numbered[index].shown}"
    if _starts_over(numbered, index):
        return f"{advice}, or put a heading or a paragraph before it to start a list of its own."
    later = any(one.number != one.shown for one in numbered[index + 1 :])
    return f"{advice}, and count on from there." if later else f"{advice}."


def _renumbering(source: Source, numbered: Sequence[Numbered]) -> tuple[Edit, ...]:
    """None at all where a wider or narrower number would change what belongs to an item."""
    edits = []
    for one in numbered:
        span = Span(one.item.marker_span.start, one.item.marker_span.end - 1)
        written = source.slice(span)
        right = str(one.shown).zfill(len(written) if written.startswith("0") else 0)
        if len(right) != len(written) and not _stands_alone(source, one.item):
            return ()
        if right != written:
            edits.append(Edit(span, right))
    return tuple(edits)


def _onwards(edits: Sequence[Edit]) -> str:
    return f", and on to {edits[-1].replacement}" if len(edits) > 1 else ""


def _is_one_line(source: Source, item: ListItem) -> bool:
    return not any(ending in source.slice(item.span) for ending in "\r\n")


def _stands_alone(source: Source, item: ListItem) -> bool:
    """Whether no line is, or could become, part of the item by its indentation."""
    following = FOLLOWING_TEXT.match(source.text, item.span.end)
    return _is_one_line(source, item) and (
        following is None
        or parsed_column(source, following.end()) <= parsed_column(source, item.span.start)
    )


def _across(source: Source, blocks: Sequence[Node]) -> Iterator[Finding]:
    """A list behind an interruption starts over, or goes on where the one before it ended."""
    before: List | None = None
    for block in blocks:
        if isinstance(block, Heading):
            before = None
        elif isinstance(block, List) and block.start is not None:
            if before is not None and before.delimiter == block.delimiter:
                yield from _continuation(source, before, block)
            before = block


def _continuation(source: Source, before: List, after: List) -> Iterator[Finding]:
    earlier = _numbered(before)
    last, first = earlier[-1], _numbered(after)[0]
    # One number off is a slip; what starts elsewhere is a list of its own.
    one_off = first.number > 1 and first.number in (last.shown, last.shown + 2)
    if not one_off or (len(earlier) > 1 and _by_convention(earlier)):
        return
    yield Finding(
        first.item.marker_span,
        f"number {first.number} goes on from line {line_number(source, last.item)}, "
        f"where the page shows {last.shown}",
        f"Number it {last.shown + 1} to continue that list, or 1 to start another.",
    )
