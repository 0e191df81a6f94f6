"""What is wrong with a type as it is declared, before any document is read."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mlsd_lint.typed import markers
from mlsd_lint.typed.matching import PartKind
from mlsd_lint.typed.patterns import Named
from mlsd_lint.typed.shapes import DeclarationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.typed.patterns import Pattern
    from mlsd_lint.typed.shapes import Field, Shape


def check_shape(shape: Shape) -> None:
    """Check one shape, not those of the models in it.

    Raises:
        DeclarationError: the first contradiction found.
    """
    headings: dict[str, str] = {}
    for field in shape.sections:
        heading = field.section.written if field.section else ""
        if heading in headings:
            message = f"{headings[heading]!r} and {field.name!r} are both the section {heading!r}"
            raise DeclarationError(message, (field.name,))
        headings[heading] = field.name
    for field in shape.fields:
        for message in _misnamed(shape, field):
            raise DeclarationError(message, (field.name,))
        _check_place(field)


def _misnamed(shape: Shape, field: Field) -> Iterator[str]:
    """Named parts of a field's patterns that nothing takes."""
    taker = field.shape if field.shape and field.kind.kind == "text" else None
    for pattern in (*field.patterns, *([field.section] if field.section else [])):
        of_heading = pattern is field.section or isinstance(field.place, markers.Title)
        for name in pattern.names:
            known = taker.parts if taker else {field.name: field}
            beside = shape.parts if of_heading and not taker else {}
            single = len(pattern.names) == 1 and not of_heading
            if name not in known and name not in beside and (taker or not single):
                owner = taker.model.__name__ if taker else shape.model.__name__
                message = f"the pattern {pattern.written!r} names {{{name}}}, which no field of {owner} takes"
                yield message


def _check_place(field: Field) -> None:
    place = field.place
    if isinstance(place, markers.Matches):
        try:
            groups = re.compile(place.expression).groupindex
        except re.error as error:
            message = f"the expression {place.expression!r} cannot be read: {error}"
            raise DeclarationError(message, (field.name,)) from None
        missing = [name for name in groups if field.shape and name not in field.shape.parts]
        if missing:
            message = f"the expression names {missing[0]!r}, which no field takes"
            raise DeclarationError(message, (field.name,))
    for pattern in field.patterns:
        _check_neighbours(pattern, field)


def _check_neighbours(pattern: Pattern, field: Field) -> None:
    """Two text parts that touch: nobody can say where the first one ends."""
    kinds = field.shape.kinds if field.shape else {}
    for form in pattern.forms:
        for first, second in pairwise(form):
            if isinstance(first, Named) and isinstance(second, Named):
                texts = [kinds.get(one.name, PartKind()).kind == "text" for one in (first, second)]
                if all(texts):
                    message = (
                        f"in the pattern {pattern.written!r} nothing parts {{{first.name}}} "
                        f"from {{{second.name}}}"
                    )
                    raise DeclarationError(message, (field.name,))
