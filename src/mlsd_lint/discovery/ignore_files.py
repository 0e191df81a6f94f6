"""What git ignores: .gitignore at every level and .git/info/exclude, see gitignore(5).

Not read: the user's own excludes file, since the same files must give the same findings for
everybody, and the index, so that a tracked file that is ignored all the same is left out.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.discovery.folders import DISK
from mlsd_lint.discovery.globs import Globs, compile_ignore_file
from mlsd_lint.discovery.repository import git_directories, git_root

if TYPE_CHECKING:
    from collections.abc import Callable

IGNORE_FILE = ".gitignore"

IgnoreChain = tuple[tuple[int, Globs], ...]
"""Globs, the weakest first, each with the offset at which a path relative to them starts."""


def slashed(directory: str) -> str:
    """A directory's path with the slash that its entries' paths have behind it."""
    return directory if directory.endswith("/") else f"{directory}/"


def is_ignored(chain: IgnoreChain, path: str, name: str, *, is_directory: bool) -> bool:
    """Whether `path` is ignored itself, granted that no directory above it is."""
    for offset, globs in reversed(chain):
        verdict = globs.verdict(path[offset:], name, is_directory=is_directory)
        if verdict is not None:
            return verdict
    return False


@dataclass
class IgnoreFiles:
    """Reads ignore files, and remembers what it read: None for a file that is not there.

    Paths are absolute, with `/` between names; `read` gives the content of a file.
    """

    read: Callable[[str], bytes | None] = DISK.content
    contents: dict[str, bytes | None] = field(default_factory=dict)

    def above(self, directory: str, base: str) -> IgnoreChain:
        """What counts in `directory` from above it.

        That is what stands from the top of the repository down, its own .gitignore not included;
        outside of a repository, from `base` down.
        """
        root = git_root(Path(directory))
        top = str(root).replace(os.sep, "/") if root else base
        chain = self.repository(top) if root else ()
        if not slashed(directory).startswith(slashed(top)):
            return ()
        above = top
        for name in directory[len(slashed(top)) :].split("/"):
            if above != directory:
                chain = self.extend(chain, above)
                above = f"{slashed(above)}{name}"
        return chain

    def extend(self, chain: IgnoreChain, directory: str) -> IgnoreChain:
        """What counts in `directory`, where `chain` does above it."""
        return chain + self._globs(f"{slashed(directory)}{IGNORE_FILE}", directory)

    def repository(self, top: str) -> IgnoreChain:
        """What a repository ignores besides its .gitignore files."""
        git = git_directories(Path(top)).common
        return self._globs(f"{git}/info/exclude".replace(os.sep, "/"), top)

    def _globs(self, file: str, directory: str) -> IgnoreChain:
        self.remember(file)
        content = self.contents[file]
        if not content:
            return ()
        return ((len(slashed(directory)), compile_ignore_file(content)),)

    def remember(self, file: str) -> None:
        """Read a file that says what is left out."""
        if file not in self.contents:
            self.contents[file] = self.read(file)
