"""Renders a `Document` to the HTML that the specifications' examples show.

Only tests need HTML: it says whether the whole tree is what CommonMark wants, from the spans and
values that the tree carries and nothing else.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from mlsd_lint import document as d


def render(document):
    return _blocks(document, document.blocks, tight=False)


def _text(text):
    return escape(text, quote=False).replace('"', "&quot;")


def _url(url):
    return escape(quote(url, safe=":/?#@!$&()*+,;=%'-_.~"), quote=False).replace("'", "%27")


def _inlines(document, nodes):
    return "".join(_inline(document, node) for node in nodes)


def _inline(document, node):
    match node:
        case d.Text():
            return _text(node.text)
        case d.CodeSpan():
            return f"<code>{_text(node.text)}</code>"
        case d.Emphasis():
            return f"<em>{_inlines(document, node.children)}</em>"
        case d.Strong():
            return f"<strong>{_inlines(document, node.children)}</strong>"
        case d.Strikethrough():
            return f"<del>{_inlines(document, node.children)}</del>"
        case d.LineBreak():
            return "<br />\n" if node.hard else "\n"
        case d.HtmlInline():
            return raw_lines(document, node.span)
        case d.Image():
            title = "" if node.title is None else f' title="{_text(node.title)}"'
            return f'<img src="{_url(node.destination)}" alt="{_text(node.alt)}"{title} />'
        case d.Link():
            title = "" if node.title is None else f' title="{_text(node.title)}"'
            inner = _inlines(document, node.children)
            return f'<a href="{_url(node.destination)}"{title}>{inner}</a>'
        case d.FootnoteReference():
            return f"[^{node.label}]"
    raise AssertionError(node)


def _blocks(document, nodes, *, tight):
    return "".join(_block(document, node, tight=tight) for node in nodes)


def _block(document, node, *, tight):
    match node:
        case d.Paragraph():
            inner = _inlines(document, node.children)
            return f"{inner}\n" if tight else f"<p>{inner}</p>\n"
        case d.Heading():
            return f"<h{node.level}>{_inlines(document, node.children)}</h{node.level}>\n"
        case d.BlockQuote():
            return f"<blockquote>\n{_blocks(document, node.children, tight=False)}</blockquote>\n"
        case d.ThematicBreak():
            return "<hr />\n"
        case d.List():
            tag = "ul" if node.start is None else "ol"
            start = "" if node.start in (None, 1) else f' start="{node.start}"'
            items = "".join(_item(document, item, tight=node.tight) for item in node.children)
            return f"<{tag}{start}>\n{items}</{tag}>\n"
        case d.CodeBlock():
            language = node.info.split()[0] if node.info.split() else ""
            attribute = f' class="language-{_text(language)}"' if language else ""
            code = _text("".join(f"{line}\n" for line in _code_lines(document, node)))
            return f"<pre><code{attribute}>{code}</code></pre>\n"
        case d.HtmlBlock():
            return raw_lines(document, node.span, from_line_start=True) + "\n"
        case d.Table():
            return _table(document, node)
        case d.Definition() | d.FootnoteDefinition():
            return ""
    raise AssertionError(node)


def _item(document, item, *, tight):
    inner = _blocks(document, item.children, tight=tight)
    if tight and item.children and isinstance(item.children[-1], d.Paragraph):
        inner = inner.removesuffix("\n")
    first = item.children[0] if item.children else None
    if first is not None and not (tight and isinstance(first, d.Paragraph)):
        inner = "\n" + inner
    checked = ' checked=""' if item.checked else ""
    box = "" if item.checked is None else f'<input{checked} disabled="" type="checkbox"> '
    return f"<li>{box}{inner}</li>\n"


def _table(document, table):
    def row(node, tag):
        cells = [_inlines(document, cell.children) for cell in node.children]
        cells += [""] * (len(table.alignments) - len(cells))
        aligned = [f' align="{side}"' if side else "" for side in table.alignments]
        parts = [f"<{tag}{at}>{c}</{tag}>\n" for c, at in zip(cells, aligned, strict=True)]
        return "<tr>\n" + "".join(parts) + "</tr>\n"

    head, *body = table.children
    rows = "".join(row(node, "td") for node in body)
    return (
        f"<table>\n<thead>\n{row(head, 'th')}</thead>\n"
        + (f"<tbody>\n{rows}</tbody>\n" if body else "")
        + "</table>\n"
    )


def _line_start(document, offset):
    """The start of the line, or the offset itself where a container's marker stands before it."""
    source = document.source
    start = source.line_starts[source.position(offset).line - 1]
    return offset if source.text[start:offset].strip() else start


def _code_lines(document, node):
    source = document.source
    start = _line_start(document, node.span.start)
    lines = source.text[start : node.span.end].split("\n")
    if not node.fenced:
        return [_without_indent(line, 4) for line in lines]
    indent = node.span.start - start
    inner = lines[1:-1] if node.closed else lines[1:]
    return [_without_indent(line, indent, spaces_only=True) for line in inner]


def _without_indent(line, columns, *, spaces_only=False):
    column = 0
    while column < columns and line[:1] in (" " if spaces_only else " \t") and line:
        width = 1 if line[0] == " " else 4 - column % 4
        line = " " * max(0, column + width - columns) + line[1:]
        column += width
    return line


def raw_lines(document, span, *, from_line_start=False):
    start = _line_start(document, span.start) if from_line_start else span.start
    return document.source.text[start : span.end]


def squeezed(html):
    """HTML without what container markers and indentation inside code may have left in it."""
    return re.sub(r"\s|>|&gt;", "", html)
