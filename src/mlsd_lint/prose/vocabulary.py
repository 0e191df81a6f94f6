"""The vocabulary: the words that are right in this book, whatever a dictionary says.

A text file with one word a line. `#` begins a comment, at the start of a line or behind white
space: `C#` is a word. What an entry makes right:

- in lower case, the word in any case; with a capital letter, the word just as it is written;
- its possessive, `Kubeflow's` and `Kubernetes'`;
- its regular plural, if it is in lower case or ends in a capital or a digit: `tokenizers` for
  `tokenizer`, `LLMs` for `LLM`, but nothing for `PyTorch`.

Typographic apostrophes and hyphens are as good as plain ones, and so are letters with their
accents apart (Unicode, NFC). An entry also counts within a compound: `Kubeflow` in
"Kubeflow-native".

Who goes over a text asks `uses`, which does all that; who has a word, `Vocabulary.entry_for`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.digests import digest
from mlsd_lint.errors import UsageError
from mlsd_lint.prose.word_forms import (
    UNIT,
    WORD,
    bare,
    caseless,
    folded,
    is_lower,
    made_of,
    plain_word,
    wrong_word,
)
from mlsd_lint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mlsd_lint.prose.blocks import Block

_COMMENT = re.compile(r"(?<!\S)#")
_REACH = 100  # how far around a range its word is looked for, in code points


class VocabularyError(UsageError):
    """The vocabulary is there and cannot be read; the text says which file, and what to do."""


class Entry(NamedTuple):
    """A word of the vocabulary as it is written, its line (from 1) and its place in the source."""

    text: str
    line: int
    span: Span


class WrongLine(NamedTuple):
    """A line that is no word, so that it makes nothing right: what stands there, and what to do."""

    line: int
    span: Span
    message: str
    help: str


class Superfluous(NamedTuple):
    """An entry that makes nothing right which another does not."""

    entry: Entry
    by: Entry


class VocabularyUse(NamedTuple):
    """An entry (as written) that is used in a text, and the range of code points that it explains."""

    entry: str
    start: int
    end: int


@dataclass(frozen=True)
class Vocabulary:
    """The words of a book, in the order of their file.

    `source` is the text of the file, which all spans are of; `wrong` are its lines that are no
    words. Duplicates are entries too: `superfluous` tells them.
    """

    source: Source
    entries: tuple[Entry, ...] = ()
    wrong: tuple[WrongLine, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """The digest of what it makes right; comments and order do not matter."""
        return digest(*sorted({plain_word(entry.text) for entry in self.entries}))

    def entry_for(self, word: str) -> str | None:
        """The entry, as written, that makes a word right; the word's own if there is one."""
        if not self.entries:
            return None
        plain = plain_word(word)
        return self._exactly.get(plain) or self._in_any_case.get(caseless(plain))

    def knows(self, word: str) -> bool:
        """Whether an entry makes this word right."""
        return self.entry_for(word) is not None

    def knows_at(self, text: str, start: int, end: int) -> bool:
        """Whether what stands in a range of a text is right: as such, or as part of its words.

        Engines cut words differently: with the entry `Node.js`, the "js" of "Node.js" is right.
        """
        if not self.entries:
            return False
        if self.knows(text[start:end]):
            return True
        around = max(start - _REACH, 0)
        first = max(text.rfind(" ", around, start) + 1, around)
        last = text.find(" ", end, end + _REACH)
        last = min(len(text), end + _REACH) if last < 0 else last
        right = [(first + one.start, first + one.end) for one in uses(text[first:last], self)]
        starts = [one[0] for one in right]

        def explained(unit: re.Match[str]) -> bool:
            before = bisect_right(starts, unit.start())
            return before > 0 and unit.end() <= right[before - 1][1]

        units = list(UNIT.finditer(text, start, end))
        return bool(units) and all(map(explained, units))

    @property
    def superfluous(self) -> tuple[Superfluous, ...]:
        """The entries that another one makes needless; of equal ones, all but the first."""
        first: dict[str, Entry] = {}
        for entry in self.entries:
            first.setdefault(folded(entry.text), entry)
        exactly, in_any_case = _owners(first.values())
        found = []
        for entry in self.entries:
            equal = first[folded(entry.text)]
            plain = plain_word(entry.text)
            rivals = [equal, *in_any_case.get(caseless(plain), ())]
            if not is_lower(plain):
                rivals += exactly.get(plain, ())
            by = next((one for one in rivals if one is not entry), None)
            if by is not None:
                found.append(Superfluous(entry, by))
        return tuple(found)

    @cached_property
    def _forms(self) -> tuple[dict[str, str], dict[str, str]]:
        exactly, in_any_case = _owners(self.entries)
        return _preferred(exactly), _preferred(in_any_case)

    @property
    def _exactly(self) -> dict[str, str]:
        return self._forms[0]

    @property
    def _in_any_case(self) -> dict[str, str]:
        return self._forms[1]

    @cached_property
    def _units_from(self) -> dict[str, int]:
        """Of how many units the longest form is made that begins with a unit (in any case)."""
        most: dict[str, int] = {}
        for form in (*self._exactly, *self._in_any_case):
            units = UNIT.findall(form)
            first = bare(units[0])
            most[first] = max(len(units), most.get(first, 0))
        return most

    def units_from(self, unit: str) -> int:
        """How many units of a compound have to be looked at from this one on, at most."""
        return self._units_from.get(bare(unit), 0)


