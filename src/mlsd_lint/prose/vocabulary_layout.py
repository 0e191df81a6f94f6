"""How a vocabulary's file is laid out, and how words are put into it.

A section is what stands between blank lines. The comments at its top are its heading; a comment
between words belongs to the word below, one behind a word to that. Only words within a section
are put in order, each with its comments. A comment between words also begins a section if the
word below comes before the one above in the order of a dictionary: then it is a heading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.prose.vocabulary import parse, word_span
from mlsd_lint.prose.word_forms import plain_word, sort_key
from mlsd_lint.source import BOM, Source

if TYPE_CHECKING:
    from collections.abc import Iterable


class Known(NamedTuple):
    """A word that needed no entry, and the entry that makes it right."""

    word: str
    entry: str


class Addition(NamedTuple):
    """The text of a vocabulary with words put into it, and which of them it did not need."""

    text: str
    added: tuple[str, ...]
    known: tuple[Known, ...]


@dataclass
class Section:
    """Lines without their endings, but for `words`: each a word's line below its comments.

    `tail` is what comes behind the last word: comments, and the blank lines that end the section.
    """

    heading: list[_Line] = field(default_factory=list)
    words: list[_Word] = field(default_factory=list)
    tail: list[_Line] = field(default_factory=list)


class _Line(NamedTuple):
    text: str
    ending: str


class _Word(NamedTuple):
    """The word of a line, and that line below the comments that belong to it."""

    word: str
    lines: tuple[_Line, ...]


def add(text: str, words: Iterable[str]) -> Addition:
    """Put words into the text of a vocabulary: into its last section that has any.

    Each must be one that `word_forms.wrong_word` finds nothing wrong with. Words that are right
    already, and those that another of the new ones makes right, are left out. If nothing is left
    to add, the text stays as it is; else every section is sorted. Every line stays as it is with
    its ending, but the last one gets one.
    """
    wanted = list(dict.fromkeys(plain_word(word) for word in words))
    vocabulary = parse(text)
    missing = parse("\n".join(word for word in wanted if not vocabulary.knows(word)))
    needless = {one.entry for one in missing.superfluous}
    added = tuple(
        sorted((one.text for one in missing.entries if one not in needless), key=sort_key)
    )
    new = _with(text, added) if added else text
    after = parse(new)
    known = [Known(word, after.entry_for(word) or word) for word in wanted if word not in added]
    return Addition(new, added, tuple(known))


def sections(source: Source) -> list[Section]:
    """The sections of a vocabulary, in order; together they hold every line."""
    found = [Section()]
    comments: list[_Line] = []
    for number in range(1, len(source.line_starts) + 1):
        line = _line(source, number)
        word = source.slice(word_span(source, number))
        blank = not line.text.strip()
        if not blank and found[-1].tail:
            found.append(Section())
        if blank:
            found[-1].tail += [*comments, *([line] if line.text or line.ending else ())]
            comments = []
        elif not word:
            comments.append(line)
        else:
            _put(found, word, line, comments)
            comments = []
    found[-1].tail += comments
    return found


def _put(found: list[Section], word: str, line: _Line, comments: list[_Line]) -> None:
    """A word behind the others of the last section, or as the first of a new one."""
    before = found[-1].words[-1].word if found[-1].words else None
    if before is not None and comments and sort_key(word) < sort_key(before):
        found.append(Section())
    if found[-1].words:
        found[-1].words.append(_Word(word, (*comments, line)))
    else:
        found[-1].heading += comments
        found[-1].words.append(_Word(word, (line,)))


def _line(source: Source, number: int) -> _Line:
    starts = source.line_starts
    end = starts[number] if number < len(starts) else len(source.text)
    text = source.line(number)
    return _Line(text, source.text[starts[number - 1] + len(text) : end])


def _with(text: str, words: Iterable[str]) -> str:
    source = Source("", text)
    found = sections(source)
    newline = next((line.ending for one in found for line in _lines(one) if line.ending), "\n")
    target = next((one for one in reversed(found) if one.words), None)
    if target is None:
        target = Section()
        if any(line.text.strip() for line in _lines(found[-1])[-1:]):
            found[-1].tail.append(_Line("", newline))
        found.append(target)
    target.words += [_Word(word, (_Line(word, newline),)) for word in words]
    for one in found:
        one.words.sort(key=lambda word: sort_key(word.word))
    mark = BOM if text.startswith(BOM) else ""
    lines = (line for one in found for line in _lines(one))
    return mark + "".join(line.text + (line.ending or newline) for line in lines)


def _lines(section: Section) -> list[_Line]:
    words = (line for word in section.words for line in word.lines)
    return [*section.heading, *words, *section.tail]
