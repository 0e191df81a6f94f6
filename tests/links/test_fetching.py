"""One request against servers that answer as they should, and as they should not."""

from __future__ import annotations

import asyncio
import gc
import gzip
import os
import socket
import tracemalloc
import warnings
import zlib
from pathlib import Path

import pytest

from mlsd_lint.links.addresses import parse
from mlsd_lint.links.exchange import Failure, Reply, Request
from mlsd_lint.links.fetching import Fetcher, FetchLimits
from mlsd_lint.links.safety import networks
from web import End, Response, Wait, behaviours, hostile
from web.certificates import expired_on

LOOPBACK = networks(["127.0.0.0/8", "::1"])
PAGE = behaviours.page("a")


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def trusted(web, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(web.ca_file))
    return web


def fetcher(web=None, *, allowed=LOOPBACK, names=()):
    known = {name: [ip] for name, ip in web.names.items()} if web else {}
    known.update(names)

    async def resolve(name):
        if name not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return known[name]

    return Fetcher(FetchLimits("checker/1 (+https://h.test)", allowed), resolve)


def request(url, method="GET", *, limit=100_000, timeout=10.0, headers=()):
    return Request(method, parse(url), headers, timeout, limit)


def fetch(url, method="GET", *, web=None, allowed=LOOPBACK, names=(), **how):
    async def run():
        async with fetcher(web, allowed=allowed, names=names) as fetching:
            outcome = await fetching.fetch(request(url, method, **how))
        await no_connection_left()
        return outcome

    return asyncio.run(run(), debug=True)


def sockets():
    links = (link for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
    found = set()
    for link in links:
        try:
            found.add(str(link.readlink()))
        except OSError:
            continue
    return {name for name in found if name.startswith("socket:")}


async def no_connection_left():
    """No task but this one is left, and no transport that nobody closed."""
    assert asyncio.all_tasks() == {asyncio.current_task()}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gc.collect()


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


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(RAW)),
        ("x-gzip", gzip.compress(RAW)),
        ("GZIP, identity", gzip.compress(RAW)),
        ("gzip", gzip.compress(RAW[:3000]) + gzip.compress(RAW[3000:])),
        ("gzip", gzip.compress(RAW) + b"\0\0padding"),
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
    body = gzip.compress(RAW) if encoding else RAW
    host = web.host(Response(200, body, {"Content-Encoding": encoding}))

    outcome = fetch(host.url("/"), limit=limit)

    assert (outcome.body, outcome.complete) == (RAW[:limit], False)


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_body_as_long_as_the_limit_is_complete(web, encoding):
    body = gzip.compress(RAW) if encoding else RAW
    host = web.host(Response(200, body, {"Content-Encoding": encoding}))

    outcome = fetch(host.url("/"), limit=len(RAW))

    assert (outcome.body, outcome.complete) == (RAW, True)


