"""Which sections of a scope belong to which field, and what is wrong with their order and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.nearest import nearest
from mlsd_lint.outline import quoted_words
from mlsd_lint.rules.structure import (
    MISPLACED_SECTION,
    MISSING_SECTION,
    REPEATED_SECTION,
    UNKNOWN_SECTION,
)
from mlsd_lint.typed.matching import Match, match
from mlsd_lint.typed.order import longest_non_decreasing
from mlsd_lint.typed.patterns import Literal
from mlsd_lint.typed.scopes import (
    BELOW_HEADINGS,
    section_end,
    section_scope,
    section_starts,
    section_title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mlsd_lint.document import Node
    from mlsd_lint.typed.flat_text import FlatText
    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.scopes import Scope
    from mlsd_lint.typed.shapes import Declared, Field, Shape
    from mlsd_lint.typed.values import Location, Value


class Found(NamedTuple):
    """A section that belongs to a field."""

    scope: Scope
    title: str
    named: Mapping[str, Value]
    declared: Declared | None


class Sections(NamedTuple):
    """The sections of each field by its name, and the blocks that are in none of them."""

    of: Mapping[str, Sequence[Found]]
    own: Sequence[Node]


class _Start(NamedTuple):
    """A heading directly in the scope; `field` is None if it belongs to none."""

    block: int
    level: int
    title: FlatText
    field: Field | None
    match: Match | None


def sections(reading: Reading, shape: Shape, scope: Scope, location: Location) -> Sections:
    """Find the sections of a shape in a scope, and report those missing, unknown or misplaced."""
    if not shape.sections:
        return Sections({}, scope.blocks)
    starts = [
        start
        for index, level in section_starts(scope)
        if (start := _start(shape, scope, index, level)).field is not None or level < BELOW_HEADINGS
    ]
    own = list(range(len(scope.blocks)))
    of: dict[str, list[Found]] = {}
    for start in starts:
        if start.field is None:
            continue
        end = section_end(scope, start.block, start.level, (one.block for one in starts))
        own = [index for index in own if not start.block <= index < end]
        inner = section_scope(scope, start.block, start.level, end)
        of.setdefault(start.field.name, []).append(
            Found(
                inner, _words(start.title), _named(reading, start), shape.declared(start.field.name)
            )
        )
    _report(reading, shape, scope, starts, location)
    return Sections(of, [scope.blocks[index] for index in own])


def _start(shape: Shape, scope: Scope, index: int, level: int) -> _Start:
    title = section_title(scope, index)
    # A heading that is written out wins over a pattern that it fits as well.
    for field in sorted(shape.sections, key=lambda one: bool(one.section and one.section.names)):
        if field.section is None or (level == BELOW_HEADINGS and not _says_something(field)):
            continue
        kinds = field.shape.kinds if field.shape else {}
        for flat in _readings(title, level):
            found = match(flat, [field.section], kinds)
            if isinstance(found, Match) and not found.missing:
                return _Start(index, level, flat, field, found)
    return _Start(index, level, title, None, None)


def _readings(title: FlatText, level: int) -> list[FlatText]:
    """The title; of a paragraph also without the colon that such headings often end with."""
    text = title.text.rstrip()
    if level == BELOW_HEADINGS and text.endswith(":"):
        end = len(text) - 1
        nodes = {at: node for at, node in title.nodes.items() if at < end}
        from mlsd_lint.typed.flat_text import FlatText

        return [
            title,
            FlatText(text[:end], title.starts[:end], title.ends[:end], title.meanings[:end], nodes),
        ]
    return [title]


def _says_something(field: Field) -> bool:
    """Whether a section's pattern is more than a name, which any words would fit."""
    return field.section is not None and all(
        any(isinstance(one, Literal) for one in form) for form in field.section.forms
    )


def _named(reading: Reading, start: _Start) -> dict[str, Value]:
    if start.field is None or start.field.shape is None or start.match is None:
        return {}
    parts = start.field.shape.parts
    return {
        name: reading.part(parts[name], start.title, where)
        for name, where in start.match.parts.items()
        if name in parts
    }


