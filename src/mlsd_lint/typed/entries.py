"""Entries: the items of lists, read by patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.document import List, ListItem, Paragraph
from mlsd_lint.outline import quoted_words
from mlsd_lint.rules.typed_values import MISSING_VALUE, UNREADABLE_ENTRY, WRONG_VALUE
from mlsd_lint.source import Span
from mlsd_lint.typed.advice import advice
from mlsd_lint.typed.entry_checks import check_numbers, check_order, check_unique
from mlsd_lint.typed.flat_text import flat_text
from mlsd_lint.typed.matching import LONGEST, Match, Range, match
from mlsd_lint.typed.patterns import Named, NextParagraph, written
from mlsd_lint.typed.scopes import item_scope
from mlsd_lint.typed.values import Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mlsd_lint.document import Node
    from mlsd_lint.typed.flat_text import FlatText
    from mlsd_lint.typed.markers import Entries
    from mlsd_lint.typed.matching import Mismatch, PartKind
    from mlsd_lint.typed.patterns import Pattern
    from mlsd_lint.typed.reading import Reading
    from mlsd_lint.typed.scopes import Scope
    from mlsd_lint.typed.shapes import Declared, Field
    from mlsd_lint.typed.values import Location, Value

_NUMBER = "number"
_LONGEST_SHOWN = 40


def read_entries(
    reading: Reading, field: Field, place: Entries, scope: Scope, location: Location
) -> list[Value]:
    """The values of the items of the lists in a scope, in order."""
    items = [
        item
        for block in scope.blocks
        if isinstance(block, List)
        for item in block.children
        if isinstance(item, ListItem)
    ]
    entries: list[tuple[ListItem, Value]] = []
    for index, item in enumerate(items):
        before = len(reading.problems)
        value = _entry(reading, field, item, (*location, len(entries)))
        if value is not None:
            entries.append((item, value))
        else:
            _set_apart(reading, before, (*location, -1 - index))
    if place.numbered:
        check_numbers(reading, field, items, location)
    if place.sorted_by is not None:
        check_order(reading, place, entries, location)
    if place.unique:
        check_unique(reading, place.unique, [value for _, value in entries], location)
    return [value for _, value in entries]


def _set_apart(reading: Reading, first: int, location: Location) -> None:
    """Give problems of an entry that is no value a location that no value has."""
    for index in range(first, len(reading.problems)):
        reading.problems[index] = reading.problems[index]._replace(location=location)


def _entry(reading: Reading, field: Field, item: ListItem, location: Location) -> Value | None:
    from mlsd_lint.typed.extraction import read_scope

    texts = leading_texts(reading, item.children)
    span = texts[0].span if texts else item.marker_span
    number = _number(reading, item)
    if field.inner is None:
        return _single(reading, field, texts, span, location)
    named = read_form(reading, field, texts, span, location) if field.patterns else {}
    if named is None:
        return None
    if _NUMBER in field.inner.parts and _NUMBER not in named and number is not None:
        named = {**named, _NUMBER: number}
    scope = item_scope(reading.source, item, span)
    return read_scope(reading, field.inner, scope, named, location)


def leading_texts(reading: Reading, blocks: Sequence[Node]) -> list[FlatText]:
    """The text of the first paragraph, of the first two, and so on while paragraphs follow."""
    texts = []
    paragraphs: list[Node] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            break
        paragraphs.append(block)
        texts.append(flat_text(reading.source, paragraphs))
        if len(texts[-1].text) > LONGEST:
            break
    return texts


def _number(reading: Reading, item: ListItem) -> Scalar | None:
    if item.number is None:
        return None
    span = Span(item.marker_span.start, item.marker_span.end - 1)
    return Scalar(span, reading.source.slice(span))


def _single(
    reading: Reading, field: Field, texts: Sequence[FlatText], span: Span, location: Location
) -> Value | None:
    """An entry that is one value: its text, or the named part of its pattern."""
    if not texts:
        return Scalar(span._replace(start=span.end), "")
    if field.patterns:
        named = read_form(reading, field, texts, span, location)
        return next(iter(named.values()), None) if named else None
    if field.kind.content != "text":
        node = next((one for one in texts[0].nodes.values()), None)
        if node is None:
            reading.report(MISSING_VALUE, location, span, f"this entry has no {field.kind.content}")
            return None
        return reading.link(node)
    return reading.part(field, texts[0], Range(0, len(texts[0].text)))


def read_form(
    reading: Reading,
    field: Field,
    texts: Sequence[FlatText],
    span: Span,
    location: Location,
) -> dict[str, Value] | None:
    """The named parts of a text that has one of the forms of a field; None if it has none.

    `texts[n]` is the text of the first n + 1 paragraphs: a form takes as many as it asks for.
    What is wrong with it is reported.
    """
    shape = field.inner
    takers = shape.parts if shape else {name: field for one in field.patterns for name in one.names}
    kinds = {name: one.kind for name, one in takers.items()}
    if not texts or len(texts[0].text) > LONGEST:
        what = "has no text" if not texts else f"has more than {LONGEST:,} characters"
        reading.report(UNREADABLE_ENTRY, location, span, f"this entry {what}")
        return None
    read, flat = _best(field.patterns, texts, kinds)
    declared = _declared_by(field)
    if not isinstance(read, Match):
        report_mismatch(reading, field, read, flat, location, declared)
        return None
    values: dict[str, Value] = {
        name: reading.part(takers[name], flat, where)
        for name, where in read.parts.items()
        if name in takers
    }
    for name in sorted(read.wrong):
        here = (*location, name) if shape else location
        owner = shape.declared(name) if shape else declared
        _report_wrong(reading, takers[name], values[name], here, owner)
    for name in sorted(read.missing):
        owner = shape.declared(name) if shape else declared
        reading.report(
            MISSING_VALUE,
            (*location, name),
            flat.span,
            f"this entry has no {name}",
            f"Expected {shown_forms(field.patterns)}.",
            declared=owner,
        )
    return values


def _declared_by(field: Field) -> Declared | None:
    return field.inner.declared("") if field.inner else None


def _best(
    patterns: Sequence[Pattern], texts: Sequence[FlatText], kinds: Mapping[str, PartKind]
) -> tuple[Match | Mismatch, FlatText]:
    """The best reading of as many paragraphs as a pattern asks for."""
    by_length: dict[int, list[Pattern]] = {}
    for pattern in patterns:
        breaks = sum(isinstance(one, NextParagraph) for one in pattern.forms[0])
        by_length.setdefault(min(breaks, len(texts) - 1), []).append(pattern)
    results = [
        (match(texts[length], some, kinds), texts[length])
        for length, some in sorted(by_length.items(), reverse=True)
    ]
    return min(results, key=lambda result: _badness(result[0]))


def _badness(read: Match | Mismatch) -> tuple[int, int]:
    if not isinstance(read, Match):
        return (3, -read.at)
    if read.missing:
        return (2, 0)
    return (1, len(read.wrong)) if read.wrong else (0, 0)


def _report_wrong(
    reading: Reading,
    taker: Field,
    value: Value,
    location: Location,
    declared: Declared | None,
) -> None:
    said = value.value if isinstance(value, Scalar) else ""
    reading.report(
        WRONG_VALUE,
        location,
        value.span,
        f"{taker.name}: expected {taker.expected}, found {quoted_words(said)}",
        advice(taker, str(said)),
        declared=declared,
    )


def report_mismatch(
    reading: Reading,
    field: Field,
    read: Mismatch,
    flat: FlatText,
    location: Location,
    declared: Declared | None,
) -> None:
    """Report a text that has none of the forms of a field, at the place where none fits on."""
    span = flat.span
    if 0 < read.at < len(flat.starts):
        span = Span(flat.starts[read.at], flat.ends[-1])
    rest = "" if read.at >= len(flat.text) else " ".join(reading.source.slice(span).split())
    if len(rest) > _LONGEST_SHOWN:
        rest = rest[: _LONGEST_SHOWN - 1].rstrip() + "…"
    found = f'found "{rest}"' if rest else "where the text ends"
    reading.report(
        UNREADABLE_ENTRY,
        location,
        span,
        f"expected {_wanted(read)} here, {found}",
        f"The form is {shown_forms(field.patterns)}.",
        declared=declared,
    )


def _wanted(read: Mismatch) -> str:
    """What the form wanted where it fitted no more; a blank with what stands behind it."""
    if read.wanted is None:
        return "the end"
    at = next(index for index, one in enumerate(read.form) if one is read.wanted)
    if isinstance(read.wanted, Named):
        following = read.form[at + 1 : at + 2]
        if following and not isinstance(following[0], Named):
            return f"{{{read.wanted.name}}}, then {_shown(written(read.form[at + 1 : at + 3]))}"
        return f"{{{read.wanted.name}}}"
    return _shown(written(read.form[at : at + 2]))


def _shown(text: str) -> str:
    return '"' + text.replace("\n\n", "¶").strip("\n") + '"'


def shown_forms(patterns: Sequence[Pattern]) -> str:
    """The forms a text may have, for a message."""
    return " or ".join('"' + one.written.strip().replace("\n\n", " ¶ ") + '"' for one in patterns)