@pytest.mark.parametrize(
    ("encoding", "body", "kept"),
    [
        ("gzip", RAW, b""),
        ("deflate", b"\x78\x9cnonsense", b""),
        ("gzip, gzip", gzip.compress(gzip.compress(RAW)), b""),
        ("br", RAW, b""),
        ("gzip", gzip.compress(b"half")[:-9], b"half"),
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

    def endless(_seen):
        yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + start
        while True:
            yield nothing

    outcome = fetch(web.host(endless).url("/"), limit=1000, timeout=60)

    assert (outcome.body, outcome.complete) == (b"x", False)


@pytest.mark.parametrize("http2", [False, True])
def test_no_byte_of_an_endless_body_is_waited_for_if_none_is_wanted(trusted, http2):
    host = trusted.host(
        hostile.endless_body() if not http2 else PAGE, tls="valid" * http2, http2=http2
    )

    outcome = fetch(host.url("/"), limit=0)

    assert (outcome.status, outcome.body, outcome.complete) == (200, b"", False)


@pytest.mark.parametrize(
    ("behaviour", "body"),
    [
        (hostile.stops_halfway(), b"0123456789"),
        (hostile.half_closed(), b"0123456789"),
        (hostile.cut_short(), b"0123456789"),
        (hostile.reset_halfway(), b"0123456789"),
        (hostile.broken_chunks(), b"Good"),
        (hostile.trickled_body(0.3), b"x"),
    ],
)
def test_body_that_breaks_off_leaves_a_reply(web, behaviour, body):
    outcome = fetch(web.host(behaviour).url("/"), timeout=0.5)

    assert isinstance(outcome, Reply)
    assert (outcome.status, outcome.complete) == (200, False)
    assert outcome.body.startswith(body)


@pytest.mark.parametrize("tls", ["", "valid"])
def test_body_that_ends_with_the_connection_is_complete(trusted, tls):
    host = trusted.host(hostile.until_close(Response(200, b"old")), tls=tls)

    outcome = fetch(host.url("/"))

    assert (outcome.body, outcome.complete) == (b"old", True)


# --- what fails, and why ---


@pytest.mark.parametrize(
    ("behaviour", "kind", "reason"),
    [
        (hostile.reset(), "reset", "connection reset before an answer"),
        (hostile.close(), "reset", "connection closed without an answer"),
        (lambda _: [End.HALF_CLOSE], "reset", "connection closed without an answer"),
        (hostile.hang(), "timeout", "no answer within 0.5 s"),
        (hostile.trickled_head(0.2), "timeout", "no answer within 0.5 s"),
        (hostile.malformed_status_line(), "protocol", "what came back is no valid HTTP"),
        (hostile.no_http(b"<html>\r\n\r\n"), "protocol", "what came back is no valid HTTP"),
    ],
)
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_failure(web, behaviour, kind, reason, method):
    host = web.host(behaviour)

    outcome = fetch(host.url("/"), method, timeout=0.5)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.reason) == (kind, reason)
    assert len(host.log) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        hostile.endless_head(),
        hostile.gigantic_header(),
        hostile.endless_informational(100),
        hostile.endless_informational(103),
    ],
)
def test_floods_of_headers_are_bounded(web, behaviour):
    host = web.host(behaviour)
    tracemalloc.start()
    try:
        outcome = fetch(host.url("/"), timeout=60)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert outcome[:2] == ("protocol", "more headers than are read")
    assert peak < 10_000_000


@pytest.mark.parametrize("http2", [False, True])
def test_server_may_say_twice_that_it_is_at_work(web, http2):
    answer = (
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2 + b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    )

    assert fetch(web.host(lambda _: answer).url("/")).status == 200


def test_refused(web):
    ip = web.host(PAGE).ip
    with socket.socket() as unused:
        unused.bind((ip, 0))
        port = unused.getsockname()[1]
        outcome = fetch(f"http://{ip}:{port}/")

    assert outcome[:2] == ("connect", "connection refused")


def test_no_connection_in_time():
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        try:
            for filler in fillers:
                filler.setblocking(False)  # noqa: FBT003  # the name of the method says it
                filler.connect_ex(full.getsockname())
            outcome = fetch(f"http://127.0.0.1:{full.getsockname()[1]}/", timeout=0.3)
        finally:
            for filler in fillers:
                filler.close()

    assert outcome[:2] == ("connect", "no connection within 0.3 s")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (socket.EAI_NONAME, "name"),
        (getattr(socket, "EAI_NODATA", socket.EAI_NONAME), "name"),
        (socket.EAI_AGAIN, "resolver"),
        (socket.EAI_FAIL, "resolver"),
    ],
)
def test_name_that_does_not_resolve(error, kind):
    async def resolve(_name):
        raise socket.gaierror(error, "no")

    async def run():
        async with Fetcher(FetchLimits("t"), resolve) as fetching:
            return await fetching.fetch(request("http://nowhere.net/"))

    assert asyncio.run(run()).kind == kind


def test_name_server_that_never_answers():
    async def resolve(_name):
        await asyncio.sleep(60)

    async def run():
        async with Fetcher(FetchLimits("t"), resolve) as fetching:
            outcome = await fetching.fetch(request("http://slow.net/", timeout=0.1))
        await no_connection_left()
        return outcome

    assert asyncio.run(run())[:2] == ("resolver", "the name server did not answer within 0.1 s")


