"""What a word is, and which of its forms are as good as the word itself.

Typographic apostrophes and hyphens are as good as plain ones, and so are letters with their
accents apart (Unicode, NFC).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = r"[^\W_]++(?:[\u0300-\u036f]++[^\W_]*+)*+"
_UNIT_PATTERN = rf"{_LETTERS}(?:\+++(?![^\W_])|#++(?!\w))?+"
UNIT = re.compile(_UNIT_PATTERN)
"""What `WORD` joins: letters and digits, and the signs behind them in C++ and C#."""
WORD = re.compile(rf"(?:(?<![\w.])\.)?{_UNIT_PATTERN}(?:[-‐‑'’.+&/_]{_UNIT_PATTERN})*+")
"""A word of a text: letters and digits, joined by a hyphen, apostrophe, dot, `+`, `&`, `/` or `_`.

It can begin with a dot (.NET) and end in `+` or `#` (C++, C#). A quotation mark or the period of
a sentence is no part of it. Every entry of a vocabulary is such a word.
"""
_SAME = {ord("’"): "'", ord("ʼ"): "'", ord("‐"): "-", ord("‑"): "-"}
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_CONSONANT_AND_Y = re.compile(r"[^\W\d_aeiou]y\Z")


def plain_word(word: str) -> str:
    """A word with plain apostrophes and hyphens, and its accents on their letters."""
    return word if word.isascii() else normalize("NFC", word).translate(_SAME)


def caseless(plain: str) -> str:
    """What a plain word and those that differ from it in the case of letters have in common."""
    return plain.lower() if plain.isascii() else normalize("NFC", plain.casefold())


def is_lower(plain: str) -> bool:
    """Whether a plain word has no capital letter, so that it stands for the word in any case."""
    return plain == plain.lower()


def folded(text: str) -> str:
    """What entries that make the same words right have in common."""
    plain = plain_word(text)
    return caseless(plain) if is_lower(plain) else plain


def bare(unit: str) -> str:
    """A unit of a word in any case, without the signs behind it."""
    return caseless(plain_word(unit.rstrip("+#")))


def wrong_word(text: str) -> tuple[str, str] | None:
    """Why a text cannot be an entry, and what to do about it, as in a `Finding`; None if it can."""
    unseen = next((one for one in text if category(one) in {"Cc", "Cf", "Cs", "Co"}), None)
    if unseen is not None:
        shown = "".join("�" if category(one).startswith("C") else one for one in text)
        code = f"U+{ord(unseen):04X}"
        return f"“{shown}” holds a character that is not seen ({code})", "Type the word anew."
    if len(text.split()) > 1:
        advice = "Make each word an entry of its own; a comment begins with #."
        return f"“{text}” is more than one word", advice
    if WORD.fullmatch(text):
        return None
    word = WORD.search(text)
    return f"“{text}” is no word", f"Write “{word[0]}”." if word else "Remove it."


def sort_key(text: str) -> tuple[str, str]:
    """What puts entries in the order of a dictionary: capital letters come after small ones."""
    plain = plain_word(text)
    return caseless(plain), plain.swapcase()


def made_of(word: str) -> Iterator[str]:
    """A word, its plural if it has one, and the possessives of both."""
    for form in (word, *_plural(word)):
        yield form
        yield f"{form}'s"
        if form.endswith("s"):
            yield f"{form}'"


def _plural(word: str) -> tuple[str, ...]:
    last = word[-1]
    if last.isdigit() or (last.isupper() and last != "S"):
        return (f"{word}s",)
    if not last.isalpha() or not (is_lower(word) or last == "S"):
        return ()
    if word.endswith((*_SIBILANTS, "S")):
        return (f"{word}es",)
    return (f"{word[:-1]}ies",) if _CONSONANT_AND_Y.search(word) else (f"{word}s",)
