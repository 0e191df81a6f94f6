"""From a document to its blocks of prose.

What is prose: paragraphs, headings, table cells and footnotes, with the text of their links, and
the alternative texts of images, each a block of its own. What is not: code, raw HTML and what its
elements for code enclose, front matter, definitions, comments, addresses, and titles of links,
which show only under a mouse. Struck-out text is still there to be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import (
    BlockQuote,
    CodeSpan,
    Emphasis,
    FootnoteDefinition,
    FootnoteReference,
    Heading,
    HtmlInline,
    Image,
    LineBreak,
    Link,
    List,
    ListItem,
    Node,
    Paragraph,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
)
from mlsd_lint.prose.blocks import OBJECT, Block, Kind, Segment
from mlsd_lint.prose.languages import (
    declared_english,
    declares_english,
    elements,
    mostly_latin,
)
from mlsd_lint.prose.not_words import without_objects
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mlsd_lint.document import Document

_CONTAINERS: dict[type[Node], Kind | None] = {
    BlockQuote: "quote",
    FootnoteDefinition: "footnote",
    List: None,
    ListItem: "list item",
    Table: None,
    TableRow: None,
}
_LEAVES: dict[type[Node], Kind | None] = {
    Heading: "heading",
    Paragraph: None,
    TableCell: "table cell",
}
_TRANSPARENT = frozenset({Emphasis, Strong, Strikethrough, Link})
_OBJECTS = frozenset({CodeSpan, Image, Link})
# What `&shy;` and its like mean: a place where a word may be broken, of which nothing is seen.
_INVISIBLE = frozenset({"\u00ad", "\u200b", "\u2060"})
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
# HTML elements whose content is no language, or only for browsers that cannot show the rest.
_OPAQUE = frozenset(
    {
        *("code", "kbd", "samp", "var", "tt", "pre", "script", "style", "textarea", "svg", "math"),
        *("picture", "video", "audio", "iframe", "object", "canvas"),
    }
)
# HTML elements without content in whose place the reader sees something.
_REPLACED = frozenset({"img", "input", "embed"})
# HTML elements that begin a new line.
_LINES = frozenset(
    {
        *("br", "hr", "p", "div", "center", "section", "details", "summary", "blockquote"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    }
)


class _Surroundings(NamedTuple):
    """What the blocks of a document have in common.

    `enclosed` says, of the offset at which the tag of an element that is no English prose
    begins, where that element ends.
    """

    text: str
    enclosed: Mapping[int, int]
    english_at: Callable[[int], bool]


def blocks(document: Document) -> Iterator[Block]:
    """The blocks of prose of a document that have letters, in order.

    The alternative text of an image comes behind the block that holds the image.
    """
    found = list(elements(document.tags)) if document.tags else []
    enclosed = {
        element.tag.span.start: element.end
        for element in found
        if element.tag.name in _OPAQUE or not declares_english(element.language)
    }
    surroundings = _Surroundings(document.source.text, enclosed, declared_english(found))
    for leaf, kind in _leaves(document):
        waiting: list[tuple[Node, Kind]] = [(leaf, kind)]
        while waiting:
            node, kind_of_node = waiting.pop()
            segments, images = _segments(node, surroundings)
            waiting += [(image, "alternative text") for image in reversed(images)]
            block = _block(kind_of_node, segments, surroundings)
            if block is not None:
                yield block


def _leaves(document: Document) -> Iterator[tuple[Node, Kind]]:
    """The nodes that hold inlines, in order."""
    waiting: list[tuple[Node, Kind]] = [(node, "paragraph") for node in reversed(document.blocks)]
    while waiting:
        node, kind = waiting.pop()
        if type(node) in _LEAVES:
            yield node, _LEAVES[type(node)] or kind
        elif type(node) in _CONTAINERS:
            inner = _CONTAINERS[type(node)] or kind
            waiting += [(child, inner) for child in reversed(node.children)]


def _block(kind: Kind, segments: list[Segment], surroundings: _Surroundings) -> Block | None:
    """The block of these segments; None if no letter is in them."""
    text = "".join([segment.text for segment in segments])
    if not any(map(str.isalpha, text)):
        return None
    english = surroundings.english_at(segments[0].span.start) and mostly_latin(text)
    block = without_objects(Block(kind, text, tuple(segments), english), surroundings.text)
    return block if any(map(str.isalpha, block.text)) else None


def _segments(node: Node, surroundings: _Surroundings) -> tuple[list[Segment], list[Image]]:
    """What the inlines of a node say, and the images among them."""
    source = surroundings.text
    segments: list[Segment] = []
    images: list[Image] = []
    length = 0
    shown_from = 0
    for inline in _leaf_inlines(node.children):
        span = inline.span
        if span.start < shown_from:
            continue
        if type(inline) is Text:
            text = inline.text
            equal = source[span.start : span.end] == text
            if not equal and text in _INVISIBLE:
                continue
        else:
            equal = False
            if type(inline) is HtmlInline:
                span = _enclosed(span, node.span, surroundings)
                shown_from = span.end
            elif type(inline) is Image:
                images.append(inline)
            text = _meaning(inline, span, source, segments)
            if not text:
                continue
        segments.append(Segment(length, text, span, equal))
        length += len(text)
    return segments, images


def _leaf_inlines(nodes: Iterable[Node]) -> Iterator[Node]:
    """The inlines in order, emphasis and links giving way to what is in them."""
    waiting = [*nodes][::-1]
    while waiting:
        inline = waiting.pop()
        if type(inline) in _TRANSPARENT and not _is_address(inline):
            waiting += reversed(inline.children)
        else:
            yield inline


def _is_address(node: Node) -> bool:
    return type(node) is Link and node.form in {"autolink", "bare"}


def _enclosed(tag: Span, limits: Span, surroundings: _Surroundings) -> Span:
    """The span of a tag, or of all its element if that is no English prose and ends in here."""
    end = surroundings.enclosed.get(tag.start, tag.end)
    return Span(tag.start, end) if end <= limits.end else tag


def _meaning(inline: Node, span: Span, source: str, before: list[Segment]) -> str:
    """What the reader sees of an inline that is neither text nor a wrapper of it."""
    if type(inline) is LineBreak:
        return "\n" if inline.hard else " "
    if type(inline) in _OBJECTS or span != inline.span:
        return OBJECT
    if type(inline) is FootnoteReference:
        # A raised number behind a word is no part of the sentence; one among the words is.
        return "" if before and not before[-1].text[-1].isspace() else OBJECT
    tag = _TAG_NAME.match(source, span.start)
    name = tag[1].lower() if tag else ""
    return OBJECT if name in _REPLACED else "\n" if name in _LINES else ""
