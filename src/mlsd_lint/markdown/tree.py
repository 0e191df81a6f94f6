"""From built blocks to the frozen nodes of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mlsd_lint.document import (
    BlockQuote,
    CodeBlock,
    FootnoteDefinition,
    Heading,
    HtmlBlock,
    List,
    ListItem,
    Node,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    ThematicBreak,
)
from mlsd_lint.markdown.building import (
    Building,
    ClosedBreak,
    ClosedDefinition,
    ClosedHeading,
    Container,
    OpenFence,
    OpenFootnote,
    OpenHtml,
    OpenIndented,
    OpenItem,
    OpenList,
    OpenParagraph,
    OpenQuote,
    OpenTable,
)
from mlsd_lint.markdown.content import Content, trimmed_end
from mlsd_lint.markdown.entities import unescape
from mlsd_lint.markdown.html import scan_markup
from mlsd_lint.markdown.inlines import References, SpanParser
from mlsd_lint.markdown.links import normalize_label
from mlsd_lint.markdown.lists import read_task_box
from mlsd_lint.markdown.tables import split_row
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable


class TreeBuilder:
    """Makes nodes of blocks; `references` afterwards holds what was found beside the tree.

    All definitions are collected first: a reference may stand before its definition.
    """

    def __init__(self, text: str, root: Container) -> None:
        self.text = text
        self.references = References()
        self._inlines = SpanParser()
        self._methods: dict[type[Building], Callable[..., Node]] = {
            OpenParagraph: self._paragraph,
            ClosedHeading: self._heading,
            OpenItem: self._item,
            OpenList: self._list,
            OpenQuote: self._quote,
            OpenFence: self._fence,
            OpenIndented: self._indented,
            OpenHtml: self._html,
            OpenTable: self._table,
            ClosedBreak: self._break,
            ClosedDefinition: self._definition,
            OpenFootnote: self._footnote,
        }
        self._collect(root)

    def nodes(self, blocks: list[Building]) -> tuple[Node, ...]:
        """The nodes of these blocks."""
        return tuple([self._methods[type(block)](block) for block in blocks])

    def _collect(self, root: Container) -> None:
        """Find the first definition of every label, and every footnote's (section 4.7)."""
        pending: list[Building] = [root]
        while pending:
            block = pending.pop()
            if isinstance(block, Container):
                pending += reversed(block.children)
                if type(block) is OpenFootnote:
                    label = self.text[block.label.start : block.label.end]
                    self.references.footnotes.add(normalize_label(label))
            elif type(block) is ClosedDefinition:
                self.references.definitions.setdefault(block.node.identifier, block.node)

    def _inline(self, lines: list[int], *, in_table: bool = False) -> tuple[Node, ...]:
        content = Content(self.text, lines)
        return self._inlines.read(content, self.references, in_table=in_table)

    def _paragraph(self, block: OpenParagraph) -> Node:
        lines = block.lines
        lines[-1] = trimmed_end(self.text, lines[-2], lines[-1])
        return Paragraph(Span(block.start, lines[-1]), self._inline(lines))

    def _heading(self, block: ClosedHeading) -> Node:
        lines = block.lines
        lines[-1] = trimmed_end(self.text, lines[-2], lines[-1])
        return Heading(
            Span(block.start, block.end),
            self._inline(lines) if lines[0] < lines[-1] else (),
            level=block.level,
            style=block.style,
            content_span=Span(lines[0], lines[-1]),
        )

    def _item(self, block: OpenItem) -> Node:
        checked = None
        first = block.children[0] if block.children else None
        if type(first) is OpenParagraph and self.text.startswith("[", first.start):
            box = read_task_box(Content(self.text, first.lines).src)
            if box is not None:
                checked, length = box
                first.skip(length)
        return ListItem(
            Span(block.start, block.end),
            self.nodes(block.children),
            marker_span=block.marker,
            number=block.number,
            checked=checked,
        )

    def _list(self, block: OpenList) -> Node:
        first = cast("OpenItem", block.children[0])
        return List(
            Span(block.start, block.end),
            self.nodes(block.children),
            delimiter=block.delimiter,
            start=first.number,
            tight=block.tight,
        )

    def _quote(self, block: OpenQuote) -> Node:
        return BlockQuote(Span(block.start, block.end), self.nodes(block.children))

    def _footnote(self, block: OpenFootnote) -> Node:
        label = self.text[block.label.start : block.label.end]
        return FootnoteDefinition(
            Span(block.start, block.end),
            self.nodes(block.children),
            label=label,
            label_span=block.label,
            identifier=normalize_label(label),
        )

    def _fence(self, block: OpenFence) -> Node:
        info = unescape(self.text[block.info.start : block.info.end]) if block.info else ""
        return CodeBlock(
            Span(block.start, block.end),
            fenced=True,
            closed=block.closed,
            info=info,
            info_span=block.info,
        )

    def _indented(self, block: OpenIndented) -> Node:
        return CodeBlock(Span(block.start, block.end), fenced=False)

    def _html(self, block: OpenHtml) -> Node:
        scan_markup(Content(self.text, block.lines), self.references.tags, self.references.comments)
        return HtmlBlock(Span(block.start, block.end))

    def _break(self, block: ClosedBreak) -> Node:
        return ThematicBreak(Span(block.start, block.end))

    def _definition(self, block: ClosedDefinition) -> Node:
        return block.node

    def _table(self, block: OpenTable) -> Node:
        columns = len(block.alignments)
        return Table(
            Span(block.start, block.end),
            tuple([self._row(row, columns) for row in block.rows]),
            alignments=block.alignments,
        )

    def _row(self, row: Span, columns: int) -> Node:
        """One row; cells beyond the header's are dropped, as GitHub does (GFM example 204)."""
        cells = split_row(self.text, row)[:columns]
        return TableRow(row, tuple([self._cell(cell) for cell in cells]))

    def _cell(self, cell: Span) -> Node:
        children = self._inline(list(cell), in_table=True) if cell.start < cell.end else ()
        return TableCell(cell, children)
