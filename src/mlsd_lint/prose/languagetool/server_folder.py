"""What is known of one server of this machine, in a folder of its own.

It is in the user's own folder for the state of programs and not in a project's cache: a server
takes some seconds to start and hundreds of megabytes of memory, so all projects of a user share
it. Its name is the fingerprint of what runs there: another version or set-up has another folder.

- `server.json`: its processes and its port, written when it is ready, removed when it ends.
- `start.lock`: held by who starts or stops it.
- `use.lock`: held, together with others, by who asks it; when it was last asked is the time of
  the file, and what it holds is after how many idle seconds it is to stop.
- `server.log`, `server.properties`: what it says, and how it is set up.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.digests import digest
from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.languagetool.installation import check_system, home_folder
from mlsd_lint.prose.languagetool.processes import Process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.prose.languagetool.installation import Installation

DEFAULT_IDLE = 900.0
READY = "ready"
"""What a supervisor says when its server is."""

JAVA_OPTIONS = (
    # Measured: this compiler and collector are ready sooner, take half of the memory, and are no
    # slower at the length of a book.
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xmx1500m",
    "-Dfile.encoding=UTF-8",
)
MOST_CHARACTERS = 200_000
"""The longest text that a server of ours takes in one request."""


class Server(NamedTuple):
    """A server that was ready once."""

    supervisor: Process
    java: Process
    port: int
    version: str
    folder: str

    @property
    def runs(self) -> bool:
        """Whether its processes still do; whether it answers is another matter."""
        return self.supervisor.runs and self.java.runs

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}"


class ServerFolder(NamedTuple):
    """The folder of one server."""

    path: Path

    @property
    def state(self) -> Path:
        """What is known of the server."""
        return self.path / "server.json"

    @property
    def start_lock(self) -> Path:
        """Held by who starts or stops it."""
        return self.path / "start.lock"

    @property
    def use_lock(self) -> Path:
        """Held by who asks it."""
        return self.path / "use.lock"

    @property
    def log(self) -> Path:
        """What it says."""
        return self.path / "server.log"

    @property
    def properties(self) -> Path:
        """How it is set up."""
        return self.path / "server.properties"

    def server(self) -> Server | None:
        """The server that was ready here last, unless it ended in good order."""
        try:
            values = json.loads(self.state.read_text(encoding="utf-8"))
            values["supervisor"] = Process(*values["supervisor"])
            values["java"] = Process(*values["java"])
            return Server(**values)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, server: Server) -> None:
        """Say that this server is ready."""
        new = self.state.with_suffix(".new")
        new.write_text(json.dumps(server._asdict()), encoding="utf-8")
        new.replace(self.state)

    def used(self, idle: float | None = None) -> None:
        """Say that it is being asked now, and after how many idle seconds it is to stop."""
        if idle is not None:
            self.use_lock.write_text(f"{idle}\n", encoding="utf-8")
        with suppress(OSError):
            os.utime(self.use_lock)

    def idle_left(self) -> tuple[float, float]:
        """For how many seconds it has been idle, and after how many it is to stop."""
        try:
            seconds = max(0.0, time.time() - self.use_lock.stat().st_mtime)
            return seconds, float(self.use_lock.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0.0, DEFAULT_IDLE


def state_folder() -> Path:
    """The folder of the folders.

    Raises:
        EngineError: this system has no such place.
    """
    check_system()
    chosen = os.environ.get("XDG_STATE_HOME")
    if chosen:
        home = Path(chosen)
    elif sys.platform == "darwin":
        home = home_folder("XDG_STATE_HOME") / "Library" / "Application Support"
    else:
        home = home_folder("XDG_STATE_HOME") / ".local" / "state"
    return home.absolute() / "mlsd-lint" / "languagetool"


def server_folder(installed: Installation) -> ServerFolder:
    """The folder of the server of an installation, which is made if it is not there.

    Raises:
        EngineError: it cannot be made.
    """
    status = installed.server.stat()
    name = digest(
        str(installed.folder.resolve()),
        installed.version,
        str((status.st_size, status.st_mtime_ns)),
        properties(),
        *JAVA_OPTIONS,
    )[:16]
    folder = ServerFolder(state_folder() / name)
    try:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not folder.properties.exists() or folder.properties.read_text("utf-8") != properties():
            folder.properties.write_text(properties(), encoding="utf-8")
        for lock in (folder.start_lock, folder.use_lock):
            os.close(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise EngineError(
            f"{folder.path} cannot be written ({error.strerror}), where a server of LanguageTool "
            "keeps its log: let the environment variable XDG_STATE_HOME name a folder that can"
        ) from None
    return folder


def server_folders() -> Iterator[ServerFolder]:
    """All folders of servers there are."""
    parent = state_folder()
    if parent.is_dir():
        yield from map(ServerFolder, sorted(one for one in parent.iterdir() if one.is_dir()))


def check_threads() -> int:
    """How many texts a server of ours checks at once."""
    return max(1, min(os.cpu_count() or 1, 8))


def properties() -> str:
    """The set-up of a server, in LanguageTool's form."""
    lines = {
        "maxCheckThreads": check_threads(),
        "maxTextLength": MOST_CHARACTERS,
        "maxTextHardLength": MOST_CHARACTERS,
        # Equal sentences are checked once, and a set of rules is set up once.
        "cacheSize": 2000,
        "cacheTTLSeconds": 3600,
        "pipelineCaching": "true",
        "maxPipelinePoolSize": 2 * check_threads(),
        "pipelineExpireTimeInSeconds": 86_400,
        "maxSpellingSuggestions": 0,
    }
    return "".join(f"{name}={value}\n" for name, value in lines.items())
