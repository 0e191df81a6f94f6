"""Accepting today's findings: comments that silence them, put where they change nothing else.

A comment on a line of its own is a block. Between two lines of a list or a table it would cut it
in two, so it is put before the top-level block that the finding is in, and what it switches off
is switched on again behind that block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import CodeBlock
from mlsd_lint.source import BOM, LINE_ENDING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.document import Document, Node
    from mlsd_lint.source import Source


class _Insertion(NamedTuple):
    """A comment to put before the line `line` (from 1; one past the last line is the end).

    Where several stand before one line, `order` tells which comes first: what ends a block's
    silence, then what begins the next one's, and last what must stand right above its line.
    """

    line: int
    order: int
    comment: str


_END, _BEGIN, _RIGHT_ABOVE = range(3)


def with_comments(document: Document, diagnostics: Iterable[Diagnostic]) -> str:
    """The document's text with comments that silence these diagnostics of it.

    None of them may be the engine's, such as a comment that silences nothing.
    """
    by_block: dict[int, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_block.setdefault(_block_index(document, diagnostic), []).append(diagnostic)
    insertions: list[_Insertion] = []
    for index, inside in sorted(by_block.items()):
        codes = " ".join(sorted({diagnostic.code for diagnostic in inside}))
        if index < 0:
            insertions.append(_for_the_file(document, codes))
        else:
            insertions += _around(document, document.blocks[index], codes, inside)
    return _insert(document.source, insertions)


def _block_index(document: Document, diagnostic: Diagnostic) -> int:
    """The index of the top-level block a diagnostic starts in, -1 if it is in none."""
    source = document.source
    for index, block in enumerate(document.blocks):
        first = source.position(block.span.start).line
        last = source.position(block.span.end).line
        if first <= diagnostic.start.line <= last:
            return index
    return -1


def _around(
    document: Document, block: Node, codes: str, diagnostics: list[Diagnostic]
) -> list[_Insertion]:
    source = document.source
    first = source.position(block.span.start).line
    last = source.position(block.span.end).line
    if all(diagnostic.start.line == first for diagnostic in diagnostics):
        return [_Insertion(first, _RIGHT_ABOVE, f"<!-- mlsd-lint-disable-next-line {codes} -->")]
    before = _Insertion(first, _BEGIN, f"<!-- mlsd-lint-disable {codes} -->")
    if isinstance(block, CodeBlock) and not block.closed:
        return [before]  # a comment behind it would be more code
    return [before, _Insertion(last + 1, _END, f"<!-- mlsd-lint-enable {codes} -->")]


def _for_the_file(document: Document, codes: str) -> _Insertion:
    """Before the first block: at the end, a fence or comment left open would swallow it."""
    source = document.source
    first = source.position(document.blocks[0].span.start).line if document.blocks else None
    line = first or len(source.line_starts) + 1
    return _Insertion(line, _BEGIN, f"<!-- mlsd-lint-disable-file {codes} -->")


def _insert(source: Source, insertions: list[_Insertion]) -> str:
    text = source.text
    newline = next(iter(LINE_ENDING.findall(text)), "\n")
    parts: list[str] = []
    done = 0
    for line, _, comment in sorted(insertions):
        inside = line <= len(source.line_starts)
        offset = source.line_starts[line - 1] if inside else len(text)
        before = text[done:offset]
        gap = newline if offset and before and not before.endswith(("\n", "\r", BOM)) else ""
        parts += (before, gap, comment, newline)
        done = offset
    return "".join((*parts, text[done:]))
