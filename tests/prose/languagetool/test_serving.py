"""The life of a server on this machine; a program of ours stands in for the JVM."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from languagetool_fakes import FakeServer, pids, serving, until, write_server
from mlsd_lint.config.prose import LanguageToolSettings, ProseSettings
from mlsd_lint.prose.engine import EngineError, Passage
from mlsd_lint.prose.languagetool import LanguageTool, client, supervisor
from mlsd_lint.prose.languagetool import serving as our_serving
from mlsd_lint.prose.languagetool.installation import installation
from mlsd_lint.prose.languagetool.processes import Process, process
from mlsd_lint.prose.languagetool.server_folder import server_folder
from mlsd_lint.prose.languagetool.serving import in_use, is_healthy, start, statuses, stop

PASSAGES = [Passage("paragraph", "This is an model."), Passage("paragraph", "None.")]
STARTER = """
import sys
from mlsd_lint.prose.languagetool.installation import installation
from mlsd_lint.prose.languagetool.server_folder import server_folder
from mlsd_lint.prose.languagetool.serving import in_use, start
installed = installation(None)
with in_use(server_folder(installed), 600):
    print(start(installed, lambda _: None).java.pid)
"""


@pytest.fixture
def folder(java_folder):
    """The folder of the server."""
    return server_folder(installation(None))


def started(idle=600.0):
    installed = installation(None)
    with in_use(server_folder(installed), idle):
        return start(installed, lambda _: None)


def checked(**settings):
    engine = LanguageTool(ProseSettings(languagetool=LanguageToolSettings(**settings)))
    return dict(engine.check(PASSAGES))


def test_the_engine_starts_one_and_leaves_it_to_the_next(java_folder, capfd):
    found = checked()
    assert [(match.start, match.end) for match in found[PASSAGES[0]]] == [(8, 10)]
    out, told = capfd.readouterr()
    assert out == ""
    assert told.startswith("Starting LanguageTool 6.8 …\nLanguageTool 6.8 is ready after ")
    assert checked() == found
    assert capfd.readouterr() == ("", "")
    assert len(pids(java_folder)) == 1
    ((server, *_),) = statuses()
    assert server.java.pid == pids(java_folder)[0]


def test_it_stops_when_it_is_told_to(java_folder):
    server = started()
    assert server.runs
    assert is_healthy(server)
    assert stop() == [server]
    assert not server.supervisor.runs
    assert not server.java.runs
    assert list(statuses()) == []
    assert stop() == []


def test_it_stops_when_it_is_idle(java_folder, folder):
    server = started(idle=0.2)
    until(lambda: not server.supervisor.runs)
    assert not server.java.runs
    assert not folder.state.exists()


def test_it_does_not_stop_while_it_is_used(java_folder, folder):
    with in_use(folder, 0.05):
        server = start(installation(None), lambda _: None)
        long_ago = time.time() - 3600
        os.utime(folder.use_lock, (long_ago, long_ago))
        # Its supervisor looks every tenth of a second; it is given time to do so in vain.
        time.sleep(0.5)
        assert server.runs
    until(lambda: not server.java.runs)


def test_another_version_or_installation_has_another_server(java_folder, tmp_path):
    first = started()
    other = tmp_path / "other"
    other.mkdir()
    write_server(other / "languagetool-server.jar", "6.9")
    installed = installation(str(other))
    with in_use(server_folder(installed), 600):
        second = start(installed, lambda _: None)
    assert first.port != second.port
    assert {status.server.version for status in statuses()} == {"6.8", "6.9"}
    assert len(stop()) == 2


def test_what_is_known_of_a_process_that_is_no_more_counts_for_nothing(java_folder, folder):
    server = started()
    stop()
    # The system may have given its number to another process: here, to this one.
    ours = process(os.getpid())
    recycled = Process(ours.pid, server.java.started)
    folder.write(server._replace(java=recycled, supervisor=Process(ours.pid, "1")))
    assert list(statuses()) == []
    assert started().java.pid == pids(java_folder)[-1]
    assert process(os.getpid()) == ours


def test_a_broken_state_counts_for_nothing(java_folder, folder):
    for content in ("", "{", "[]", json.dumps({"supervisor": 5}), json.dumps({"port": 1})):
        folder.state.write_text(content)
        assert folder.server() is None
    assert started().runs


def test_a_server_that_does_not_answer_is_replaced(java_folder, monkeypatch):
    first = started()
    monkeypatch.setattr(our_serving, "HEALTH_SECONDS", 0.5)
    monkeypatch.setattr(our_serving, "STOP_SECONDS", 0.5)
    os.kill(first.java.pid, signal.SIGSTOP)
    second = started()
    assert not first.java.runs
    assert second.runs


def test_two_that_come_at_once_get_one_server(java_folder):
    starters = [
        subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE) for _ in range(2)
    ]
    said = {starter.communicate()[0] for starter in starters}
    assert said == {f"{pids(java_folder)[0]}\n".encode()}
    assert len(pids(java_folder)) == 1


def test_nothing_is_left_when_the_starter_is_killed(java_folder, folder, monkeypatch):
    monkeypatch.setenv("FAKE_JAVA", "never-ready")
    starter = subprocess.Popen([sys.executable, "-c", STARTER])
    until(lambda: pids(java_folder))
    (java,) = pids(java_folder)
    assert process(java).runs
    starter.kill()
    starter.wait()
    until(lambda: not process(java).runs)
    assert folder.server() is None
    monkeypatch.setenv("FAKE_JAVA", "")
    assert started().runs


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_java_does_not_outlive_its_supervisor(java_folder, sent):
    server = started()
    os.kill(server.supervisor.pid, sent)
    until(lambda: not server.java.runs)
    assert started().java != server.java


def test_the_supervisor_does_not_outlive_java(java_folder, folder):
    server = started()
    os.kill(server.java.pid, signal.SIGKILL)
    until(lambda: not server.supervisor.runs)
    assert not folder.state.exists()


def test_it_outlives_its_starter(java_folder):
    done = subprocess.run(
        [sys.executable, "-c", STARTER], capture_output=True, text=True, check=True
    )
    assert process(int(done.stdout)).runs


def test_a_java_that_ends(java_folder, folder, monkeypatch):
    monkeypatch.setenv("FAKE_JAVA", "ends")
    with pytest.raises(EngineError) as raised:
        checked()
    assert str(raised.value) == (
        "LanguageTool could not be started: Java ended with exit code 1 (Error: the machine has a "
        f"headache); see {folder.log}"
    )
    assert len(pids(java_folder)) == 1


def test_what_is_missing_is_named_when_java_ends(java_folder, monkeypatch, tmp_path):
    monkeypatch.setenv("FAKE_JAVA", "ends")
    jar = tmp_path / "installed" / "LanguageTool-6.8" / "libs" / "language-en.jar"
    jar.unlink()
    with pytest.raises(EngineError, match=f"; there is no {jar}: run `mlsd-lint languagetool inst"):
        checked()


def test_what_is_missing_is_named_when_the_server_refuses(java_folder, monkeypatch, tmp_path):
    monkeypatch.setenv("FAKE_JAVA", "refuses")
    with pytest.raises(EngineError, match=r"answers 400 \(No\): run `mlsd-lint languagetool stop`"):
        checked()
    jar = tmp_path / "installed" / "LanguageTool-6.8" / "libs" / "language-en.jar"
    jar.unlink()
    with pytest.raises(EngineError, match=rf"answers 400 \(No\): there is no {jar}: run "):
        checked()


def test_a_start_that_takes_too_long(java_folder, monkeypatch):
    monkeypatch.setenv("FAKE_JAVA", "never-ready")
    monkeypatch.setattr(our_serving, "START_SECONDS", 1.0)
    with pytest.raises(EngineError, match="was not ready within 1 seconds"):
        checked()
    until(lambda: not any(process(pid).runs for pid in pids(java_folder)))


def test_a_start_that_is_interrupted(java_folder, monkeypatch):
    def interrupted(_):
        if pids(java_folder):
            raise KeyboardInterrupt

    monkeypatch.setenv("FAKE_JAVA", "never-ready")
    installed = installation(None)
    with in_use(server_folder(installed), 600), pytest.raises(KeyboardInterrupt):
        start(installed, interrupted)
    until(lambda: not any(process(pid).runs for pid in pids(java_folder)))


def test_a_port_that_is_taken_meanwhile(java_folder, monkeypatch, tmp_path):
    with serving(FakeServer(limit=None)) as other:
        taken = int(other.rpartition(":")[2])
        ports = iter([taken, supervisor.free_port()])
        monkeypatch.setattr(supervisor, "free_port", lambda: next(ports))
        monkeypatch.setattr(supervisor, "_answers", lambda port: port != taken and _listens(port))
        monkeypatch.chdir(tmp_path)
        with Path(os.devnull).open("w") as nowhere:
            monkeypatch.setattr(sys, "stderr", nowhere)
            jvm, port = supervisor._started(str(java_folder / "java"), installation(None))
    assert port != taken
    assert len(pids(java_folder)) == 2
    supervisor._end(jvm)


def _listens(port):
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_server_that_dies_is_started_once_more(java_folder, monkeypatch):
    monkeypatch.setenv("FAKE_JAVA", "dies-once")
    assert len(checked()) == 2
    assert len(pids(java_folder)) == 2


def test_a_server_that_dies_twice(java_folder, folder, monkeypatch):
    monkeypatch.setenv("FAKE_JAVA", "dies")
    with pytest.raises(EngineError, match=f"ended twice while it was asked .* see {folder.log}"):
        checked()
    assert len(pids(java_folder)) == 2


def test_a_server_that_hangs(java_folder, folder, monkeypatch):
    monkeypatch.setenv("FAKE_JAVA", "hangs")
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.3)
    with pytest.raises(EngineError, match=r"no answer within 0\.3 seconds: run `mlsd-lint lang"):
        checked()


def test_no_java(java_folder, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="needs Java, which is not on PATH"):
        checked()


def test_a_folder_that_cannot_be_written(java_folder, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(EngineError, match=r"cannot be written .* XDG_STATE_HOME"):
        checked()


@pytest.mark.parametrize("name", ["use.lock", "start.lock", "server.properties"])
def test_a_file_of_the_folder_that_cannot_be_written(java_folder, folder, name):
    (folder.path / name).unlink()
    (folder.path / name).mkdir()
    with pytest.raises(EngineError, match=rf"{folder.path} cannot be written .* XDG_STATE_HOME"):
        checked()
    (folder.path / name).rmdir()


def test_the_state_is_for_nobody_else(java_folder, folder):
    assert Path(folder.path).stat().st_mode & 0o077 == 0
