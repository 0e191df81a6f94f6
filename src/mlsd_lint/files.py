"""Where documents and the files around them come from: the disk, or what git keeps of a state.

Paths are POSIX, relative to the repository root, without `.` and `..`; the root itself is "".
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from mlsd_lint.digests import NOTHING, content_digest, listing_digest
from mlsd_lint.indexing import UncheckedError, read
from mlsd_lint.listing import list_directory
from mlsd_lint.rules.unchecked import UNREADABLE
from mlsd_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ON_DISK = "as on the disk"


class Files(Protocol):
    """One state of the repository.

    `seen` is what its answers depended on: the digest of each listing and content on the disk that
    was asked for, by path.
    """

    seen: dict[str, str]

    def read(self, path: str, limit: int) -> bytes:
        """The content of a document of at most `limit` bytes.

        Raises:
            UncheckedError: it is not there, too large, or cannot be read.
        """

    def entries(self, directory: str) -> Mapping[str, bool] | None:
        """The names in a directory, True for a directory; None if there is no such directory."""

    def content(self, path: str) -> bytes | None:
        """The content of a file; None for what is none, cannot be read or is not known."""

    def is_opaque(self, path: str) -> bool:
        """Whether it is only known that something is at `path`, as with what a submodule holds."""

    def version(self, path: str) -> str | None:
        """A name of the content at `path`: equal ones are equal contents. None if there is none."""


@dataclass(frozen=True)
class Opaque:
    """What of a repository is there though it cannot be read here.

    `folders` are submodules: what they hold belongs to another repository. `files` are those that
    a sparse checkout leaves out.
    """

    folders: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()

    def holds(self, path: str) -> bool:
        """Whether nothing is known of what is at `path`."""
        if path in self.files:
            return True
        while self.folders and path:
            if path in self.folders:
                return True
            path = posixpath.dirname(path)
        return False

    def unchecked(self, path: str) -> UncheckedError:
        """Why a document there cannot be checked."""
        what = "is not checked out" if path in self.files else "belongs to a submodule"
        return UncheckedError(UNREADABLE, f"{path} {what}", Source(path, ""))

    def by_folder(self) -> dict[str, dict[str, bool]]:
        """The names of what a sparse checkout leaves out, by folder: True for a folder."""
        found: dict[str, dict[str, bool]] = {}
        for path in self.files:
            folder, _, name = path.rpartition("/")
            found.setdefault(folder, {})[name] = False
            while folder:
                folder, _, name = folder.rpartition("/")
                found.setdefault(folder, {})[name] = True
        return found


NOT_OPAQUE = Opaque()


@dataclass
class Disk:
    """The files as they are on the disk, under the absolute path of the repository root."""

    root: Path
    opaque: Opaque = NOT_OPAQUE
    seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._left_out = self.opaque.by_folder()

    def read(self, path: str, limit: int) -> bytes:
        """See `Files`."""
        if self.is_opaque(path):
            raise self.opaque.unchecked(path)
        return read(self.root / path, path, limit)

    def entries(self, directory: str) -> Mapping[str, bool] | None:
        """See `Files`."""
        listed = list_directory(self.root / directory)
        self.seen[directory] = listing_digest(listed)
        left_out = self._left_out.get(directory)
        return listed if left_out is None else left_out | (listed or {})

    def content(self, path: str) -> bytes | None:
        """See `Files`."""
        if self.is_opaque(path):
            return None
        content = content_of(self.root / path)
        self.seen[path] = NOTHING if content is None else content_digest(content)
        return content

    def is_opaque(self, path: str) -> bool:
        """See `Files`."""
        return self.opaque.holds(path)

    def version(self, path: str) -> str | None:
        """See `Files`."""
        return None if self.is_opaque(path) else ON_DISK


def content_of(file: Path) -> bytes | None:
    """The content of a regular file on the disk; None for anything else."""
    try:
        return file.read_bytes() if file.is_file() else None
    except (OSError, ValueError):
        return None
