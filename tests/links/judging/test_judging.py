"""From exchanges to verdicts, and from verdicts over several runs to a death."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.links import addresses
from mlsd_lint.links.exchange import Exchange, Failure, Reply
from mlsd_lint.links.judging.confirming import Confirmation, confirmed
from mlsd_lint.links.judging.judge import judge, may_pass, redirect_of, settles
from mlsd_lint.links.verdicts import Answer, Hop, Verdict

A, B, C = "https://a.org/x/page", "https://a.org/y/page", "https://b.org/z/page"
DAY = 24 * 3600.0
PAGE = {"content-type": "text/html; charset=utf-8"}


def reply(status=200, body=b"", *, complete=True, **headers):
    lower = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, lower, body, complete, 0.1)


def html(markup, **others):
    return Reply(200, PAGE, markup.encode(), others.get("complete", True), 0.1)


def head(url, outcome, attempts=1):
    return Exchange("HEAD", url, outcome, attempts)


def get(url, outcome, attempts=1):
    return Exchange("GET", url, outcome, attempts)


def answer(*trail, **others):
    return judge(addresses.parse(trail[0].url), trail, asked=1.0, **others)


def verdict(*trail, **others):
    found = answer(*trail, **others)
    return str(found.verdict), found.reason


@pytest.mark.parametrize(
    ("trail", "expected", "reason"),
    [
        ([head(A, reply())], "ok", "200 from a.org"),
        ([head(A, reply(404)), get(A, reply())], "ok", "200 from a.org"),
        ([head(A, reply(404)), get(A, reply(404))], "dead", "404 from a.org after HEAD and GET"),
        ([get(A, reply(410))], "dead", "410 from a.org after GET"),
        ([head(A, reply(404))], "suspect", "404 from a.org after HEAD"),
        (
            [head(A, reply(404)), get(A, Failure("reset", "the connection was cut"), 3)],
            "suspect",
            "the connection was cut, 3 times",
        ),
        ([head(A, Failure("name", "name does not resolve"))], "dead", "name does not resolve"),
        ([head(A, Failure("resolver", "no name server"), 3)], "suspect", "no name server, 3 times"),
        ([head(A, Failure("forbidden", "a loopback address"))], "unverified",
         "not asked: a loopback address"),
        ([head(A, Failure("local", "too many files"), 3)], "unverified",
         "not asked: too many files"),
        ([head(A, Failure("setup", "no proxy"))], "unverified", "not asked: no proxy"),
        ([head(A, Failure("tls", "certificate expired on 2026-03-01"))], "suspect",
         "certificate expired on 2026-03-01"),
        ([head(A, Failure("timeout", "no answer within 20 s"), 2),
          get(A, Failure("timeout", "no answer within 20 s"), 1)], "suspect",
         "no answer within 20 s, 3 times"),
        ([head(A, Failure("proxy", "the proxy says no"))], "unverified", "the proxy says no"),
        ([get(A, reply(500), 3)], "suspect", "500 from a.org, 3 times"),
        ([get(A, reply(401))], "blocked", "asks for a login: 401"),
        ([get(A, reply(403))], "blocked", "403: the host refuses programs or strangers"),
        ([get(A, reply(403, cf_mitigated="challenge"))], "blocked",
         "bot wall: 403 with cf-mitigated"),
        ([get(A, reply(404, cf_mitigated="challenge"))], "blocked",
         "bot wall: 404 with cf-mitigated"),
        ([get(A, reply(451))], "blocked", "451: the host may not show it here, by law"),
        ([get(A, reply(429), 3)], "throttled", "429 from a.org, 3 times: it wants fewer requests"),
        ([get(A, reply(503, retry_after="9"))], "throttled",
         "503 from a.org: it wants fewer requests"),
        ([get(A, reply(503))], "suspect", "503 from a.org"),
        ([get(A, reply(301))], "suspect", "301 from a.org without a Location"),
        ([get(A, reply(400))], "blocked", "400 from a.org: it refuses the request"),
        ([get(A, reply(408))], "suspect", "408 from a.org"),
        ([get(A, reply(777))], "suspect", "777 from a.org"),
        ([head(A, reply(304))], "ok", "304 from a.org"),
    ],
)  # fmt: skip
def test_verdicts(trail, expected, reason):
    assert verdict(*trail) == (expected, reason)


def test_moved_for_good():
    found = answer(head(A, reply(301, location="/y/page")), head(B, reply()))
    assert found.verdict is Verdict.MOVED
    assert found.reason == f"301 to {B}"
    assert found.chain == (Hop(A, 301),)
    assert (found.permanent, found.same_kind, found.final) == (True, True, B)


def test_moved_only_as_far_as_it_is_for_good():
    found = answer(
        head(A, reply(308, location=B)), head(B, reply(302, location=C)), head(C, reply())
    )
    assert found.verdict is Verdict.MOVED
    assert found.reason == f"308 to {B}, which leads on to {C}"
    assert not found.permanent


def test_for_now_is_not_moved():
    found = answer(
        head(A, reply(302, location=B)), head(B, reply(301, location=C)), head(C, reply())
    )
    assert (found.verdict, found.permanent) == (Verdict.OK, False)
    assert found.reason == f"200 from b.org, reached by 2 redirects to {C}"


def test_a_get_takes_the_place_of_the_head():
    trail = [
        head(A, reply(301, location=B)),
        head(B, reply()),
        get(A, reply(301, location=C)),
        get(C, reply(404)),
    ]
    found = answer(*trail)
    assert found.chain == (Hop(A, 301),)
    assert found.verdict is Verdict.DEAD
    assert found.reason == f"301 to {C}: 404 from b.org after GET"


def test_moved_to_where_nothing_is():
    gone = Failure("name", "name does not resolve")
    found = answer(head(A, reply(301, location=C)), head(C, gone))
    assert (found.verdict, found.final) == (Verdict.DEAD, "")
    assert found.reason == f"301 to {C}: name does not resolve"


@pytest.mark.parametrize(
    ("asked", "final", "expected", "same_kind"),
    [
        ("http://a.org/x", "https://a.org/x", "moved", True),
        ("https://www.a.org/x", "https://a.org/x", "moved", True),
        ("https://a.org/x", "https://a.org/x/", "moved", True),
        ("http://a.org/", "https://a.org/", "moved", True),
        ("http://a.org/", "https://www.a.org/en/", "moved", True),
        ("https://a.org/x/y", "https://a.org/", "soft-404", False),
        ("https://a.org/x/y", "https://www.a.org/en-us/", "soft-404", False),
        ("https://docs.a.org/x/y", "https://a.org/", "soft-404", False),
        ("https://a.org/blog", "https://blog.a.org/", "moved", False),
        ("https://user.github.io/project/", "https://project.dev/", "moved", False),
        ("https://a.org/x/y", "https://a.org/?p=12", "moved", True),
        ("https://a.org/index.html", "https://a.org/", "moved", True),
        ("https://a.org/en", "https://a.org/", "moved", True),
        ("https://a.org/x", "https://a.org/404", "soft-404", False),
        ("https://a.org/x", "https://a.org/errors/not-found.html", "soft-404", False),
        ("https://a.org/x", "https://a.org/Error.aspx?aspxerrorpath=/x", "soft-404", False),
        ("https://a.org/docs/404", "https://a.org/guide/404", "moved", True),
        ("https://a.org/error-handling", "https://a.org/guide/error", "moved", True),
        ("https://a.org/x", "https://a.org/guide/error-handling", "moved", True),
        ("https://a.org/x", "https://accounts.a.org/x", "moved", False),
        ("https://a.org/x", "https://a.org/login?next=/x", "moved", False),
        ("https://a.org/x", "https://a.org/y?returnUrl=%2Fx", "moved", False),
        ("https://a.org/login", "https://b.org/login", "moved", True),
        ("https://a.org/x", "https://a.org/consent", "moved", False),
        ("https://a.org/x", "https://a.org/x?error=cookies_not_supported", "moved", False),
        (
            "https://a.org/x",
            "https://www.hugedomains.com/domain_profile.cfm?d=a",
            "soft-404",
            False,
        ),
        ("https://docs.a.com/azure/x", "https://learn.a.com/en-us/azure/x", "moved", False),
        ("https://a.org/p.pdf", "https://a.org/p", "moved", False),
        ("https://a.org/p.html", "https://a.org/q", "moved", True),
    ],
)
def test_where_redirects_lead(asked, final, expected, same_kind):
    there = Reply(200, PAGE, b"", True, 0.1)  # noqa: FBT003
    found = answer(head(asked, reply(301, location=final)), head(final, there))
    assert (str(found.verdict), found.same_kind) == (expected, same_kind)
    if expected == "soft-404":
        off = answer(
            head(asked, reply(301, location=final)), head(final, there), look_for_soft_404=False
        )
        assert (off.verdict, off.same_kind) == (Verdict.MOVED, False)


def test_a_login_for_now_is_ok():
    final = "https://a.org/login?next=/x"
    found = answer(head(A, reply(302, location=final)), head(final, reply()))
    assert found.verdict is Verdict.OK
    assert found.reason.endswith(", a login or consent page")


def test_a_page_of_a_program_is_no_front_page():
    found = answer(head(A, reply(302, location="/#/y")), head("https://a.org/", reply()))
    assert found.verdict is Verdict.OK


def test_a_passage_is_shown_and_not_written():
    found = answer(head(A, reply(301, location=B + "#part")), head(B, reply()))
    assert found.reason == f"301 to {B}#part, a part of a page"
    assert not found.same_kind


@pytest.mark.parametrize(
    ("asked", "content_type", "same_kind"),
    [
        ("p.pdf", "application/pdf", True),
        ("p.pdf", "application/octet-stream", True),
        ("p.pdf", "text/html", False),
        ("p.zip", "application/zip", True),
        ("p.png", "image/webp", True),
        ("p.png", "text/html", False),
        ("p.html", "application/pdf", False),
        ("p", "application/pdf", True),
        ("p.json", "application/json", True),
    ],
)
def test_kinds_of_files(asked, content_type, same_kind):
    url, final = "https://a.org/x/" + asked, "https://a.org/y/" + asked
    found = answer(
        head(url, reply(301, location=final)), head(final, reply(content_type=content_type))
    )
    assert found.same_kind is same_kind


def test_circles():
    trail = [head(A, reply(302, location="/y/page")), head(B, reply(302, location="/x/page"))]
    assert verdict(*trail, stopped="circle") == (
        "suspect",
        f"redirects in a circle: {A} -> {B} -> {A}",
    )
    trail = [head(A, reply(302, location="/x/page", set_cookie="a=b"))]
    found, reason = verdict(*trail, stopped="circle")
    assert found == "blocked"
    assert reason.startswith("the host wants its cookie back: redirects in a circle")


def test_too_many_redirects():
    urls = [f"https://a.org/{number}" for number in range(12)]
    trail = [head(url, reply(302, location=there)) for url, there in pairwise(urls)]
    found, reason = verdict(*trail, stopped="too-many")
    assert found == "suspect"
    assert reason == f"more than 10 redirects: {urls[0]} -> {urls[1]} -> … -> {urls[10]}"


@pytest.mark.parametrize(
    ("location", "expected"),
    [("mailto:x@y.org", "unverified"), ("http://[::1", "suspect"), ("itms:x", "unverified")],
)
def test_redirects_that_cannot_be_followed(location, expected):
    with pytest.raises(addresses.AddressError) as caught:
        addresses.follow(addresses.parse(A), location)
    found, reason = verdict(head(A, reply(302, location=location)), stopped=str(caught.value))
    assert (found, reason) == (expected, str(caught.value))


def test_a_page_that_says_it_is_missing():
    missing = html("<title>Page not found</title><h1>Page not found</h1>")
    assert verdict(head(A, reply()), get(A, missing)) == (
        "soft-404",
        'the page says "Page not found"',
    )
    assert answer(get(A, missing), look_for_soft_404=False).verdict is Verdict.OK


def test_anchors_and_texts_of_a_page():
    found = answer(get(A, html("<p id=a>Some text")), wanted=["a", ":~:text=some%20text"])
    assert found.anchors == ("a",)
    assert found.texts == {":~:text=some%20text": True}
    assert not found.cut
    assert answer(get(A, html("<p id=a>", complete=False))).cut
    assert answer(head(A, reply())).anchors is None
    assert answer(get(A, reply(200, b"%PDF", content_type="application/pdf"))).anchors is None


def test_validators():
    found = answer(head(A, reply(etag='"x"', last_modified="yesterday")))
    assert (found.etag, found.last_modified) == ('"x"', "yesterday")
    moved = answer(head(A, reply(301, location=B)), head(B, reply(etag='"x"')))
    assert moved.etag == ""
    assert answer(head(A, reply(etag="x" * 10_000))).etag == ""
    assert answer(head(A, reply(404, etag='"x"'))).etag == ""


@pytest.mark.parametrize(
    ("outcome", "settled", "passing"),
    [
        (reply(200), True, False),
        (reply(204), True, False),
        (reply(202, x_amzn_waf_action="challenge"), False, False),
        (reply(301, location="/x"), True, False),
        (reply(301), False, False),
        (reply(304), True, False),
        (reply(403), False, False),
        (reply(404), False, False),
        (reply(405), False, False),
        (reply(408), False, True),
        (reply(429), False, True),
        (reply(429, cf_mitigated="challenge"), False, False),
        (reply(500), False, True),
        (reply(501), False, False),
        (reply(503), False, True),
        (reply(505), False, False),
        (reply(522), False, True),
        (reply(999), False, False),
        (Failure("name", "x"), True, False),
        (Failure("resolver", "x"), True, True),
        (Failure("forbidden", "x"), True, False),
        (Failure("connect", "x"), True, True),
        (Failure("timeout", "x"), False, True),
        (Failure("reset", "x"), False, True),
        (Failure("tls", "x"), True, False),
        (Failure("protocol", "x"), False, False),
        (Failure("proxy", "x"), True, False),
    ],
)
def test_what_settles_and_what_may_pass(outcome, settled, passing):
    assert settles(head(A, outcome)) is settled
    assert may_pass(outcome) is passing


def test_redirects():
    assert redirect_of(reply(302, location=" /x ")) == "/x"
    assert redirect_of(reply(302, location="")) is None
    assert redirect_of(reply(200, location="/x")) is None
    assert redirect_of(reply(304, location="/x")) is None


RULE = Confirmation(failures=3, interval=3 * DAY)
FAILING = Answer(Verdict.SUSPECT, "500 from a.org")


def over(days, *answers):
    """The last of several runs' answers, one each at a day."""
    earlier = None
    for day, one in zip(days, answers, strict=True):
        earlier = confirmed(one, earlier, RULE, 1_772_323_200.0 + day * DAY)  # 2026-03-01
    return earlier


