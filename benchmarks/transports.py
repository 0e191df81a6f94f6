"""What one request costs in processor time, by the way in which it is sent.

    python benchmarks/transports.py

400 hosts (127.x.y.z) served by a process of its own, ten requests to each, 128 under way at once:
the pattern of a link check. Every way runs in a fresh process and counts that process's own
processor time, so the server's is not in it. httpx is in all of them, but for the floor.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib.machinery
import json
import resource
import socket
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Send = Callable[[str, int], Awaitable[int]]

HOSTS = 400
REQUESTS = 4000
UNDER_WAY = 128
_BODY = b"<!doctype html><title>A page</title>" + b"<p>Words of a page.</p>" * 20
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: bench\r\n"
    b"Date: Sat, 01 Mar 2026 00:00:00 GMT\r\nCache-Control: max-age=60\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
)


# The server.


class _Page(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._pending = b""

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while b"\r\n\r\n" in self._pending:
            self._pending = self._pending.partition(b"\r\n\r\n")[2]
            self._transport.write(_ANSWER)  # type: ignore[attr-defined]


async def _serve() -> None:
    listening = socket.create_server(("0.0.0.0", 0), backlog=4096)  # noqa: S104  # 127.x.y.z is many
    server = await asyncio.get_running_loop().create_server(_Page, sock=listening)
    print(listening.getsockname()[1], flush=True)
    await server.serve_forever()


# The ways.


@contextlib.asynccontextmanager
async def _one_client() -> AsyncIterator[Send]:
    import httpx

    limits = httpx.Limits(max_connections=UNDER_WAY, max_keepalive_connections=UNDER_WAY)
    async with httpx.AsyncClient(limits=limits, http2=True) as client:

        async def send(host: str, port: int) -> int:
            async with client.stream("GET", f"http://{host}:{port}/page") as response:
                async for _ in response.aiter_raw():
                    pass
                return response.status_code

        yield send


@contextlib.asynccontextmanager
async def _client_per_host() -> AsyncIterator[Send]:
    import httpx

    context = httpx.create_ssl_context()
    async with contextlib.AsyncExitStack() as stack:
        clients: dict[str, httpx.AsyncClient] = {}

        async def send(host: str, port: int) -> int:
            client = clients.get(host)
            if client is None:
                client = clients[host] = httpx.AsyncClient(verify=context, http2=True)
                await stack.enter_async_context(client)
            async with client.stream("GET", f"http://{host}:{port}/page") as response:
                async for _ in response.aiter_raw():
                    pass
                return response.status_code

        yield send


def _through_transports(make: Callable[[], Any]) -> Any:
    @contextlib.asynccontextmanager
    async def way() -> AsyncIterator[Send]:
        import httpx

        transports: dict[str, httpx.AsyncBaseTransport] = {}
        headers = {"User-Agent": "bench", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}

        async def send(host: str, port: int) -> int:
            transport = transports.get(host)
            if transport is None:
                transport = transports[host] = make()
            request = httpx.Request("GET", f"http://{host}:{port}/page", headers=headers)
            response = await transport.handle_async_request(request)
            try:
                async for _ in response.stream:  # type: ignore[union-attr]
                    pass
            finally:
                await response.aclose()
            return response.status_code

        yield send
        for transport in transports.values():
            await transport.aclose()

    return way


def _transport_maker() -> Callable[[], Any]:
    import httpx

    context = httpx.create_ssl_context()
    return lambda: httpx.AsyncHTTPTransport(verify=context, http2=True)


def _own_backend_maker() -> Callable[[], Any]:
    import httpcore
    import httpx

    context = httpx.create_ssl_context()

    def make() -> httpx.AsyncHTTPTransport:
        transport = httpx.AsyncHTTPTransport(verify=context, http2=True)
        transport._pool = httpcore.AsyncConnectionPool(  # noqa: SLF001  # there is no other way
            ssl_context=context, http2=True, network_backend=_connector()
        )
        return transport

    return make


def _connector() -> Any:
    from mlsd_lint.links.fetching.connecting import Connector

    async def find(host: str) -> list[str]:
        return [host]

    return Connector(find)


@contextlib.asynccontextmanager
async def _transport_per_host() -> AsyncIterator[Send]:
    async with _through_transports(_transport_maker())() as send:
        yield send


@contextlib.asynccontextmanager
async def _own_backend() -> AsyncIterator[Send]:
    async with _through_transports(_own_backend_maker())() as send:
        yield send


_HEADERS = [
    (b"Host", b"h"),
    (b"User-Agent", b"bench"),
    (b"Accept", b"*/*"),
    (b"Accept-Encoding", b"gzip, deflate"),
]


def _httpcore(make: Callable[[Any], Any]) -> Any:
    @contextlib.asynccontextmanager
    async def way() -> AsyncIterator[Send]:
        import httpcore

        pools: dict[str, Any] = {}

        async def send(host: str, port: int) -> int:
            pool = pools.get(host)
            url = httpcore.URL(scheme=b"http", host=host.encode(), port=port, target=b"/page")
            if pool is None:
                pool = pools[host] = make(url.origin)
            request = httpcore.Request(b"GET", url, headers=_HEADERS)
            response = await pool.handle_async_request(request)
            try:
                async for _ in response.stream:
                    pass
            finally:
                await response.aclose()
            return response.status

        yield send
        for pool in pools.values():
            await pool.aclose()

    return way


@contextlib.asynccontextmanager
async def _httpcore_pools() -> AsyncIterator[Send]:
    import httpcore

    async with _httpcore(lambda _: httpcore.AsyncConnectionPool(http2=True))() as send:
        yield send


@contextlib.asynccontextmanager
async def _httpcore_pools_own_backend() -> AsyncIterator[Send]:
    import httpcore

    async with _httpcore(
        lambda _: httpcore.AsyncConnectionPool(http2=True, network_backend=_connector())
    )() as send:
        yield send


@contextlib.asynccontextmanager
async def _httpcore_connections_own_backend() -> AsyncIterator[Send]:
    import httpcore

    async with _httpcore(
        lambda origin: httpcore.AsyncHTTPConnection(
            origin, network_backend=_connector(), http2=True
        )
    )() as send:
        yield send


@contextlib.asynccontextmanager
async def _fetcher() -> AsyncIterator[Send]:
    from mlsd_lint.links.addresses import parse
    from mlsd_lint.links.exchange import Reply, Request
    from mlsd_lint.links.fetching.fetcher import Fetcher, FetchLimits
    from mlsd_lint.links.fetching.safety import networks

    async with Fetcher(FetchLimits("bench", networks(["127.0.0.0/8"]))) as fetching:

        async def send(host: str, port: int) -> int:
            address = parse(f"http://{host}:{port}/page")
            reply = await fetching.fetch(Request("GET", address, (), 20.0, 1_000_000))
            return reply.status if isinstance(reply, Reply) else 0

        yield send


@contextlib.asynccontextmanager
async def _aiohttp_session() -> AsyncIterator[Send]:
    import aiohttp

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def send(host: str, port: int) -> int:
            async with session.get(f"http://{host}:{port}/page") as response:
                await response.read()
                return response.status

        yield send


WAYS = {
    "a": ("one httpx.AsyncClient for all hosts", _one_client),
    "b": ("one httpx.AsyncClient per host", _client_per_host),
    "c": ("one httpx.AsyncHTTPTransport per host", _transport_per_host),
    "c+": ("as c, our streams instead of anyio", _own_backend),
    "d": ("one httpcore pool per host", _httpcore_pools),
    "d+": ("as d, our streams", _httpcore_pools_own_backend),
    "d++": ("httpcore connections without a pool, our streams", _httpcore_connections_own_backend),
    "f": ("links.fetching: d++ as a transport of httpx, and all that a check needs", _fetcher),
    "e": ("aiohttp alone", _aiohttp_session),
}


async def _run(name: str, port: int) -> dict[str, float]:
    hosts = [f"127.{1 + at // 200}.0.{1 + at % 200}" for at in range(HOSTS)]
    waiting = iter([hosts[at % HOSTS] for at in range(REQUESTS)])
    async with WAYS[name][1]() as send:

        async def work() -> None:
            for host in waiting:
                if await send(host, port) != 200:
                    raise RuntimeError(f"{host} did not answer")

        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
        await asyncio.gather(*(work() for _ in range(UNDER_WAY)))
        wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": seconds / REQUESTS * 1000, "wall": wall}


class _WithoutSniffio(importlib.machinery.PathFinder):
    """Looks for sniffio as a real import does, and finds nothing."""

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        found = super().find_spec(fullname, path, target)
        return None if fullname == "sniffio" else found


def _measure(name: str, port: int, *, sniffio: bool) -> list[dict[str, float]]:
    command = [sys.executable, __file__, "--way", name, "--port", str(port)]
    if not sniffio:
        command.append("--without-sniffio")
    return [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(3)
    ]


def main() -> None:
    """Print a table of all the ways, or run one of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--without-sniffio", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        asyncio.run(_serve())
    elif arguments.way:
        if arguments.without_sniffio:
            at = sys.meta_path.index(importlib.machinery.PathFinder)
            sys.meta_path[at] = _WithoutSniffio
        print(json.dumps(asyncio.run(_run(arguments.way, arguments.port))))
    else:
        _table()


def _table() -> None:
    server = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE)
    try:
        port = int(server.stdout.readline())  # type: ignore[union-attr]
        print("| way | CPU ms per request | wall s | |\n| --- | ---: | ---: | --- |")
        for name, sniffio in [*((name, True) for name in WAYS), ("b", False), ("f", False)]:
            runs = _measure(name, port, sniffio=sniffio)
            cpu = statistics.median(run["cpu"] for run in runs)
            wall = statistics.median(run["wall"] for run in runs)
            label = WAYS[name][0] + ("" if sniffio else ", sniffio not installed")
            print(f"| {name} | {cpu:.2f} | {wall:.2f} | {label} |", flush=True)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
