"""The tags of an HTML page, in one pass over its text, as browsers' tokenizers find them.

No tree is built. A tree costs time that grows with the square of a hostile page's size (elements
nested 100,000 deep, attributes by the thousand) and memory without bound (unclosed formatting
elements that every paragraph repeats); this pass is linear in the page, whatever it holds. It
follows the tokenization stage of the HTML standard (13.2.5), except for scripts that hold
comments that hold scripts.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(r"<(?:(!--)|(/?)([A-Za-z][^\t\n\f\r />]*)|([!?/]))")
# The rest of a tag in which nothing is unusual, which is found at once.
_PLAIN_REST = re.compile(
    r"((?:[\t\n\f\r ]+[A-Za-z][\w:.-]*(?:=(?:\"[^\"]*\"|'[^']*'|[\w./#:%-]+))?)*)[\t\n\f\r ]*/?>"
)
_SEPARATOR = re.compile(r"[\t\n\f\r /]*")
_NAME = re.compile(r"=?[^\t\n\f\r />=]*")
_EQUALS = re.compile(r"[\t\n\f\r ]*=[\t\n\f\r ]*")
_UNQUOTED = re.compile(r"[^\t\n\f\r >]*")
_COMMENT_END = re.compile(r"--!?>")
# Elements that hold nothing but text, up to their own end tag.
_TEXT_ONLY = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_ENDS = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE) for name in _TEXT_ONLY}


class Tag(NamedTuple):
    """One start or end tag, from `start` to `end` in the page.

    `name` is in lower case. `attributes` are as written, for `attributes_of`. An element that
    holds nothing but text has it in `text`, as written, and `end` is where the text ends.
    """

    name: str
    closes: bool
    attributes: str
    start: int
    end: int
    text: str = ""


def tags(page: str) -> Iterator[Tag]:
    """The tags of a page in order; those in comments and scripts are none."""
    place = 0
    while found := _OPENING.search(page, place):
        if found[3] is None:
            place = _after_declaration(page, found)
            continue
        name = found[3].lower()
        attributes, end = _rest(page, found.end())
        if found[2]:
            yield Tag(name, closes=True, attributes="", start=found.start(), end=end)
            place = end
            continue
        place = _end_of_text(page, name, end)
        text = page[end:place]
        yield Tag(
            name, closes=False, attributes=attributes, start=found.start(), end=place, text=text
        )


def attributes_of(tag: Tag) -> dict[str, str]:
    """The attributes of a tag by their names in lower case; of several of a name, the first."""
    found: dict[str, str] = {}
    written, place = tag.attributes, 0
    while True:
        place = _SEPARATOR.match(written, place).end()  # type: ignore[union-attr]  # matches ""
        if place >= len(written):
            return found
        name, value, place = _attribute(written, place)
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)


def _rest(page: str, place: int) -> tuple[str, int]:
    """The attributes of a tag as written, and where it ends, from behind its name."""
    plain = _PLAIN_REST.match(page, place)
    if plain is not None:
        return plain[1], plain.end()
    start = place
    while True:
        place = _SEPARATOR.match(page, place).end()  # type: ignore[union-attr]  # matches ""
        if place >= len(page):
            return page[start:], place
        if page[place] == ">":
            return page[start:place], place + 1
        place = _attribute(page, place)[2]


def _attribute(page: str, place: int) -> tuple[str, str, int]:
    """Name and value of the attribute that begins at `place`, and where it ends."""
    name = _NAME.match(page, place)
    equals = _EQUALS.match(page, name.end())  # type: ignore[union-attr]  # matches ""
    if equals is None:
        return name[0], "", name.end()  # type: ignore[index,union-attr]
    start = equals.end()
    quote = page[start : start + 1]
    if quote and quote in "\"'":
        end = page.find(quote, start + 1)
        last = len(page) if end < 0 else end
        return name[0], page[start + 1 : last], min(last + 1, len(page))  # type: ignore[index]
    end = _UNQUOTED.match(page, start).end()  # type: ignore[union-attr]
    return name[0], page[start:end], end  # type: ignore[index]


def _after_declaration(page: str, found: re.Match[str]) -> int:
    """Where a comment, a declaration or whatever else is taken for one ends."""
    if found[1]:
        if page.startswith((">", "->"), found.end()):
            return page.index(">", found.end()) + 1
        end = _COMMENT_END.search(page, found.end())
        return end.end() if end else len(page)
    closing = page.find(">", found.end())
    return closing + 1 if closing >= 0 else len(page)


def _end_of_text(page: str, name: str, place: int) -> int:
    if name == "plaintext":
        return len(page)
    if name not in _ENDS:
        return place
    end = _ENDS[name].search(page, place)
    return end.start() if end else len(page)
