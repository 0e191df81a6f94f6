"""Where words stand that a book should agree about: its own spellings, names, terms, acronyms.

`Watched` holds everything to look for, by how it begins; `uses` goes over the words of a document
once and looks each of them up. Which of several spellings is right is not known here, for that
may depend on the whole book: see the rules in `rules.consistency`.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.prose import vocabulary as vocabularies
from mlsd_lint.prose.acronyms import acronyms
from mlsd_lint.prose.blocks import source_place
from mlsd_lint.prose.surroundings import (
    Links,
    begins_sentence,
    is_identifier,
    is_joined,
    is_part_of_name,
    links,
    quotations,
)
from mlsd_lint.prose.words.acronyms import KNOWN_ACRONYMS
from mlsd_lint.prose.words.englishes import foreign_words
from mlsd_lint.prose.words.products import wrong_names
from mlsd_lint.prose.words.terms import inflected, plain_text, plural, terms
from mlsd_lint.workspace import Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mlsd_lint.config.prose import ProseSettings
    from mlsd_lint.document import Document
    from mlsd_lint.prose.blocks import Block
    from mlsd_lint.prose.vocabulary import Vocabulary
    from mlsd_lint.source import Source
    from mlsd_lint.workspace import UseKind

_TOKEN = re.compile(r"[^\W_]+")
_SOFT_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t>]*")


class Form(NamedTuple):
    """Something to look for, which is found in any letter case.

    `key` is what a `Use` of it has. If `exactly` is not empty, only that counts of the spellings
    that differ in the case of their letters.
    """

    kind: UseKind
    key: str
    exactly: str = ""


class Shape(NamedTuple):
    """How long a form is: its words, and what else stands before the first and behind the last."""

    words: int
    before: int
    behind: int


class Watched(NamedTuple):
    """Everything that is looked for in a document.

    `forms` are by their text in lower case, and `shapes` by their first word, the longest first.
    `vocabulary` are the words that are right in this book.
    """

    forms: Mapping[str, tuple[Form, ...]]
    shapes: Mapping[str, tuple[Shape, ...]]
    known_acronyms: frozenset[str]
    vocabulary: Vocabulary


@lru_cache(maxsize=4)
def load_watched(described: str) -> Watched:
    """What is watched, made once in a process.

    Args:
        described: a JSON array of `prose.english`, `prose.spellings`, `prose.terms`,
            `prose.acronyms` and the words of the vocabulary, one a line.
    """
    from mlsd_lint.config.prose import ProseSettings

    english, spellings, terms, known, vocabulary = json.loads(described)
    settings = ProseSettings(
        english=english,
        spellings=spellings,
        terms=tuple(tuple(one) for one in terms),
        acronyms=tuple(known),
    )
    return watched(settings, vocabularies.parse(vocabulary))


def watched(settings: ProseSettings, vocabulary: Vocabulary) -> Watched:
    """Everything to look for in a book with these settings and words."""
    forms: dict[str, list[Form]] = {}
    said = _said(settings.spellings)
    for text, form in _all_forms(settings):
        if form.kind in {"spelling", "term"} or (text not in said and form.key not in said):
            forms.setdefault(text, []).append(form)
    return Watched(
        {text: tuple(some) for text, some in forms.items()},
        _shapes(forms),
        KNOWN_ACRONYMS | frozenset(settings.acronyms) | frozenset(settings.spellings.values()),
        vocabulary,
    )


def _said(spellings: Mapping[str, str]) -> frozenset[str]:
    """What the configuration itself says how to spell: it wins over what is built in."""
    words = (*spellings, *spellings.values())
    return frozenset(form for word in words for form in (word, word.lower(), plural(word.lower())))


def _all_forms(settings: ProseSettings) -> Iterator[tuple[str, Form]]:
    for wrong, right in settings.spellings.items():
        cased = wrong != wrong.lower()
        yield plain_text(wrong), Form("spelling", right, wrong if cased else "")
        if wrong[-1:].isalpha() and right[-1:].isalpha():
            exactly = plural(wrong) if cased else ""
            yield plain_text(plural(wrong)), Form("spelling", plural(right), exactly)
    for name, form, only_so in wrong_names():
        yield plain_text(form), Form("product", name, form if only_so else "")
    for one in terms(settings.terms):
        for spelling in one.spellings:
            for form in inflected(spelling, one.word_class):
                exactly = form if form != form.lower() else ""
                yield plain_text(form), Form("term", one.spellings[0], exactly)
    for word in foreign_words(settings.english):
        yield word, Form("english", word)


def _shapes(texts: Iterable[str]) -> dict[str, tuple[Shape, ...]]:
    shapes: dict[str, set[Shape]] = {}
    for text in texts:
        words = list(_TOKEN.finditer(text))
        if words:
            shape = Shape(len(words), words[0].start(), len(text) - words[-1].end())
            shapes.setdefault(words[0][0], set()).add(shape)
    return {word: tuple(sorted(some, reverse=True)) for word, some in shapes.items()}


def uses(document: Document, blocks: Iterable[Block], watched: Watched) -> tuple[Use, ...]:
    """Where what is watched stands in the blocks of a document, in the order of the text.

    Only English is read. Of an acronym there is at most one `acronym`, its first use where
    nothing has explained it, and then one `expansion` where something explains it later; of an
    entry of the vocabulary the first use only. What has markup within it is left out, except for
    the vocabulary.
    """
    english = [block for block in blocks if block.english]
    source = document.source
    web = links(document)
    found = [*_of_forms(english, watched, web, source)]

    def is_title(block: Block, offset: int) -> bool:
        return web.titles.hold(source_place(block, offset, offset + 1).span.start)

    for one in acronyms(english, watched.known_acronyms, is_title):
        if one.expanded or not watched.vocabulary.knows(one.letters):
            kind: UseKind = "expansion" if one.expanded else "acronym"
            found += _use(kind, one.letters, one.block, one.start, one.end, source)
    found += _of_vocabulary(english, watched.vocabulary, source)
    return tuple(sorted(found, key=lambda use: use.span))


def _of_forms(
    blocks: Iterable[Block], watched: Watched, web: Links, source: Source
) -> Iterator[Use]:
    for block in blocks:
        is_quoted = None
        for start, end, forms in _matches(block.text, watched):
            is_quoted = is_quoted or quotations(block.text)
            offset = source_place(block, start, end).span.start
            if is_quoted(start) or web.titles.hold(offset):
                continue
            form = next((one for one in forms if _is_meant(one, block.text, start, end)), None)
            if form is None or _is_right(form, block.text[start:end], watched.vocabulary):
                continue
            if (
                form.kind == "product"
                and block.text[start:end].islower()
                and web.names.hold(offset)
            ):
                continue  # a repository's name, which is in lower case more often than not
            yield from _use(form.kind, form.key, block, start, end, source)


class _Match(NamedTuple):
    """A range of a text, and what is looked for that has these letters."""

    start: int
    end: int
    forms: tuple[Form, ...]


def _matches(text: str, watched: Watched) -> Iterator[_Match]:
    """What of a text is watched, the longest at each place, without overlaps."""
    plain = plain_text(text)
    if watched.shapes.keys().isdisjoint(_TOKEN.findall(plain)):  # which spares most of the work
        return
    tokens = list(_TOKEN.finditer(plain))
    shapes_of, forms_of = watched.shapes.get, watched.forms.get
    done = 0
    for index, token in enumerate(tokens):
        shapes = shapes_of(token[0])
        if shapes is None:
            continue
        for shape in shapes:
            last = index + shape.words - 1
            start = token.start() - shape.before
            if last >= len(tokens) or start < done:
                continue
            end = tokens[last].end() + shape.behind
            forms = forms_of(plain[start:end])
            if forms is not None:
                yield _Match(start, end, forms)
                done = end
                break


def _is_meant(form: Form, text: str, start: int, end: int) -> bool:
    """Whether what stands in a range is this form, and not a name, a path or the like."""
    written = text[start:end]
    if is_joined(text, start, end) or (form.exactly and written != form.exactly):
        return False
    if form.kind == "product":
        return _is_misspelled_name(form, text, start, end)
    if form.kind == "spelling":
        return written != form.key
    if form.exactly:
        return True
    if not _is_word(written) or is_part_of_name(text, start, end):
        return False
    # Within a sentence, a word of another English with a capital letter is a name.
    return form.kind != "english" or written.islower() or begins_sentence(text, start)


def _is_misspelled_name(form: Form, text: str, start: int, end: int) -> bool:
    written = text[start:end]
    if written == form.key or (written.isupper() and not form.exactly):
        return False
    if written.islower() and is_identifier(text, start, end):
        return False
    capitalized = form.key[0].upper() + form.key[1:]
    return written != capitalized or not begins_sentence(text, start)


def _is_word(written: str) -> bool:
    """Whether capital letters are at most at the beginning of the words of a term."""
    if written.islower() or written[1:].islower():
        return True
    return all(
        word[1:].islower() or len(word) == 1 or word.islower() for word in _TOKEN.findall(written)
    )


def _is_right(form: Form, written: str, vocabulary: Vocabulary) -> bool:
    return form.kind in {"product", "english"} and vocabulary.knows(written)


def _of_vocabulary(
    blocks: Iterable[Block], vocabulary: Vocabulary, source: Source
) -> Iterator[Use]:
    if not vocabulary.entries:
        return
    seen: set[str] = set()
    for block in blocks:
        for one in vocabularies.uses(block.text, vocabulary):
            if one.entry not in seen:
                seen.add(one.entry)
                span = source_place(block, one.start, one.end).span
                line = source.position(span.start).line
                yield Use("vocabulary", one.entry, source.slice(span), span, line)


def _use(
    kind: UseKind, key: str, block: Block, start: int, end: int, source: Source
) -> Iterator[Use]:
    """The use of a range of a block's text, unless the source has markup in it."""
    span = source_place(block, start, end).span
    written = _SOFT_BREAK.sub("\n", source.slice(span))
    if written.replace("\n", " ") == block.text[start:end]:
        yield Use(kind, key, written, span, source.position(span.start).line)
