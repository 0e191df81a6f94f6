"""What is said of links with fragments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.links.judging.fragments import (
    TextDirective,
    directive_of,
    found_texts,
    judgement,
    needs_page,
    text_directives,
)
from mlsd_lint.links.judging.html_pages import parse
from mlsd_lint.links.verdicts import Answer, Verdict

URL = "https://h.org/page"


def answer(*anchors, **others):
    return Answer(Verdict.OK, "200 from h.org", 200, final=URL, anchors=anchors)._replace(**others)


@pytest.mark.parametrize(
    "fragment",
    ["intro", "caf%C3%A9", "café", "x", "user-content-intro", "old%20name", "y", "a%2Fb", "", "top",
     "Top", "/route", "!route", "!/route", "%74op"],
)  # fmt: skip
def test_there(fragment):
    found = answer("intro", "café", "user-content-x", "user-content-y", "old name", "a%2Fb")
    judged = judgement(URL, fragment, found)
    assert judged.verdict is Verdict.OK
    assert not judged.fragment_missing


def test_missing():
    judged = judgement(URL, "foo", answer("food", "bar"))
    assert judged.verdict is Verdict.SUSPECT
    assert judged.fragment_missing
    assert judged.reason == "the page has no anchor #foo; did you mean #food?"
    judged = judgement(URL, "quite-different", answer("food", "bar"))
    assert judged.reason == "the page has no anchor #quite-different"
    assert judgement(URL, "x", answer()).fragment_missing


def test_letter_case_counts():
    assert judgement(URL, "Intro", answer("intro")).reason.endswith("did you mean #intro?")


def test_the_suggestion_has_no_prefix_of_github():
    judged = judgement(URL, "instal", answer("user-content-install"))
    assert judged.reason.endswith("did you mean #install?")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (answer("a", scripted=True), "a program makes the page"),
        (answer("a", cut=True), "not read to its end"),
        (answer()._replace(anchors=None), "not read as HTML"),
    ],
)
def test_not_known(found, words):
    judged = judgement(URL, "foo", found)
    assert judged.verdict is Verdict.UNVERIFIED
    assert words in judged.reason
    assert not judged.fragment_missing
    assert found.anchors is None or judgement(URL, "a", found).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("url", "fragment"),
    [
        ("https://github.com/a/b/blob/main/x.py", "L10-L20"),
        ("https://github.com/a/b/blob/main/x.py", "L10C3-L20C4"),
        ("https://github.com/a/b/issues/1", "issuecomment-123"),
        ("https://github.com/a/b/pull/1", "discussion_r123"),
        ("https://github.com/a/b/commit/c", "diff-0123"),
        ("https://gitlab.example.com/a/b/-/blob/main/x", "L10-20"),
        ("https://bitbucket.org/a/b/src/x", "lines-10:20"),
        ("https://docs.google.com/document/d/x/edit", "heading=h.abc"),
    ],
)
def test_made_by_a_program(url, fragment):
    assert not needs_page(url, fragment)
    judged = judgement(url, fragment, answer("a", final=url))
    assert judged.verdict is Verdict.UNVERIFIED


@pytest.mark.parametrize(
    ("url", "fragment"),
    [
        ("https://h.org/a.pdf", "page=3"),
        ("https://h.org/a.mp4", "t=30"),
        ("https://h.org/app", "/route"),
        ("https://h.org/app", "!route"),
        ("https://h.org/x", "top"),
    ],
)
def test_no_anchors_at_all(url, fragment):
    assert not needs_page(url, fragment)
    found = answer()._replace(anchors=None, final=url)
    assert judgement(url, fragment, found).verdict is Verdict.OK


@pytest.mark.parametrize("fragment", ["foo", ":~:text=x", "L10", "page=3", "readme"])
def test_pages_that_are_needed(fragment):
    assert needs_page("https://h.org/x", fragment)


def test_other_verdicts_stay():
    dead = Answer(Verdict.DEAD, "404 from h.org after HEAD and GET")
    assert judgement(URL, "foo", dead) == (URL, Verdict.DEAD, dead.reason, dead, False)


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        (":~:text=a", [("", "a", "", "")]),
        ("x:~:text=a,b", [("", "a", "b", "")]),
        (":~:text=p-,a,b,-s", [("p", "a", "b", "s")]),
        (":~:text=p-,a", [("p", "a", "", "")]),
        (":~:text=a%2Cb%2D,-s", [("", "a,b-", "", "s")]),
        (":~:text=a&text=b&other=c", [("", "a", "", ""), ("", "b", "", "")]),
        (":~:text=", []),
        (":~:text=a,b,c", []),
        ("foo", []),
    ],
)
def test_text_directives(fragment, expected):
    assert text_directives(fragment) == tuple(TextDirective(*one) for one in expected)
    assert bool(directive_of(fragment)) is bool(expected)


PAGE = parse(
    "<p>The  <b>quick</b>\nbrown fox jumps</p><p>over the Lazy Döner.</p>".encode(),
    "text/html; charset=utf-8",
)


@pytest.mark.parametrize(
    ("directive", "found"),
    [
        ("quick%20brown", True),
        ("QUICK BROWN", True),
        ("quick,lazy", True),
        ("lazy,quick", False),
        ("the-,quick,fox,-jumps", True),
        ("a-,quick", False),
        ("lazy%20doner", True),
        ("slow", False),
    ],
)
def test_texts(directive, found):
    fragment = ":~:text=" + directive
    texts = found_texts(PAGE, {fragment, "other"})
    assert texts == {fragment: found}
    judged = judgement(URL, fragment, answer(texts=texts))
    assert judged.fragment_missing is not found
    assert judged.verdict is (Verdict.OK if found else Verdict.SUSPECT)


def test_texts_beside_an_anchor():
    texts = {":~:text=a": True}
    assert judgement(URL, "no:~:text=a", answer("yes", texts=texts)).fragment_missing
    assert judgement(URL, "yes:~:text=a", answer("yes", texts=texts)).verdict is Verdict.OK
    assert judgement(URL, ":~:text=b", answer("yes")).verdict is Verdict.UNVERIFIED


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=5))
def test_any_fragment_has_a_judgement(fragment, names):
    judged = judgement(URL, fragment, answer(*names))
    assert judged.reason.isprintable()
    needs_page(URL, fragment)
    found_texts(PAGE, {fragment})


def test_no_name_is_suggested_where_the_search_would_take_long():
    judged = judgement(URL, "foo", answer("food", *(f"x{number}" for number in range(6000))))
    assert judged.reason == "the page has no anchor #foo"
    assert judgement(URL, "x" * 100_000, answer(*map(str, range(4000)))).fragment_missing
