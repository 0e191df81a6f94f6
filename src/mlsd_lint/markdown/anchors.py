"""The places in a document that a fragment can name.

What a heading is called depends on who renders it, hence the dialect:

- github: the slug of the rendered words (html-pipeline's table of contents filter, whose
  behaviour github-slugger's fixtures pin down). An image gives no words, a tag is stripped, an
  emoji short code keeps its name, `{#id}` is text like any other. `<h1>` to `<h6>` in raw HTML
  are headings too.
- mkdocs: Python-Markdown's `toc` extension, with `attr_list`'s `{#id .class}` and `{: #id }`.
  All ids written out are taken before the first one is generated.
- pandoc: the manual's sections on `auto_identifiers` and `header_attributes`, with `smart`
  punctuation on, as it is by default. An image's description is part of the name.

In every dialect an `id` in raw HTML is an anchor, and so is the `name` of an `<a>`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import (
    CodeBlock,
    CodeSpan,
    FootnoteReference,
    Heading,
    Image,
    LineBreak,
    Node,
    Text,
)
from mlsd_lint.markdown.slug import (
    MkdocsNames,
    PandocNames,
    Slugger,
    mkdocs_slug,
    pandoc_slug,
    slug,
)
from mlsd_lint.source import Span
from mlsd_lint.workspace import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.config.settings import Dialect
    from mlsd_lint.document import Document

_HTML_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SMART_PUNCTUATION = re.compile(r"-{2,3}|\.{3}")
_ID = re.compile(r"(?:\{:?|\s)(?:#|id=)([^\s\"'}]+)")
_BRACES = re.compile(r"\{[^{}\n]*\}")
# One of Pandoc's attributes: an identifier, a class, a key with its value, or `-`.
_PANDOC_ATTRIBUTE = r"(?:[#.][^\s{}\"'=]+|[\w:.-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'{}]+)|-)"
_PANDOC_ATTRIBUTES = re.compile(rf"{_PANDOC_ATTRIBUTE}(?:\s+{_PANDOC_ATTRIBUTE})*")


class _Titled(NamedTuple):
    """A heading with the words its name is made of, and the id its author gave it."""

    span: Span
    words: str
    custom: str | None
    custom_span: Span


def anchors(document: Document, dialect: Dialect) -> tuple[Anchor, ...]:
    """Every anchor of a document, in its order. `name`s are as a renderer writes them.

    A heading without words has the anchor its dialect invents for it (`section`, `_1`), and on
    GitHub none.
    """
    found = [*_html_anchors(document), *_attribute_anchors(document, dialect)]
    if dialect == "github":
        found += _github(document)
    elif dialect == "mkdocs":
        found += _mkdocs(document, {anchor.name for anchor in found if anchor.origin == "custom"})
    else:
        found += _pandoc(document)
    return tuple(sorted(found, key=lambda anchor: anchor.span))


def _github(document: Document) -> Iterator[Anchor]:
    headings = [(heading.content_span, _words(heading)) for heading in document.of(Heading)]
    headings += _html_headings(document)
    slugger = Slugger()
    for span, words in sorted(headings):
        base = slug(words)
        if base:
            yield Anchor(slugger.unique(base), base, "heading", span)


def _mkdocs(document: Document, used: set[str]) -> Iterator[Anchor]:
    headings = [_titled(document, heading, "mkdocs") for heading in document.of(Heading)]
    names = MkdocsNames(used | {heading.custom for heading in headings if heading.custom})
    for heading in headings:
        if heading.custom:
            yield Anchor(heading.custom, heading.custom, "custom", heading.custom_span)
        else:
            base = mkdocs_slug(heading.words)
            yield Anchor(names.unique(base), base, "heading", heading.span)


def _pandoc(document: Document) -> Iterator[Anchor]:
    names = PandocNames()
    for node in document.of(Heading):
        heading = _titled(document, node, "pandoc")
        if heading.custom:
            names.take(heading.custom)
            yield Anchor(heading.custom, heading.custom, "custom", heading.custom_span)
        else:
            base = pandoc_slug(heading.words)
            yield Anchor(names.unique(base), base, "heading", heading.span)


def _titled(document: Document, heading: Heading, dialect: Dialect) -> _Titled:
    span = heading.content_span
    braces = _attributes(document, heading, dialect)
    if braces is None:
        return _Titled(span, _words(heading, dialect), None, span)
    words = _words(heading, dialect, braces.start)
    named = _ID.search(document.source.slice(braces))
    if named is None:
        return _Titled(span, words, None, span)
    start = braces.start + named.start(1)
    return _Titled(span, words, named[1], Span(start, start + len(named[1])))


def _attributes(document: Document, heading: Heading, dialect: Dialect) -> Span | None:
    """The braces at a heading's end, if the dialect takes what is in them for attributes."""
    text = document.source.slice(heading.content_span).rstrip(" ")
    opening = text.rfind("{")
    if not text.endswith("}") or opening < 0:
        return None
    inside = text[opening + 1 : -1].strip()
    if dialect == "pandoc":
        known = _PANDOC_ATTRIBUTES.fullmatch(inside) is not None
    else:
        known = inside not in {"", ":"} and text[:opening].endswith(" ")
    start = heading.content_span.start
    braces = Span(start + opening, start + len(text))
    return braces if known and not _in_code(heading, braces.start) else None


