"""Accepting today's findings: comments that silence them, put where they change nothing else.

A comment on a line of its own is a block. Between two lines of a list or a table it would cut it
in two, so it is put before the top-level block that the finding is in, and what it switches off
is switched on again behind that block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import CodeBlock
from mlsd_lint.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.document import Document, Node
    from mlsd_lint.source import Source


class _Insertion(NamedTuple):
    """Comments to put before the line `line` (from 1; one past the last line is the end)."""

    line: int
    comment: str


def with_comments(document: Document, diagnostics: Iterable[Diagnostic]) -> str:
    """The document's text with comments that silence these diagnostics of it.

    What the engine reports, such as a comment that silences nothing, cannot be silenced.
    """
    rules = all_rules()
    by_block: dict[int, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if rules[diagnostic.code].scope != "engine":
            by_block.setdefault(_block_index(document, diagnostic), []).append(diagnostic)
    insertions: list[_Insertion] = []
    for index, inside in sorted(by_block.items()):
        codes = " ".join(sorted({diagnostic.code for diagnostic in inside}))
        if index < 0:
            insertions.append(_at_end(document.source, f"<!-- mlsd-lint-disable-file {codes} -->"))
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
        return [_Insertion(first, f"<!-- mlsd-lint-disable-next-line {codes} -->")]
    before = _Insertion(first, f"<!-- mlsd-lint-disable {codes} -->")
    if isinstance(block, CodeBlock) and not block.closed:
        return [before]  # a comment behind it would be more code
    return [before, _Insertion(last + 1, f"<!-- mlsd-lint-enable {codes} -->")]


def _at_end(source: Source, comment: str) -> _Insertion:
    return _Insertion(len(source.line_starts) + 1, comment)


def _insert(source: Source, insertions: list[_Insertion]) -> str:
    newline = "\r\n" if "\r\n" in source.text else "\n"
    text = source.text
    for line, comment in sorted(insertions, key=lambda one: -one.line):
        if line <= len(source.line_starts):
            offset = source.line_starts[line - 1]
            text = text[:offset] + comment + newline + text[offset:]
        else:
            gap = "" if not text or text.endswith(("\n", "\r")) else newline
            text = text + gap + comment + newline
    return text
