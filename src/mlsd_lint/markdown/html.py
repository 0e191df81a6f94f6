"""Raw HTML: where blocks start and end, and the tags and comments in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mistune.helpers import BLOCK_TAGS

from mlsd_lint.document import Attribute, Comment, Tag
from mlsd_lint.markdown.entities import unescape_entities

if TYPE_CHECKING:
    from mlsd_lint.markdown.content import Content

_NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_ATTRIBUTE = (
    r"[ \t\n]++[A-Za-z_:][A-Za-z0-9_.:-]*+"
    r"""(?:[ \t\n]*+=[ \t\n]*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
)
_OPENING = rf"<{_NAME}(?:{_ATTRIBUTE})*+[ \t\n]*+/?>"
_CLOSING = rf"</{_NAME}[ \t\n]*+>"

#: One tag in running text (CommonMark 0.31, section 6.6).
INLINE_TAG = re.compile(f"{_OPENING}|{_CLOSING}")

#: The end of a block that only a blank line (or the end of its container) ends.
BLANK_LINE = re.compile(r"(?!)")

_RAW_TEXT = re.compile(r"<(?:script|pre|style|textarea)(?=[ \t>]|\Z)", re.IGNORECASE)
# mistune's list is older than CommonMark 0.31.
_BLOCK_NAMES = "|".join(sorted({*BLOCK_TAGS, "search"} - {"meta", "source"}))
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_NAMES})(?=[ \t>]|/>|\Z)", re.IGNORECASE)
_LONE_TAG = re.compile(rf"(?:{_OPENING}|{_CLOSING})[ \t]*\Z")
_STARTS = (
    (_RAW_TEXT, re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (_BLOCK_TAG, BLANK_LINE),
)


def html_block_closing(
    text: str, start: int, end: int, *, in_paragraph: bool
) -> re.Pattern[str] | None:
    """What ends the HTML block that starts with this line; None if none starts (section 4.6).

    A lone tag that is none of the block tags, `<img …>` say, starts one as well, but not inside
    a paragraph.
    """
    for opening, closing in _STARTS:
        if opening.match(text, start, end):
            return closing
    if not in_paragraph and _LONE_TAG.match(text, start, end):
        return BLANK_LINE
    return None


_MARKUP = re.compile(
    r"(?P<comment><!--)|<\?|<!\[CDATA\[|"
    r"""<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])"""
    r"""(?P<rest>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
)
_ATTRIBUTES = re.compile(
    r"""(?P<name>[^\s"'<>/=]++)"""
    r"""(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'<>`]++)))?+"""
)
_ENDS = {"<?": "?>", "<![CDATA[": "]]>"}
_NOT_MARKUP = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title")
}


def scan_markup(content: Content, tags: list[Tag], comments: list[Comment]) -> None:
    """Add the tags and comments of a block of raw HTML, in order.

    What stands in comments, scripts, style sheets and processing instructions is no markup.
    """
    src = content.src
    position = 0
    while match := _MARKUP.search(src, position):
        if match["comment"]:
            position = _add_comment(content, match.start(), comments)
        elif match["name"]:
            tag = _read_tag(content, match)
            tags.append(tag)
            position = match.end()
            raw = None if tag.closing or tag.self_closing else _NOT_MARKUP.get(tag.name)
            if raw is not None:
                after = raw.search(src, position)
                position = after.start() if after else len(src)
        else:
            end = src.find(_ENDS[match[0]], match.end())
            position = end if end >= 0 else len(src)


def add_inline_markup(
    content: Content, start: int, end: int, tags: list[Tag], comments: list[Comment]
) -> None:
    """Add the one tag or comment that a piece of inline HTML is; other kinds are neither."""
    match = _MARKUP.match(content.src, start, end)
    if match is None:
        return
    if match["comment"]:
        _add_comment(content, start, comments)
    elif match["name"]:
        tags.append(_read_tag(content, match))


def _add_comment(content: Content, start: int, comments: list[Comment]) -> int:
    src = content.src
    if src.startswith((">", "->"), start + 4):
        end = src.index(">", start) + 1
        comments.append(Comment(content.span(start, end), ""))
        return end
    close = src.find("-->", start + 4)
    end = close + 3 if close >= 0 else len(src.rstrip())
    text = src[start + 4 : close if close >= 0 else end].strip()
    comments.append(Comment(content.span(start, end), text, closed=close >= 0))
    return end


def _read_tag(content: Content, match: re.Match[str]) -> Tag:
    """The tag that `_MARKUP` matched."""
    attributes: list[Attribute] = []
    rest_start, rest_end = match.span("rest")
    after = rest_start
    for found in _ATTRIBUTES.finditer(content.src, rest_start, rest_end):
        after = found.end()
        kind = found.lastgroup or "name"
        if kind == "name":
            attributes.append(Attribute(found["name"].lower(), "", None))
        else:
            start, end = found.span(kind)
            value = unescape_entities(found[kind])
            attributes.append(Attribute(found["name"].lower(), value, content.span(start, end)))
    return Tag(
        content.span(match.start(), match.end()),
        match["name"].lower(),
        closing=bool(match["slash"]),
        self_closing="/" in content.src[after:rest_end],
        attributes=tuple(attributes),
    )
