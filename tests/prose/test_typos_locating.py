"""Where the program of the known misspellings is looked for."""

import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.typos import locating
from mlsd_lint.prose.typos.locating import executable, version


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """An environment in which the package is not installed; the folder that is all of it."""
    monkeypatch.setattr(sys, "path", [str(tmp_path / "lib" / "site-packages")])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python" / "python"))
    monkeypatch.setattr(
        sysconfig, "get_path", lambda _name, scheme=None: str(tmp_path / (scheme or "scripts"))
    )
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    return tmp_path


def _program(*folders):
    path = Path(*folders, "typos")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def _distribution(folder, record="", number="1.2.3"):
    notes = folder / f"typos-{number}.dist-info"
    notes.mkdir(parents=True)
    (notes / "RECORD").write_text(record)
    return notes


def test_the_package_of_this_environment_has_it():
    done = subprocess.run([executable(), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"typos-cli {version()}\n"


def test_where_the_package_recorded_it(nowhere):
    expected = _program(nowhere, "bin")
    _program(nowhere, "path")
    _program(nowhere, "scripts")
    record = "../../bin/typos,sha256=x,1\ntypos-1.2.3.dist-info/RECORD,,\n"
    _distribution(nowhere / "lib" / "site-packages", record)
    assert executable() == expected
    assert version() == "1.2.3"


def test_where_pip_install_target_moves_it(nowhere):
    target = nowhere / "lib" / "site-packages"
    expected = _program(target, "bin")
    _distribution(target, "../../bin/typos,sha256=x,1\n")
    assert executable() == expected


@pytest.mark.parametrize("folder", ["scripts", sysconfig.get_preferred_scheme("user"), "python"])
def test_a_folder_for_programs_without_a_record(nowhere, folder):
    expected = _program(nowhere, folder)
    _program(nowhere, "path")
    assert executable() == expected


def test_path_is_the_last_resort(nowhere):
    expected = _program(nowhere, "path")
    assert executable() == expected


def test_without_a_package_the_file_tells_versions_apart(nowhere):
    program = _program(nowhere, "path")
    first = version()
    program.write_text("#!/bin/sh\n# another\n")
    assert version() not in {first, "none"}


def test_nowhere(nowhere):
    with pytest.raises(EngineError, match=r"pip install typos.*--grammar none"):
        executable()
    assert version() == "none"


def test_packages_whose_names_only_begin_so_are_others(nowhere):
    other = nowhere / "lib" / "site-packages" / "typos-extra-1.0.dist-info"
    other.mkdir(parents=True)
    assert locating._distribution() is None


def test_an_interrupt_leaves_no_process(tmp_path):
    slow = _program(tmp_path)
    slow.write_text(
        f"#!/bin/sh\necho $$ > {tmp_path}/pid.new\nmv {tmp_path}/pid.new {tmp_path}/pid\nexec sleep 600\n"
    )
    code = (
        "from mlsd_lint.prose.engine import Passage\n"
        "from mlsd_lint.prose.typos import Typos, locating\n"
        "from pathlib import Path\n"
        f"locating._candidates = lambda: iter([Path({str(slow)!r})])\n"
        "list(Typos('american').check([Passage('paragraph', 'the recieve')]))\n"
    )
    checking = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not (tmp_path / "pid").exists():
            assert checking.poll() is None
            time.sleep(0.01)
        os.killpg(checking.pid, signal.SIGINT)  # as a terminal does at Ctrl-C
        checking.wait(120)
    finally:
        checking.kill()
    process = Path("/proc", (tmp_path / "pid").read_text().strip())
    deadline = time.monotonic() + 120
    while process.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not process.exists()
