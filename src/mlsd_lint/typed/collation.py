"""The alphabetical order in which readers of a language look for an entry.

First count letters and numbers: case, accents, punctuation, spaces and symbols make no
difference, a number is compared as a number and stands before letters. Entries that are equal so
far are told apart by accents, then case (small letters first), then by everything else. The idea
of levels, and the alphabets, are those of https://unicode.org/reports/tr10/ and
https://cldr.unicode.org.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, combining, decimal, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Element = tuple[int, int, int]  # what kind of sign, the sign or its base, how far behind it
CollationKey = tuple[tuple[_Element, ...], tuple[str, ...], tuple[bool, ...], str]

_NUMBER, _LATIN, _OTHER = range(3)

# Each group is a letter of the Latin order and what this alphabet puts behind it, in order, as
# letters of their own; `ø=ö` is one letter written in two ways. A letter that is not here stands
# with its base letter. From the collation charts of CLDR, https://cldr.unicode.org.
_ALPHABETS = {
    "": "и й",
    "bg": "",
    "ca": "",
    "cs": "c č, h ch, r ř, s š, z ž",
    "da": "y=ü, z æ=ä ø=ö=ő å=aa",
    "de": "",
    "el": "",
    "en": "",
    "es": "n ñ",
    "et": "s š z ž, w õ ä ö ü",
    "fi": "y=ü, z å ä=æ ö=ø",
    "fr": "",
    "hr": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "hu": "c cs, d dz dzs, g gy, l ly, n ny, o ö=ő, s sz, t ty, u ü=ű, z zs",
    "is": "a á, d ð, e é, i í, o ó, u ú, y ý, z þ æ=ä ö=ø å",
    "it": "",
    "lt": "c č, i=y, s š, z ž",
    "lv": "c č, g ģ, i y, k ķ, l ļ, n ņ, r ŗ, s š, z ž",
    "nb": "y=ü, z æ=ä ø=ö=ő å=aa",
    "nl": "",
    "nn": "y=ü, z æ=ä ø=ö=ő å=aa",
    "no": "y=ü, z æ=ä ø=ö=ő å=aa",
    "pl": "a ą, c ć, e ę, l ł, n ń, o ó, s ś, z ź ż",
    "pt": "",
    "ro": "a ă â, i î, s ș=ş, t ț=ţ",
    "ru": "",
    "sk": "a ä, c č, h ch, o ô, s š, z ž",
    "sl": "c č ć, d đ, s š, z ž",
    "sv": "y=ü, z å ä=æ ö=ø",
    "tr": "c ç, g ğ, h ı i, o ö, s ş, u ü",
    "uk": "г ґ, е є, и і ї й",
}
# Letters that Unicode does not take apart into a base letter and an accent.
_PLAIN = {
    "æ": "ae",
    "ð": "d",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŋ": "n",
    "ø": "o",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    "ŧ": "t",
    "ς": "σ",
}
_DOTLESS = frozenset({"tr"})
_SHORTEN_DOUBLES = frozenset({"hu"})  # two `sz` are written `ssz`

# Modifier letters (an apostrophe is one of them), a joiner and the variation selectors.
_NO_LETTER = re.compile(r"[\u02b0-\u02ff\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class _Sign(NamedTuple):
    """What a letter counts as, and a mark that tells it from others that count the same."""

    elements: tuple[_Element, ...]
    mark: str = ""


class _Alphabet(NamedTuple):
    signs: dict[str, _Sign]
    pattern: re.Pattern[str]
    dotless: bool


def known_locale(locale: str) -> bool:
    """Whether there is an alphabet for the language of this BCP 47 tag (`sv`, `sv-SE`).

    There is one for "", no language in particular.
    """
    language = _language(locale)
    return language in _ALPHABETS and bool(language) == bool(locale)


def languages() -> list[str]:
    """The codes of the languages of which there is an alphabet."""
    return sorted(one for one in _ALPHABETS if one)


def collation_key(text: str, locale: str = "") -> CollationKey:
    """A key that sorts texts alphabetically; two are equal where the texts' NFC forms are.

    `locale` is a BCP 47 tag, whose language alone counts; for an unknown one the order is that
    of no language in particular.
    """
    language = _language(locale)
    alphabet = _alphabet(language if language in _ALPHABETS else "")
    elements: list[_Element] = []
    marks = [""]
    for sign in _signs(_folded(text, dotless=alphabet.dotless), alphabet):
        if sign.elements:
            elements += sign.elements
            marks += [sign.mark, *[""] * (len(sign.elements) - 1)]
        else:
            marks[-1] += sign.mark
    capitals = tuple(one.isupper() for one in normalize("NFKD", text) if one.isalpha())
    return tuple(elements), tuple(marks), capitals, normalize("NFC", text)


def out_of_order(texts: Sequence[str], locale: str = "") -> list[int]:
    """The indexes of the fewest texts that have to move for the rest to be in order.

    Of several choices, the one that lets the first texts stay. In ascending order.
    """
    keys = [collation_key(text, locale) for text in texts]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    order = [ranks[key] for key in keys]
    lengths = _lengths_from(order)
    wanted = max(lengths, default=0)
    moved: list[int] = []
    last = -1
    for index, rank in enumerate(order):
        if lengths[index] == wanted and rank >= last:
            last = rank
            wanted -= 1
        else:
            moved.append(index)
    return moved


def _lengths_from(order: list[int]) -> list[int]:
    """For each number, how many of it and those behind it can stay, it being the first."""
    lengths: list[int] = []
    starts: list[int] = []  # the negated best first number, for each length
    for number in reversed(order):
        place = bisect_right(starts, -number)
        starts[place : place + 1] = [-number]
        lengths.append(place + 1)
    return lengths[::-1]


def _language(locale: str) -> str:
    return re.split("[-_]", locale, maxsplit=1)[0].lower()


def _folded(text: str, *, dotless: bool = False) -> str:
    """Small letters, each accent behind its letter."""
    text = normalize("NFKD", text)
    if dotless:
        text = text.replace("I\u0307", "i").replace("I", "ı")
    return normalize("NFKD", text.lower())


def _signs(folded: str, alphabet: _Alphabet) -> Iterator[_Sign]:
    for match in alphabet.pattern.finditer(folded):
        written = match[0]
        known = alphabet.signs.get(written)
        if known:
            yield known
        elif match["number"]:
            yield _number(written)
        elif _is_accent(written):
            yield _Sign((), written)
        elif _is_letter(written):
            yield _Sign((_element(written),))


def _number(written: str) -> _Sign:
    """A number: first how long it is, then its digits."""
    digits = [decimal(one) for one in written]
    while len(digits) > 1 and not digits[0]:
        digits.pop(0)
    return _Sign(((_NUMBER, len(digits), 0), *((_NUMBER, digit, 0) for digit in digits)))


def _element(letter: str) -> _Element:
    return _LATIN if "a" <= letter <= "z" else _OTHER, ord(letter), 0


def _is_accent(character: str) -> bool:
    return combining(character) != 0


def _is_letter(character: str) -> bool:
    """Letters, numbers, and the vowel signs that follow letters in many scripts."""
    if _NO_LETTER.match(character):
        return False
    return category(character)[0] in "LN" or category(character) in ("Mc", "Mn")


@cache
def _alphabet(language: str) -> _Alphabet:
    signs = {letter: _Sign(tuple(map(_element, plain)), letter) for letter, plain in _PLAIN.items()}
    for groups in dict.fromkeys((_ALPHABETS[""], _ALPHABETS[language])):
        for group in filter(None, groups.split(", ")):
            signs |= _behind(group.split())
    if language in _SHORTEN_DOUBLES:
        signs |= _shortened_doubles(signs)
    longest_first = sorted(signs, key=len, reverse=True)
    letters = "|".join(map(_one_sign, longest_first))
    pattern = re.compile(rf"{letters}|(?P<number>\d+)|.", re.DOTALL)
    return _Alphabet(signs, pattern, language in _DOTLESS)


def _behind(group: Sequence[str]) -> dict[str, _Sign]:
    """The signs of one group of an alphabet: the letter it starts with, and those behind it."""
    kind, base, _ = _element(group[0][0])
    signs: dict[str, _Sign] = {}
    for step, spellings in enumerate(group):
        first, *others = map(_folded, spellings.split("="))
        signs[first] = _Sign(((kind, base, step),))
        signs |= {other: _Sign(((kind, base, step),), other) for other in others}
    return signs


def _shortened_doubles(signs: dict[str, _Sign]) -> dict[str, _Sign]:
    return {
        written[0] + written: _Sign(sign.elements * 2)
        for written, sign in signs.items()
        if len(written) > 1 and written.isalpha() and sign.elements[0][2]
    }


def _one_sign(written: str) -> str:
    """A pattern for a letter; one of several letters is none if the last has an accent."""
    several = sum(not _is_accent(one) for one in written) > 1
    return re.escape(written) + (r"(?![\u0300-\u036f])" if several else "")
