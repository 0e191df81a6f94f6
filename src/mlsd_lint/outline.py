"""The outline of a document: its headings in order, however they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import BlockQuote, Heading, plain_text

if TYPE_CHECKING:
    from mlsd_lint.document import Document
    from mlsd_lint.source import Span

_HTML_HEADING = re.compile(r"h([1-6])")
_LONGEST = 60


class Level(NamedTuple):
    """A heading in the outline; `node` is None for one in raw HTML, `span` then its tag's."""

    span: Span
    level: int
    node: Heading | None


def outline(document: Document) -> list[Level]:
    """The document's own headings in order: those in raw HTML too, those it quotes not."""
    quoted = {
        node.span
        for quote in document.of(BlockQuote)
        for node in quote.walk()
        if isinstance(node, Heading)
    }
    levels = [
        Level(heading.span, heading.level, heading)
        for heading in document.of(Heading)
        if heading.span not in quoted
    ]
    for tag in document.tags:
        named = None if tag.closing else _HTML_HEADING.fullmatch(tag.name)
        if named:
            levels.append(Level(tag.span, int(named[1]), None))
    return sorted(levels, key=lambda level: level.span)


def shown(document: Document, level: Level) -> str:
    """A heading as a message names it: its words in quotes, or its tag."""
    if level.node is None:
        return document.source.slice(level.span)
    return quoted_words(plain_text(level.node))


def quoted_words(text: str) -> str:
    """Words in quotes on one line, cut where they grow too long for a message."""
    words = " ".join(text.split())
    return f'"{words}"' if len(words) <= _LONGEST else f'"{words[: _LONGEST - 1].rstrip()}…"'
