"""What is found in prose, and how it is written into the cache and read back equal.

Matches are kept as ranges of a passage, so that they hold wherever it stands; findings as spans
of a document, so that one that is as it was is not even parsed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint.prose.engine import Match
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


class ProseFinding(NamedTuple):
    """Something wrong in a document, as rule `code` reports it.

    `replacement` is the text that should be at `span`, None where there is no single one that
    can be trusted; `safe` if it may be written without being looked at. `engines` names what
    found it, as `harper:AnA`; where two of them `agreed`, it is graver than its rule says.
    """

    code: str
    span: Span
    message: str
    help: str
    replacement: str | None
    safe: bool
    engines: tuple[str, ...]
    agreed: bool


class Reading(NamedTuple):
    """What came of reading a document; `unread` are lines (from 1) that comments keep unread."""

    findings: tuple[ProseFinding, ...] = ()
    unread: tuple[int, ...] = ()


def encode_matches(matches: Sequence[Match]) -> str:
    """The JSON text that `decode_matches` reads back; ASCII, whatever the words are."""
    return json.dumps(matches, separators=(",", ":"))


def decode_matches(encoded: str) -> tuple[Match, ...]:
    """What `encode_matches` wrote."""
    return tuple(
        Match(start, end, code, rule, message, tuple(replacements))
        for start, end, code, rule, message, replacements in json.loads(encoded)
    )


def encode_reading(reading: Reading) -> str:
    """The JSON text that `decode_reading` reads back."""
    return json.dumps(reading, separators=(",", ":"))


def decode_reading(encoded: str) -> Reading:
    """What `encode_reading` wrote."""
    findings, unread = json.loads(encoded)
    return Reading(tuple(_finding(*values) for values in findings), tuple(unread))


def _finding(code: str, span: list[int], *values: Any) -> ProseFinding:
    message, advice, replacement, safe, engines, agreed = values
    return ProseFinding(
        code, Span(*span), message, advice, replacement, safe, tuple(engines), agreed
    )
