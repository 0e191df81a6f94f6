"""Which documents of a change are others under a new name.

Two documents are the same one if at least half of the larger is in the other, line by line: the
measure, and the half, are those of git, see `-M` in git-diff(1). Files that git does not track yet
count too.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEAST = 0.5
_MOST_HOLDERS = 50  # documents; a line that stands in more of them tells nothing of their origin


class _Pair(NamedTuple):
    similarity: float
    same_name: bool
    new: str
    old: str


def renames(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The new path of documents that have one, by their old path.

    Args:
        old: the texts of documents that are gone, by path.
        new: the texts of documents that have come, by path.
    """
    pairs = sorted(_pairs(old, new), key=lambda one: (-one[0], not one[1], one[2], one[3]))
    found: dict[str, str] = {}
    taken = set()
    for pair in pairs:
        if pair.old not in found and pair.new not in taken:
            found[pair.old] = pair.new
            taken.add(pair.new)
    return found


def _pairs(old: Mapping[str, str], new: Mapping[str, str]) -> list[_Pair]:
    before = {path: _lines(text) for path, text in old.items()}
    holders: dict[str, list[str]] = {}
    for path, lines in before.items():
        for line in lines:
            holders.setdefault(line, []).append(path)
    found = []
    for path, text in new.items():
        lines = _lines(text)
        shared: Counter[str] = Counter()
        for line, count in lines.items():
            for holder in holders.get(line, ())[:_MOST_HOLDERS]:
                shared[holder] += min(count, before[holder][line]) * len(line)
        for holder, size in shared.items():
            similarity = size / max(_size(before[holder]), _size(lines))
            if similarity >= _LEAST:
                found.append(_Pair(similarity, _name(holder) == _name(path), path, holder))
    return found


def _lines(text: str) -> Counter[str]:
    """The lines with their counts, without what ends them; empty ones say nothing."""
    return Counter(filter(None, text.splitlines()))


def _size(lines: Counter[str]) -> int:
    return sum(count * len(line) for line, count in lines.items())


def _name(path: str) -> str:
    return path.rpartition("/")[2]
