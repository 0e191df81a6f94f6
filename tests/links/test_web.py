"""The web for tests does what it says, seen by plain sockets, http.client and httpx."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection

import httpx
import pytest

from web import Wait, Web, behaviours, hostile
from web.behaviours import (
    by_method,
    chain,
    date_in,
    in_turn,
    page,
    redirect,
    slow,
    status,
    throttled,
)
from web.clients import ask, talk

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


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


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
        async with httpx.AsyncClient() as client:
            await asyncio.gather(client.get(host.url("/a")), client.get(host.url("/b")))

    asyncio.run(ask_twice())
    program = f"import urllib.request; urllib.request.urlopen('{host.url('/c')}').read()"
    before = time.monotonic()
    subprocess.run([sys.executable, "-c", program], check=True)
    assert sorted(seen.path for seen in host.log) == ["/a", "/b", "/c"]
    assert before < host.log[-1].at < time.monotonic()


# --- closing ---


def test_what_a_behaviour_raises_is_raised_when_the_web_closes():
    with pytest.raises(ExceptionGroup, match="broken") as caught, Web() as web:  # noqa: PT012
        host = web.host(lambda _seen: 1 // 0)
        assert talk(host) == (b"", "closed")
    assert isinstance(caught.value.exceptions[0], ZeroDivisionError)


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


# --- how behaviours combine ---


def test_behaviours_follow_one_another_by_path(web):
    host = web.host(in_turn(status(503), hostile.reset(), page()))
    assert ask(host, "/a")[0] == 503
    assert ask(host, "/b")[0] == 503
    with pytest.raises(ConnectionResetError):
        ask(host, "/a")
    assert [ask(host, "/a")[0], ask(host, "/a")[0]] == [200, 200]


def test_behaviours_follow_one_another_by_host(web):
    host = web.host(behaviours.in_turn_of_host(status(503), status(429), page()))
    assert [ask(host, path)[0] for path in ["/a", "/b", "/a", "/c"]] == [503, 429, 200, 200]


@pytest.mark.parametrize("code", [404, 405, 501])
def test_head_and_get_can_differ(web, code):
    host = web.host(by_method(head=status(code), get=page()))
    assert [ask(host, method="HEAD")[0], ask(host)[0]] == [code, 200]


@pytest.mark.parametrize(
    ("behaviour", "ending"),
    [(hostile.reset(), "reset"), (hostile.hang(), "open"), (hostile.close(), "closed")],
)
def test_head_alone_can_be_refused(web, behaviour, ending):
    host = web.host(by_method(head=behaviour, get=page()))
    assert talk(host, "HEAD") == (b"", ending)
    assert ask(host)[0] == 200


def test_steps_are_performed_in_order(web):
    host = web.host(lambda seen: (b"HTTP/1.1 200 OK\r\n\r\n", Wait(0.01), seen.method.encode()))
    assert talk(host) == (b"HTTP/1.1 200 OK\r\n\r\nGET", "closed")


# --- pages, validators, robots ---


def test_a_page_is_not_sent_to_who_has_it_already(web):
    date = "Tue, 03 Mar 2026 10:00:00 GMT"
    host = web.host(behaviours.validated('"v1"', date))
    _, headers, _ = ask(host)
    assert (headers["ETag"], headers["Last-Modified"]) == ('"v1"', date)
    assert ask(host, headers={"If-None-Match": '"v1"'})[0] == 304
    assert ask(host, headers={"If-Modified-Since": date})[0] == 304
    assert ask(host, headers={"If-None-Match": '"v0"', "If-Modified-Since": date})[0] == 200


def test_pages_of_all_kinds(web):
    host = web.host(
        {
            "/github": behaviours.github_page("usage"),
            "/scripted": behaviours.scripted_page(),
            "/robots.txt": behaviours.crawl_delay("2", "mlsd-lint"),
            "/file": behaviours.file(b"%PDF", "application/pdf"),
        }
    )
    assert b'id="user-content-usage"' in ask(host, "/github")[2]
    assert b"<script>" in ask(host, "/scripted")[2]
    robots = ask(host, "/robots.txt")[2].decode()
    assert robots == "User-agent: mlsd-lint\nDisallow: \nCrawl-delay: 2\n"
    assert ask(host, "/file")[1]["Content-Type"] == "application/pdf"


# --- refusals, walls, throttling ---


def test_bot_walls_say_so(web):
    host = web.host(
        {
            "/403": behaviours.cloudflare_403(),
            "/503": behaviours.cloudflare_503(),
            "/202": behaviours.waf_202(),
            "/999": behaviours.status_999(),
        }
    )
    assert [ask(host, path)[0] for path in ("/403", "/503", "/202", "/999")] == [403, 503, 202, 999]
    assert ask(host, "/403")[1]["cf-mitigated"] == "challenge"
    assert b"Just a moment" in ask(host, "/503")[2]
    assert ask(host, "/202")[1]["x-amzn-waf-action"] == "challenge"


def test_a_soft_404_host_says_200_to_everything(web):
    host = web.host(behaviours.soft_404({"/": page("real")}))
    assert b'id="real"' in ask(host)[2]
    code, _, body = ask(host, "/no-such-page")
    assert code == 200
    assert b"<title>Page not found</title>" in body


def test_paths_can_want_credentials(web):
    host = web.host(
        {
            "/basic": behaviours.basic_auth("me", "secret", page()),
            "/bearer": behaviours.bearer("token", page()),
        }
    )
    assert ask(host, "/basic")[0] == ask(host, "/bearer")[0] == 401
    assert ask(host, "/basic", headers={"Authorization": "Basic bWU6c2VjcmV0"})[0] == 200
    assert ask(host, "/bearer", headers={"Authorization": "Bearer token"})[0] == 200
    assert ask(host, "/bearer", headers={"Authorization": "Bearer tokens"})[0] == 401


@pytest.mark.parametrize("value", ["120", "-5", "soon", "99999999999999999999", ""])
def test_retry_after_is_sent_as_given(web, value):
    code, headers, _ = ask(web.host(throttled(value)))
    assert (code, headers["Retry-After"]) == (429, value)


def test_retry_after_can_be_missing_or_come_with_503(web):
    assert "Retry-After" not in ask(web.host(throttled()))[1]
    assert ask(web.host(throttled("1", 503)))[0] == 503


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("imf", "%a, %d %b %Y %H:%M:%S GMT"),
        ("rfc850", "%A, %d-%b-%y %H:%M:%S GMT"),
        ("asctime", "%a %b %d %H:%M:%S %Y"),
    ],
)
def test_retry_after_can_be_a_date_in_three_forms(web, form, pattern):
    before = time.time()
    value = ask(web.host(throttled(date_in(30, form))))[1]["Retry-After"]
    after = time.time()
    assert before + 30 <= parsedate_to_datetime(value).timestamp() <= after + 31
    assert time.strftime(pattern, time.strptime(value, pattern)).split() != []


# --- redirects ---


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location",
    ["/new#part", "../x?a=1", "http://127.0.0.3/", "file:///etc/passwd", "http://169.254.169.254/"],
)
def test_redirects_go_where_they_are_told(web, code, location):
    answer = ask(web.host(redirect(location, code)))
    assert (answer[0], answer[1]["Location"]) == (code, location)


def test_a_location_can_be_missing_or_any_bytes(web):
    assert b"Location" not in talk(web.host(redirect(None)))[0]
    assert b"Location: /caf\xc3\xa9 \xff\r\n" in talk(web.host(redirect(b"/caf\xc3\xa9 \xff")))[0]


def follow(host, hops):
    """The targets that redirects lead to."""
    targets = ["/"]
    for _ in range(hops):
        location = ask(host, targets[-1])[1]["Location"]
        if location is None:
            break
        targets.append(location)
    return targets


def test_chains_and_loops(web):
    assert follow(web.host(chain(2, page())), 9) == ["/", "/?hop=1", "/?hop=2"]
    assert follow(web.host(behaviours.loop(3)), 4) == ["/", "/?hop=1", "/?hop=2", "/", "/?hop=1"]
    assert follow(web.host(behaviours.self_loop()), 2) == ["/", "/", "/"]
    endless = follow(web.host(behaviours.endless_redirects()), 30)
    assert len(set(endless)) == 31


def test_a_cookie_wall_lets_through_who_keeps_its_cookie(web):
    host = web.host(behaviours.cookie_wall(page()))
    assert follow(host, 3) == ["/", "/", "/", "/"]
    with httpx.Client(follow_redirects=True) as client:
        assert client.get(host.url()).status_code == 200
