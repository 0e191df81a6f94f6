"""Processes of other parents: which of them still runs, and ending it.

A number alone names no process: the system gives it to another one later. The time it was started
at tells the two apart.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_STATE, _STARTED = 0, 19  # fields of /proc/<pid>/stat, counted from behind the name


class Process(NamedTuple):
    """A process, by its number and when it was started, as the system writes that."""

    pid: int
    started: str

    @property
    def runs(self) -> bool:
        """Whether it still does."""
        return bool(self.started) and _started(self.pid) == self.started

    @property
    def memory(self) -> int:
        """How many bytes of memory it holds; 0 if that cannot be found out."""
        with suppress(OSError, ValueError, IndexError):
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
            return int(pages) * os.sysconf("SC_PAGESIZE")
        with suppress(OSError, subprocess.SubprocessError, ValueError):
            return int(_ps(self.pid, "rss")) * 1024
        return 0

    def end(self, patience: float) -> None:
        """Ask it to end, and after `patience` seconds do not ask any longer."""
        for asked, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
            if not self.runs:
                return
            with suppress(ProcessLookupError):
                os.kill(self.pid, asked)
            deadline = time.monotonic() + seconds
            while self.runs and time.monotonic() < deadline:
                time.sleep(0.02)


def process(pid: int) -> Process:
    """The process that has this number now."""
    return Process(pid, _started(pid))


def _started(pid: int) -> str:
    """When a process was started; "" if none of that number runs."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        if Path("/proc/self/stat").exists():
            return ""
        with suppress(OSError, subprocess.SubprocessError):
            return _ps(pid, "lstart")
        return ""
    fields = text.rpartition(")")[2].split()
    return "" if fields[_STATE] in {"Z", "X"} else fields[_STARTED]


def _ps(pid: int, column: str) -> str:
    shown = subprocess.run(  # noqa: S603  # a number and a column
        ["ps", "-o", f"{column}=", "-p", str(pid)],  # noqa: S607  # every system has it elsewhere
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    return shown.stdout.strip()
