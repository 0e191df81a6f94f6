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
    return INLINES[type(node)](document, node)


def _wrapped(tag):
    return lambda document, node: f"<{tag}>{_inlines(document, node.children)}</{tag}>"


def _title(node):
    return "" if node.title is None else f' title="{_text(node.title)}"'


def _image(_, node):
    return f'<img src="{_url(node.destination)}" alt="{_text(node.alt)}"{_title(node)} />'


def _link(document, node):
    inner = _inlines(document, node.children)
    return f'<a href="{_url(node.destination)}"{_title(node)}>{inner}</a>'


INLINES = {
    d.Text: lambda _, node: _text(node.text),
    d.CodeSpan: lambda _, node: f"<code>{_text(node.text)}</code>",
    d.Emphasis: _wrapped("em"),
    d.Strong: _wrapped("strong"),
    d.Strikethrough: _wrapped("del"),
    d.LineBreak: lambda _, node: "<br />\n" if node.hard else "\n",
    d.HtmlInline: lambda document, node: document.source.slice(node.span),
    d.Image: _image,
    d.Link: _link,
    d.FootnoteReference: lambda _, node: f"[^{node.label}]",
}


def _blocks(document, nodes, *, tight):
    return "".join(_block(document, node, tight=tight) for node in nodes)


def _block(document, node, *, tight):
    if isinstance(node, d.Paragraph):
        inner = _inlines(document, node.children)
        return f"{inner}\n" if tight else f"<p>{inner}</p>\n"
    return BLOCKS[type(node)](document, node)


def _heading(document, node):
    return f"<h{node.level}>{_inlines(document, node.children)}</h{node.level}>\n"


def _quote(document, node):
    return f"<blockquote>\n{_blocks(document, node.children, tight=False)}</blockquote>\n"


def _list(document, node):
    tag = "ul" if node.start is None else "ol"
    start = "" if node.start in {None, 1} else f' start="{node.start}"'
    items = "".join(_item(document, item, tight=node.tight) for item in node.children)
    return f"<{tag}{start}>\n{items}</{tag}>\n"


def _code(document, node):
    language = node.info.split()[0] if node.info.split() else ""
    attribute = f' class="language-{_text(language)}"' if language else ""
    code = _text("".join(f"{line}\n" for line in _code_lines(document, node)))
    return f"<pre><code{attribute}>{code}</code></pre>\n"


def _html(document, node):
    start = _line_start(document, node.span.start)
    return document.source.text[start : node.span.end] + "\n"


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


def squeezed(html):
    """HTML without what container markers and indentation inside code may have left in it."""
    return re.sub(r"\s|>|&gt;", "", html)


BLOCKS = {
    d.Heading: _heading,
    d.BlockQuote: _quote,
    d.ThematicBreak: lambda *_: "<hr />\n",
    d.List: _list,
    d.CodeBlock: _code,
    d.HtmlBlock: _html,
    d.Table: _table,
    d.Definition: lambda *_: "",
    d.FootnoteDefinition: lambda *_: "",
}
