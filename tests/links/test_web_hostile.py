"""The web for tests breaks HTTP, connections and TLS as it says, and forwards as a proxy."""

from __future__ import annotations

import asyncio
import socket
import ssl
import zlib
from itertools import islice

import httpx
import pytest

from web import End, Response, Web, behaviours, hostile
from web.behaviours import page, slow
from web.certificates import expired_on
from web.clients import ask, talk, wait_until

# --- connections ---


@pytest.mark.parametrize(
    ("behaviour", "body", "ending"),
    [
        (hostile.reset(), b"", "reset"),
        (hostile.close(), b"", "closed"),
        (hostile.hang(), b"", "open"),
        (hostile.stops_halfway(), b"0123456789", "open"),
        (hostile.half_closed(), b"0123456789", "closed"),
        (hostile.cut_short(), b"0123456789", "closed"),
        (hostile.reset_halfway(), b"0123456789", "reset"),
    ],
)
def test_connections_end_as_they_should_not(web, behaviour, body, ending):
    received, seen_ending = talk(web.host(behaviour), patience=2 if ending == "open" else 60)
    assert (received.partition(b"\r\n\r\n")[2], seen_ending) == (body, ending)


def test_a_half_closed_connection_is_still_read(web):
    host = web.host(hostile.half_closed())
    with socket.create_connection((host.ip, host.port)) as client:
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        while client.recv(1000):
            pass
        client.sendall(b"x" * 1000)
        assert host.running == 1


def test_a_host_can_reset_before_a_request(web):
    host = web.host()
    host.on_connect = [End.RESET]
    assert talk(host, method="") == (b"", "reset")
    assert host.log == []
    assert host.connections == 1


# --- slow and endless ---


def test_bytes_trickle(web):
    head = web.host(hostile.trickled_head(0.01))
    assert ask(head)[2] == b"ok"
    body = web.host(hostile.trickled_body(0.01, length=5))
    assert ask(body)[2] == b"xxxxx"
    slowly = web.host(hostile.trickled_head(3600))
    assert talk(slowly, patience=2) == (b"H", "open")


@pytest.mark.parametrize(
    ("behaviour", "again"),
    [
        (hostile.endless_body(), b"<p>More.</p>\n"),
        (hostile.endless_head(), b"\r\nX-Header-"),
        (hostile.endless_informational(), b"HTTP/1.1 103 Wait\r\n\r\n"),
        (hostile.gigantic_header(), b"x" * 1000),
    ],
)
def test_answers_without_end(web, behaviour, again):
    received, ending = talk(web.host(behaviour), limit=500_000)
    assert ending == "more"
    assert received.count(again) > 100


def test_an_endless_answer_leaves_the_other_hosts_their_turn(web):
    greedy, other = web.host(hostile.endless_body()), web.host()
    with socket.create_connection((greedy.ip, greedy.port)) as client:
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        for _ in range(20):
            client.recv(1 << 20)
            assert ask(other)[0] == 200


def test_a_gigantic_header_ends_in_a_good_answer(web):
    received, ending = talk(web.host(hostile.gigantic_header(100_000)))
    assert ending == "closed"
    assert received.endswith(b"xx\r\nContent-Length: 2\r\n\r\nok")


# --- bodies that are not what the head says ---


@pytest.mark.parametrize(("coding", "bits"), [("gzip", 31), ("deflate", 15)])
def test_bombs_are_small_on_the_wire(web, coding, bits):
    _, headers, body = ask(web.host(hostile.bomb(coding, gigabytes=1)))
    assert headers["Content-Encoding"] == coding
    assert len(body) < 2_000_000
    inflating = zlib.decompressobj(bits)
    piece = inflating.decompress(body, 100 << 20)
    assert piece == b" " * (100 << 20)
    assert inflating.unconsumed_tail


def test_lies_about_the_body(web):
    hosts = {
        "/encoding": hostile.false_encoding(),
        "/chunks": hostile.broken_chunks(),
        "/long": hostile.too_long(),
        "/close": hostile.until_close(page("one")),
        "/status": hostile.malformed_status_line(),
        "/ssh": hostile.no_http(),
    }
    host = web.host(hosts)
    with httpx.Client(timeout=60) as client:
        for path in ("/encoding", "/chunks", "/status", "/ssh"):
            with pytest.raises((httpx.DecodingError, httpx.RemoteProtocolError)):
                client.get(host.url(path))
    assert ask(host, "/long")[2] == b"01234"
    assert b'id="one"' in ask(host, "/close")[2]


def test_head_gets_the_head_of_a_hostile_body_alone(web):
    for behaviour in (hostile.endless_body(), hostile.bomb(), hostile.trickled_body()):
        received, ending = talk(web.host(behaviour), "HEAD")
        assert received.endswith(b"\r\n\r\n")
        assert ending == "closed"


# --- TLS ---


def ask_securely(web, host, *, timeout=60, **options):
    context = ssl.create_default_context(cafile=web.ca_file)
    with httpx.Client(verify=context, timeout=timeout, trust_env=False, **options) as client:
        return client.get(host.url("/x"))


