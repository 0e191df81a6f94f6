"""Words that the dictionary of an engine lacks: which are right all the same, and what was meant.

What an engine says of a word depends on its dictionary; what is made of that is the same for all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.nearest import edit_distance
from mlsd_lint.prose.words.englishes import own_spellings
from mlsd_lint.prose.words.known import WORDS, names

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mlsd_lint.config.prose import English

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word, with the apostrophes in it."""
SMALL_WORD = re.compile(r"[a-z][a-z'’]{2,}")
"""A word that may be misspelled; another one is a name or an abbreviation more often than not."""
COMMON = names("""
    able about after all also any and are back been but call can case come cost data day does down
    each even find first five for four from get give good had has have here high how into its just
    keep kind know last left less like list long look made make many may mean more most much must
    name need new next not now off once one only open other our out over own part read rest same
    say see seen set she show side size some such sure take test than that the them then there they
    this three time too train true turn two type under used user very wait want was way well were
    what when where which while who why will with word work year yes you your
    """)
"""Words that are so common that a short word one slip away from them is one of them."""

_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST = 3  # letters of a word that nothing can be said of
_SHORT = 6  # letters of a word that has neighbours by chance
_LONG = 8  # letters of a word that two slips can leave recognizable
_ALIKE = (
    frozenset("aeiouy"),
    frozenset("cs"),
    frozenset("ck"),
    frozenset("sz"),
)  # letters that sound alike


def is_known(word: str, english: English | None) -> bool:
    """Whether a word is right in this English though dictionaries lack it; for None, in any."""
    lower = word.lower().replace("’", "'")
    return any(
        one in WORDS or (one in own_spellings() and english not in own_spellings()[one])
        for one in (lower, lower.removesuffix("'s"))
    )


def is_near(word: str, other: str, common: Collection[str] = COMMON) -> bool:
    """Whether a slip makes a word in lower case of the other one, or two if it is long.

    For a short word the other one must be among the `common` ones, or have the same letters: a
    word of five letters has half a dozen neighbours, and terms such as conda are among them.
    """
    if other != other.lower() or word == other or word[:1] != other[:1]:
        return False
    doubled = len(word) > _SHORTEST and _single(word) == _single(other)
    same_letters = doubled or sorted(word) == sorted(other)
    if len(word) <= _SHORT and not same_letters and other not in common:
        return False
    if other in common and len(word) > _SHORTEST and edit_distance(word, other) == 1:
        return True
    return _are_slips(word, other, 2 if len(word) >= _LONG and word[-1] == other[-1] else 1)


def _are_slips(word: str, meant: str, most: int) -> bool:
    """Whether so many slips make a word of another one.

    A letter is missing, too many, swapped with the next one, or another one that sounds alike.
    Other consonants make other words: gitcoin is no bitcoin, and shellcheck no spellcheck.
    """
    alike = next(
        (at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other),
        min(len(word), len(meant)),
    )
    word, meant = word[alike:], meant[alike:]
    if not word or not meant or not most:
        return len(word) + len(meant) <= most
    left = []
    if len(word) != len(meant):  # else a letter too many and a missing one are another consonant
        left.append((word[1:], meant) if len(word) > len(meant) else (word, meant[1:]))
    if word[:2] == meant[1::-1]:
        left.append((word[2:], meant[2:]))
    if len(word) > 1 and any({word[0], meant[0]} <= one for one in _ALIKE):
        left.append((word[1:], meant[1:]))
    return any(_are_slips(*one, most - 1) for one in left)


def basic(word: str) -> str:
    """A word in lower case, without the 's of a possessive."""
    return word.lower().replace("’", "'").removesuffix("'s")


def message(word: str, suggestions: Sequence[str]) -> str:
    """What the reader is told of such a word."""
    if not suggestions:
        return f"“{word}” is not in the dictionary."
    meant = " or ".join(f"“{one}”" for one in suggestions)
    return f"“{word}” is not in the dictionary; did you mean {meant}?"


def _single(word: str) -> str:
    """A word with each doubled letter once."""
    return _DOUBLED.sub(r"\1", word)