def _in_code(node: Node, offset: int) -> bool:
    return any(
        isinstance(inner, CodeSpan) and inner.span.start <= offset < inner.span.end
        for inner in node.walk()
    )


def _words(heading: Heading, dialect: Dialect = "github", end: int | None = None) -> str:
    """The text a name is made of, up to the offset `end`; a line ending is kept as one."""
    limit = heading.span.end if end is None else end
    return "".join(
        _leaf_words(leaf, dialect, limit)
        for leaf in _leaves(heading.children, images=dialect == "pandoc")
        if leaf.span.start < limit
    )


def _leaf_words(leaf: Node, dialect: Dialect, limit: int) -> str:
    if isinstance(leaf, CodeSpan):
        return leaf.text
    if isinstance(leaf, LineBreak):
        return "\n"
    if isinstance(leaf, FootnoteReference):
        return leaf.label if dialect == "pandoc" else ""
    if not isinstance(leaf, Text):
        return ""
    text = leaf.text[: limit - leaf.span.start] if leaf.span.end > limit else leaf.text
    return _SMART_PUNCTUATION.sub("", text) if dialect == "pandoc" else text


def _leaves(nodes: Sequence[Node], *, images: bool) -> Iterator[Node]:
    """The nodes without children below `nodes`; with `images`, also those of descriptions."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if isinstance(node, Image) and not images:
            continue
        stack.extend(reversed(node.children))
        if not node.children:
            yield node


def _html_headings(document: Document) -> Iterator[tuple[Span, str]]:
    """The headings written as `<h1>…</h1>` in raw HTML: where their content is, and its text.

    White space is kept as GitHub keeps it, where `<h1>` followed by a line break and two spaces
    has an anchor that starts with two hyphens.
    """
    from html import unescape

    opened: int | None = None
    for at, tag in enumerate(document.tags):
        if tag.name not in _HTML_HEADINGS:
            continue
        if not tag.closing:
            opened = at
        elif opened is not None and document.tags[opened].name == tag.name:
            span = Span(document.tags[opened].span.end, tag.span.start)
            inner = [inside.span for inside in document.tags[opened + 1 : at]]
            yield span, unescape(_without(document, span, inner))
            opened = None


def _without(document: Document, span: Span, tags: list[Span]) -> str:
    """The source under `span` without these tags and without comments."""
    first = bisect_left(document.comments, span.start, key=lambda comment: comment.span.start)
    last = bisect_left(document.comments, span.end, key=lambda comment: comment.span.start)
    removed = sorted([*tags, *(comment.span for comment in document.comments[first:last])])
    starts = [span.start, *(cut.end for cut in removed)]
    ends = [*(cut.start for cut in removed), span.end]
    return "".join(document.source.text[start:end] for start, end in zip(starts, ends, strict=True))


def _html_anchors(document: Document) -> Iterator[Anchor]:
    for tag in document.tags:
        if tag.closing:
            continue
        names = {"id", "name"} if tag.name == "a" else {"id"}
        seen = set()
        for attribute in tag.attributes:
            value, span = attribute.value, attribute.value_span
            if attribute.name in names and span is not None and value and value not in seen:
                seen.add(value)
                yield Anchor(value, value, "html", span)


def _attribute_anchors(document: Document, dialect: Dialect) -> Iterator[Anchor]:
    """Ids given to anything but a heading: `[text]{#id}`, `::: {#id}`, a fence's `{#id}`.

    Headings are left out: theirs decide what other headings are called.
    """
    if dialect == "github" or "{" not in document.source.text:
        return
    in_headings = {inner.span for heading in document.of(Heading) for inner in heading.walk()}
    for text in document.of(Text):
        if "{" in text.text and text.span not in in_headings:
            yield from _ids_in(document, text.span)
    for code in document.of(CodeBlock):
        if code.info_span is not None:
            yield from _ids_in(document, code.info_span)


def _ids_in(document: Document, span: Span) -> Iterator[Anchor]:
    for braces in _BRACES.finditer(document.source.text, span.start, span.end):
        named = _ID.search(braces[0])
        if named:
            start = braces.start() + named.start(1)
            yield Anchor(named[1], named[1], "custom", Span(start, start + len(named[1])))
