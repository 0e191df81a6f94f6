"""Anchors of whole documents in each dialect, from Markdown as people write it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.markdown import parse
from mlsd_lint.markdown.anchors import anchors
from mlsd_lint.source import Source


def names(text, dialect="github"):
    return [anchor.name for anchor in anchors(parse(Source("page.md", text)), dialect)]


def found(text, dialect="github"):
    document = parse(Source("page.md", text))
    return [
        (anchor.name, anchor.slug, anchor.origin, document.source.slice(anchor.span))
        for anchor in anchors(document, dialect)
    ]


def heading_for(words):
    """Markdown of a heading with exactly these words: what Markdown would read is escaped."""
    return "# " + "".join(
        f"\\{char}" if char in "\\`*_{}[]()#+-.!<>&|~:\"'$%,/;=?@^" else char for char in words
    )


def test_every_github_slugger_fixture_as_a_heading(shared):
    fixtures = json.loads((shared / "spec/github-slugger.json").read_text(encoding="utf-8"))
    text = "\n\n".join(
        fixture.get("markdownOverwrite", heading_for(fixture["input"])) for fixture in fixtures
    )
    named = [anchor.name for anchor in anchors(parse(Source("page.md", text)), "github")]
    assert len(named) == 78
    wrong = [
        fixture["name"]
        for fixture, name in zip(fixtures, named, strict=True)
        if name != fixture["expected"]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n# A\n\n# A-1\n", ["a", "a-1", "a-1-1"]),
        ("# ⚠️ Warning\n", ["\ufe0f-warning"]),
        ("# Custom {#my-id}\n", ["custom-my-id"]),
        ("# T ##\n", ["t"]),
        ("# HTML <b>bold</b> &amp; entity\n", ["html-bold--entity"]),
        ("Over two\nlines\n===\n", ["over-twolines"]),
        ("# *Inline* __markup__ ~~and~~ `code`\n", ["inline-markup-and-code"]),
        ("# [Link](x.md) and <https://example.com>\n", ["link-and-httpsexamplecom"]),
        ("# ![Logo](x.png) Name\n", ["-name"]),
        ("# [![Badge](x.png)](y) Name\n", ["-name"]),
        ("# :tada: Party\n", ["tada-party"]),
        ("# ![only](x.png)\n", []),
        ("#\n", []),
        ("> # Quoted\n\n- # In a list\n", ["quoted", "in-a-list"]),
        ("```\n# no\n```\n\n<!-- # no <a id='x'> -->\n\n`<a id='y'>`\n", []),
        ("---\ntitle: no\n---\n\n# Yes\n", ["yes"]),
        ("<h1>Raw &amp; <i>ready</i></h1>\n\n# Raw ready\n", ["raw--ready", "raw-ready"]),
        ("# Same\n\n<h2>Same</h2>\n\n# Same\n", ["same", "same-1", "same-2"]),
        ('<h1 align="center">\n  Name\n  <!-- x --><br>\n</h1>\n', ["--name--"]),
        ("<h1>Never closed\n\n<h2>Closed</h2>\n", ["closed"]),
    ],
)
def test_github(text, expected):
    assert names(text) == expected


def test_raw_html_in_every_dialect():
    text = '# One\n\n<a name="Old"></a><a id="x" name="x">t</a>\n\n<p id="p" name="no">\n\n</p>\n'
    for dialect in ("github", "mkdocs", "pandoc"):
        assert names(text, dialect) == ["one", "Old", "x", "p"]


def test_what_an_anchor_knows():
    text = '# *Setup* ##\n\n## Setup\n\n<a id="here"></a>\n'
    assert found(text) == [
        ("setup", "setup", "heading", "*Setup*"),
        ("setup-1", "setup", "heading", "Setup"),
        ("here", "here", "html", "here"),
    ]


# What Markdown 3.11 gave for this page with toc, attr_list and footnotes.
MKDOCS = {
    "# a {#x-1 k=v}": "x-1",
    '# b {#x k="v w" .c}': "x",
    "# c {.c #y}": "y",
    "# d{#z}": "dz",
    "# e {#z1}  ###": "z1",
    "# f `{#code}`": "f-code",
    "# g *e* {#z-_2:a.b}": "z-_2:a.b",
    r"# A\*b c\_d": "ab-c_d",
    "# h {: #kk }": "kk",
    "# Foo    bar": "foo-bar",
    "# Foo[^1] bar": "foo-bar_1",
    '# [link](x "t") `a--b` "q"': "link-a-b-q",
    "# {#only}": "only",
    "#": "_1",
    '# <span class="s">x</span> <!-- c --> y': "x-y",
    "# ![alt text](x.png) Title": "title",
    "# Unnum {.unnumbered}": "unnum",
    "# a [b](c) &amp; d": "a-b-d",
    "# kk": "kk_1",
}
# What pandoc 3.9 gave for this page.
PANDOC = {
    "# A -- b ... c---d": "a-b-cd",
    "# ![alt text](x.png) Title": "alt-text-title",
    "# Foo[^1] bar": "foo1-bar",
    "# <b>bold</b> `code x` &amp; y": "bold-code-x-y",
    "# Custom {#my-id .cls}": "my-id",
    "# Unnum {-}": "unnum",
    "# Unnum {.unnumbered}": "unnum-1",
    "# 123": "section",
    "# ❤": "section-1",
    "# foo": "foo",
    "# foo-1 {#foo-1}": "foo-1",
    "# Foo": "foo-2",
    "# x {#a b}": "x-a-b",
    "# trailing {#x} text": "trailing-x-text",
    '# b {#x k="v w" .c}': "x",
    "# d{#z}": "z",
    "# f `{#code}`": "f-code",
    "# h {: #kk }": "h-kk",
    '# [link](x "t") `a--b` "q"': "link-a--b-q",
    "# {#only}": "only",
    "#": "section-2",
}


@pytest.mark.parametrize(("dialect", "page"), [("mkdocs", MKDOCS), ("pandoc", PANDOC)])
def test_headings_as_the_renderer_named_them(dialect, page):
    text = "\n\n".join(page) + "\n\n[^1]: A note.\n"
    assert names(text, dialect) == list(page.values())


def test_custom_identifiers_are_reported_where_they_stand():
    assert found("# Words {: .c #my-id }\n\n# Words\n", "mkdocs") == [
        ("my-id", "my-id", "custom", "my-id"),
        ("words", "words", "heading", "Words"),
    ]


def test_written_identifiers_come_before_generated_ones_in_mkdocs_only():
    text = "# Words\n\n# Other {#words}\n"
    assert names(text, "mkdocs") == ["words_1", "words"]
    assert names(text, "pandoc") == ["words", "words"]


def test_identifiers_of_other_blocks_and_spans():
    text = "[span]{#sp .x} and `c`{#cc}, `{#no}`\n\n::: {#dv .x}\ntext\n:::\n\n```{#code}\n```\n"
    assert names(text, "pandoc") == ["sp", "cc", "dv", "code"]
    assert names(text, "mkdocs") == ["sp", "cc", "dv", "code"]
    assert names(text, "github") == []


fragments = st.sampled_from(
    [
        *("# ", "## ", "a", "a-1", "a_1", " ", "\n", "\n\n", "===\n", "{#a}", "{: #b .c}"),
        *("<h2>", "</h2>", "<a id='x'>", "<!-- ", " -->", "`", "*", "[", "](x)", "![", "é", "ſ"),
        *("⚠️", "> ", "- ", "&amp;"),
    ]
)


@given(
    st.lists(fragments, max_size=40).map("".join), st.sampled_from(("github", "mkdocs", "pandoc"))
)
def test_generated_names_are_unique_and_stand_in_the_source(text, dialect):
    document = parse(Source("page.md", text))
    given_anchors = anchors(document, dialect)
    generated = [anchor.name for anchor in given_anchors if anchor.origin == "heading"]
    assert len(set(generated)) == len(generated)
    for anchor in given_anchors:
        assert 0 <= anchor.span.start <= anchor.span.end <= len(text)
        if anchor.origin != "heading":
            assert document.source.slice(anchor.span) == anchor.name
