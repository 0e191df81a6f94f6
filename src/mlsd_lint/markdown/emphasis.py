"""Emphasis, strong emphasis and strikethrough: which delimiters belong together.

The algorithm of CommonMark 0.31 ("process emphasis"), on runs of `*`, `_` and, for GFM, `~`.
"""

from __future__ import annotations

import unicodedata

_WHITE_SPACE = 1
_PUNCTUATION = 2
_OTHER = 0


class _Classes(dict[str, int]):
    """Whether a character is white space, punctuation or neither (section 2.1)."""

    def __missing__(self, character: str) -> int:
        category = unicodedata.category(character)
        kind = _OTHER
        if category == "Zs" or character in "\t\n\f\r":
            kind = _WHITE_SPACE
        elif category[0] in "PS":
            kind = _PUNCTUATION
        self[character] = kind
        return kind


_CLASSES = _Classes()


class Run:
    """A run of one delimiter character; `start` and `size` are what stands in the text.

    `left` counts the characters no match has used. `closes` and `opens` list how many characters
    each match took, from the front and from the back of the run, in order of matching.
    """

    __slots__ = ("can_close", "can_open", "character", "closes", "left", "opens", "size", "start")

    def __init__(self, src: str, start: int, end: int) -> None:
        self.character = src[start]
        self.start = start
        self.size = end - start
        self.left = self.size
        self.opens: list[int] = []
        self.closes: list[int] = []
        before = _CLASSES[src[start - 1]] if start else _WHITE_SPACE
        after = _CLASSES[src[end]] if end < len(src) else _WHITE_SPACE
        left_flanking = after != _WHITE_SPACE and (after != _PUNCTUATION or before != _OTHER)
        right_flanking = before != _WHITE_SPACE and (before != _PUNCTUATION or after != _OTHER)
        if self.character == "_":
            self.can_open = left_flanking and (not right_flanking or before == _PUNCTUATION)
            self.can_close = right_flanking and (not left_flanking or after == _PUNCTUATION)
        else:
            self.can_open = left_flanking
            self.can_close = right_flanking


def match_runs(runs: list[Run]) -> None:
    """Pair the openers and closers of `runs`, which are in document order."""
    count = len(runs)
    if count < 2:
        return
    previous = list(range(-1, count))
    floors: dict[tuple[str, bool, int], int] = {}
    index = 0
    while index < count:
        closer = runs[index]
        if not closer.can_close:
            index += 1
            continue
        size = closer.size if closer.character == "~" else closer.size % 3
        key = (closer.character, closer.can_open, size)
        found = _find_opener(runs, previous, closer, previous[index], floors.get(key, -1))
        if found < 0:
            floors[key] = previous[index]
            if not closer.can_open:
                previous[index + 1] = previous[index]
            index += 1
            continue
        _pair(runs[found], closer)
        previous[index] = found if runs[found].left else previous[found]
        if not closer.left:
            previous[index + 1] = previous[index]
            index += 1


def _find_opener(runs: list[Run], previous: list[int], closer: Run, start: int, floor: int) -> int:
    index = start
    while index > floor:
        opener = runs[index]
        if opener.can_open and opener.character == closer.character and _fit(opener, closer):
            return index
        index = previous[index]
    return -1


def _fit(opener: Run, closer: Run) -> bool:
    if closer.character == "~":
        return opener.size == closer.size
    if opener.can_close or closer.can_open:
        return (opener.size + closer.size) % 3 != 0 or closer.size % 3 == 0
    return True


def _pair(opener: Run, closer: Run) -> None:
    if closer.character == "~":
        used = closer.size
    else:
        used = 2 if opener.left >= 2 and closer.left >= 2 else 1
    opener.left -= used
    closer.left -= used
    opener.opens.append(used)
    closer.closes.append(used)
