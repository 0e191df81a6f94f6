"""Many passages in one request: the server's work on a short text is mostly overhead.

A blank line between two passages keeps its rules from seeing across, but for those that compare
sentences of a whole text, all of which are off (`profile.ACROSS`). So what is found in a passage
does not depend on the others, which a test shows on the booklet.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.prose.annotation import Utf16Places, annotation, utf16_length
from mlsd_lint.prose.blocks import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.prose.blocks import Range
    from mlsd_lint.prose.engine import Passage

BATCH_CHARACTERS = 4_000
"""How many characters come together. Above, throughput hardly grows, and an answer takes seconds."""

_BETWEEN = "\n\n"
_MEANING = len("Dummy999")


class Piece(NamedTuple):
    """A passage, or where one is too long for the server, a part of it from `start` on."""

    passage: Passage
    start: int
    text: str


class Placed(NamedTuple):
    """Where something found in a batch is: in which of its pieces, and there in code points."""

    piece: int
    range: Range


class Batch:
    """Some pieces as one text."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._starts: list[int] = []
        length = 0
        for piece in self.pieces:
            self._starts.append(length)
            length += utf16_length(piece.text) + len(_BETWEEN)
        self._ends = [
            start + utf16_length(piece.text)
            for start, piece in zip(self._starts, self.pieces, strict=True)
        ]

    @property
    def data(self) -> str:
        """The annotated text, as JSON."""
        parts: list[dict[str, str]] = []
        for piece in self.pieces:
            if parts:
                parts.append({"text": _BETWEEN})
            parts += annotation(piece.text)
        return json.dumps({"annotation": parts}, ensure_ascii=False)

    def placed(self, offset: int, length: int) -> Placed | None:
        """Where a range of UTF-16 units of the whole is; None if it is not within one piece."""
        index = bisect_right(self._starts, offset) - 1
        if length <= 0 or index < 0 or offset + length > self._ends[index]:
            return None
        start = offset - self._starts[index]
        places = Utf16Places(self.pieces[index].text)
        return Placed(index, places.code_points(start, start + length))


def batches(passages: Sequence[Passage], limit: int) -> Iterator[Batch]:
    """The passages in batches of at most `limit` characters each, in order.

    All parts of a passage are in one batch or in batches that follow each other.
    """
    size = min(BATCH_CHARACTERS, limit)
    waiting: list[Piece] = []
    length = 0
    for passage in passages:
        for piece in _pieces(passage, limit):
            added = _weight(piece.text) + len(_BETWEEN)
            if waiting and length + added > size:
                yield Batch(waiting)
                waiting, length = [], 0
            waiting.append(piece)
            length += added
    if waiting:
        yield Batch(waiting)


def _weight(text: str) -> int:
    """How many characters the server takes a text for, at most: it counts what objects mean."""
    return utf16_length(text) + _MEANING * text.count(OBJECT)


def _pieces(passage: Passage, limit: int) -> Iterator[Piece]:
    """A passage in stretches that the server takes, cut between sentences or else words."""
    text = passage.text
    if _weight(text) + len(_BETWEEN) <= limit:
        yield Piece(passage, 0, text)
        return
    longest = max(1, (limit - len(_BETWEEN)) // (1 if text.isascii() else 1 + _MEANING))
    start = 0
    while len(text) - start > longest:
        end = start + longest
        cuts = (text.rfind(". ", start, end) + 1, text.rfind(" ", start, end), end)
        end = next(cut for cut in cuts if cut > start)
        yield Piece(passage, start, text[start:end])
        start = end
    yield Piece(passage, start, text[start:])
