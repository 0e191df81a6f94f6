"""The text of a passage for an engine that reads annotated text, and its places there and back.

Put together, the parts are the text of the passage; only the units differ: such an engine counts
UTF-16 units, of which a character outside the Basic Multilingual Plane has two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from mlsd_lint.prose.blocks import OBJECT, Range

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def annotation(text: str) -> tuple[dict[str, str], ...]:
    """The text in the form of LanguageTool's `data.annotation`.

    Each part has a `text`, or as its `markup` one `OBJECT`, which is to be read as a noun
    (`interpretAs`): `Dummy1`, `Dummy2` and so on, since two that are equal would be a repeated
    word.
    """
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[dict[str, str]]:
    for objects, piece in enumerate(text.split(OBJECT)):
        if objects:
            yield {"markup": OBJECT, "interpretAs": f"Dummy{objects}"}
        if piece:
            yield {"text": piece}


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


class Utf16Places:
    """Leads from UTF-16 units of a text to code points."""

    def __init__(self, text: str) -> None:
        found = () if text.isascii() else _ASTRAL.finditer(text)
        self._astral = [match.start() + index for index, match in enumerate(found)]

    def code_points(self, start: int, end: int) -> Range:
        """The range of code points that UTF-16 units are in; of half a character, all of it."""
        first = start - bisect_left(self._astral, start)
        if end <= start:
            return Range(first, first)
        return Range(first, end - bisect_left(self._astral, end - 1))
