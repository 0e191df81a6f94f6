"""One passage, read by one of Harper's linters."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import Match
from mlsd_lint.prose.harper.filters import is_fragment, is_surely_right
from mlsd_lint.prose.harper.profile import (
    ARTICLE,
    CODES,
    ENABLED_CODE,
    PHRASES,
    REPEATED,
    SPELLING,
)
from mlsd_lint.prose.harper.repeated import repeated
from mlsd_lint.prose.harper.spelling import Guess, gated_words, guessed, misspellings
from mlsd_lint.prose.words.unknown import is_known

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from mlsd_lint.config.prose import English
    from mlsd_lint.prose.blocks import Kind
    from mlsd_lint.prose.engine import Passage

_PLAIN = "plaintext"
_BETWEEN = "\n\n"
_LONGEST = 4_000
"""Characters that are sent in one go: Harper cannot be interrupted."""
# No word, and Harper takes quadratic time for it.
_ENDLESS = re.compile(r"\S{100,}")
_MOST_REPLACEMENTS = 3
_LONGEST_WORD = 200  # characters behind an article that are looked at
_WORDS_IN_CAPITALS = 20  # characters behind an article in capitals
_TWO_SLIPS = "qq"  # from a word to one that nobody writes
_END_OF_SENTENCE = re.compile(r"[.!?][\"”’)\]]*\s+|\n")
# `word` or 'word', but not the apostrophes of it's and that's
_QUOTED = re.compile(r"`([^`]*)`|(?<!\w)'([^'\s][^']*)'(?!\w)")
# Which of two findings about the same words is kept.
_FIRST = ("P001", "P002", "P004", "P007", "P006", "P008", "P016", "P005")


class Reader:
    """Linters for one thread: for sentences, for fragments, and for the spelling of single words.

    Where `english` is None, a word that is right in any English is right, and grammar is American.
    `rules` are the names of Harper's rules that are on. `guesses` is what is known of words
    already; readers may share it, since it does not depend on the reader.
    """

    def __init__(
        self, english: English | None, rules: frozenset[str], guesses: dict[str, Guess | None]
    ) -> None:
        dialect = english or "american"
        self._english = english
        self._rules = rules
        self._guesses = guesses
        self._sentences = _linter(dialect, rules - {SPELLING, REPEATED})
        self._fragments = _linter(dialect, (rules & PHRASES) | (rules - CODES.keys()))
        self._spelling = _linter(dialect, frozenset({SPELLING}))

    def read(self, passage: Passage) -> tuple[Match, ...]:
        """What is wrong with a passage, in order, no two findings about the same characters."""
        text = _without_endless(passage.text)
        found = list(self._grammatical(passage.kind, text))
        if REPEATED in self._rules:
            found += repeated(text)
        if SPELLING in self._rules:
            self._learn({*gated_words(text)})
            found += misspellings(text, self._is_right, self._guesses.__getitem__)
        return tuple(sorted(_apart(found)))

    def _grammatical(self, kind: Kind, text: str) -> Iterator[Match]:
        linter = self._fragments if is_fragment(kind, text) else self._sentences
        for start, end in _pieces(text):
            if not any(map(str.isalpha, text[start:end])):
                continue
            lints = linter.organized_lints(text[start:end], language=_PLAIN, dedup=False)
            for rule, found in lints.items():
                for lint in found:
                    place = start + lint.span.start, start + lint.span.end
                    if is_surely_right(text, rule, *place):
                        match = _match(text, rule, *place, lint)
                        if match is not None:
                            yield match

    def learn(self, passages: Iterable[Passage]) -> None:
        """Find out about the words of many passages at once, which is faster than one by one."""
        if SPELLING in self._rules:
            texts = [_without_endless(passage.text) for passage in passages]
            self._learn({word for text in texts for word in gated_words(text)})

    def _learn(self, words: set[str]) -> None:
        unknown = []
        for word in sorted(words.difference(self._guesses)):
            if is_known(word, self._english) or (self._english is None and self._has(word)):
                self._guesses[word] = None
            else:
                unknown.append(word)
        if not unknown:
            return
        meant = self._meant(unknown)
        for word in unknown:
            found = meant.get(word)
            self._guesses[word] = None if found is None else guessed(word, found, self._has)

    def _meant(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """What may have been meant by words that may be unknown; what is known is left out.

        Where Harper finds nothing two slips away it looks further, of which nothing is used, and to
        get ready for that takes it two seconds in each thread. So it first gets a word for each
        that it will find; where it finds others too, it is asked again without.
        """
        stand_ins = {f"{word}{_TWO_SLIPS}" for word in words if not self._has(word)}
        meant = self._suggested(words, stand_ins)
        crowded = [word for word in words if len(meant.get(word, ())) > 1]
        crowded = [word for word in crowded if not stand_ins.isdisjoint(meant[word])]
        meant |= self._suggested(crowded, ())
        return {
            word: tuple(one for one in found if one not in stand_ins)
            for word, found in meant.items()
        }

    def _suggested(
        self, words: Sequence[str], stand_ins: Collection[str]
    ) -> dict[str, tuple[str, ...]]:
        """What Harper suggests for each word that it does not know, if it knew the `stand_ins`."""
        if not words:
            return {}
        self._spelling.clear_words()
        if stand_ins:
            self._spelling.import_words(sorted(stand_ins))
        starts = list(accumulate((len(word) + len(_BETWEEN) for word in words), initial=0))
        meant: dict[str, tuple[str, ...]] = {}
        for lint in self._spelling.lint(_BETWEEN.join(words), language=_PLAIN):
            word = words[bisect_right(starts, lint.span.start) - 1]
            some = [one.replacement_text for one in lint.suggestions]
            meant[word] = (*meant.get(word, ()), *some)
        return meant

    def _has(self, word: str) -> bool:
        """Whether Harper's dictionary has a word, in any case and of any English."""
        return bool(self._spelling.is_likely_english(word))

    def _is_right(self, word: str) -> bool:
        """Whether a word is in the dictionary or known here."""
        return self._has(word) or is_known(word, self._english)


