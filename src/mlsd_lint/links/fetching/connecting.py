"""Connections to exactly the addresses that were looked at and found to be permitted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpcore

from mlsd_lint.links.fetching.failures import FetchError, Phase, no_connection
from mlsd_lint.links.fetching.safety import forbidden
from mlsd_lint.links.fetching.streams import Stream

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from mlsd_lint.links.fetching.resolving import Resolver
    from mlsd_lint.links.fetching.safety import Network

    FindAddresses = Callable[[str], Awaitable[Sequence[str]]]

LARGEST_HEAD = 128 * 1024
"""The most bytes that are read before an answer begins, whatever they are."""

_MOST_ADDRESSES = 8
_HEAD_START = 1.0  # seconds that one address has before the next one is tried besides


async def permitted(host: str, resolver: Resolver, allowed: Sequence[Network]) -> Sequence[str]:
    """The IP addresses of a host that may be asked; at least one.

    `host` is a name or an IP address, IPv6 without brackets. Where a name has addresses of both
    kinds, only those that may be asked are used.

    Raises:
        FetchError: none may be asked ("forbidden"), or the name does not resolve.
    """
    reasons = await _judged(host, resolver, allowed)
    kept = [address for address, reason in reasons.items() if not reason]
    if not kept:
        raise _forbidden(host, reasons)
    return kept


async def refuse_forbidden(host: str, resolver: Resolver, allowed: Sequence[Network]) -> None:
    """Refuse a host of which any address is forbidden: a proxy might choose just that one.

    Raises:
        FetchError: one is ("forbidden"), or the name does not resolve.
    """
    reasons = await _judged(host, resolver, allowed)
    if any(reasons.values()):
        raise _forbidden(host, reasons)


async def _judged(host: str, resolver: Resolver, allowed: Sequence[Network]) -> dict[str, str]:
    addresses = (host,) if is_literal(host) else await resolver.addresses(host)
    return {address: forbidden(address, allowed) for address in addresses}


def _forbidden(host: str, reasons: dict[str, str]) -> FetchError:
    address, reason = next(one for one in reasons.items() if one[1])
    is_what = reason if address == host else f"{address}, {reason}"
    return FetchError("forbidden", f"{host} is {is_what}")


def is_literal(host: str) -> bool:
    """Whether a host is an IP address, not a name; IPv6 without brackets."""
    return ":" in host or host.rpartition(".")[2].isdecimal()


class Connector(httpcore.AsyncNetworkBackend):
    """What one connection of httpcore is made through; it knows how far the making has come.

    `to_proxy` says that it leads to a proxy, whichever host is asked through that.
    """

    def __init__(self, find: FindAddresses, *, to_proxy: bool = False) -> None:
        self._find = find
        self._to_proxy = to_proxy
        self._stream: Stream | None = None
        self._phase: Phase = "proxy" if to_proxy else "resolving"
        self.peer: tuple[str, int] | None = None

    @property
    def phase(self) -> Phase:
        """What the connection is being waited for."""
        return self._stream.phase if self._stream is not None else self._phase

    @property
    def has_ended(self) -> bool:
        """Whether the other side has ended it."""
        return self._stream is not None and self._stream.has_ended

    def limit_head(self, most: int | None) -> None:
        """Give the connection up if more bytes than this come; None for no limit."""
        if self._stream is not None:
            self._stream.head_room = most

    def close(self) -> None:
        """End the connection at once, in whatever state it is."""
        if self._stream is not None:
            self._stream.abort()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Any = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Connect to one of the host's addresses that may be asked.

        Raises:
            FetchError: there is none, or none of them lets itself be connected to.
        """
        self.close()
        self._stream, self._phase = None, "proxy" if self._to_proxy else "resolving"
        try:
            addresses = await self._find(host)
            if not self._to_proxy:
                self._phase = "connecting"
            self.peer, self._stream = await _first_to_connect(addresses[:_MOST_ADDRESSES], port)
        except FetchError as error:
            if not self._to_proxy:
                raise
            reason = f"the proxy {host}:{port} cannot be reached: {error.reason}"
            raise FetchError("setup", reason) from None
        self._stream.head_room = LARGEST_HEAD
        return self._stream


async def _first_to_connect(addresses: Sequence[str], port: int) -> tuple[tuple[str, int], Stream]:
    """A connection to the first address that has one; each next one is tried after a while.

    A network that swallows IPv6 would otherwise use up the time of the whole exchange.
    """
    if len(addresses) == 1:  # as nearly always; spares the tasks
        made = await _connect(addresses[0], port)
        if isinstance(made, OSError):
            raise no_connection([made])
        return (addresses[0], port), made
    waiting = list(addresses)
    running: set[asyncio.Task[Stream | OSError]] = set()
    places: dict[asyncio.Task[Stream | OSError], str] = {}
    errors: list[OSError] = []
    try:
        while waiting or running:
            if waiting:
                attempt = asyncio.create_task(_connect(waiting[0], port))
                places[attempt] = waiting.pop(0)
                running.add(attempt)
            done, running = await asyncio.wait(
                running,
                timeout=_HEAD_START if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for one in done:
                made = one.result()
                if isinstance(made, Stream):
                    running |= done - {one}
                    return (places[one], port), made
                errors.append(made)
    finally:
        for one in running:
            one.add_done_callback(_abandon)
            one.cancel()
    raise no_connection(errors)


async def _connect(address: str, port: int) -> Stream | OSError:
    try:
        _, stream = await asyncio.get_running_loop().create_connection(Stream, address, port)
    except OSError as error:
        return error
    return stream


def _abandon(attempt: asyncio.Task[Stream | OSError]) -> None:
    if not attempt.cancelled() and isinstance(made := attempt.result(), Stream):
        made.abort()
