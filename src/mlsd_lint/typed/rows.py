"""The rows of tables as values: a field takes the cell under the heading that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.document import Table
from mlsd_lint.nearest import nearest
from mlsd_lint.outline import quoted_words
from mlsd_lint.rules.typed_values import MISSING_VALUE, UNREADABLE_ENTRY
from mlsd_lint.source import Span
from mlsd_lint.typed.flat_text import flat_text
from mlsd_lint.typed.matching import Range
from mlsd_lint.typed.values import Record

if TYPE_CHECKING:
    from mlsd_lint.document import Node
    from mlsd_lint.typed.markers import Rows
    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.scopes import Scope
    from mlsd_lint.typed.shapes import Field
    from mlsd_lint.typed.values import Location, Value

_ARTICLES = {"link": "a link", "image": "an image"}


def read_rows(
    reading: Reading, field: Field, place: Rows, scope: Scope, location: Location
) -> list[Value]:
    """The rows of the tables in a scope, in order, as records of the field's model."""
    values: list[Value] = []
    for block in scope.blocks:
        if isinstance(block, Table) and field.shape is not None:
            header, *rows = block.children
            columns = _columns(reading, field, place, header, location)
            lacking = field.shape.parts.keys() - columns.keys()
            for row in rows:
                here = (*location, len(values))
                reading.explained.update((*here, name) for name in lacking)
                values.append(_row(reading, field, columns, row, here))
    return values


def _columns(
    reading: Reading, field: Field, place: Rows, header: Node, location: Location
) -> dict[str, int]:
    """The column of each field. One that no column names and that must be there is reported."""
    written = [flat_text(reading.source, [cell]).text.strip() for cell in header.children]
    titles = [_folded(title) for title in written]
    columns: dict[str, int] = {}
    for part in field.shape.parts.values() if field.shape else ():
        title = place.columns.get(part.name, part.name)
        if _folded(title) in titles:
            columns[part.name] = titles.index(_folded(title))
        elif not part.optional:
            guess = nearest(title, [one for one in written if one])
            reading.report(
                MISSING_VALUE,
                (*location, part.name),
                header.span,
                f'the table has no column "{title}"',
                f'"{guess}" looks like it.' if guess else part.description,
                declared=field.shape.declared(part.name) if field.shape else None,
            )
    return columns


def _folded(title: str) -> str:
    return " ".join(title.replace("_", " ").strip("*` ").casefold().split())


def _row(
    reading: Reading, field: Field, columns: dict[str, int], row: Node, location: Location
) -> Record:
    fields: dict[str, Value] = {}
    for name, column in columns.items():
        part = field.shape.parts[name] if field.shape else None
        if part is None or column >= len(row.children):
            continue
        flat = flat_text(reading.source, [row.children[column]])
        if not flat.text.strip():
            continue
        if part.kind.content == "text":
            fields[name] = reading.part(part, flat, Range(0, len(flat.text)))
        elif flat.nodes:
            fields[name] = reading.link(next(iter(flat.nodes.values())))
        else:
            reading.report(
                UNREADABLE_ENTRY,
                (*location, name),
                flat.span,
                f"{name}: expected {_ARTICLES[part.kind.content]}, found {quoted_words(flat.text)}",
                part.description,
                declared=field.shape.declared(name) if field.shape else None,
            )
    return Record(Span(*row.span), fields)
