"""The engine of known misspellings: a list of real ones, looked up by the program `typos`.

It flags a word only if the list has it, so it finds less than a dictionary does and is hardly ever
wrong. What it makes of names, compounds and capital letters is sorted out in `words`.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mlsd_lint.digests import code_digest, digest
from mlsd_lint.prose.engine import Match, batches
from mlsd_lint.prose.typos.english import is_other_language
from mlsd_lint.prose.typos.locating import executable, version
from mlsd_lint.prose.typos.words import is_misspelled_word
from mlsd_lint.rules.prose import KNOWN_MISSPELLING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mlsd_lint.config.prose import English
    from mlsd_lint.prose.engine import Passage
    from mlsd_lint.prose.typos.running import Misspelling

RULE: Final = "misspelling"
FIXABLE: Final = frozenset({RULE})
"""All it finds is from a list of mistakes with their corrections; spelling is an unsafe fix anyway."""

_BATCH_CHARACTERS: Final = 1_000_000
_ANY_ENGLISH: Final = "en"
_LOCALES: Final[Mapping[English, str]] = {
    "american": "en-us",
    "british": "en-gb",
    "australian": "en-au",
    "canadian": "en-ca",
}


class Typos:
    """Finds known misspellings (P003).

    A word that is right in any English is never one: that is a matter of consistency. Of which
    English a correction is, `english` decides; where the book has none, it is American.
    """

    name: Final = "typos"

    def __init__(self, english: English | None = None) -> None:
        self._english: English = english or "american"

    @cached_property
    def fingerprint(self) -> str:
        """The digest of the version of the list, of our own sorting of it, and of `english`."""
        return digest(self.name, version(), code_digest(Path(__file__).parent), self._english)

    def check(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, tuple[Match, ...]]]:
        """What is misspelled in each passage; passages of about a megabyte come together.

        Raises:
            EngineError: the program is not installed, or did not do its work.
        """
        if not passages:
            return
        program = executable()
        for batch in batches(passages, _BATCH_CHARACTERS):
            yield from zip(batch, self._matches(program, batch), strict=True)

    def close(self) -> None:
        """Nothing is left running between two passages."""

    def _matches(self, program: Path, batch: Sequence[Passage]) -> Iterator[tuple[Match, ...]]:
        from mlsd_lint.prose.typos.running import misspellings

        texts = [passage.text for passage in batch]
        found = _mistakes(misspellings(program, texts, _ANY_ENGLISH), texts)
        corrections = self._corrections(program, {one.word for one in found})
        matches: list[list[Match]] = [[] for _ in batch]
        for one in found:
            matches[one.line].append(_match(one, corrections.get(one.word, one.corrections)))
        return map(tuple, matches)

    def _corrections(self, program: Path, words: set[str]) -> dict[str, tuple[str, ...]]:
        """The corrections of misspelled words in the English of the book, where it has its own."""
        from mlsd_lint.prose.typos.running import misspellings

        if not words:
            return {}
        found = misspellings(program, sorted(words), _LOCALES[self._english])
        return {one.word: one.corrections for one in found}


def _mistakes(found: Sequence[Misspelling], texts: Sequence[str]) -> list[Misspelling]:
    """Those that are of words, in passages that are English."""
    mistakes = [
        one
        for one in found
        if is_misspelled_word(
            texts[one.line], one.start, one.start + len(one.word), one.corrections
        )
    ]
    lines = {one.line for one in mistakes}
    english = {line for line in lines if not is_other_language(texts[line])}
    return [one for one in mistakes if one.line in english]


def _match(found: Misspelling, replacements: tuple[str, ...]) -> Match:
    return Match(
        found.start,
        found.start + len(found.word),
        KNOWN_MISSPELLING.code,
        RULE,
        f"“{found.word}” is a misspelling of {_alternatives(replacements)}.",
        replacements,
    )


def _alternatives(replacements: Sequence[str]) -> str:
    *others, last = [f"“{replacement}”" for replacement in replacements]
    return f"{', '.join(others)} or {last}" if others else last
