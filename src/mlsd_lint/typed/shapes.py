"""From a pydantic model to its shape: for each field where it stands and what it takes."""

from __future__ import annotations

import inspect
import re
import types
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Union, get_args, get_origin

from mlsd_lint.typed import markers
from mlsd_lint.typed.matching import PartKind
from mlsd_lint.typed.model import Image, Link, Part
from mlsd_lint.typed.patterns import PatternError, parse_pattern
from mlsd_lint.typed.schema_words import as_expression, in_words, resolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic.fields import FieldInfo

    from mlsd_lint.typed.patterns import Pattern

_LISTS = (list, tuple, set, frozenset)


class DeclarationError(ValueError):
    """A type cannot be used as it is declared; `field` is the path of the field that says so."""

    def __init__(self, message: str, field: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.field = field


class Declared(NamedTuple):
    """Where something is declared: a file as given, and its line from 1."""

    path: str
    line: int

    def from_root(self, root: str) -> str:
        """The path as diagnostics name it: relative to the root if it lies there."""
        file = Path(self.path)
        if file.is_absolute() and root and file.is_relative_to(root):
            return file.relative_to(root).as_posix()
        return file.as_posix()


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a shape.

    `place` is where its value stands within its section (if it has one); both None for a named
    part. `many` for a list, `optional` where it may be missing; `record` is the model of a field
    of `Part`s. `expected` says in words what a single value must be.
    """

    name: str
    section: Pattern | None
    place: markers.Place | None
    patterns: tuple[Pattern, ...]
    many: bool
    optional: bool
    record: type[Part] | None
    kind: PartKind
    separators: tuple[str, ...]
    refers: markers.Refers | None
    expected: str
    description: str

    @property
    def shape(self) -> Shape | None:
        """The shape of its model, if it has one; a model may hold itself."""
        return shape_of(self.record) if self.record else None

    @property
    def inner(self) -> Shape | None:
        """The shape of a model that is read part by part; a link or an image is taken whole."""
        return self.shape if self.kind.content == "text" else None

    @property
    def takes_text(self) -> bool:
        """Whether a single value of it is text, of any form or one of some words."""
        return self.record is None and self.expected.startswith(("text", '"'))

    @property
    def is_part(self) -> bool:
        """Whether its value comes from the pattern, file name or heading around it."""
        return self.section is None and self.place is None


@dataclass(frozen=True, eq=False)
class Shape:
    """What is compiled of one model."""

    model: type[Part]
    fields: tuple[Field, ...]

    @cached_property
    def sections(self) -> tuple[Field, ...]:
        """The fields that have sections of their own, in order."""
        return tuple(field for field in self.fields if field.section is not None)

    @cached_property
    def parts(self) -> Mapping[str, Field]:
        """The fields that are named parts, by name."""
        return {field.name: field for field in self.fields if field.is_part}

    @cached_property
    def kinds(self) -> Mapping[str, PartKind]:
        """What may stand for each named part."""
        return {field.name: field.kind for field in self.fields}

    @property
    def other_sections(self) -> bool:
        """Whether sections may stand in the scope that no field declares."""
        return not self.sections or self.model.model_config.get("extra") == "allow"

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def leads_to(self, path: Iterable[str]) -> bool:
        """Whether there is a field at a path of names, from model to model."""
        shape: Shape | None = self
        for step in path:
            field = shape.field(step) if shape else None
            if field is None:
                return False
            shape = field.shape
        return True

    def declared(self, name: str) -> Declared | None:
        """Where a field is declared ("" for the model itself); None if nobody knows."""
        return declared(self.model, name)


class _Type(NamedTuple):
    base: Any
    metadata: tuple[Any, ...]
    many: bool
    optional: bool


@cache
def shape_of(model: type[Part]) -> Shape:
    """Compile a model.

    Raises:
        DeclarationError: a pattern cannot be read, or a field has two places.
    """
    schema = _schema(model)
    fields = tuple(_field(name, info, schema) for name, info in model.model_fields.items())
    return Shape(model, fields)


def _schema(model: type[Part]) -> Mapping[str, Any]:
    try:
        return model.model_json_schema()
    except Exception as error:  # whatever a user's type raises, it is theirs to mend
        raise DeclarationError(f"{model.__name__} has no JSON Schema: {error}") from error


def _field(name: str, info: FieldInfo, schema: Mapping[str, Any]) -> Field:
    base, metadata, many, optional = _unwrapped(info.annotation, tuple(info.metadata))
    section = _only(markers.Section, metadata, name)
    refers = _only(markers.Refers, metadata, name)
    separated = _only(markers.Separated, metadata, name)
    place = _only_place(metadata, name)
    record = base if _is_part(base) else None
    kind = PartKind("link" if base is Link else "image" if base is Image else "text")
    described, definitions = _described(name, schema, many=many)
    if kind.content == "text" and record is None:
        kind = PartKind("text", as_expression(described, definitions), separated is not None)
    if separated:
        kind = kind._replace(expression=None)
    return Field(
        name,
        _pattern(section.heading, name) if section else None,
        place,
        tuple(_pattern(one, name) for one in _patterns(place)),
        many,
        optional or not info.is_required(),
        record,
        kind,
        separated.separators if separated else (),
        refers,
        in_words(described, definitions),
        info.description or "",
    )


def _unwrapped(annotation: Any, metadata: tuple[Any, ...]) -> _Type:
    many = optional = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            metadata += tuple(more)
        elif origin in (Union, types.UnionType):
            inner = [one for one in get_args(annotation) if one is not type(None)]
            optional = optional or len(inner) < len(get_args(annotation))
            if len(inner) != 1:
                return _Type(annotation, metadata, many, optional)
            annotation = inner[0]
        elif origin in _LISTS and not many:
            many, annotation = True, get_args(annotation)[0]
        else:
            return _Type(annotation, metadata, many, optional)


def _only(kind: type[Any], metadata: tuple[Any, ...], name: str) -> Any:
    found = [one for one in metadata if isinstance(one, kind)]
    if len(found) > 1:
        raise DeclarationError(f"{kind.__name__} is given twice", (name,))
    return found[0] if found else None


def _only_place(metadata: tuple[Any, ...], name: str) -> markers.Place | None:
    found = [
        one
        for one in metadata
        if isinstance(one, markers.Place) and not isinstance(one, markers.Section)
    ]
    if len(found) > 1:
        both = " and ".join(type(one).__name__ for one in found)
        raise DeclarationError(f"a field has one place, and this one has {both}", (name,))
    return found[0] if found else None


def _is_part(base: Any) -> bool:
    return inspect.isclass(base) and issubclass(base, Part)


def _patterns(place: markers.Place | None) -> tuple[str, ...]:
    if isinstance(place, markers.Entries | markers.Paragraph):
        return place.patterns
    return (place.pattern,) if isinstance(place, markers.Title) and place.pattern else ()


def _pattern(text: str, name: str) -> Pattern:
    try:
        return parse_pattern(text)
    except PatternError as error:
        raise DeclarationError(f"the pattern {text!r} cannot be read: {error}", (name,)) from None


def _described(
    name: str, schema: Mapping[str, Any], *, many: bool
) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """The schema of one value of a field, and the definitions it refers to."""
    definitions = schema.get("$defs", {})
    whole = resolved(dict(schema), definitions)  # a model that holds itself is a reference
    described = resolved(whole["properties"][name], definitions)
    if many:
        some = [one for one in described.get("anyOf", [described]) if "items" in one]
        described = resolved(some[0]["items"], definitions) if some else {}
    return described, definitions


def declared(model: type[Part], name: str) -> Declared | None:
    """Where a model's field is declared ("" for the model itself); None if nobody knows."""
    known: Mapping[str, Declared] | None = model.__dict__.get("__declared__")
    if known is not None:
        return known.get(name) or known.get("")
    owner = next((one for one in model.__mro__ if name in inspect.get_annotations(one)), model)
    try:
        lines, first = inspect.getsourcelines(owner)
        path = inspect.getsourcefile(owner)
    except (OSError, TypeError):
        return None
    expression = re.compile(rf"\s+{re.escape(name)}\s*:") if name else None
    for offset, line in enumerate(lines):
        if expression and expression.match(line):
            return Declared(path or "", first + offset)
    return Declared(path or "", first)
