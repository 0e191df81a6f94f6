"""The name of this very program, under which a cache keeps what it found out.

It is made of what the program is, not of where and when it was installed: so what one job of CI found
out holds in the next, which installs everything anew. Reading all of it takes longer than answering
from the cache, so the cache remembers the name by the state of the files.
"""

from __future__ import annotations

import os
import sys
import time
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint import __version__
from mlsd_lint.cache import NO_CACHE, RACY_NANOSECONDS, file_state
from mlsd_lint.digests import content_digest, digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.cache import Cache

PACKAGE = str(Path(__file__).parent)
# What results depend on besides our own code: the modules, and the distributions they come from.
_MODULES = ("mistune", "harper")
_DISTRIBUTIONS = ("mistune", "harper-py", "typos")


def tool_fingerprint(cache: Cache = NO_CACHE) -> str:
    """The name of this program; where nothing is kept, of its installation, which costs less.

    An installation that is edited in place has another name, though its version is the same.
    """
    files = sorted(_files(PACKAGE))
    others = [*_files_of_modules()]
    states = [(path, file_state(path)) for path in (*files, *others)]
    installed = digest(__version__, sys.version, repr(states))
    if cache.connection is None:
        return installed
    known = cache.program(installed)
    if known is not None:
        return known
    name = digest(__version__, sys.version, *_versions(), *_contents(files))
    latest = max(max(state[1:3], default=0) for _, state in states)
    if latest < time.time_ns() - RACY_NANOSECONDS:  # else it might change unseen
        cache.save_program(installed, name)
    return name


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for one in found:
            if one.is_dir():
                if one.name != "__pycache__":
                    yield from _files(one.path)
            elif one.name.endswith(".py"):
                yield one.path


def _files_of_modules() -> Iterator[str]:
    """The first file of each module, and the folders that an upgrade of any of them changes."""
    for module in _MODULES:
        found = PathFinder.find_spec(module)
        if found and found.origin:
            yield found.origin
            yield str(Path(found.origin).parent.parent)


def _contents(files: list[str]) -> Iterator[str]:
    for file in files:
        yield file.removeprefix(PACKAGE).replace(os.sep, "/")
        yield content_digest(Path(file).read_bytes())


def _versions() -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    for name in _DISTRIBUTIONS:
        try:
            yield version(name)
        except PackageNotFoundError:
            yield ""
