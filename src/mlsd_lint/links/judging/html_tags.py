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

_SPACE = r"[\t\n\f\r ]"
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\t\n\f\r >\"'=<`]+)"
_REST = rf"((?:{_SPACE}+[A-Za-z@_][\w:.@-]*(?:={_VALUE})?){{0,200}}){_SPACE}*/?>"
# Tags with neither an anchor nor anything else that is looked for.
_DULL = (
    r"</?(?!(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|meta|"
    rf"base|h1|h2|redoc)[\t\n\f\r />])[A-Za-z][A-Za-z0-9:]*(?=[\t\n\f\r />])"
    rf"(?:{_SPACE}+(?!(?:id|name)[\t\n\f\r =/>])[A-Za-z@_][\w:.@-]*(?:={_VALUE})?){{0,200}}"
    rf"{_SPACE}*/?>"
)
# What is passed over in one step; the limit bounds the memory that the search takes.
_RUN = re.compile(rf"(?:[^<]+|{_DULL}){{1,1000}}", re.IGNORECASE)
_INLINE = (
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s|"
    r"samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_INLINE_NAME = re.compile(_INLINE)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?=[\t\n\f\r />])(?:[^\"'>]|{_VALUE})*>", re.IGNORECASE)
_ANY_TAG = re.compile(rf"<(?:[^\"'>]|{_VALUE})*>")
_OPENING = re.compile(r"<(?:(!--)|(/?)([A-Za-z][^\t\n\f\r />]*)|([!?/]))")
# The rest of a tag in which nothing is unusual, which is found at once.
_PLAIN_REST = re.compile(_REST)
_PLAIN_ATTRIBUTES = re.compile(rf"([A-Za-z@_][\w:.@-]*)(?:=({_VALUE}))?")
_MOST_TAGS = 200_000
_MOST_ATTRIBUTES = 2_000
_SEPARATOR = re.compile(r"[\t\n\f\r /]*")
_NAME = re.compile(r"=?[^\t\n\f\r />=]*")
_EQUALS = re.compile(r"[\t\n\f\r ]*=[\t\n\f\r ]*")
_UNQUOTED = re.compile(r"[^\t\n\f\r >]*")
_COMMENT_END = re.compile(r"--!?>")
# Elements that hold nothing but text, up to their own end tag.
_TEXT_ONLY = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_ENDS = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE) for name in _TEXT_ONLY}


class Tag(NamedTuple):
    """One start or end tag, up to `end` in the page.

    `name` is in lower case. `attributes` are as written, for `attributes_of`; `plain` says that
    they are written as nearly all are. An element that holds nothing but text has it in `text`,
    as written, and `end` is where the text ends.
    """

    name: str
    closes: bool
    attributes: str
    plain: bool
    end: int
    text: str = ""

    @property
    def is_inline(self) -> bool:
        """Whether the words before and after it may be parts of one word."""
        return _INLINE_NAME.fullmatch(self.name) is not None


class Run(NamedTuple):
    """Text with tags that have no anchors, as written, up to `end` in the page."""

    written: str
    end: int

    def text(self) -> str:
        """What a reader sees of it."""
        text = self.written
        if "<" in text:
            text = _ANY_TAG.sub(" ", _INLINE_TAG.sub("", text))
        return unescape(text) if "&" in text else text


def pieces(page: str) -> Iterator[Run | Tag]:
    """The tags of a page and what is between them, in order; comments are left out.

    The last piece ends before the page does if there is more of it than any reader needs:
    hundreds of thousands of tags, or thousands of attributes in one.
    """
    place = left = 0
    while place < len(page) and left < _MOST_TAGS:
        run = _RUN.match(page, place)
        if run is not None:
            place = run.end()
            yield Run(run[0], place)
            continue
        left += 1
        found = _OPENING.match(page, place)
        if found is None:
            place += 1
            yield Run("<", place)
        elif found[3] is None:
            place = _after_declaration(page, found)
            yield Run("", place)
        else:
            tag = _tag(page, found)
            if tag is None:
                return
            place = tag.end
            yield tag


def _tag(page: str, found: re.Match[str]) -> Tag | None:
    """The tag that begins as `found`; None if it has more attributes than are read."""
    name = found[3].lower()
    plain = _PLAIN_REST.match(page, found.end())
    if plain is not None:
        attributes, end = plain[1], plain.end()
    else:
        last = _last(page, found.end())
        if last < 0:
            return None
        attributes, end = page[found.end() : last], min(last + 1, len(page))
    if found[2]:
        return Tag(name, closes=True, attributes="", plain=True, end=end)
    last = _end_of_text(page, name, end)
    return Tag(name, False, attributes, plain is not None, last, page[end:last])  # noqa: FBT003


def attributes_of(tag: Tag) -> dict[str, str]:
    """The attributes of a tag by their names in lower case; of several of a name, the first."""
    found: dict[str, str] = {}
    written, place = tag.attributes, 0
    if tag.plain:
        for name, value in _PLAIN_ATTRIBUTES.findall(written):
            found.setdefault(name.lower(), _unescaped(_unquoted(value)))
        return found
    while True:
        place = _SEPARATOR.match(written, place).end()  # type: ignore[union-attr]  # matches ""
        if place >= len(written):
            return found
        name, value, place = _attribute(written, place)
        found.setdefault(name.lower(), _unescaped(value))


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} else value


def _unescaped(value: str) -> str:
    return unescape(value) if "&" in value else value


def _last(page: str, place: int) -> int:
    """Where the `>` of a tag is, or the page's end; -1 if there are too many attributes."""
    for _ in range(_MOST_ATTRIBUTES):
        place = _SEPARATOR.match(page, place).end()  # type: ignore[union-attr]  # matches ""
        if place >= len(page) or page[place] == ">":
            return place
        place = _attribute(page, place)[2]
    return -1


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
