"""Anchors of pages on the web: one fetch for all of a page, and a word only where it is sure."""

from __future__ import annotations

import json

import pytest

from links.asking_the_web import answer, answers, book, run, seen
from mlsd_lint.links.storing.store import open_store
from mlsd_lint.links.verdicts import Verdict
from web import End
from web.behaviours import (
    cloudflare_403,
    file,
    github_page,
    html,
    in_turn,
    not_found,
    page,
    redirect,
    scripted_page,
    status,
    text,
)
from web.hostile import cut_short, endless_body, script, trickled_body

OK, SUSPECT, UNVERIFIED = Verdict.OK, Verdict.SUSPECT, Verdict.UNVERIFIED
WORDS = "<p>The quick brown fox jumps over the lazy dog.</p><p>It was never seen again.</p>"


def said(web, behaviour, fragment: str, **given):
    host = web.host(behaviour)
    judged = answer(host.url(f"/p#{fragment}"), **given)
    return judged.verdict, judged.fragment_missing


def test_one_fetch_of_a_page_answers_for_all_its_anchors(web):
    host = web.host(page("one", "two", names=("old",)))
    fragments = ["one", "two", "old", "three", "", "top", ":~:text=Section%20one"]
    urls = [host.url(f"/p#{fragment}") for fragment in fragments]

    judged = answers([*urls, host.url("/p")])

    assert seen(host) == "GET /p"
    assert [judged[url].verdict for url in urls] == [OK, OK, OK, SUSPECT, OK, OK, OK]
    assert [judged[url].fragment_missing for url in urls].count(True) == 1
    assert judged[urls[3]].reason.startswith("the page has no anchor #three")


@pytest.mark.parametrize(
    ("behaviour", "fragment"),
    [
        (page("a-b"), "a-b"),
        (page(names=("old",)), "old"),
        (github_page("install"), "install"),
        (github_page("install"), "user-content-install"),
        (page("überblick"), "überblick"),
        (page("überblick"), "%C3%BCberblick"),
        (page("überblick"), "%c3%bcberblick"),
        (page("a b"), "a%20b"),
        (page("100%25"), "100%25"),
        (html("<p id=unquoted>x"), "unquoted"),
        (html("<p id='a&amp;b'>x"), "a&b"),
        (html(WORDS), ":~:text=quick%20brown%20fox"),
        (html(WORDS), ":~:text=The%20quick,lazy%20dog"),
        (html(WORDS), ":~:text=brown-,fox,-jumps"),
        (html(f'<h2 id="x">X</h2>{WORDS}'), "x:~:text=lazy"),
        (page(), "!/a/route"),
        (page(), "/a/route"),
        (file(), "page=3"),
    ],
)
def test_an_anchor_that_is_there_is_found(web, behaviour, fragment):
    host = web.host(behaviour)
    path = "/p.pdf" if fragment == "page=3" else "/p"

    judged = answer(host.url(f"{path}#{fragment}"))

    assert (judged.verdict, judged.fragment_missing) == (OK, False), judged.reason


@pytest.mark.parametrize(
    ("behaviour", "fragment"),
    [
        (page("one"), "two"),
        (page("One"), "one"),
        (github_page("install"), "instal"),
        (html(WORDS), ":~:text=slow%20fox"),
        (html(f'<h2 id="x">X</h2>{WORDS}'), "y:~:text=lazy"),
        (html("<!-- <p id=hidden> -->"), "hidden"),
    ],
)
def test_an_anchor_that_is_not_there_is_missing(web, behaviour, fragment):
    assert said(web, behaviour, fragment) == (SUSPECT, True)


