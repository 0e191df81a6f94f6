"""The web for tests does what it says, seen by plain sockets and http.client."""

from __future__ import annotations

from http.client import HTTPConnection

from web import behaviours


def ask(host, target="/", method="GET", headers=None):
    connection = HTTPConnection(host.ip, host.port, timeout=10)
    try:
        connection.request(method, target, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def test_a_table_answers_its_paths_and_404_for_the_rest(web):
    host = web.host({"/": behaviours.page("one", names=("two",))})
    status, headers, body = ask(host)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b'id="one"' in body
    assert b'name="two"' in body
    assert ask(host, "/other")[0] == 404
    assert [(seen.method, seen.target, seen.number) for seen in host.log] == [
        ("GET", "/", 1),
        ("GET", "/other", 1),
    ]
