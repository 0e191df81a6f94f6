"""What a rule says, and what becomes of it.

A rule yields `Finding`s, in offsets into the text it was given. `place` turns one into a
`Diagnostic`: with path, line, column, an excerpt and a fingerprint, complete in itself, so that
nobody later needs the file again. A `Report` is all of them, and all that a reporter sees.

The values that go into the cache are named tuples: JSON writes them as arrays at full speed.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.fingerprints import fingerprint
from mlsd_lint.urls import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_lint.links.verdicts import Hop, Verdict
    from mlsd_lint.registry import Rule
    from mlsd_lint.source import Position, Source, Span
    from mlsd_lint.source_links import SourceLinks

EXCERPT_WIDTH = 240


class Severity(StrEnum):
    """How much a diagnostic matters; `rank` orders them, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an information."""
        return list(Severity).index(self)

    def at_least(self, threshold: Severity) -> bool:
        """Whether this is as grave as `threshold` or graver."""
        return self.rank <= threshold.rank


class Edit(NamedTuple):
    """Put `replacement` where `span` is; an empty span inserts."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The one right way to mend a finding, as a sentence and as edits that do not overlap.

    `safe` means that the meaning of the text cannot change for the worse; the others are
    applied only with --unsafe-fixes.
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool = True


class Related(NamedTuple):
    """A second place that a diagnostic cites, by its line, from 1.

    `path` is POSIX and relative to the repository root, or absolute if it lies outside. `message`
    is a short clause that says what is there, such as "declared here".
    """

    path: str
    line: int
    message: str


class Occurrence(NamedTuple):
    """A place where a link stands: its path as in `Diagnostic`, line and column from 1."""

    path: str
    line: int
    column: int


class LinkEvidence(NamedTuple):
    """What became of the external link that a finding is about, and how that is known.

    `url` is the link as written, but without user and password. The other values are those of
    `links.verdicts.Answer`; times are seconds since the epoch, 0.0 for none. `places` are all
    places with this address of which the same was found in the run, in the order of the report.
    """

    url: str
    verdict: Verdict
    reason: str
    status: int = 0
    chain: tuple[Hop, ...] = ()
    final: str = ""
    asked: float = 0.0
    failures: int = 0
    failing_since: float = 0.0
    archive: str = ""
    places: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: where, what is wrong, what to do (`help`), and a fix if there is one.

    `related` are other places that explain it, in the order in which to read them. `evidence` is
    for findings about an external link; `ordering` adds the places to it. `engines` names the
    rules of grammar engines that found it, as `harper:AnA`.
    """

    span: Span
    message: str
    help: str = ""
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    evidence: LinkEvidence | None = None
    engines: tuple[str, ...] = ()


class Excerpt(NamedTuple):
    """The line a diagnostic starts on, cut to `EXCERPT_WIDTH` code points.

    `skipped` is the number of code points cut off at its left. Users and passwords in addresses
    are masked.
    """

    text: str
    skipped: int


class PlacedEdit(NamedTuple):
    """An edit with its place for a reader, and the text that must still be there to apply it."""

    span: Span
    start: Position
    end: Position
    expected: str
    replacement: str


class PlacedFix(NamedTuple):
    """A fix whose edits are placed."""

    message: str
    safe: bool
    edits: tuple[PlacedEdit, ...]

    @property
    def tells_secrets(self) -> bool:
        """Whether what it writes holds the user or password of an address: it is never shown."""
        return any(masked(edit.replacement) != edit.replacement for edit in self.edits)


class Diagnostic(NamedTuple):
    """One finding, complete: nothing else is needed to show it, to match it or to mend it.

    `path` is POSIX and relative to the repository root. `end` is exclusive. `fingerprint` stays
    the same when lines move: it is made of the rule, the document and the text pointed at, not
    of what is `related`. No text of it but `fix.edits` holds the user or password of an address.
    """

    path: str
    start: Position
    end: Position
    code: str
    name: str
    severity: Severity
    message: str
    help: str
    fix: PlacedFix | None
    excerpt: Excerpt
    span: Span
    fingerprint: str
    related: tuple[Related, ...] = ()
    evidence: LinkEvidence | None = None
    engines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change does to the findings; each is in the order of the text.

    `base` is what the change is compared with, as the user called it, and `commit` the id of the
    commit at which it begins, "" in a repository without commits. `new` are the findings that it
    brings, `known` those that were there before, placed where they are now, and `fixed` those
    that it mends, placed where they were.
    """

    base: str
    commit: str
    new: tuple[Diagnostic, ...]
    fixed: tuple[Diagnostic, ...]
    known: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run, in the order of the text: by path, then by place.

    `working_directory` is a POSIX path relative to the repository root, as diagnostics' paths
    are; `rules` holds every rule that was selected, by code. `root` is the absolute path of the
    repository root, for its name is needed to show paths to a working directory outside of it.
    `verdicts` counts the external links that were looked at, by what became of them.
    `comparison` is there in a run that reports only what a change brings: `diagnostics` are its
    new ones. `accepted` counts the findings that are left out because the baseline has them.
    `source_links` makes links to lines on the web, where that is known and a format has use for it.
    `complete` is false in a run that could not check all that it was asked to.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    working_directory: str
    rules: Mapping[str, Rule]
    root: str = "/"
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    comparison: Comparison | None = None
    accepted: int = 0
    source_links: SourceLinks | None = None
    complete: bool = True

    def display_path(self, path: str) -> str:
        """A path as the person at the terminal would type it; an absolute one stays as it is."""
        here = self.working_directory
        return path if here == "." else _relative(path, here, self.root)


@lru_cache(maxsize=4096)
def _relative(path: str, folder: str, root: str) -> str:
    """Once a path, not once a diagnostic: there may be thousands in one file."""
    if is_outside(path):
        return path
    return posixpath.relpath(posixpath.join(root, path), posixpath.join(root, folder))


def is_outside(path: str) -> bool:
    """Whether a POSIX path is absolute, as that of a file outside of the repository is."""
    return path.startswith("/") or PurePath(path).is_absolute()  # which knows drives


def place(rule: Rule, severity: Severity, source: Source, finding: Finding) -> Diagnostic:
    """Complete a finding with everything the source knows about its place."""
    start = source.position(finding.span.start)
    return Diagnostic(
        path=source.path,
        start=start,
        end=source.position(finding.span.end),
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=masked(finding.message),
        help=masked(finding.help),
        fix=_place_fix(source, finding.fix) if finding.fix else None,
        excerpt=_excerpt(source, start),
        span=finding.span,
        fingerprint=fingerprint(rule.code, source, finding.span, start),
        related=tuple(one._replace(message=masked(one.message)) for one in finding.related),
        evidence=finding.evidence,
        engines=finding.engines,
    )


def _place_fix(source: Source, fix: Fix) -> PlacedFix:
    edits = tuple(
        PlacedEdit(
            edit.span,
            source.position(edit.span.start),
            source.position(edit.span.end),
            source.slice(edit.span),
            edit.replacement,
        )
        for edit in fix.edits
    )
    return PlacedFix(masked(fix.message), fix.safe, edits)


def _excerpt(source: Source, start: Position) -> Excerpt:
    line = masked(source.line(start.line))
    if len(line) <= EXCERPT_WIDTH:
        return Excerpt(line, 0)
    skipped = max(min(start.column - 1 - EXCERPT_WIDTH // 3, len(line) - EXCERPT_WIDTH), 0)
    return Excerpt(line[skipped : skipped + EXCERPT_WIDTH], skipped)
