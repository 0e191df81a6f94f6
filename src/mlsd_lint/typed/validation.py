"""What pydantic says of the values of a document, told as problems of the text; imports pydantic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from mlsd_lint.outline import quoted_words
from mlsd_lint.rules.structure import MISSING_VALUE, WRONG_COUNT, WRONG_VALUE
from mlsd_lint.typed.markers import Code, Links, Words
from mlsd_lint.typed.values import Scalar, deepest, plain

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.shapes import Declared, Field, Shape
    from mlsd_lint.typed.values import Location, Record, Value

_COUNTS = {"too_short": ("at least", "min_length"), "too_long": ("at most", "max_length")}
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
        known = [problem.location for problem in reading.problems]
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
            owner = "section" if field.section is not None and field.place is None else "entry"
        field = holder.field(step)
    return _Place(field, holder, owner)


def _report(
    reading: Reading, place: _Place, value: Value, location: Location, detail: ErrorDetails
) -> None:
    kind = detail["type"]
    field = place.field
    name = field.name if field else "this document"
    if kind == "missing":
        rule, message = MISSING_VALUE, f"this {place.owner} has no {_called(field, location)}"
    elif kind in _COUNTS and "actual_length" in detail.get("ctx", {}):
        words, key = _COUNTS[kind]
        ctx = detail["ctx"]
        rule = WRONG_COUNT
        message = (
            f"{_counted(field, name)}: expected {words} {ctx[key]}, found {ctx['actual_length']}"
        )
    elif kind in _THEIRS or not _is_pydantics(kind):
        rule = WRONG_VALUE
        own = detail.get("ctx", {}).get("error") if kind in _THEIRS else None
        message = f"{name}: {own or detail['msg']}"
    else:
        found = str(value.value) if isinstance(value, Scalar) else "something else"
        rule = WRONG_COUNT if field and isinstance(field.place, Words) else WRONG_VALUE
        expected = field.expected if field else "something else"
        message = f"{name}: expected {expected}, found {quoted_words(found)}"
    help_text = field.description if field else ""
    reading.report(rule, location, value.span, message, help_text, declared=place.declared)


def _called(field: Field | None, location: Location) -> str:
    """A missing value by its name, and if it has none of its own, by where it would stand."""
    name = field.name if field else str(location[-1])
    if field is not None and isinstance(field.place, Code) and field.place.language:
        return f"{field.place.language} code block ({name})"
    if field is not None and isinstance(field.place, Links):
        return f"link to {field.place.to or 'anything'} ({name})"
    return name


def _counted(field: Field | None, name: str) -> str:
    return _called(field, (name,)) if field is not None else name


def _is_pydantics(kind: str) -> bool:
    from typing import get_args

    from pydantic_core.core_schema import ErrorType

    return kind in get_args(ErrorType)
