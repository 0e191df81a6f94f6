"""A block for an engine that reads annotated text: what is text, what is markup.

The annotated text is the source itself from the first character of the block to the last, so a
place in it is a place in the source; only the units differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlsd_lint.source import Span

if TYPE_CHECKING:
    from mlsd_lint.prose.blocks import Block
    from mlsd_lint.source import Source

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A block as text and markup, in the form of LanguageTool's `data.annotation`.

    Each of `parts` has a `text`, or a `markup` with what it is to be read as (`interpretAs`) if
    anything: a space, the character that an entity means, or `Dummy1`, `Dummy2` … for the
    objects. Put together, texts and markup are the source under `span`.
    """

    parts: tuple[dict[str, str], ...]
    span: Span
    astral: tuple[int, ...]  # where, in UTF-16 units, the characters stand that need two of them

    @property
    def length(self) -> int:
        """How many UTF-16 units texts and markup have."""
        return self.span.end - self.span.start + len(self.astral)

    def source_span(self, start: int, end: int) -> Span:
        """The span of a range of UTF-16 units of the annotated text, in whole characters."""
        first = start - bisect_left(self.astral, start)
        last = end - bisect_left(self.astral, end - 1) if end > start else first
        return Span(self.span.start + first, self.span.start + last)


def annotation(block: Block, source: Source) -> Annotation:
    """A block as annotated text; `source` is the one it was taken from."""
    parts: list[dict[str, str]] = []
    objects = 0
    end = block.span.start
    for segment in block.segments:
        if segment.span.start > end:
            parts.append({"markup": source.text[end : segment.span.start]})
        end = segment.span.end
        if segment.equal:
            parts.append({"text": segment.text})
            continue
        meaning = segment.text
        if segment.is_object:
            objects += 1
            meaning = f"Dummy{objects}"
        parts.append({"markup": source.slice(segment.span), "interpretAs": meaning})
    found = _ASTRAL.finditer(source.slice(block.span))
    astral = tuple([match.start() + index for index, match in enumerate(found)])
    return Annotation(tuple(parts), block.span, astral)
