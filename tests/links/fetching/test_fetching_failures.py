"""Why there was no answer, and whom nobody asks."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import tracemalloc

import pytest

from links.fetched import LOOPBACK, PAGE, fetch, no_connection_left, request
from mlsd_lint.links.exchange import Failure, Reply
from mlsd_lint.links.fetching.failures import no_address, no_connection
from mlsd_lint.links.fetching.fetcher import Fetcher, FetchLimits
from mlsd_lint.links.fetching.safety import networks
from web import End, hostile
from web.certificates import expired_on

pytestmark = pytest.mark.usefixtures("no_proxy")


# --- what fails, and why ---


@pytest.mark.parametrize(
    ("behaviour", "kind", "reason"),
    [
        (hostile.reset(), "reset", "connection reset before an answer"),
        (hostile.close(), "reset", "connection closed without an answer"),
        (lambda _: [End.HALF_CLOSE], "reset", "connection closed without an answer"),
        (hostile.hang(), "timeout", "no answer within 2 s"),
        (hostile.trickled_head(0.2), "timeout", "no answer within 2 s"),
        (hostile.malformed_status_line(), "protocol", "what came back is no valid HTTP"),
        (hostile.no_http(b"<html>\r\n\r\n"), "protocol", "what came back is no valid HTTP"),
    ],
)
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_failure(web, behaviour, kind, reason, method):
    host = web.host(behaviour)

    outcome = fetch(host.url("/"), method, timeout=2.0 if kind == "timeout" else 60.0)

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
        outcome = fetch(host.url("/"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert outcome[:2] == ("protocol", "more headers than are read")
    assert peak < 10_000_000


def test_server_may_say_twice_that_it_is_at_work(web):
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


@contextlib.contextmanager
def swallowing(ip, port=0):
    """An address at which nobody accepts connections, nor refuses them."""
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.socket())
        full.bind((ip, port))
        full.listen(0)
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)  # noqa: FBT003  # the name of the method says it
            filler.connect_ex(full.getsockname())
        yield full.getsockname()[1]


@pytest.mark.parametrize(
    ("numbers", "kind", "reason"),
    [
        ([errno.ENETUNREACH], "local", "the network of the host cannot be reached"),
        ([errno.EMFILE], "local", "this machine has too many files open"),
        ([errno.ENETUNREACH, errno.EHOSTUNREACH], "connect", "no route to the host"),
        ([errno.EHOSTUNREACH, errno.ECONNREFUSED], "connect", "connection refused"),
        ([errno.EPROTO], "connect", "no connection"),
        ([], "connect", "no connection"),
    ],
)
def test_what_this_machine_lacks_is_told_from_what_the_host_refuses(numbers, kind, reason):
    error = no_connection([OSError(number, "x") for number in numbers])

    assert (error.kind, error.reason) == (kind, reason)


def test_too_many_files_to_ask_a_name_server():
    assert no_address(OSError(errno.EMFILE, "x")).kind == "local"


def test_no_connection_in_time():
    with swallowing("127.0.0.1") as port:
        outcome = fetch(f"http://127.0.0.1:{port}/", timeout=0.3)

    assert outcome[:2] == ("connect", "no connection within 0.3 s")


def test_next_address_is_tried_where_the_first_does_not_answer(web):
    host = web.host(PAGE)
    names = {"two.net": ["127.250.250.251", host.ip]}

    with swallowing("127.250.250.251", host.port):
        outcome = fetch(f"http://two.net:{host.port}/", names=names)

    assert outcome.status == 200


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
        ("hangs", "no secure connection within 2 s"),
    ],
    ids=lambda value: value.partition(" ")[0],  # without a day, which may be over when others start
)
def test_no_secure_connection(trusted, tls, reason):
    host = trusted.host(PAGE, tls=tls, name="some.net")

    outcome = fetch(host.url("/"), web=trusted, timeout=2.0 if tls == "hangs" else 60.0)

    assert outcome.kind == ("trust" if tls == "unknown-ca" else "tls")
    assert outcome.reason.startswith(reason)
    assert host.log == []


def test_connection_that_ends_within_the_handshake(trusted):
    host = trusted.host(PAGE, tls="valid", name="some.net")
    host.on_connect = [End.RESET]

    outcome = fetch(host.url("/"), web=trusted)

    assert outcome.kind == "reset"


def test_secure_server_asked_in_the_clear(trusted):
    host = trusted.host(PAGE, tls="valid")

    outcome = fetch(host.url("/").replace("https:", "http:"))

    assert isinstance(outcome, Failure)
