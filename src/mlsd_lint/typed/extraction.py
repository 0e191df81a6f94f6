"""From a document and a shape to values with spans: the fields of a scope, one after the other."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mlsd_lint.document import Definition, Heading, HtmlBlock, ThematicBreak
from mlsd_lint.outline import quoted_words
from mlsd_lint.rules.typed_sections import EMPTY_SECTION
from mlsd_lint.rules.typed_values import CONTRADICTION, MISSING_VALUE, UNREADABLE_ENTRY, WRONG_COUNT
from mlsd_lint.source import Span
from mlsd_lint.typed import markers
from mlsd_lint.typed.advice import called
from mlsd_lint.typed.entries import read_entries, report_mismatch, shown_forms
from mlsd_lint.typed.matching import Mismatch, match
from mlsd_lint.typed.places import (
    code_blocks,
    headings,
    links,
    paragraphs,
    pattern_matches,
    text,
    word_count,
)
from mlsd_lint.typed.rows import read_rows
from mlsd_lint.typed.sections import sections
from mlsd_lint.typed.values import Items, Record, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mlsd_lint.document import Node
    from mlsd_lint.typed.flat_text import FlatText
    from mlsd_lint.typed.matching import Range
    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.scopes import Scope
    from mlsd_lint.typed.sections import Found
    from mlsd_lint.typed.shapes import Field, Shape
    from mlsd_lint.typed.values import Location, Value

_READ_HEADINGS = (markers.Headings, markers.Links, markers.Matches)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read_scope(
    reading: Reading,
    shape: Shape,
    scope: Scope,
    named: Mapping[str, Value],
    location: Location = (),
) -> Record:
    """The values of a model in a scope. What is not found is left out, for the model to miss.

    `named` are the values of named parts: of the file's name, the heading, or the entry.
    """
    known = dict(named)
    for field in shape.fields:
        if isinstance(field.place, markers.Title) and field.section is None:
            known |= _title_parts(reading, shape, field, scope, known, location)
    found = sections(reading, shape, scope, location)
    own = replace(scope, blocks=found.own)
    fields: dict[str, Value] = {}
    for field in shape.fields:
        here = (*location, field.name)
        value: Value | None
        if field.section is not None:
            value = _sections(reading, field, found.of.get(field.name, ()), here)
        elif field.place is not None:
            value = known.get(field.name) or _place(reading, field, own, scope, here)
        else:
            value = known.get(field.name)
        if value is not None:
            fields[field.name] = value
    anchor = reading.anchors.get(scope.span) if scope.heading else None
    return Record(scope.span, fields, anchor)


def _title_parts(
    reading: Reading,
    shape: Shape,
    field: Field,
    scope: Scope,
    known: Mapping[str, Value],
    location: Location,
) -> dict[str, Value]:
    """What the heading of the scope says, for the title's own field and for named parts."""
    flat = scope.title
    if not flat.text.strip():
        return {}
    if not field.patterns:
        piece = flat.piece(0, len(flat.text))
        return {field.name: Scalar(piece.span, piece.value)}
    parts: dict[str, Value] = {}
    for name, where in _title_ranges(reading, shape, field, flat, location).items():
        taker = shape.field(name)
        if taker is None:
            continue
        value = reading.part(taker, flat, where)
        if name in known and not _equal(known[name], value):
            elsewhere = known[name]
            written = not isinstance(elsewhere, Scalar) or elsewhere.written
            origin = "front matter" if written else "name of the file"
            reading.report(
                CONTRADICTION,
                (*location, name),
                value.span,
                f'the title says {name} "{_said(value)}", and the {origin} "{_said(elsewhere)}"',
                "Correct one of the two.",
                declared=shape.declared(field.name),
            )
        elif name not in known or known[name].span == scope.span:
            parts[name] = value
    return parts


def _title_ranges(
    reading: Reading, shape: Shape, field: Field, flat: FlatText, location: Location
) -> Mapping[str, Range]:
    """Where the named parts stand in a title; none in one that has not the form, which is said."""
    read = match(flat, field.patterns, shape.kinds)
    here = (*location, field.name)
    if isinstance(read, Mismatch):
        report_mismatch(reading, field, read, flat, here, shape.declared(field.name))
        return {}
    if read.missing:
        title = quoted_words(flat.piece(0, len(flat.text)).value)
        reading.report(
            UNREADABLE_ENTRY,
            here,
            flat.span,
            f"the title {title} has not the form {shown_forms(field.patterns)}",
            declared=shape.declared(field.name),
        )
        return {}
    return read.parts


