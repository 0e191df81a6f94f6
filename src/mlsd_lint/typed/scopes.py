"""Scopes: the document, the sections under its headings, and how they lie in each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlsd_lint.document import Emphasis, Heading, Paragraph, Strong
from mlsd_lint.source import Span
from mlsd_lint.typed.flat_text import FlatText, flat_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mlsd_lint.document import Document, Node
    from mlsd_lint.source import Source

BELOW_HEADINGS = 7  # the level of an emphasized paragraph that starts a section


@dataclass(frozen=True)
class Scope:
    """Blocks that belong together, and the heading they stand under (None in a list item).

    `level` is the heading's; 0 for a document without a title of its own, or an item. `span` is
    where something is reported that is missing in the scope.
    """

    source: Source
    heading: Node | None
    level: int
    blocks: Sequence[Node]
    span: Span

    @property
    def title(self) -> FlatText:
        """The words of the heading; without one, nothing."""
        return flat_text(self.source, [self.heading] if self.heading else [])


def document_scope(document: Document) -> Scope:
    """The whole document; its only first-level heading is the heading of the scope."""
    firsts = [block for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    source = document.source
    if not firsts:
        return Scope(source, None, 0, document.blocks, _beginning(source))
    title = firsts[0]
    if len(firsts) > 1:
        return Scope(source, title, 0, document.blocks, title.content_span)
    blocks = tuple(block for block in document.blocks if block is not title)
    return Scope(source, title, 1, blocks, title.content_span)


def _beginning(source: Source) -> Span:
    start = source.line_starts[0]
    return Span(start, source.line_span(1).end)


def section_starts(scope: Scope) -> Iterator[tuple[int, int]]:
    """Where sections may start directly in a scope: (index of the block, level of the section).

    Under headings of different levels, one is directly in the scope if none above it in the
    scope has a lower level number. Emphasized paragraphs are named too.
    """
    above: list[int] = []
    for index, block in enumerate(scope.blocks):
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            if not above and block.level > scope.level:
                yield index, block.level
            above.append(block.level)
        elif _is_emphasized(block):
            yield index, BELOW_HEADINGS


def _is_emphasized(block: Node) -> bool:
    return (
        isinstance(block, Paragraph)
        and len(block.children) == 1
        and isinstance(block.children[0], Emphasis | Strong)
    )


def section_title(scope: Scope, index: int) -> FlatText:
    """The words that start a section: of a heading, or between the marks of an emphasis."""
    block = scope.blocks[index]
    if isinstance(block, Heading):
        return flat_text(scope.source, [block])
    inner = block.children[0]
    if isinstance(inner.children[0], Strong) and len(inner.children) == 1:
        inner = inner.children[0]  # ***both***
    return flat_text(scope.source, [inner])


def section_scope(scope: Scope, index: int, level: int, end: int) -> Scope:
    """The section whose first block is `index`, up to the block before `end`."""
    block = scope.blocks[index]
    span = block.content_span if isinstance(block, Heading) else block.children[0].span
    return Scope(scope.source, block, level, scope.blocks[index + 1 : end], span)


def section_end(scope: Scope, index: int, level: int, starts: Iterable[int]) -> int:
    """The index behind a section's last block: the next heading as high, or the next start."""
    known = set(starts)
    for at in range(index + 1, len(scope.blocks)):
        block = scope.blocks[at]
        if at in known or (isinstance(block, Heading) and block.level <= level):
            return at
    return len(scope.blocks)


def item_scope(source: Source, item: Node, span: Span) -> Scope:
    """A list item."""
    return Scope(source, None, 0, item.children, span)
