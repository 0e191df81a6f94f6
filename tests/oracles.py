"""What two other parsers say: markdown-it-py of lines, pyromark of ranges and destinations."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pyromark
from markdown_it import MarkdownIt

from mlsd_lint import document as d

_MARKDOWN_IT = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PYROMARK = (
    pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_TASKLISTS
)
_BLOCKS = {
    "heading_open": d.Heading,
    "paragraph_open": d.Paragraph,
    "blockquote_open": d.BlockQuote,
    "bullet_list_open": d.List,
    "ordered_list_open": d.List,
    "list_item_open": d.ListItem,
    "fence": d.CodeBlock,
    "code_block": d.CodeBlock,
    "html_block": d.HtmlBlock,
    "hr": d.ThematicBreak,
    "table_open": d.Table,
    "tr_open": d.TableRow,
}


def _last_line(lines, first, last):
    """The last line from `last` upwards that holds more than white space and quote markers.

    markdown-it counts the blank lines behind a container's last block to the container; both
    sides are cut back the same way, so that only blocks are compared.
    """
    while last > first and (last > len(lines) or not lines[last - 1].strip(" \t>")):
        last -= 1
    return last


def markdown_it_blocks(text):
    """The kind and the first and last line of every block, sorted."""
    lines = text.split("\n")
    found = []
    for token in _MARKDOWN_IT.parse(text):
        if token.type in _BLOCKS and token.map:
            first, end = token.map
            found.append(
                (_BLOCKS[token.type].__name__, first + 1, _last_line(lines, first + 1, end))
            )
    return sorted(found)


def our_blocks(document):
    """The same of a document."""
    kinds = set(_BLOCKS.values())
    lines = document.source.text.split("\n")
    found = []
    for node in document.walk():
        if type(node) in kinds:
            first = document.source.position(node.span.start).line
            last = document.source.position(node.span.end).line
            found.append((type(node).__name__, first, _last_line(lines, first, last)))
    return sorted(found)


def markdown_it_destinations(text):
    """The destinations of links and images in order, percent-encoding resolved."""
    return [
        unquote(str(inline.attrs.get("href", inline.attrs.get("src"))))
        for token in _MARKDOWN_IT.parse(text)
        for inline in _all_inlines(token.children or [])
        if inline.type in {"link_open", "image"}
    ]


def _all_inlines(tokens):
    for token in tokens:
        yield token
        yield from _all_inlines(token.children or [])


def our_destinations(document):
    """The same of a document, without the addresses that only GFM links."""
    return [
        unquote(node.destination)
        for node in document.walk()
        if isinstance(node, d.Link) and node.form != "bare"
    ]


def pyromark_inlines(text):
    """Kind, start, end and value (a destination, code) of the inlines that pyromark ranges."""
    offsets = _byte_offsets(text)
    found = []
    for event, place in pyromark.events_with_range(text, options=_PYROMARK):
        inline = _pyromark_inline(event)
        if inline is not None:
            kind, value = inline
            start, end = offsets[place["start"]], offsets[place["end"]]
            found.append((kind, start, end, value))
    return found


def _pyromark_inline(event):
    match event:
        case {"Start": {"Link": link}}:
            return "Link", link["dest_url"]
        case {"Start": {"Image": image}}:
            return "Image", image["dest_url"]
        case {"Start": "Emphasis" | "Strong" | "Strikethrough" as kind}:
            return kind, ""
        case {"Code": code}:
            return "CodeSpan", code
        case {"InlineHtml": _}:
            return "HtmlInline", ""
    return None


def _byte_offsets(text):
    """The code point offset of each byte offset at which a character starts."""
    offsets = {}
    position = 0
    for index, character in enumerate(text):
        offsets[position] = index
        position += len(character.encode())
    offsets[position] = len(text)
    return offsets


def our_inlines(document):
    """The same of a document, without the addresses that only GFM links."""
    found = []
    for node in document.walk():
        start, end = node.span
        match node:
            case d.Link(form="bare"):
                continue
            case d.Link():
                value = node.destination
                if node.form == "autolink":
                    value = re.sub("^mailto:", "", value)
                found.append((type(node).__name__, start, end, value))
            case d.Emphasis() | d.Strong() | d.Strikethrough() | d.HtmlInline():
                found.append((type(node).__name__, start, end, ""))
            case d.CodeSpan():
                found.append(("CodeSpan", start, end, node.text))
    return found
