"""Which sections of a scope belong to which field, and what is wrong with their order and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import Emphasis, Heading, Strong
from mlsd_lint.nearest import folded, nearest, unmistakable
from mlsd_lint.outline import quoted_words
from mlsd_lint.rules.typed_sections import (
    MISPLACED_SECTION,
    MISSING_SECTION,
    REPEATED_SECTION,
    UNKNOWN_SECTION,
)
from mlsd_lint.typed.flat_text import flat_text
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
        for flat in _readings(scope, index, title, level):
            found = match(flat, [field.section], kinds)
            if isinstance(found, Match) and not found.missing:
                return _Start(index, level, flat, field, found)
    return _Start(index, level, title, None, None)


def _readings(scope: Scope, index: int, title: FlatText, level: int) -> list[FlatText]:
    """The title, and without what such a title often has besides its words.

    That is the emphasis of a whole heading, and the colon behind an emphasized paragraph.
    """
    inner = scope.blocks[index].children
    if level < BELOW_HEADINGS and len(inner) == 1 and isinstance(inner[0], Emphasis | Strong):
        return [title, flat_text(scope.source, inner)]
    text = title.text.rstrip()
    if level == BELOW_HEADINGS and text.endswith(":"):
        return [title, title.until(len(text) - 1)]
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
    unknown = [start for start in starts if start.field is None or not _says_something(start.field)]
    absent = [field for field in shape.sections if field.name not in present]
    misspelt = _report_unknown(reading, shape, unknown, absent, location)
    for field in missing:
        if field not in misspelt:
            _report_missing(reading, shape, scope, field, present, location)
    _report_repeated(reading, shape, starts, location)
    _report_misplaced(reading, shape, starts, location)


def _report_unknown(
    reading: Reading,
    shape: Shape,
    unknown: Sequence[_Start],
    absent: Sequence[Field],
    location: Location,
) -> list[Field]:
    """Report sections that no field declares; return the fields of those that are misspelt."""
    misspelt: list[Field] = []
    for start in unknown:
        field = _meant(start, [one for one in absent if one not in misspelt], shape)
        if field is not None and field.section is not None:
            misspelt.append(field)
            reading.report(
                UNKNOWN_SECTION,
                (*location, field.name),
                start.title.span,
                f'section {quoted_words(_words(start.title))} looks like "{field.section.written}"',
                f'Write "{field.section.written}".',
                declared=shape.declared(field.name),
            )
        elif start.field is None and not shape.other_sections:
            _report_stray(reading, shape, start, location)
    return misspelt


def _meant(start: _Start, absent: Sequence[Field], shape: Shape) -> Field | None:
    """The field whose section this one probably is.

    Where any section may stand, one that may be left out is meant only if there is no doubt; so
    is one whose heading also fits a name alone, as any words do.
    """
    title = _words(start.title)
    by_heading = {
        one.section.written: one for one in absent if one.section and not one.section.names
    }
    guess = nearest(title, by_heading)
    doubtful = start.field is not None or shape.other_sections
    if guess is not None and doubtful and by_heading[guess].optional:
        guess = unmistakable(title, by_heading)
    return by_heading.get(guess or "")


def _report_stray(reading: Reading, shape: Shape, start: _Start, location: Location) -> None:
    allowed = ", ".join(f'"{one.section.written}"' for one in shape.sections if one.section)
    reading.report(
        UNKNOWN_SECTION,
        location,
        start.title.span,
        f"section {quoted_words(_words(start.title))} is not one of those expected here",
        f"Expected: {allowed}.",
        declared=shape.declared(""),
    )


def _report_missing(
    reading: Reading,
    shape: Shape,
    scope: Scope,
    field: Field,
    present: set[str],
    location: Location,
) -> None:
    written = field.section.written if field.section else ""
    where = f" in {quoted_words(_words(scope.title))}" if location and scope.heading else ""
    deeper = _deeper(reading, scope, written)
    if deeper:
        where += f"; its heading on line {deeper} belongs to another section"
    else:
        where += _between(shape, field, present)
    reading.report(
        MISSING_SECTION,
        (*location, field.name),
        scope.span,
        f'section "{written}" is missing{where}',
        field.description,
        declared=shape.declared(field.name),
    )


def _between(shape: Shape, field: Field, present: set[str]) -> str:
    """Behind or before which section that is there another one is to stand."""
    at = shape.sections.index(field)
    before = [one for one in shape.sections[:at] if one.name in present]
    after = [one for one in shape.sections[at:] if one.name in present]
    if before and before[-1].section:
        return f', expected after "{before[-1].section.written}"'
    return f', expected before "{after[0].section.written}"' if after and after[0].section else ""


def _deeper(reading: Reading, scope: Scope, written: str) -> int:
    """The line of a heading in the scope with these words, which starts no section of it; or 0."""
    for block in scope.blocks:
        if isinstance(block, Heading):
            title = _words(flat_text(scope.source, [block]))
            if folded(title) == folded(written):
                return reading.source.position(block.span.start).line
    return 0


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
        before = [other for other, rank in enumerate(ranks) if rank < ranks[at]]
        if before:
            last = max(before, key=lambda other: (ranks[other], other))
            where = f"after {quoted_words(_words(placed[last].title))}"
        else:
            where = f"before {quoted_words(_words(placed[min(in_place)].title))}"
        reading.report(
            MISPLACED_SECTION,
            (*location, start.field.name),
            start.title.span,
            f"section {quoted_words(_words(start.title))} is expected {where}",
            declared=shape.declared(start.field.name),
        )
