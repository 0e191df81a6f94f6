"""Entities and backslash escapes (CommonMark 0.31, sections 2.4 and 2.5)."""

from __future__ import annotations

import re
from html.entities import html5

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ESCAPE_OR_ENTITY = re.compile(r"\\[!-/:-@\[-`{-~]|\x00|" + ENTITY.pattern)
_ENTITY_OR_NUL = re.compile(r"\x00|" + ENTITY.pattern)


def decode_entity(entity: str) -> str | None:
    """What `&name;`, `&#9;` or `&#x9;` stands for; None for a name that HTML does not know."""
    if entity[1] != "#":
        return html5.get(entity[1:])
    code = int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1])
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code)


def unescape(text: str) -> str:
    """Resolve backslash escapes and entities, as in destinations, titles and info strings."""
    if "\\" not in text and "&" not in text and "\x00" not in text:
        return text
    return _ESCAPE_OR_ENTITY.sub(_resolve, text)


def unescape_entities(text: str) -> str:
    """Resolve entities alone, as in autolinks and HTML attributes, where a backslash is none."""
    if "&" not in text and "\x00" not in text:
        return text
    return _ENTITY_OR_NUL.sub(_resolve, text)


def _resolve(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "\\":
        return found[1]
    if found[0] == "\x00":
        return "\ufffd"
    return decode_entity(found) or found
