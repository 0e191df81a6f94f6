"""What becomes of a link to each kind of host: verdict, reason, requests and the gaps between.

All hosts are asked in one run, as the links of one book would be, so that hosts which hang, throttle
and fail in every way stand beside those that answer at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from links.asking_the_web import SLACK, answer, answers, seen
from mlsd_lint.config.links import HostSettings
from mlsd_lint.links.verdicts import Verdict
from web import End, Response, Web
from web.behaviours import (
    basic_auth,
    bearer,
    by_method,
    chain,
    cloudflare_403,
    cloudflare_503,
    cookie_wall,
    crawl_delay,
    date_in,
    endless_redirects,
    file,
    github_page,
    html,
    in_turn,
    loop,
    not_found,
    page,
    redirect,
    routes,
    scripted_page,
    self_loop,
    slow,
    soft_404,
    status,
    status_999,
    text,
    throttled,
    validated,
    waf_202,
)
from web.certificates import expired_on, valid_from
from web.fixture import has_many_loopback_addresses
from web.hostile import (
    bomb,
    broken_chunks,
    close,
    cut_short,
    endless_body,
    endless_head,
    endless_informational,
    false_encoding,
    gigantic_header,
    half_closed,
    hang,
    malformed_status_line,
    no_http,
    reset,
    reset_halfway,
    stops_halfway,
    too_long,
    trickled_body,
    trickled_head,
    until_close,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mlsd_lint.links.verdicts import Judgement
    from web import Behaviour, Host, Step

OK, MOVED, DEAD, SUSPECT = Verdict.OK, Verdict.MOVED, Verdict.DEAD, Verdict.SUSPECT
BLOCKED, THROTTLED, SOFT_404 = Verdict.BLOCKED, Verdict.THROTTLED, Verdict.SOFT_404
UNVERIFIED = Verdict.UNVERIFIED

A_LATER_DAY = valid_from().date()
SETTINGS = {"timeout": "60s", "retries": 1, "max_wait": "3s", "max_redirects": 4}
# What is asked of a page whose host says 200 to everything; and of one that knows what it has.
READ = "HEAD /p, HEAD /?, GET /p"
HEAD_AND_GET = "HEAD /p, GET /p"
RETRIED = "HEAD /p, GET /p, GET /p"
FOLLOWED = "HEAD /p, HEAD /there, HEAD /?"
AGAIN = "HEAD /p, HEAD /p"


class Row(NamedTuple):
    """A host, and what is to come of its /p.

    `reason` has HOST for the address of the host and ORIGIN for its origin. `gaps` are between
    the first requests, from and to, in seconds. A host that `hangs` is waited for three seconds from
    before the connection is made, so that it sees less of it.
    """

    behaviour: Behaviour
    verdict: Verdict
    reason: str
    requests: str = "HEAD /p"
    gaps: Sequence[tuple[float, float]] = ()
    tls: str = ""
    http2: bool = False
    on_connect: Sequence[Step] = ()
    hangs: bool = False


def moving(code: int, to: str | bytes = "/there", target: str = "/there") -> Behaviour:
    return routes({"/p": redirect(to, code), target: page()})


def only_get(behaviour: Behaviour) -> Behaviour:
    return by_method(head=status(405), get=behaviour)


GOOD = {
    "a page on a host that denies what is not there": Row(
        routes({"/p": page()}), OK, "200 from HOST", "HEAD /p, HEAD /?"
    ),
    "a page on a host that has everything": Row(page(), OK, "200 from HOST", READ),
    "a page with a prefix to its ids": Row(github_page("one"), OK, "200 from HOST", READ),
    "a page made by a program": Row(scripted_page(), OK, "200 from HOST", READ),
    "a slow page": Row(slow(0.3, page()), OK, "200 from HOST", READ, [(0.3, 3)]),
    "a page with validators": Row(validated('"1"', ""), OK, "200 from HOST", READ),
    "a page that ends with its connection": Row(until_close(page()), OK, "200 from HOST", READ),
    "a file": Row(file(), OK, "200 from HOST"),
    "a text": Row(text("Words."), OK, "200 from HOST"),
    "a robots.txt": Row(crawl_delay("100"), OK, "200 from HOST"),
    "no content": Row(Response(204), OK, "204 from HOST", READ),
    "304 to who has nothing": Row(Response(304), OK, "304 from HOST"),
    "choices": Row(status(300), OK, "300 from HOST", HEAD_AND_GET),
}
HEAD_PROVES_NOTHING = (
    {
        f"{code} to HEAD and a page to GET": Row(
            by_method(head=status(code), get=page()), OK, "200 from HOST", HEAD_AND_GET
        )
        for code in (400, 401, 403, 404, 405, 406, 410, 500, 501, 503)
    }
    | {
        f"HEAD that {what} and a page to GET": Row(
            by_method(head=head, get=page()),
            OK,
            "200 from HOST",
            HEAD_AND_GET,
            hangs=what == "hangs",
        )
        for what, head in {
            "is reset": reset(),
            "is closed": close(),
            "hangs": hang(),
            "is no HTTP": malformed_status_line(),
            "meets a wall": cloudflare_403(),
        }.items()
    }
    | {
        "HEAD is sent where nothing is": Row(
            routes({"/p": by_method(head=redirect("/there"), get=page())}),
            OK,
            "200 from HOST",
            "HEAD /p, HEAD /there, GET /there, GET /p",
        ),
        "HEAD is sent to the front page": Row(
            routes({"/p": by_method(head=redirect("/", 301), get=page()), "/": page()}),
            OK,
            "200 from HOST",
            "HEAD /p, HEAD /, GET /p",
        ),
    }
)
REFUSED = {
    "404": Row(not_found(), DEAD, "404 from HOST after HEAD and GET", HEAD_AND_GET),
    "410": Row(status(410), DEAD, "410 from HOST after HEAD and GET", HEAD_AND_GET),
    "404 to GET only": Row(
        by_method(head=status(200), get=not_found()), DEAD, "404 from HOST after HEAD and GET", READ
    ),
    "401": Row(status(401), BLOCKED, "asks for a login: 401", HEAD_AND_GET),
    "402": Row(status(402), BLOCKED, "asks for money: 402", HEAD_AND_GET),
    "403": Row(status(403), BLOCKED, "403: the host refuses programs or strangers", HEAD_AND_GET),
    "451": Row(status(451), BLOCKED, "451: the host may not show it here, by law", HEAD_AND_GET),
    "a password": Row(basic_auth("u", "p", page()), BLOCKED, "asks for a login: 401", HEAD_AND_GET),
    "a token": Row(bearer("t", page()), BLOCKED, "asks for a login: 401", HEAD_AND_GET),
    **{
        str(code): Row(
            status(code),
            BLOCKED,
            f"{code} from HOST, 2 times: it refuses the request",
            HEAD_AND_GET,
        )
        for code in (400, 405, 406, 409, 422, 425)
    },
    **{
        str(code): Row(status(code), SUSPECT, f"{code} from HOST, 2 times", HEAD_AND_GET)
        for code in (501, 505)
    },
    **{
        str(code): Row(status(code), SUSPECT, f"{code} from HOST, 3 times", RETRIED)
        for code in (408, 500, 502, 503, 504, 520, 522, 599)
    },
    "a page that is back at the third request": Row(
        in_turn(status(500), status(502), page()), OK, "200 from HOST", RETRIED
    ),
}
WALLS = {
    "Cloudflare's 403": Row(
        cloudflare_403(), BLOCKED, "bot wall: 403 with cf-mitigated", HEAD_AND_GET
    ),
    "Cloudflare's 503": Row(
        cloudflare_503(),
        BLOCKED,
        "bot wall: 503 with a challenge page of Cloudflare",
        HEAD_AND_GET,
    ),
    "AWS's 202": Row(waf_202(), BLOCKED, "bot wall: 202 with x-amzn-waf-action", HEAD_AND_GET),
    "AWS's 202 that shows itself to GET alone": Row(
        by_method(head=status(202), get=waf_202()),
        BLOCKED,
        "bot wall: 202 with x-amzn-waf-action",
        HEAD_AND_GET,
    ),
    "LinkedIn's 999": Row(
        status_999(),
        BLOCKED,
        "bot wall: 999 with a status that is no HTTP's (LinkedIn)",
        HEAD_AND_GET,
    ),
    "a wall behind a redirect": Row(
        routes({"/p": redirect("/there"), "/there": cloudflare_403()}),
        BLOCKED,
        "302 to ORIGIN/there: bot wall: 403 with cf-mitigated",
        "HEAD /p, HEAD /there, GET /there",
    ),
}
_FEWER = "429 from HOST, 2 times: it wants fewer requests"
TOO_MUCH = {
    "429 without an end": Row(throttled("1"), THROTTLED, _FEWER, AGAIN, [(1, 1.5)]),
    "429 that does not say how long": Row(throttled(), THROTTLED, _FEWER, AGAIN, [(2, 2.6)]),
    "429 until now": Row(throttled("0"), THROTTLED, _FEWER, AGAIN, [(0, 0.9)]),
    "429 for part of a second": Row(throttled("0.4"), THROTTLED, _FEWER, AGAIN, [(0.4, 1)]),
    "429 with junk": Row(throttled("soon"), THROTTLED, _FEWER, AGAIN, [(2, 2.6)]),
    "429 with a time before now": Row(throttled("-5"), THROTTLED, _FEWER, AGAIN, [(2, 2.6)]),
    "429 with a date long ago": Row(throttled(date_in(-100)), THROTTLED, _FEWER, AGAIN, [(0, 0.9)]),
    "429 for longer than is waited": Row(
        throttled("4"), THROTTLED, "429 from HOST: it wants fewer requests"
    ),
    "429 until a date that is too far": Row(
        throttled(date_in(3600)), THROTTLED, "429 from HOST: it wants fewer requests"
    ),
    "429 for longer than there are numbers": Row(
        throttled("9" * 400), THROTTLED, "429 from HOST: it wants fewer requests"
    ),
    "503 that says when to come back": Row(
        throttled("1", 503),
        THROTTLED,
        "503 from HOST, 2 times: it wants fewer requests",
        AGAIN,
        [(1, 1.5)],
    ),
    **{
        f"429 that passes, {form}": Row(
            by_method(head=in_turn(throttled(value), file()), get=page()),
            OK,
            "200 from HOST",
            AGAIN,
            [gap],
        )
        for form, value, gap in (
            ("in seconds", "1", (1, 1.5)),
            ("as a date", date_in(1), (1, 2.5)),
            ("as a date of RFC 850", date_in(1, "rfc850"), (1, 2.5)),
            ("as a date of C", date_in(1, "asctime"), (1, 2.5)),
            ("with junk", "Tomorrow, GMT", (2, 2.6)),
        )
    },
    "503 that passes": Row(
        in_turn(throttled("1", 503), file()), OK, "200 from HOST", AGAIN, [(1, 1.5)]
    ),
}
REDIRECTS = {
    **{
        str(code): Row(moving(code), MOVED, f"{code} to ORIGIN/there", FOLLOWED)
        for code in (301, 308)
    },
    **{
        str(code): Row(
            moving(code), OK, f"200 from HOST, reached by {code} to ORIGIN/there", FOLLOWED
        )
        for code in (302, 303, 307)
    },
    "for good to what is gone": Row(
        routes({"/p": redirect("/there", 301)}),
        DEAD,
        "301 to ORIGIN/there: 404 from HOST after HEAD and GET",
        "HEAD /p, HEAD /there, GET /there, GET /p",
    ),
    "for good, then for now": Row(
        routes({"/p": redirect("/q", 301), "/q": redirect("/there", 302), "/there": page()}),
        MOVED,
        "301 to ORIGIN/q, which leads on to ORIGIN/there",
        "HEAD /p, HEAD /q, HEAD /there, HEAD /?",
    ),
    "for now, then for good": Row(
        routes({"/p": redirect("/q", 302), "/q": redirect("/there", 301), "/there": page()}),
        OK,
        "200 from HOST, reached by 2 redirects to ORIGIN/there",
        "HEAD /p, HEAD /q, HEAD /there, HEAD /?",
    ),
    "for good to a page with a short name": Row(
        moving(301, "/new", "/new"),
        MOVED,
        "301 to ORIGIN/new",
        "HEAD /p, HEAD /new, HEAD /?",
    ),
    "to a login": Row(
        moving(302, "/login?next=/p", "/login"),
        OK,
        "200 from HOST, reached by 302 to ORIGIN/login?next=/p, a login or consent page",
        "HEAD /p, HEAD /login?next=/p, HEAD /?",
    ),
    "for good to a login": Row(
        moving(301, "/login?next=/p", "/login"),
        MOVED,
        "301 to ORIGIN/login?next=/p, a login or consent page",
        "HEAD /p, HEAD /login?next=/p, HEAD /?",
    ),
    "to the front page": Row(
        moving(302, "/", "/"),
        SOFT_404,
        "302 to ORIGIN/, the front page",
        "HEAD /p, HEAD /, GET /p, GET /",
    ),
    "for good to the front page": Row(
        moving(301, "/", "/"),
        SOFT_404,
        "301 to ORIGIN/, the front page",
        "HEAD /p, HEAD /, GET /p, GET /",
    ),
    "to a page about errors": Row(
        moving(302, "/404", "/404"),
        SOFT_404,
        "302 to ORIGIN/404, an error page",
        "HEAD /p, HEAD /404, HEAD /?, GET /p, GET /404",
    ),
    "to bytes of UTF-8": Row(
        moving(302, "/ü".encode(), "/%C3%BC"),
        OK,
        "200 from HOST, reached by 302 to ORIGIN/%C3%BC",
        "HEAD /p, HEAD /%C3%BC, HEAD /?",
    ),
    "to other bytes": Row(
        moving(302, b"/\xe9", "/%E9"),
        OK,
        "200 from HOST, reached by 302 to ORIGIN/%E9",
        "HEAD /p, HEAD /%E9, HEAD /?",
    ),
    "with a space": Row(
        moving(302, "/a b", "/a%20b"),
        OK,
        "200 from HOST, reached by 302 to ORIGIN/a%20b",
        "HEAD /p, HEAD /a%20b, HEAD /?",
    ),
    "without a Location": Row(
        redirect(None), SUSPECT, "302 from HOST without a Location", HEAD_AND_GET
    ),
    "with an empty Location": Row(
        redirect(""), SUSPECT, "302 from HOST without a Location", HEAD_AND_GET
    ),
    "to a letter": Row(
        redirect("mailto:a@b.zz"),
        UNVERIFIED,
        "redirects to mailto:, which is not fetched",
        HEAD_AND_GET,
    ),
    "to a file of this machine": Row(
        redirect("file:///etc/passwd"),
        UNVERIFIED,
        "redirects to file:, which is not fetched",
        HEAD_AND_GET,
    ),
    "to a port that there is not": Row(
        redirect("http://a.zz:99999/"),
        SUSPECT,
        "redirects to an address that cannot be asked: there is no port 99999",
        HEAD_AND_GET,
    ),
    "to itself": Row(
        self_loop(), SUSPECT, "redirects in a circle: ORIGIN/p -> ORIGIN/p", HEAD_AND_GET
    ),
    "in a circle": Row(
        loop(2),
        SUSPECT,
        "redirects in a circle: ORIGIN/p -> ORIGIN/p?hop=1 -> ORIGIN/p",
        "HEAD /p, HEAD /p?hop=1, GET /p, GET /p?hop=1",
    ),
    "with a cookie in a circle": Row(
        cookie_wall(page()),
        BLOCKED,
        "the host wants its cookie back: redirects in a circle: ORIGIN/p -> ORIGIN/p",
        HEAD_AND_GET,
    ),
    "as many as are followed": Row(
        chain(4, file()),
        OK,
        "200 from HOST, reached by 4 redirects to ORIGIN/p?hop=4",
        "HEAD /p, HEAD /p?hop=1, HEAD /p?hop=2, HEAD /p?hop=3, HEAD /p?hop=4",
    ),
    "one more than are followed": Row(
        by_method(head=chain(5, file()), get=file()),
        OK,
        "200 from HOST",
        "HEAD /p, HEAD /p?hop=1, HEAD /p?hop=2, HEAD /p?hop=3, HEAD /p?hop=4, GET /p",
    ),
    "without an end": Row(
        endless_redirects(),
        SUSPECT,
        "more than 4 redirects: ORIGIN/p -> ORIGIN/p?hop=1 -> … -> ORIGIN/p?hop=4",
        "HEAD /p, HEAD /p?hop=1, HEAD /p?hop=2, HEAD /p?hop=3, HEAD /p?hop=4, "
        "GET /p, GET /p?hop=1, GET /p?hop=2, GET /p?hop=3, GET /p?hop=4",
    ),
    "to a private address": Row(
        redirect("http://10.0.0.1/"),
        UNVERIFIED,
        "302 to http://10.0.0.1/: not asked: 10.0.0.1 is a private address",
    ),
}
NOT_THERE = {
    "a page that says so": Row(soft_404({}), SOFT_404, 'the page says "Page not found"', READ),
    "a page of a host that says so of others": Row(
        soft_404({"/p": page()}), OK, "200 from HOST", READ
    ),
    "a page that says so where others are denied": Row(
        routes({"/p": html("<h1>Page not found</h1>", title="Page not found")}),
        OK,  # HEAD is believed of a host that denies what is not there
        "200 from HOST",
        "HEAD /p, HEAD /?",
    ),
    "a page that says so to GET alone": Row(
        only_get(html("<h1>Page not found</h1>", title="Page not found")),
        SOFT_404,
        'the page says "Page not found"',
        HEAD_AND_GET,
    ),
}
BROKEN_HEADS = {
    "a reset": Row(reset(), SUSPECT, "connection reset before an answer, 3 times", RETRIED),
    "nothing and a close": Row(
        close(), SUSPECT, "connection closed without an answer, 3 times", RETRIED
    ),
    "nothing": Row(
        hang(), SUSPECT, "no answer within 3 s, 3 times", RETRIED, [(2.7, 3.6)], hangs=True
    ),
    "a head byte by byte": Row(
        trickled_head(), SUSPECT, "no answer within 3 s, 3 times", RETRIED, [(2.7, 3.6)], hangs=True
    ),
    "a head without an end": Row(
        endless_head(), SUSPECT, "more headers than are read, 2 times", HEAD_AND_GET
    ),
    "a header of 50 MB": Row(
        gigantic_header(), SUSPECT, "more headers than are read, 2 times", HEAD_AND_GET
    ),
    "early hints without an end": Row(
        endless_informational(), SUSPECT, "more headers than are read, 2 times", HEAD_AND_GET
    ),
    "a line that is no status": Row(
        malformed_status_line(),
        SUSPECT,
        "what came back is no valid HTTP, 2 times",
        HEAD_AND_GET,
    ),
    "the greeting of another protocol": Row(
        no_http(), SUSPECT, "connection closed without an answer, 3 times", RETRIED
    ),
    "a reset that passes": Row(in_turn(reset(), reset(), page()), OK, "200 from HOST", RETRIED),
    "nothing to who connects": Row(
        page(), SUSPECT, "no answer within 3 s, 3 times", "", on_connect=[End.HANG], hangs=True
    ),
}
_BROKEN_BODIES = {
    "that stops": stops_halfway(),
    "that is half closed": half_closed(),
    "that is cut short": cut_short(),
    "that is reset": reset_halfway(),
    "byte by byte": trickled_body(),
    "without an end": endless_body(),
    "of gigabytes, by gzip": bomb(),
    "of gigabytes, by deflate": bomb("deflate"),
    "that is not compressed as it says": false_encoding(),
    "in a coding that nobody asked for": false_encoding("br"),
    "in broken chunks": broken_chunks(),
    "longer than it says": too_long(),
}
# That a page is there, its head says; of its body nothing is wanted but a glance.
BROKEN_BODIES = {
    f"a body {what}": Row(only_get(behaviour), OK, "200 from HOST", HEAD_AND_GET, hangs=True)
    for what, behaviour in _BROKEN_BODIES.items()
}
SECURE = {
    "a certificate": Row(page(), OK, "200 from HOST", READ, tls="valid"),
    "HTTP/2": Row(page(), OK, "200 from HOST", READ, tls="valid", http2=True),
    "HTTP/2 that breaks off": Row(
        reset(),
        SUSPECT,
        "request broken off before an answer, 3 times",
        RETRIED,
        tls="valid",
        http2=True,
    ),
    "HTTP/2 that hangs": Row(
        hang(),
        SUSPECT,
        "no answer within 3 s, 3 times",
        RETRIED,
        tls="valid",
        http2=True,
        hangs=True,
    ),
    "a certificate that expired": Row(
        page(), SUSPECT, f"certificate expired on {expired_on():%Y-%m-%d}", "", tls="expired"
    ),
    "a certificate that holds only later": Row(
        page(), SUSPECT, f"certificate is not valid until {A_LATER_DAY}", "", tls="not-yet-valid"
    ),
    "the certificate of another": Row(
        page(), SUSPECT, "certificate is for wrong.test, not HOST", "", tls="wrong-name"
    ),
    "a certificate of an unknown authority": Row(
        page(),
        SUSPECT,
        "certificate is from an unknown issuer, or comes without the issuer's own",
        "",
        tls="unknown-ca",
    ),
    "a certificate of its own": Row(
        page(), SUSPECT, "certificate is signed by nobody but itself", "", tls="self-signed"
    ),
    "a server that speaks no TLS": Row(
        page(),
        SUSPECT,
        "no secure connection: the server does not speak TLS there",
        "",
        tls="not-spoken",
    ),
    "a handshake that does not end": Row(
        page(), SUSPECT, "no secure connection within 3 s", "", tls="hangs", hangs=True
    ),
}
ROWS = {
    f"{group}: {name}": row
    for group, rows in {
        "good": GOOD,
        "HEAD proves nothing": HEAD_PROVES_NOTHING,
        "refused": REFUSED,
        "wall": WALLS,
        "too much": TOO_MUCH,
        "redirect": REDIRECTS,
        "not there": NOT_THERE,
        "broken": BROKEN_HEADS,
        "broken body": BROKEN_BODIES,
        "secure": SECURE,
    }.items()
    for name, row in rows.items()
}


class Asked(NamedTuple):
    hosts: Mapping[str, Host]
    judgements: Mapping[str, Judgement]


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    """All hosts of the table after one run that asked each for its /p."""
    if not has_many_loopback_addresses():
        pytest.skip("needs 127.0.0.2 and further, and this system has only 127.0.0.1")
    with pytest.MonkeyPatch.context() as patch, Web() as web:
        patch.setenv("SSL_CERT_FILE", web.ca_file)
        hosts = {name: _host(web, row) for name, row in ROWS.items()}
        patience = {hosts[name].ip: HostSettings(timeout="3s") for name in ROWS if ROWS[name].hangs}
        urls = [host.url("/p") for host in hosts.values()]
        yield Asked(hosts, answers(urls, hosts=patience, **SETTINGS))


def _host(web: Web, row: Row) -> Host:
    host = web.host(row.behaviour, tls=row.tls, http2=row.http2)
    host.on_connect = row.on_connect or host.on_connect
    return host


# On a busy machine a handshake takes so much of the time that its request may not arrive.
LATE = {"secure: HTTP/2 that hangs"}


@pytest.mark.parametrize("name", ROWS)
def test_every_behaviour_has_its_verdict_requests_and_gaps(asked, name):
    row, host = ROWS[name], asked.hosts[name]
    judgement = asked.judgements[host.url("/p")]
    reason = row.reason.replace("HOST", host.ip).replace("ORIGIN", host.origin)

    assert (judgement.verdict, judgement.reason) == (row.verdict, reason)
    if name in LATE:
        assert seen(host)
        assert row.requests.endswith(seen(host))
    else:
        assert seen(host) == row.requests
    for gap, (least, most) in zip(host.gaps, row.gaps, strict=False):
        # All hosts are asked at once here, so that a gap may well be longer; it may not be shorter.
        assert least - SLACK <= gap < most + 15


def test_a_failure_that_may_pass_is_repeated_as_often_as_is_set_after_longer_and_longer(web):
    host = web.host(status(500))

    judgement = answer(host.url("/p"), retries=2)

    assert judgement.reason == f"500 from {host.ip}, 4 times"
    assert seen(host) == "HEAD /p, GET /p, GET /p, GET /p"
    assert host.gaps[1] < 1 + 15
    assert host.gaps[2] < 2 + 15


def test_a_failure_is_not_repeated_if_that_is_set(web):
    host = web.host(status(500))

    assert answer(host.url("/p"), retries=0).reason == f"500 from {host.ip}, 2 times"
    assert seen(host) == HEAD_AND_GET


def test_what_is_gone_is_gone_in_every_run_and_what_fails_waits_to_be_confirmed(web):
    gone, failing = web.host(status(410)), web.host(status(500))

    once = answers([gone.url("/p"), failing.url("/p")], retries=0, confirm_failures=1)

    assert once[gone.url("/p")].verdict is DEAD
    assert once[failing.url("/p")].verdict is DEAD
    assert "no answer since" in once[failing.url("/p")].reason
    assert answer(failing.url("/p"), retries=0).verdict is SUSPECT


def test_without_the_search_for_soft_404_no_page_is_asked_but_the_one(web):
    host = web.host(soft_404({}))

    assert answer(host.url("/p"), soft_404=False).verdict is OK
    assert seen(host) == "HEAD /p"


def test_whether_a_host_denies_what_is_not_there_is_asked_once(web):
    honest, other = web.host({f"/{n}": page() for n in range(9)}), web.host(page())
    urls = [host.url(f"/{n}") for n in range(9) for host in (honest, other)]

    judged = answers(urls)

    assert {one.verdict for one in judged.values()} == {OK}
    assert sorted(seen(honest).split(", ")) == sorted(
        ["HEAD /?", *(f"HEAD /{n}" for n in range(9))]
    )
    assert sorted(seen(other).split(", ")) == sorted(
        ["HEAD /?", *(f"{method} /{n}" for n in range(9) for method in ("HEAD", "GET"))]
    )


def test_the_front_page_of_a_host_is_there_if_the_host_is(web):
    host = web.host(page())

    assert answer(host.url("/")).verdict is OK
    assert seen(host) == "HEAD /"


@pytest.mark.parametrize("code", [301, 302])
def test_the_chain_of_redirects_is_told_with_every_hop(web, code):
    there = web.host({"/there": page()})
    host = web.host({"/p": redirect("/q", code), "/q": redirect(there.url("/there"), code)})

    answered = answer(host.url("/p")).answer

    assert answered.chain == ((host.url("/p"), code), (host.url("/q"), code))
    assert (answered.final, answered.permanent) == (there.url("/there"), code == 301)
    assert answered.same_kind
    assert (seen(host), seen(there)) == ("HEAD /p, HEAD /q", "HEAD /there, HEAD /?")


def test_get_goes_to_the_hop_where_head_failed_and_no_further_back(web):
    there = web.host({"/there": by_method(head=status(405), get=redirect("/end")), "/end": page()})
    host = web.host({"/p": redirect(there.url("/there"))})

    assert answer(host.url("/p")).verdict is OK
    assert seen(host) == "HEAD /p"
    assert seen(there) == "HEAD /there, GET /there, GET /end"


def test_nobody_there_is_no_proof_and_a_name_that_does_not_exist_is(web):
    there = web.host(page())
    nobody = there.url("/").replace(there.ip, "127.200.0.1")

    judged = answers([nobody, "http://no-such-name.zz/x", there.url("/")])

    assert (judged[nobody].verdict, judged[nobody].reason) == (
        SUSPECT,
        "connection refused, 2 times",
    )
    name = judged["http://no-such-name.zz/x"]
    assert (name.verdict, name.reason) == (DEAD, "name does not resolve")