def test_names_are_resolved_once_a_run_and_failures_of_the_name_server_again(web):
    host = web.host(PAGE)
    asked = []

    async def resolve(name):
        asked.append(name)
        await asyncio.sleep(0.01)
        if name == "flaky.net" and asked.count(name) == 1:
            raise socket.gaierror(socket.EAI_AGAIN, "later")
        return [host.ip]

    async def run():
        async with Fetcher(FetchLimits("t", LOOPBACK), resolve) as fetching:
            one = request(f"http://one.net:{host.port}/")
            flaky = request(f"http://flaky.net:{host.port}/")
            both = await asyncio.gather(fetching.fetch(one), fetching.fetch(one))
            return [*both, await fetching.fetch(flaky), await fetching.fetch(flaky)]

    outcomes = asyncio.run(run())
    assert [getattr(one, "status", 0) for one in outcomes] == [200, 200, 0, 200]
    assert asked == ["one.net", "flaky.net", "flaky.net"]


def test_system_resolver(web):
    host = web.host(PAGE, ip="127.0.0.1")

    async def run():
        async with Fetcher(FetchLimits("t", LOOPBACK)) as fetching:
            return await fetching.fetch(request(f"http://localhost:{host.port}/"))

    assert asyncio.run(run()).status == 200
    assert host.log[0].headers["host"] == f"localhost:{host.port}"


# --- forbidden addresses ---


@pytest.mark.parametrize("written", ["{ip}", "[::ffff:{ip}]", "0x7f.0.0.{last}", "0177.0.{last}"])
def test_forbidden_host_is_not_connected_to(web, written):
    host = web.host(PAGE)
    name = written.format(ip=host.ip, last=host.ip.rpartition(".")[2])

    outcome = fetch(f"http://{name}:{host.port}/", allowed=())

    assert outcome.kind == "forbidden"
    assert "is a loopback address" in outcome.reason
    assert host.connections == 0


def test_forbidden_address_of_a_name(web):
    host = web.host(PAGE, name="inner.net")

    outcome = fetch(host.url("/"), web=web, allowed=())

    assert outcome[:2] == ("forbidden", f"inner.net is {host.ip}, a loopback address")
    assert host.connections == 0


def test_of_several_addresses_only_those_that_may_be_asked_are(web):
    inner, outer = web.host(PAGE, ip="127.1.0.1"), web.host(PAGE, ip="127.2.0.1")
    url = f"http://both.net:{outer.port}/"
    names = {"both.net": [inner.ip, outer.ip]}

    outcome = fetch(url, allowed=networks(["127.2.0.0/16"]), names=names)

    assert isinstance(outcome, Reply)
    assert (inner.connections, outer.connections) == (0, 1)


def test_the_address_that_was_looked_at_is_the_one_connected_to(web):
    """A name server that says something else the second time finds nobody asking."""
    outer, inner = web.host(PAGE, ip="127.1.0.2"), web.host(PAGE, ip="127.2.0.2")
    answers = iter([[outer.ip], [inner.ip], [inner.ip]])

    async def resolve(_name):
        return next(answers)

    async def run():
        limits = FetchLimits("t", networks(["127.1.0.0/16"]))
        async with Fetcher(limits, resolve) as fetching:
            for _ in range(2):
                await fetching.fetch(request(f"http://rebinds.net:{outer.port}/"))
                await fetching.release(f"http://rebinds.net:{outer.port}")

    asyncio.run(run())
    assert (outer.connections, inner.connections) == (2, 0)


def test_next_address_is_tried_where_the_first_refuses(web):
    host = web.host(PAGE)
    names = {"two.net": ["127.250.250.250", host.ip]}

    assert fetch(f"http://two.net:{host.port}/", names=names).status == 200


# --- TLS ---


@pytest.mark.parametrize("http2", [False, True])
def test_secure_connection(trusted, http2):
    host = trusted.host(PAGE, tls="valid", name="good.net", http2=http2)

    outcome = fetch(host.url("/"), web=trusted)

    assert (outcome.status, outcome.complete) == (200, True)
    assert host.log[0].http2 == http2


@pytest.mark.parametrize(
    ("tls", "reason"),
    [
        ("expired", f"certificate expired on {expired_on().date()}"),
        ("not-yet-valid", "certificate is not valid until "),
        ("wrong-name", "certificate is for wrong.test, not some.net"),
        ("unknown-ca", "certificate is from an unknown issuer"),
        ("self-signed", "certificate is signed by nobody but itself"),
        ("not-spoken", "no secure connection: the server does not speak TLS there"),
        ("hangs", "no secure connection within 1 s"),
    ],
)
def test_no_secure_connection(trusted, tls, reason):
    host = trusted.host(PAGE, tls=tls, name="some.net")

    outcome = fetch(host.url("/"), web=trusted, timeout=1.0)

    assert outcome.kind == "tls"
    assert outcome.reason.startswith(reason)
    assert host.log == []


