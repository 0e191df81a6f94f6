"""What an engine is: it reads passages of English and says what is wrong in them.

To add one: a module with a class that has what `Engine` asks for, and one line in
`prose.engines`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.prose.blocks import Kind


class Passage(NamedTuple):
    """The text of a block, which is all an engine sees of it; `OBJECT` stands for what is no prose."""

    kind: Kind
    text: str


class Match(NamedTuple):
    """Something that an engine finds in a passage.

    `start` and `end` are code points of the passage's text from 0, `end` exclusive and behind
    `start`. `code` is our rule's, `rule` the engine's own name of what it found. `message` is one
    sentence. `replacements` are what the text there should be, the likeliest first; each
    replaces just the range.
    """

    start: int
    end: int
    code: str
    rule: str
    message: str
    replacements: tuple[str, ...] = ()


def batches(passages: Sequence[Passage], characters: int) -> Iterator[list[Passage]]:
    """The passages in order, parted so that each batch has about that many characters or more."""
    batch: list[Passage] = []
    length = 0
    for passage in passages:
        batch.append(passage)
        length += len(passage.text)
        if length >= characters:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


class EngineError(Exception):
    """An engine that was asked for cannot check; the text says why, and what to do about it."""


class Engine(Protocol):
    """Something that checks passages. Making one costs nothing: it starts when it must check."""

    @property
    def name(self) -> str:
        """Its name in settings and reports: lower case, no spaces."""

    @property
    def fingerprint(self) -> str:
        """The digest of everything its answers depend on but the passage.

        That is its version and how it is set up. To ask for it starts nothing.
        """

    def check(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, tuple[Match, ...]]]:
        """What is wrong with each passage, in any order, as soon as it is known.

        Raises:
            EngineError: it cannot run, or stopped running; what it yielded before is good.
        """

    def close(self) -> None:
        """End what was started; nothing if nothing was."""