def _without_endless(text: str) -> str:
    return _ENDLESS.sub(lambda found: OBJECT * len(found[0]), text)


def _linter(dialect: str, rules: frozenset[str]) -> Any:
    import harper

    linter = harper.Linter(harper.Dialect[dialect.upper()])
    known = linter.get_default_lint_config()
    linter.set_lint_config({rule: rule in rules for rule in known})
    return linter


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The text in stretches that are short enough, cut between sentences or else words."""
    start = 0
    while len(text) - start > _LONGEST:
        limit = start + _LONGEST
        ends = [one.end() for one in _END_OF_SENTENCE.finditer(text, start + 1, limit)]
        end = ends[-1] if ends else max(text.rfind(" ", start + 1, limit), 0) + 1
        if end <= start + 1:
            end = limit
        yield start, end
        start = end
    yield start, len(text)


def _match(text: str, rule: str, start: int, end: int, lint: Any) -> Match | None:
    """What a lint says as a match; None if it would change nothing."""
    replacements = [_replacement(text[start:end], one) for one in lint.suggestions]
    if rule == "EllipsisLength" and text[start - 3 : start] == "etc":
        replacements = ["."]
    if (
        rule == ARTICLE
        and text[start:end] == "A"
        and not text[end : end + _WORDS_IN_CAPITALS].isupper()
    ):
        replacements = ["An"]
    if replacements and all(one == text[start:end] for one in replacements):
        return None
    start, end, replacements = _without_spaces(text, start, end, replacements)
    if start >= end:
        return None
    kept = [one for one in dict.fromkeys(replacements) if one != text[start:end]]
    kept = kept[:_MOST_REPLACEMENTS]
    code = CODES.get(rule, ENABLED_CODE)
    return Match(start, end, code, rule, _message(text, rule, start, end, kept, lint), tuple(kept))


def _replacement(flagged: str, suggestion: Any) -> str:
    kind = suggestion.kind.name
    replacement: str = suggestion.replacement_text
    if kind == "REMOVE":
        return ""
    return flagged + replacement if kind == "INSERT_AFTER" else replacement


def _without_spaces(
    text: str, start: int, end: int, replacements: list[str]
) -> tuple[int, int, list[str]]:
    """The range without the spaces around it that no replacement changes.

    One that is nothing but a space, into which a word is to be put, takes the next word in.
    """
    if text[start:end].isspace():
        word = re.compile(r"\S+").match(text, end)
        if word is not None:
            end = word.end()
            replacements = [one + word[0] for one in replacements]
    while text[start:end][:1].isspace() and all(one[:1] == text[start] for one in replacements):
        start, replacements = start + 1, [one[1:] for one in replacements]
    while text[start:end][-1:].isspace() and all(one[-1:] == text[end - 1] for one in replacements):
        end, replacements = end - 1, [one[:-1] for one in replacements]
    return start, end, replacements


def _message(text: str, rule: str, start: int, end: int, meant: list[str], lint: Any) -> str:
    flagged = text[start:end]
    if rule == ARTICLE and meant:
        word = text[end : end + _LONGEST_WORD].split(maxsplit=1)[0].rstrip(".,;:!?)”\"'")
        return f"“{flagged} {word}” should be “{meant[0]} {word}”."
    if rule == "EllipsisLength":
        return f"“{flagged}” should be “{meant[0]}”." if meant else _sentence(lint.message)
    return _sentence(lint.message)


def _sentence(message: str) -> str:
    """A message of Harper's as one line of plain text, ended by a period."""
    plain = _QUOTED.sub(lambda found: f"“{found[1] or found[2]}”", message)
    plain = " ".join(plain.replace("**", "").split())
    return plain if plain.endswith((".", "!", "?", ".)", ".”")) else plain + "."


def _apart(found: Iterable[Match]) -> Iterator[Match]:
    """The findings but for those that overlap with a more important one."""
    taken: list[tuple[int, int]] = []  # in order, and apart
    for match in sorted(found, key=_importance):
        place = bisect_right(taken, (match.start, match.end))
        is_free = place == 0 or taken[place - 1][1] <= match.start
        if is_free and (place == len(taken) or match.end <= taken[place][0]):
            taken.insert(place, (match.start, match.end))
            yield match


def _importance(match: Match) -> tuple[int, int, int, str]:
    return _FIRST.index(match.code), match.start, -match.end, match.rule
