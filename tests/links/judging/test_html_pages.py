"""Anchors, text and charset of pages, real ones and hostile ones."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from mlsd_lint.links.exchange import Reply
from mlsd_lint.links.judging.html_pages import is_html, parse, text_of

HTML = "text/html; charset=utf-8"


def names(markup: str) -> tuple[str, ...]:
    return parse(markup.encode(), HTML).names


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<p id="a">x<p ID=b>y<a name="c"></a><map name=d></map>', ("a", "b", "c", "d")),
        ('<input name="q"><meta name="author" content="x"><p name="z">', ()),
        ("<!-- <p id=no> --><p id=yes>", ("yes",)),
        ("<!--><p id=yes>-->", ("yes",)),
        ('<script>"<p id=no>"</script><p id=yes>', ("yes",)),
        ("<style><p id=no></style><textarea><p id=no></textarea><p id=yes>", ("yes",)),
        ("<title><p id=no></title><p id=yes>", ("yes",)),
        ('<p data-x="<script>" id=a><p id=b>', ("a", "b")),
        ('<p title="a > b" id=a>', ("a",)),
        ("<p title=it's id=a>", ("a",)),
        ("<p id=a/b>", ("a/b",)),
        ("<p id = 'a b' >", ("a b",)),
        ("<p id=a id=b>", ("a",)),
        ('<p id="a&amp;b&eacute;">', ("a&bé",)),
        ('<p id="ünï">', ("ünï",)),
        ("<p id=''><p id>", ()),
        ("<x-y id=a></x-y><svg:g id=b>", ("a", "b")),
        ("< p id=no><p id=yes>", ("yes",)),
        ('</p id="no"><p id=yes>', ("yes",)),
        ('<div @click="x" id=a><div :class="y" id=b>', ("a", "b")),
    ],
)
def test_anchors(markup, expected):
    assert names(markup) == expected


def test_an_unclosed_tag_at_the_end_does_no_harm():
    assert parse(b'<p id=a>x<p id="b', HTML).names[:1] == ("a",)


ATTRIBUTE = st.sampled_from(
    [' id="{}"', " id='{}'", " id={}", ' class="x y"', " hidden", ' title="a > b"', "\n data-a=b"]
)
NAME = st.sampled_from(["p", "div", "b", "a", "span", "h1", "section", "x-y", "ul", "li"])
ANCHOR = st.sampled_from(["one", "two", "three", "x.y", "sec-1", "é", "a:b"])


@st.composite
def markup(draw):
    parts = []
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.integers(0, 4))
        if kind == 0:
            parts.append(draw(st.sampled_from(["text", "a &amp; b", " ", "<!-- <p id=no> -->"])))
        elif kind == 1:
            parts.append(draw(st.sampled_from(["<script>if(a<b){'<p id=no>'}</script>", "<br>"])))
        elif kind == 2:
            parts.append(f"</{draw(NAME)}>")
        else:
            given_ = "".join(
                one.format(draw(ANCHOR)) for one in draw(st.lists(ATTRIBUTE, max_size=3))
            )
            parts.append(f"<{draw(NAME)}{given_}>")
    return "<!doctype html><body>" + "".join(parts)


@given(markup())
@settings(max_examples=300, deadline=None)
def test_ids_are_those_that_a_browser_engine_finds(page):
    tree = LexborHTMLParser(page)
    expected = {node.attributes["id"] for node in tree.css("[id]") if node.attributes["id"]}
    assert set(names(page)) == expected


@given(st.binary(max_size=400), st.sampled_from(["", HTML, "text/html; charset=utf-16", "x/y"]))
@settings(deadline=None)
def test_any_bytes_are_read(body, content_type):
    page = parse(body, content_type)
    assert isinstance(page.text, str)


PIECES = st.sampled_from(
    [*"<>/=!-\"' a&;\0", "<p", "<script>", "</script", "<!--", "-->", "id=", "<h1>", "<title>", "é"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(deadline=None)
def test_any_markup_is_read_to_its_end(page):
    read = parse(page.encode(), HTML)
    assert not read.cut
    assert parse(page.encode() + b"<!----></script></title>", HTML) is not None


SIZE = 1024 * 1024


def filled(piece: bytes) -> bytes:
    return piece * (SIZE // len(piece))


# Each of these takes a tree builder minutes or gigabytes; that they end is what is tested.
HOSTILE = {
    "nested": b"<div>" * 1_000_000,
    "lists": b"<ul><li>" * 200_000,
    "formatting": b"<p>"
    + b"".join(b"<font c=%d>" % i for i in range(20_000))
    + filled(b"</p><p>x"),
    "attributes": b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">",
    "unclosed attributes": b"<p " + b" ".join(b"a%d='1\"'" % i for i in range(200_000)),
    "less-than": b"<" * SIZE,
    "quotes": filled(b'<a x="'),
    "spaces": b"<a" + b" " * SIZE,
    "equals": b"<a" + filled(b" ="),
    "comments": filled(b"<!--"),
    "scripts": filled(b"<script>"),
    "ends": filled(b"</"),
    "nul": b"\0" * SIZE,
    "binary": bytes(range(256)) * (SIZE // 256),
    "ampersands": b"&" * SIZE,
    "noscript": filled(b"<noscript>enable java "),
    "metas": filled(b"<meta charset="),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_in_little_memory(name):
    body = HOSTILE[name]
    tracemalloc.start()
    try:
        parse.__wrapped__(body, HTML)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40 * len(body)


def test_more_tags_than_anybody_reads_are_cut_and_said_to_be():
    page = parse(b"".join(b"<p id=x%d>" % i for i in range(210_000)), HTML)
    assert page.cut
    assert not parse(b"<p id=x>", HTML).cut


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("é".encode(), "text/html", "é"),
        ("é au lait".encode("latin-1"), "text/html", "é au lait"),
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1", "é"),
        ("日本".encode("shift_jis"), 'text/html; charset="Shift_JIS"', "日本"),
        (b'<meta charset="koi8-r">' + "да".encode("koi8-r"), "text/html", "да"),
        ("é".encode(), "text/html; charset=no-such", "é"),
        (b"\xef\xbb\xbf" + "é".encode(), "text/html; charset=latin-1", "é"),
        ("“".encode("cp1252"), "text/html; charset=latin-1", "“"),
        ("aé".encode()[:-1], "text/html", "a�"),
        (b"x", "text/html; charset=hex", "x"),
        (b"x", "text/html; charset=punycode", "x"),
        (b"+AGE-", "text/html; charset=utf-7", "+AGE-"),
    ],
)
def test_charsets(body, content_type, expected):
    assert text_of(body, content_type).endswith(expected)


def test_the_text_that_a_reader_sees():
    page = parse(
        b"<title>A &amp; B</title><style>no</style><h1>Wo<b>rd</b></h1><p>one<p>two<br>three"
        b"<script>no</script><base href='/x/'><svg><title>other</title></svg>",
        HTML,
    )
    assert page.title == "A & B"
    assert page.heading == "Word"
    assert page.text == "Word one two three"
    assert page.base == "/x/"


WORDS = "Words that a reader reads here. " * 40
NEEDS_JAVASCRIPT = (
    "<noscript>You need to enable JavaScript to run this app.</noscript>"
    f"<p>{WORDS}</p><script src='/app.js'></script>"
)
MADE_BEFOREHAND = (
    f'<div id="__next"><h1 id="a">T</h1>{WORDS}<h2 id=b>x</h2><h2 id=c>x</h2><h2 id=d>x</h2>'
    "<h2 id=e>x</h2></div><script src='/n.js'></script>"
)


@pytest.mark.parametrize(
    ("page", "scripted"),
    [
        ('<div id="root"></div><script src="/main.js"></script>', True),
        (NEEDS_JAVASCRIPT, True),
        ('<div id="swagger-ui"></div><script src="swagger-ui-bundle.js"></script>' + WORDS, True),
        ('<div id="app"></div><script src="//cdn/docsify@4"></script>', True),
        (f"<h1 id=a>Title</h1><p>{WORDS}</p><script src='/analytics.js'></script>", False),
        ("<h1 id=a>Short</h1>", False),
        (MADE_BEFOREHAND, False),
        ('<script type="application/ld+json">{}</script><p>short', False),
    ],
)  # fmt: skip
def test_pages_that_a_program_makes(page, scripted):
    assert parse(page.encode(), HTML).scripted is scripted


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("text/html", b"x", True),
        ("TEXT/HTML;charset=x", b"x", True),
        ("application/xhtml+xml", b"x", True),
        ("application/pdf", b"<html>", False),
        ("", b"<!DOCTYPE html><p>", True),
        ("", b"%PDF", False),
        ("text/html", b"", False),
    ],
)
def test_what_is_html(content_type, body, expected):
    assert is_html(Reply(200, {"content-type": content_type}, body, True, 0.1)) is expected  # noqa: FBT003


def test_files_that_github_sends_as_data():
    start = '<script type="application/json" data-target="react-app.embeddedData">'
    rich = r'{"richText":"\u003ch2 id=\"user-content-caf\u00e9\"\u003e"}</script>'
    page = parse((start + rich).encode(), HTML)
    assert page.names == ("user-content-café",)
    assert not page.scripted
    assert parse((start + "{}</script>" + WORDS).encode(), HTML).scripted
