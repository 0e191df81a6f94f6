"""Where a run happens, found out cheaply: enough to ask the cache whether anything changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint.config.files import CACHE_DIRECTORY, find, read
from mlsd_lint.discovery.repository import git_root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Location(NamedTuple):
    """Where a run happens: all paths are absolute.

    `root` is the top of the repository: paths in diagnostics are relative to it, and no link may
    leave it. `base` is the folder that the configuration's globs are relative to: that of its
    file, if what is checked is in it. `settings` is the configuration as written, `overrides` are
    the command line's; they are not yet checked.
    """

    root: Path
    base: Path
    file: Path | None
    settings: Mapping[str, Any]
    overrides: Mapping[str, Any]

    @property
    def cache_directory(self) -> Path:
        """Where the cache is; the default place if the setting names what it must not be."""
        name = {**self.settings, **self.overrides}.get("cache-dir")
        default = self.base / CACHE_DIRECTORY
        if not isinstance(name, str) or not name:
            return default
        chosen = Path(os.path.normpath(self.base / name))
        return default if self.base.is_relative_to(chosen) else chosen


def locate(
    paths: Sequence[Path],
    overrides: Mapping[str, Any],
    *,
    file: Path | None = None,
    isolated: bool = False,
) -> Location:
    """Find the configuration and the repository for these paths.

    The configuration is `file`, or else the nearest one at or above the folder that holds all
    paths, or the working directory; none is looked for if `isolated`.

    Raises:
        ConfigurationError: the configuration cannot be read.
    """
    folder = _common_folder([absolute(path) for path in paths])
    file = absolute(file) if file else None if isolated else find(folder)
    # A file that was named may stand apart from what is checked; its folder then says nothing.
    apart = file and paths and not folder.is_relative_to(file.parent)
    base = file.parent if file and not apart else _unconfigured_base(folder)
    settings = read(file) if file else {}
    return Location(git_root(base) or base, base, file, settings, overrides)


def absolute(path: Path) -> Path:
    """The path from the top, without `..`: what stands before one is no folder above the path."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links


def from_here(file: Path) -> str:
    """A file as it is named in the working directory, where it lies in that."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _common_folder(paths: Sequence[Path]) -> Path:
    folders = [path if path.is_dir() else path.parent for path in paths] or [Path.cwd()]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # they are on different drives
        return folders[0]


def _unconfigured_base(folder: Path) -> Path:
    """The working directory if it holds what is checked, so that there is one cache, not many."""
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder
