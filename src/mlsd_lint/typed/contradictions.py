"""What is wrong with a type as it is declared, before any document is read."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mlsd_lint.nearest import nearest
from mlsd_lint.typed import markers
from mlsd_lint.typed.matching import PartKind
from mlsd_lint.typed.patterns import Named, NextParagraph
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
    taker = field.inner
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
    if isinstance(place, markers.Entries):
        _check_entries(place, field)
    if field.section is not None:
        _check_paragraphs(field.section, "a heading", field)
    if isinstance(place, markers.Title | markers.Paragraph):
        for pattern in field.patterns:
            what = "a title" if isinstance(place, markers.Title) else "a paragraph"
            _check_paragraphs(pattern, what, field)
    for pattern in field.patterns:
        _check_neighbours(pattern, field)


def _check_paragraphs(pattern: Pattern, what: str, field: Field) -> None:
    if any(isinstance(one, NextParagraph) for one in pattern.forms[0]):
        message = f"the pattern {pattern.written!r} has an empty line, and {what} never has one"
        raise DeclarationError(message, (field.name,))


def _check_entries(place: markers.Entries, field: Field) -> None:
    """The fields that entries are sorted and known by, and those that nothing can fill."""
    for marker, path in (("sorted", place.sorted_by), ("unique", place.unique)):
        if path and not (field.shape and field.shape.leads_to(path.split("."))):
            guess = nearest(path, [one.name for one in field.shape.fields] if field.shape else [])
            hint = f"; did you mean {guess!r}?" if guess else ""
            message = f"entries are {marker} by {path!r}, but they have no such field{hint}"
            raise DeclarationError(message, (field.name,))
    if field.inner is None or not field.patterns:
        return
    named = {name for pattern in field.patterns for name in pattern.names} | {"number"}
    for part in field.inner.parts.values():
        if not part.optional and part.name not in named:
            message = f"every entry must have {part.name!r}, but no pattern has {{{part.name}}}"
            raise DeclarationError(message, (field.name,))


def _check_neighbours(pattern: Pattern, field: Field) -> None:
    """Two text parts that touch: nobody can say where the first one ends."""
    kinds = field.shape.kinds if field.shape else {}
    for form in pattern.forms:
        for first, second in pairwise(form):
            if isinstance(first, Named) and isinstance(second, Named):
                texts = [
                    kinds.get(one.name, PartKind()).content == "text" for one in (first, second)
                ]
                if all(texts):
                    message = (
                        f"in the pattern {pattern.written!r} nothing parts {{{first.name}}} "
                        f"from {{{second.name}}}"
                    )
                    raise DeclarationError(message, (field.name,))
