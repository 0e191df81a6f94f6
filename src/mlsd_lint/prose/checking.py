"""The prose of one run: from documents to what the engines say of them.

    document -> what was found in it earlier
             -> blocks -> passages -> what was found in them earlier
                                   -> engines -> matches
             <- findings <- merged <- without the words of the vocabulary

Nothing that was found out once is found out again: not for a document that is as it was, and not
for a paragraph that stands somewhere else now. An engine is started for the first passage that
nobody knows.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.digests import digest
from mlsd_lint.indexing import UncheckedError
from mlsd_lint.prose.blocks import source_place
from mlsd_lint.prose.engine import EngineError, Match, Passage
from mlsd_lint.prose.merging import merged
from mlsd_lint.prose.readings import (
    ProseFinding,
    Reading,
    decode_matches,
    decode_reading,
    encode_matches,
    encode_reading,
)
from mlsd_lint.prose.words.unknown import WORD, basic
from mlsd_lint.rules.prose import SPELLING, UNKNOWN_WORD, UNLISTED_WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from mlsd_lint.cache import Cache
    from mlsd_lint.prose.blocks import Block
    from mlsd_lint.prose.engine import Engine
    from mlsd_lint.prose.merging import Merged
    from mlsd_lint.prose.vocabulary import Vocabulary
    from mlsd_lint.source import Source, Span

_SAVED_EVERY = 2.0  # seconds: what is lost when the run is killed
_ADVICE = "Correct it, or make it a word of the book with `mlsd-lint vocab add`."


class Manuscript(NamedTuple):
    """A document to read: its path, the digest of its content, and how to get at its text.

    `source` raises UncheckedError where that cannot be read any more.
    `silenced` gives the codes of the rules that comments silence on a line (from 1).
    """

    path: str
    digest: str
    source: Callable[[], Source]
    silenced: Callable[[int], frozenset[str]]


class Unknown(NamedTuple):
    """A word that neither a dictionary nor the vocabulary has, and where it stands."""

    word: str
    path: str
    span: Span
    suggestions: tuple[str, ...]


class _Text(NamedTuple):
    """The blocks of a document to be read, and the lines that comments keep from it.

    `recurring` are the words, as `basic` gives them, that stand in the document twice or more, be
    it in code.
    """

    blocks: tuple[Block, ...]
    unread: tuple[int, ...]
    recurring: frozenset[str]


@dataclass
class Grammar:
    """Reads documents; one for a run, however often it checks.

    `engines` are in the order in which they are to be believed, `codes` the rules that are wanted.
    `fixable` names the rules of engines (`harper:AnA`) whose only replacement may be written.
    `program` is the fingerprint of the program that makes findings of what the engines say.
    `progress` is told how many passages an engine has checked, and how many it has to.

    `failures` says of engines why they could not check; `asked` counts the passages that each read.
    """

    engines: Sequence[Engine]
    vocabulary: Vocabulary
    codes: frozenset[str]
    fixable: frozenset[str]
    program: str
    cache: Cache
    progress: Callable[[str, int, int], None] = lambda _engine, _done, _total: None
    failures: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    _found: dict[tuple[str, str], tuple[Match, ...]] = field(default_factory=dict)

    def __call__(self, manuscripts: Sequence[Manuscript]) -> Mapping[str, Reading]:
        """What is wrong in each document, by its path."""
        context = self._context
        kept = self.cache.prose(context)
        known = {
            one.path: decode_reading(kept[one.path][1])
            for one in manuscripts
            if kept.get(one.path, ("", ""))[0] == one.digest
        }
        unknown = [one for one in manuscripts if one.path not in known]
        fresh = self._read(unknown)
        if fresh and not self.failures:
            self.cache.save_prose(
                context,
                {
                    one.path: (one.digest, encode_reading(fresh[one.path]))
                    for one in unknown
                    if one.path in fresh
                },
            )
        return known | fresh

    def unknown_words(self, manuscripts: Sequence[Manuscript]) -> Iterator[Unknown]:
        """The words of documents that neither the dictionaries nor the vocabulary know."""
        for path, text in self._texts(manuscripts).items():
            for block in text.blocks:
                for match, _, _ in self._merged(block, text.recurring, SPELLING):
                    word = block.text[match.start : match.end]
                    span = source_place(block, match.start, match.end).span
                    yield Unknown(word, path, span, match.replacements)

    def details(self) -> list[str]:
        """What a user who wants to know all is told."""
        read = (f"{engine.name} {self.asked[engine.name]:,}" for engine in self.engines)
        return [f"prose: passages that had to be read: {', '.join(read)}"]

    @property
    def _context(self) -> str:
        """The name of everything that a reading depends on but its document."""
        names = [engine.fingerprint for engine in self.engines]
        return digest(
            self.program, *names, self.vocabulary.fingerprint, *sorted(self.codes | self.fixable)
        )

    def _read(self, manuscripts: Sequence[Manuscript]) -> dict[str, Reading]:
        return {
            path: Reading(
                tuple(
                    finding
                    for block in text.blocks
                    for finding in self._findings(block, text.recurring)
                ),
                text.unread,
            )
            for path, text in self._texts(manuscripts).items()
        }

    def _texts(self, manuscripts: Sequence[Manuscript]) -> dict[str, _Text]:
        """What is to be read of each document, once the engines have read it."""
        texts = {}
        for one in manuscripts:
            with suppress(UncheckedError):  # which the engine finds too, and says
                texts[one.path] = _text(one, self.codes)
        blocks = [block for text in texts.values() for block in text.blocks]
        passages = {block.digest: Passage(block.kind, block.text) for block in blocks}
        for engine in self.engines:
            try:
                self._ask(engine, passages)
            except EngineError as error:
                self.failures.append(str(error))
        return texts

    def _ask(self, engine: Engine, passages: Mapping[str, Passage]) -> None:
        missing = [one for one in passages if (engine.name, one) not in self._found]
        kept = self.cache.passages(engine.fingerprint, missing)
        self._found |= {(engine.name, one): decode_matches(kept[one]) for one in kept}
        waiting = {passages[one]: one for one in missing if one not in kept}
        if not waiting:
            return
        fresh: dict[str, str] = {}
        saved = time.monotonic()
        self.progress(engine.name, 0, len(waiting))
        try:
            for done, (passage, matches) in enumerate(engine.check([*waiting]), 1):
                self._found[engine.name, waiting[passage]] = matches
                fresh[waiting[passage]] = encode_matches(matches)
                self.asked[engine.name] += 1
                self.progress(engine.name, done, len(waiting))
                if time.monotonic() - saved > _SAVED_EVERY:
                    self.cache.save_passages(engine.fingerprint, fresh)
                    fresh, saved = {}, time.monotonic()
        finally:
            self.cache.save_passages(engine.fingerprint, fresh)

    def _findings(self, block: Block, recurring: Collection[str]) -> Iterator[ProseFinding]:
        for match, engines, agreed in self._merged(block, recurring, self.codes):
            span, exact = source_place(block, match.start, match.end)
            only = len(match.replacements) == 1 and exact and engines[0] in self.fixable
            yield ProseFinding(
                match.code,
                span,
                f"{match.message.rstrip('.')} ({', '.join(engines)})",
                _ADVICE if match.code in SPELLING else "",
                match.replacements[0] if only else None,
                match.code not in SPELLING,
                engines,
                agreed,
            )

    def _merged(
        self, block: Block, recurring: Collection[str], codes: Collection[str]
    ) -> list[Merged]:
        """What the engines find in a block that falls under one of these rules."""
        text, name = block.text, block.digest
        said = {
            engine.name: [
                one
                for one in _in_document(self._found.get((engine.name, name), ()), text, recurring)
                if one.code in codes
                and not (
                    one.code in SPELLING and self.vocabulary.knows_at(text, one.start, one.end)
                )
            ]
            for engine in self.engines
        }
        return merged(said, text)


def _in_document(
    matches: Iterable[Match], text: str, recurring: Collection[str]
) -> Iterator[Match]:
    """The matches in a passage of a document, where a word that comes up again is no slip.

    Hardly anybody makes the same slip twice, and a term is seldom used once.
    """
    for one in matches:
        is_slip = one.code == UNKNOWN_WORD.code
        if is_slip and basic(text[one.start : one.end]) in recurring:
            yield one._replace(code=UNLISTED_WORD.code)
        else:
            yield one


def _text(manuscript: Manuscript, codes: Collection[str]) -> _Text:
    from mlsd_lint.markdown import parse
    from mlsd_lint.prose.extraction import blocks

    source = manuscript.source()
    wanted: list[Block] = []
    unread: set[int] = set()
    for block in blocks(parse(source)):
        if block.english:
            lines = _lines(source, block)
            if all(manuscript.silenced(line).issuperset(codes) for line in lines):
                unread.update(lines)
            else:
                wanted.append(block)
    words = Counter(basic(one[0]) for one in WORD.finditer(source.text))
    recurring = frozenset(word for word, count in words.items() if count > 1)
    return _Text(tuple(wanted), tuple(sorted(unread)), recurring)


def _lines(source: Source, block: Block) -> Iterable[int]:
    """The numbers of the lines on which a block stands, from 1."""
    return range(
        source.position(block.span.start).line,
        source.position(max(block.span.end - 1, block.span.start)).line + 1,
    )
