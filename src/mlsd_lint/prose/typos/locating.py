"""Where the program `typos` is, and of which version its list is."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mlsd_lint.prose.engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES: Final = ("typos.exe", "typos") if sys.platform == "win32" else ("typos",)
_SCRIPTS: Final = "Scripts" if sys.platform == "win32" else "bin"
# importlib.metadata would know it too, but takes longer to import than an unchanged run may take.
_DISTRIBUTION: Final = re.compile(r"typos-(?P<version>[^-]+)\.dist-info")


def executable() -> Path:
    """The program that the package `typos` installed, or else the one on PATH.

    Raises:
        EngineError: there is neither.
    """
    for path in _candidates():
        if path.is_file():
            return path
    from shutil import which

    found = which("typos")
    if found is None:
        raise EngineError(
            f"the program typos, which knows the misspellings, is not in {_scripts_folder()} and "
            "not on PATH; install it with `pip install typos`, or check no prose with "
            "`--grammar none`"
        )
    return Path(found)


def version() -> str:
    """What tells one version of the program from another; nothing is started, or imported."""
    distribution = _distribution()
    if distribution is not None and (match := _DISTRIBUTION.fullmatch(distribution.name)):
        return match["version"]
    try:
        state = executable().stat()
    except (EngineError, OSError):
        return "none"
    return f"{state.st_size} {state.st_mtime_ns}"


def _candidates() -> Iterator[Path]:
    """Where the package may have put the program, the likeliest first."""
    distribution = _distribution()
    if distribution is not None:
        yield from _recorded(distribution)
        # `pip install --target` moves the programs after it has recorded where they are.
        yield from (distribution.parent / _SCRIPTS / name for name in _NAMES)
    import sysconfig

    user_scheme = sysconfig.get_preferred_scheme("user")
    for folder in (
        _scripts_folder(),
        sysconfig.get_path("scripts", user_scheme),
        os.path.dirname(sys.executable),  # noqa: PTH120  # may be empty, which is no path
    ):
        if folder:
            yield from (Path(folder) / name for name in _NAMES)


def _scripts_folder() -> str:
    from sysconfig import get_path

    return get_path("scripts")


def _distribution() -> Path | None:
    """The folder with what pip notes about the package `typos` that Python would import."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208  # of thousands of names, one is wanted
        except OSError:
            continue
        for name in names:
            if _DISTRIBUTION.fullmatch(name):
                return Path(folder, name)
    return None


def _recorded(distribution: Path) -> Iterator[Path]:
    try:
        record = (distribution / "RECORD").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for line in record.splitlines():
        file = line.rsplit(",", 2)[0].strip('"')
        if file.replace("\\", "/").rpartition("/")[2] in _NAMES:
            yield Path(os.path.normpath(distribution.parent / file))
