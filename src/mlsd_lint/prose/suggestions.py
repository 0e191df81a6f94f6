"""Which words a book might want in its vocabulary: the unknown ones, as entries.

A word is suggested in the form that makes most of its occurrences right: `tokenizer` for
"Tokenizer's" at the beginning of a sentence and "tokenizers" in the middle.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.prose.vocabulary import parse
from mlsd_lint.prose.word_forms import WORD, plain_word, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mlsd_lint.source import Source, Span

_JOINTS = {ord(one): None for one in "-'"}
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

    @property
    def is_name(self) -> bool:
        """Whether it has a capital letter or a digit: it is a name more often than a word."""
        return not (self.word.islower() and self.word.translate(_JOINTS).isalpha())


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
    """One suggestion for all forms of a word.

    Words in lower case come before names, of which a book may have hundreds. Within each kind
    the most frequent come first, then those in most files, then as in a dictionary.

    What cannot be an entry of a vocabulary, single characters and numbers are left out. The
    example is the first occurrence given of the form that is suggested, or else of any.
    """
    # Two parts of one name are one occurrence of it.
    some = dict.fromkeys(occurrences)
    words = [one._replace(word=_without_possessive(one.word)) for one in some]
    entry_of = _entries(Counter(one.word for one in words if _is_word(one.word)))
    found: dict[str, list[Occurrence]] = {}
    for one in words:
        if one.word in entry_of:
            found.setdefault(entry_of[one.word], []).append(one)
    return sorted((_suggestion(word, some) for word, some in found.items()), key=_order)


def _without_possessive(word: str) -> str:
    plain = plain_word(word)
    return plain[:-2] if plain.endswith(("'s", "'S")) else plain.removesuffix("'")


def _is_word(word: str) -> bool:
    return len(word) > 1 and any(map(str.isalpha, word)) and WORD.fullmatch(word) is not None


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


def _order(one: Suggestion) -> tuple[bool, int, int, tuple[str, str]]:
    return one.is_name, -one.times, -one.files, sort_key(one.word)
