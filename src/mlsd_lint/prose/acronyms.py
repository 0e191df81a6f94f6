"""Acronyms of a document: where each is first used, and where it is said what it stands for.

An acronym is two to six capital letters: LSTM, and RNN in "RNNs". With a digit behind a hyphen it
is the name of a version (GPT-3); in a sentence of capitals it is a shout.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from mlsd_lint.prose.blocks import Block

_MINIMUM_WORDS = 150  # of running text; what is shorter is no chapter that somebody reads through
_MINIMUM_HEADINGS = 3  # a title and two sections
_CANDIDATE = re.compile(r"(?<![\w.@#$&+'’-])([A-Z]{2,6})s?(?![\w@&+]|-\d|\.\w|['’][a-rt-z])")
_WORD = re.compile(r"[^\W\d_]+")
_SHORT_WORD = re.compile(r"\b[a-z]{2,6}\b")
_SHOUT = re.compile(r"\b[A-Z]{2,}(?: [A-Z]{2,}\b){2,}(?:[ ,!?]+[A-Z]{2,}\b)*")
_ROMAN = re.compile(r"[IVX]+")
_BEFORE = 100  # code points before and behind an acronym in which its words must be
_OPENS = re.compile(r"[(\[][^()\[\]]{0,20}\Z")
_EXPLAINS = re.compile(
    r"s?[\"”’*]?(?:\s[a-z]+)?\s*[(\[]|s?[\"”’*]?\s*(?:[:=–—,-]|stands? for|is short for|means|is\b|are\b|or\b|i\.e\.)+"
)
_RUNNING = frozenset({"paragraph", "list item", "quote", "footnote"})


class Acronym(NamedTuple):
    """A place in `Block.text` where an acronym stands; `expanded` if its words stand beside it."""

    letters: str
    block: Block
    start: int
    end: int
    expanded: bool


def acronyms(
    blocks: Sequence[Block], known: Collection[str], is_quoted: Callable[[Block, int], bool]
) -> Iterator[Acronym]:
    """The first use of each acronym that the document does not explain there, or before.

    Behind these stands where each acronym that is explained is explained first. Nothing of a
    document that is no chapter: too short, or without a title and sections.
    """
    if not _is_chapter(blocks):
        return
    first: dict[str, Acronym] = {}
    expansions: dict[str, Acronym] = {}
    spelled_out: set[str] = set()
    for block in blocks:
        if block.kind == "heading":
            spelled_out.update(_spelled_out(block.text))
        for found in _in_block(block, known, expansions):
            letters = found.letters
            if found.expanded:
                expansions[letters] = found
            elif letters in first or block.kind not in _RUNNING:
                continue
            elif letters.lower() not in spelled_out and not is_quoted(block, found.start):
                first[letters] = found
    ordinary = _ordinary_words(blocks) if first else frozenset()
    for letters, found in first.items():
        if letters.lower() not in ordinary:
            yield found
    yield from expansions.values()


def _is_chapter(blocks: Iterable[Block]) -> bool:
    words = headings = 0
    for block in blocks:
        headings += block.kind == "heading"
        if block.kind == "paragraph":
            words += block.text.count(" ") + 1
    return words >= _MINIMUM_WORDS and headings >= _MINIMUM_HEADINGS


def _in_block(
    block: Block, known: Collection[str], explained: Collection[str]
) -> Iterator[Acronym]:
    """What is left to explain, or explained; `explained` grows while this runs."""
    text = block.text
    shouted: Callable[[int], bool] | None = None
    for match in _CANDIDATE.finditer(text):
        letters = match[1]
        if letters in known or letters in explained or _ROMAN.fullmatch(letters):
            continue
        shouted = shouted or _shouted(text)
        if shouted(match.start()):
            continue
        expanded = is_expanded(text, *match.span(1))
        yield Acronym(letters, block, *match.span(), expanded)


def _shouted(text: str) -> Callable[[int], bool]:
    """Tells of an offset whether it is within three or more words in capitals."""
    shouts = [match.span() for match in _SHOUT.finditer(text)]
    starts = [start for start, _ in shouts]

    def shouted(offset: int) -> bool:
        index = bisect_right(starts, offset) - 1
        return index >= 0 and offset < shouts[index][1]

    return shouted


def is_expanded(text: str, start: int, end: int) -> bool:
    """Whether the words that an acronym stands for are beside it, in parentheses or the like."""
    letters = text[start:end].lower()
    before = text[max(start - _BEFORE, 0) : start]
    opening = _OPENS.search(before)
    if opening and _fits(letters, _words(before[: opening.start()])[-2 * len(letters) - 2 :]):
        return True
    if _fits(letters, _words(before)[-2 * len(letters) - 2 :]) and re.search(
        r"(?:[,–—:=]|\bor|\bas)\s*[\"“*]?\Z", before
    ):
        return True
    explains = _EXPLAINS.match(text, end)
    if explains is None:
        return False
    behind = _words(text[explains.end() : end + _BEFORE])
    return _starts_fitting(letters, behind)


def _words(text: str) -> list[str]:
    return [match[0].lower() for match in _WORD.finditer(text)]


def _fits(letters: str, words: Sequence[str]) -> bool:
    """Whether the last of these words, from one of them on, have these letters in order."""
    return any(
        _begins(word, letters[0]) and _holds(letters, words[index:])
        for index, word in enumerate(words)
    )


def _starts_fitting(letters: str, words: Sequence[str]) -> bool:
    first = next((at for at, word in enumerate(words[:4]) if _begins(word, letters[0])), None)
    return first is not None and _holds(letters, words[first : first + 2 * len(letters)])


def _begins(word: str, letter: str) -> bool:
    """Whether a word can stand for a letter, as "extensible" stands for the X of XML."""
    return word.startswith((letter, f"e{letter}") if letter == "x" else letter)


def _holds(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters stand in these words in order, at least half of them as initials.

    The acronym itself is none of its words.
    """
    words = [word for word in words if word not in {letters, f"{letters}s"}]
    initials = "".join([word[0] for word in words])
    return _is_within(letters, "".join(words)) and 2 * _common(letters, initials) >= len(letters)


def _is_within(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _common(letters: str, initials: str) -> int:
    """How many of the letters are found among the initials, in order."""
    count = at = 0
    for letter in letters:
        found = initials.find(letter, at)
        if found >= 0:
            count, at = count + 1, found + 1
    return count


def _spelled_out(heading: str) -> Iterator[str]:
    """The letters that stand for words of a heading which follow each other.

    Two initials are found in many a heading by chance: they must be all of it.
    """
    initials = "".join([word[0] for word in _words(heading)])
    if len(initials) == 2:
        yield initials
    for length in range(3, 7):
        for start in range(len(initials) - length + 1):
            yield initials[start : start + length]


def _ordinary_words(blocks: Iterable[Block]) -> frozenset[str]:
    """The short words in lower case: their like in capitals is a word that is shouted."""
    words: set[str] = set()
    for block in blocks:
        words.update(_SHORT_WORD.findall(block.text))
    return frozenset(words)
