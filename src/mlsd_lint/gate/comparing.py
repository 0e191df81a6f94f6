"""Which findings a change brings, which it mends, and which were there before.

A finding is known by its rule, its document and the text that it points at, never by its line.
Where several are equal in that, they are told apart by number: the third is new if there were two.
A document that was renamed is still the same; a finding that moved to another document with its
text is too, if it is gone from where it was. A word or two can stand anywhere, so there the text
around tells whether it is the same place (see `places`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.diagnostics import Comparison
from mlsd_lint.fingerprints import plain_fingerprints, pointed_at
from mlsd_lint.gate.places import Places, says_little, seen_from_root
from mlsd_lint.gate.renames import renames
from mlsd_lint.indexing import UncheckedError

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Hashable,
        Iterable,
        Mapping,
        Sequence,
    )

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.source import Source


class Side(NamedTuple):
    """One side of a comparison: its findings, in the order of the text, and its documents.

    `source` gives the text of a document, and raises UncheckedError where that cannot be read.
    """

    diagnostics: Sequence[Diagnostic]
    documents: Collection[str]
    source: Callable[[str], Source]


class _Sides(NamedTuple):
    """Both sides, and what tells whether two findings stand in the same place."""

    old: Side
    new: Side
    places: Places


class _Pool(NamedTuple):
    """What is not matched yet, by number in the order of each side."""

    old: list[int]
    new: list[int]


def compare(old: Side, new: Side, base: str, commit: str) -> Comparison:
    """Compare two sides; `base` and `commit` name what the old one is."""
    sides = _Sides(old, new, Places(old.source, new.source))
    left = _by_fingerprint(sides)
    if left.old and left.new:
        left = _by_text(left, sides)
    unmatched, gone = set(left.new), set(left.old)
    return Comparison(
        base,
        commit,
        tuple(one for number, one in enumerate(new.diagnostics) if number in unmatched),
        tuple(one for number, one in enumerate(old.diagnostics) if number in gone),
        tuple(one for number, one in enumerate(new.diagnostics) if number not in unmatched),
    )


def known_too(comparison: Comparison, other: Comparison, new: Side) -> Comparison:
    """A comparison without as news what is none in another one, of the same new side."""
    news = {one.fingerprint for one in comparison.new} & {one.fingerprint for one in other.new}
    return replace(
        comparison,
        new=tuple(one for one in new.diagnostics if one.fingerprint in news),
        known=tuple(one for one in new.diagnostics if one.fingerprint not in news),
    )


def _by_fingerprint(sides: _Sides) -> _Pool:
    old, new = sides.old.diagnostics, sides.new.diagnostics
    everything = _Pool(list(range(len(old))), list(range(len(new))))
    before, now = (dict(enumerate(plain_fingerprints(one))) for one in (old, new))
    return _matched(everything, before, now, sides)


def _by_text(left: _Pool, sides: _Sides) -> _Pool:
    """Match by the text itself what has another document now."""
    old, new = sides.old, sides.new
    texts_before = _texts(left.old, old)
    texts_now = _texts(left.new, new)
    followed = _followed(left, old, new)

    def place(diagnostics: Sequence[Diagnostic], number: int) -> str:
        path = diagnostics[number].path
        return followed.get(path, path) if diagnostics is old.diagnostics else path

    def keys(
        texts: Mapping[int, str], diagnostics: Sequence[Diagnostic], *, within: bool, rooted: bool
    ) -> dict[int, Hashable]:
        found: dict[int, Hashable] = {}
        for number, text in texts.items():
            if text or within:
                one = diagnostics[number]
                same = seen_from_root(text, one.path) if rooted else text
                found[number] = one.code, same, within and place(diagnostics, number)
        return found

    for within, rooted in ((True, False), (True, True), (False, False), (False, True)):
        keys_before = keys(texts_before, old.diagnostics, within=within, rooted=rooted)
        keys_now = keys(texts_now, new.diagnostics, within=within, rooted=rooted)
        left = _matched(left, keys_before, keys_now, sides)
    return left


def _followed(left: _Pool, old: Side, new: Side) -> dict[str, str]:
    """The new paths of documents with unmatched findings, by their old ones."""
    gone = {old.diagnostics[number].path for number in left.old} - set(new.documents)
    come = {new.diagnostics[number].path for number in left.new} - set(old.documents)
    return renames(_readable(gone, old.source), _readable(come, new.source))


def _readable(paths: Iterable[str], source: Callable[[str], Source]) -> dict[str, str]:
    found = {}
    for path in sorted(paths):
        try:
            found[path] = source(path).text
        except UncheckedError:
            continue
    return found


def _texts(numbers: Iterable[int], side: Side) -> dict[int, str]:
    """The text that each finding points at; without those whose document cannot be read."""
    sources: dict[str, Source | None] = {}
    found = {}
    for number in numbers:
        one = side.diagnostics[number]
        if one.path not in sources:
            try:
                sources[one.path] = side.source(one.path)
            except UncheckedError:
                sources[one.path] = None
        source = sources[one.path]
        if source is not None:
            found[number] = pointed_at(source, one.span, one.start)
    return found


def _matched(
    pool: _Pool,
    old_keys: Mapping[int, Hashable],
    new_keys: Mapping[int, Hashable],
    sides: _Sides,
) -> _Pool:
    """What is left of a pool once those with equal keys are matched, as many as there are."""
    before, now = _grouped(pool.old, old_keys), _grouped(pool.new, new_keys)
    gone, come = set(pool.old), set(pool.new)
    for key, numbers in now.items():
        if key in before:
            for one, other in _pairs(before[key], numbers, sides):
                gone.remove(one)
                come.remove(other)
    return _Pool(sorted(gone), sorted(come))


def _grouped(numbers: Iterable[int], keys: Mapping[int, Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        if number in keys:
            found[keys[number]].append(number)
    return found


def _pairs(before: list[int], now: list[int], sides: _Sides) -> list[tuple[int, int]]:
    """Pairs of equal findings: first those that say the same on the same line of text."""
    old, new = sides.old.diagnostics, sides.new.diagnostics
    anywhere = not says_little(new[now[0]])
    if anywhere and len(before) == len(now):
        return list(zip(before, now, strict=True))
    pairs = []
    for same in (_line_and_message, _line, _message) if anywhere else (_line_and_message, _line):
        waiting = defaultdict(list)
        for number in reversed(before):
            waiting[same(old[number])].append(number)
        matched = [(waiting[same(new[one])].pop(), one) for one in now if waiting[same(new[one])]]
        pairs += matched
        before = [one for one in before if one not in {pair[0] for pair in matched}]
        now = [one for one in now if one not in {pair[1] for pair in matched}]
    if anywhere:
        return [*pairs, *zip(before, now, strict=False)]
    before_by_number = {number: old[number] for number in before}
    return [*pairs, *sides.places.pairs(before_by_number, {one: new[one] for one in now})]


def _line_and_message(one: Diagnostic) -> Hashable:
    return one.path, one.excerpt.text, one.message


def _line(one: Diagnostic) -> Hashable:
    return one.excerpt.text


def _message(one: Diagnostic) -> Hashable:
    return one.message
