"""Servers that break HTTP/2: frames as they should not be, sent over real TLS."""

from __future__ import annotations

import asyncio
import contextlib
import struct

import pytest

from mlsd_lint.links.addresses import parse
from mlsd_lint.links.exchange import Failure, Reply, Request
from mlsd_lint.links.fetching.fetcher import Fetcher, FetchLimits
from mlsd_lint.links.fetching.safety import networks
from web.certificates import ca_file, server_context

DATA, HEADERS, RESET, SETTINGS, PING, GOAWAY, CONTINUATION = 0, 1, 3, 4, 6, 7, 9
END_STREAM, END_HEADERS = 1, 4
STATUS_200 = b"\x88"  # of HPACK's static table
STATUS_103 = b"\x08\x03103"
LONG_HEADER = b"\x00\x01x\x7f\x81\x1e" + b"y" * 4000


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def ok(stream=1, flags=END_HEADERS):
    return frame(HEADERS, flags, stream, STATUS_200)


def forever(piece):
    while True:
        yield piece


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file()))
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def request_of(reader):
    """Wait for the head of a request; whatever is sent before it, nobody has asked for."""
    await reader.readuntil(b"SM\r\n\r\n")
    kind = None
    while kind != HEADERS:
        head = await reader.readexactly(9)
        kind = head[3]
        await reader.readexactly(int.from_bytes(head[:3]))


@contextlib.asynccontextmanager
async def serving(*connections):
    """A server that sends to each connection what stands for it; the last holds for the rest.

    Where None stands, it ends the connection; where an event stands, it waits for that.
    """
    served = []

    async def serve(reader, writer):
        answer = connections[min(len(served), len(connections) - 1)]
        served.append(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            writer.write(frame(SETTINGS, 0, 0))
            await request_of(reader)
            for piece in answer():
                if piece is None:
                    writer.transport.abort()
                    return
                if isinstance(piece, asyncio.Event):
                    await piece.wait()
                    continue
                writer.write(piece)
                await writer.drain()
            while await reader.read(65536):
                pass

    context = server_context("valid", "127.0.0.1", "", http2=True)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/", served
    finally:
        server.close()
        for writer in served:
            writer.transport.abort()
        await asyncio.sleep(0)


def fetch(*connections, method="GET", timeout=60.0, count=1):
    async def run():
        limits = FetchLimits("t", networks(["127.0.0.0/8"]))
        async with serving(*connections) as (url, served), Fetcher(limits) as fetcher:
            asked = Request(method, parse(url), (), timeout, 10_000)
            return [await fetcher.fetch(asked) for _ in range(count)], len(served)

    outcomes, connected = asyncio.run(run())
    return (*outcomes, connected)


@pytest.mark.parametrize(
    "piece",
    [
        frame(CONTINUATION, 0, 1, LONG_HEADER),
        frame(CONTINUATION, 0, 1, b""),
        frame(HEADERS, END_HEADERS, 1, STATUS_103),
        frame(PING, 0, 0, b"12345678"),
        frame(SETTINGS, 0, 0),
    ],
    ids=["long continuations", "empty continuations", "103", "pings", "settings"],
)
def test_floods_are_bounded(piece):
    is_continued = piece[3] == CONTINUATION

    def flood():
        if is_continued:
            yield frame(HEADERS, 0, 1, STATUS_200)
        yield from forever(piece * 10)

    outcome, connected = fetch(flood)

    assert outcome.kind == "protocol"
    assert connected == 1


def test_more_headers_than_are_read():
    outcome, _ = fetch(
        lambda: (
            [frame(HEADERS, 0, 1, STATUS_200)]
            + [frame(CONTINUATION, 0, 1, LONG_HEADER)] * 30
            + [frame(CONTINUATION, END_HEADERS, 1)]
        )
    )

    assert outcome.kind == "protocol"


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        ([None], "reset"),
        ([frame(RESET, 0, 1, b"\0\0\0\2")], "reset"),
        ([frame(GOAWAY, 0, 0, b"\0\0\0\1\0\0\0\1")], "reset"),
        ([frame(DATA, 0, 1, b"no head")], "protocol"),
        ([], "timeout"),
    ],
    ids=["reset", "stream reset", "goaway", "no head", "silence"],
)
def test_no_answer(pieces, kind):
    outcome, _ = fetch(lambda: pieces, timeout=2.0 if kind == "timeout" else 60.0)

    assert isinstance(outcome, Failure)
    assert outcome.kind == kind


@pytest.mark.parametrize(
    "pieces",
    [
        [ok(), frame(DATA, 0, 1, b"half")],
        [ok(), frame(DATA, 0, 1, b"half"), frame(RESET, 0, 1, b"\0\0\0\2")],
        [ok(), frame(DATA, 0, 1, b"half"), frame(GOAWAY, 0, 0, b"\0\0\0\0\0\0\0\1")],
    ],
    ids=["silence", "stream reset", "goaway"],
)
def test_body_that_breaks_off_leaves_a_reply(pieces):
    outcome, _ = fetch(lambda: pieces, timeout=2.0 if len(pieces) == 2 else 60.0)

    assert isinstance(outcome, Reply)
    assert (outcome.status, outcome.complete) == (200, False)
    assert b"half".startswith(outcome.body)


def test_endless_body_is_cut_and_its_connection_not_used_again():
    def endless():
        yield ok()
        yield from forever(frame(DATA, 0, 1, b"x" * 16_000))

    first, second, connected = fetch(endless, count=2)

    assert (len(first.body), first.complete) == (10_000, False)
    assert (len(second.body), second.complete) == (10_000, False)
    assert connected == 2


def test_head_with_a_body_proves_nothing():
    def body():
        yield ok()
        yield from forever(frame(DATA, 0, 1, b"x" * 16_000))

    outcome, _ = fetch(body, method="HEAD")

    assert outcome.kind == "protocol"


def test_connection_that_ends_between_two_requests_is_no_failure():
    answered = asyncio.Event()

    def answer():
        yield ok(flags=END_HEADERS | END_STREAM)

    def once():
        yield from answer()
        yield frame(GOAWAY, 0, 0, b"\0\0\0\1\0\0\0\0")
        yield answered
        yield None

    async def run():
        limits = FetchLimits("t", networks(["127.0.0.0/8"]))
        async with serving(once, answer) as (url, served), Fetcher(limits) as fetcher:
            asked = Request("GET", parse(url), (), 60.0, 10_000)
            first = await fetcher.fetch(asked)
            answered.set()
            with contextlib.suppress(OSError):
                await served[0].wait_closed()
            return first.status, (await fetcher.fetch(asked)).status, len(served)

    assert asyncio.run(run()) == (200, 200, 2)
