"""The web and its hosts: listening sockets, one thread that serves them, and what they saw."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import socket
import threading
from collections import Counter
from typing import TYPE_CHECKING, Literal, Self

from web.behaviours import page, routes
from web.conversation import converse
from web.messages import End

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType

    from web.messages import Behaviour, Seen, Step

# Below the ports that outgoing connections get, so that none of those is in the way.
PORTS = range(20_000, 32_000)

Tls = Literal[
    "",
    "valid",
    "expired",
    "not-yet-valid",
    "wrong-name",
    "unknown-ca",
    "self-signed",
    "not-spoken",
    "hangs",
]


class Host:
    """One server of the web, with an address of its own.

    `log` has the requests in the order they came, `connections` counts those accepted,
    `failed_handshakes` those that never got to speak HTTP, `max_running` is the most requests
    that were under way at once (from the head read to the answer sent or the client gone).
    """

    def __init__(self, web: Web, behaviour: Behaviour, listener: socket.socket, name: str) -> None:
        self.web = web
        self.behaviour = behaviour
        self.listener = listener
        self.ip, self.port = listener.getsockname()[:2]
        self.name = name
        self.scheme = "http"
        self.context: ssl.SSLContext | None = None
        self.latency: float | Callable[[Seen], float] = 0.0
        self.on_connect: Sequence[Step] = ()
        self.log: list[Seen] = []
        self.connections = 0
        self.failed_handshakes = 0
        self.running = 0
        self.max_running = 0
        self._counts: Counter[str] = Counter()

    @property
    def authority(self) -> str:
        """Name or address, and port, as they stand in a URL."""
        ip = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{self.name or ip}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    def url(self, target: str = "/") -> str:
        return self.origin + target

    def methods(self, path: str = "") -> list[str]:
        """The methods of the requests in order, of one path or of all."""
        return [seen.method for seen in list(self.log) if path in ("", seen.path)]

    @property
    def gaps(self) -> list[float]:
        """The seconds between one request's beginning and the next one's."""
        return [after.at - before.at for before, after in itertools.pairwise(list(self.log))]

    def latency_of(self, seen: Seen) -> float:
        return self.latency(seen) if callable(self.latency) else self.latency

    def count(self, target: str) -> int:
        path = target.partition("?")[0]
        self._counts[path] += 1
        return self._counts[path]

    def record(self, seen: Seen) -> None:
        self.log.append(seen)
        self.web.log.append(seen)

    def blame(self, error: Exception) -> None:
        """Keep what the behaviour raised, to be raised when the web is closed."""
        error.add_note(f"at {self.origin}")
        self.web.errors.append(error)

    @contextlib.contextmanager
    def under_way(self) -> Iterator[None]:
        self.running += 1
        self.max_running = max(self.max_running, self.running)
        try:
            yield
        finally:
            self.running -= 1


class Web:
    """Servers on loopback addresses and one port, in a thread of their own. See the package."""

    def __init__(self) -> None:
        self.log: list[Seen] = []
        self.hosts: list[Host] = []
        self.names: dict[str, str] = {}
        self.port = 0
        self.errors: list[Exception] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="web", daemon=True)
        self._connections: set[asyncio.Task[None]] = set()
        self._connection_numbers = itertools.count(1)
        self._addresses = (
            f"127.{a}.{b}.{c}" for a in range(256) for b in range(256) for c in range(2, 255)
        )
        self._closed = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self.close()
        except BaseExceptionGroup as broken:
            if error is None:
                raise
            error.add_note(f"Besides, the web says: {broken.exceptions!r}")

    def host(
        self,
        behaviour: Behaviour | Mapping[str, Behaviour] | None = None,
        *,
        tls: Tls = "",
        http2: bool = False,
        name: str = "",
        ip: str = "",
        latency: float | Callable[[Seen], float] = 0.0,
    ) -> Host:
        """Start one more host and say where it is. May be called from any thread."""
        if behaviour is None:
            behaviour = page()
        elif not callable(behaviour):
            behaviour = routes(behaviour)
        host = Host(self, behaviour, self._listen(ip or next(self._addresses)), name)
        host.latency = latency
        host.on_connect = [End.HANG] if tls == "hangs" else []
        if tls:
            host.scheme = "https"
        if tls not in ("", "not-spoken", "hangs"):
            from web.certificates import server_context

            host.context = server_context(tls, host.ip, name, http2=http2)
        if name:
            self.names[name] = host.ip
        self.hosts.append(host)
        self._loop.call_soon_threadsafe(
            self._loop.add_reader, host.listener.fileno(), self._accept, host
        )
        return host

    def proxy(self) -> Host:
        """A forward proxy, by absolute URL and by CONNECT, to the hosts of this web only."""
        from web.proxy import forward

        return self.host(forward(self))

    @property
    def ca_file(self) -> str:
        """The certificate to trust, as a file: for SSL_CERT_FILE, or create_default_context."""
        from web.certificates import ca_file

        return ca_file()

    def close(self) -> None:
        """End all connections; raises an ExceptionGroup of what behaviours raised, if any did."""
        if self._closed:
            return
        self._closed = True
        asyncio.run_coroutine_threadsafe(self._shut_down(), self._loop).result(timeout=30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=30)
        self._loop.close()
        if self.errors:
            raise ExceptionGroup("a host of the web is broken", self.errors)

    def _listen(self, ip: str) -> socket.socket:
        # Only the first socket may not share its port with connections that linger from before:
        # it is what keeps two webs from choosing the same port.
        ports = [self.port] if self.port else random.sample(PORTS, 50)
        for port in ports:
            listener = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET)
            try:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, bool(self.port))
                listener.bind((ip, port))
                listener.listen(4096)
            except OSError:
                listener.close()
                if port == ports[-1]:
                    raise
            else:
                break
        listener.setblocking(False)  # noqa: FBT003  # the name of the method says it
        self.port = port
        return listener

    def _accept(self, host: Host) -> None:
        for _ in range(100):
            try:
                accepted, _peer = host.listener.accept()
            except (BlockingIOError, ConnectionError):
                return
            except OSError as error:  # no more files can be open: asking again would not end
                self._loop.remove_reader(host.listener.fileno())
                self.errors.append(error)
                return
            host.connections += 1
            task = self._loop.create_task(self._serve(host, accepted))
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)

    async def _serve(self, host: Host, accepted: socket.socket) -> None:
        number = next(self._connection_numbers)
        try:
            await converse(host, accepted, number, host.context)
        except Exception as error:  # noqa: BLE001  # raised again when the web is closed
            host.blame(error)

    async def _shut_down(self) -> None:
        for host in self.hosts:
            self._loop.remove_reader(host.listener.fileno())
            host.listener.close()
        connections = list(self._connections)
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        for _ in range(5):  # transports that were aborted close their sockets in the next rounds
            await asyncio.sleep(0)
