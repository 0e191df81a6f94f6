"""One connection: requests are read from it and answered step by step."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import time
from typing import TYPE_CHECKING

from web.messages import End, Response, Seen, Step, Tunnel, Wait, joined, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from web.hosts import Host

HEAD_LIMIT = 1 << 20
TLS_HANDSHAKE = 0x16
HTTP_EXPECTED = (
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
    b"Connection: close\r\n\r\nHTTP?"
)


class ClientLeftError(Exception):
    """The client closed its end; whatever was being sent does not matter any more."""


CLIENT_LEFT = (ClientLeftError, ConnectionError, TimeoutError, ssl.SSLError)


class _Protocol(asyncio.StreamReaderProtocol):
    """Streams that also tell when the client leaves while nothing is read."""

    def __init__(self) -> None:
        self.reader = asyncio.StreamReader(limit=HEAD_LIMIT)
        self.left = asyncio.Event()
        super().__init__(self.reader)

    def eof_received(self) -> bool | None:
        self.left.set()
        return super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self.left.set()
        super().connection_lost(exc)


async def converse(
    host: Host, accepted: socket.socket, number: int, context: ssl.SSLContext | None
) -> None:
    """Serve one accepted connection to its end, whoever ends it.

    Raises what the host's behaviour raises, and ValueError for what is no HTTP request.
    """
    accepted.setblocking(False)  # noqa: FBT003  # the name of the method says it
    accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    loop = asyncio.get_running_loop()
    arguments = {"ssl_handshake_timeout": 3600, "ssl_shutdown_timeout": 1} if context else {}
    try:
        transport, protocol = await loop.connect_accepted_socket(
            _Protocol, accepted, ssl=context, **arguments
        )
    except OSError:
        host.failed_handshakes += 1
        return
    conversation = Conversation(host, transport, protocol, number)
    try:
        await conversation.run()
        await conversation.close()
    except CLIENT_LEFT:
        pass
    finally:
        transport.abort()


class Conversation:
    """The requests of one connection, one after the other."""

    def __init__(
        self, host: Host, transport: asyncio.Transport, protocol: _Protocol, number: int
    ) -> None:
        loop = asyncio.get_running_loop()
        self.host = host
        self.transport = transport
        self.reader = protocol.reader
        self.left = protocol.left
        self.writer = asyncio.StreamWriter(transport, protocol, protocol.reader, loop)
        self.number = number
        self.tls = transport.get_extra_info("ssl_object")

    async def run(self) -> None:
        await self.perform_all(self.host.on_connect, "GET")
        if any(isinstance(step, End) for step in self.host.on_connect):
            return
        if self.tls and self.tls.selected_alpn_protocol() == "h2":
            from web.http2 import serve_http2

            await serve_http2(self)
            return
        while (seen := await self.next_request()) is not None:
            if not await self.answer(seen):
                return

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()

    async def next_request(self) -> Seen | None:
        try:
            first = await self.reader.readexactly(1)
            if first[0] == TLS_HANDSHAKE:
                await self.send(HTTP_EXPECTED)
                return None
            head = first + await self.reader.readuntil(b"\r\n\r\n")
            method, target, headers = parse_head(head)
            body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        except asyncio.IncompleteReadError:
            return None
        return self.note(method, target, headers, body)

    def note(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Seen:
        seen = Seen(
            method,
            target,
            headers,
            body,
            at=time.monotonic(),
            ip=self.host.ip,
            connection=self.number,
            number=self.host.count(target),
            host_number=len(self.host.log) + 1,
            tls=self.tls is not None,
            http2=bool(self.tls) and self.tls.selected_alpn_protocol() == "h2",
        )
        self.host.record(seen)
        return seen

    async def answer(self, seen: Seen) -> bool:
        """Answer a request; False if nothing more can come on this connection."""
        with self.host.under_way():
            await self.pause(self.host.latency_of(seen))
            kept = await self.perform_all(steps(self.host.behaviour(seen)), seen.method)
        return kept and seen.headers.get("connection", "").lower() != "close"

    async def perform_all(self, script: Iterable[Step], method: str) -> bool:
        kept = False
        for step in script:
            kept = await self.perform(step, method)
            if isinstance(step, End):
                break
        return kept

    async def perform(self, step: Step, method: str) -> bool:
        match step:
            case bytes():
                await self.send(step)
            case Response():
                await self.send(step.encoded(method))
                return "close" not in str(step.headers.get("Connection", ""))
            case Wait(seconds):
                await self.pause(seconds)
            case Tunnel():
                await self.tunnel(step)
            case End.RESET:
                self.reset()
            case End.HALF_CLOSE:
                self.writer.write_eof()
                await self.left.wait()
            case End.HANG:
                await self.left.wait()
            case End.CLOSE:
                pass
        return False

    async def send(self, data: bytes) -> None:
        if self.left.is_set():
            raise ClientLeftError
        # An endless answer must let the others have a turn; and they have it before the last bytes
        # go out, so that what a client asks next never counts as simultaneous with what it has.
        await asyncio.sleep(0)
        self.writer.write(data)
        await self.writer.drain()

    async def pause(self, seconds: float) -> None:
        if seconds <= 0:
            return
        try:
            async with asyncio.timeout(seconds):
                await self.left.wait()
        except TimeoutError:
            return
        raise ClientLeftError

    def reset(self) -> None:
        if self.left.is_set():
            raise ClientLeftError
        raw = self.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()
        raise ClientLeftError

    async def tunnel(self, tunnel: Tunnel) -> None:
        reader, writer = await asyncio.open_connection(tunnel.ip, tunnel.port)
        try:
            writer.write(tunnel.to_server)
            await self.send(tunnel.to_client)
            directions = {
                asyncio.ensure_future(relay(self.reader, writer)),
                asyncio.ensure_future(relay(reader, self.writer)),
            }
            try:
                await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for direction in directions:
                    direction.cancel()
                await asyncio.gather(*directions, return_exceptions=True)
        finally:
            writer.transport.abort()


async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()


def parse_head(head: bytes) -> tuple[str, str, dict[str, str]]:
    """Method, target and headers; ValueError if these bytes are no head of a request."""
    request_line, *lines = head[:-4].decode("latin-1").split("\r\n")
    words = request_line.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise ValueError(f"no HTTP/1.1 request line: {request_line!r}")
    fields = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip():
            raise ValueError(f"no header: {line!r}")
        fields.append((name, value.strip()))
    return words[0], words[1], joined(fields)
