"""What holds for entries together: their numbers, their order, names that only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Edit, Fix
from mlsd_lint.nearest import folded
from mlsd_lint.outline import quoted_words
from mlsd_lint.rules.typed_values import ENTRY_NUMBERING, ENTRY_ORDER, REPEATED_ENTRY
from mlsd_lint.source import Span
from mlsd_lint.typed.collation import collation_key, out_of_order
from mlsd_lint.typed.values import Record, Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlsd_lint.document import ListItem
    from mlsd_lint.source import Source
    from mlsd_lint.typed.markers import Entries
    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.shapes import Field
    from mlsd_lint.typed.values import Location, Value

    NamedItem = tuple[ListItem, Scalar]

_NUMBER = "number"


def check_numbers(
    reading: Reading, field: Field, items: Sequence[ListItem], location: Location
) -> None:
    """Report entries that do not count from 1, each run of them where it goes wrong."""
    for index, item in enumerate(items):
        right = index + 1
        here = (*location, index, _NUMBER)
        if item.number is None:
            reading.report(
                ENTRY_NUMBERING,
                here,
                item.marker_span,
                f"entry {right} has no number",
                f"Write {right}. in place of {reading.source.slice(item.marker_span)}.",
                declared=field.inner.declared("") if field.inner else None,
            )
        elif item.number != right and not _goes_on(items, index):
            reading.report(
                ENTRY_NUMBERING,
                here,
                _number_span(item),
                f"entry {right} has the number {item.number}",
                declared=field.inner.declared("") if field.inner else None,
                fix=_renumbering(items, index),
            )


def _goes_on(items: Sequence[ListItem], index: int) -> bool:
    """Whether an entry counts on from the one before it: what is wrong there is said there."""
    before = items[index - 1].number if 0 < index < len(items) else None
    return before is not None and items[index].number == before + 1


def _number_span(item: ListItem) -> Span:
    return Span(item.marker_span.start, item.marker_span.end - 1)


def _renumbering(items: Sequence[ListItem], index: int) -> Fix | None:
    """The right numbers for an entry and those that count on from it; None where widths change.

    What belongs to an entry is indented by the width of its number.
    """
    last = index + 1
    while _goes_on(items, last):
        last += 1
    edits = tuple(
        Edit(_number_span(items[at]), str(at + 1))
        for at in range(index, last)
        if items[at].number != at + 1
    )
    if any(len(one.replacement) != one.span.end - one.span.start for one in edits):
        return None
    return Fix(f"Number it {index + 1}", edits)


def _name_of(value: Value, path: str) -> Scalar | None:
    """What an entry is sorted or known by."""
    for step in path.split(".") if path else ():
        if not isinstance(value, Record) or step not in value.fields:
            return None
        value = value.fields[step]
    if isinstance(value, Record):
        scalars = [one for one in value.fields.values() if isinstance(one, Scalar)]
        records = [one for one in value.fields.values() if isinstance(one, Record)]
        return scalars[0] if scalars else _name_of(records[0], "") if records else None
    return value if isinstance(value, Scalar) else None


def check_order(
    reading: Reading,
    place: Entries,
    entries: Sequence[tuple[ListItem, Value]],
    location: Location,
) -> None:
    """Report the fewest entries that have to move for the list to be in alphabetical order."""
    named = [
        (index, item, name)
        for index, (item, value) in enumerate(entries)
        if (name := _name_of(value, place.sorted_by or "")) is not None
    ]
    keys = [collation_key(str(name.value), place.locale) for _, _, name in named]
    moved = out_of_order([str(name.value) for _, _, name in named], place.locale)
    others = [at for at in range(len(named)) if at not in set(moved)]
    fix = _sorted(reading.source, [(item, name) for _, item, name in named], place.locale)
    for at in moved:
        index, _, name = named[at]
        behind = [other for other in others if keys[other] <= keys[at]]
        neighbour = named[behind[-1] if behind else others[0]][2]
        where = "after" if behind else "before"
        reading.report(
            ENTRY_ORDER,
            (*location, index),
            name.span,
            f"{quoted_words(str(name.value))} stands out of order: expected {where} "
            f"{quoted_words(str(neighbour.value))}",
            fix=fix,
        )
        fix = None  # one puts the whole list in order


def _sorted(source: Source, named: Sequence[NamedItem], locale: str) -> Fix | None:
    """The entries in order, each in the place of another; their numbers stay where they are.

    None where items start at different columns: what is in them would not move along.
    """
    bodies = [Span(item.marker_span.end, item.span.end) for item, _ in named]
    columns = {
        (source.position(item.span.start).column, len(source.slice(item.marker_span)))
        for item, _ in named
    }
    if len(columns) > 1:
        return None
    order = sorted(range(len(named)), key=lambda at: collation_key(str(named[at][1].value), locale))
    edits = tuple(
        Edit(place, source.slice(bodies[at]))
        for place, at in zip(bodies, order, strict=True)
        if bodies[at] != place
    )
    return Fix("Put the entries in alphabetical order", edits)


def check_unique(reading: Reading, path: str, values: Sequence[Value], location: Location) -> None:
    """Report entries whose value at a path of fields an earlier entry has too."""
    first: dict[str, Scalar] = {}
    for index, value in enumerate(values):
        name = _name_of(value, path)
        if name is None:
            continue
        earlier = first.setdefault(folded(str(name.value)), name)
        if earlier is not name:
            line = reading.source.position(earlier.span.start).line
            reading.report(
                REPEATED_ENTRY,
                (*location, index),
                name.span,
                f"{path} {quoted_words(str(name.value))} is used on line {line} already",
            )
