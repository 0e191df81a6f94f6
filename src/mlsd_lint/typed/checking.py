"""One document checked as its type says: its values, what is wrong, and the ends of relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.nearest import nearest
from mlsd_lint.rules.typed_documents import AMBIGUOUS_TYPE, BROKEN_FRONT_MATTER, UNTYPED_DOCUMENT
from mlsd_lint.source import Span
from mlsd_lint.typed import markers
from mlsd_lint.typed.extraction import read_scope
from mlsd_lint.typed.front_matter import FrontMatterError, front_matter_values
from mlsd_lint.typed.placeholders import report_placeholders
from mlsd_lint.typed.reading import Reading
from mlsd_lint.typed.relations import ends
from mlsd_lint.typed.scopes import document_scope
from mlsd_lint.typed.validation import validate
from mlsd_lint.typed.values import Record, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mlsd_lint.document import Document
    from mlsd_lint.typed.model import TypedDocument
    from mlsd_lint.typed.reading import Problem
    from mlsd_lint.typed.shapes import Field, Shape
    from mlsd_lint.typed.types import Type, Types
    from mlsd_lint.typed.values import Value
    from mlsd_lint.workspace import Anchor, End

TYPE_KEY = "document-type"


class Typed(NamedTuple):
    """What came of checking a document; `type` is None for one without a type.

    `instance` is the model's, None if its values are not valid.
    """

    type: Type | None
    record: Record | None
    instance: TypedDocument | None
    problems: Sequence[Problem]
    ends: tuple[End, ...]


def check_typed(document: Document, types: Types, anchors: Sequence[Anchor]) -> Typed:
    """Read a document as its type, and check what is read."""
    fragments = {one.span: one.name for one in anchors if one.origin != "html"}
    reading = Reading(document, fragments, types.root)
    front_matter = _front_matter(reading) if document.front_matter else None
    found = _type_of(reading, types, front_matter)
    if found is None:
        return Typed(None, None, None, reading.problems, ())
    type_, captured = found
    record = _read(reading, type_.shape, captured, front_matter)
    instance = validate(reading, type_.shape, record)
    report_placeholders(reading)
    related = ends(type_, record, document.source, types)
    return Typed(type_, record, instance, reading.problems, related)


def _front_matter(reading: Reading) -> Record | None:
    try:
        return front_matter_values(reading.document)
    except FrontMatterError as error:
        span = Span(error.offset, error.offset)
        message = f"the front matter cannot be read: {error}"
        reading.report(BROKEN_FRONT_MATTER, (), span, message)
        return None


def _type_of(
    reading: Reading, types: Types, front_matter: Record | None
) -> tuple[Type, Mapping[str, str]] | None:
    """The type of a document and what its path captures; what is wrong with that is reported."""
    path = reading.source.path
    matching = types.matching(path)
    chosen = front_matter.fields.get(TYPE_KEY) if front_matter else None
    start = document_scope(reading.document).span
    if isinstance(chosen, Scalar):
        name = str(chosen.value)
        if name in types.types:
            captured = next((found for one, found in matching if one.name == name), {})
            return types.types[name], captured
        guess = nearest(name, list(types.types))
        hint = f'Did you mean "{guess}"?' if guess else f"There are: {', '.join(types.types)}."
        message = f'there is no document type "{name}"'
        reading.report(UNTYPED_DOCUMENT, (), chosen.span, message, hint)
        return None
    if len(matching) > 1:
        *first, last = (f'"{one.name}"' for one, _ in matching)
        help_text = f"Narrow the files of one, or write {TYPE_KEY} in its front matter."
        count = "two" if len(matching) == 2 else len(matching)
        message = f"{path} is a document of {count} types, {', '.join(first)} and {last}"
        reading.report(AMBIGUOUS_TYPE, (), start, message, help_text)
        return None
    if not matching and types.must_have_type(path):
        globs = ", ".join(glob for one in types.types.values() for glob in one.files)
        message = f"{path} has no document type"
        reading.report(UNTYPED_DOCUMENT, (), start, message, f"Types are about: {globs}.")
    return matching[0] if matching else None


def _as_asked(reading: Reading, field: Field, value: Value) -> Value:
    """A number or truth value as its text, where that is what the model asks for."""
    if isinstance(value, Scalar) and field.takes_text and not isinstance(value.value, str | None):
        return Scalar(value.span, reading.source.slice(value.span))
    return value


def _read(
    reading: Reading,
    shape: Shape,
    captured: Mapping[str, str],
    front_matter: Record | None,
) -> Record:
    scope = document_scope(reading.document)
    named: dict[str, Value] = {
        name: Scalar(scope.span, value, written=False) for name, value in captured.items()
    }
    given = front_matter.fields if front_matter else {}
    for field in shape.fields:
        if isinstance(field.place, markers.FrontMatter):
            key = field.place.key or field.name
            value = given.get(key)
        elif field.is_part:
            value = given.get(field.name) or given.get(field.name.replace("_", "-"))
        else:
            continue
        if value is not None:
            named[field.name] = _as_asked(reading, field, value)
    return read_scope(reading, shape, scope, named)
