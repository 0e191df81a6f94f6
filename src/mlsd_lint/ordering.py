"""The order of diagnostics in a report, and what those in it know of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Occurrence, Related
from mlsd_lint.fingerprints import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.diagnostics import Diagnostic, LinkEvidence
    from mlsd_lint.source import Span

_OTHER_PLACES = 3  # how many a finding about a link names besides its own


def diagnostic_order(one: Diagnostic) -> tuple[str, Span, str]:
    """Where a finding comes in a report: by path, then by place."""
    return one.path, one.span, one.code


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by path and place; equal fingerprints are told apart by their order.

    Those about one external link are told of each other's places.
    """
    seen: dict[str, int] = {}
    ordered = []
    for diagnostic in sorted(diagnostics, key=diagnostic_order):
        count = seen.get(diagnostic.fingerprint, 0) + 1
        seen[diagnostic.fingerprint] = count
        if count > 1:
            unique = numbered(diagnostic.fingerprint, count)
            ordered.append(diagnostic._replace(fingerprint=unique))
        else:
            ordered.append(diagnostic)
    return _with_places(ordered)


def _with_places(ordered: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    found: dict[tuple[str, LinkEvidence], list[Occurrence]] = {}
    for one in ordered:
        if one.evidence is not None:
            place = Occurrence(one.path, *one.start)
            found.setdefault(_subject(one.code, one.evidence), []).append(place)
    places = {
        subject: (tuple(some), tuple(dict.fromkeys((one.path, one.line) for one in some)))
        for subject, some in found.items()
    }
    return tuple(
        _with(one, one.evidence, *places[_subject(one.code, one.evidence)]) if one.evidence else one
        for one in ordered
    )


def _subject(code: str, evidence: LinkEvidence) -> tuple[str, LinkEvidence]:
    """What findings share that say the same of one page, whatever fragments their links have."""
    page = evidence.url.partition("#")[0]
    return code, evidence._replace(url=page, places=())


def _with(
    diagnostic: Diagnostic,
    evidence: LinkEvidence,
    places: tuple[Occurrence, ...],
    lines: tuple[tuple[str, int], ...],
) -> Diagnostic:
    here = (diagnostic.path, diagnostic.start.line)
    named = [one for one in lines[: _OTHER_PLACES + 1] if one != here][:_OTHER_PLACES]
    also = [Related(path, line, "also here") for path, line in named]
    left = len(lines) - 1 - len(named)
    if left:
        more = f"also here (and in {left} more {'place' if left == 1 else 'places'})"
        also[-1] = also[-1]._replace(message=more)
    return diagnostic._replace(
        related=(*diagnostic.related, *also), evidence=evidence._replace(places=places)
    )
