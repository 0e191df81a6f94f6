"""Where in a TOML text each value stands.

The walk takes for granted that `tomllib` reads the text, or reads it up to the end it is given.
Where it is lost it stops: then the places behind are missing.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING

from mlsd_lint.source import Span
from mlsd_lint.typed.front_matter import DEEPEST

if TYPE_CHECKING:
    from mlsd_lint.typed.values import Location

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\]|\\.)*)"|'([^']*)')[ \t]*""")
_SIMPLE = {  # by the number of quotes at each end
    0: re.compile(r"(\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\]}#]+)"),
    1: re.compile(r""""((?:[^"\\]|\\.)*)"|'([^']*)'"""),
    3: re.compile(
        r'''"""(?:\r?\n)?((?:[^\\]|\\.)*?)"{3,5}|\'\'\'(?:\r?\n)?(.*?)\'{3,5}''', re.DOTALL
    ),
}


class TooDeepError(Exception):
    """More levels than `DEEPEST`, from `index` on."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class _LostError(Exception):
    """The text does not go on as TOML does."""


class Walk:
    """One walk over a text.

    After it, `last_key` is where the key starts whose value ended last, and `last_value` where
    the value starts that began last.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.last_key = 0
        self.last_value = 0
        self._places: dict[Location, Span] = {}
        self._tables: dict[Location, int] = {}  # how many tables an array has so far
        self._table: Location = ()

    def places(self) -> dict[Location, Span]:
        """The span in the text of each value by its path; strings without their quotes.

        Raises:
            TooDeepError: more than `DEEPEST` levels.
        """
        with suppress(_LostError):
            at = self._behind_blank(0)
            while at < len(self.text):
                at = self._header(at) if self.text[at] == "[" else self._pair(self._table, at)
                at = self._behind_blank(at)
        return self._places

    def _behind_blank(self, at: int) -> int:
        blank = _BLANK.match(self.text, at)
        return blank.end() if blank else at

    def _header(self, start: int) -> int:
        array = self.text.startswith("[[", start)
        names, at = self._key(start + 1 + array)
        self.last_key = start
        end = min(at + 1 + array, len(self.text))
        location: Location = ()
        for name in names[: -1 if array else None]:
            location = self._inside((*location, name))
        if array and names:
            location = (*location, names[-1])
            index = self._tables.get(location, 0)
            self._tables[location] = index + 1
            location = (*location, index)
        _refuse_depth(location, start)
        self._extend(location[:-1], Span(start, end))
        self._places.setdefault(location, Span(end, end))
        self._table = location
        return end

    def _inside(self, location: Location) -> Location:
        tables = self._tables.get(location)
        return location if tables is None else (*location, tables - 1)

    def _key(self, at: int) -> tuple[list[str], int]:
        """The parts of a dotted key, and where it ends."""
        names: list[str] = []
        while part := _KEY_PART.match(self.text, at):
            bare, basic, literal = part.groups()
            names.append(_unescaped(basic) if basic is not None else bare or literal or "")
            at = part.end()
            if not self.text.startswith(".", at):
                return names, at
            at += 1
        raise _LostError

    def _pair(self, table: Location, start: int) -> int:
        names, at = self._key(start)
        path = (*table, *names)
        _refuse_depth(path, start)
        end = self._value(path, self._behind_blank(min(at + 1, len(self.text))))
        self._extend(path[:-1], Span(start, end))
        self.last_key = start
        return end

    def _extend(self, path: Location, span: Span) -> None:
        """Stretch the tables around something over it; those of an inline table stay."""
        for length in range(len(path) + 1):
            old = self._places.get(path[:length])
            if old is None or old.start == old.end:
                self._places[path[:length]] = span
            else:
                self._places[path[:length]] = Span(
                    min(old.start, span.start), max(old.end, span.end)
                )

    def _value(self, path: Location, start: int) -> int:
        """Note the value at `start`, and everything in it; where it ends."""
        _refuse_depth(path, start)
        if start < len(self.text):
            self.last_value = start
        if self.text.startswith("[", start):
            end = self._array(path, start)
        elif self.text.startswith("{", start):
            end = self._inline_table(path, start)
        else:
            return self._simple(path, start)
        self._places[path] = Span(start, end)
        return end

    def _simple(self, path: Location, start: int) -> int:
        quotes = 0
        if self.text.startswith(('"', "'"), start):
            quotes = 3 if self.text.startswith(('"""', "'''"), start) else 1
        match = _SIMPLE[quotes].match(self.text, start)
        if match is None or match.lastindex is None:
            raise _LostError
        self._places[path] = Span(match.start(match.lastindex), match.end() - quotes)
        return match.end()

    def _array(self, path: Location, start: int) -> int:
        at = self._behind_blank(start + 1)
        index = 0
        while at < len(self.text) and self.text[at] != "]":
            at = self._behind_blank(self._value((*path, index), at))
            at = self._behind_comma(at)
            index += 1
        return self._behind_bracket(at)

    def _inline_table(self, path: Location, start: int) -> int:
        at = self._behind_blank(start + 1)
        while at < len(self.text) and self.text[at] != "}":
            at = self._behind_comma(self._behind_blank(self._pair(path, at)))
        return self._behind_bracket(at)

    def _behind_bracket(self, at: int) -> int:
        if at >= len(self.text):
            raise _LostError
        return at + 1

    def _behind_comma(self, at: int) -> int:
        return self._behind_blank(at + 1) if self.text.startswith(",", at) else at


def _refuse_depth(path: Location, index: int) -> None:
    if len(path) >= DEEPEST:
        raise TooDeepError(index)


def _unescaped(basic: str) -> str:
    if "\\" not in basic:
        return basic
    name = tomllib.loads(f'name = "{basic}"')["name"]
    return str(name)