def test_a_valid_certificate_is_trusted_by_its_authority(web):
    host = web.host(tls="valid")
    assert host.url().startswith("https://")
    assert ask_securely(web, host).status_code == 200
    assert [(seen.tls, seen.http2) for seen in host.log] == [(True, False)]


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [
        ("expired", "certificate has expired"),
        ("not-yet-valid", "certificate is not yet valid"),
        ("wrong-name", "IP address mismatch"),
        ("unknown-ca", "unable to get local issuer certificate"),
        ("self-signed", "self-signed certificate"),
        ("not-spoken", "SSL|TLS|WRONG_VERSION"),
    ],
)
def test_certificates_are_bad_in_their_own_way(web, kind, complaint):
    host = web.host(tls=kind)
    with pytest.raises(httpx.ConnectError, match=complaint):
        ask_securely(web, host)
    wait_until(lambda: host.failed_handshakes == (kind != "not-spoken"))
    assert host.connections == 1
    assert host.log == []


def test_the_day_of_expiry_is_known(web):
    host = web.host(tls="expired")
    context = ssl.create_default_context(cafile=web.ca_file)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((host.ip, host.port)) as plain,
        context.wrap_socket(plain) as secured,
    ):
        certificate = secured.getpeercert(binary_form=True)
    expected = expired_on().strftime("%y%m%d%H%M%SZ").encode()
    assert expected in certificate


def test_a_handshake_can_take_for_ever(web):
    host = web.host(tls="hangs")
    context = ssl.create_default_context(cafile=web.ca_file)
    with (
        socket.create_connection((host.ip, host.port), timeout=0.2) as plain,
        pytest.raises(TimeoutError),
    ):
        context.wrap_socket(plain, server_hostname=host.ip)
    wait_until(lambda: host.connections == 1)


def test_resets_and_hanging_work_under_tls(web):
    host = web.host({"/x": hostile.reset()}, tls="valid")
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        ask_securely(web, host)
    host.behaviour = hostile.hang()
    with pytest.raises(httpx.ReadTimeout):
        ask_securely(web, host, timeout=2)


def test_http2_is_spoken_where_offered_and_wanted(web):
    big = b"0123456789" * 200_000
    host = web.host(
        {
            "/x": page("one"),
            "/big": behaviours.file(big),
            "/not-changed": Response(304),
            "/slow": slow(3600, page()),
            "/reset": hostile.reset(),
        },
        tls="valid",
        http2=True,
    )
    assert ask_securely(web, host).http_version == "HTTP/1.1"
    assert ask_securely(web, host, http2=True).http_version == "HTTP/2"

    async def ask_side_by_side():
        context = ssl.create_default_context(cafile=web.ca_file)
        async with httpx.AsyncClient(verify=context, http2=True, timeout=60) as client:
            first = await client.head(host.url("/x"))
            assert (first.status_code, first.content) == (200, b"")
            with pytest.raises(httpx.ReadTimeout):
                await client.get(host.url("/slow"), timeout=0.2)
            with pytest.raises(httpx.RemoteProtocolError):
                await client.get(host.url("/reset"))
            answers = await asyncio.gather(*(client.get(host.url("/big")) for _ in range(5)))
            assert [answer.content for answer in answers] == [big] * 5
            assert (await client.get(host.url("/not-changed"))).status_code == 304

    asyncio.run(ask_side_by_side())
    assert [seen.http2 for seen in islice(host.log, 2)] == [False, True]
    assert host.log[1].headers["host"] == host.authority


def test_what_a_behaviour_raises_ends_an_http2_connection():
    with pytest.raises(ExceptionGroup, match="broken") as caught, Web() as web:  # noqa: PT012
        host = web.host(lambda _seen: 1 // 0, tls="valid", http2=True)
        with pytest.raises(httpx.TransportError):
            ask_securely(web, host, http2=True)
    assert isinstance(caught.value.exceptions[0], ZeroDivisionError)


# --- the proxy ---


def test_the_proxy_forwards_and_records(web):
    proxy, plain, secured = web.proxy(), web.host(name="plain.test"), web.host(tls="valid")
    with httpx.Client(proxy=proxy.url(), timeout=60) as client:
        assert client.get(plain.url("/a?b=%2F")).status_code == 200
        assert client.get("http://elsewhere.test/").status_code == 502
    assert ask_securely(web, secured, proxy=proxy.url()).status_code == 200
    assert [(seen.method, seen.target) for seen in proxy.log] == [
        ("GET", plain.url("/a?b=%2F")),
        ("GET", "http://elsewhere.test/"),
        ("CONNECT", secured.authority),
    ]
    assert [seen.target for seen in plain.log] == ["/a?b=%2F"]
    assert plain.log[0].headers["host"] == plain.authority
    assert secured.methods() == ["GET"]
    assert web.names == {"plain.test": plain.ip}


def test_a_name_is_in_the_certificate(web):
    host = web.host(tls="valid", name="docs.test")
    proxy = web.proxy()
    assert host.origin == f"https://docs.test:{host.port}"
    assert ask_securely(web, host, proxy=proxy.url()).status_code == 200
