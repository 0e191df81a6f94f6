"""What makes a list tight, and what a task list item's box says."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsd_lint.markdown.building import Building, OpenList

_TASK = re.compile(r"\[([ xX])\](?=[ \t\n]+[^ \t\n])[ \t]*")


def is_tight(block: OpenList) -> bool:
    """Whether no blank line stands between two items or two blocks of one (section 5.3)."""
    return not _spaced(block.children) and not any(
        _spaced(item.children)  # type: ignore[attr-defined]  # a list holds items only
        for item in block.children
    )


def _spaced(blocks: list[Building]) -> bool:
    return any(after.first_line - before.last_line > 1 for before, after in pairwise(blocks))


def read_task_box(text: str) -> tuple[bool, int] | None:
    """Whether the box at the start of an item's text is checked, and where the text goes on."""
    match = _TASK.match(text)
    return (match[1] != " ", match.end()) if match else None
