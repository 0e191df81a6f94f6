"""Which words a book might want in its vocabulary: the unknown ones, as entries, the commonest first.

A word is suggested in the form that makes most of its occurrences right: `tokenizer` for
"Tokenizer's" at the beginning of a sentence and "tokenizers" in the middle.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.prose.vocabulary import WORD, parse, plain_word, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mlsd_lint.source import Source, Span

_PARTS_OF_NAMES = frozenset(".+#&")  # "js" is no word that anybody wants to add, but Node.js is


class Occurrence(NamedTuple):
    """A place where an unknown word stands: its path, line and column (from 1), and that line."""

    word: str
    path: str
    line: int
    column: int
    text: str


class Suggestion(NamedTuple):
    """A word, how often it occurs in any of its forms, in how many files, and where first."""

    word: str
    times: int
    files: int
    example: Occurrence


def occurrence(source: Source, span: Span) -> Occurrence:
    """What stands at a span of a document; all of it where that is only a part of a name."""
    line, column = source.position(span.start)
    text = source.line(line)
    start, end = column - 1, min(column - 1 + span.end - span.start, len(text))
    for match in WORD.finditer(text):
        if match.start() <= start and end <= match.end() and _PARTS_OF_NAMES & set(match[0]):
            start, end = match.span()
    return Occurrence(text[start:end], source.path, line, start + 1, text)


def suggestions(occurrences: Iterable[Occurrence]) -> list[Suggestion]:
    """One suggestion for all forms of a word: the most frequent first, then those in most files.

    What cannot be an entry of a vocabulary is left out. The example is the first occurrence given
    of the form that is suggested, or else of any.
    """
    # Two parts of one name are one occurrence of it.
    words = [(_without_possessive(one.word), one) for one in dict.fromkeys(occurrences)]
    counts = Counter(word for word, _ in words if WORD.fullmatch(word))
    entry_of = _entries(counts)
    found: dict[str, list[Occurrence]] = {}
    for word, one in words:
        if word in entry_of:
            found.setdefault(entry_of[word], []).append(one)
    return sorted((_suggestion(word, some) for word, some in found.items()), key=_order)


def _without_possessive(word: str) -> str:
    plain = plain_word(word)
    return plain[:-2] if plain.endswith(("'s", "'S")) else plain.removesuffix("'")


def _entries(counts: Mapping[str, int]) -> dict[str, str]:
    """For each word the one to be added for it."""
    entry_of = {word: word for word in counts}
    covered = {one.entry.text: one.by.text for one in parse("\n".join(counts)).superfluous}
    for word in counts:
        entry = word
        while entry in covered and _is_form(entry, covered[entry], counts):
            entry = covered[entry]
        entry_of[word] = entry
    return entry_of


def _is_form(word: str, entry: str, counts: Mapping[str, int]) -> bool:
    """Whether one entry is meant for both; a name that is seldom written small is one of its own."""
    if word[0] == entry[0]:
        return True
    return word[1:].islower() and counts[word] <= counts[entry]


def _suggestion(word: str, some: list[Occurrence]) -> Suggestion:
    example = next((one for one in some if one.word == word), some[0])
    return Suggestion(word, len(some), len({one.path for one in some}), example)


def _order(one: Suggestion) -> tuple[int, int, tuple[str, str]]:
    return -one.times, -one.files, sort_key(one.word)
