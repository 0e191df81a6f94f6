"""Whether two findings that are equal by themselves stand in the same place of a book.

A link says by itself which one it is. A word of prose, or a mark of two letters, can stand anywhere:
where one such finding was mended and an equal one was made, only the text around tells them apart.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlsd_lint.indexing import UncheckedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.source import Source

_PROSE = "P"
_LITTLE = 8  # code points; a text of fewer is often found elsewhere, too
_AROUND = 60  # code points on each side, with white space made one space each
_SHARED = 10  # in a row: more than "of the", less than what an edited sentence keeps
_BLANK_LINE = re.compile(r"\n\s*\n|\r\r")
_PATH = re.compile(
    r"""(?P<before>\]\(<?|\]:\s*<?|=\s*["'])(?P<path>[^\s<>()"'?#:/][^\s<>()"'?#:]*+)(?!:)"""
)


def says_little(one: Diagnostic) -> bool:
    """Whether what a finding points at does not tell which one it is."""
    return one.code.startswith(_PROSE) or 0 < one.span.end - one.span.start < _LITTLE


def seen_from_root(text: str, path: str) -> str:
    """The text with relative destinations as they are from the root, for one that stands at `path`.

    So a link that was corrected when its document moved is still the same.
    """
    folder = posixpath.dirname(path)

    def rooted(found: re.Match[str]) -> str:
        return found["before"] + posixpath.normpath(posixpath.join(folder, found["path"]))

    return _PATH.sub(rooted, text)


@dataclass
class Places:
    """Tells places apart by what stands around them; looks at each document once.

    `old` and `new` give the text of a document on each side, and raise UncheckedError where that
    cannot be read.
    """

    old: Callable[[str], Source]
    new: Callable[[str], Source]
    _sources: dict[tuple[bool, str], Source | None] = field(default_factory=dict)
    _runs: dict[tuple[bool, str], frozenset[str]] = field(default_factory=dict)

    def pairs(
        self, before: Mapping[int, Diagnostic], now: Mapping[int, Diagnostic]
    ) -> Iterator[tuple[int, int]]:
        """The numbers of findings around which the text is the same in part, each with one other.

        Where there is too little text around one to tell, any other may be it.
        """
        waiting = dict.fromkeys(before)
        holders: dict[str, list[int]] = {}
        silent: list[int] = []
        for number in reversed(list(before)):
            runs = self._around(before[number], is_new=False)
            for run in runs:
                holders.setdefault(run, []).append(number)
            silent += [] if runs else [number]
        for number, one in now.items():
            runs = self._around(one, is_new=True)
            stacks = [silent, *(holders[run] for run in runs if run in holders)]
            found = _first(stacks, waiting) if runs else next(iter(waiting), None)
            if found is not None:
                del waiting[found]
                yield found, number

    def _around(self, one: Diagnostic, *, is_new: bool) -> frozenset[str]:
        key = (is_new, one.fingerprint)
        if key not in self._runs:
            source = self._source(one.path, is_new=is_new)
            self._runs[key] = frozenset() if source is None else _runs(source, one)
        return self._runs[key]

    def _source(self, path: str, *, is_new: bool) -> Source | None:
        key = (is_new, path)
        if key not in self._sources:
            try:
                self._sources[key] = (self.new if is_new else self.old)(path)
            except UncheckedError:
                self._sources[key] = None
        return self._sources[key]


def _first(stacks: Iterable[list[int]], waiting: Mapping[int, None]) -> int | None:
    """The lowest number that still waits; in each stack the lowest is the last."""
    found = []
    for stack in stacks:
        while stack and stack[-1] not in waiting:
            stack.pop()
        found += stack[-1:]
    return min(found, default=None)


def _runs(source: Source, one: Diagnostic) -> frozenset[str]:
    """Every run of so many code points before a finding, and behind it, in its paragraph."""
    start, end = one.span
    before = _BLANK_LINE.split(source.text[max(start - 2 * _AROUND, 0) : start])[-1]
    behind = _BLANK_LINE.split(source.text[end : end + 2 * _AROUND])[0]
    return frozenset(
        text[first : first + _SHARED]
        for text in (" ".join(before.split())[-_AROUND:], " ".join(behind.split())[:_AROUND])
        for first in range(len(text) - _SHARED + 1)
    )
