"""On which line of a TOML file a key stands. `tomllib` gives values without their places.

It reads the headers and keys that people write in a configuration. What it does not follow
(a key inside an inline table that runs over several lines, say) is given the place of what it
stands in, so an answer is never wrong by more than that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_INLINE_KEY = re.compile(rf"[{{,\s]({_PART})\s*=")
_STRINGS = re.compile(r""""((?:[^"\\]|\\.)*)"|'([^']*)'""")


def line_of(text: str, keys: Sequence[str], value: str | None = None) -> int | None:
    """The line, from 1, of the key whose path from the top level is `keys`; None if not found.

    If the path's end is not found, the line of its nearest parent. With `value`, the line of
    that string at or behind the key, where it is found.
    """
    lines = text.splitlines()
    places = _places(lines)
    for length in range(len(keys), 0, -1):
        line = places.get(tuple(keys[:length]))
        if line is not None:
            wanted = value if length == len(keys) else keys[length]
            return _line_of_string(lines, line, wanted) or line
    return None


def lines_under(text: str, keys: Sequence[str]) -> dict[str, int]:
    """The lines, from 1, of all keys below the path `keys`, by the rest of their path with dots."""
    depth = len(keys)
    return {
        ".".join(path[depth:]): line
        for path, line in _places(text.splitlines()).items()
        if path[:depth] == tuple(keys) and len(path) > depth
    }


def _places(lines: list[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(lines, start=1):
        header = _HEADER.match(line)
        if header:
            table = _parts(header[1])
            for length in range(1, len(table) + 1):
                places.setdefault(table[:length], number)
            continue
        key = _KEY.match(line)
        if key:
            path = (*table, *_parts(key[1]))
            places.setdefault(path, number)
            for name in _inline_keys(line[key.end() :]):
                places.setdefault((*path, name), number)
    return places


def _inline_keys(value: str) -> Iterator[str]:
    if value.lstrip().startswith("{"):
        for match in _INLINE_KEY.finditer(value):
            yield from _parts(match[1])


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(_unquoted(part) for part in re.findall(_PART, dotted))


def _unquoted(part: str) -> str:
    return part[1:-1].replace('\\"', '"') if part[0] in "\"'" else part


def _line_of_string(lines: list[str], first: int, value: str | None) -> int | None:
    """The first line from `first` on with the string `value`, up to the next key or table."""
    if value is None:
        return None
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if number > first and (_HEADER.match(line) or _KEY.match(line)):
            return None
        if value in (double or single for double, single in _STRINGS.findall(line)):
            return number
    return None
