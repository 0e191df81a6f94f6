"""What is opened and never closed: HTML tags and comments (M004), fences (M005)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.document import BlockQuote, CodeBlock, FootnoteDefinition, ListItem, Node
from mlsd_lint.registry import document_rule
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlsd_lint.document import Document, Tag
    from mlsd_lint.source import Source

# The elements of HTML that need a closing tag. Others have none (`br`), may go without (`li`),
# or are not HTML: a placeholder such as `<name>` is not opened in the first place.
_CLOSED_BY_TAG = (
    "a abbr address article aside audio b bdi bdo big blockquote button canvas center cite code "
    "data del details dfn dialog div dl em fieldset figcaption figure font footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup i iframe ins kbd label main map mark menu nav noscript object ol "
    "picture pre q ruby s samp script search section select small span strike strong style sub "
    "summary sup svg table template textarea time tt u ul var video"
)
_CLOSING_OPTIONAL = (
    "body caption colgroup dd dt head html li optgroup option p rb rp rt tbody td tfoot th thead tr"
)
CLOSED_BY_TAG = frozenset(_CLOSED_BY_TAG.split())
CLOSING_OPTIONAL = frozenset(_CLOSING_OPTIONAL.split())
# Nothing in these is a tag until their own closing tag.
RAW_TEXT = frozenset({"script", "style", "textarea"})
CONTAINERS: dict[type[Node], str] = {
    ListItem: "list item",
    BlockQuote: "quote",
    FootnoteDefinition: "footnote",
}
EMPTY_LINE = re.compile(r"(?>\r\n|\n|\r)[ \t>]*[\r\n]")
FENCE = re.compile(r"`+|~+")


@document_rule("M004", "unclosed-html", Severity.WARNING)
def unclosed_html(document: Document) -> Iterator[Finding]:
    """Every HTML element and comment that is opened is closed, and the other way round.

    A `<details>` or `<div>` that stays open swallows the rest of the page; a `<b>` makes the
    rest of it bold; an open comment hides it. A closing tag without an opening one often means
    that the opening one has a typing mistake.

    Elements that need no closing tag in HTML (`<p>`, `<li>`, `<td>`), void ones (`<br>`,
    `<img>`), and `<a name="…">`, which is an anchor and no link, may stay open.

    Bad:
        <details>
        <summary>Answer</summary>

        It depends.

    Good:
        <details>
        <summary>Answer</summary>

        It depends.

        </details>
    """
    for comment in document.comments:
        if not comment.closed:
            yield Finding(
                Span(comment.span.start, comment.span.start + len("<!--")),
                "this comment is not closed: everything behind it is hidden",
                "Close it with `-->`.",
            )
    before: Tag | None = None
    for tag in _unmatched(document.tags):
        if before and _slash_is_missing(document.source, before, tag):
            yield Finding(
                tag.span,
                f"`<{tag.name}>` opens an element that is open since line "
                f"{document.source.position(before.span.start).line}, and neither is closed",
                f"Write `</{tag.name}>` if it is meant to close it.",
            )
            before = None
            continue
        if before:
            yield _unmatched_tag(before)
        before = tag
    if before:
        yield _unmatched_tag(before)


def _slash_is_missing(source: Source, before: Tag, tag: Tag) -> bool:
    """Whether two tags of one paragraph look like a pair but for the slash."""
    opening = not (before.closing or tag.closing or tag.attributes)
    between = source.text[before.span.end : tag.span.start]
    return opening and before.name == tag.name and not EMPTY_LINE.search(between)


def _unmatched_tag(tag: Tag) -> Finding:
    if tag.closing:
        return Finding(
            tag.span,
            f"`</{tag.name}>` closes nothing: no `<{tag.name}>` is open here",
            f"Remove it, or open `<{tag.name}>` before it.",
        )
    return Finding(tag.span, f"`<{tag.name}>` is not closed", f"Close it with `</{tag.name}>`.")


def _unmatched(tags: Iterable[Tag]) -> list[Tag]:
    """Opening tags that are never closed, and closing tags that close nothing, in order.

    Elements that overlap (`<b><i></b></i>`) count as closed.
    """
    opened: dict[str, list[Tag]] = {}
    unmatched: list[Tag] = []
    raw = ""
    for tag in tags:
        if raw and not (tag.closing and tag.name == raw):
            continue
        raw = ""
        if tag.name not in CLOSED_BY_TAG and tag.name not in CLOSING_OPTIONAL:
            continue
        if not tag.closing:
            opened.setdefault(tag.name, []).append(tag)
            raw = tag.name if tag.name in RAW_TEXT and not tag.self_closing else ""
        elif opened.get(tag.name):
            opened[tag.name].pop()
        else:
            unmatched.append(tag)
    left = (tag for stack in opened.values() for tag in stack if not _may_stay_open(tag))
    return sorted((*unmatched, *left), key=lambda tag: tag.span)


def _may_stay_open(tag: Tag) -> bool:
    anchor = tag.name == "a" and tag.attribute("href") is None
    return anchor or tag.self_closing or tag.name in CLOSING_OPTIONAL


@document_rule("M005", "unclosed-fence", Severity.ERROR)
def unclosed_fence(document: Document) -> Iterator[Finding]:
    """A fenced code block is closed.

    Without a closing fence everything to the end of the document, or of the quote or list item
    it stands in, is code. A closing fence is at least as long as the opening one, of the same
    character, has no text behind it, and is indented less than four columns.

    Bad:
        ```python
        train()

        The model is trained.

    Good:
        ```python
        train()
        ```

        The model is trained.
    """
    for block, container in _unclosed(document):
        opening = FENCE.match(document.source.text, block.span.start)
        if opening is None:
            continue
        first = document.source.position(block.span.start).line
        last = document.source.position(block.span.end).line
        code = f"lines {first + 1} to {last} are" if last > first + 1 else "what follows is"
        yield Finding(
            Span(*opening.span()),
            f"the fence opened on line {first} is not closed: "
            f"{code} code, to the end of the {container}",
            f"Close it with a line of {opening[0]} alone"
            + ("." if container == "document" else f", inside the {container}."),
        )


def _unclosed(document: Document) -> Iterator[tuple[CodeBlock, str]]:
    """Fences that are left open, with the name of what ends them."""
    if all(block.closed for block in document.of(CodeBlock)):
        return
    stack: list[tuple[Node, str]] = [(block, "document") for block in reversed(document.blocks)]
    while stack:
        node, container = stack.pop()
        if isinstance(node, CodeBlock) and node.fenced and not node.closed:
            yield node, container
        container = CONTAINERS.get(type(node), container)
        stack.extend((child, container) for child in reversed(node.children))
