"""A LanguageTool that is none, for what is about processes, and the real one."""

import os
import sys

import pytest

from languagetool_fakes import pids, write_java, write_libraries, write_server
from languagetool_real import UnavailableError, real_languagetool, sharing
from mlsd_lint.prose.languagetool.processes import process
from mlsd_lint.prose.languagetool.serving import stop

if sys.platform == "win32":  # where no server is started, and no shell script is a Java
    collect_ignore = ["test_command.py", "test_installation.py", "test_real.py", "test_serving.py"]


@pytest.fixture
def java_folder(tmp_path, monkeypatch):
    """The folder of a fake Java, for which LanguageTool is installed; all of it ends afterwards."""
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "installed"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name, value in write_java(tmp_path / "java").items():
        monkeypatch.setenv(name, value)
    place = tmp_path / "installed" / "LanguageTool-6.8"
    place.mkdir(parents=True)
    write_server(place / "languagetool-server.jar")
    write_libraries(place / "libs")
    yield tmp_path / "java"
    stop()
    assert [pid for pid in pids(tmp_path / "java") if process(pid).runs] == []


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The environment in which the real LanguageTool is found, and its servers are shared."""
    if sys.platform == "win32":
        pytest.skip("on Windows LanguageTool is not started")
    base = tmp_path_factory.getbasetemp()
    state = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "languagetool"
    state.mkdir(exist_ok=True)
    with sharing(state):
        try:
            folder = real_languagetool(state)
        except UnavailableError as error:
            if os.environ.get("CI") == "true":
                pytest.fail(f"LanguageTool cannot be had: {error}")
            pytest.skip(f"LanguageTool cannot be had: {error}")
        # In this locale Java would take UTF-8 for something else if nobody told it.
        yield {"LTP_PATH": str(folder), "XDG_STATE_HOME": str(state), "LC_ALL": "C"}


@pytest.fixture
def languagetool(installed, monkeypatch):
    """The real LanguageTool is there to be used."""
    for name, value in installed.items():
        monkeypatch.setenv(name, value)