@pytest.mark.parametrize(
    ("behaviour", "fragment", "settings"),
    [
        (scripted_page(), "one", {}),
        (text("Words."), "L3", {}),
        (file(), "chapter", {}),
        (endless_body(), "late", {"max_body": 100_000}),
        (cut_short(), "late", {}),
        (trickled_body(0.2), "late", {"timeout": "2s"}),
        (page("early", *(f"n{n}" for n in range(9_000))), "n8999", {"max_body": 20_000}),
    ],
    ids=["scripted", "text", "file", "endless", "cut short", "trickled", "long"],
)
def test_nothing_is_said_of_an_anchor_that_may_be_there(web, behaviour, fragment, settings):
    assert said(web, behaviour, fragment, **settings) == (UNVERIFIED, False)


def test_an_anchor_at_the_beginning_of_an_endless_page_is_there(web):
    assert said(web, endless_body(), "first", max_body=100_000) == (OK, False)


def test_line_anchors_of_code_hosts_are_a_program_s(web, monkeypatch):
    host = web.host(page("other"), name="git.zz.dev")
    monkeypatch.setenv("HTTP_PROXY", web.proxy().url())

    judged = answer(f"http://git.zz.dev:{host.port}/team/file.py#L10-L20")

    assert (judged.verdict, judged.fragment_missing) == (UNVERIFIED, False)


@pytest.mark.parametrize(
    ("behaviour", "verdict"),
    [
        (not_found(), Verdict.DEAD),
        (status(500), SUSPECT),
        (cloudflare_403(), Verdict.BLOCKED),
        (script(End.RESET), SUSPECT),
    ],
)
def test_a_page_that_does_not_answer_has_no_missing_anchor(web, behaviour, verdict):
    assert said(web, behaviour, "one", retries=0) == (verdict, False)


@pytest.mark.parametrize("code", [301, 302])
def test_the_anchor_is_looked_for_where_redirects_lead(web, code):
    there = web.host(page("new"))
    host = web.host({"/p": redirect(there.url("/there"), code)})
    urls = [host.url("/p#new"), host.url("/p#gone")]

    judged = answers(urls)

    assert (seen(host), seen(there)) == ("GET /p", "GET /there")
    assert judged[urls[0]].verdict is (Verdict.MOVED if code == 301 else OK)
    assert judged[urls[1]].fragment_missing


def test_the_fragment_of_a_redirect_holds_before_that_of_the_link(web):
    host = web.host({"/p": redirect("/there#kept", 302), "/there": page("kept")})

    assert answer(host.url("/p")).verdict is OK


def test_an_answer_without_anchors_is_none_for_a_link_with_one(web, tmp_path):
    host = web.host(page("one"))
    for url in ("/p", "/p#one", "/p#two", "/p"):
        store = open_store(tmp_path)
        answer(host.url(url), store=store, soft_404=False)
        store.close()

    assert seen(host) == "HEAD /p, GET /p"


def test_a_page_read_once_answers_for_an_anchor_that_comes_to_be_linked(web, tmp_path):
    host = web.host(in_turn(page("one"), page("two")))
    store = open_store(tmp_path)
    answer(host.url("/p#one"), store=store)

    judged = answer(host.url("/p#two"), store=store)
    store.close()

    assert judged.fragment_missing
    assert seen(host) == "GET /p"


def test_a_missing_anchor_is_a_warning_with_what_is_near_to_it(web, tmp_path):
    host = web.host(page("installation", "usage"))
    folder = book(tmp_path, [host.url("/p#instalation"), host.url("/p#usage")])

    (finding,) = json.loads(run(folder, "--output-format", "json").stdout)

    assert (finding["code"], finding["severity"]) == ("L208", "warning")
    assert finding["message"] == (
        f"link to {host.url('/p#instalation')}: the page has no anchor #instalation; "
        "did you mean #installation?"
    )
    assert finding["location"]["row"] == 3


def test_a_redirect_with_a_fragment_of_its_own_overrides_that_of_the_link(web):
    host = web.host({"/p": redirect("/n#new", 302), "/n": page("new")})

    judgement = answer(host.url("/p#old"))

    assert (judgement.verdict, judgement.fragment_missing) == ("ok", False)
    assert judgement.answer.final == host.url("/n#new")
