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
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, normalize

from mlsd_lint.digests import digest
from mlsd_lint.errors import UsageError
from mlsd_lint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mlsd_lint.prose.blocks import Block

_LETTERS = r"[^\W_]++(?:[\u0300-\u036f]++[^\W_]*+)*+"
_UNIT_PATTERN = rf"{_LETTERS}(?:\+++(?![^\W_])|#++(?!\w))?+"
_UNIT = re.compile(_UNIT_PATTERN)
WORD = re.compile(rf"(?:(?<![\w.])\.)?{_UNIT_PATTERN}(?:[-‐‑'’.+&/_]{_UNIT_PATTERN})*+")
"""A word of a text: letters and digits, joined by a hyphen, apostrophe, dot, `+`, `&`, `/` or `_`.

It can begin with a dot (.NET) and end in `+` or `#` (C++, C#). A quotation mark or the period of
a sentence is no part of it. Every entry of a vocabulary is such a word.
"""
_COMMENT = re.compile(r"(?<!\S)#")
_SAME = {ord("’"): "'", ord("ʼ"): "'", ord("‐"): "-", ord("‑"): "-"}
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_CONSONANT_AND_Y = re.compile(r"[^\W\d_aeiou]y\Z")
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
        return self._exactly.get(plain) or self._in_any_case.get(_caseless(plain))

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
        units = [one.span() for one in _UNIT.finditer(text, start, end)]
        return bool(units) and all(
            any(begin <= unit[0] and unit[1] <= stop for begin, stop in right) for unit in units
        )

    @property
    def superfluous(self) -> tuple[Superfluous, ...]:
        """The entries that another one makes needless; of equal ones, all but the first."""
        first: dict[str, Entry] = {}
        for entry in self.entries:
            first.setdefault(plain_word(entry.text), entry)
        exactly, in_any_case = _owners(first.values())
        found = []
        for entry in self.entries:
            plain = plain_word(entry.text)
            rivals = [first[plain]] if first[plain] is not entry else []
            rivals += in_any_case.get(_caseless(plain), ())
            if not _is_lower(plain):
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
    def _most_units(self) -> int:
        """Of how many units the longest entry is made."""
        return max((len(_UNIT.findall(entry.text)) for entry in self.entries), default=0)


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


def wrong_word(text: str) -> tuple[str, str] | None:
    """Why a text cannot be an entry, and what to do about it, as sentences; None if it can."""
    unseen = next((one for one in text if category(one) in {"Cc", "Cf", "Cs", "Co"}), None)
    if unseen is not None:
        shown = "".join("�" if category(one).startswith("C") else one for one in text)
        code = f"U+{ord(unseen):04X}"
        return f"“{shown}” holds a character that is not seen ({code}).", "Type the word anew."
    if len(text.split()) > 1:
        advice = "Make each word an entry of its own; a comment begins with #."
        return f"“{text}” is more than one word.", advice
    if WORD.fullmatch(text):
        return None
    word = WORD.search(text)
    return f"“{text}” is no word.", f"Write “{word[0]}”." if word else "Remove it."


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


def sort_key(text: str) -> tuple[str, str]:
    """What puts entries in the order of a dictionary: capital letters come after small ones."""
    plain = plain_word(text)
    return _caseless(plain), plain.swapcase()


def _parts(word: str, vocabulary: Vocabulary) -> Iterator[VocabularyUse]:
    units = list(_UNIT.finditer(word))
    index = 0
    while index < len(units):
        for last in range(min(index + vocabulary._most_units, len(units)) - 1, index - 1, -1):  # noqa: SLF001  # of this module
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


def plain_word(word: str) -> str:
    """A word with plain apostrophes and hyphens, and its accents on their letters."""
    return word if word.isascii() else normalize("NFC", word).translate(_SAME)


def _caseless(plain: str) -> str:
    return plain.lower() if plain.isascii() else normalize("NFC", plain.casefold())


def _is_lower(plain: str) -> bool:
    return plain == plain.lower()


_Owners = dict[str, list[Entry]]


def _owners(entries: Iterable[Entry]) -> tuple[_Owners, _Owners]:
    """Which entries make a form right: the form as it is, and the form in any case."""
    exactly: _Owners = {}
    in_any_case: _Owners = {}
    for entry in entries:
        plain = plain_word(entry.text)
        owners = in_any_case if _is_lower(plain) else exactly
        word = _caseless(plain) if _is_lower(plain) else plain
        for form in _made_of(word):
            owners.setdefault(form, []).append(entry)
    return exactly, in_any_case


def _preferred(owners: _Owners) -> dict[str, str]:
    """For each form the entry that is nearest to it: the shorter ones are those it is made of."""
    return {
        form: max(entries, key=lambda entry: len(entry.text)).text
        for form, entries in owners.items()
    }


def _made_of(word: str) -> Iterator[str]:
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
    if not last.isalpha() or not (_is_lower(word) or last == "S"):
        return ()
    if word.endswith((*_SIBILANTS, "S")):
        return (f"{word}es",)
    return (f"{word[:-1]}ies",) if _CONSONANT_AND_Y.search(word) else (f"{word}s",)
