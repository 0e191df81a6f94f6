"""The text of a Mermaid diagram: what stands in its fence, and where that is in the source.

Offsets into a `Diagram`'s text are no offsets into the document: in a quote every line has a
marker before it. `Diagram.span` turns one into the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import BlockQuote, CodeBlock
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document, Node
    from mlsd_lint.source import Source

FRONT_MATTER = re.compile(
    r"\s*^[ \t]*---[ \t]*\n(?:.*?\n)??[ \t]*---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
DIRECTIVE = re.compile(r"%%\{.*?(?:\}%%|\Z)", re.DOTALL)
COMMENT = re.compile(r"^[ \t]*%%.*$|(?<=[ \t])%%[^%\n\"|\[\](){}]*$", re.MULTILINE)
HTML_TAG = re.compile(r"<\w[^<>]*>")
QUOTED_VALUE = re.compile(r'="([^"\n]*)"')
KIND = re.compile(r"[^\s;:{(]+")
FLOWCHARTS = ("flowchart", "graph", "flowchart-elk")
# Behind the type of a flowchart: its direction, and what stands on that line besides.
DIRECTION = re.compile(r"[ \t]*([^\s;]*)[ \t]*([^\n;]*)")


class Stretch(NamedTuple):
    """A half-open range of code point offsets into a diagram's text, from 0."""

    start: int
    end: int


@dataclass(frozen=True)
class Diagram:
    """One fence with the info string `mermaid`.

    `text` has its lines joined by LF, container markers left out, and spaces where front matter,
    directives and comments stand; `kind` is its first word, "" if nothing is left.
    """

    block: CodeBlock
    text: str
    kind: str
    kind_at: Stretch
    line_starts: tuple[int, ...]
    line_offsets: tuple[int, ...]

    @property
    def body(self) -> int:
        """Where the text behind the diagram's type starts."""
        return self.kind_at.end

    @property
    def is_flowchart(self) -> bool:
        """Whether it is a flowchart, by its old name or its new one."""
        return self.kind in FLOWCHARTS

    @property
    def first_statement(self) -> int:
        """Where the text behind the type, and the direction of a flowchart, starts."""
        direction = DIRECTION.match(self.text, self.body) if self.is_flowchart else None
        return direction.end() if direction else self.body

    def span(self, place: Stretch) -> Span:
        """Where a stretch of the text stands in the source."""
        return Span(self._offset(place.start), self._offset(place.end))

    def _offset(self, position: int) -> int:
        line = bisect_right(self.line_starts, position) - 1
        return self.line_offsets[line] + position - self.line_starts[line]


def diagrams(document: Document) -> Iterator[Diagram]:
    """Every Mermaid fence that is closed and has a line, in order."""
    if not any(_is_mermaid(block) for block in document.of(CodeBlock)):
        return
    stack: list[tuple[Node, int]] = [(block, 0) for block in reversed(document.blocks)]
    while stack:
        node, quotes = stack.pop()
        if isinstance(node, CodeBlock) and _is_mermaid(node):
            yield _diagram(document.source, node, quotes)
        quotes += isinstance(node, BlockQuote)
        stack.extend((child, quotes) for child in reversed(node.children))


def _is_mermaid(block: CodeBlock) -> bool:
    return block.closed and block.language == "mermaid"


def _diagram(source: Source, block: CodeBlock, quotes: int) -> Diagram:
    markers = re.compile(rf"(?:[ \t]*>[ ]?){{0,{quotes}}}")
    first = source.position(block.span.start).line
    last = source.position(block.span.end).line
    lines: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    start = 0
    for number in range(first + 1, last):
        line = source.line_span(number)
        marker = markers.match(source.text, line.start, line.end)
        offset = marker.end() if marker else line.start
        starts.append(start)
        offsets.append(offset)
        lines.append(source.text[offset : line.end])
        start += line.end - offset + 1
    text = _without_comments("\n".join(lines))
    kind = KIND.search(text)
    return Diagram(
        block=block,
        text=text,
        kind=kind[0] if kind else "",
        kind_at=Stretch(*kind.span()) if kind else Stretch(0, 0),
        line_starts=tuple(starts) or (0,),
        line_offsets=tuple(offsets) or (block.span.end,),
    )


def _without_comments(text: str) -> str:
    """The text with blanks for what Mermaid takes out before it reads, all else in its place."""
    front_matter = FRONT_MATTER.match(text)
    if front_matter:
        text = _blank(front_matter) + text[front_matter.end() :]
    text = DIRECTIVE.sub(_blank, text)
    text = COMMENT.sub(_blank, text)
    return HTML_TAG.sub(lambda tag: QUOTED_VALUE.sub(r"='\1'", tag[0]), text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