def test_three_failures_far_enough_apart_are_a_death():
    found = over([0, 3, 6], FAILING, FAILING, FAILING)
    assert found.verdict is Verdict.DEAD
    assert found.reason == "no answer since 2026-03-01 (3 failures): 500 from a.org"
    found = over([0, 3], FAILING, FAILING)
    assert (found.verdict, found.failures) == (Verdict.SUSPECT, 2)
    assert found.reason == "500 from a.org (failing since 2026-03-01, 2 of 3 times)"


def test_failures_too_soon_do_not_count():
    assert over([0, 1, 2, 2.9], *[FAILING] * 4).failures == 1
    assert over([0, 1, 2, 3, 4, 5], *[FAILING] * 6).failures == 2
    assert over([0, 3, 6, 7], *[FAILING] * 4).verdict is Verdict.DEAD


def test_one_success_ends_the_streak():
    found = over([0, 3, 4, 6], FAILING, FAILING, Answer(Verdict.OK, "200"), FAILING)
    assert (found.verdict, found.failures) == (Verdict.SUSPECT, 1)


@pytest.mark.parametrize("between", ["blocked", "throttled", "unverified", "soft-404"])
def test_what_tells_nothing_neither_ends_nor_lengthens_it(between):
    other = Answer(Verdict(between), "x")
    assert over([0, 3], FAILING, other).failures == 1
    assert over([0, 3, 4, 7], FAILING, FAILING, other, FAILING).verdict is Verdict.DEAD
    assert over([0], other).failures == 0


