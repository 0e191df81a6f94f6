"""Connections that are kept, shared, broken off and made through proxies."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from links.fetched import PAGE, fetch, fetcher, no_connection_left, request
from mlsd_lint.links.addresses import parse
from web import End, Response, Wait, behaviours, hostile

pytestmark = pytest.mark.usefixtures("no_proxy")


def sockets():
    links = (link for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
    found = set()
    for link in links:
        try:
            found.add(str(link.readlink()))
        except OSError:
            continue
    return {name for name in found if name.startswith("socket:")}


async def until(condition):
    """For what comes about a moment later."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110  # what a socket comes to is no event
            await asyncio.sleep(0.01)


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
            await until(lambda: len(sockets()) < len(before))
            await fetching.fetch(request(host.url("/")))
        assert host.connections == 2

    asyncio.run(run())


def test_requests_to_one_host_at_once_share_a_connection_of_http2(trusted):
    host = trusted.host(PAGE, tls="valid", http2=True)
    host.latency = 0.2

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
    host.latency = 0.2

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
        # One that is left over is the server's own, in this process too.
        await until(lambda: len(sockets() - before) <= 1)
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


def test_proxy_that_is_not_there(trusted, monkeypatch):
    host = trusted.host(PAGE)
    monkeypatch.setenv("ALL_PROXY", "http://user:secret@127.0.0.1:9")

    outcome = fetch(host.url("/"), web=trusted)

    reason = "the proxy 127.0.0.1:9 cannot be reached: connection refused"
    assert outcome[:2] == ("setup", reason)
    assert host.log == []


@pytest.mark.parametrize("value", ["http://:nonsense", "ftp://h", "socks5://127.0.0.1:1"])
def test_proxy_that_cannot_be_used(monkeypatch, value):
    monkeypatch.setenv("HTTP_PROXY", value)

    assert fetch("http://far.net/").kind == "setup"
