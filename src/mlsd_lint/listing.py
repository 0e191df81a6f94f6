"""What a directory holds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def list_directory(directory: Path) -> dict[str, bool] | None:
    """The names in a directory, True for a directory (links followed); None if it is none."""
    try:
        with os.scandir(directory) as entries:
            return {entry.name: _is_directory(entry) for entry in entries}
    except OSError:
        return None


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