def test_connection_that_ends_within_the_handshake(trusted):
    host = trusted.host(PAGE, tls="valid", name="some.net")
    host.on_connect = [End.RESET]

    outcome = fetch(host.url("/"), web=trusted)

    assert outcome.kind == "reset"


def test_secure_server_asked_in_the_clear(trusted):
    host = trusted.host(PAGE, tls="valid")

    outcome = fetch(host.url("/").replace("https:", "http:"), timeout=2)

    assert isinstance(outcome, Failure)


# --- connections ---


def test_connections_are_used_again_and_closed_when_released(web):
    host = web.host(PAGE)

    async def run():
        async with fetcher(web) as fetching:
            for _ in range(3):
                await fetching.fetch(request(host.url("/"), "HEAD"))
            assert host.connections == 1
            before = sockets()
            await fetching.release(parse(host.url("/")).origin)
            await asyncio.sleep(0.05)
            assert len(sockets()) < len(before)
            await fetching.fetch(request(host.url("/")))
        assert host.connections == 2

    asyncio.run(run())


def test_requests_to_one_host_at_once_share_a_connection_of_http2(trusted):
    host = trusted.host(PAGE, tls="valid", http2=True)
    host.latency = 0.05

    async def run():
        async with fetcher(trusted) as fetching:
            return await asyncio.gather(
                *(fetching.fetch(request(host.url(f"/{at}"))) for at in range(8))
            )

    assert [outcome.status for outcome in asyncio.run(run())] == [200] * 8
    assert host.connections == 1


@pytest.mark.parametrize("tls", ["", "valid"])
def test_requests_to_one_host_at_once_have_connections_of_http1(trusted, tls):
    host = trusted.host(PAGE, tls=tls)
    host.latency = 0.05

    async def run():
        async with fetcher(trusted) as fetching:
            return await asyncio.gather(
                *(fetching.fetch(request(host.url(f"/{at}"))) for at in range(4))
            )

    assert [outcome.status for outcome in asyncio.run(run())] == [200] * 4
    assert host.connections == 4


@pytest.mark.parametrize("ending", [End.CLOSE, End.RESET])
def test_connection_that_the_server_closed_while_idle_is_no_failure(web, ending):
    page = Response(200, b"ok")
    host = web.host(lambda _: [page.encoded("GET"), Wait(0.05), ending])

    async def run():
        async with fetcher(web) as fetching:
            outcomes = []
            for _ in range(4):
                outcomes.append(await fetching.fetch(request(host.url("/"))))
                await asyncio.sleep(0.1)
            return outcomes

    assert [outcome.status for outcome in asyncio.run(run())] == [200] * 4
    assert len(host.log) == 4


def test_connection_that_the_server_closes_as_the_request_comes_is_no_failure(web):
    """Every connection answers once, and is closed when it is asked a second time."""
    answered = set()

    def once(seen):
        if seen.connection in answered:
            return [End.CLOSE]
        answered.add(seen.connection)
        return Response(200, b"ok")

    host = web.host(once)

    async def run():
        async with fetcher(web) as fetching:
            return [await fetching.fetch(request(host.url("/"))) for _ in range(3)]

    assert [outcome.status for outcome in asyncio.run(run())] == [200] * 3


def test_server_that_always_closes_is_asked_once(web):
    host = web.host(hostile.close())

    assert fetch(host.url("/")).kind == "reset"
    assert len(host.log) == 1


