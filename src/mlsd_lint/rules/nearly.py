"""What was meant to be a link and is text: brackets and parentheses that just miss the syntax.

Brackets are looked at only where the parser left them as text, so code, HTML, comments and
links that work are never touched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from mlsd_lint.document import Definition, Image, Link, Text
from mlsd_lint.source import Span
from mlsd_lint.targets import is_template, looks_like_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document

Slip = Literal[
    "space in destination",
    "space before destination",
    "colon before destination",
    "definition in parentheses",
    "brackets swapped",
    "no opening bracket",
    "bracket too many",
    "no closing bracket",
    "no closing parenthesis",
    "broken title",
    "link in link",
]

_SEAM = re.compile(r"\](?P<gap>|[ \t]+|[ \t]*(?:\r\n|\n|\r)[ \t]*|:[ \t]?)\(")
_SWAPPED = re.compile(r"\)\[(?P<address>[^\s\[\]]{1,500})\]")
_NO_BRACKET = re.compile(
    r"\[(?P<text>[^\[\]()\r\n]{0,199}[^\[\]()\s])\((?P<address>[^\s()]{1,500})\)"
)
_BRACKETS = re.compile(r"[\[\]]|(?:\r\n|\n|\r)[ \t>]*(?:\r\n|\n|\r)")
# What stands between a parenthesis and the one that closes it, with pairs of them inside.
_ENCLOSED = re.compile(r"[^()\r\n]{0,1000}(?:\([^()\r\n]{0,500}\)[^()\r\n]{0,500}){0,8}(?=\))")
_TITLE = re.compile(r"[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))$")
_BROKEN_TITLE = re.compile(r"(?P<address>[^\s\"']+)[ \t]+[\"'(]")
_PLACE = re.compile(r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.|/\w|\.{1,2}/|#\w).*", re.IGNORECASE)
_FILE = re.compile(
    r"[^:?#\"]*\w\.(?:md|markdown|html?|pdf|txt|ipynb|py|rst|svg|png|jpe?g|gif|webp)(?:[?#].*)?",
    re.IGNORECASE,
)
_WIDE_PARENTHESIS = "\uff09"  # what an East Asian keyboard gives for a closing one
_RUN = re.compile(rf"[^\s{_WIDE_PARENTHESIS}]{{0,1000}}")
_NEAR = 300  # how far behind an opening bracket its closing one is still looked for


class NearLink(NamedTuple):
    """Where something just misses being a link, how, and its destination as written.

    `span` runs from its first bracket to its last; `address_span` holds the destination alone,
    `gap_span` what stands between text and destination.
    """

    span: Span
    slip: Slip
    address_span: Span
    gap_span: Span


@dataclass(frozen=True)
class _Prose:
    """The brackets of a document that are text."""

    document: Document

    @cached_property
    def _runs(self) -> list[Span]:
        return [node.span for node in self.document.of(Text)]

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self._runs]

    def holds(self, offset: int) -> bool:
        """Whether the character is plain text; one behind a backslash is not."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self._runs[index].end:
            return False
        escaped = offset == self._starts[index] + 1 and self._runs[index].end == offset + 1
        return not (escaped and self.document.source.text[offset - 1] == "\\")

    @cached_property
    def opening(self) -> dict[int, int]:
        """The opening bracket of each closing one, both being text of one block."""
        pairs: dict[int, int] = {}
        open_brackets: list[int] = []
        for match in _BRACKETS.finditer(self.document.source.text):
            if match.group() == "[":
                if self.holds(match.start()):
                    open_brackets.append(match.start())
            elif match.group() != "]":
                open_brackets.clear()
            elif open_brackets and self.holds(match.start()):
                pairs[match.start()] = open_brackets.pop()
        return pairs


def near_links(document: Document) -> Iterator[NearLink]:
    """Everything in a document that just misses being a link; each place once."""
    prose = _Prose(document)
    yield from _at_seams(document, prose)
    yield from _with_swapped_brackets(document, prose)
    yield from _without_closing_bracket(document, prose)
    for definition in document.of(Definition):
        span = definition.destination_span
        inner = definition.destination[1:-1]
        if f"({inner})" == definition.destination and looks_like_address(inner):
            address = Span(span.start + 1, span.end - 1)
            gap = Span(definition.label_span.end + 1, span.start)
            yield NearLink(definition.span, "definition in parentheses", address, gap)


