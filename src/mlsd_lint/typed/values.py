"""What was found in a document for a model: values, each with its span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mlsd_lint.source import Span

Location = tuple[str | int, ...]
"""A path into values, as pydantic's `loc`: names of fields, and indexes from 0."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; text is kept as the words say it, and pydantic makes of it what the model asks.

    `written` is False for what stands nowhere in the text: a count, a part of the file's name.
    """

    span: Span
    value: Any
    written: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """The values of a model by field; `anchor` is the place in the page it has, if it has one."""

    span: Span
    fields: Mapping[str, Value]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """The values of a list, in order."""

    span: Span
    items: Sequence[Value]


Value = Scalar | Record | Items


def plain(value: Value) -> Any:
    """The value as pydantic takes it: dicts, lists and scalars."""
    if isinstance(value, Scalar):
        return value.value
    if isinstance(value, Items):
        return [plain(one) for one in value.items]
    return {name: plain(one) for name, one in value.fields.items()}


def deepest(value: Value, location: Location) -> tuple[Value, Location]:
    """The value at a location, or the last one on the way to it; and how far that way goes."""
    for depth, step in enumerate(location):
        inner: Value | None = None
        if isinstance(value, Record) and isinstance(step, str):
            inner = value.fields.get(step)
        elif isinstance(value, Items) and isinstance(step, int) and step < len(value.items):
            inner = value.items[step]
        if inner is None:
            return value, location[:depth]
        value = inner
    return value, location


def walk(value: Value, location: Location = ()) -> Iterator[tuple[Location, Value]]:
    """Every value with its location, the outer ones first."""
    yield location, value
    if isinstance(value, Record):
        for name, inner in value.fields.items():
            yield from walk(inner, (*location, name))
    elif isinstance(value, Items):
        for index, inner in enumerate(value.items):
            yield from walk(inner, (*location, index))
