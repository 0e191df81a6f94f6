"""One request to one server, bounded in every respect. Nothing else here speaks to the network."""

from __future__ import annotations

import asyncio
import base64
import time
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self, cast

import httpcore
import httpx

from mlsd_lint.links.exchange import Failure, Reply
from mlsd_lint.links.fetching.bodies import Body
from mlsd_lint.links.fetching.certificates import Trust
from mlsd_lint.links.fetching.connecting import Connector, is_literal, permitted, refuse_forbidden
from mlsd_lint.links.fetching.failures import FetchError, explained, timed_out
from mlsd_lint.links.fetching.open_files import most_idle
from mlsd_lint.links.fetching.proxies import proxy_for
from mlsd_lint.links.fetching.resolving import Resolver
from mlsd_lint.links.fetching.transport import WATCH, Connection, OriginTransport

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from types import TracebackType

    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.exchange import Request
    from mlsd_lint.links.fetching.failures import Phase
    from mlsd_lint.links.fetching.resolving import LookUp
    from mlsd_lint.links.fetching.safety import Network

_IDLE_SECONDS = 15.0  # after that, what stands between may have dropped a connection silently
_RESOLVING_BEHIND_A_PROXY = 5.0
# Some servers have a page only for those who say that they want one.
_ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8"
_WITHOUT_BODY = frozenset({204, 205, 304})
_NO_BODY = httpx.ByteStream(b"")  # given, so that httpx does not look for what to send


class FetchLimits(NamedTuple):
    """What holds for every request.

    `user_agent` says who asks. `allowed` are the networks that may be asked although they are
    private, loopback or the like. `concurrency` is how many requests are under way at once.
    """

    user_agent: str
    allowed: Sequence[Network] = ()
    concurrency: int = 64