def _at_seams(document: Document, prose: _Prose) -> Iterator[NearLink]:
    """The places where a `]` is followed by a `(`, and no link came of it."""
    works = {link.text_span.end for link in (*document.of(Link), *document.of(Image))}
    for match in _SEAM.finditer(document.source.text):
        bracket, parenthesis = match.start(), match.end() - 1
        if bracket in works or not (prose.holds(bracket) and prose.holds(parenthesis)):
            continue
        near = _at_seam(document, prose, bracket, Span(*match.span("gap")))
        if near is not None:
            yield near


def _at_seam(document: Document, prose: _Prose, bracket: int, gap: Span) -> NearLink | None:
    text = document.source.text
    start = gap.end + 1
    enclosed = _ENCLOSED.match(text, start)
    opening = prose.opening.get(bracket)
    if enclosed is None:
        return None if gap.end > gap.start else _unclosed(text, opening, start, gap)
    inner = enclosed.group()
    if is_template(inner):
        return None
    whole = Span(bracket if opening is None else opening, enclosed.end() + 1)
    address = Span(start, start + len(_TITLE.sub("", inner).rstrip()))
    slip = _slip(text[address.start : address.end], text[gap.start : gap.end])
    if opening is None and slip == "link in link":
        doubled = (bracket - 1) in prose.opening
        slip = "bracket too many" if doubled else "no opening bracket"
        whole = Span(prose.opening.get(bracket - 1, bracket), whole.end)
    elif opening is None:
        return None
    return None if slip is None else NearLink(whole, slip, address, gap)


def _slip(address: str, gap: str) -> Slip | None:
    """Why this is no link; with a good address right behind the text, a link in it is why."""
    if gap:
        slip: Slip = "colon before destination" if ":" in gap else "space before destination"
        return slip if looks_like_address(address) else None
    if looks_like_address(address):
        return "link in link"
    broken = _BROKEN_TITLE.match(address)
    if broken is not None and looks_like_address(broken["address"]):
        return "broken title"
    if re.search(r"[ \t]", address) and (_PLACE.fullmatch(address) or _FILE.fullmatch(address)):
        return "space in destination"
    return None


def _unclosed(text: str, opening: int | None, start: int, gap: Span) -> NearLink | None:
    run = _RUN.match(text, start)
    if opening is None or run is None:
        return None
    wide = text.startswith(_WIDE_PARENTHESIS, run.end())
    address = run.group() if wide else run.group().rstrip(".,;:!?")
    if not looks_like_address(address) or is_template(address):
        return None
    end = start + len(address)
    whole = Span(opening, end + len(_WIDE_PARENTHESIS) * wide)
    return NearLink(whole, "no closing parenthesis", Span(start, end), gap)


def _with_swapped_brackets(document: Document, prose: _Prose) -> Iterator[NearLink]:
    text = document.source.text
    for match in _SWAPPED.finditer(text):
        if not looks_like_address(match["address"]) or is_template(match["address"]):
            continue
        opening = text.rfind("(", max(match.start() - _NEAR, 0), match.start())
        corners = (opening, match.start(), match.start() + 1, match.end() - 1)
        between = text[opening + 1 : match.start()]
        if opening >= 0 and "\n" not in between and all(map(prose.holds, corners)):
            gap = Span(match.start() + 1, match.start() + 1)
            whole = Span(opening, match.end())
            yield NearLink(whole, "brackets swapped", Span(*match.span("address")), gap)


def _without_closing_bracket(document: Document, prose: _Prose) -> Iterator[NearLink]:
    text = document.source.text
    for match in _NO_BRACKET.finditer(text):
        if not looks_like_address(match["address"]) or is_template(match["address"]):
            continue
        parenthesis = match.end("text")
        line_rest = re.split(r"[\r\n]", text[match.end() : match.end() + _NEAR], maxsplit=1)[0]
        corners = (match.start(), parenthesis, match.end() - 1)
        if "]" not in line_rest and all(map(prose.holds, corners)):
            gap = Span(parenthesis, parenthesis)
            whole = Span(*match.span())
            yield NearLink(whole, "no closing bracket", Span(*match.span("address")), gap)
