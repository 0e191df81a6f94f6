"""Where the git repository is that a path belongs to, and where git keeps what it knows of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


def git_root(path: Path) -> Path | None:
    """The top directory of the git repository that holds `path`; None outside of any."""
    start = Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links
    return next((one for one in (start, *start.parents) if _is_repository(str(one))), None)


def _is_repository(directory: str) -> bool:
    git = os.path.join(directory, ".git")  # noqa: PTH118  # strings throughout
    return os.path.isfile(git) or os.path.isfile(os.path.join(git, "HEAD"))  # noqa: PTH113, PTH118  # likewise


def hosting_environment() -> tuple[str, ...]:
    """What CI on GitHub says of the repository: server, owner/name, folder, base branch, or ""."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_WORKSPACE", "GITHUB_BASE_REF")
    return tuple(os.environ.get(name, "") for name in names)


def run_environment() -> tuple[str, ...]:
    """What CI on GitHub says of the commit: its id, its reference, the file of the event, or ""."""
    names = ("GITHUB_SHA", "GITHUB_REF", "GITHUB_EVENT_PATH")
    return tuple(os.environ.get(name, "") for name in names)


class GitDirectories(NamedTuple):
    """Where git keeps what it knows of a work tree, see gitrepository-layout(5).

    `own` is the work tree's alone (HEAD), `common` that of the repository (config, info, refs);
    they differ in a work tree that `git worktree` made. `links` are the files that say so.
    """

    own: Path
    common: Path
    links: tuple[Path, ...]


def git_directories(root: Path) -> GitDirectories:
    """Those of the repository whose top directory is `root`.

    In a linked work tree or a submodule `.git` is a file that says `gitdir: PATH`, and there may
    be a file `commondir` in that directory.
    """
    git = root / ".git"
    if not git.is_file():
        return GitDirectories(git, git, ())
    try:
        own = root / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
    except (OSError, ValueError):
        return GitDirectories(git, git, (git,))
    pointer = own / "commondir"
    try:
        common = own / pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        common = own
    except (OSError, ValueError):
        common = git
    return GitDirectories(own, common, (git, pointer))
