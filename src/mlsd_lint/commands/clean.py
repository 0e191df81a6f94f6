"""`mlsd-lint clean`: remove the cache, and nothing that is not known to be part of it.

Since when links have been failing is in the same directory, and no run can find it out again. So
that stays, unless `--all` is given; what else is known of links goes.
"""

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
    parser.add_argument(
        "--all", action="store_true", help="forget also since when links have been failing"
    )


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
    kept = [] if arguments.all else _clear_links(cache)
    left = _remove(cache, kept)
    sys.stdout.write(_said(cache, kept, left))
    return 0


def _said(cache: Path, kept: list[str], left: list[str]) -> str:
    if not kept and not left:
        return f"Removed {cache}.\n"
    sentences = [f"Removed the cache from {cache}"]
    if kept:
        sentences.append(
            f"kept {', '.join(kept)}, which knows since when links have been failing "
            "(mlsd-lint clean --all removes that too)"
        )
    if left:
        sentences.append(f"left what is not part of it: {', '.join(left)}")
    return "; ".join(sentences) + ".\n"


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


def _clear_links(cache: Path) -> list[str]:
    """Remove what is known of links, but for their failures; the names of the files that stay."""
    from mlsd_lint.links.storing.store_file import FILE_NAME

    if (cache / FILE_NAME).exists():
        from mlsd_lint.links.storing.store import open_store

        store = open_store(cache)
        failing = store.forget()
        store.close()
        if failing is None:
            raise UsageError(
                f"{cache / FILE_NAME} cannot be opened, so nothing was removed; "
                "mlsd-lint clean --all removes it too"
            )
        if not failing:
            (cache / FILE_NAME).unlink()
    return sorted(path.name for path in cache.glob(f"{FILE_NAME}*"))


def _remove(cache: Path, kept: list[str]) -> list[str]:
    """Remove the cache's files, the marker last; the names of what is not ours.

    Where something is kept, so is what marks the directory as ours.
    """
    from mlsd_lint.cache import FILE_NAME
    from mlsd_lint.links.storing.store_file import FILE_NAME as LINKS

    marks = [".gitignore", MARKER]
    try:
        names = sorted(entry.name for entry in cache.iterdir())
        ours = [name for name in names if name.startswith((FILE_NAME, LINKS))]
        left = [name for name in names if name not in {*ours, *marks}]
        for name in (*ours, *(mark for mark in marks if mark in names)):
            if not kept or (name not in kept and name not in marks):
                (cache / name).unlink()
        if not left and not kept:
            cache.rmdir()
    except OSError as error:
        raise UsageError(f"cannot remove {error.filename}: {error.strerror}") from None
    return left
