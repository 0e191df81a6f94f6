"""Fixing what can be fixed: check, apply, check again, until nothing is left to apply.

All of it happens on texts in memory; `write` then replaces the files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlsd_lint.digests import content_digest
from mlsd_lint.fixes.applying import (
    FileChangedError,
    apply,
    outside_unchanged,
    replace_file,
    unified_diff,
)
from mlsd_lint.indexing import UncheckedError, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from mlsd_lint.diagnostics import Diagnostic, PlacedFix
    from mlsd_lint.engine import Outcome
    from mlsd_lint.project import Project

PASSES = 20  # a fix can make room for another one, such as the next of two that overlap


@dataclass(frozen=True)
class Change:
    """One file's change by fixes: its content before and after, and how many fixes made it."""

    path: str
    old: bytes
    new: bytes
    fixes: int

    def diff(self, display_path: str) -> str:
        """The change as a unified diff."""
        return unified_diff(display_path, self.old.decode(), self.new.decode())


@dataclass(frozen=True)
class Fixed:
    """What is left after fixing, and the changes that were made, in memory."""

    outcome: Outcome
    changes: tuple[Change, ...]


def fix(
    project: Project,
    check: Callable[[Mapping[str, bytes]], Outcome],
    *,
    unsafe: bool,
    overlay: Mapping[str, bytes],
) -> Fixed:
    """Apply every fix there is.

    `check` checks with contents that stand in for what is on the disk, by root-relative path;
    `overlay` are those to begin with.
    """
    changes: dict[str, Change] = {}
    for _ in range(PASSES):
        outcome = check({**overlay, **{path: change.new for path, change in changes.items()}})
        progress = False
        for path, fixes in _fixes_by_path(outcome.report.diagnostics, unsafe=unsafe).items():
            change = changes.get(path) or _unchanged(project, path, overlay, outcome)
            applied = change and _apply(change, fixes)
            if applied:
                changes[path] = applied
                progress = True
        if not progress:
            break
    return Fixed(outcome, tuple(changes[path] for path in sorted(changes)))


def _fixes_by_path(
    diagnostics: Iterable[Diagnostic], *, unsafe: bool
) -> dict[str, list[PlacedFix]]:
    fixes: dict[str, list[PlacedFix]] = {}
    for diagnostic in diagnostics:
        if diagnostic.fix and (diagnostic.fix.safe or unsafe):
            fixes.setdefault(diagnostic.path, []).append(diagnostic.fix)
    return fixes


def _unchanged(
    project: Project, path: str, overlay: Mapping[str, bytes], outcome: Outcome
) -> Change | None:
    """The file as it was checked; None if it is no longer that."""
    if path in overlay:
        return Change(path, overlay[path], overlay[path], 0)
    try:
        content = read(project.root / path, path, project.configuration.max_file_size)
    except UncheckedError:
        return None
    if content_digest(content) != outcome.files.get(path):
        return None
    return Change(path, content, content, 0)


def _apply(change: Change, fixes: list[PlacedFix]) -> Change | None:
    text = change.new.decode()
    applied = apply(text, fixes)
    if applied.text == text or not outside_unchanged(text, applied.text, applied.edits):
        return None
    count = change.fixes + len(applied.fixes)
    return Change(change.path, change.old, applied.text.encode(), count)


def ignore(project: Project, outcome: Outcome) -> tuple[Change, ...]:
    """The changes that silence every finding of an outcome that a comment can, see `ignoring`."""
    from mlsd_lint.fixes.ignoring import with_comments
    from mlsd_lint.indexing import decode
    from mlsd_lint.markdown import parse
    from mlsd_lint.registry import all_rules

    changes = []
    by_path: dict[str, list[Diagnostic]] = {}
    rules = all_rules()
    for diagnostic in outcome.report.diagnostics:
        if rules[diagnostic.code].scope != "engine":
            by_path.setdefault(diagnostic.path, []).append(diagnostic)
    for path, diagnostics in by_path.items():
        change = _unchanged(project, path, {}, outcome)
        if change is None:
            continue
        text = change.old.decode()
        silenced = with_comments(parse(decode(change.old, path)), diagnostics)
        if silenced != text:
            changes.append(Change(path, change.old, silenced.encode(), len(diagnostics)))
    return tuple(changes)


def write(root: Path, changes: Iterable[Change]) -> Iterator[tuple[Change, str]]:
    """Replace the files; yields each change with "", or with why its file was left alone.

    A file that is there under a second name, as a symbolic link, is replaced once.
    """
    written: dict[str, bytes] = {}
    for change in changes:
        target = os.path.realpath(root / change.path)
        try:
            if written.get(target) != change.new:
                replace_file(root / change.path, change.old, change.new)
            written[target] = change.new
        except FileChangedError:
            yield change, "it changed while it was being checked"
        except OSError as error:
            yield change, error.strerror or str(error)
        else:
            yield change, ""
