"""The ready-made behaviours of the web for tests do what their names say."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

import httpx
import pytest

from web import Wait, behaviours, hostile
from web.behaviours import (
    by_method,
    chain,
    date_in,
    in_turn,
    page,
    redirect,
    status,
    throttled,
)
from web.clients import ask, talk

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
    assert talk(host, "HEAD", patience=2 if ending == "open" else 60) == (b"", ending)
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
    assert time.strptime(value, pattern)


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
