"""The process that a local server of LanguageTool belongs to; run as a module, never imported.

It starts the JVM, says on its standard output when that is ready, and ends it when it has been idle
for long enough. language-tool-python has a launcher too, but that gives a slow machine 15 seconds,
and leaves the JVM behind when it is killed; here the chain of processes holds together:

- Whoever starts us keeps our standard input open until we are ready. If it is gone before, nobody
  would know of the server, so we end it. Afterwards we need nobody.
- The JVM is never without us, even if we are killed: a shell that waits beside it reads a pipe of
  which we have the other end, and kills the JVM when that end is closed.
- While somebody holds the lock of use, the server does not end; while we end it, nobody gets it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from mlsd_lint.prose.languagetool.installation import Installation
from mlsd_lint.prose.languagetool.locks import locked
from mlsd_lint.prose.languagetool.processes import process
from mlsd_lint.prose.languagetool.server_folder import JAVA_OPTIONS, READY, Server, ServerFolder

PORTS_TRIED = 3
_LOOK_SECONDS = 0.1
_MOST_IDLE_LOOK = 5.0
# The shell becomes the JVM, whose process ID is therefore that of the shell; what it left in the
# background waits for a line, which says that all is well, or for the end of the pipe.
_GUARD = (
    'exec 3<&0 </dev/null; (read -r line <&3 || kill -9 $$) >/dev/null 2>&1 & exec 3<&-; exec "$@"'
)


class _EndedError(Exception):
    """The JVM did; the text is what to say of it."""


def main(java: str, installed: Installation, folder: ServerFolder) -> int:
    """Start a server, see that it is ready, and stay with it to its end."""
    signal.signal(signal.SIGTERM, _terminated)
    os.chdir(
        folder.path
    )  # and not in the folder of whoever starts us, where we would be in the way
    ready = threading.Event()
    threading.Thread(target=_end_with_starter, args=(ready,), daemon=True).start()
    try:
        jvm, port = _started(java, installed)
    except _EndedError as error:
        _say(str(error))
        return 1
    try:
        supervisor = process(os.getpid())
        server = Server(
            supervisor, process(jvm.pid), port, installed.version, str(installed.folder)
        )
        folder.write(server)
        ready.set()
        _say(READY)
        _leave_starter()
        _stay(jvm, folder)
    finally:
        _forget(folder)
        _end(jvm)
    return 0


def _terminated(*_: object) -> NoReturn:
    raise SystemExit(0)


def _end_with_starter(ready: threading.Event) -> None:
    """End everything if whoever starts us is gone before the server is ready."""
    sys.stdin.buffer.read()
    if not ready.is_set():
        os.kill(os.getpid(), signal.SIGKILL)  # and so, by its guard, the JVM


def _say(text: str) -> None:
    with suppress(OSError, ValueError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _leave_starter() -> None:
    """Let go of its pipe; what is written from now on goes where nobody reads."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _started(java: str, installed: Installation) -> tuple[subprocess.Popen[bytes], int]:
    """A JVM that answers, and its port. Another process may take a free port before it does."""
    for _ in range(PORTS_TRIED):
        port = free_port()
        jvm = _launched(java, installed, port)
        while jvm.poll() is None:
            if _answers(port):
                return jvm, port
            time.sleep(_LOOK_SECONDS)
        _end(jvm)
        if not _is_taken(port):
            break
    raise _EndedError(f"Java ended with exit code {jvm.returncode}")


def free_port() -> int:
    """A port of this machine that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _launched(java: str, installed: Installation, port: int) -> subprocess.Popen[bytes]:
    command = [
        java,
        *JAVA_OPTIONS,
        *("-cp", str(installed.server), "org.languagetool.server.HTTPServer"),
        *("--config", "server.properties", "--port", str(port)),
    ]
    return subprocess.Popen(  # noqa: S603  # the user's own Java
        ["/bin/sh", "-c", _GUARD, "sh", *command], stdin=subprocess.PIPE, stdout=sys.stderr
    )


def _answers(port: int) -> bool:
    """Whether something answers at a port as a server of LanguageTool does when it is ready."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET /v2/healthcheck HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return b" 200 " in connection.recv(64)
    except OSError:
        return False


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _stay(jvm: subprocess.Popen[bytes], folder: ServerFolder) -> None:
    """Return when the JVM has ended, or with nobody asking it when it is to end."""
    while True:
        idle, limit = folder.idle_left()
        with suppress(subprocess.TimeoutExpired):
            jvm.wait(min(max(limit - idle, _LOOK_SECONDS), _MOST_IDLE_LOOK))
            return
        idle, limit = folder.idle_left()
        if idle < limit:
            continue
        with locked(folder.use_lock, wait=False) as unused:
            if unused and folder.idle_left()[0] >= limit:
                _forget(folder)
                _end(jvm)
                return


def _forget(folder: ServerFolder) -> None:
    """Say no longer that our server is ready."""
    known = folder.server()
    if known is not None and known.supervisor.pid == os.getpid():
        with suppress(OSError):
            folder.state.unlink()


def _end(jvm: subprocess.Popen[bytes]) -> None:
    if jvm.poll() is None:
        jvm.terminate()
        try:
            jvm.wait(10)
        except subprocess.TimeoutExpired:
            jvm.kill()
            jvm.wait()
    if jvm.stdin is not None and not jvm.stdin.closed:
        with suppress(OSError):
            jvm.stdin.write(b"\n")
            jvm.stdin.close()


if __name__ == "__main__":
    _java, _folder, _version, _state = sys.argv[1:]
    sys.exit(main(_java, Installation(Path(_folder), _version), ServerFolder(Path(_state))))
