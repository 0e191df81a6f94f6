"""What pydantic says of the values of a document, told as problems of the text; imports pydantic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import ValidationError

from mlsd_lint.outline import quoted_words
from mlsd_lint.rules.typed_values import MISSING_VALUE, WRONG_COUNT, WRONG_VALUE
from mlsd_lint.typed.advice import advice, called
from mlsd_lint.typed.markers import FrontMatter, Rows, Words
from mlsd_lint.typed.values import Items, Record, Scalar, deepest, plain

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from mlsd_lint.source import Span
    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.shapes import Declared, Field, Shape
    from mlsd_lint.typed.values import Location, Value

_COUNTS = {"too_short": ("at least", "min_length"), "too_long": ("at most", "max_length")}
_OWNERS: dict[type[Any], str] = {Rows: "row", FrontMatter: "front matter"}
_LIMITS = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}
_STRUCTURES = {"list_type": "a list", "dict_type": "named values"}
_THEIRS = ("value_error", "assertion_error")


class _Place(NamedTuple):
    """Where in the shapes a location leads: the last field on the way, and what holds it."""

    field: Field | None
    shape: Shape
    owner: str

    @property
    def declared(self) -> Declared | None:
        return self.shape.declared(self.field.name if self.field else "")


def validate(reading: Reading, shape: Shape, record: Record) -> Any:
    """Check the values of a document against its model, and report what is wrong.

    Where reading has already found something wrong, nothing is said again. Returns the model's
    instance, None if there is none.
    """
    try:
        return shape.model.model_validate(plain(record))
    except ValidationError as error:
        known = [*(problem.location for problem in reading.problems), *reading.explained]
        said: set[Location] = set()
        for detail in error.errors(include_url=False):
            value, way = deepest(record, detail["loc"])
            location = detail["loc"][: len(way) + 1] if detail["type"] == "missing" else way
            if location in said or any(_within(location, one) for one in known):
                continue
            said.add(location)
            _report(reading, _place(shape, location), value, location, detail)
    return None


def _within(location: Location, other: Location) -> bool:
    """Whether `location` lies in or at `other`."""
    return location[: len(other)] == other and bool(other)


def _place(shape: Shape, location: Location) -> _Place:
    field: Field | None = None
    holder, owner = shape, "document"
    for step in location:
        if isinstance(step, int):
            continue
        if field is not None and field.shape is not None:
            holder = field.shape
            owner = _OWNERS.get(type(field.place), "entry")
            owner = "section" if field.section is not None and field.place is None else owner
        field = holder.field(step)
    return _Place(field, holder, owner)


def _report(
    reading: Reading, place: _Place, value: Value, location: Location, detail: ErrorDetails
) -> None:
    kind = detail["type"]
    field = place.field
    name = field.name if field else "this document"
    span, help_text = value.span, field.description if field else ""
    if kind == "missing":
        what = called(field) if field else location[-1]
        rule, message = MISSING_VALUE, f"this {place.owner} has no {what}"
        if field is not None and isinstance(field.place, FrontMatter):
            span = _front_matter(reading, span)
    elif kind in _COUNTS and "actual_length" in detail.get("ctx", {}):
        words, key = _COUNTS[kind]
        ctx = detail["ctx"]
        rule, span = WRONG_COUNT, _first_beyond(value, ctx[key] if kind == "too_long" else None)
        what = called(field) if field else name
        message = f"{what}: expected {words} {ctx[key]}, found {ctx['actual_length']}"
    elif field is not None and isinstance(field.place, Words) and kind in _LIMITS:
        words, key = _LIMITS[kind]
        rule = WRONG_COUNT
        message = f"{name}: expected {words} {detail['ctx'][key]}, found {_shown(value)}"
    elif kind in _THEIRS or not _is_pydantics(kind):
        rule = WRONG_VALUE
        own = detail.get("ctx", {}).get("error") if kind in _THEIRS else None
        message = f"{name}: {own or detail['msg']}"
    else:
        rule = WRONG_VALUE
        expected = field.expected if field else "something else"
        expected = _STRUCTURES.get(kind, expected)
        message = f"{name}: expected {expected}, found {_shown(value)}"
        if isinstance(value, Scalar):
            help_text = advice(field, str(value.value)) if field else ""
            message += "" if value.written else " in the name of the file"
    reading.report(rule, location, span, message, help_text, declared=place.declared)


def _front_matter(reading: Reading, span: Span) -> Span:
    """The first line of the front matter, where a key that is missing goes; `span` without one."""
    front_matter = reading.document.front_matter
    if front_matter is None:
        return span
    line = reading.source.position(front_matter.span.start).line
    return reading.source.line_span(line)


def _first_beyond(value: Value, most: int | None) -> Span:
    """Where the first value too many stands; without a limit, the values."""
    if most is not None and isinstance(value, Items) and most < len(value.items):
        return value.items[most].span
    return value.span


def _shown(value: Value) -> str:
    """What was found, as a message names it."""
    if isinstance(value, Items):
        return "a list"
    if isinstance(value, Record):
        return "several named values"
    if value.value is None:
        return "nothing"
    return quoted_words(value.value) if isinstance(value.value, str) else str(value.value)


def _is_pydantics(kind: str) -> bool:
    from pydantic_core.core_schema import ErrorType

    return kind in get_args(ErrorType)