def parse(text: str, path: str = "") -> Vocabulary:
    """Read the text of a vocabulary; `path` is the file's, relative to the repository root.

    It may begin with a byte order mark, and its lines end as those of a document may.
    """
    source = Source(path, text)
    entries: list[Entry] = []
    wrong: list[WrongLine] = []
    for number in range(1, len(source.line_starts) + 1):
        span = word_span(source, number)
        if span.start == span.end:
            continue
        fault = wrong_word(source.slice(span))
        if fault is None:
            entries.append(Entry(source.slice(span), number, span))
        else:
            wrong.append(WrongLine(number, span, *fault))
    return Vocabulary(source, tuple(entries), tuple(wrong))


def word_span(source: Source, number: int) -> Span:
    """What stands in a line of a vocabulary (from 1) besides a comment and white space."""
    line = source.line(number)
    comment = _COMMENT.search(line)
    body = line[: comment.start()] if comment else line
    start = source.line_starts[number - 1] + len(body) - len(body.lstrip())
    return Span(start, start + len(body.strip()))


def load(file: Path, path: str = "") -> Vocabulary:
    """Read the vocabulary in a file, which is empty if there is none; `path` as for `parse`.

    Raises:
        VocabularyError: the file cannot be read, or is not UTF-8.
    """
    return parse(decode(read(file) or b"", file), path)


def read(file: Path) -> bytes | None:
    """The content of a vocabulary's file, None if there is no such file.

    Raises:
        VocabularyError: the file cannot be read.
    """
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise VocabularyError(f"cannot read the vocabulary {file}: {why}") from None


def decode(content: bytes, file: Path) -> str:
    """The text of a vocabulary, with its byte order mark if it has one.

    Raises:
        VocabularyError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise VocabularyError(
            f"the vocabulary {file} is not UTF-8 text (line {line}); save it as UTF-8"
        ) from None


def uses(text: str, vocabulary: Vocabulary) -> Iterator[VocabularyUse]:
    """What of a text the vocabulary makes right, in order, without overlaps.

    A word counts as a whole if it can; else the longest parts of it, from the left, that are
    bounded by its hyphens and the like.
    """
    if not vocabulary.entries:
        return
    entry_for = vocabulary.entry_for
    for match in WORD.finditer(text):
        word = match[0]
        entry = entry_for(word)
        if entry is not None:
            yield VocabularyUse(entry, *match.span())
        elif not word.isalnum():
            for part in _parts(word, vocabulary):
                yield VocabularyUse(part.entry, *(match.start() + one for one in part[1:]))


def used(blocks: Iterable[Block], vocabulary: Vocabulary) -> frozenset[str]:
    """The entries, as written, that these blocks of prose use."""
    return frozenset(one.entry for block in blocks for one in uses(block.text, vocabulary))


def _parts(word: str, vocabulary: Vocabulary) -> Iterator[VocabularyUse]:
    units = list(UNIT.finditer(word))
    index = 0
    while index < len(units):
        end = min(index + vocabulary.units_from(units[index][0]), len(units))
        for last in range(end - 1, index - 1, -1):
            found = _part(word, units[index], units[last], vocabulary)
            if found is not None:
                yield found
                index = last
                break
        index += 1


def _part(
    word: str, first: re.Match[str], last: re.Match[str], vocabulary: Vocabulary
) -> VocabularyUse | None:
    """From one unit of a word to another; with the dot before it and the signs behind it, or not."""
    start = 0 if first.start() == 1 else first.start()
    end = last.start() + len(last[0].rstrip("+#"))
    for place in ((start, last.end()), (first.start(), last.end()), (first.start(), end)):
        entry = vocabulary.entry_for(word[slice(*place)])
        if entry is not None:
            return VocabularyUse(entry, *place)
    return None


_Owners = dict[str, list[Entry]]


def _owners(entries: Iterable[Entry]) -> tuple[_Owners, _Owners]:
    """Which entries make a form right: the form as it is, and the form in any case."""
    exactly: _Owners = {}
    in_any_case: _Owners = {}
    for entry in entries:
        owners = in_any_case if is_lower(plain_word(entry.text)) else exactly
        for form in made_of(folded(entry.text)):
            owners.setdefault(form, []).append(entry)
    return exactly, in_any_case


def _preferred(owners: _Owners) -> dict[str, str]:
    """For each form the entry that is nearest to it: the shorter ones are those it is made of."""
    return {
        form: max(entries, key=lambda entry: len(entry.text)).text
        for form, entries in owners.items()
    }
