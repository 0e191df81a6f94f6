"""Local servers: starting one unless it runs, stopping them, and what there is to say of them."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.languagetool.installation import java, what_is_missing
from mlsd_lint.prose.languagetool.locks import locked
from mlsd_lint.prose.languagetool.processes import process
from mlsd_lint.prose.languagetool.server_folder import READY, server_folder, server_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlsd_lint.prose.languagetool.installation import Installation
    from mlsd_lint.prose.languagetool.server_folder import Server, ServerFolder

START_SECONDS = 90.0
HEALTH_SECONDS = 30.0  # it may have a queue of long texts before it
STOP_SECONDS = 15.0
_TELL_SECONDS = 0.25


class Status(NamedTuple):
    """What there is to say of a server that runs.

    `memory` is in bytes; it has been `idle` for so many seconds, and stops after `limit`.
    """

    server: Server
    folder: ServerFolder
    memory: int
    idle: float
    limit: float


@contextmanager
def in_use(folder: ServerFolder, idle: float) -> Iterator[None]:
    """Keep a server from stopping while the block runs, and for `idle` seconds afterwards."""
    with locked(folder.use_lock, shared=True):
        folder.used(idle)
        try:
            yield
        finally:
            folder.used()


def start(installed: Installation, tell: Callable[[float], None]) -> Server:
    """The server of an installation, which is started unless it runs and answers.

    It is to be `in_use` meanwhile. `tell` is called every now and then while it starts, with how
    many seconds that has taken. If two processes come at once, one waits for the other.

    Raises:
        EngineError: it cannot be started, or was not ready in time.
    """
    folder = server_folder(installed)
    with locked(folder.start_lock):
        known = folder.server()
        if known is not None and is_healthy(known):
            return known
        if known is not None:
            _end(known)
        return _started(installed, folder, tell)


def is_healthy(server: Server) -> bool:
    """Whether it runs, and answers as the server that it is known as."""
    if not server.runs:
        return False
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection("127.0.0.1", server.port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", "/v2/info")
        answer = connection.getresponse()
        return answer.status == 200 and f'"{server.version}"'.encode() in answer.read(10_000)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def statuses() -> Iterator[Status]:
    """All servers of this user that run."""
    for folder in server_folders():
        server = folder.server()
        if server is not None and server.runs:
            yield Status(server, folder, server.java.memory, *folder.idle_left())


def stop(folders: Iterable[ServerFolder] | None = None) -> list[Server]:
    """End the servers in these folders, or all of this user; those that ran are returned."""
    stopped = []
    for folder in server_folders() if folders is None else folders:
        with locked(folder.start_lock):
            server = folder.server()
            if server is not None and (server.supervisor.runs or server.java.runs):
                _end(server)
                stopped.append(server)
            with suppress(OSError):
                folder.state.unlink()
    return stopped


def _end(server: Server) -> None:
    server.supervisor.end(STOP_SECONDS)
    server.java.end(0)  # its supervisor took it along, unless that had been stopped short


def _started(
    installed: Installation, folder: ServerFolder, tell: Callable[[float], None]
) -> Server:
    command = [sys.executable, "-P", "-m", "mlsd_lint.prose.languagetool.supervisor"]
    command += [java(), str(installed.folder), installed.version, str(folder.path)]
    with folder.log.open("wb") as log:
        supervisor = subprocess.Popen(  # noqa: S603  # our own
            command,
            stdin=subprocess.PIPE,  # whose end tells the supervisor that nobody waits any more
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # an interrupt from the keyboard is for us alone
        )
    try:
        said = _awaited(supervisor, tell)
    except BaseException:
        process(supervisor.pid).end(0)
        raise
    finally:
        _let_go(supervisor)
    server = folder.server()
    if said != READY or server is None:
        raise EngineError(
            f"LanguageTool could not be started: {said or 'it ended'}{_last_words(folder)}; "
            f"{what_is_missing(installed) or f'see {folder.log}'}"
        )
    return server


def _awaited(supervisor: subprocess.Popen[bytes], tell: Callable[[float], None]) -> str:
    """What the supervisor says first."""
    lines: SimpleQueue[str] = SimpleQueue()
    assert supervisor.stdout is not None  # noqa: S101  # for the type checker
    reading = supervisor.stdout
    threading.Thread(
        target=lambda: lines.put(reading.readline().decode(errors="replace").strip()), daemon=True
    ).start()
    began = time.monotonic()
    while (waited := time.monotonic() - began) < START_SECONDS:
        tell(waited)
        with suppress(Empty):
            return lines.get(timeout=_TELL_SECONDS)
    raise EngineError(
        f"LanguageTool was not ready within {START_SECONDS:.0f} seconds: try again when the machine "
        "has less to do"
    )


def _let_go(supervisor: subprocess.Popen[bytes]) -> None:
    for pipe in (supervisor.stdin, supervisor.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    # It outlives us, so nobody waits for it.
    threading.Thread(target=supervisor.wait, daemon=True).start()


def _last_words(folder: ServerFolder) -> str:
    """The last line of the log that names what went wrong."""
    with suppress(OSError):
        lines = folder.log.read_text(encoding="utf-8", errors="replace").splitlines()
        telling = [line.strip() for line in lines if "Error" in line or "Exception" in line]
        if telling:
            return f" ({telling[-1][:200]})"
    return ""
