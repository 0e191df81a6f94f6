"""Headings and their anchors (H)."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Edit, Finding, Fix, Severity
from mlsd_lint.document import Heading, HtmlBlock, Image, Text, plain_text
from mlsd_lint.outline import outline, quoted_words, shown
from mlsd_lint.registry import document_rule
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document, Node

_TITLE_IN_FRONT_MATTER = re.compile(r"^[ \t]*[\"']?title[\"']?[ \t]*[:=][ \t]*\S", re.MULTILINE)
_TRAILING = ".,;:。，；："
_EMOJI_CODE = re.compile(r":[a-z0-9_+-]+:$", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"(?:^|[^\w.])(?:"
    r"[A-Za-z]"  # an initial, a lettered part
    r"|(?:\w{1,3}\.)+\w{1,3}"  # U.S., e.g., Ph.D.
    r"|etc|vs|cf|ca|al|approx|resp|incl|excl|misc|dept|est|ed|eds|fig|no|vol|pp|sec|ch"
    r"|inc|ltd|co|corp|bros|jr|sr|st|mr|mrs|ms|dr|prof|rev|gen"
    r")\.$",
    re.IGNORECASE,
)


@document_rule("H001", "missing-title", Severity.WARNING)
def missing_title(document: Document) -> Iterator[Finding]:
    """A document has a title: a heading of the first level, or `title` in its front matter.

    The title names the page in a table of contents, in a browser's tab and in search results; a
    page without one goes by its file name. `<h1>` in raw HTML counts. A document with nothing
    in it but comments and front matter is not asked for a title, and neither is a heading in
    a quote taken for one.

    Bad:
        ## Resources

        Papers and talks.

    Good:
        # Data engineering

        ## Resources

        Papers and talks.
    """
    levels = outline(document)
    if any(level.level == 1 for level in levels) or _front_matter_title(document):
        return
    content = next((block for block in document.blocks if not is_comment(document, block)), None)
    if content is None:
        return
    first = next((level for level in levels if level.node is not None), None)
    found = f"its first heading {shown(document, first)} is of level {first.level}" if first else ""
    place = first.span if first else content.span
    yield Finding(
        document.source.line_span(document.source.position(place.start).line),
        f"document has no title: {found or 'it has no heading'}",
        "Start the document with `# Title`, or give its front matter a `title`.",
    )


def _front_matter_title(document: Document) -> bool:
    front_matter = document.front_matter
    if front_matter is None:
        return False
    return (
        _TITLE_IN_FRONT_MATTER.search(document.source.slice(front_matter.content_span)) is not None
    )


def is_comment(document: Document, block: Node) -> bool:
    """Whether a block holds nothing but comments."""
    if not isinstance(block, HtmlBlock):
        return False
    end = block.span.start
    for comment in _comments_in(document, block.span):
        if document.source.text[end : comment.start].strip():
            return False
        end = comment.end
    return not document.source.text[end : block.span.end].strip()


def _comments_in(document: Document, span: Span) -> list[Span]:
    comments = document.comments
    first = bisect_left(comments, span.start, key=lambda comment: comment.span.start)
    last = bisect_left(comments, span.end, key=lambda comment: comment.span.start)
    return [comment.span for comment in comments[first:last]]


@document_rule("H002", "multiple-titles", Severity.WARNING)
def multiple_titles(document: Document) -> Iterator[Finding]:
    """A document has one heading of the first level.

    A second one makes two documents of one file: readers, search engines and tables of contents
    take the first for the title and lose the rest. Headings in quotes are not counted.

    Bad:
        # Features

        # Labels

    Good:
        # Training data

        ## Features

        ## Labels
    """
    titles = [level for level in outline(document) if level.level == 1]
    for other in titles[1:]:
        line = document.source.position(titles[0].span.start).line
        yield Finding(
            other.span,
            f"title {shown(document, other)} is one too many: line {line} already has"
            f" {shown(document, titles[0])}",
            "Make it a heading of the second level (`##`), with all below it one level lower.",
        )


@document_rule("H003", "skipped-level", Severity.WARNING)
def skipped_level(document: Document) -> Iterator[Finding]:
    """A heading is at most one level deeper than the one before it.

    The levels are the outline that screen readers, tables of contents and editors show. A
    heading that jumps from `##` to `####` hangs under a section that does not exist, and is
    usually one that was meant to be `###`. The first heading of a document may have any level.

    Bad:
        # Serving

        ### Batch prediction

    Good:
        # Serving

        ## Batch prediction
    """
    for before, level in pairwise(outline(document)):
        right = before.level + 1
        if level.node is not None and level.level > right:
            line = document.source.position(before.span.start).line
            yield Finding(
                level.span,
                f"heading {shown(document, level)} is of level {level.level}, right below"
                f" {shown(document, before)} of level {before.level} (line {line})",
                f"Make it level {right} (`{'#' * right}`), or add the heading that is missing.",
            )


@document_rule("H005", "trailing-punctuation", Severity.INFO, fixable=True)
def trailing_punctuation(document: Document) -> Iterator[Finding]:
    """A heading does not end with a full stop, comma, semicolon or colon.

    A heading is a label, not a sentence; in a table of contents its punctuation stands in the
    way. Question and exclamation marks say something and stay, as do an ellipsis and the dot of
    an abbreviation ("etc.", "Inc.", "U.S.") or of a single letter. Removing the mark can change
    the heading's anchor in some renderers, so the fix is not applied unasked.

    Bad:
        # Deployment:

    Good:
        # Deployment
    """
    for heading in document.of(Heading):
        offset = _trailing_mark(document, heading)
        if offset is None:
            continue
        mark = document.source.text[offset]
        span = Span(offset, offset + 1)
        yield Finding(
            span,
            f'heading {quoted_words(plain_text(heading))} ends with "{mark}"',
            f'Remove the "{mark}".',
            Fix(f'Remove "{mark}" at the end of the heading', (Edit(span, ""),), safe=False),
        )


def _trailing_mark(document: Document, heading: Heading) -> int | None:
    """The offset of the punctuation that ends the heading's text, None if nothing is wrong."""
    last: Node = heading
    while last.children and not isinstance(last, Image):
        last = last.children[-1]
    if not isinstance(last, Text):
        return None
    source = document.source.slice(last.span)
    text = _without_attributes(source)
    written_out = _without_attributes(plain_text(heading))
    if (
        not text
        or text[-1] not in _TRAILING
        or last.text != source
        or text.endswith(("...", "::"))
        or len(written_out) < 2
        or _EMOJI_CODE.search(text)
        or _ABBREVIATION.search(written_out)
    ):
        return None
    return last.span.start + len(text) - 1


def _without_attributes(text: str) -> str:
    """Text without the `{#id .class}` that some renderers take from a heading's end."""
    stripped = text.rstrip()
    opening = stripped.rfind("{")
    return stripped[:opening].rstrip() if stripped.endswith("}") and opening >= 0 else stripped


@document_rule("H007", "empty-heading", Severity.WARNING)
def empty_heading(document: Document) -> Iterator[Finding]:
    """A heading has text.

    An empty one is a blank line in the table of contents and an anchor nobody can name. It is
    what remains of a section that was removed, or a `#` that was typed by accident. An image
    with a description counts as text.

    Bad:
        # Testing

        ##

        Words.

    Good:
        # Testing

        Words.
    """
    for heading in document.of(Heading):
        inner = [node for node in heading.walk() if isinstance(node, Image)]
        if not inner and not plain_text(heading).strip():
            yield Finding(
                heading.span,
                f"heading of level {heading.level} without text",
                "Write the heading, or remove its line.",
            )
