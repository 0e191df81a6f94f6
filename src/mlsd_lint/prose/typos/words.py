"""Which findings are of a word of prose, and not of a name or a part of something else.

The program is made for source code: it takes identifiers, paths and addresses apart and looks at
each piece. Names of people and products are often a letter away from a word.
"""

from __future__ import annotations

import re
from typing import Final

from mlsd_lint.prose.blocks import OBJECT

# Shorter words are abbreviations and symbols more often than not.
_SHORTEST: Final = 3
# Up to this length a swap of letters is a mistake, but another difference may well be a name.
_LONGEST_LIKELY_NAME: Final = 7
_SHORTEST_SWAP: Final = 6
# In a compound ("rate-limitting") still shorter ones are parts of names.
_SHORTEST_PART: Final = 5
_BEFORE: Final = re.compile(r"[\s(\[“‘\"'—–…]")
_AFTER: Final = re.compile(r"(?:['’]s)?[.,;:!?)\]”’\"'…]*(?:[\s—–…]|\Z)")
_PARTS_AFTER: Final = re.compile(r"(?:-[A-Za-z]+)*")
_LONGEST_COMPOUND: Final = 60
_QUOTES_BEFORE: Final = frozenset("\"'“‘")
_QUOTES_AFTER: Final = frozenset("\"'”’")
# What stands behind the name of an entry: "cpy - Copies files."
_END_OF_TITLE: Final = re.compile(rf"[\s{OBJECT}]*(?:[-–—:(]|\Z)")
# The list has some words that dictionaries have too, or that a field has made its own.
_RIGHT: Final = frozenset(
    {
        *("canonicalizations", "catastrophize", "causalities", "clonable", "combatting"),
        *("commandoes", "convnet", "convnets", "delink", "discernable", "discontentment"),
        *("driveable", "embargos", "empted", "extendible", "extraversion", "focusses", "formant"),
        *("formants", "funguses", "geometrician", "geometricians", "interpolar", "invokable"),
        *("knifes", "nonsignificant", "operants", "planed", "precess", "precesses", "preprepared"),
        *("refocussed", "torpedos", "transferrable", "uncatalogued", "unparented", "vertexes"),
        *("writeable",),
    }
)


def is_misspelled_word(text: str, start: int, end: int, corrections: tuple[str, ...]) -> bool:
    """Whether what stands there is surely a word, and misspelled."""
    word = text[start:end]
    if len(word) < _SHORTEST or not word.isalpha() or word.lower() in _RIGHT:
        return False
    first, last = _compound(text, start, end)
    if not _stands_alone(text, first, last) or _is_quoted(text, first, last):
        return False
    if last - first > len(word):
        return word.islower() and len(word) >= _SHORTEST_PART
    if word.islower() and not _is_title(text, start, end):
        return True
    return word[1:].islower() and _is_no_name(word, corrections)


def _compound(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the words go that hyphens join to this one.

    What is longer than any compound is cut off, and so stands alone nowhere.
    """
    after = _PARTS_AFTER.match(text, end, end + _LONGEST_COMPOUND)
    last = after.end() if after else end
    while (
        last - start < _LONGEST_COMPOUND
        and start >= 2
        and text[start - 1] == "-"
        and _is_letter(text[start - 2])
    ):
        start -= 2
        while start and _is_letter(text[start - 1]):
            start -= 1
    return start, last


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter, sign or object touches it but the punctuation of a sentence."""
    before = start == 0 or _BEFORE.match(text, start - 1)
    return bool(before and _AFTER.match(text, end))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether it is all that stands between quotation marks: then it is spoken of."""
    return text[start - 1 : start] in _QUOTES_BEFORE and text[end : end + 1] in _QUOTES_AFTER


def _is_title(text: str, start: int, end: int) -> bool:
    return start == 0 and _END_OF_TITLE.match(text, end) is not None


def _is_no_name(word: str, corrections: tuple[str, ...]) -> bool:
    if len(word) > _LONGEST_LIKELY_NAME:
        return True
    return len(word) >= _SHORTEST_SWAP and any(_is_swap(word, other) for other in corrections)


def _is_swap(word: str, other: str) -> bool:
    """Whether two neighbouring letters have changed places."""
    differing = [
        index for index, pair in enumerate(zip(word, other, strict=False)) if len({*pair}) > 1
    ]
    if len(word) != len(other) or len(differing) != 2:
        return False
    first, second = differing
    return second == first + 1 and word[first : second + 1] == other[first : second + 1][::-1]
