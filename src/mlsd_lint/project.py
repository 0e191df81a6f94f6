"""Where a run happens and what is set there.

It is found out in two steps. `locate` is cheap and enough to ask the cache; `load` checks the
configuration and knows the rules.
"""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsd_lint import config
from mlsd_lint.digests import digest
from mlsd_lint.discovery import git_root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mlsd_lint.config import Configuration
    from mlsd_lint.indexing import Indexing
    from mlsd_lint.registry import Rule


@dataclass(frozen=True)
class Location:
    """Where a run happens: all paths are absolute.

    `root` is the top of the repository: paths in diagnostics are relative to it, and no link may
    leave it. `base` is the folder that the configuration's globs are relative to. `settings` is
    the configuration as written, the command line's settings included, and not yet checked.
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
        default = self.base / config.CACHE_DIRECTORY
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
    """Find the configuration and the repository for these paths (absolute).

    The configuration is `file`, or else the nearest one at or above the folder that holds all
    paths; none is looked for if `isolated`.

    Raises:
        ConfigurationError: the configuration cannot be read.
    """
    folder = _common_folder(paths)
    if file is None and not isolated:
        file = config.find(folder)
    base = file.parent if file else _unconfigured_base(folder)
    settings = config.read(file) if file else {}
    return Location(git_root(base) or base, base, file, settings, overrides)


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


@dataclass(frozen=True)
class Project:
    """What is checked and how; `root` and `base` as in `Location`.

    `configuration` is valid, and its folders (`root`, `asset-roots`) are relative to the root.
    `fingerprint` names the program that checks.
    """

    root: Path
    base: Path
    file: Path | None
    configuration: Configuration
    fingerprint: str

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The selected rules, by code."""
        from mlsd_lint.registry import all_rules
        from mlsd_lint.selection import select

        wanted = self.configuration
        chosen = select(all_rules(), wanted.select, wanted.ignore, wanted.extend_select)
        return {code: rule for code, rule in all_rules().items() if code in chosen}

    @cached_property
    def indexing(self) -> Indexing:
        """What indexing one file depends on, besides its content."""
        from mlsd_lint.indexing import Indexing
        from mlsd_lint.registry import all_rules
        from mlsd_lint.selection import severities

        return Indexing(
            codes=tuple(self.rules),
            severities=severities(all_rules(), self.configuration.severity),
            dialect=self.configuration.dialect,
            max_file_size=self.configuration.max_file_size,
        )

    @cached_property
    def context(self) -> str:
        """The name of everything that a cached document depends on but its content."""
        return digest(self.fingerprint, repr(self.indexing))

    def relative(self, path: Path) -> str:
        """A path (absolute) as diagnostics name it: POSIX, relative to the root."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")


def _layered(location: Location) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Settings and overrides, `extend-select` of the command line being more than an override.

    It adds to what the file selects, and what it names is not ignored by the file.
    """
    settings, overrides = dict(location.settings), dict(location.overrides)
    added = overrides.get("extend-select")
    if added:
        known = settings.get("extend-select", [])
        overrides["extend-select"] = [*known, *added] if isinstance(known, list) else added
        ignored = settings.get("ignore")
        if isinstance(ignored, list):
            settings["ignore"] = [rule for rule in ignored if rule not in added]
    return settings, overrides


def load(location: Location, fingerprint: str) -> Project:
    """Check the configuration of a location.

    Raises:
        ConfigurationError: with everything that is wrong with it.
    """
    settings, overrides = _layered(location)
    checked = config.validate(settings, location.file, overrides)
    folder = os.path.relpath(location.base, location.root).replace(os.sep, "/")
    configuration = replace(
        checked,
        root=posixpath.normpath(posixpath.join(folder, checked.root)) if checked.root else "",
        asset_roots=tuple(
            posixpath.normpath(posixpath.join(folder, root)) for root in checked.asset_roots
        ),
    )
    return Project(location.root, location.base, location.file, configuration, fingerprint)
