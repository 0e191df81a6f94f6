"""The fewest things that have to move for the rest to be in order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def longest_non_decreasing(keys: Sequence[Any]) -> list[int]:
    """The indexes of the longest run of keys, not necessarily neighbours, that never decrease."""
    tails: list[Any] = []
    last: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        at = bisect_right(tails, key)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [key]
        last[at : at + 1] = [index]
    kept = []
    index = last[-1] if last else -1
    while index >= 0:
        kept.append(index)
        index = before[index]
    return kept[::-1]