def test_body_after_head_does_not_spoil_the_next_request(web):
    host = web.host(lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody")
    raw = Response(200, b"body").encoded("GET")
    host.behaviour = lambda _: [raw, Wait(0.2), raw]

    async def run():
        async with fetcher(web) as fetching:
            first = await fetching.fetch(request(host.url("/"), "HEAD"))
            second = await fetching.fetch(request(host.url("/")))
            return first, second

    first, second = asyncio.run(run())
    assert (first.status, first.body) == (200, b"")
    assert (second.status, second.body) == (200, b"body")


@pytest.mark.parametrize("tls", ["", "valid"])
@pytest.mark.parametrize("http2", [False, True])
def test_cancelled_requests_leave_nothing(trusted, tls, http2):
    host = trusted.host(PAGE, tls=tls, http2=http2)
    host.latency = 0.02

    async def run():
        before = sockets()
        async with fetcher(trusted) as fetching:
            for delay in range(30):
                tasks = [
                    asyncio.create_task(fetching.fetch(request(host.url(f"/{at}"))))
                    for at in range(3)
                ]
                await asyncio.sleep(delay / 1000)
                tasks[0].cancel()
                outcomes = await asyncio.gather(*tasks, return_exceptions=True)
                assert all(outcome.complete for outcome in outcomes[1:]), outcomes
            assert (await fetching.fetch(request(host.url("/")))).status == 200
        await asyncio.sleep(0.1)
        # Those that are left over are the server's own, in this process too.
        assert len(sockets() - before) <= 1
        await no_connection_left()

    asyncio.run(run(), debug=True)


def test_leaving_while_requests_are_under_way_closes_their_connections(trusted):
    hosts = [trusted.host(hostile.hang()), trusted.host(PAGE, tls="hangs")]

    async def run():
        async with fetcher(trusted) as fetching:
            tasks = [asyncio.create_task(fetching.fetch(request(one.url("/")))) for one in hosts]
            await asyncio.sleep(0.1)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await no_connection_left()

    asyncio.run(run(), debug=True)


# --- proxies ---


def test_proxy_is_used_for_what_it_is_for(trusted, monkeypatch):
    proxy = trusted.proxy()
    plain = trusted.host(PAGE, name="plain.net")
    secure = trusted.host(PAGE, tls="valid", name="secure.net", http2=True)
    direct = trusted.host(PAGE, name="direct.net")
    monkeypatch.setenv("HTTP_PROXY", proxy.origin)
    monkeypatch.setenv("HTTPS_PROXY", proxy.origin)
    monkeypatch.setenv("NO_PROXY", "direct.net")

    outcomes = [fetch(host.url("/x%2Fy?"), web=trusted) for host in (plain, secure, direct)]

    assert [getattr(outcome, "status", outcome) for outcome in outcomes] == [200] * 3
    assert [seen.target for seen in proxy.log] == [plain.url("/x%2Fy?"), secure.authority]
    assert [host.log[0].target for host in (plain, secure, direct)] == ["/x%2Fy?"] * 3


def test_name_that_only_the_proxy_knows(trusted, monkeypatch):
    proxy = trusted.proxy()
    host = trusted.host(PAGE, name="far.net")
    monkeypatch.setenv("ALL_PROXY", proxy.origin)

    assert fetch(host.url("/")).status == 200


@pytest.mark.parametrize("known", [False, True])
def test_proxy_is_not_asked_for_what_is_forbidden(trusted, monkeypatch, known):
    proxy = trusted.proxy()
    host = trusted.host(PAGE, name="inner.net" if known else "")
    monkeypatch.setenv("ALL_PROXY", proxy.origin)

    outcome = fetch(host.url("/"), web=trusted, allowed=())

    assert outcome.kind == "forbidden"
    assert proxy.connections == 0


def test_proxy_is_not_asked_for_a_name_of_which_one_address_is_forbidden(trusted, monkeypatch):
    proxy = trusted.proxy()
    monkeypatch.setenv("ALL_PROXY", proxy.origin)

    outcome = fetch("http://both.net/", allowed=(), names={"both.net": ["8.8.8.8", "10.0.0.1"]})

    assert outcome[:2] == ("forbidden", "both.net is 10.0.0.1, a private address")
    assert proxy.connections == 0


def test_proxy_may_be_private(trusted, monkeypatch):
    proxy = trusted.proxy()
    trusted.host(PAGE)
    monkeypatch.setenv("HTTP_PROXY", proxy.origin)

    outcome = fetch("http://far.net/", allowed=())

    assert outcome.status == 502
    assert proxy.connections == 1


def test_proxy_that_refuses(trusted, monkeypatch):
    proxy = trusted.host(behaviours.status(407))
    monkeypatch.setenv("HTTPS_PROXY", proxy.origin)

    outcome = fetch("https://far.net/")

    assert outcome[:2] == ("proxy", "the proxy does not let it through: 407")


@pytest.mark.parametrize("value", ["http://:nonsense", "ftp://h", "socks5://127.0.0.1:1"])
def test_proxy_that_cannot_be_used(monkeypatch, value):
    monkeypatch.setenv("HTTP_PROXY", value)

    assert fetch("http://far.net/").kind == "proxy"
