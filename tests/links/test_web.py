"""The web for tests does what it says, seen by plain sockets, http.client and httpx."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from web import Web, behaviours, hostile
from web.behaviours import (
    page,
    slow,
)
from web.clients import ask, talk, wait_until

# --- hosts, logs, pages ---


def test_a_table_answers_its_paths_and_404_for_the_rest(web):
    host = web.host({"/": page("one", names=("two",))})
    code, headers, body = ask(host)
    assert (code, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b'id="one"' in body
    assert b'name="two"' in body
    assert ask(host, "/other")[0] == 404
    assert [(seen.method, seen.target, seen.number) for seen in host.log] == [
        ("GET", "/", 1),
        ("GET", "/other", 1),
    ]


def test_hosts_have_their_own_addresses_and_logs_and_the_web_has_all(web):
    first, second = web.host(), web.host(page())
    ask(first, "/x")
    ask(second, "/y", "HEAD")
    ask(first, "/x?q=1")
    assert first.ip != second.ip
    assert first.port == second.port
    assert first.url("/x") == f"http://{first.ip}:{first.port}/x"
    assert [(seen.ip, seen.path, seen.query, seen.number) for seen in web.log] == [
        (first.ip, "/x", "", 1),
        (second.ip, "/y", "", 1),
        (first.ip, "/x", "q=1", 2),
    ]
    assert second.methods() == ["HEAD"]
    assert second.methods("/x") == []
    times = [seen.at for seen in web.log]
    assert times == sorted(times)
    assert first.gaps == [times[2] - times[0]]


def test_a_target_is_logged_byte_for_byte_and_headers_by_lower_case_name(web):
    host = web.host()
    with socket.create_connection((host.ip, host.port)) as client:
        client.sendall(b"GET /a%2F/../caf\xe9?u=a%26b HTTP/1.1\r\nX-One: 1\r\nx-one: 2\r\n\r\n")
        client.recv(100)
    (seen,) = host.log
    assert seen.target.encode("latin-1") == b"/a%2F/../caf\xe9?u=a%26b"
    assert seen.headers == {"x-one": "1, 2"}


def test_a_connection_serves_several_requests_and_their_bodies(web):
    host = web.host()
    connection = HTTPConnection(host.ip, host.port)
    for content in (b"one", b"two"):
        connection.request("POST", "/", content)
        connection.getresponse().read()
    connection.close()
    assert [(seen.body, seen.connection) for seen in host.log] == [(b"one", 1), (b"two", 1)]
    assert host.connections == 1


def test_head_gets_the_length_of_the_body_and_no_body(web):
    host = web.host(behaviours.file(b"12345"))
    assert talk(host, "HEAD")[0].endswith(b"Content-Length: 5\r\n\r\n")


def test_requests_under_way_at_once_are_counted_and_a_client_that_leaves_is_not(web):
    host = web.host(hostile.hang())
    clients = [socket.create_connection((host.ip, host.port)) for _ in range(3)]
    for client in clients:
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
    wait_until(lambda: host.running == 3)
    for client in clients:
        client.close()
    wait_until(lambda: host.running == 0)
    assert host.max_running == 3


@pytest.mark.parametrize("size", [10, 1_000_000])
def test_requests_one_after_the_other_never_count_as_simultaneous(web, size):
    host = web.host(behaviours.file(b"x" * size))
    connections = [HTTPConnection(host.ip, host.port) for _ in range(3)]
    for connection in connections * 50:
        connection.request("GET", "/")
        connection.getresponse().read()
    for connection in connections:
        connection.close()
    assert len(host.log) == 150
    assert host.max_running == 1


def test_latency_is_fixed_or_made_for_each_request(web):
    host = web.host(latency=lambda seen: 0.2 if seen.path == "/slow" else 0.0)
    started = time.monotonic()
    ask(host, "/slow")
    assert time.monotonic() - started >= 0.2
    host.latency = 0.2
    ask(host)
    assert time.monotonic() - started >= 0.4


def test_asynchronous_clients_and_other_processes_can_ask(web):
    host = web.host()

    async def ask_twice():
        async with httpx.AsyncClient(timeout=60) as client:
            await asyncio.gather(client.get(host.url("/a")), client.get(host.url("/b")))

    asyncio.run(ask_twice())
    program = f"import urllib.request; urllib.request.urlopen('{host.url('/c')}').read()"
    before = time.monotonic()
    subprocess.run([sys.executable, "-c", program], check=True)
    assert sorted(seen.path for seen in host.log) == ["/a", "/b", "/c"]
    assert before < host.log[-1].at < time.monotonic()


# --- closing ---


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (lambda _seen: 1 // 0, ZeroDivisionError),
        (lambda _seen: Path("/").read_bytes(), IsADirectoryError),
    ],
)
def test_what_a_behaviour_raises_is_raised_when_the_web_closes(behaviour, error):
    with pytest.raises(ExceptionGroup, match="broken") as caught, Web() as web:  # noqa: PT012
        host = web.host(behaviour)
        assert talk(host) == (b"", "closed")
    assert isinstance(caught.value.exceptions[0], error)


def test_what_is_no_http_is_raised_too():
    with pytest.raises(ExceptionGroup, match="broken") as caught, Web() as web:  # noqa: PT012
        host = web.host()
        with socket.create_connection((host.ip, host.port)) as client:
            client.sendall(b"GET /with a space HTTP/1.1\r\n\r\n")
            client.recv(100)
    assert "/with a space" in str(caught.value.exceptions[0])


def test_the_error_of_a_test_is_not_hidden_by_that_of_a_behaviour():
    with pytest.raises(KeyError) as caught, Web() as web:  # noqa: PT012
        talk(web.host(lambda _seen: 1 // 0))
        raise KeyError
    assert "ZeroDivisionError" in caught.value.__notes__[0]


def test_closing_ends_whatever_is_going_on():
    threads = threading.active_count()
    with Web() as web:
        hosts = [
            web.host(hostile.hang()),
            web.host(hostile.endless_body()),
            web.host(hostile.endless_head()),
            web.host(hostile.trickled_body()),
            web.host(hostile.half_closed()),
            web.host(slow(3600, page())),
            web.host(latency=3600),
            web.host(tls="hangs"),
            web.host(tls="valid"),
            web.host(tls="valid", http2=True),
        ]
        clients = [socket.create_connection((host.ip, host.port)) for host in hosts]
        for client, host in zip(clients, hosts, strict=True):
            if not host.context:
                client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        wait_until(lambda: len(web.log) == 7)
    for client in clients:
        client.close()
    assert threading.active_count() == threads


def test_two_webs_do_not_share_a_port_and_a_third_host_can_have_a_given_address(web):
    with Web() as other:
        assert other.host().port != web.host().port
        assert ask(other.host(ip="127.9.9.9"))[0] == 200


def test_a_host_can_have_an_address_of_ip_version_6(web):
    try:
        host = web.host(ip="::1")
    except OSError:
        pytest.skip("needs ::1, which this system does not have")
    assert ask(host)[0] == 200
    assert host.url("/x") == f"http://[::1]:{host.port}/x"