def _words(title: FlatText) -> str:
    return " ".join(title.piece(0, len(title.text)).value.split())


def _report(
    reading: Reading, shape: Shape, scope: Scope, starts: Sequence[_Start], location: Location
) -> None:
    present = {start.field.name for start in starts if start.field}
    missing = [
        field for field in shape.sections if field.name not in present and not field.optional
    ]
    unknown = [start for start in starts if start.field is None]
    missing = _report_unknown(reading, shape, unknown, missing, location)
    for field in missing:
        _report_missing(reading, shape, scope, field, present, location)
    _report_repeated(reading, shape, starts, location)
    _report_misplaced(reading, shape, starts, location)


def _report_unknown(
    reading: Reading,
    shape: Shape,
    unknown: Sequence[_Start],
    missing: list[Field],
    location: Location,
) -> list[Field]:
    """Report sections no field declares; what remains missing when misspelt ones are found."""
    for start in unknown:
        title = _words(start.title)
        by_heading = {one.section.written: one for one in missing if one.section}
        guess = nearest(title, list(by_heading))
        if guess is None and shape.other_sections:
            continue
        if guess is not None:
            field = by_heading[guess]
            missing = [one for one in missing if one is not field]
            reading.report(
                UNKNOWN_SECTION,
                (*location, field.name),
                start.title.span,
                f'section {quoted_words(title)} looks like "{guess}"',
                f'Write "{guess}".',
                declared=shape.declared(field.name),
            )
            continue
        allowed = ", ".join(f'"{one.section.written}"' for one in shape.sections if one.section)
        reading.report(
            UNKNOWN_SECTION,
            location,
            start.title.span,
            f"section {quoted_words(title)} is not one of those expected here",
            f"Expected: {allowed}.",
            declared=shape.declared(""),
        )
    return missing


def _report_missing(
    reading: Reading,
    shape: Shape,
    scope: Scope,
    field: Field,
    present: set[str],
    location: Location,
) -> None:
    before = ""
    for other in shape.sections:
        if other is field:
            break
        if other.name in present and other.section:
            before = other.section.written
    where = f', expected behind "{before}"' if before else ""
    written = field.section.written if field.section else ""
    reading.report(
        MISSING_SECTION,
        (*location, field.name),
        scope.span,
        f'section "{written}" is missing{where}',
        field.description,
        declared=shape.declared(field.name),
    )


def _report_repeated(
    reading: Reading, shape: Shape, starts: Sequence[_Start], location: Location
) -> None:
    first: dict[str, _Start] = {}
    for start in starts:
        field = start.field
        if field is None or (field.many and field.place is None):
            continue
        earlier = first.setdefault(field.name, start)
        if earlier is not start:
            line = reading.source.position(earlier.title.span.start).line
            reading.report(
                REPEATED_SECTION,
                (*location, field.name),
                start.title.span,
                f"section {quoted_words(_words(start.title))} stands on line {line} already",
                "Make one section of the two.",
                declared=shape.declared(field.name),
            )


def _report_misplaced(
    reading: Reading, shape: Shape, starts: Sequence[_Start], location: Location
) -> None:
    order = {field.name: at for at, field in enumerate(shape.sections)}
    placed = [start for start in starts if start.field is not None]
    ranks = [order[start.field.name] for start in placed if start.field]
    in_place = set(longest_non_decreasing(ranks))
    for at, start in enumerate(placed):
        if at in in_place or start.field is None:
            continue
        neighbours = [placed[other] for other in sorted(in_place)]
        behind = [one for one in neighbours if one.field and order[one.field.name] <= ranks[at]]
        where = (
            f"behind {quoted_words(_words(behind[-1].title))}"
            if behind
            else f"before {quoted_words(_words(neighbours[0].title))}"
        )
        reading.report(
            MISPLACED_SECTION,
            (*location, start.field.name),
            start.title.span,
            f"section {quoted_words(_words(start.title))} is expected {where}",
            declared=shape.declared(start.field.name),
        )
