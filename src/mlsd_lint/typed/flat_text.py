"""Inline content as one string to match patterns against, with the source's place of every character.

Emphasis is written one way (`*`, `**`, `~~`, a backtick), however the author wrote it; a link, an
image and a tag are one character each, so that no pattern looks into them; a line break is a
space, and between two paragraphs stands `BREAK`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import (
    CodeSpan,
    Emphasis,
    FootnoteReference,
    HtmlInline,
    Image,
    LineBreak,
    Link,
    Strikethrough,
    Strong,
    Text,
    plain_text,
)
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mlsd_lint.document import Node
    from mlsd_lint.source import Source

LINK = "\U000f0000"
IMAGE = "\U000f0001"
TAG = "\U000f0002"
BREAK = "\u2029"
_OURS = str.maketrans(dict.fromkeys(map(ord, (LINK, IMAGE, TAG, BREAK)), "\ufffd"))
_MARKS: dict[type[Node], str] = {Emphasis: "*", Strong: "**", Strikethrough: "~~"}


class Piece(NamedTuple):
    """A part of a text as it is meant, and where the source says it."""

    value: str
    span: Span


@dataclass(frozen=True)
class FlatText:
    """See the module's docstring; all but `nodes` have one item for each character.

    `starts` and `ends` are offsets into the source.

    A meaning is what a character adds to a value: itself, the words of a link, or nothing for
    markup. `nodes` are the links and images by the index of their character.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    meanings: Sequence[str]
    nodes: dict[int, Link]

    def until(self, end: int) -> FlatText:
        """The text before an index."""
        nodes = {at: node for at, node in self.nodes.items() if at < end}
        return FlatText(
            self.text[:end], self.starts[:end], self.ends[:end], self.meanings[:end], nodes
        )

    def piece(self, start: int, end: int) -> Piece:
        """What stands between two indexes, without white space and paired markup around it."""
        start, end = self._trimmed(start, end)
        if start >= end:
            place = self.starts[min(start, len(self.starts) - 1)] if self.starts else 0
            return Piece("", Span(place, place))
        value = "".join(self.meanings[start:end]).replace(BREAK, "\n\n")
        if end - start == 1 and start in self.nodes:
            return Piece(value, self.nodes[start].text_span)
        return Piece(value, Span(self.starts[start], self.ends[end - 1]))

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while True:
            while start < end and self.text[start].isspace():
                start += 1
            while start < end and self.text[end - 1].isspace():
                end -= 1
            if end - start < 2 or not (self._is_mark(start) and self._is_mark(end - 1)):
                return start, end
            start, end = start + 1, end - 1

    def _is_mark(self, index: int) -> bool:
        return not self.meanings[index] and self.text[index] not in (IMAGE, TAG)

    @property
    def span(self) -> Span:
        """From the first character to the last; of an empty text, nothing at the beginning."""
        if not self.starts:
            return Span(0, 0)
        return Span(self.starts[0], self.ends[-1])


class _Writer:
    """Collects the characters of a flat text."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.characters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.meanings: list[str] = []
        self.nodes: dict[int, Link] = {}

    def paragraph(self, node: Node) -> None:
        """Add the inlines of one more paragraph or heading."""
        if self.characters:
            end = self.ends[-1]
            self._character(BREAK, Span(end, end), BREAK)
        self._inlines(node.children)

    def _inlines(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self._inline(node)

    def _inline(self, node: Node) -> None:
        if isinstance(node, Text):
            self._words(node.text, node.span)
        elif isinstance(node, Image):
            self._atom(IMAGE, node, "")
        elif isinstance(node, Link):
            self._atom(LINK, node, plain_text(node))
        elif isinstance(node, LineBreak):
            self._character(" ", node.span, " ")
        elif isinstance(node, CodeSpan):
            self._code(node)
        elif isinstance(node, Emphasis | Strong | Strikethrough):
            self._emphasis(node)
        elif isinstance(node, FootnoteReference) or (
            isinstance(node, HtmlInline) and not self.source.slice(node.span).startswith("<!--")
        ):
            self._character(TAG, node.span, "")

    def _character(self, character: str, span: Span, meaning: str) -> None:
        self.characters.append(character)
        self.starts.append(span.start)
        self.ends.append(span.end)
        self.meanings.append(meaning)

    def _atom(self, character: str, node: Link, meaning: str) -> None:
        self.nodes[len(self.characters)] = node
        self._character(character, node.span, meaning)

    def _words(self, text: str, span: Span) -> None:
        plain = text.translate(_OURS)
        if self.source.slice(span) == text:
            self.characters.extend(plain)
            self.meanings.extend(plain)
            self.starts.extend(range(span.start, span.end))
            self.ends.extend(range(span.start + 1, span.end + 1))
            return
        for character in plain:  # an entity or an escape: one character, written with several
            self._character(character, span, character)

    def _code(self, node: CodeSpan) -> None:
        written = self.source.slice(node.span)
        ticks = len(written) - len(written.lstrip("`"))
        start, end = node.span.start + ticks, node.span.end - ticks
        self._character("`", Span(node.span.start, start), "")
        inner = self.source.text[start:end]
        padding = 1 if inner[1:-1] == node.text and inner != node.text else 0
        self._words(node.text, Span(start + padding, end - padding))
        self._character("`", Span(end, node.span.end), "")

    def _emphasis(self, node: Node) -> None:
        mark = _MARKS[type(node)]
        width = node.children[0].span.start - node.span.start if node.children else len(mark)
        self._mark(mark, node.span.start, width)
        self._inlines(node.children)
        self._mark(mark, node.span.end - width, width)

    def _mark(self, mark: str, start: int, width: int) -> None:
        for index, character in enumerate(mark):
            first, last = min(index, width), width if index == len(mark) - 1 else index + 1
            self._character(character, Span(start + first, start + last), "")


def flat_text(source: Source, nodes: Iterable[Node]) -> FlatText:
    """The inline content of paragraphs or headings, in order."""
    writer = _Writer(source)
    for node in nodes:
        writer.paragraph(node)
    text = "".join(writer.characters)
    return FlatText(text, writer.starts, writer.ends, writer.meanings, writer.nodes)
