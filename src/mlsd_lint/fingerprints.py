"""What a finding is known by: its rule, its document and the text that it points at.

Lines may move, and so may everything around it. Of findings that are equal in this, each has its
number, in the order of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.source import Position, Source, Span


def fingerprint(code: str, source: Source, span: Span, start: Position) -> str:
    """The name of a finding of the rule `code`, the same wherever in the document it stands."""
    return digest(code, source.path, pointed_at(source, span, start))


def pointed_at(source: Source, span: Span, start: Position) -> str:
    """The text that a finding points at, or its line if it points between two characters.

    White space is made one space each, so that line endings and indentation do not matter.
    """
    return " ".join((source.slice(span) or source.line(start.line)).split())


def numbered(fingerprint: str, count: int) -> str:
    """What tells the second of equal findings from the first, and so on."""
    return digest(fingerprint, str(count))


def plain_fingerprints(ordered: Iterable[Diagnostic]) -> list[str]:
    """The fingerprints of findings as `in_order` gives them, but equal ones left equal."""
    following: dict[str, tuple[str, int]] = {}
    plain = []
    for one in ordered:
        name, count = following.pop(one.fingerprint, (one.fingerprint, 1))
        following[numbered(name, count + 1)] = name, count + 1
        plain.append(name)
    return plain
