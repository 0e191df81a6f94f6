"""From a type declared in TOML to a pydantic model, the same as one written in Python."""

from __future__ import annotations

import datetime as dt
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ForwardRef, Literal

from pydantic import Field, TypeAdapter, create_model
from pydantic_core import SchemaError

from mlsd_lint.typed import markers
from mlsd_lint.typed.model import Heading, Image, Link, Part, TypedDocument
from mlsd_lint.typed.shapes import DeclarationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mlsd_lint.config.types import FieldDeclaration, TypeDeclaration
    from mlsd_lint.typed.shapes import Declared

    Declarer = Callable[[tuple[str, ...]], Declared | None]

_TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": dt.date,
    "link": Link,
    "image": Image,
}
_PLACES = (
    "title", "text", "paragraph", "entries", "rows", "code", "links", "matches", "words", "headings",
    "front_matter",
)  # fmt: skip


def model_of(name: str, declaration: TypeDeclaration, declared: Declarer) -> type[TypedDocument]:
    """The model of a type; `declared` gives the place of a path of field names.

    Raises:
        DeclarationError: a field contradicts itself; `field` is its path.
    """
    model: type[TypedDocument] = _model(
        _class_name(name),
        TypedDocument,
        declaration.fields,
        allow=declaration.other_sections == "allow",
        description=declaration.description,
        declared=declared,
        path=(),
    )
    return model


def _model(  # noqa: PLR0913  # all of it describes the one model
    name: str,
    base: type[Any],
    fields: Mapping[str, FieldDeclaration],
    *,
    allow: bool,
    description: str,
    declared: Declarer,
    path: tuple[str, ...],
    within: Mapping[str, Any] = MappingProxyType({}),
) -> Any:
    definitions: dict[str, Any] = dict(within)
    for key, one in fields.items():
        where = (*path, key)
        if not key.isidentifier() or key.startswith("_"):
            message = f"{key!r} is no name of a field: use letters, digits and _, a letter first"
            raise DeclarationError(message, where)
        definitions[key] = _field(key, one, declared, where)
    model = create_model(
        name,
        __base__=_open(base) if allow else base,
        __doc__=description or None,
        __module__=__name__,
        **definitions,
    )
    if within:
        model.model_rebuild(_types_namespace={name: model})
    places = {key: declared((*path, key)) for key in fields}
    places[""] = declared(path)
    model.__declared__ = {key: place for key, place in places.items() if place}
    return model


def _open(base: type[Any]) -> Any:
    """The base class for a scope that may have sections which no field declares."""
    return create_model(base.__name__, __base__=base, __cls_kwargs__={"extra": "allow"})


def _field(
    key: str, one: FieldDeclaration, declared: Declarer, where: tuple[str, ...]
) -> tuple[Any, Any]:
    place = _place(one, where)
    many = _is_many(one, place)
    annotation: Any = _single(key, one, declared, where)
    bounds = _bounds(one)
    if many:
        annotation = list.__class_getitem__(annotation)
    elif bounds and annotation is str and not isinstance(place, markers.Words):
        message = "minimum and maximum count values or bound a number; this is one text"
        raise DeclarationError(message, where)
    if isinstance(place, markers.Words):
        annotation = int
    named = {"min_length": "ge", "max_length": "le"} if not many else {}
    limits = {named.get(limit, limit): value for limit, value in bounds.items()}
    found = [marker for marker in (_section(one), place, _separated(one), _refers(one)) if marker]
    if not one.required and not many:
        annotation = annotation | None
    for marker in found:
        annotation = Annotated[annotation, marker]
    default: Any = ... if one.required else ([] if many else None)
    return annotation, Field(default, description=one.description or None, **limits)


def _is_many(one: FieldDeclaration, place: Any) -> bool:
    always = (markers.Entries, markers.Rows, markers.Matches, markers.Headings)
    return isinstance(place, always) or one.repeated or bool(one.separated)


