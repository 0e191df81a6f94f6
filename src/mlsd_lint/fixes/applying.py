"""Fixes: which of them still apply, what the text becomes, and how a file is replaced.

`apply` and what proves it are pure functions of text; `replace_file` alone touches the disk.
Offsets are counted in code points of the text as decoded, byte order mark included.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
import tempfile
from bisect import bisect_left, insort
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.diagnostics import PlacedEdit, PlacedFix
    from mlsd_lint.source import Span

_UNQUOTABLE = re.compile(r'[\x00-\x1f\x7f"\\]')
NO_FINAL_NEWLINE = "\\ No newline at end of file\n"


class FileChangedError(Exception):
    """A file is no longer what was read from it, so nothing was written."""


class Applied(NamedTuple):
    """A text after fixes, and the fixes that made it so, in the order of the text."""

    text: str
    fixes: tuple[PlacedFix, ...]

    @property
    def edits(self) -> tuple[PlacedEdit, ...]:
        """Every edit that was made, in the order of the text; spans are those of the old text."""
        return tuple(sorted(edit for fix in self.fixes for edit in fix.edits))


def apply(text: str, fixes: Iterable[PlacedFix]) -> Applied:
    """Apply each fix as a whole or not at all; the order they are given in does not matter.

    A fix is left out where the text under one of its spans is not what the check saw, or where
    it touches what an earlier fix (by place) has changed already: that one is for the next pass.
    """
    taken: list[Span] = []
    applied = tuple(
        fix
        for fix in sorted(fixes, key=_place)
        if _stands(text, fix) and _claim(taken, [edit.span for edit in fix.edits])
    )
    edits = sorted(edit for fix in applied for edit in fix.edits)
    return Applied(_replace(text, edits), applied)


def _place(fix: PlacedFix) -> tuple[list[PlacedEdit], str, bool]:
    return sorted(fix.edits), fix.message, fix.safe


def _stands(text: str, fix: PlacedFix) -> bool:
    return bool(fix.edits) and all(
        0 <= edit.span.start <= edit.span.end <= len(text)
        and text[edit.span.start : edit.span.end] == edit.expected
        for edit in fix.edits
    )


def _claim(taken: list[Span], spans: Iterable[Span]) -> bool:
    """Put all spans among the taken ones, which stay sorted; if one is not free, put none."""
    claimed: list[Span] = []
    for span in spans:
        if not _free(taken, span):
            for earlier in claimed:
                taken.remove(earlier)
            return False
        insort(taken, span)
        claimed.append(span)
    return True


def _free(taken: list[Span], span: Span) -> bool:
    """Two spans that start at one place are in each other's way even where one is empty."""
    place = bisect_left(taken, span)
    before, after = taken[place - 1 : place], taken[place : place + 1]
    return not (
        (before and (before[0].end > span.start or before[0].start == span.start))
        or (after and (after[0].start < span.end or after[0].start == span.start))
    )


def _replace(text: str, edits: Iterable[PlacedEdit]) -> str:
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.span.start], edit.replacement)
        done = edit.span.end
    return "".join((*parts, text[done:]))


def outside_unchanged(old: str, new: str, edits: Iterable[PlacedEdit]) -> bool:
    """Whether `new` is `old` with exactly these edits: the proof that nothing else has changed.

    The edits' spans are offsets into `old`; it is False as well where two of them overlap.
    """
    read = written = 0
    for edit in sorted(edits):
        kept = old[read : edit.span.start]
        if edit.span.start < read or not new.startswith(kept + edit.replacement, written):
            return False
        read = edit.span.end
        written += len(kept) + len(edit.replacement)
    return new[written:] == old[read:]


def unified_diff(path: str, old: str, new: str) -> str:
    """The change as a patch against `path`, "" if there is none; lines end as in the texts.

    The paths have a first part to strip, `a/` and `b/`, as `git apply` and `patch -p1` expect.
    """
    if old == new:
        return ""
    before, after = _patch_name(f"a/{path}"), _patch_name(f"b/{path}")
    lines = difflib.unified_diff(_lines(old), _lines(new), before, after)
    return "".join(line if line.endswith("\n") else f"{line}\n{NO_FINAL_NEWLINE}" for line in lines)


def _patch_name(path: str) -> str:
    """A name in a patch: quoted as in C where it would not end where it should."""
    if _UNQUOTABLE.search(path):
        quoted = _UNQUOTABLE.sub(lambda match: f"\\{ord(match[0]):03o}", path)
        return f'"{quoted}"'
    return f"{path}\t" if " " in path else path


def _lines(text: str) -> list[str]:
    """Split behind line feeds only, as `patch` and git do."""
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Make `new` the content of a file whose content is `old`: wholly, or not at all.

    A symbolic link stays one: its target is replaced. Mode and, where permitted, owner are
    kept. Raises FileChangedError if the content is not `old`, OSError if the file cannot be
    written; the file is then as it was.
    """
    target = Path(os.path.realpath(path, strict=True))
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "The file is read-only", str(path))
    descriptor, name = tempfile.mkstemp(".tmp", f".{target.name}.", target.parent)
    try:
        with os.fdopen(descriptor, "wb") as temporary:
            temporary.write(new)
            temporary.flush()
            os.fsync(temporary.fileno())
        _copy_ownership(target, name)
        _refuse_if_changed(target, old)
        os.replace(name, target)  # noqa: PTH105  # the name comes from mkstemp
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108  # likewise
        raise


def _refuse_if_changed(target: Path, old: bytes) -> None:
    if target.read_bytes() != old:
        raise FileChangedError(f"{target} has changed since it was read; it was left alone")


def _copy_ownership(target: Path, name: str) -> None:
    """Owner first: changing it may clear bits of the mode."""
    status = target.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(name, status.st_uid, status.st_gid)
    os.chmod(name, stat.S_IMODE(status.st_mode))  # noqa: PTH101  # likewise
