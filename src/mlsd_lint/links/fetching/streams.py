"""One connection over TCP, with or without TLS, as httpcore reads and writes it.

On asyncio directly: what httpcore brings for it goes through anyio, which costs about a third of
a whole request (benchmarks/transports.md). The timeouts that httpcore hands on are not looked at,
since an exchange as a whole has one.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import httpcore

from mlsd_lint.links.fetching.failures import FetchError, Phase

if TYPE_CHECKING:
    import ssl

_READ_AHEAD = 64 * 1024


class Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """A connection that has been made; made by `loop.create_connection(Stream, …)`.

    `phase` is what it is being waited for. `head_room` is how many more bytes are read before the connection is given up, None for no bound.
    """

    def __init__(self) -> None:
        self.phase: Phase = "asking"
        self.head_room: int | None = None
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._ended = False
        self._error: Exception | None = None
        self._reading_paused = False
        self._writing_paused = False
        self._waiters: set[asyncio.Future[None]] = set()

    @property
    def has_ended(self) -> bool:
        """Whether the other side has ended it."""
        return self._ended

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep what came; ask for no more while nobody reads it."""
        self._buffer += data
        if len(self._buffer) > _READ_AHEAD and not self._reading_paused and self._transport:
            self._reading_paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """Let the connection end: nothing is sent after the other side has ended its part."""
        self._ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Remember how it ended."""
        self._ended = True
        self._error = self._error or exc
        self._wake()

    def pause_writing(self) -> None:
        """Wait with what is to be written; the other side does not read."""
        self._writing_paused = True

    def resume_writing(self) -> None:
        """Go on writing."""
        self._writing_paused = False
        self._wake()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002, ASYNC109
        """What has come, at least one byte; none if the other side has ended its part."""
        while not self._buffer:
            if self._error is not None:
                raise httpcore.ReadError(type(self._error).__name__) from self._error
            if self._ended:
                return b""
            await self._woken()
        data = bytes(self._buffer[:max_bytes])
        del self._buffer[:max_bytes]
        if self._reading_paused and not self._ended and self._transport is not None:
            self._reading_paused = False
            self._transport.resume_reading()
        self._use_head_room(len(data))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109
        """Send these bytes, or wait until there is room to."""
        if not buffer:
            return
        if self._ended or self._transport is None or self._transport.is_closing():
            raise httpcore.WriteError("the connection has ended")
        self._transport.write(buffer)
        while self._writing_paused and not self._ended:
            await self._woken()

    async def aclose(self) -> None:
        """End the connection at once, whatever the other side does."""
        self.abort()

    def abort(self) -> None:
        """Do what `aclose` does, without anything to wait for."""
        if self._transport is not None:
            self._transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """Go on in secret.

        Raises:
            OSError: no secure connection came about; a certificate that is not valid is an
                `ssl.SSLCertVerificationError`.
        """
        plain = self._transport
        if plain is None or self._ended:
            raise ConnectionResetError
        loop = asyncio.get_running_loop()
        self.phase = "securing"
        try:
            secured = await loop.start_tls(
                plain,
                self,
                ssl_context,
                server_hostname=server_hostname,
                ssl_handshake_timeout=3600,
            )
        except BaseException:
            plain.abort()
            raise
        if secured is None:  # the connection ended with the handshake
            raise ConnectionResetError
        self._transport, self.phase = secured, "asking"
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks for: the TLS object, and whether something came unasked."""
        if info == "is_readable":
            return self._ended or bool(self._buffer)
        if info == "ssl_object" and self._transport is not None:
            return self._transport.get_extra_info("ssl_object")
        return None

    def _use_head_room(self, count: int) -> None:
        if self.head_room is None:
            return
        self.head_room -= count
        if self.head_room < 0:
            raise FetchError("protocol", "more headers than are read")

    async def _woken(self) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    def _wake(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
