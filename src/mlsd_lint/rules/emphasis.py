"""Emphasis that stands in for a heading (H006)."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.document import (
    CodeBlock,
    Emphasis,
    Heading,
    HtmlBlock,
    Image,
    LineBreak,
    Link,
    List,
    Node,
    Paragraph,
    Strong,
    Table,
    ThematicBreak,
    plain_text,
)
from mlsd_lint.outline import outline, quoted_words
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.headings import is_comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document
    from mlsd_lint.outline import Level

_SENTENCE_END = ".,;:!?。，；：！？…"
_LONGEST_LABEL = 50  # letters; a longer run of bold text is a sentence that matters
_LETTERS_IN_ONE = 4  # what a character of a script without spaces says, in letters


@document_rule("H006", "emphasis-as-heading", Severity.WARNING)
def emphasis_as_heading(document: Document) -> Iterator[Finding]:
    """What heads a section is a heading, not a line of bold or italic text.

    A line such as `**Resources**` looks like a heading and is none: it is missing from the
    outline and the table of contents, it has no anchor to link to, and a screen reader does not
    find it. A short line counts that stands alone, is bold or italic as a whole, and has text or
    a list below it. Not so a line that ends like a sentence, is a link or an image, or stands
    inside a list or quote; nor an italic one below an image, table or code (a caption) or
    between a heading and a paragraph (a by-line).

    Bad:
        # Monitoring

        Models decay.

        **Resources**

        - A paper

    Good:
        # Monitoring

        Models decay.

        ## Resources

        - A paper
    """
    levels = outline(document)
    blocks = [block for block in document.blocks if not is_comment(document, block)]
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not _is_emphasized_label(block):
            continue
        above = blocks[at - 1] if at else None
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        if below is None or isinstance(below, Heading | ThematicBreak):
            continue
        if _is_italic(block) and _is_caption_or_byline(above, below):
            continue
        words = " ".join(plain_text(block).split())
        yield Finding(
            block.span,
            f"{quoted_words(words)} is emphasized text used as a heading",
            f"Write it as one: `{'#' * _level_below(levels, block)} {words}`.",
        )


def _is_emphasized_label(paragraph: Paragraph) -> bool:
    if len(paragraph.children) != 1:
        return False
    inner = paragraph.children[0]
    if not isinstance(inner, Emphasis | Strong):
        return False
    while len(inner.children) == 1 and isinstance(inner.children[0], Emphasis | Strong):
        inner = inner.children[0]
    words = plain_text(inner).strip()
    return (
        bool(words)
        and _letters(words) <= _LONGEST_LABEL
        and words[-1] not in _SENTENCE_END
        and not any(isinstance(node, LineBreak | Link | Image) for node in inner.walk())
    )


def _is_italic(paragraph: Paragraph) -> bool:
    return not any(isinstance(node, Strong) for node in paragraph.walk())


def _letters(words: str) -> int:
    wide = sum(char >= "\u2e80" for char in words)  # CJK and what follows it
    return len(words) + wide * (_LETTERS_IN_ONE - 1)


def _is_caption_or_byline(above: Node | None, below: Node) -> bool:
    if above is None or isinstance(above, Heading):
        return not isinstance(below, List)
    if isinstance(above, Paragraph):
        return all(isinstance(child, Image | LineBreak) for child in above.children)
    return isinstance(above, Table | CodeBlock | HtmlBlock)


def _level_below(levels: list[Level], block: Node) -> int:
    above = bisect_left(levels, block.span, key=lambda level: level.span)
    return min(levels[above - 1].level + 1, 6) if above else 2