class Fetcher:
    """Sends requests and says what came back; an asynchronous context manager.

    It follows no redirect, keeps no cookie and sends nothing again, but for a request that met a
    connection which the server had just closed. `resolve` gives the IP addresses of a name in
    place of the system, and raises `socket.gaierror` where that does.
    """

    def __init__(self, limits: FetchLimits, resolve: LookUp | None = None) -> None:
        self._limits = limits
        self._resolver = Resolver(resolve)
        self._trust = Trust()
        self._origins: dict[str, _Origin] = {}
        self._leaving: set[OriginTransport] = set()
        self._left_to_proxy: set[str] = set()
        self._most_origins = limits.concurrency + most_idle(limits.concurrency)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close all connections, whatever they are doing."""
        for transport in (*(origin.transport for origin in self._origins.values()), *self._leaving):
            transport.abort()
        self._origins.clear()
        self._leaving.clear()
        await self._resolver.aclose()
        for _ in range(3):  # asyncio closes a socket some rounds after it was told to
            await asyncio.sleep(0)

    async def fetch(self, request: Request) -> Reply | Failure:
        """What came of one request. Never raises anything but CancelledError.

        The credentials of the address are sent as basic authentication, unless the request has an
        Authorization header of its own. Once the head of an answer is there it is a Reply, even if
        the body then breaks off or time runs out.
        """
        began = time.monotonic()
        answer = _Answer(request)
        error: FetchError | None = None
        deadline = asyncio.timeout(request.timeout)
        try:
            async with deadline:
                await self._exchange(request, answer)
        except Exception as exception:  # noqa: BLE001  # whatever a server makes a library raise
            _raise_if_cancelled()
            is_late = deadline.expired()
            error = timed_out(answer.phase, request.timeout) if is_late else explained(exception)
        while len(self._origins) > self._most_origins:
            await self.release(next(iter(self._origins)))  # whose last request is oldest
        seconds = time.monotonic() - began
        if answer.status:
            return answer.reply(seconds, has_ended=error is None)
        error = error or FetchError("protocol", "what came back is no valid HTTP")
        return Failure(error.kind, error.reason, seconds)

    async def resolves(self, name: str) -> bool:
        """Whether a name server gives an address for a name; none of them is asked anything."""
        try:
            return bool(await self._resolver.addresses(name))
        except FetchError:
            return False

    async def resolves_no_longer(self) -> bool:
        """Whether names resolved at first and do not any more, as where the network has gone."""
        return await self._resolver.no_longer_works()

    async def release(self, origin: str) -> None:
        """Close the connections to an origin: the idle ones now, the others when they are done."""
        left = self._origins.pop(origin, None)
        if left is not None:
            await left.transport.aclose()
            self._leaving = {one for one in self._leaving if one.is_busy}
            if left.transport.is_busy:
                self._leaving.add(left.transport)

    async def _exchange(self, request: Request, answer: _Answer) -> None:
        origin = self._origin(request.address)
        if origin.proxy is not None:
            await self._check_behind_a_proxy(request.address)
        sent = httpx.Request(
            request.method,
            origin.url,
            headers=_headers(request, self._limits.user_agent),
            stream=_NO_BODY,
            extensions={"target": request.address.target.encode("ascii"), WATCH: answer.watch},
        )
        response = await origin.transport.handle_async_request(sent)
        try:
            await answer.receive(response)
        finally:
            await response.aclose()

    def _origin(self, address: Address) -> _Origin:
        origin = self._origins.pop(address.origin, None)
        if origin is None:
            proxy = proxy_for(address, self._trust)
            make = partial(self._connection, address, proxy)
            transport = OriginTransport(make, address.host.strip("[]"), self._trust)
            origin = _Origin(httpx.URL(address.origin), transport, proxy)
        self._origins[address.origin] = origin  # behind all those that were asked before
        return origin

    def _connection(self, address: Address, proxy: httpcore.Proxy | None) -> Connection:
        find = self._resolver.addresses if proxy else self._permitted
        if proxy is not None and is_literal(proxy.url.host.decode("ascii")):
            find = _itself
        connector = Connector(find, to_proxy=proxy is not None)
        pool = httpcore.AsyncConnectionPool(
            ssl_context=self._trust.context if address.scheme == "https" else None,
            proxy=proxy,
            http2=True,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=connector,
        )
        url = httpcore.URL(
            scheme=address.scheme.encode("ascii"),
            host=address.host.strip("[]").encode("ascii"),
            port=address.port,
            target=b"/",
        )
        # Only what knows how to make a connection is wanted of the pool.
        return Connection(pool.create_connection(url.origin), connector, is_direct=proxy is None)

    async def _permitted(self, host: str) -> Sequence[str]:
        return await permitted(host, self._resolver, self._limits.allowed)

    async def _check_behind_a_proxy(self, address: Address) -> None:
        """Refuse what is forbidden; leave a name that does not resolve here to the proxy.

        Raises:
            FetchError: the host is forbidden.
        """
        if address.host in self._left_to_proxy:
            return
        try:
            async with asyncio.timeout(_RESOLVING_BEHIND_A_PROXY):
                host = address.host.strip("[]")
                await refuse_forbidden(host, self._resolver, self._limits.allowed)
        except TimeoutError:
            pass
        except FetchError as error:
            if error.kind == "forbidden":
                raise
        self._left_to_proxy.add(address.host)


class _Origin(NamedTuple):
    url: httpx.URL
    transport: OriginTransport
    proxy: httpcore.Proxy | None


class _Answer:
    """What there is of an answer while it comes in."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._connector: Connector | None = None
        self._headers: dict[str, str] = {}
        self._body = Body("", 0)
        self._is_cut = False
        self.status = 0

    @property
    def phase(self) -> Phase:
        """What is being waited for."""
        return self._connector.phase if self._connector is not None else "resolving"

    def watch(self, connector: Connector) -> None:
        """Learn which connection the request goes out on."""
        self._connector = connector

    async def receive(self, response: httpx.Response) -> None:
        """Take in the head of an answer, and of its body what is wanted."""
        self._headers = _joined(response.headers.raw)
        self.status = response.status_code
        length = self._headers.get("content-length", "")
        is_empty = (
            self._request.method == "HEAD" or self.status in _WITHOUT_BODY or length.strip() == "0"
        )
        if not is_empty:
            encoding = self._headers.get("content-encoding", "")
            self._body = Body(encoding, self._request.body_limit)
            if self._request.body_limit <= 0:
                self._is_cut = True
                return
        stream = cast("httpx.AsyncByteStream", response.stream)
        async with aclosing(cast("AsyncGenerator[bytes, None]", stream.__aiter__())) as parts:
            async for part in parts:
                if is_empty:
                    return  # what says that it has no body goes on sending
                self._body.add(part)
                if not self._body.wants_more:
                    return

    def reply(self, seconds: float, *, has_ended: bool) -> Reply:
        """The answer as far as it came; `has_ended` says that nothing broke it off."""
        complete = has_ended and not self._is_cut and self._body.is_complete()
        return Reply(self.status, self._headers, self._body.content, complete, seconds)


def _raise_if_cancelled() -> None:
    """End a task that was cancelled where httpcore, cleaning up, put an error of its own instead."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _itself(host: str) -> Sequence[str]:
    return (host,)


def _headers(request: Request, user_agent: str) -> list[tuple[bytes, bytes]]:
    """The headers of a request; those that it brings come in place of the usual ones."""
    usual = [
        ("Host", request.address.netloc),
        ("User-Agent", user_agent),
        ("Accept", _ACCEPT),
        ("Accept-Encoding", "gzip, deflate"),
    ]
    if request.address.credentials:
        usual.append(("Authorization", _basic(request.address.credentials)))
    brought = {name.lower() for name, _ in request.headers}
    kept = [(name, value) for name, value in usual if name.lower() not in brought]
    return [
        (name.encode("ascii"), value.strip().encode("utf-8", "surrogateescape"))
        for name, value in (*kept, *request.headers)
    ]


def _basic(credentials: str) -> str:
    return "Basic " + base64.b64encode(credentials.encode("utf-8", "surrogateescape")).decode()


def _joined(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined
