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
        EngineError: there is none, or its server cannot be read.
    """
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


def version(server: Path) -> str:
    """The version of a server's jar.

    Raises:
        EngineError: it cannot be read, or is no server of LanguageTool.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(server) as jar:
            found = _VERSION.search(jar.read(_VERSION_FILE).decode())
    except (OSError, BadZipFile, KeyError, ValueError, EOFError):
        found = None
    if found is None:
        raise EngineError(
            f"{server} is no server of LanguageTool, or is damaged: remove {server.parent} and run "
            "`mlsd-lint languagetool install`"
        )
    return found[1]


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
        first = next(iter(text.split("\n")), "").strip() or f"exit code {shown.returncode}"
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
