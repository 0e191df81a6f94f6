"""What a Markdown file is, once read: frozen values, each with its exact place in the source.

Places are `Span`s into the source, see `source`. The tree is made by `markdown.parse` and by
nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.source import Source, Span


@dataclass(frozen=True, slots=True)
class Node:
    """A block or an inline: a place in the source, and what lies inside it, in order.

    Children lie within their parent's span and do not overlap.
    """

    span: Span
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in document order."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


# --- blocks: a span runs from the first character of the block's own (behind indentation and
# container markers) to the end of its last line's text, without the line ending ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Node):
    """An ATX (`# A`) or setext (underlined) heading; `content_span` is the text between marks."""

    level: int
    style: Literal["atx", "setext"]
    content_span: Span


@dataclass(frozen=True, slots=True)
class Paragraph(Node):
    """A paragraph of inlines."""


@dataclass(frozen=True, slots=True)
class BlockQuote(Node):
    """A `>` quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Node):
    """A list; its children are `ListItem`s.

    `delimiter` is the bullet itself, or the `.` or `)` behind the number; `start` is the first
    item's number as written, None for a bullet list.
    """

    delimiter: str
    start: int | None
    tight: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(Node):
    """One item; its span starts at the marker.

    `marker_span` holds the marker alone (`-`, `12.`), `number` the number as written.
    `checked` is the state of a task list item's box, None where there is no box.
    """

    marker_span: Span
    number: int | None
    checked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock(Node):
    """A fenced or indented code block; `closed` is False for a fence that nothing closes.

    `info` is the fence's info string as decoded; `info_span` is None where there is none.
    """

    fenced: bool
    closed: bool = True
    info: str = ""
    info_span: Span | None = None

    @property
    def language(self) -> str:
        """The first word of the info string; "" where there is none."""
        return next(iter(self.info.split()), "")


@dataclass(frozen=True, slots=True)
class HtmlBlock(Node):
    """A block of raw HTML. Its tags and comments are in `Document.tags` and `.comments`."""


@dataclass(frozen=True, slots=True)
class ThematicBreak(Node):
    """A line such as `---`."""


Alignment = Literal["left", "center", "right"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Node):
    """A GFM table; its children are `TableRow`s, the header first."""

    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class TableRow(Node):
    """One row of a table; its children are `TableCell`s."""


@dataclass(frozen=True, slots=True)
class TableCell(Node):
    """One cell; its span holds the cell's trimmed text, and is empty for an empty cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Node):
    """A link reference definition, `[label]: destination "title"`.

    All of them are kept, duplicates too; the first of a label wins (CommonMark example 204).
    `identifier` is the normalized label under which references find it.
    """

    label: str
    label_span: Span
    identifier: str
    destination: str
    destination_span: Span
    title: str | None = None
    title_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteDefinition(Node):
    """A footnote's text, `[^label]: …`; its children are blocks."""

    label: str
    label_span: Span
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter(Node):
    """Data before the text, between `---` (YAML) or `+++` (TOML) lines."""

    language: Literal["yaml", "toml"]
    content_span: Span


# --- inlines ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """A run of text as it is meant.

    `text` differs from the source under the span only for an entity (`&amp;`), a backslash
    escape or a NUL, each of which is a run of its own.
    """

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSpan(Node):
    """Inline code; `text` has its line endings and padding resolved (CommonMark 6.1)."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis(Node):
    """`*text*` or `_text_`."""


@dataclass(frozen=True, slots=True)
class Strong(Node):
    """`**text**` or `__text__`."""


@dataclass(frozen=True, slots=True)
class Strikethrough(Node):
    """`~~text~~` (GFM)."""


LinkForm = Literal["inline", "full", "collapsed", "shortcut", "autolink", "bare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Node):
    """A link; its children are its text.

    `destination` has escapes and entities decoded, percent-encoding as written; a bare
    `www.` link has `http://` put before it and an e-mail address `mailto:`.
    `destination_span` is the destination as written, without angle brackets; None for a
    reference (`label_span` is set instead, `definition` says where the destination stands).
    `text_span` is what stands between the brackets (for an autolink, the address).
    """

    form: LinkForm
    destination: str
    destination_span: Span | None
    text_span: Span
    title: str | None = None
    title_span: Span | None = None
    label: str | None = None
    label_span: Span | None = None
    definition: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Link):
    """An image; its children are its alternative text, `alt` that text as plain characters."""

    alt: str


@dataclass(frozen=True, slots=True)
class HtmlInline(Node):
    """Raw inline HTML: one tag, comment, declaration or processing instruction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBreak(Node):
    """The end of a line inside a paragraph; `hard` where it becomes a break in the output.

    The span starts at the spaces or backslash before the line ending and ends behind it.
    """

    hard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteReference(Node):
    """`[^label]` where a footnote of that label is defined."""

    label: str
    identifier: str


# --- what is found beside the tree ---


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of an HTML tag; `value_span` holds the value without quotes.

    `name` is lower case, `value` has its entities decoded; no value is "" and no span.
    """

    name: str
    value: str
    value_span: Span | None


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag in raw HTML, block or inline; `name` is lower case."""

    span: Span
    name: str
    closing: bool
    self_closing: bool
    attributes: tuple[Attribute, ...] = ()

    def attribute(self, name: str) -> Attribute | None:
        """The first attribute called `name` (lower case)."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment; `text` is what stands between `<!--` and `-->`, stripped.

    `closed` is False for a comment that runs to the end of its block.
    """

    span: Span
    text: str
    closed: bool = True


@dataclass(frozen=True, slots=True)
class UnresolvedReference:
    """`[text][label]` or `[label][]` where no such label is defined; it stays text.

    A lone `[label]` is none of these: brackets are ordinary punctuation.
    """

    span: Span
    label: str
    label_span: Span
    image: bool


AnyNode = TypeVar("AnyNode", bound=Node)


@dataclass(frozen=True)
class Document:
    """One parsed file. `blocks` are its top-level blocks in order, front matter left out."""

    source: Source
    blocks: tuple[Node, ...]
    front_matter: FrontMatter | None = None
    tags: tuple[Tag, ...] = ()
    comments: tuple[Comment, ...] = ()
    unresolved: tuple[UnresolvedReference, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Every node, in document order."""
        for block in self.blocks:
            yield from block.walk()

    @cached_property
    def _by_kind(self) -> dict[type[Node], list[Node]]:
        nodes: dict[type[Node], list[Node]] = {}
        for node in self.walk():
            nodes.setdefault(type(node), []).append(node)
        return nodes

    def of(self, kind: type[AnyNode]) -> list[AnyNode]:
        """All nodes of exactly this class, in document order; `of(Link)` gives no images."""
        return self._by_kind.get(kind, [])  # type: ignore[return-value]  # the key is the class


def plain_text(node: Node) -> str:
    """The words of a node without markup; an image counts with its alternative text."""
    parts: list[str] = []
    for inner in node.walk():
        if isinstance(inner, Text | CodeSpan):
            parts.append(inner.text)
        elif isinstance(inner, LineBreak):
            parts.append(" ")
    return "".join(parts)
