"""The fragment a heading gets from its words, as three renderers make it.

GitHub's is the one people link to most. Its rule is that of github-slugger 2: lower case, drop
all but letters, marks, digits, connectors such as `_`, hyphens and spaces, then turn each space
into a hyphen. Python-Markdown (mkdocs) and Pandoc (`auto_identifiers`) follow their manuals.

Duplicates are told apart in document order, by each renderer in its own way: a `Slugger`,
`MkdocsNames` or `PandocNames` for each document. They remember where they stopped counting, so
that a page of many equal headings takes no longer than any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEPT_CATEGORIES = frozenset(("Nd", "Nl", "Pc"))
_ASCII_KEPT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
# Letters by the Unicode property Alphabetic, though symbols (So) by category: circled, squared
# and negative Latin capitals. No other symbol has the property.
_ALPHABETIC_SYMBOLS = (
    range(0x24B6, 0x24EA),
    range(0x1F130, 0x1F14A),
    range(0x1F150, 0x1F16A),
    range(0x1F170, 0x1F18A),
)
_MKDOCS_DROPPED = re.compile(r"[^\w\s-]")
_MKDOCS_SEPARATORS = re.compile(r"[-\s]+")
_MKDOCS_NUMBERED = re.compile(r"(.*)_([0-9]+)", re.DOTALL)


class _Kept(dict[int, str | None]):
    """A translation table that learns a character the first time it meets it."""

    def __missing__(self, code: int) -> str | None:
        kept = self[code] = chr(code) if _is_kept(code) else None
        return kept


def _is_kept(code: int) -> bool:
    import unicodedata

    category = unicodedata.category(chr(code))
    return (
        category[0] in "LM"
        or category in _KEPT_CATEGORIES
        or any(code in symbols for symbols in _ALPHABETIC_SYMBOLS)
    )


_kept = _Kept({code: chr(code) if chr(code) in _ASCII_KEPT else None for code in range(128)})
_kept[ord(" ")] = "-"


def slug(text: str) -> str:
    """GitHub's fragment for a heading of this text, before duplicates are told apart.

    Nothing is trimmed: a space at either end becomes a hyphen, as on GitHub.
    """
    return text.lower().translate(_kept)


class Slugger:
    """Tells GitHub's duplicates apart, in document order: `a`, `a-1`, `a-2`."""

    def __init__(self) -> None:
        self._occurrences: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """`name` if it is still free, else the first free `name-1`, `name-2`, …; now taken."""
        seen = self._occurrences
        result = name
        while result in seen:
            seen[name] += 1
            result = f"{name}-{seen[name]}"
        seen[result] = 0
        return result


def mkdocs_slug(text: str) -> str:
    """Python-Markdown's toc slug: what NFKD leaves in ASCII, runs of separators as one hyphen.

    It may be empty: a title without any ASCII letter gets its name from `unique_for_mkdocs`.
    """
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _MKDOCS_SEPARATORS.sub("-", _MKDOCS_DROPPED.sub("", text).strip().lower())


class MkdocsNames:
    """Tells Python-Markdown's duplicates apart: `a`, `a_1`, `a_2`; `_1` for no name at all."""

    def __init__(self, used: Iterable[str] = ()) -> None:
        self._used = set(used)
        self._last: dict[str, str] = {}

    def unique(self, name: str) -> str:
        """`name`, counted up until it is free; now taken."""
        result = self._last.get(name, name)
        while not result or result in self._used:
            numbered = _MKDOCS_NUMBERED.fullmatch(result)
            result = f"{numbered[1]}_{int(numbered[2]) + 1}" if numbered else f"{result}_1"
        self._last[name] = result
        self._used.add(result)
        return result


def pandoc_slug(text: str) -> str:
    """Pandoc's `auto_identifiers`: words joined by hyphens, from the first letter on.

    Letters, digits, `_`, `-` and `.` are kept; with nothing left it is `section`.
    """
    kept = "".join(char for char in text.lower() if char.isspace() or _is_kept_by_pandoc(char))
    joined = "-".join(kept.split())
    first = next((at for at, char in enumerate(joined) if char.isalpha()), None)
    return "section" if first is None else joined[first:]


def _is_kept_by_pandoc(char: str) -> bool:
    return char.isalnum() or char in "_-."


class PandocNames:
    """Tells Pandoc's duplicates apart: `a`, `a-1`, `a-2`."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, name: str) -> None:
        """A name that the author gave, whether or not it is free."""
        self._used.add(name)

    def unique(self, name: str) -> str:
        """`name` if it is free, else the first free `name-1`, `name-2`, …; now taken."""
        result, number = name, self._last.get(name, 0)
        while result in self._used:
            number += 1
            result = f"{name}-{number}"
        self._last[name] = number
        self._used.add(result)
        return result
