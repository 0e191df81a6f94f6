"""`mlsd-lint languagetool`, with a program of ours for the JVM."""

import hashlib
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from languagetool_fakes import FakeServer, pids, serving, write_libraries, write_server
from mlsd_lint.cli import main
from mlsd_lint.prose.languagetool.serving import stop

pytestmark = pytest.mark.usefixtures("java_folder")


@pytest.fixture(autouse=True)
def book(tmp_path, monkeypatch):
    """An empty folder to work in."""
    folder = tmp_path / "book"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def run(capsys, *arguments):
    code = main(["languagetool", *arguments])
    return code, *capsys.readouterr()


def _kept(folder):
    return sorted(path.name for path in (folder / "installed").iterdir())


def test_its_life(capsys, java_folder):
    nothing = "No LanguageTool runs."
    assert run(capsys, "status")[:2] == (
        1,
        f"{nothing} `mlsd-lint languagetool start` starts one, as `check` does.\n",
    )
    code, out, told = run(capsys, "start")
    (pid,) = pids(java_folder)
    started = re.fullmatch(
        rf"LanguageTool 6\.8 runs at http://127\.0\.0\.1:(\d+) \(process {pid}\); it stops after "
        r"15 m without a request\.\n",
        out,
    )
    assert code == 0
    assert started
    assert told.startswith("Starting LanguageTool 6.8 …\n")
    assert run(capsys, "start") == (0, out, "")
    code, out, _ = run(capsys, "status")
    assert code == 0
    assert f"LanguageTool 6.8 runs at http://127.0.0.1:{started[1]}\n  process  {pid}\n" in out
    assert re.search(r"  memory   [1-9]\d* MB\n  idle     \d+ s; stops after 15 m\n", out)
    assert run(capsys, "stop") == (0, f"Stopped LanguageTool 6.8 (process {pid}).\n", "")
    assert run(capsys, "stop") == (0, f"{nothing}\n", "")
    assert run(capsys, "status")[0] == 1


def test_the_settings_are_used(capsys, book):
    (book / "mlsd-lint.toml").write_text('prose.languagetool.idle = "90m"\n')
    assert "stops after 1.5 h without" in run(capsys, "start")[1]


def test_a_server_elsewhere_is_not_started(capsys, book):
    (book / "mlsd-lint.toml").write_text('prose.languagetool.server = "https://lt.example.org"\n')
    code, out, _ = run(capsys, "start")
    assert code == 0
    assert out == "Nothing was started: prose.languagetool.server names https://lt.example.org.\n"


def test_install_from_a_folder(capsys, tmp_path):
    write_libraries(tmp_path / "artifacts", "-6.8")
    write_server(tmp_path / "artifacts" / "languagetool-server-6.8.jar")
    code, out, _ = run(capsys, "install", "--from", str(tmp_path / "artifacts"))
    assert code == 0
    place = tmp_path / "installed" / "LanguageTool-6.8"
    assert out == f"LanguageTool 6.8 is installed in {place}.\n"
    assert (place / "libs" / "language-en.jar").is_file()


def test_install_from_nowhere(capsys):
    code, _, told = run(capsys, "install", "--from", "nowhere")
    assert (code, told) == (2, "mlsd-lint: --from nowhere: there is no such folder\n")


def test_a_download_that_fails(tmp_path, monkeypatch):
    pytest.importorskip("language_tool_python")
    monkeypatch.setenv("LTP_DOWNLOAD_HOST_NEW_RELEASES", "http://127.0.0.1:9/")
    command = [sys.executable, "-m", "mlsd_lint", "languagetool", "install"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.search(
        r"could not be downloaded \(.+\): take the Maven artifacts: `mvn -f languagetool/pom\.xml",
        done.stderr,
    )
    assert "Traceback" not in done.stderr
    assert _kept(tmp_path) == [".mlsd-lint-install.lock", "LanguageTool-6.8"]


@pytest.mark.parametrize("damaged", [False, True])
def test_a_download(tmp_path, monkeypatch, damaged):
    pytest.importorskip("language_tool_python")
    folder = tmp_path / "release" / "LanguageTool-6.8"
    write_libraries(folder / "libs")
    write_server(folder / "languagetool-server.jar")
    (folder / "new").touch()
    archive = Path(shutil.make_archive(tmp_path / folder.name, "zip", folder.parent))
    digest = hashlib.sha256(archive.read_bytes() + b"!" * damaged).hexdigest()
    monkeypatch.setenv("LTP_DOWNLOAD_SHA256", digest)
    old = tmp_path / "installed" / "LanguageTool-6.8" / "old"
    old.touch()
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        monkeypatch.setenv("LTP_DOWNLOAD_HOST_NEW_RELEASES", address)
        monkeypatch.setenv("NO_PROXY", "*")
        command = [sys.executable, "-m", "mlsd_lint", "languagetool", "install"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        server.shutdown()
    assert done.returncode == (2 if damaged else 0), done.stderr
    assert old.exists() == damaged
    assert ("checksum" in done.stderr) == damaged
    assert (old.parent / "new").exists() != damaged


def test_a_download_that_breaks_off(tmp_path, monkeypatch):
    pytest.importorskip("language_tool_python")
    half = FakeServer(lambda _: (200, (b"PK",), {"Content-Length": 1000}))
    with serving(half) as server:
        monkeypatch.setenv("LTP_DOWNLOAD_HOST_NEW_RELEASES", f"{server}/")
        monkeypatch.setenv("NO_PROXY", "*")
        command = [sys.executable, "-m", "mlsd_lint", "languagetool", "install"]
        done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    said = done.stderr.split(b"\n")[-2]  # and not at the end of the bar that shows progress
    assert said.startswith(b"mlsd-lint: LanguageTool 6.8 could not be downloaded")
    assert _kept(tmp_path) == [".mlsd-lint-install.lock", "LanguageTool-6.8"]


def test_without_the_extra(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "language_tool_python", None)
    monkeypatch.setitem(sys.modules, "language_tool_python.download_lt", None)
    code, _, told = run(capsys, "install")
    assert code == 2
    assert "pip install 'mlsd-lint[languagetool]'" in told


def test_no_action(capsys):
    code, out, _ = run(capsys)
    assert code == 0
    assert "install" in out


def test_a_quiet_check_does_not_say_what_it_waits_for(capsys, book, java_folder):
    (book / "page.md").write_text("# Caching\n\nAll is well.\n")
    check = ["check", "--grammar", "languagetool", "--isolated", "--no-cache", "page.md"]
    assert main([*check, "-q"]) == 0
    assert len(pids(java_folder)) == 1, "nothing had to be started"
    assert capsys.readouterr() == ("", "")


def test_what_cannot_be_checked_is_no_silent_pass(capsys, book, monkeypatch):
    (book / "page.md").write_text("# Caching\n\nAll is well.\n")
    monkeypatch.setenv("FAKE_JAVA", "ends")
    code = main(["check", "--grammar", "languagetool", "--isolated", "--no-cache", "page.md"])
    told = capsys.readouterr().err
    assert code == 2
    assert "LanguageTool could not be started: Java ended with exit code 1" in told
    stop()
