"""Which words of a passage are misspelled, and which are only unknown.

Harper answers two questions here: whether its dictionary has a word, which takes it two
microseconds, and what a word may have been meant to be, which takes milliseconds, so it is asked
about each word once, and about none that is a name anyway. What it says of a word does not depend
on the text around; that is looked at here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.nearest import edit_distance
from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import Match
from mlsd_lint.prose.harper.profile import SPELLING
from mlsd_lint.prose.languages import mostly_latin
from mlsd_lint.prose.words.known import names
from mlsd_lint.prose.words.unknown import SMALL_WORD, WORD, is_near, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOKEN = re.compile(rf"[^\s—–…{OBJECT}]+")
# What may stand around a word in a sentence without being a part of it.
_OPENING, _CLOSING = "([{“‘\"'*«", ")]}”’\"'*».,;:!?"
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»"}
# A name that begins an entry: "torchtune: a library", "torchtune - a library".
_ENTRY = re.compile(rf"\s*([a-z]+)(?=[\s{OBJECT}]*(?:[-–—:]\s|[{OBJECT}(]|$))")
_PREFIXES = (
    *("anti", "auto", "back", "bio", "co", "counter", "cross", "cyber", "de", "electro", "geo"),
    *("hyper", "inter", "macro", "meta", "micro", "mini", "mis", "mono", "multi", "nano", "neuro"),
    *("non", "out", "over", "photo", "poly", "post", "pre", "proto", "pseudo", "re", "semi", "sub"),
    *("super", "tele", "trans", "tri", "ultra", "un", "under", "uni"),
)
_SUFFIXES = ("able", "er", "ers", "fold", "izable", "less", "like", "ness", "r", "rs", "s", "wise")
# Suffixes that change the end of the stem: sparsities, retrievability.
_CHANGED = (("ies", "y"), ("ability", "able"), ("ibility", "ible"))
_ADVERBS = ("ively", "ously", "ically", "ially", "ingly", "edly")
_MOST_SUGGESTIONS = 3
_LETTERS_OF_A_STEM = 5
_LETTERS_OF_A_PART = 4
_SHORTEST = 2  # letters of a name
_SHORTEST_GLUED = 5  # letters of two words without the space between them
# Words to which the next or the last one is glued by a slip of the thumb.
_GLUED_BEFORE = ("the", "and", "for", "of", "to", "is", "an", "it", "at", "as")
_GLUED_BEHIND = ("the", "of")
_SMALLEST = frozenset(_GLUED_BEFORE) | names("a any by each every in no on or so use")
_POSSESSIVE = ("'s", "’s")


class Guess(NamedTuple):
    """What may have been meant by a word that the dictionary lacks.

    `sure` if the word is a slip of the pen rather than a term of which the dictionary does not
    know; of a term, only its neighbours are suggested.
    """

    sure: bool
    suggestions: tuple[str, ...] = ()


def misspellings(
    text: str, known: Callable[[str], bool], guess: Callable[[str], Guess | None]
) -> Iterator[Match]:
    """The words of a text that are not in the dictionary.

    `known` says whether a word is right in some case; `guess` says of a word in lower case what may
    have been meant, and None if nothing is wrong with it.
    """
    entries = _entry_names(text)
    for token in _TOKEN.finditer(text):
        word = _gated_word(text, token)
        if word is None:
            yield from _unknown_names(token, known)
        elif (found := guess(word[0])) is not None:
            is_name = word[0] in entries or _is_quoted(text, word)
            code = "P005" if is_name else "P004" if found.sure else "P016"
            yield _match(word, code, found.suggestions)


def gated_words(text: str) -> Iterator[str]:
    """The words of a text about which `misspellings` will want a guess."""
    for token in _TOKEN.finditer(text):
        word = _gated_word(text, token)
        if word is not None:
            yield word[0]


def guessed(word: str, suggestions: tuple[str, ...], known: Callable[[str], bool]) -> Guess | None:
    """What to make of an unknown word in lower case to which Harper suggests something, or nothing.

    `known` says whether its dictionary has a word.
    """
    if word.endswith(_POSSESSIVE) and known(word[: -len("'s")]):
        return None
    parted = tuple(one for one in suggestions if _only_parted(word, one)) or _unglued(word, known)
    likely = dict.fromkeys(
        (*parted, *sorted(suggestions, key=lambda one: edit_distance(word, one)))
    )
    near = {one: edit_distance(word, one) for one in likely if is_near(word, one)}
    formed = _is_derived(word, known) or (1 not in near.values() and _is_compound(word, known))
    sure = bool(parted) or (bool(near) and not formed)
    return Guess(sure, tuple(likely if sure else near)[:_MOST_SUGGESTIONS])


def _unglued(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    pairs = [(one, word.removeprefix(one)) for one in _GLUED_BEFORE if word.startswith(one)]
    pairs += [(word.removesuffix(one), one) for one in _GLUED_BEHIND if word.endswith(one)]
    both = [pair for pair in pairs if min(map(len, pair)) > 1 and len(word) >= _SHORTEST_GLUED]
    return tuple(" ".join(pair) for pair in both if known(pair[0]) and known(pair[1]))


def _gated_word(text: str, token: re.Match[str]) -> re.Match[str] | None:
    """The word in lower case that is all of a token, but for punctuation."""
    bare = token[0].lstrip(_OPENING)
    start = token.end() - len(bare)
    end = start + len(bare.rstrip(_CLOSING))
    touched = text[max(token.start() - 1, 0) : token.start()] + text[token.end() : token.end() + 1]
    if OBJECT in touched:
        return None
    return SMALL_WORD.fullmatch(text, start, end)


def _unknown_names(token: re.Match[str], known: Callable[[str], bool]) -> Iterator[Match]:
    for word in WORD.finditer(token.string, token.start(), token.end()):
        letters = word[0].replace("'", "").replace("’", "")
        if len(letters) < _SHORTEST or not letters.isalpha():  # ¹ counts as a letter for `re`
            continue
        # No dictionary of English has a word of another script, though it may stand among its words.
        if mostly_latin(word[0]) and not known(word[0]):
            yield _match(word, "P005", ())


def _match(word: re.Match[str], code: str, suggestions: tuple[str, ...]) -> Match:
    said = message(word[0], suggestions)
    return Match(word.start(), word.end(), code, SPELLING, said, suggestions)


def _entry_names(text: str) -> frozenset[str]:
    found = _ENTRY.match(text)
    return frozenset([found[1]]) if found else frozenset()


def _is_quoted(text: str, word: re.Match[str]) -> bool:
    before, after = text[: word.start()][-1:], text[word.end() :][:1]
    return before in _QUOTES and _QUOTES[before] == after


def _only_parted(word: str, other: str) -> bool:
    """Whether they differ in capitals only, or in the space beside one of the smallest words.

    Other words are written as one sooner or later: warmup, timeframe, frontmatter.
    """
    parts = other.lower().replace("-", " ").split()
    return "".join(parts) == word and (len(parts) == 1 or not _SMALLEST.isdisjoint(parts))


def _is_derived(word: str, known: Callable[[str], bool]) -> bool:
    """Whether a word is a known one with a prefix or suffix, though no dictionary has it."""
    stems = [word.removeprefix(one) for one in _PREFIXES if word.startswith(one)]
    stems += [word.removesuffix(one) for one in _SUFFIXES if word.endswith(one)]
    stems += [word.removesuffix(one) + basic for one, basic in _CHANGED if word.endswith(one)]
    if word.endswith(_ADVERBS):
        stems.append(word.removesuffix("ly"))
    return any(len(stem) >= _LETTERS_OF_A_STEM and known(stem) for stem in stems)


def _is_compound(word: str, known: Callable[[str], bool]) -> bool:
    """Whether a word is two known ones put together."""
    cuts = range(_LETTERS_OF_A_PART, len(word) - _LETTERS_OF_A_PART + 1)
    return any(known(word[:cut]) and known(word[cut:]) for cut in cuts)
