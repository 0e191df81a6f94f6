"""`mlsd-lint clean`: remove the cache, and nothing that is not known to be part of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse

MARKER = "CACHEDIR.TAG"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `clean`."""
    parser.add_argument("--cache-dir", metavar="DIR", help="the cache to remove")
    parser.add_argument("--config", metavar="FILE", help="the configuration that names the cache")


def run(arguments: argparse.Namespace) -> int:
    """Remove the cache and say so.

    Raises:
        UsageError: there is something in its place that we have not made.
    """
    cache = _cache_directory(arguments)
    if not cache.exists():
        sys.stdout.write(f"There is no cache at {cache}.\n")
        return 0
    if not _is_ours(cache):
        raise UsageError(
            f"{cache} was left alone: it has no {MARKER} that says it was made by mlsd-lint"
        )
    left = _remove(cache)
    if left:
        sys.stdout.write(
            f"Removed the cache from {cache}; left what is not part of it: {', '.join(left)}.\n"
        )
    else:
        sys.stdout.write(f"Removed {cache}.\n")
    return 0


def _cache_directory(arguments: argparse.Namespace) -> Path:
    if arguments.cache_dir:
        return Path(arguments.cache_dir).absolute()
    from mlsd_lint.location import locate

    file = Path(arguments.config) if arguments.config else None
    return locate([], {}, file=file).cache_directory


def _is_ours(cache: Path) -> bool:
    try:
        return b"mlsd-lint" in (cache / MARKER).read_bytes()
    except OSError:
        return False


def _remove(cache: Path) -> list[str]:
    """Remove the cache's files, the marker last; the names of what else is in the directory."""
    from mlsd_lint.cache import FILE_NAME

    try:
        names = sorted(entry.name for entry in cache.iterdir())
        ours = [name for name in names if name.startswith(FILE_NAME) or name == ".gitignore"]
        left = [name for name in names if name not in {*ours, MARKER}]
        for name in (*ours, MARKER):
            (cache / name).unlink()
        if not left:
            cache.rmdir()
    except OSError as error:
        raise UsageError(f"cannot remove {error.filename}: {error.strerror}") from None
    return left
