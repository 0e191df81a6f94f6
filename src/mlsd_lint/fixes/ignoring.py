"""Accepting today's findings: comments that silence them, put where they change nothing else.

A comment on a line of its own is a block. Between two lines of a list or a table it would cut it
in two, so it is put before the top-level block that the finding is in, or the first of several
that touch, and what it switches off is switched on again behind them.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import CodeBlock, HtmlBlock
from mlsd_lint.page import directive_lines
from mlsd_lint.source import BOM, LINE_ENDING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.document import Document
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


class _Run(NamedTuple):
    """Top-level blocks without an empty line between them, and the lines they are on (from 1).

    A comment between two of them could make them other blocks, and hides from a check that they
    touch; but a comment to us that is there already divides them. What is put behind a run that
    is `open_ended` would be part of its code or comment.
    """

    first_line: int
    last_line: int
    open_ended: bool


def with_comments(document: Document, diagnostics: Iterable[Diagnostic]) -> str:
    """The document's text with comments that silence these diagnostics of it.

    None of them may be the engine's, such as a comment that silences nothing.
    """
    runs = _runs(document)
    by_run: dict[int, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_run.setdefault(_run_index(runs, diagnostic.start.line), []).append(diagnostic)
    insertions: list[_Insertion] = []
    for index, inside in sorted(by_run.items()):
        codes = " ".join(sorted({diagnostic.code for diagnostic in inside}))
        if index < 0:
            insertions.append(_for_the_file(document, codes))
        else:
            insertions += _around(runs[index], codes, inside)
    return _insert(document.source, insertions)


def _runs(document: Document) -> list[_Run]:
    source = document.source
    dividing = directive_lines(document)
    unclosed = [comment.span for comment in document.comments if not comment.closed]
    runs: list[_Run] = []
    divided = True
    for block in document.blocks:
        first = source.position(block.span.start).line
        last = source.position(block.span.end).line
        open_ended = (isinstance(block, CodeBlock) and not block.closed) or any(
            block.span.start <= span.start < block.span.end for span in unclosed
        )
        divides = isinstance(block, HtmlBlock) and first in dividing
        if not (divided or divides) and first == runs[-1].last_line + 1:
            runs[-1] = _Run(runs[-1].first_line, last, runs[-1].open_ended or open_ended)
        else:
            runs.append(_Run(first, last, open_ended))
        divided = divides
    return runs


def _run_index(runs: list[_Run], line: int) -> int:
    """The index of the run that a line is in, -1 if it is in none."""
    index = bisect_right(runs, line, key=lambda run: run.first_line) - 1
    return index if index >= 0 and line <= runs[index].last_line else -1


def _around(run: _Run, codes: str, diagnostics: list[Diagnostic]) -> list[_Insertion]:
    if all(diagnostic.start.line == run.first_line for diagnostic in diagnostics):
        comment = f"<!-- mlsd-lint-disable-next-line {codes} -->"
        return [_Insertion(run.first_line, _RIGHT_ABOVE, comment)]
    before = _Insertion(run.first_line, _BEGIN, f"<!-- mlsd-lint-disable {codes} -->")
    if run.open_ended:
        return [before]
    return [before, _Insertion(run.last_line + 1, _END, f"<!-- mlsd-lint-enable {codes} -->")]


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
