"""The folders that a walk goes through, as they are on the disk.

Paths are absolute, with `/` between names.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Folders(Protocol):
    """Folders to walk through: those of the disk, or of a state that git keeps."""

    def names(self, folder: str) -> Iterable[tuple[str, bool, bool]]:
        """The names in a folder; for each, whether it leads to a directory, and whether it is a link.

        Raises:
            OSError: it cannot be listed.
        """

    def is_directory(self, path: str) -> bool:
        """Whether a path leads to a directory."""

    def is_there(self, path: str) -> bool:
        """Whether something is at a path, be it a link to nothing."""

    def content(self, file: str) -> bytes | None:
        """The content of a file; None if there is none."""


class _Disk:
    """The folders of the disk."""

    def names(self, folder: str) -> Iterable[tuple[str, bool, bool]]:
        """See `Folders`."""
        with os.scandir(folder) as found:
            return [(one.name, _leads_to_directory(one), one.is_symlink()) for one in found]

    def is_directory(self, path: str) -> bool:
        """See `Folders`."""
        return os.path.isdir(path)  # noqa: PTH112  # the walk is of strings

    def is_there(self, path: str) -> bool:
        """See `Folders`."""
        return os.path.lexists(path)

    def content(self, file: str) -> bytes | None:
        """See `Folders`."""
        try:
            return Path(file).read_bytes()
        except OSError:
            return None


DISK = _Disk()


def _leads_to_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
