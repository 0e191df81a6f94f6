"""A state of the repository that git keeps, as the files that documents are checked among.

Where the work tree has the same content, it is read from the disk: that is faster, and line
endings and filtered files are then the same on both sides of a comparison.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlsd_lint.files import NOT_OPAQUE, ON_DISK, Opaque, content_of
from mlsd_lint.gate.git_objects import SUBMODULE, SYMLINK
from mlsd_lint.indexing import UncheckedError, read
from mlsd_lint.rules.unchecked import TOO_LARGE, UNREADABLE
from mlsd_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mlsd_lint.gate.git_objects import Blob, Objects, Snapshot

_MOST_LINKS = 40  # that are followed one after the other, as on Linux
_ANY_SIZE = 1 << 62


@dataclass
class State:
    """The files of a snapshot, see `mlsd_lint.files.Files`.

    `root` is the absolute path of the repository root, `differing` are the paths at which the
    work tree has something else. Nothing of what it says depends on the disk but through these,
    so `seen` stays empty but for what was read there.
    """

    root: Path
    snapshot: Snapshot
    differing: frozenset[str]
    objects: Objects
    opaque: Opaque = NOT_OPAQUE
    seen: dict[str, str] = field(default_factory=dict)

    def read(self, path: str, limit: int) -> bytes:
        """See `Files`."""
        if self.is_opaque(path):
            raise self.opaque.unchecked(path)
        place = self._place(path)
        if self.version(path) == ON_DISK:
            return read(self.root / path, path, limit)
        blob = self.snapshot.files.get(place) if place is not None else None
        if blob is None or blob.mode in {SYMLINK, SUBMODULE}:
            what = "is a link to nothing" if path in self.snapshot.links else "does not exist"
            raise UncheckedError(UNREADABLE, f"{path} {what}", Source(path, ""))
        content = self.objects.content(blob.oid, limit)
        if isinstance(content, int):
            message = f"{path} has {content:,} bytes, more than max-file-size ({limit:,})"
            raise UncheckedError(TOO_LARGE, message, Source(path, ""))
        return content

    def entries(self, directory: str) -> Mapping[str, bool] | None:
        """See `Files`."""
        place = self._place(directory)
        if place in self.snapshot.submodules:
            return {}
        names = self.snapshot.folders.get(place) if place is not None else None
        if names is None:
            return None
        prefix = f"{place}/" if place else ""
        return {name: self._is_directory(f"{prefix}{name}", blob) for name, blob in names.items()}

    def content(self, path: str) -> bytes | None:
        """See `Files`."""
        if self.is_opaque(path):
            return None
        if self.version(path) == ON_DISK or path.startswith("../"):
            return content_of(self.root / path)
        place = self._place(path)
        blob = self.snapshot.files.get(place) if place is not None else None
        if blob is None or blob.mode in {SYMLINK, SUBMODULE}:
            return None
        content = self.objects.content(blob.oid, _ANY_SIZE)
        return content if isinstance(content, bytes) else None

    def is_opaque(self, path: str) -> bool:
        """See `Files`."""
        return self.opaque.holds(path)

    def version(self, path: str) -> str | None:
        """See `Files`."""
        if self.is_opaque(path):
            return None
        blob = self.snapshot.files.get(path)
        if blob is not None and blob.mode != SYMLINK:
            return blob.oid if path in self.differing else ON_DISK
        place = self._place(path)
        if place is None:  # a link that leads out of the repository
            same = blob is not None and path not in self.differing
            return ON_DISK if same else None
        if place == path or self._led_elsewhere(path):
            return None
        return self.version(place)

    def _led_elsewhere(self, path: str) -> bool:
        """Whether a link on the way to a path leads somewhere else on the disk."""
        while path:
            if path in self.snapshot.links and path in self.differing:
                return True
            path = posixpath.dirname(path)
        return False

    def _is_directory(self, path: str, blob: Blob | None) -> bool:
        if blob is None or blob.mode == SUBMODULE:
            return True
        return blob.mode == SYMLINK and self._place(path) in self.snapshot.folders

    def _place(self, path: str, links: int = _MOST_LINKS) -> str | None:
        """The path once symbolic links are followed; None if one leads nowhere that is known."""
        if not self.snapshot.links:
            return path
        found = ""
        names = path.split("/") if path else []
        for index, name in enumerate(names):
            here = posixpath.join(found, name)
            if here in self.snapshot.links:
                target = self._target(here)
                if target is None or not links:
                    return None
                return self._place(posixpath.join(target, *names[index + 1 :]), links - 1)
            found = here
        return found

    def _target(self, link: str) -> str | None:
        """Where a symbolic link leads; None outside of the repository."""
        content = self.objects.content(self.snapshot.files[link].oid, _ANY_SIZE)
        if not isinstance(content, bytes):
            return None
        written = content.decode("utf-8", "surrogateescape")
        place = posixpath.normpath(posixpath.join(posixpath.dirname(link), written))
        if place.startswith(("/", "../")) or place == "..":
            return None
        return "" if place == "." else place
