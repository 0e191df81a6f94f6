"""A wrapped line that Markdown takes for a list (M006)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.document import BlockQuote, FootnoteDefinition, List, ListItem, Node, Paragraph
from mlsd_lint.registry import document_rule
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.document import Document
    from mlsd_lint.source import Source

# A line that an editor or an author broke because it was full, not because the thought ended.
FULL_LINE = 60  # columns
_ENDS_A_THOUGHT = re.compile(r"[.:;!?。：；！？)\]\"'”’*_`]\s*\Z")
_GOES_ON = re.compile(r"[a-z0-9=+/<>×÷≈≤≥$(\\-]")


@document_rule("M006", "accidental-list", Severity.WARNING)
def accidental_list(document: Document) -> Iterator[Finding]:
    """A line in the middle of a sentence does not start a list.

    Where a paragraph is wrapped so that a line begins with a dash, a plus or `1)`, Markdown
    ends the paragraph there and makes a list with one item of the rest of the sentence.

    Found are lists with one item that directly follow a full line which does not end a
    sentence, and that go on in lower case, with a number or with a sign.

    Bad:
        The shop serves forty orders a minute and keeps every one of them for two hours, or 40 × 120
        + 200 in flight, which fits into memory.

    Good:
        The shop serves forty orders a minute and keeps every one of them for two hours, or
        40 × 120 + 200 in flight, which fits into memory.
    """
    for before, after in _neighbours(document.blocks):
        if isinstance(before, Paragraph) and isinstance(after, List) and len(after.children) == 1:
            item = after.children[0]
            if isinstance(item, ListItem) and _interrupts(document.source, before, item):
                marker = document.source.slice(item.marker_span)
                yield Finding(
                    item.marker_span,
                    f'"{marker}" at the start of this line makes a list of the rest of the sentence',
                    f"Wrap the paragraph elsewhere, or write \\{marker} for the sign itself."
                    if len(marker) == 1
                    else "Wrap the paragraph elsewhere.",
                )


def _neighbours(blocks: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    """Blocks that follow each other; not those of an item, whose text a list often follows."""
    yield from pairwise(blocks)
    for block in blocks:
        if isinstance(block, BlockQuote | FootnoteDefinition):
            yield from _neighbours(block.children)


def _interrupts(source: Source, paragraph: Node, item: ListItem) -> bool:
    last = source.position(paragraph.span.end)
    first = source.position(item.span.start)
    if last.line + 1 != first.line or last.column <= FULL_LINE:
        return False
    if _ENDS_A_THOUGHT.search(source.slice(paragraph.span)):
        return False
    text = source.slice(Span(item.marker_span.end, item.span.end)).lstrip()
    return _GOES_ON.match(text) is not None
