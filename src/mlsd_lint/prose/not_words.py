"""What stands in running text and is no language: mathematics, placeholders, addresses, codes.

Markdown knows nothing of these; they are found in a block's text by what they look like. Every
pattern is bounded, or ends where the next of its kind begins, so that none takes quadratic time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.prose.blocks import OBJECT, Segment
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def without_objects(segments: Sequence[Segment], text: str, source: str) -> Sequence[Segment]:
    """The segments of a block, each stretch that is no language being one `OBJECT`.

    `text` is that of the segments, `source` that of the file.
    """
    written = Span(segments[0].span.start, segments[-1].span.end)
    escaped = source.find("\\(", *written) >= 0
    if not escaped and not _MAY_HOLD.search(text):
        return segments
    seen = "".join([_seen(segment, source) for segment in segments])
    found = [match.span() for match in _NOT_WORDS.finditer(seen)]
    return _replaced(segments, found) if found else segments


def _seen(segment: Segment, source: str) -> str:
    """A segment as the patterns see it: an escaped dollar, say, begins no mathematics."""
    if segment.equal or segment.text.isspace():
        return segment.text
    return _ESCAPED.get(source[slice(*segment.span)], OBJECT * len(segment.text))


def _replaced(segments: Sequence[Segment], found: Sequence[tuple[int, int]]) -> list[Segment]:
    """The segments with one object in the place of each range; `found` is in order."""
    kept: list[Segment] = []
    length = 0

    def keep(text: str, span: Span, *, equal: bool) -> None:
        nonlocal length
        kept.append(Segment(length, text, span, equal))
        length += len(text)

    ranges = iter(found)
    start, end = next(ranges)
    object_start = 0
    for segment in segments:
        position = segment.start
        while position < segment.end:
            if position < start:
                stop = min(start, segment.end)
                part = _part(segment, position, stop)
                keep(
                    segment.text[position - segment.start : stop - segment.start],
                    part,
                    equal=segment.equal,
                )
            else:
                stop = min(end, segment.end)
                part = _part(segment, position, stop)
                if position == start:
                    object_start = part.start
                if stop == end:
                    keep(OBJECT, Span(object_start, part.end), equal=False)
                    start, end = next(ranges, (_NEVER, _NEVER))
            position = stop
    return kept


_NEVER = 1 << 62


def _part(segment: Segment, start: int, end: int) -> Span:
    """The span of a part of a segment; of one that is not equal to its source, all of it."""
    if not segment.equal:
        return segment.span
    offset = segment.span.start - segment.start
    return Span(start + offset, end + offset)
