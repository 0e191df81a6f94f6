"""The folders of a state that git keeps, for a walk through them.

What no state holds, such as .git/info/exclude, is read from the disk.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.discovery.folders import DISK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.gate.states import State


class StateFolders(NamedTuple):
    """Those of `state`; `root` is the absolute path of the repository root, with `/`."""

    root: str
    state: State

    def names(self, folder: str) -> Iterable[tuple[str, bool, bool]]:
        """See `Folders`. What the work tree leaves out, and what submodules hold, is not there."""
        inside = self._inside(folder)
        entries = None if inside is None else self.state.entries(inside)
        if inside is None or entries is None:
            raise FileNotFoundError(2, "is not there", folder)
        found = ((posixpath.join(inside, name), one) for name, one in entries.items())
        return [
            (posixpath.basename(path), one, path in self.state.snapshot.links)
            for path, one in found
            if not self.state.is_opaque(path)
        ]

    def is_directory(self, path: str) -> bool:
        """See `Folders`."""
        inside = self._inside(path)
        return inside is not None and self.state.entries(inside) is not None

    def is_there(self, path: str) -> bool:
        """See `Folders`."""
        inside = self._inside(path)
        if not inside:
            return inside == ""
        folder, _, name = inside.rpartition("/")
        return name in (self.state.entries(folder) or {})

    def content(self, file: str) -> bytes | None:
        """See `Folders`."""
        inside = self._inside(file)
        if inside is None or inside.startswith(".git/"):
            return DISK.content(file)
        return self.state.content(inside)

    def _inside(self, path: str) -> str | None:
        """The path from the repository root; None outside of it."""
        if path == self.root:
            return ""
        prefix = self.root if self.root.endswith("/") else f"{self.root}/"
        return path.removeprefix(prefix) if path.startswith(prefix) else None
