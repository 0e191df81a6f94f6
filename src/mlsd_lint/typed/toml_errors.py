"""What is wrong with a TOML text, in words for its author, from what `tomllib` found."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from mlsd_lint.typed.toml_places import Walk

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LONG_NUMBER = re.compile(r"\d[\d_]{1000,}")
_AGAIN = "this is given a second time"
_STRING = "the string that opens here is never closed"
_ESCAPE = "this escape names no character"
_KEY = "a key cannot start with this; put quotes around it"
_HEADER = "this table's name is not closed with a ']'"


class _Reason(NamedTuple):
    """How the message of `tomllib` begins, what to say, and what it is about."""

    begins: str
    message: str
    about: Literal["place", "escape", "key", "value"] = "place"


_REASONS = (
    _Reason("Cannot", _AGAIN, "key"),
    _Reason("Duplicate", _AGAIN, "key"),
    _Reason("Unterminated string", _STRING, "value"),
    _Reason("Expected \"'", _STRING, "value"),
    _Reason("Illegal character '\\n'", _STRING, "value"),
    _Reason("Found invalid character '\\n'", _STRING, "value"),
    _Reason("Illegal character", "TOML does not allow the character {0}"),
    _Reason("Found invalid character", "TOML does not allow the character {0}"),
    _Reason(
        "Unescaped '\\'",
        "this is no escape; write '\\\\' for a backslash, or put the text in single quotes",
        "escape",
    ),
    _Reason("Invalid hex value", _ESCAPE, "escape"),
    _Reason("Escaped character", _ESCAPE, "escape"),
    _Reason("Expected '=' after a key", "a '=' is missing between key and value"),
    _Reason("Invalid value", "this is no value; put quotes around text"),
    _Reason("Invalid date", "there is no such date or time"),
    _Reason("Invalid statement", _KEY),
    _Reason("Invalid initial character", _KEY),
    _Reason("Expected newline", "text follows where the value has ended; put each on its line"),
    _Reason("Expected ']", _HEADER),
    _Reason("Unclosed array", "a ']' or a ',' is missing before this"),
    _Reason("Unclosed inline table", "a '}}' or a ',' is missing before this"),
)
_UNKNOWN = _Reason("", "from here on this is no TOML")


def explained(error: ValueError, text: str) -> tuple[str, int]:
    """What to tell the author, and the index in `text` that it is about."""
    said = str(error)
    place = _PLACE.search(said)
    if place is None:
        number = _LONG_NUMBER.search(text)
        return "this number is too long", number.start() if number else 0
    index = _index(text, place)
    reason = next((one for one in _REASONS if said.startswith(one.begins)), _UNKNOWN)
    character = text[index : index + 1]
    message = reason.message.format(f"U+{ord(character):04X}" if character else "")
    if reason.about == "place":
        return message, index
    if reason.about == "escape":
        return message, max(text.rfind("\\", 0, index + 1), 0)
    walk = Walk(text[:index])
    walk.places()
    return message, walk.last_key if reason.about == "key" else walk.last_value


def _index(text: str, place: re.Match[str]) -> int:
    if place[1] is None:
        return len(text)
    lines = text.split("\n")
    behind = sum(len(line) + 1 for line in lines[: int(place[1]) - 1])
    return min(behind + int(place[2]) - 1, len(text))