DOUBTFUL = {
    "an unknown issuer": ([get(A, Failure("trust", "unknown issuer"))], ""),
    "no HTTP": ([get(A, Failure("protocol", "no valid HTTP"))], ""),
    "a circle": ([get(A, reply(302, location="/x")), get(B, reply(302, location="/"))], "circle"),
    "too many redirects": ([get(A, reply(302, location="/x"))], "too-many"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_browsers_may_cope_with_is_never_dead(name):
    trail, stopped = DOUBTFUL[name]
    found = answer(*trail, stopped=stopped)

    assert found.verdict is Verdict.SUSPECT
    assert over([0, 3, 6, 9], *[found] * 4) == found
    assert over([0, 3, 6, 9], FAILING, found, FAILING, FAILING).verdict is Verdict.DEAD


def test_a_redirect_brings_nothing_into_a_reason_that_a_terminal_would_obey():
    found = answer(get(A, reply(301, location=f"{B}#\x9b31m\x85")), get(B, reply()))

    assert found.reason.isprintable()


def test_a_404_is_dead_at_once_and_since_when_is_known():
    gone = Answer(Verdict.DEAD, "404 from a.org after HEAD and GET")
    found = over([0, 3], gone, gone)
    assert (found.reason, found.failures) == (gone.reason, 2)
    assert over([0], gone).failing_since == 1_772_323_200.0


STATUSES = st.sampled_from([200, 202, 204, 300, 301, 302, 304, 308, 401, 404, 410, 429, 503, 999])
OUTCOMES = st.one_of(
    st.builds(
        Reply,
        STATUSES,
        st.dictionaries(
            st.sampled_from(["location", "set-cookie", "content-type", "retry-after", "etag"]),
            st.one_of(st.text(max_size=20), st.sampled_from(["/", "text/html", "//b.org/404"])),
        ),
        st.one_of(st.binary(max_size=50), st.just(b"<title>404</title>")),
        st.booleans(),
        st.just(0.1),
    ),
    st.builds(
        Failure, st.sampled_from(["name", "connect", "timeout", "tls", "proxy"]), st.just("why")
    ),
)
TRAILS = st.lists(
    st.builds(
        Exchange,
        st.sampled_from(["HEAD", "GET"]),
        st.sampled_from([A, B, C, "https://a.org/"]),
        OUTCOMES,
    ),
    max_size=5,
)


@given(TRAILS, st.sampled_from(["", "", "circle", "too-many", "redirects to x"]))
def test_any_trail_has_an_answer(trail, stopped):
    if stopped and (not trail or isinstance(trail[-1].outcome, Failure)):
        stopped = ""
    found = judge(addresses.parse(A), trail, asked=1.0, stopped=stopped, wanted=["x"])
    assert found.reason
    assert found.reason.isprintable()
    if found.verdict is Verdict.DEAD:
        last = trail[-1]
        assert isinstance(last.outcome, Failure) or (last.outcome.status in {404, 410})
