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
_SHORT = 6  # letters of a word that has neighbours by chance
_LONG = 8  # letters of a word that two slips can leave recognizable


def is_known(word: str, english: English | None) -> bool:
    """Whether a word is right in this English though dictionaries lack it; for None, in any."""
    lower = word.lower().replace("’", "'")
    return any(
        one in WORDS or (one in own_spellings() and english not in own_spellings()[one])
        for one in (lower, lower.removesuffix("'s"))
    )


def is_near(word: str, other: str, common: Collection[str] = COMMON) -> bool:
    """Whether a slip or two turn a word in lower case into the other one.

    For a short word the other one must be among the `common` ones, or have the same letters: a
    word of five letters has half a dozen neighbours, and terms such as conda are among them.
    """
    if other != other.lower():
        return False
    edits = edit_distance(word, other)
    if len(word) <= _SHORT:
        same_letters = sorted(word) == sorted(other) or _single(word) == _single(other)
        return edits == 1 and (same_letters or other in common)
    ends_alike = (word[0], word[-1]) == (other[0], other[-1])
    return edits == 1 or (edits == 2 and len(word) >= _LONG and ends_alike)


def message(word: str, suggestions: Sequence[str]) -> str:
    """What the reader is told of such a word."""
    if not suggestions:
        return f"“{word}” is not in the dictionary."
    meant = " or ".join(f"“{one}”" for one in suggestions)
    return f"“{word}” is not in the dictionary; did you mean {meant}?"


def _single(word: str) -> str:
    """A word with each doubled letter once."""
    return _DOUBLED.sub(r"\1", word)
