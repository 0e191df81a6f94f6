"""What stands in running text and is no language: mathematics, placeholders, addresses, codes.

Markdown knows nothing of these; they are found in a block's text by what they look like. Every
pattern is bounded, or ends where the next of its kind begins, so that none takes quadratic time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.prose.blocks import OBJECT, Block, Range, Segment, source_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.source import Span

# How a `\(` and a `\)` look to the patterns, which see no other escape.
_OPENING, _CLOSING = "\ue000", "\ue001"
_ESCAPED = {r"\(": _OPENING, r"\)": _CLOSING}
_MAY_HOLD = re.compile(r"\$|@\w|://|\bwww\.|\{[{%#.:$\w]|<%|:[a-z0-9_+-]+:|\A\[!")
_NOT_WORDS = re.compile(
    r"\$\$[^$]++\$\$"
    # $x$ as GitHub and pandoc read it: no space inside, and a price is none
    r"|(?<![\w$])\$(?![\s$])[^$]++(?<!\s)\$(?![\w$])"
    rf"|{_OPENING}[^{_OPENING}{_CLOSING}]*+{_CLOSING}"
    # {{ page.title }}, {% link x.md %}, <%= title %>, ${NAME}, {name}, {#id}, {: .class}
    r"|\{\{[^{}]{0,300}\}\}|\{%[^{}]{0,300}%\}|<%[^<>]{0,300}%>"
    r"|\$?\{\w[\w.-]{0,100}\}|\{[#.:][^{}]{0,300}\}"
    # addresses in the text of a link, where they are no links of their own
    r"|\b(?:https?|ftp|file|git|ssh|s3|gs)://[^\s<>\ufffc]*[\w/#=&%~-]"
    r"|\bwww\.[^\s<>\ufffc]*[\w/#=&%~-]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]+\.)+\w+"
    # :rocket:, but not the minutes of 10:30:15
    r"|(?<!\w):(?!\d+:)[a-z0-9_+-]{1,64}:(?!\w)"
    # the first line of a GitHub alert, of which the reader sees a coloured title
    r"|\A\[![A-Z]{1,20}\]"
)


def without_objects(block: Block, source: str) -> Block:
    """A block in which each stretch that is no language is one `OBJECT`."""
    escaped = source.find("\\(", *block.span) >= 0
    if not escaped and not _MAY_HOLD.search(block.text):
        return block
    seen = "".join([_seen(segment, source) for segment in block.segments])
    found = [Range(*match.span()) for match in _NOT_WORDS.finditer(seen)]
    return _replaced(block, found) if found else block


def _seen(segment: Segment, source: str) -> str:
    """A segment as the patterns see it: an escaped dollar, say, begins no mathematics."""
    if segment.equal or segment.text.isspace():
        return segment.text
    return _ESCAPED.get(source[slice(*segment.span)], OBJECT * len(segment.text))


def _replaced(block: Block, found: Sequence[Range]) -> Block:
    """The block with one object in the place of each range; `found` is in order."""
    parts: list[_Part] = []
    done = 0
    for start, end in found:
        parts += _between(block, done, start)
        parts.append(_Part(OBJECT, source_place(block, start, end).span, equal=False))
        done = end
    parts += _between(block, done, len(block.text))
    starts = accumulate((len(part.text) for part in parts), initial=0)
    segments = [Segment(start, *part) for start, part in zip(starts, parts, strict=False)]
    return replace(block, text="".join([part.text for part in parts]), segments=tuple(segments))


class _Part(NamedTuple):
    """A segment that does not know yet where it starts."""

    text: str
    span: Span
    equal: bool


def _between(block: Block, start: int, end: int) -> Iterator[_Part]:
    """What the segments of a block have from `start` to `end`."""
    index = bisect_right(block.segments, start, key=attrgetter("start")) - 1
    while start < end:
        segment = block.segments[index]
        stop = min(end, segment.end)
        text = segment.text[start - segment.start : stop - segment.start]
        yield _Part(text, source_place(block, start, stop).span, segment.equal)
        start = stop
        index += 1
