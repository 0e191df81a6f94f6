"""What holds for every document, on random ones and on real ones however they are wrapped."""

import json
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ROOT, SHARED
from marked import parsed
from mlsd_lint.markdown import RefusedError
from mlsd_lint.prose.blocks import source_place, text_range
from mlsd_lint.prose.extraction import blocks
from mlsd_lint.source import Span
from prose.laws import assert_laws

PIECES = [
    *(
        "word ",
        "two words ",
        "é",
        "日本 ",
        "😀",
        "👩‍👧 ",
        " ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\0",
        "\ufffc",
    ),
    *(
        "> ",
        "- ",
        "1. ",
        "    ",
        "# ",
        "===\n",
        "---\n",
        "[ ] ",
        "[^a]",
        "[^a]: ",
        "| a | b |\n|-|-|\n",
        "|",
    ),
    *("*", "**", "_", "~~", "`", "[", "![", "](u)", "](u 'title')", "]", "[r]", "\n\n[r]: /u\n\n"),
    *("\\", "\\*", "\\|", "\\(", "\\)", "&amp;", "&nGt;", "&#233;", "&nosuch;", "  \n", "\\\n"),
    *("$", "$$", "$a$", "{{", "}}", "{", "}", "{#id}", "{%", "%}", ":", ":tada:", "[!NOTE]"),
    *("https://a.example/b", "www.a.example", "a@b.example", "<x:y>", "<!-- c -->", "<!--", "-->"),
    *(
        "<b>",
        "</b>",
        "<code>",
        "</code>",
        "<i lang='fr'>",
        "<i lang='en'>",
        "</i>",
        "<br>",
        "<img>",
    ),
    *("<div lang='de'>\n\n", "</div>\n\n", "\n\n```\n", "\ufeff"),
]
markdown = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=50)


@settings(deadline=None, max_examples=500)
@given(markdown)
@example("*a <code>b* c</code> d")
@example("![a <code>b](u) c</code> d")
@example("<code>a\n\nb</code>")
@example("[$a](u)$ b $`c`$d")
@example("&nGt;$&nGt;$ a")
@example("\\(&nGt;\\)a&nGt;b\\(")
@example("[https://a.b/&amp;c](u)")
def test_every_document(text):
    try:
        document = parsed(text)
    except RefusedError:
        return
    assert_laws(document)


@settings(deadline=None, max_examples=300)
@given(markdown, st.data())
def test_a_range_leads_to_the_source_and_back(text, data):
    try:
        found = list(blocks(parsed(text)))
    except RefusedError:
        return
    for block in found:
        start = data.draw(st.integers(0, len(block.text)))
        end = data.draw(st.integers(start, len(block.text)))
        span, exact = source_place(block, start, end)
        assert block.span.start <= span.start <= span.end <= block.span.end
        back = text_range(block, span)
        if exact:
            assert span.end - span.start == end - start
            assert start == end or back == (start, end)
        elif start < end:
            assert back.start <= start
            assert end <= back.end
            assert source_place(block, *back).span == span
        first = data.draw(st.integers(0, len(text)))
        span = Span(first, data.draw(st.integers(first, len(text))))
        back = text_range(block, span)
        assert 0 <= back.start <= back.end <= len(block.text)
        for segment in block.segments:
            if span.start < segment.span.end and segment.span.start < span.end:
                assert back.start < segment.end
                assert segment.start < back.end


def _real():
    """Real Markdown, mostly that of the material beside the checkout."""
    files = [
        *(SHARED / "corpora").rglob("*.md"),
        *(ROOT / "content").rglob("*.md"),
        *(ROOT / "answers").rglob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
    ]
    return sorted(files)


@pytest.mark.parametrize("path", _real(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_real_file(path):
    text = path.read_text("utf-8")
    plain = assert_laws(parsed(text))
    with_crlf = assert_laws(parsed("\ufeff" + text.replace("\n", "\r\n")))
    assert _said(with_crlf) == _said(plain)
    assert sum(len(block.text) for block in plain) > 50


def test_every_example_of_the_specifications(shared):
    for name in ("commonmark-0.31", "gfm-extensions"):
        for one in json.loads((shared / "spec" / f"{name}.json").read_text("utf-8")):
            assert_laws(parsed(one["markdown"]))


@pytest.mark.parametrize("prefix", [("> ", "> "), ("1. ", "   "), (">\t- ", ">     ")])
def test_quotes_and_lists_around_a_document_change_no_text(prefix):
    first, other = prefix
    for path in (path for path in _real() if not path.name.startswith("README-")):
        text = path.read_text("utf-8").lstrip("\ufeff")
        lines = text.split("\n")
        if lines[0].rstrip() in {"---", "+++", ""}:
            continue
        wrapped = first + "\n".join((lines[0], *(other + line for line in lines[1:])))
        expected = Counter(block.text for block in blocks(parsed(text)))
        assert Counter(block.text for block in assert_laws(parsed(wrapped))) == expected, path


def _said(found):
    return [(block.kind, block.text, block.english, block.digest) for block in found]
