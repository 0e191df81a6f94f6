"""Progress on a real terminal, and nothing anywhere else."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress

import pytest

from mlsd_lint import terminal_line
from mlsd_lint.links.progress import Status, line, showing, time_left
from mlsd_lint.links.verdicts import Verdict

STATUS = Status(
    1234,
    10_000,
    {Verdict.OK: 1200, Verdict.DEAD: 3, Verdict.BLOCKED: 31, Verdict.MOVED: 0},
    ("a.example.net", "b.example.net", "c.example.net", "d.example.net"),
    125.0,
)
SENTENCE = (
    "1,234 of 10,000 links, 2m left: 1,200 ok, 3 dead, 31 blocked; "
    "waiting for a.example.net, b.example.net, c.example.net"
)
HIDE, SHOW, CLEAR = "\x1b[?25l", "\x1b[?25h", "\x1b[2K"
COLOUR = re.compile(r"\x1b\[[0-9;]*[34][0-7]m")


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(terminal_line, "INTERVAL", 0.0)


class Terminal:
    """A real terminal of a given width, and what is written to it."""

    def __init__(self, columns=200):
        self.leader, self.follower = pty.openpty()
        fcntl.ioctl(self.follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.stream = os.fdopen(os.dup(self.follower), "w", encoding="utf-8")
        os.set_blocking(self.leader, False)
        self.seen = ""

    def written(self):
        self.stream.flush()
        try:
            while part := os.read(self.leader, 65536):
                self.seen += part.decode()
        except OSError:
            pass
        return self.seen

    def close(self):
        self.stream.close()
        os.close(self.follower)
        os.close(self.leader)


@pytest.fixture
def terminal():
    opened = Terminal()
    yield opened
    opened.close()


def plain(text):
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_the_line_says_what_matters():
    assert line(STATUS).plain == SENTENCE


def test_a_line_says_nothing_that_is_not_known():
    assert line(Status(0, 7, {}, (), None)).plain == "0 of 7 links"


def test_a_hostile_host_name_writes_nothing_else():
    assert line(STATUS._replace(waiting=["a\x1b[2J\n[red]b"])).plain.endswith(
        "waiting for a[2J[red]b"
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-1, "0s"),
        (0.4, "0s"),
        (59.4, "59s"),
        (59.6, "1m"),
        (125, "2m"),
        (3599, "1h 0m"),
        (3900, "1h 5m"),
        (90000, "25h 0m"),
    ],
)
def test_the_time_left_is_told_roughly(seconds, text):
    assert time_left(seconds) == text


def test_a_terminal_shows_the_line_and_it_is_gone_afterwards(terminal):
    with showing(terminal.stream, 10_000) as update:
        assert "0 of 10,000 links" in terminal.written()
        assert terminal.seen.count(HIDE) == 1
        update(STATUS)
        assert SENTENCE in plain(terminal.written())
        assert COLOUR.search(terminal.seen)
        before = len(terminal.seen)
    last = terminal.written()[before:]
    assert SHOW in last
    assert last.count("\n") == 1
    assert last.endswith("\x1b[1A" + CLEAR)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_it_the_cursor_is_back(terminal, error):
    def work():
        with showing(terminal.stream, 5) as update:
            update(STATUS)
            terminal.written()
            raise error

    with pytest.raises(error):
        work()
    assert terminal.written().rindex(SHOW) > terminal.seen.rindex(SENTENCE[:5])
    assert terminal.seen.endswith(CLEAR)


@pytest.mark.parametrize("columns", [1, 5, 20, 40, 80])
def test_a_narrow_terminal_gets_as_much_as_fits_in_one_line(columns):
    terminal = Terminal(columns)
    try:
        with showing(terminal.stream, 5) as update:
            before = len(terminal.written())
            update(STATUS)
            update(STATUS._replace(done=1235))
            written = terminal.written()[before:]
            assert "\n" not in written
            shown = plain(written).replace("\r", "")
            first = shown[: len(shown) // 2].rstrip()
            assert SENTENCE.startswith(first)
            assert columns < 5 or first
            assert len(first) <= columns
    finally:
        terminal.close()


def test_no_colour_where_none_is_wanted(terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    with showing(terminal.stream, 5) as update:
        update(STATUS)
    assert SENTENCE in plain(terminal.written())
    assert not COLOUR.search(terminal.seen)


def test_it_is_drawn_now_and_then_however_often_it_is_told(terminal, monkeypatch):
    monkeypatch.setattr(terminal_line, "INTERVAL", 3600.0)
    with showing(terminal.stream, 5) as update:
        before = terminal.written()
        for _ in range(10_000):
            update(STATUS)
        assert terminal.written() == before


@pytest.mark.parametrize("term", ["dumb", "DUMB", "unknown"])
def test_a_terminal_that_cannot_show_it_gets_nothing(terminal, monkeypatch, term):
    monkeypatch.setenv("TERM", term)
    with showing(terminal.stream, 5) as update:
        update(STATUS)
    assert terminal.written() == ""


def test_what_is_no_terminal_gets_nothing(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as stream, showing(stream, 5) as update:
        update(STATUS)
    assert os.read(reader, 10) == b""
    os.close(reader)
    text = io.StringIO()
    with showing(text, 5) as update:
        update(STATUS)
    assert text.getvalue() == ""


def test_a_closed_stream_stops_nothing():
    stream = io.StringIO()
    stream.close()
    with showing(stream, 5) as update:
        update(STATUS)


def test_a_terminal_that_goes_away_stops_nothing():
    leader, follower = pty.openpty()
    stream = os.fdopen(follower, "w", encoding="utf-8", buffering=1)
    with showing(stream, 5) as update:
        os.close(leader)
        for _ in range(3):
            update(STATUS)
    with suppress(OSError):
        stream.close()


def test_rich_is_not_imported_for_a_pipe():
    code = (
        "import sys; from mlsd_lint.links.progress import Status, showing\n"
        "with showing(sys.stderr, 1) as update: update(Status(1, 1, {}, (), None))\n"
        "print([name for name in sys.modules if name.startswith('rich')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_after_ctrl_c_the_terminal_is_as_before(terminal):
    code = (
        "import sys, time; from mlsd_lint.links.progress import Status, showing\n"
        "with showing(sys.stderr, 9) as update:\n"
        "    print('ready', flush=True)\n"
        "    while True:\n"
        "        update(Status(1, 9, {}, (), None))\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=terminal.follower, text=True
    )
    with child:
        assert child.stdout.readline() == "ready\n"
        while "1 of 9 links" not in terminal.written():
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        # The terminal has to be read for the child to end.
        while child.poll() is None:
            terminal.written()
            time.sleep(0.01)
    assert child.returncode == -signal.SIGINT
    assert terminal.written().rindex(SHOW) > terminal.seen.rindex(HIDE)
    assert CLEAR in terminal.seen
    assert terminal.seen.count("of 9 links") < 20
