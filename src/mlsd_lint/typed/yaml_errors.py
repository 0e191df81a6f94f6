"""What is wrong with a YAML text, in words for its author, from what PyYAML found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError


class _Reason(NamedTuple):
    """How PyYAML's problem (or its context) begins, and what to say; `{0}` is the character there.

    `at_start`: the place is where the construct starts, not where reading it ended.
    """

    begins: str
    message: str
    at_start: bool = False


_REASONS = (
    _Reason(
        "mapping values are not allowed",
        "a ': ' cannot stand here; put quotes around a value that has ': ' in it, "
        "or indent the line as its neighbours",
    ),
    _Reason("could not find expected ':'", "this line is no 'key: value'", at_start=True),
    _Reason("found character '\\t'", "a tab stands where YAML takes only spaces"),
    _Reason(
        "found character",
        "a value cannot start with '{0}'; put quotes around it",
    ),
    _Reason(
        "while scanning a quoted scalar",
        "the quote that opens here is never closed",
        at_start=True,
    ),
    _Reason(
        "found unknown escape character",
        "'\\{0}' is no escape; write '\\\\' for a backslash, or use single quotes",
    ),
    _Reason("expected escape sequence", "this escape needs more hexadecimal digits"),
    _Reason(
        "while scanning an alias",
        "'*' starts the name of an alias; put quotes around a text that starts with '*'",
        at_start=True,
    ),
    _Reason(
        "while scanning an anchor",
        "'&' starts the name of an anchor; put quotes around a text that starts with '&'",
        at_start=True,
    ),
    _Reason(
        "sequence entries are not allowed",
        "a list cannot start here; put its '- ' on a line of its own, or quotes around the value",
    ),
    _Reason(
        "mapping keys are not allowed",
        "'? ' cannot stand here; put quotes around a value that starts with it",
    ),
    _Reason("expected <block end>, but found ']'", "this ']' has no '['"),
    _Reason("expected <block end>, but found '}'", "this '}}' has no '{{'"),
    _Reason(
        "expected <block end>, but found '<scalar>'",
        "text follows where the value has ended; quotes go around the whole value",
    ),
    _Reason(
        "expected <block end>",
        "this does not line up with what stands above it; indent neighbours alike",
    ),
    _Reason("expected ',' or ']', but got '<scalar>'", "a ',' is missing before this"),
    _Reason("expected ',' or '}', but got '<scalar>'", "a ',' is missing before this"),
    _Reason(
        "while parsing a flow sequence",
        "the list that opens here has no ']' where it should, or no ',' between two values",
        at_start=True,
    ),
    _Reason(
        "while parsing a flow mapping",
        "the mapping that opens here has no '}}' where it should, or no ',' between two values",
        at_start=True,
    ),
    _Reason("expected the node content", "a value is missing before this"),
    _Reason(
        "while scanning a block scalar",
        "'{0}' cannot follow a '|' or '>'; the text starts on the next line",
    ),
    _Reason(
        "found undefined tag handle",
        "'!' starts a tag, and this one is not declared; put quotes around a text that starts "
        "with '!'",
    ),
    _Reason(
        "while scanning a tag",
        "'!' starts a tag; put quotes around a text that starts with '!'",
        at_start=True,
    ),
    _Reason(
        "while parsing a tag",
        "'!' starts a tag; put quotes around a text that starts with '!'",
        at_start=True,
    ),
    _Reason("while scanning a directive", "'%' at a line's start is a directive", at_start=True),
    _Reason("expected '<document start>'", "this cannot follow what stands above it"),
)
_UNKNOWN = _Reason("", "from here on this is no YAML")


def explained(error: MarkedYAMLError, text: str) -> tuple[str, int]:
    """What to tell the author, and the index in `text` that it is about."""
    found = (error.problem or "", error.context or "")
    reason = next((one for one in _REASONS if _is_about(one, found)), _UNKNOWN)
    mark = error.problem_mark or error.context_mark
    if reason.at_start and error.context_mark:
        mark = error.context_mark
    index = min(mark.index, len(text)) if mark else 0
    return reason.message.format(_shown(text[index : index + 1])), index


def _is_about(reason: _Reason, found: tuple[str, str]) -> bool:
    return any(said.startswith(reason.begins) for said in found)


def _shown(character: str) -> str:
    if not character or (character.isprintable() and not character.isspace()):
        return character
    return f"U+{ord(character):04X}"
