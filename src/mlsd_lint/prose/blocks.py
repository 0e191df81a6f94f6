"""A block of prose, and the way between its text and the source.

Offsets into a block's text are code points from 0, as those into a source are; a `Range` is of
the one, a `Span` of the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from mlsd_lint.digests import digest
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlsd_lint.source import Source

OBJECT = "\ufffc"
"""Stands in a text for what is no prose: code, mathematics, an address, an image."""

Kind = Literal[
    "paragraph", "heading", "list item", "quote", "footnote", "table cell", "alternative text"
]


class Range(NamedTuple):
    """A half-open range of offsets into `Block.text`."""

    start: int
    end: int


class Segment(NamedTuple):
    """A stretch of a block's text that stands in one piece in the source.

    `start` is its offset in `Block.text`, `span` what the source has for it. Where the two are
    `equal`, they are so character by character; else the segment is an entity, an escape, a line
    break (a space, or LF for a hard one) or an `OBJECT`.
    """

    start: int
    text: str
    span: Span
    equal: bool

    @property
    def end(self) -> int:
        """The offset in `Block.text` behind it."""
        return self.start + len(self.text)

    @property
    def is_object(self) -> bool:
        """Whether it stands for something that is no prose."""
        return self.text == OBJECT and not self.equal


@dataclass(frozen=True, slots=True)
class Block:
    """What is read in one go: the text of a paragraph, a heading, a table cell.

    `kind` is that of the innermost container: a paragraph in a list in a quote is a list item.
    `text` is what the reader sees, and `segments` are its parts in order, none of them empty;
    between two of them the source may have markup of which the reader sees nothing. `english`
    is False for a block in another script, or under a `lang` that says so.
    """

    kind: Kind
    text: str
    segments: tuple[Segment, ...]
    english: bool = True

    @property
    def span(self) -> Span:
        """From the first character of the text to the last, as they stand in the source."""
        return Span(self.segments[0].span.start, self.segments[-1].span.end)

    @property
    def digest(self) -> str:
        """The name of this kind and text, wherever they stand."""
        return digest(self.kind, self.text)


class Place(NamedTuple):
    """Where a range of text stands; `exact` if the source has just that text there."""

    span: Span
    exact: bool


_start = attrgetter("start")
_source_start = attrgetter("span.start")


def source_place(block: Block, start: int, end: int) -> Place:
    """Where the characters from `start` to `end` of a block's text stand in the source.

    A range over several segments has the markup between them in its span; one that begins or
    ends within an entity or the like, all of that. An empty range is behind the character
    before it. The offsets must be within the text.
    """
    segments = block.segments
    last = segments[max(bisect_left(segments, end, key=_start) - 1, 0)]
    if start == end > 0:
        offset = _source_end(last, end)
        return Place(Span(offset, offset), last.equal)
    first = segments[bisect_right(segments, start, key=_start) - 1]
    span = Span(_source_offset(first, start), _source_end(last, end))
    return Place(span, first is last and first.equal)


def text_range(block: Block, span: Span) -> Range:
    """What of a block's text a span of the source holds; the other way of `source_place`.

    What is partly under the span and not equal to its source counts in full. The range is empty
    where the span holds nothing but markup.
    """
    segments = block.segments
    before = bisect_right(segments, span.start, key=_source_start) - 1
    start = _text_offset(segments[before], span.start) if before >= 0 else 0
    before = bisect_left(segments, span.end, key=_source_start) - 1
    end = _text_end(segments[before], span.end) if before >= 0 else 0
    return Range(start, end)


def is_silenced(
    source: Source, span: Span, code: str, on_line: Callable[[int], frozenset[str]]
) -> bool:
    """Whether a finding at this span would be silenced; `on_line` is `suppressions.silenced`'s."""
    return code in on_line(source.position(span.start).line)


def _source_offset(segment: Segment, start: int) -> int:
    return segment.span.start + (start - segment.start if segment.equal else 0)


def _source_end(segment: Segment, end: int) -> int:
    return segment.span.start + end - segment.start if segment.equal else segment.span.end


def _text_offset(segment: Segment, offset: int) -> int:
    if offset >= segment.span.end:
        return segment.end
    return segment.start + (offset - segment.span.start if segment.equal else 0)


def _text_end(segment: Segment, offset: int) -> int:
    if offset >= segment.span.end or not segment.equal:
        return segment.end
    return segment.start + offset - segment.span.start
