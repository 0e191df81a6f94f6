"""Puts LanguageTool where it is looked for, once it has shown that it works.

Everything is made in a folder beside that place and moved there at the end. So what was there stays
until then, and an installation that is interrupted leaves only a folder that the next one removes.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.languagetool.client import Client
from mlsd_lint.prose.languagetool.installation import (
    LIBRARIES,
    SERVER_JAR,
    VERSION,
    Installation,
    check_system,
    default_folder,
    java,
    missing_jars,
    named_jars,
    version,
)
from mlsd_lint.prose.languagetool.locks import locked
from mlsd_lint.prose.languagetool.server_folder import server_folder
from mlsd_lint.prose.languagetool.serving import in_use, start, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAVEN: Final = (
    "take the Maven artifacts: `mvn -f languagetool/pom.xml dependency:copy-dependencies` with the "
    "pom.xml of mlsd-lint, then `mlsd-lint languagetool install --from languagetool/target/"
    "LanguageTool`"
)
"""What to do where LanguageTool's own download cannot be reached."""

_ENGLISH_JAR = "language-en.jar"
_ENGLISH_CLASS = "org/languagetool/language/AmericanEnglish.class"
_TEXT = "This is an test."
_EXPECTED = "EN_A_VS_AN"
_MARK = ".mlsd-lint-"


def install(source: Path | None, tell: Callable[[float], None]) -> Installation:
    """Install from a folder of Maven artifacts, or else download; return what is there now.

    `tell` is called while its server starts for the first time.

    Raises:
        EngineError: it cannot be had, or does not work; what was installed before still is.
    """
    check_system()  # before the download: where no server can be started, it would be in vain
    java()
    place = default_folder()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with locked(place.parent / f"{_MARK}install.lock"), _workshop(place.parent) as workshop:
            made = workshop / place.name
            if source is None:
                _download(workshop, made)
            else:
                _lay_out(source, made)
            found = verify(made)
            _try_out(found, tell)
            _move(made, place, workshop)
    except OSError as error:
        raise EngineError(
            f"{error.filename or place} cannot be written ({error.strerror or error}): let the "
            "environment variable LTP_PATH name a folder that can"
        ) from None
    return Installation(place, found.version)


def verify(folder: Path) -> Installation:
    """Look at the files of a LanguageTool: the right version, whole, and with English.

    Raises:
        EngineError: something is missing or damaged.
    """
    server = folder / SERVER_JAR
    if not server.is_file():
        raise EngineError(f"there is no {SERVER_JAR} in what was to be installed: {MAVEN}")
    found = version(server)
    if found != VERSION:
        raise EngineError(f"this is LanguageTool {found}, but {VERSION} is needed: {MAVEN}")
    missing = missing_jars(server)
    if missing:
        raise EngineError(f"{len(missing)} jars are missing, among them {missing[0]}: {MAVEN}")
    if _ENGLISH_CLASS not in _content(folder / LIBRARIES / _ENGLISH_JAR):
        raise EngineError(f"{_ENGLISH_JAR} has no English in it: {MAVEN}")
    return Installation(folder, found)


@contextmanager
def _workshop(parent: Path) -> Iterator[Path]:
    """An empty folder on the same disk, which is gone afterwards."""
    for old in parent.glob(f"{_MARK}new-*"):
        shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_MARK}new-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _download(workshop: Path, made: Path) -> None:
    try:
        # GPL-3.0, which is why it is an extra; nothing else here knows of it.
        from language_tool_python.download_lt import LocalLanguageTool
    except ImportError:
        raise EngineError(
            "language-tool-python is not installed, which downloads LanguageTool: run `pip install "
            f"'mlsd-lint[languagetool]'`, or {MAVEN}"
        ) from None
    before = os.environ.get("LTP_PATH")
    os.environ["LTP_PATH"] = str(workshop)
    failure = ""
    try:
        LocalLanguageTool.from_version_name(VERSION).download()
    except (Exception, SystemExit) as error:  # noqa: BLE001  # it says in no place what it raises
        failure = " ".join(str(error).split())[:200] or type(error).__name__
    finally:
        if before is None:
            del os.environ["LTP_PATH"]
        else:
            os.environ["LTP_PATH"] = before
    if failure:  # said when the error is gone, and with it the bar that shows progress
        raise EngineError(f"LanguageTool {VERSION} could not be downloaded ({failure}): {MAVEN}")
    if not made.is_dir():
        raise EngineError(f"the download holds no {made.name}: {MAVEN}")


def _lay_out(source: Path, made: Path) -> None:
    """Copy the jars of a folder to where the server looks for them, without versions in names."""
    jars = sorted((*source.glob("*.jar"), *(source / LIBRARIES).glob("*.jar")))
    server = _jar(jars, SERVER_JAR)
    if server is None:
        raise EngineError(f"there is no {SERVER_JAR} in {source}: {MAVEN}")
    version(server)
    wanted = {name: _jar(jars, name) for name in named_jars(server)}
    missing = [name for name, jar in wanted.items() if jar is None]
    if missing:
        raise EngineError(
            f"{len(missing)} jars are missing in {source}, among them {missing[0]}: {MAVEN}"
        )
    (made / LIBRARIES).mkdir(parents=True)
    shutil.copyfile(server, made / SERVER_JAR)
    for name, jar in wanted.items():
        if jar is not None:
            shutil.copyfile(jar, made / LIBRARIES / name)


def _jar(jars: list[Path], name: str) -> Path | None:
    """The jar of this name, or of this name and a version."""
    versioned = re.compile(re.escape(name.removesuffix(".jar")) + r"-\d[^/]*\.jar")
    exact = [jar for jar in jars if jar.name == name]
    return next(iter(exact or [jar for jar in jars if versioned.fullmatch(jar.name)]), None)


def _content(jar: Path) -> list[str]:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(jar) as opened:
            return opened.namelist()
    except (OSError, BadZipFile, ValueError) as error:
        raise EngineError(f"{jar.name} is damaged ({error}): {MAVEN}") from None


def _try_out(made: Installation, tell: Callable[[float], None]) -> None:
    """Start its server and let it find a mistake."""
    folder = server_folder(made)
    try:
        with in_use(folder, 60):
            server = start(made, tell)
            client = Client(server.address, f"{MAVEN}; see {folder.log}")
            try:
                found = client.check({"language": "en-US", "text": _TEXT})
            finally:
                client.close()
    finally:
        stop([folder])
    if _EXPECTED not in str(found):
        raise EngineError(f"LanguageTool does not find the mistake in “{_TEXT}”: {MAVEN}")
    shutil.rmtree(folder.path, ignore_errors=True)


def _move(made: Path, place: Path, workshop: Path) -> None:
    """Put it in its place; what was there goes with the workshop."""
    with suppress(FileNotFoundError):
        place.rename(workshop / "before")
    try:
        made.rename(place)
    except OSError:
        with suppress(OSError):
            (workshop / "before").rename(place)
        raise
