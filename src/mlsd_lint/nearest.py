"""The nearest right spelling of a wrong word: for anchors, file names, labels, codes and keys."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 200
_WORD = re.compile(r"[^\W_]+")


class Near(NamedTuple):
    """A candidate, and its distance: 0 where only case, accents or punctuation differ."""

    name: str
    distance: int


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` was most likely meant to be; None if none is near.

    That is the one with the fewest different letters (the first of several), or else the only one
    that holds the word, lies in it, or writes out its initials: `nlp-tools` stands for
    `natural-language-processing-tools`.
    """
    names = list(dict.fromkeys(candidates))
    near = ranked(word, names)
    return near[0].name if near else _only_related(word, names)


def unmistakable(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` must have meant: near enough, and no other comes close.

    One slip in six letters is near enough; where only case, accents or punctuation differ, it is
    enough that no other candidate is as near. A different number is never taken for a slip:
    `step-1` is not `step-2` misspelt.
    """
    near = ranked(word, candidates)
    if not near:
        return None
    best = near[0]
    margin = 3 if best.distance else 1
    rivals = [other for other in near[1:] if other.distance < best.distance + margin]
    far = best.distance > len(folded(word)) // 6
    if rivals or far or _numerals(best.name) != _numerals(word):
        return None
    return best.name


def ranked(word: str, candidates: Iterable[str]) -> tuple[Near, ...]:
    """The candidates within a third of the word's length, the nearest first.

    Words of more than `LONGEST` letters are near only if they differ in none.
    """
    return _ranked(word, tuple(dict.fromkeys(candidates)))


@lru_cache(maxsize=1024)  # one broken anchor is often linked to many times
def _ranked(word: str, names: tuple[str, ...]) -> tuple[Near, ...]:
    sought = folded(word)
    limit = max(len(sought) // 3, 1) if len(sought) <= LONGEST else 0
    counts = Counter(sought)
    near = []
    for name in names:
        other = folded(name)
        if sought == other:
            near.append(Near(name, 0))
        elif abs(len(sought) - len(other)) <= limit and _may_be_near(counts, other, limit):
            distance = edit_distance(sought, other)
            if distance <= limit and distance < len(sought):
                near.append(Near(name, distance))
    numbers = _numerals(word)
    return tuple(sorted(near, key=lambda one: (one.distance, _numerals(one.name) != numbers)))


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """A word without what is easily mistaken: case, accents, hyphens, underscores, emoji.

    Vowel signs, as in Hindi, are letters. A word of nothing else is returned as it is.
    """
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(filter(_is_letter, decomposed)) or word


def _is_letter(character: str) -> bool:
    if character.isalnum() or character == ".":
        return True
    accent = "\u0300" <= character <= "\u036f"
    variant = "\ufe00" <= character <= "\ufe0f"
    return unicodedata.category(character).startswith("M") and not (accent or variant)


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


def _numerals(word: str) -> str:
    return "".join(character for character in word if character.isnumeric())


def _only_related(word: str, names: list[str]) -> str | None:
    sought = folded(word)
    if len(sought) < 4:
        return None
    related = [name for name in names if _related(word, sought, name)]
    return related[0] if len(related) == 1 else None


def _related(word: str, sought: str, name: str) -> bool:
    other = folded(name)
    shorter = min(len(sought), len(other))
    if shorter >= 4 and (sought in other or other in sought):
        return True
    return _abbreviates(_words(word), _words(name)) or _abbreviates(_words(name), _words(word))


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """Whether the words of one are those of the other, some of them as initials."""
    place = 0
    for word in short:
        if long[place : place + 1] == [word]:
            place += 1
        elif len(word) > 1 and "".join(one[0] for one in long[place : place + len(word)]) == word:
            place += len(word)
        else:
            return False
    return place == len(long)