def _bounds(one: FieldDeclaration) -> dict[str, Any]:
    bounds = {"min_length": one.minimum, "max_length": one.maximum}
    return {
        key: int(value) if float(value).is_integer() else value
        for key, value in bounds.items()
        if value is not None
    }


def _single(key: str, one: FieldDeclaration, declared: Declarer, where: tuple[str, ...]) -> Any:
    """The annotation of one value of a field."""
    if one.fields:
        name = _class_name(key)
        return _model(
            name,
            Part,
            one.fields,
            allow=one.other_sections == "allow",
            description=one.description,
            declared=declared,
            path=where,
            within=_nested(key, name, one, where),
        )
    if one.headings:
        return Heading
    if one.choices:
        return Literal[one.choices]
    if one.pattern is not None:
        checked = Annotated[str, Field(pattern=one.pattern)]
        try:
            re.compile(one.pattern)
            TypeAdapter(checked)  # pydantic's regular expressions are not Python's
        except (re.error, SchemaError) as error:
            why = str(error).splitlines()[-1].removeprefix("error: ")
            message = f"the regular expression {one.pattern!r} cannot be read: {why}"
            raise DeclarationError(message, where) from None
        return checked
    return _TYPES[one.type]


def _nested(key: str, name: str, one: FieldDeclaration, where: tuple[str, ...]) -> dict[str, Any]:
    """The field by which entries hold entries of their own kind, if they may."""
    if not one.nested:
        return {}
    place = _place(one, where)
    if not isinstance(place, markers.Entries):
        raise DeclarationError("only entries can be nested", where)
    itself: Any = list.__class_getitem__(ForwardRef(name))
    return {key: (Annotated[itself, place], Field([]))}


def _place(one: FieldDeclaration, where: tuple[str, ...]) -> Any:
    given = [name for name in _PLACES if getattr(one, name) not in (False, None)]
    if len(given) > 1:
        both = " and ".join(name.replace("_", "-") for name in given)
        raise DeclarationError(f"a field has one place, and this one has {both}", where)
    if given != ["entries"]:
        _check_not_of_entries(one, where)
    if not given:
        return None
    value = getattr(one, given[0])
    if given[0] == "entries":
        order = one.sorted if isinstance(one.sorted, str) else "" if one.sorted else None
        return markers.Entries(
            *_some(value),
            numbered=one.numbered,
            sorted_by=order,
            unique=one.unique,
            locale=one.locale,
        )
    return _simple_place(given[0], value)


def _check_not_of_entries(one: FieldDeclaration, where: tuple[str, ...]) -> None:
    for key in ("numbered", "sorted", "unique"):
        if getattr(one, key):
            raise DeclarationError(f"{key} is about entries, and this field has none", where)


def _simple_place(name: str, value: Any) -> Any:
    word = value if isinstance(value, str) else ""
    makers: dict[str, Callable[[], Any]] = {
        "title": lambda: markers.Title(word),
        "text": markers.Text,
        "paragraph": lambda: markers.Paragraph(*_some(value)),
        "rows": lambda: markers.Rows({} if value is True else value),
        "code": lambda: markers.Code(word),
        "links": lambda: markers.Links(word),
        "matches": lambda: markers.Matches(word),
        "words": markers.Words,
        "headings": lambda: markers.Headings(*_some(value)),
        "front_matter": lambda: markers.FrontMatter(word),
    }
    return makers[name]()


def _some(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ()
    return (value,) if isinstance(value, str) else value


def _section(one: FieldDeclaration) -> markers.Section | None:
    return None if one.section is None else markers.Section(one.section)


def _separated(one: FieldDeclaration) -> markers.Separated | None:
    return markers.Separated(*_some(one.separated)) if one.separated else None


def _refers(one: FieldDeclaration) -> markers.Refers | None:
    to = _some(one.refers_to)
    return markers.Refers(*to, back=one.back, same=one.same) if to else None


def _class_name(name: str) -> str:
    return "".join(word.capitalize() for word in re.split(r"[\W_]+", name)) or "Type"
