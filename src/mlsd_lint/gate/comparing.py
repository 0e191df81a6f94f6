"""Which findings a change brings, which it mends, and which were there before.

A finding is known by its rule, its document and the text that it points at, never by its line.
Where several are equal in that, they are told apart by number: the third is new if there were two.
A document that was renamed is still the same; a finding that moved to another document with its
text is too, if it is gone from where it was.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.diagnostics import Comparison
from mlsd_lint.fingerprints import plain_fingerprints, pointed_at
from mlsd_lint.gate.renames import renames
from mlsd_lint.indexing import UncheckedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.source import Source


class Side(NamedTuple):
    """One side of a comparison: its findings, in the order of the text, and its documents.

    `source` gives the text of a document, and raises UncheckedError where that cannot be read.
    """

    diagnostics: Sequence[Diagnostic]
    documents: Collection[str]
    source: Callable[[str], Source]


class _Pool(NamedTuple):
    """What is not matched yet, by number in the order of each side."""

    old: list[int]
    new: list[int]


def compare(old: Side, new: Side, base: str, commit: str) -> Comparison:
    """Compare two sides; `base` and `commit` name what the old one is."""
    left = _by_fingerprint(old.diagnostics, new.diagnostics)
    if left.old and left.new:
        left = _by_text(left, old, new)
    unmatched, gone = set(left.new), set(left.old)
    return Comparison(
        base,
        commit,
        tuple(one for number, one in enumerate(new.diagnostics) if number in unmatched),
        tuple(one for number, one in enumerate(old.diagnostics) if number in gone),
        tuple(one for number, one in enumerate(new.diagnostics) if number not in unmatched),
    )


def _by_fingerprint(old: Sequence[Diagnostic], new: Sequence[Diagnostic]) -> _Pool:
    everything = _Pool(list(range(len(old))), list(range(len(new))))
    before, now = (dict(enumerate(plain_fingerprints(one))) for one in (old, new))
    return _matched(everything, before, now, old, new)


def _by_text(left: _Pool, old: Side, new: Side) -> _Pool:
    """Match by the text itself what has another document now."""
    texts_before = _texts(left.old, old)
    texts_now = _texts(left.new, new)
    followed = _followed(left, old, new)

    def place(diagnostics: Sequence[Diagnostic], number: int) -> str:
        path = diagnostics[number].path
        return followed.get(path, path) if diagnostics is old.diagnostics else path

    for within in (True, False):
        keys_before = {
            number: (old.diagnostics[number].code, text, within and place(old.diagnostics, number))
            for number, text in texts_before.items()
            if text or within
        }
        keys_now = {
            number: (new.diagnostics[number].code, text, within and new.diagnostics[number].path)
            for number, text in texts_now.items()
            if text or within
        }
        left = _matched(left, keys_before, keys_now, old.diagnostics, new.diagnostics)
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
    old: Sequence[Diagnostic],
    new: Sequence[Diagnostic],
) -> _Pool:
    """What is left of a pool once those with equal keys are matched, as many as there are."""
    before, now = _grouped(pool.old, old_keys), _grouped(pool.new, new_keys)
    gone, come = set(pool.old), set(pool.new)
    for key, numbers in now.items():
        if key in before:
            for one, other in _pairs(before[key], numbers, old, new):
                gone.remove(one)
                come.remove(other)
    return _Pool(sorted(gone), sorted(come))


def _grouped(numbers: Iterable[int], keys: Mapping[int, Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        if number in keys:
            found[keys[number]].append(number)
    return found


def _pairs(
    before: list[int], now: list[int], old: Sequence[Diagnostic], new: Sequence[Diagnostic]
) -> list[tuple[int, int]]:
    """Pairs of equal findings: first those that say the same on the same line of text."""
    if len(before) == len(now):
        return list(zip(before, now, strict=True))
    pairs = []
    for same in (_line_and_message, _line, _message):
        waiting = defaultdict(list)
        for number in reversed(before):
            waiting[same(old[number])].append(number)
        matched = [(waiting[same(new[one])].pop(), one) for one in now if waiting[same(new[one])]]
        pairs += matched
        before = [one for one in before if one not in {pair[0] for pair in matched}]
        now = [one for one in now if one not in {pair[1] for pair in matched}]
    return [*pairs, *zip(before, now, strict=False)]


def _line_and_message(one: Diagnostic) -> Hashable:
    return one.path, one.excerpt.text, one.message


def _line(one: Diagnostic) -> Hashable:
    return one.excerpt.text


def _message(one: Diagnostic) -> Hashable:
    return one.message
