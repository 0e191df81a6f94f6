"""The nearest right spelling of a wrong word: for anchors, file names, labels, codes and keys."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Near(NamedTuple):
    """A candidate, and its distance: 0 where only case, accents or punctuation differ."""

    name: str
    distance: int


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` was most likely meant to be; None if none is near.

    Of equally near candidates the first is taken.
    """
    near = ranked(word, candidates)
    return near[0].name if near else None


def unmistakable(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` must have meant: near enough, and no other comes close.

    One slip in six letters is near enough. A different number is never taken for a slip:
    `step-1` is not `step-2` misspelt.
    """
    near = ranked(word, candidates)
    if not near:
        return None
    best = near[0]
    rivals = [other for other in near[1:] if other.distance < best.distance + 3]
    far = best.distance > len(folded(word)) // 6
    if rivals or far or _digits(best.name) != _digits(word):
        return None
    return best.name


def ranked(word: str, candidates: Iterable[str]) -> list[Near]:
    """The candidates within a third of the word's length, the nearest first."""
    sought = folded(word)
    limit = max(len(sought) // 3, 1)
    counts = Counter(sought)
    near = []
    for name in dict.fromkeys(candidates):
        other = folded(name)
        if sought == other:
            near.append(Near(name, 0))
        elif abs(len(sought) - len(other)) <= limit and _may_be_near(counts, other, limit):
            distance = edit_distance(sought, other)
            if distance <= limit and distance < len(sought):
                near.append(Near(name, distance))
    return sorted(near, key=lambda one: one.distance)


def folded(word: str) -> str:
    """A word without what is easily mistaken: case, accents, hyphens, underscores, emoji.

    A word of nothing else is returned as it is.
    """
    letters = "".join(
        character
        for character in unicodedata.normalize("NFKD", word.casefold())
        if character.isalnum() or character == "."
    )
    return letters or word


def edit_distance(one: str, other: str) -> int:
    """How many insertions, deletions, replacements and swaps of neighbours lie between two words.

    It is the optimal string alignment distance: no part is edited twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, left in enumerate(one):
        above, row = row, [index + 1]
        for column, right in enumerate(other):
            cost = min(above[column] + (left != right), above[column + 1] + 1, row[column] + 1)
            if index and column and left == other[column - 1] and right == one[index - 1]:
                cost = min(cost, before[column - 1] + 1)
            row.append(cost)
        before = above
    return row[-1]


def _may_be_near(counts: Counter[str], other: str, limit: int) -> bool:
    """A cheap lower bound: each edit changes at most one letter on either side."""
    letters = Counter(other)
    return (counts - letters).total() <= limit and (letters - counts).total() <= limit


def _digits(word: str) -> str:
    return "".join(character for character in word if character.isdigit())
