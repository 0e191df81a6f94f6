"""What goes out to a server, and what is made of what comes back."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from functools import partial

import pytest

from links.fetched import PAGE, fetch, fetcher, request
from mlsd_lint.links.exchange import Failure, Reply
from web import Response, behaviours, hostile

pytestmark = pytest.mark.usefixtures("no_proxy")


# --- what goes out ---


@pytest.mark.parametrize(
    "target",
    [
        "/x%2fy%2F?u=a%26b",
        "/a/../b/./c",
        "//a//b",
        "/?",
        "/a|b[c]'d\"e`f^g{h}\\i<j>?x=[1]|'&&",
        "/%7e%zz%",
    ],
)
@pytest.mark.parametrize("tls", [False, True])
def test_target_goes_out_byte_for_byte(trusted, target, tls):
    host = trusted.host(PAGE, tls="valid" if tls else "", http2=tls)

    outcome = fetch(host.url(target + "#fragment"))

    assert isinstance(outcome, Reply)
    assert [seen.target for seen in host.log] == [target]
    assert host.log[0].http2 == tls


def test_headers_that_every_request_has(web):
    host = web.host(PAGE)

    fetch(host.url("/"))

    headers = dict(host.log[0].headers)
    assert headers.pop("accept").endswith("*/*;q=0.8")
    assert headers == {
        "host": host.authority,
        "user-agent": "checker/1 (+https://h.test)",
        "accept-encoding": "gzip, deflate",
    }


def test_headers_of_a_request_come_in_place_of_the_usual_ones(web):
    host = web.host(PAGE)
    headers = (("User-Agent", "other/2"), ("If-None-Match", '"x"'), ("X-Ü".replace("Ü", "U"), "ä"))

    fetch(host.url("/"), headers=headers)

    seen = host.log[0].headers
    assert (seen["user-agent"], seen["if-none-match"]) == ("other/2", '"x"')


def test_credentials_go_out_as_basic_authentication(web):
    host = web.host(PAGE)
    url = host.url("/").replace("//", "//us%65r:p%40ss@")

    fetch(url)
    fetch(url, headers=(("Authorization", "Bearer token"),))

    sent = [seen.headers["authorization"] for seen in host.log]
    assert sent == ["Basic dXNlcjpwQHNz", "Bearer token"]


def test_header_that_cannot_be_sent_is_not_told(web):
    outcome = fetch(web.host(PAGE).url("/"), headers=(("X-Token", "secret\r\nX: y"),))

    assert isinstance(outcome, Failure)
    assert "secret" not in repr(outcome)


def test_no_cookie_is_kept_and_no_referer_sent(web):
    host = web.host(Response(200, b"", {"Set-Cookie": "a=b"}))

    async def run():
        async with fetcher(web) as fetching:
            for path in "/1", "/2":
                await fetching.fetch(request(host.url(path)))

    asyncio.run(run())
    assert not any({"cookie", "referer"} & set(seen.headers) for seen in host.log)


# --- what comes back ---


def test_reply(web):
    host = web.host(Response(404, b"gone", {"X-Two": "a"}))

    outcome = fetch(host.url("/"))

    assert (outcome.status, outcome.body, outcome.complete) == (404, b"gone", True)
    assert outcome.headers["x-two"] == "a"


def test_headers_that_come_several_times_are_joined(web):
    raw = b"HTTP/1.1 200 OK\r\nLink: <a>\r\nLINK: <b>\r\nX: caf\xe9\r\nContent-Length: 0\r\n\r\n"

    outcome = fetch(web.host(lambda _: raw).url("/"))

    assert outcome.headers == {"link": "<a>, <b>", "x": "caf\xe9", "content-length": "0"}


def test_redirects_are_not_followed(web):
    host = web.host(behaviours.redirect("/there", 301))

    outcome = fetch(host.url("/"))

    assert (outcome.status, outcome.headers["location"]) == (301, "/there")
    assert len(host.log) == 1


@pytest.mark.parametrize("tls", ["", "valid"])
@pytest.mark.parametrize("http2", [False, True])
def test_head_has_no_body(trusted, tls, http2):
    host = trusted.host(PAGE, tls=tls, http2=http2)

    outcome = fetch(host.url("/"), "HEAD")

    assert (outcome.status, outcome.body, outcome.complete) == (200, b"", True)


RAW = b"words " * 1000
gzipped = partial(gzip.compress, mtime=0)  # a test's name holds it, in every process the same


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzipped(RAW)),
        ("x-gzip", gzipped(RAW)),
        ("GZIP, identity", gzipped(RAW)),
        ("gzip", gzipped(RAW[:3000]) + gzipped(RAW[3000:])),
        ("gzip", gzipped(RAW) + b"\0\0padding"),
        ("deflate", zlib.compress(RAW)),
        ("deflate", zlib.compress(RAW)[2:-4]),
        ("identity", RAW),
        ("", RAW),
    ],
)
def test_body_is_decompressed(web, encoding, body):
    host = web.host(Response(200, body, {"Content-Encoding": encoding}))

    outcome = fetch(host.url("/"))

    assert (outcome.body, outcome.complete) == (RAW, True)


@pytest.mark.parametrize("limit", [1, 10, 5999])
@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_body_is_cut_at_the_limit_after_decompression(web, limit, encoding):
    body = gzipped(RAW) if encoding else RAW
    host = web.host(Response(200, body, {"Content-Encoding": encoding}))

    outcome = fetch(host.url("/"), limit=limit)

    assert (outcome.body, outcome.complete) == (RAW[:limit], False)


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_body_as_long_as_the_limit_is_complete(web, encoding):
    body = gzipped(RAW) if encoding else RAW
    host = web.host(Response(200, body, {"Content-Encoding": encoding}))

    outcome = fetch(host.url("/"), limit=len(RAW))

    assert (outcome.body, outcome.complete) == (RAW, True)


@pytest.mark.parametrize(
    ("encoding", "body", "kept"),
    [
        ("gzip", RAW, b""),
        ("deflate", b"\x78\x9cnonsense", b""),
        ("gzip, gzip", gzipped(gzipped(RAW)), b""),
        ("br", RAW, b""),
        ("gzip", gzipped(b"half")[:-9], b"half"),
        ("gzip", b"\x1f", b""),
    ],
)
def test_body_that_is_not_encoded_as_it_says(web, encoding, body, kept):
    host = web.host(Response(200, body, {"Content-Encoding": encoding}))

    outcome = fetch(host.url("/"))

    assert (outcome.status, outcome.complete) == (200, False)
    assert kept.startswith(outcome.body)


def test_empty_body_needs_no_compression(web):
    host = web.host(Response(200, b"", {"Content-Encoding": "gzip"}))

    outcome = fetch(host.url("/"))

    assert (outcome.body, outcome.complete) == (b"", True)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_bomb_leaves_the_memory_flat(web, coding):
    host = web.host(hostile.bomb(coding))
    tracemalloc.start()
    try:
        outcome = fetch(host.url("/"), limit=1_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert (len(outcome.body), outcome.complete) == (1_000_000, False)
    assert peak < 30_000_000


def test_padding_without_content_ends(web):
    packer = zlib.compressobj(wbits=31)
    start = packer.compress(b"x") + packer.flush(zlib.Z_SYNC_FLUSH)
    nothing = b"\x00\x00\x00\xff\xff" * 2000  # empty stored blocks

    sent = [0]

    def endless(_seen):
        yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + start
        while True:
            sent[0] += len(nothing)
            yield nothing

    outcome = fetch(web.host(endless).url("/"), limit=1000)

    assert (outcome.body, outcome.complete) == (b"x", False)
    assert sent[0] < 20_000_000  # and not until time runs out


@pytest.mark.parametrize("http2", [False, True])
def test_no_byte_of_an_endless_body_is_waited_for_if_none_is_wanted(trusted, http2):
    host = trusted.host(
        hostile.endless_body() if not http2 else PAGE, tls="valid" * http2, http2=http2
    )

    outcome = fetch(host.url("/"), limit=0)

    assert (outcome.status, outcome.body, outcome.complete) == (200, b"", False)


@pytest.mark.parametrize(
    ("behaviour", "body", "timeout"),
    [
        (hostile.stops_halfway(), b"0123456789", 2.0),
        (hostile.half_closed(), b"0123456789", 60.0),
        (hostile.cut_short(), b"0123456789", 60.0),
        (hostile.reset_halfway(), b"0123456789", 60.0),
        (hostile.broken_chunks(), b"Good", 60.0),
        (hostile.trickled_body(3600), b"x", 2.0),
    ],
)
def test_body_that_breaks_off_leaves_a_reply(web, behaviour, body, timeout):
    outcome = fetch(web.host(behaviour).url("/"), timeout=timeout)

    assert isinstance(outcome, Reply)
    assert (outcome.status, outcome.complete) == (200, False)
    assert outcome.body.startswith(body)


@pytest.mark.parametrize("tls", ["", "valid"])
def test_body_that_ends_with_the_connection_is_complete(trusted, tls):
    host = trusted.host(hostile.until_close(Response(200, b"old")), tls=tls)

    outcome = fetch(host.url("/"))

    assert (outcome.body, outcome.complete) == (b"old", True)