def _equal(first: Value, second: Value) -> bool:
    return _said(first).lstrip("0") == _said(second).lstrip("0")


def _said(value: Value) -> str:
    return str(value.value) if isinstance(value, Scalar) else ""


def _sections(
    reading: Reading, field: Field, found: Sequence[Found], location: Location
) -> Value | None:
    """The value of a field that has sections of its own."""
    if not found:
        return None
    if field.place is not None or not field.many:
        return _section(reading, field, found[0], location)
    values = [_section(reading, field, one, (*location, index)) for index, one in enumerate(found)]
    kept = [value for value in values if value is not None]
    return Items(Span(kept[0].span.start, kept[-1].span.end), kept) if kept else None


def _section(reading: Reading, field: Field, found: Found, location: Location) -> Value | None:
    scope = found.scope
    if _is_empty(scope, field):
        reading.report(
            EMPTY_SECTION,
            location,
            scope.span,
            f'section "{found.title}" is empty',
            field.description or "Write what belongs there, or remove the heading.",
            declared=found.declared,
        )
        return None
    if field.place is not None:
        value = _place(reading, field, scope, scope, location)
        if value is None and not field.optional:
            reading.report(
                MISSING_VALUE,
                location,
                scope.span,
                f'section "{found.title}" has no {called(field)}',
                field.description,
                declared=found.declared,
            )
        return value
    if field.shape is not None:
        return read_scope(reading, field.shape, scope, found.named, location)
    return text(scope)


def _is_empty(scope: Scope, field: Field) -> bool:
    """Whether nothing is said in a section, neither in it nor in what lies in it.

    Of a section whose own sections are read, each is looked at instead; and headings may be what
    is read.
    """
    reads_sections = field.shape is not None and bool(field.shape.sections)
    if scope.blocks and (reads_sections or isinstance(field.place, _READ_HEADINGS)):
        return False
    return not any(map(partial(_says_something, scope), scope.blocks))


def _says_something(scope: Scope, block: Node) -> bool:
    if isinstance(block, HtmlBlock):
        return bool(_COMMENT.sub("", scope.source.slice(block.span)).strip())
    return not isinstance(block, Heading | ThematicBreak | Definition)


def _place(
    reading: Reading, field: Field, own: Scope, scope: Scope, location: Location
) -> Value | None:
    """The value of a field in a scope; `own` has only the blocks that no declared section has."""
    place = field.place
    values: Sequence[Value]
    if isinstance(place, markers.Words):
        return word_count(scope)
    if isinstance(place, markers.Text):
        return text(own)
    if isinstance(place, markers.Entries):
        values = read_entries(reading, field, place, own, location)
    elif isinstance(place, markers.Rows):
        values = read_rows(reading, field, place, own, location)
    elif isinstance(place, markers.Paragraph):
        values = paragraphs(reading, field, own, location)
    elif isinstance(place, markers.Code):
        values = code_blocks(place, scope)
    elif isinstance(place, markers.Links):
        values = links(reading, field, place, scope)
    elif isinstance(place, markers.Headings):
        values = headings(reading, place, scope)
    elif isinstance(place, markers.Matches):
        values = pattern_matches(reading, field, place, scope)
    else:
        return None  # titles and front matter were read before
    return _as_declared(reading, field, values, scope, location)


def _as_declared(
    reading: Reading, field: Field, values: Sequence[Value], scope: Scope, location: Location
) -> Value | None:
    """A list where the field is one, even an empty one; or else the only value there is."""
    if field.many:
        span = Span(values[0].span.start, values[-1].span.end) if values else scope.span
        return Items(span, values)
    if len(values) > 1 and not isinstance(field.place, markers.Paragraph):
        reading.report(
            WRONG_COUNT,
            location,
            values[1].span,
            f"{called(field)}: expected one, found {len(values)}",
        )
    return values[0] if values else None
