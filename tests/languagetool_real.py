"""The real LanguageTool for tests: found where it is installed, or made of Maven artifacts.

What is made stays in the user's cache, for the next run of the tests. All processes of one run
share one server, which the last of them stops.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.languagetool.installation import VERSION, installation, java
from mlsd_lint.prose.languagetool.installing import install
from mlsd_lint.prose.languagetool.locks import locked
from mlsd_lint.prose.languagetool.serving import stop

POM = Path(__file__).resolve().parent.parent / "languagetool" / "pom.xml"


class UnavailableError(Exception):
    """Neither is it installed, nor can it be made; the text says why."""


@contextmanager
def environment(**values):
    """Set variables of the environment while the block runs."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, str(value))
        yield


def real_languagetool(state):
    """The folder that LTP_PATH is to name; LanguageTool is in it."""
    try:
        java()
        with suppress(EngineError):
            return installation(None).folder.parent
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = cache / "mlsd-lint-tests"
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / f"{VERSION}.lock"), environment(LTP_PATH=folder, XDG_STATE_HOME=state):
            try:
                installation(None)
            except EngineError:
                with tempfile.TemporaryDirectory(dir=folder) as artifacts:
                    _collect(Path(artifacts))
                    install(Path(artifacts), lambda _: None)
    except EngineError as error:
        raise UnavailableError(str(error)) from None
    return folder


def _collect(folder):
    maven = shutil.which("mvn")
    if maven is None:
        raise UnavailableError(
            "LanguageTool is not installed (`mlsd-lint languagetool install`), and there is no mvn"
        )
    command = [maven, "-q", "-B", "-f", POM, "dependency:copy-dependencies"]
    done = subprocess.run(
        [*command, f"-DoutputDirectory={folder}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UnavailableError(f"Maven did not get LanguageTool: {done.stdout[-500:]}")


@contextmanager
def sharing(state):
    """Use servers together with other processes; the last one out stops them."""
    lock = state / "session.lock"
    with locked(lock, shared=True):
        yield
    with locked(lock, wait=False) as last:
        if last:
            with environment(XDG_STATE_HOME=state):
                stop()
