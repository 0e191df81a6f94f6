"""Values that stand somewhere in a scope: paragraphs, code, links, words, what matches."""

from __future__ import annotations

import posixpath
import re
import textwrap
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mlsd_lint.document import (
    CodeBlock,
    CodeSpan,
    Heading,
    Link,
    Paragraph,
    TableCell,
    Text,
)
from mlsd_lint.selection import file_pattern
from mlsd_lint.source import Span
from mlsd_lint.targets import is_external
from mlsd_lint.typed.entries import read_form
from mlsd_lint.typed.flat_text import flat_text
from mlsd_lint.typed.matching import Match, Range, match
from mlsd_lint.typed.values import Record, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Node
    from mlsd_lint.typed import markers
    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.scopes import Scope
    from mlsd_lint.typed.shapes import Field
    from mlsd_lint.typed.values import Location, Value

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")


def text(scope: Scope) -> Scalar | None:
    """The blocks of a scope up to a gap, as written, without the indentation of a list item."""
    if not scope.blocks:
        return None
    span = Span(scope.blocks[0].span.start, scope.blocks[-1].span.end)
    return Scalar(span, dedented(scope.source.slice(span), _column(scope, span)))


def _column(scope: Scope, span: Span) -> int:
    return scope.source.position(span.start).column - 1


def dedented(written: str, column: int) -> str:
    """What is written from a column (from 0) on, as it would stand at the beginning of lines."""
    first, newline, rest = written.partition("\n")
    margin = " " * column
    if not newline or not column:
        return written
    lines = [line.removeprefix(margin) for line in rest.split("\n")]
    return textwrap.dedent(first) + newline + "\n".join(lines)


def word_count(scope: Scope) -> Scalar:
    """How many words of prose there are: not those in code, nor those in HTML."""
    count = sum(
        len(_WORD.findall(node.text))
        for block in scope.blocks
        for node in block.walk()
        if isinstance(node, Text | CodeSpan)
    )
    return Scalar(scope.span, count, written=False)


def paragraphs(reading: Reading, field: Field, scope: Scope, location: Location) -> list[Value]:
    """The paragraphs of a scope; of a field with patterns, those that have one of its forms."""
    values: list[Value] = []
    for block in scope.blocks:
        if not isinstance(block, Paragraph):
            continue
        flat = flat_text(scope.source, [block])
        if not field.patterns:
            values.append(reading.part(field, flat, Range(0, len(flat.text))))
            continue
        takers = field.inner.parts if field.inner else dict.fromkeys((field.name,), field)
        kinds = {name: one.kind for name, one in takers.items()}
        read = match(flat, field.patterns, kinds)
        if not isinstance(read, Match) or read.missing:
            continue
        named = read_form(reading, field, [flat], flat.span, location)
        if not named:
            continue
        if field.inner is not None:
            values.append(Record(flat.span, named))
        else:
            values.append(named.get(field.name) or next(iter(named.values())))
    return values


def code_blocks(place: markers.Code, scope: Scope) -> list[Value]:
    """The fenced code of a language, without the fences."""
    return [
        _code(scope, node)
        for block in scope.blocks
        for node in block.walk()
        if isinstance(node, CodeBlock) and node.fenced
        if place.language in ("", node.language)
    ]


def _code(scope: Scope, node: CodeBlock) -> Scalar:
    source = scope.source
    first = source.position(node.span.start).line + 1
    last = source.position(node.span.end).line - node.closed
    if last < first:
        place = source.line_span(first - 1).end
        return Scalar(Span(place, place), "")
    column = _column(scope, node.span)
    start = source.line_span(first).start
    written = source.text[start : source.line_span(last).end]
    start += min(column, len(written) - len(written.lstrip(" \t>")))
    span = Span(min(start, source.line_span(first).end), source.line_span(last).end)
    return Scalar(span, dedented(source.slice(span), column))


def headings(reading: Reading, place: markers.Headings, scope: Scope) -> list[Value]:
    """The headings of a scope, each with the anchor it has in the page."""
    found: list[Value] = []
    for block in scope.blocks:
        if not isinstance(block, Heading):
            continue
        flat = flat_text(scope.source, [block])
        piece = flat.piece(0, len(flat.text))
        if piece.value in place.without:
            continue
        title = Scalar(piece.span, piece.value)
        level = Scalar(piece.span, block.level, written=False)
        anchor = reading.anchors.get(block.content_span)
        found.append(Record(block.content_span, {"title": title, "level": level}, anchor))
    return found


def links(reading: Reading, field: Field, place: markers.Links, scope: Scope) -> list[Value]:
    """The links of a scope that lead where the glob says."""
    found: list[Value] = []
    for block in scope.blocks:
        for node in block.walk():
            if type(node) is Link and leads_to(scope.source.path, node.destination, place.to):
                record = reading.link(node)
                found.append(record if field.shape is not None else record.fields["url"])
    return found


def leads_to(path: str, destination: str, glob: str) -> bool:
    """Whether a destination, written in the file at `path`, matches a glob from the root."""
    if not glob:
        return True
    if is_external(destination):
        return fnmatchcase(destination, glob)
    return _compiled(glob).fullmatch(address(path, destination).partition("#")[0]) is not None


@cache
def _compiled(glob: str) -> re.Pattern[str]:
    return file_pattern(glob)


def address(path: str, destination: str) -> str:
    """A local destination from the root, with its fragment; an external one as it is."""
    if is_external(destination):
        return destination
    target, hash_sign, fragment = destination.partition("#")
    target = unquote(target.partition("?")[0])
    if target.startswith("/"):
        whole = target.strip("/")
    else:
        whole = (
            posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        )
    return f"{whole}{hash_sign}{unquote(fragment)}"


def pattern_matches(
    reading: Reading, field: Field, place: markers.Matches, scope: Scope
) -> list[Value]:
    """What a regular expression matches in the words of a scope."""
    expression = re.compile(place.expression)
    found: list[Value] = []
    for node in _texts(scope):
        flat = flat_text(scope.source, [node])
        for one in expression.finditer(flat.text):
            whole = flat.piece(*one.span())
            if field.shape is None:
                found.append(Scalar(whole.span, whole.value))
                continue
            named: dict[str, Value] = {
                name: reading.part(field.shape.parts[name], flat, Range(*one.span(name)))
                for name in expression.groupindex
                if one[name] and name in field.shape.parts
            }
            found.append(Record(whole.span, named))
    return found


def _texts(scope: Scope) -> Iterator[Node]:
    for block in scope.blocks:
        for node in block.walk():
            if isinstance(node, Paragraph | Heading | TableCell):
                yield node
