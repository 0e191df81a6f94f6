"""Destinations, titles and labels: the grammar that links and definitions share."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_PARENTHESES = 32
MAX_LABEL = 999

LABEL = re.compile(r"\[((?:[^\\\[\]]++|\\.)*+)\]", re.DOTALL)
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_ANGLED = re.compile(r"<((?:[^<>\n\\]++|\\[^\n])*+)>")
_PLAIN = re.compile(r"(?:[^\x01-\x20\x7f()\\]++|\\[!-/:-@\[-`{-~]?)*+")
_TITLES = {
    '"': re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\]++|\\.)*+)'", re.DOTALL),
    "(": re.compile(r"\(((?:[^()\\]++|\\.)*+)\)", re.DOTALL),
}


class Part(NamedTuple):
    """Something found: its range without brackets or quotes, and where the text goes on."""

    start: int
    end: int
    after: int


class Target(NamedTuple):
    """A destination, perhaps with a title, and the offset behind them."""

    destination: Part
    title: Part | None
    after: int


def normalize_label(label: str) -> str:
    """The form in which labels are compared: case folded, white space collapsed (section 4.7)."""
    return " ".join(label.split()).casefold()


def skip_gap(src: str, position: int) -> int:
    """Pass spaces, tabs and up to one line ending."""
    return _GAP.match(src, position).end()  # type: ignore[union-attr]  # matches anything


def read_label(src: str, position: int) -> Part | None:
    """A label in brackets that starts at `position`; None if it is blank or too long."""
    match = LABEL.match(src, position, position + MAX_LABEL + 2)
    if match is None or not match[1].strip():
        return None
    return Part(match.start(1), match.end(1), match.end())


def read_destination(src: str, position: int) -> Part | None:
    """A link destination (section 6.3), perhaps empty; None where nothing can be one."""
    if src.startswith("<", position):
        match = _ANGLED.match(src, position)
        return Part(match.start(1), match.end(1), match.end()) if match else None
    depth = 0
    end = position
    while True:
        end = _PLAIN.match(src, end).end()  # type: ignore[union-attr]  # matches anything
        character = src[end : end + 1]
        if character == "(" and depth < MAX_PARENTHESES:
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        else:
            break
        end += 1
    if depth or src.startswith("(", end):
        return None
    return Part(position, end, end)


def read_title(src: str, position: int) -> Part | None:
    """A title in quotes or parentheses (section 6.3)."""
    pattern = _TITLES.get(src[position : position + 1])
    match = pattern.match(src, position) if pattern else None
    return Part(match.start(1), match.end(1), match.end()) if match else None


def read_inline_target(src: str, position: int) -> Target | None:
    """What stands between the parentheses of a link; `position` is behind the opening one."""
    destination = read_destination(src, skip_gap(src, position))
    if destination is None:
        return None
    after = skip_gap(src, destination.after)
    title = read_title(src, after) if after > destination.after else None
    if title is not None:
        after = skip_gap(src, title.after)
    return Target(destination, title, after + 1) if src.startswith(")", after) else None
