"""Where the git repository is that a path belongs to."""

from __future__ import annotations

import os
from pathlib import Path


def git_root(path: Path) -> Path | None:
    """The top directory of the git repository that holds `path`; None outside of any."""
    start = Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links
    return next((one for one in (start, *start.parents) if _is_repository(str(one))), None)


def _is_repository(directory: str) -> bool:
    git = os.path.join(directory, ".git")  # noqa: PTH118  # strings throughout
    return os.path.isfile(git) or os.path.isfile(os.path.join(git, "HEAD"))  # noqa: PTH113, PTH118  # likewise
