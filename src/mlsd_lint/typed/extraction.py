"""From a document and a shape to values with spans: the fields of a scope, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlsd_lint.rules.structure import CONTRADICTION, EMPTY_SECTION, UNREADABLE_ENTRY, WRONG_COUNT
from mlsd_lint.source import Span
from mlsd_lint.typed import markers
from mlsd_lint.typed.entries import read_entries, shown_forms
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

    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.scopes import Scope
    from mlsd_lint.typed.sections import Found
    from mlsd_lint.typed.shapes import Field, Shape
    from mlsd_lint.typed.values import Location, Value


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
    read = match(flat, field.patterns, shape.kinds)
    if isinstance(read, Mismatch) or read.missing:
        reading.report(
            UNREADABLE_ENTRY,
            (*location, field.name),
            flat.span,
            f"the title has not the form {shown_forms(field.patterns)}",
            declared=shape.declared(field.name),
        )
        return {}
    parts: dict[str, Value] = {}
    for name, where in read.parts.items():
        taker = shape.field(name)
        if taker is None:
            continue
        value = reading.part(taker, flat, where)
        if name in known and not _equal(known[name], value):
            reading.report(
                CONTRADICTION,
                (*location, name),
                value.span,
                f"the title says {name} {_said(value)}, where it is {_said(known[name])}",
                "Correct the title, or name the file after it.",
                declared=shape.declared(field.name),
            )
        elif name not in known or known[name].span == scope.span:
            parts[name] = value
    return parts


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
    if not scope.blocks:
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
        return _place(reading, field, scope, scope, location)
    if field.shape is not None:
        return read_scope(reading, field.shape, scope, found.named, location)
    return text(scope)


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
            f"{field.name}: expected one, found {len(values)}",
        )
    return values[0] if values else None
