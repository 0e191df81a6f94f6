"""Globs as git reads them in a .gitignore file, for ignore files and for our own settings.

See gitignore(5). `*` and `?` do not match a slash, `**` between slashes matches any number of
folders, a slash at the end asks for a folder, one elsewhere ties the glob to the place of the
ignore file, and `!` takes back what an earlier glob ignored. Unlike git, `?` and `[…]` stand for
one code point, not one byte. Letter case counts on every system.

A library would do, but would take longer to import than most folders take to walk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPECIAL = re.compile(r"[*?\[\\]")
_NAMED_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r" \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}


@dataclass(frozen=True)
class Glob:
    """One glob. `body` is what must match: the path if `anchored`, else the last name in it."""

    body: str
    anchored: bool
    negated: bool = False
    directories_only: bool = False

    @property
    def plain(self) -> bool:
        """Whether it matches by comparing text alone: a name, or `*` and the end of a name."""
        return not self.anchored and not _SPECIAL.search(self.body.removeprefix("*"))

    @cached_property
    def leading_folder(self) -> str:
        """The folder, from where the glob is tied to, that holds all it can match; "" for any."""
        if not self.anchored:
            return ""
        special = _SPECIAL.search(self.body)
        return self.body[: special.start() if special else None].rpartition("/")[0]

    @cached_property
    def expression(self) -> str | None:
        """A regular expression for whole paths; None if nothing can match."""
        pieces = list(_pieces(self.body))
        if None in pieces:
            return None
        return ("" if self.anchored else "(?:.*/)?") + "".join(filter(None, pieces))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression or "(?!)", re.DOTALL)

    def matches(self, path: str, name: str, *, is_directory: bool) -> bool:
        """Whether it matches a path (POSIX, from where the glob is tied to) that ends in `name`."""
        if self.directories_only and not is_directory:
            return False
        if not self.plain:
            return self._pattern.fullmatch(path) is not None
        if self.body.startswith("*"):
            return name.endswith(self.body[1:])
        return name == self.body


def parse(line: str) -> Glob | None:
    """The glob on one line of an ignore file, or one of a setting; None for one that says nothing."""
    body = _without_trailing_spaces(line)
    if not body or body.startswith("#"):
        return None
    negated = body.startswith("!")
    body = body[negated:]
    directories_only = body.endswith("/")
    body = body.removesuffix("/")
    anchored = "/" in body
    body = body.removeprefix("/")
    if anchored and body.startswith("**/") and "/" not in body[3:]:
        body, anchored = body[3:], False
    return Glob(body, anchored, negated, directories_only) if body else None


def _without_trailing_spaces(line: str) -> str:
    stripped = line.rstrip(" ")
    escapes = len(stripped) - len(stripped.rstrip("\\"))
    return stripped + " " if escapes % 2 and len(stripped) < len(line) else stripped


def _pieces(body: str) -> Iterator[str | None]:
    """The parts of a regular expression for `body`; None for what matches nothing."""
    index = 0
    while index < len(body):
        character = body[index]
        if character == "*":
            piece, index = _stars(body, index)
            yield piece
        elif character == "[":
            piece_or_none, index = _bracket(body, index + 1)
            yield piece_or_none
        elif character == "\\":
            # A backslash at the end escapes nothing, and git then matches nothing.
            yield re.escape(body[index + 1]) if index + 1 < len(body) else None
            index += 2
        else:
            yield "[^/]" if character == "?" else re.escape(character)
            index += 1


def _stars(body: str, start: int) -> tuple[str, int]:
    end = start
    while body[end : end + 1] == "*":
        end += 1
    # Git compares the text before the first special character apart from the rest, so that the
    # stars of `foo**/a` stand at a beginning too, whatever gitignore(5) says.
    opened = body[start - 1 : start] in ("", "/") or not _SPECIAL.search(body[:start])
    if end - start == 1 or not opened:
        return "[^/]*", end
    if end == len(body) or body.startswith("\\/", end):
        return ".*", end
    return ("(?:.*/)?", end + 1) if body[end] == "/" else ("[^/]*", end)


def _bracket(body: str, start: int) -> tuple[str | None, int]:
    """A bracket expression whose `[` is before `start`, and where it ends; None if it is broken."""
    negated = body[start : start + 1] in ("!", "^")
    first = index = start + negated
    parts: list[str] = []
    previous = ""
    while index == first or body[index : index + 1] != "]":
        character = body[index : index + 1]
        if character == "-" and previous and body[index + 1 : index + 2] not in ("", "]"):
            last, index = _literal(body, index + 1)
            if last is None:
                return None, index
            # Of a range that runs backwards, only the first letter counts, and it is in already.
            parts += [f"{re.escape(previous)}-{re.escape(last)}"] if previous <= last else []
            previous = ""
            continue
        named = _named_class(body, index)
        if named:
            parts.append(_NAMED_CLASSES.get(named, ""))
            if named not in _NAMED_CLASSES:
                return None, index
            index += len(named) + 4
            previous = ""
            continue
        literal, index = _literal(body, index)
        if literal is None:
            return None, index
        parts.append(re.escape(literal))
        previous = literal
    inside = "".join(parts)
    return (f"[^/{inside}]" if negated else f"(?!/)[{inside}]"), index + 1


def _literal(body: str, index: int) -> tuple[str | None, int]:
    """The character at `index`, or the one it escapes, and what comes next; None at the end."""
    index += body[index : index + 1] == "\\"
    return body[index : index + 1] or None, index + 1


def _named_class(body: str, index: int) -> str:
    """The name in `[:name:]` at `index`; "" if none is there."""
    if not body.startswith("[:", index):
        return ""
    end = body.find("]", index + 2)
    return body[index + 2 : end - 1] if end > index + 2 and body[end - 1] == ":" else ""


@dataclass(frozen=True)
class Globs:
    """The globs of one ignore file or one setting, in their order."""

    globs: tuple[Glob, ...]

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(
            glob.body for glob in self.globs if glob.plain and not glob.body.startswith("*")
        )

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(
            glob.body[1:] for glob in self.globs if glob.plain and glob.body.startswith("*")
        )

    @cached_property
    def _others(self) -> re.Pattern[str] | None:
        expressions = [glob.expression for glob in self.globs if not glob.plain and glob.expression]
        return re.compile("|".join(expressions), re.DOTALL) if expressions else None

    def verdict(self, path: str, name: str, *, is_directory: bool) -> bool | None:
        """What the last matching glob says: True for a match, False for one with `!`, else None.

        `path` is POSIX, relative to the place the globs belong to, and ends in `name`.
        """
        if not self._may_match(path, name):
            return None
        for glob in reversed(self.globs):
            if glob.matches(path, name, is_directory=is_directory):
                return not glob.negated
        return None

    def _may_match(self, path: str, name: str) -> bool:
        """Rules most paths out with one look, however many globs there are."""
        return (
            name in self._names
            or name.endswith(self._suffixes)
            or (self._others is not None and self._others.fullmatch(path) is not None)
        )


def compile_globs(lines: Iterable[str]) -> Globs:
    """The globs on these lines."""
    return Globs(tuple(glob for glob in map(parse, lines) if glob is not None))


def compile_ignore_file(content: bytes) -> Globs:
    """The globs of an ignore file. Bytes that are not UTF-8 match the same bytes in a name."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return compile_globs(line.removesuffix("\r") for line in text.split("\n"))
