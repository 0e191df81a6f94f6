"""LanguageTool as it is installed, and Java, which it needs.

The place is that of language-tool-python, so what one of the two has downloaded serves both:
`LanguageTool-<version>/languagetool-server.jar` with `libs/` beside it, in the folder that the
environment variable LTP_PATH names, or in .cache/language_tool_python of the user's home.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from mlsd_lint.prose.engine import EngineError

VERSION: Final = "6.8"
"""The version that is installed, and that the profile was made for."""

SERVER_JAR: Final = "languagetool-server.jar"
LIBRARIES: Final = "libs"
OLDEST_JAVA: Final = 17

_VERSION_FILE = "META-INF/maven/org.languagetool/languagetool-server/pom.properties"
_VERSION = re.compile(r"^version=(\S+)$", re.MULTILINE)
_JAVA_VERSION = re.compile(r'version "(?:1\.)?(\d+)|^(?:openjdk|java) (?:1\.)?(\d+)', re.MULTILINE)

_OPTIONS_NAMED = "Picked up "  # what Java says first where the environment gives it options


class Installation(NamedTuple):
    """A LanguageTool: the folder with its server, and which version it is."""

    folder: Path
    version: str

    @property
    def server(self) -> Path:
        """The server's jar."""
        return self.folder / SERVER_JAR


def default_folder() -> Path:
    """Where `mlsd-lint languagetool install` puts it."""
    chosen = os.environ.get("LTP_PATH")
    usual = Path(".cache", "language_tool_python")
    parent = Path(chosen) if chosen else home_folder("LTP_PATH") / usual
    return parent.absolute() / f"LanguageTool-{VERSION}"


def home_folder(variable: str) -> Path:
    """The home of the user; `variable` of the environment would have named a better place.

    Raises:
        EngineError: the user has none.
    """
    try:
        return Path.home()
    except RuntimeError:
        raise EngineError(
            f"this user has no home folder: let the environment variable {variable} name a folder"
        ) from None


def installation(folder: str | None) -> Installation:
    """The LanguageTool in a folder; without one, that of `install`.

    Raises:
        EngineError: there is none, or its server cannot be read, or it would not be started here.
    """
    check_system()
    place = Path(folder).expanduser().absolute() if folder else default_folder()
    if not (place / SERVER_JAR).is_file():
        if folder:
            raise EngineError(
                f"there is no {SERVER_JAR} in {place}, which prose.languagetool.folder names: "
                "give the folder of LanguageTool, or leave the setting out and run "
                "`mlsd-lint languagetool install`"
            )
        raise EngineError(
            f"LanguageTool is not installed (there is no {place / SERVER_JAR}): run "
            "`mlsd-lint languagetool install`, or name a server with prose.languagetool.server"
        )
    return Installation(place, version(place / SERVER_JAR))


def check_system() -> None:
    """Look whether this is a system on which servers are started.

    Raises:
        EngineError: it is none.
    """
    if sys.platform == "win32":
        raise EngineError(
            "mlsd-lint starts LanguageTool on Linux and macOS only: on Windows start a server "
            "yourself, or use one elsewhere, and name it, as in "
            'prose.languagetool.server = "http://127.0.0.1:8081"'
        )


def missing_jars(server: Path) -> list[str]:
    """The names of the jars that a server's manifest wants beside it, and that are not there.

    Raises:
        EngineError: the manifest cannot be read.
    """
    folder = server.parent / LIBRARIES
    return [name for name in named_jars(server) if not (folder / name).is_file()]


def what_is_missing(installed: Installation) -> str:
    """Which jar is not there, and what to do about it; "" if all are.

    Raises:
        EngineError: the manifest of the server cannot be read.
    """
    missing = missing_jars(installed.server)
    if not missing:
        return ""
    jar = installed.folder / LIBRARIES / missing[0]
    return f"there is no {jar}: run `mlsd-lint languagetool install`"


def named_jars(server: Path) -> list[str]:
    """The names of the jars that a server's manifest wants in the folder of libraries.

    Raises:
        EngineError: the manifest cannot be read.
    """
    manifest = _member(server, "META-INF/MANIFEST.MF")
    unfolded = re.sub(r"\r?\n ", "", manifest)
    line = re.search(r"^Class-Path: (.*)$", unfolded, re.MULTILINE)
    paths = line[1].split() if line else []
    return [path.removeprefix(f"{LIBRARIES}/") for path in paths if path.endswith(".jar")]


def version(server: Path) -> str:
    """The version of a server's jar.

    Raises:
        EngineError: it cannot be read, or is no server of LanguageTool.
    """
    found = _VERSION.search(_member(server, _VERSION_FILE))
    if found is None:
        raise _damaged(server)
    return found[1]


def _member(server: Path, name: str) -> str:
    from zipfile import BadZipFile, ZipFile
    from zlib import error

    try:
        with ZipFile(server) as jar:
            return jar.read(name).decode()
    except (OSError, BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, error):
        raise _damaged(server) from None


def _damaged(server: Path) -> EngineError:
    return EngineError(
        f"{server} is no server of LanguageTool, or is damaged: remove {server.parent} and run "
        "`mlsd-lint languagetool install`"
    )


def java() -> str:
    """The path of a Java that is new enough.

    Raises:
        EngineError: there is none on PATH, it does not run, or it is too old.
    """
    remedy = f"install Java {OLDEST_JAVA} or newer and see to it that PATH finds it"
    found = shutil.which("java")
    if found is None:
        raise EngineError(f"LanguageTool needs Java, which is not on PATH: {remedy}")
    try:
        shown = subprocess.run(  # noqa: S603  # the user's own Java
            [found, "-version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"{found} does not run ({_reason(error)}): {remedy}") from None
    text = shown.stderr + shown.stdout
    number = _JAVA_VERSION.search(text)
    if shown.returncode or number is None:
        lines = [line.strip() for line in text.splitlines()]
        telling = (line for line in lines if line and not line.startswith(_OPTIONS_NAMED))
        first = next(telling, f"exit code {shown.returncode}")
        raise EngineError(f"{found} does not say its version ({first}): {remedy}")
    major = int(number[1] or number[2])
    if major < OLDEST_JAVA:
        raise EngineError(
            f"{found} is Java {major}, but LanguageTool {VERSION} needs {OLDEST_JAVA}: {remedy}"
        )
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return "no answer to -version within 30 seconds"
    return getattr(error, "strerror", None) or str(error)
