"""The connections to one origin, as a transport of httpx.

httpcore's own pool walks all its connections for every request, and does not ask again where a
server closed a connection that it had kept open. A short list of connections is enough here; what
was measured is in benchmarks/transports.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpcore
import httpx

from mlsd_lint.links.fetching.connecting import LARGEST_HEAD
from mlsd_lint.links.fetching.failures import FetchError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from mlsd_lint.links.fetching.certificates import Trust
    from mlsd_lint.links.fetching.connecting import Connector

WATCH = "mlsd_lint.watch"
"""Extension of a request: called with the Connector of the connection that it goes out on."""

_MOST_ATTEMPTS = 20  # at connections that turn out to take no more requests
# What would be the same on another connection. All else, of h2 too, may be due to this one.
_OF_THE_SERVER = (FetchError, OSError, httpcore.ProxyError)


@dataclass(eq=False)
class Connection:
    """One connection of httpcore; `is_direct` says that no proxy stands between."""

    http: httpcore.AsyncConnectionInterface
    connector: Connector
    is_direct: bool = True
    users: int = 0
    answers: int = 0
    is_shared: bool = False
    is_retired: bool = False
    is_multiplexed: bool = False

    @property
    def may_be_shared(self) -> bool:
        """Whether it may take a request while it has another.

        httpcore calls a connection free until the request that took it has begun.
        """
        return self.is_multiplexed or not self.answers

    def takes_requests(self) -> bool:
        """Whether one more request can be sent now."""
        return (
            not self.is_retired
            and not self.connector.has_ended
            and self.http.is_available()
            and not self.http.has_expired()
        )


class OriginTransport(httpx.AsyncBaseTransport):
    """Sends requests to one origin, each on a connection that is free, or else on a new one.

    A request that fails on a connection kept from before, or shared with others, with no head of an
    answer, is sent once more on a new one: the old one may have ended in that very moment.
    """

    def __init__(self, make: Callable[[], Connection], host: str, trust: Trust) -> None:
        self._make = make
        self._host = host
        self._trust = trust
        self._connections: list[Connection] = []
        self._is_closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its target is the extension "target", byte for byte.

        Raises:
            Exception: what httpcore raises, or a FetchError.
        """
        sent = _as_httpcore(request)
        watch = request.extensions[WATCH]
        may_be_used = True
        for _ in range(_MOST_ATTEMPTS):
            connection = self._take(may_be_used=may_be_used)
            watch(connection.connector)
            try:
                return await self._send(connection, sent)
            except httpcore.ConnectionNotAvailable:
                continue  # it speaks HTTP/1.1 after all, or takes no more requests
            except _StaleError:
                may_be_used = False
        raise httpcore.RemoteProtocolError("the server ends every connection")

    @property
    def is_busy(self) -> bool:
        """Whether it has connections still."""
        return bool(self._connections)

    async def aclose(self) -> None:
        """Close what is idle now, and the rest as soon as it is."""
        self._is_closed = True
        for connection in list(self._connections):
            self._tidy(connection)

    def abort(self) -> None:
        """Close everything at once."""
        self._is_closed = True
        for connection in self._connections:
            connection.connector.close()
        self._connections.clear()

    def _take(self, *, may_be_used: bool) -> Connection:
        for connection in list(self._connections):
            if connection.users and not connection.may_be_shared:
                continue
            if connection.takes_requests():
                if may_be_used:
                    return connection
            else:
                self._tidy(connection)
        connection = self._make()
        self._connections.append(connection)
        return connection

    async def _send(self, connection: Connection, sent: httpcore.Request) -> httpx.Response:
        connection.is_shared = connection.is_shared or connection.users > 0
        is_used = connection.answers > 0
        if is_used and not connection.is_multiplexed:
            connection.connector.limit_head(LARGEST_HEAD)
        connection.users += 1
        try:
            response = await connection.http.handle_async_request(sent)
        except httpcore.ConnectionNotAvailable:
            self._let_go(connection)
            raise
        except BaseException as error:
            connection.is_retired = True
            self._let_go(connection)
            # Not only if nothing came: what comes may be the body that a HEAD must not have. And
            # of those who share a connection, one whose time is over can end it for all.
            is_stale = isinstance(error, Exception) and not isinstance(error, _OF_THE_SERVER)
            if is_stale and (is_used or connection.is_shared):
                raise _StaleError from error
            if isinstance(error, OSError) and not isinstance(error, TimeoutError):
                peer = connection.connector.peer if connection.is_direct else None
                raise await self._trust.explain(error, self._host, peer) from error
            raise
        connection.answers += 1
        connection.is_multiplexed = response.extensions.get("http_version") == b"HTTP/2"
        connection.connector.limit_head(None)
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response, lambda *, whole: self._received(connection, whole=whole)),
        )

    def _received(self, connection: Connection, *, whole: bool) -> None:
        # The rest of a body goes on coming over a connection that is shared.
        connection.is_retired = connection.is_retired or not whole
        self._let_go(connection)

    def _let_go(self, connection: Connection) -> None:
        connection.users -= 1
        self._tidy(connection)

    def _tidy(self, connection: Connection) -> None:
        if connection.users or not (self._is_closed or not connection.takes_requests()):
            return
        connection.connector.close()
        if connection in self._connections:
            self._connections.remove(connection)


class _StaleError(Exception):
    """The server had closed the connection, it seems, before the request came."""


class _Body(httpx.AsyncByteStream):
    """The bytes of a body as they come, still encoded. To be closed, whatever happens."""

    def __init__(self, response: httpcore.Response, received: Callable[..., None]) -> None:
        self._response = response
        self._received = received
        self._is_whole = False
        self._is_closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._response.aiter_stream():
            yield part
        self._is_whole = True

    async def aclose(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            try:
                await self._response.aclose()
            except Exception:  # noqa: BLE001  # httpcore loses count of the streams of HTTP/2
                self._is_whole = False
            finally:
                self._received(whole=self._is_whole)


def _as_httpcore(request: httpx.Request) -> httpcore.Request:
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.extensions["target"],
        ),
        headers=request.headers.raw,
    )
