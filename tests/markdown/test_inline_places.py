import pytest

from marked import assert_spans, parsed, part_of_first
from mlsd_lint.document import (
    CodeSpan,
    Emphasis,
    FootnoteReference,
    HtmlInline,
    Image,
    LineBreak,
    Link,
    Strikethrough,
    Strong,
    Text,
)

INLINES = {
    Text: [
        "⟦plain⟧\n",
        "⟦a⟧*⟦b⟧*⟦c⟧\n",
        "⟦a⟧⟦&amp;⟧⟦b⟧\n",
        r"⟦a⟧⟦\*⟧⟦b⟧" + "\n",
        "> ⟦one⟧\n⟦two⟧\n",
        "⟦not [a link⟧\n",
        "⟦a * b ** c __ d⟧\n",
        "⟦a⟧⟦\0⟧⟦b⟧\n",
        "## ⟦é́ 日本⟧ ##\n",
    ],
    CodeSpan: [
        "a ⟦`b`⟧\n",
        "⟦`` a`b ``⟧\n",
        "> ⟦`a\n> b`⟧\n",
        "- x ⟦`a`⟧ `b\n",
        "*⟦`*`⟧*\r\n",
        r"|⟦`a\|b`⟧|" + "\n|-|\n",
    ],
    Emphasis: [
        "⟦*a*⟧ ⟦_b_⟧\n",
        "⟦***a** b*⟧\n",
        "> ⟦*a\n> b*⟧\n",
        "*⟦*a*⟧\n",
        "[⟦*a*⟧](u)*\n",
        "**a⟦*b*⟧**\n",
    ],
    Strong: [
        "⟦**a**⟧ ⟦__b__⟧\n",
        "*⟦**a**⟧ b*\n",
        "*⟦**a**⟧*\n",
        "- ⟦**a\n  b**⟧\n",
        "⟦**a *b***⟧\n",
        "⟦**[a](u)**⟧\n",
    ],
    Strikethrough: [
        "⟦~~a~~⟧\n",
        "⟦~a~⟧ ~~~b~~~\n",
        "**⟦~~a~~⟧**\n",
        "⟦~~*a* [b](c)~~⟧\n",
        "> x ⟦~~c\nd~~⟧\n",
    ],
    LineBreak: [
        "a⟦\n⟧b\n",
        "a⟦  \n⟧b\n",
        "a⟦\\\n⟧b\n",
        "> a⟦ \n⟧> b\n",
        "a⟦\r\n⟧b⟦\r⟧c",
        "- a⟦\\\r\n⟧  b",
    ],
    Link: [
        "⟦[a](b)⟧\n",
        "⟦[a](b(c(d(e))))⟧ [a](b(c)\n",
        "⟦[*a*](<b c> 'd')⟧\n",
        "[x ⟦[a](b)⟧ y](c)\n",
        "⟦[a][B]⟧ ⟦[b][]⟧ ⟦[b]⟧\n\n[b]: c\n",
        "> ⟦[a\n> b](c\n> 'd')⟧\n",
        "⟦<http://a>⟧ ⟦<a@b.c>⟧\n",
        "(⟦http://a/(b)⟧) ⟦www.c.d⟧. ⟦e@f.g⟧!\n",
        "⟦[![a](b)](c)⟧\n",
        "⟦[⟦<http://a>⟧](u)⟧\n",
        '<a name="x"> see ⟦[t](http://u)⟧\n',
        r"|⟦[a](b\|c)⟧|" + "\n|-|\n",
    ],
    Image: [
        "⟦![a](b)⟧\n",
        "[⟦![a](b)⟧](c)\n",
        "⟦![a ⟦![b](c)⟧](d)⟧\n",
        "⟦![a]⟧ ⟦![b][a]⟧ ⟦![A][]⟧\n\n[a]: u\n",
        "> x ⟦![a\n> b](c)⟧\n",
        "!⟦![a](b)⟧\n",
    ],
    HtmlInline: [
        "a ⟦<b>⟧c⟦</b>⟧\n",
        "a ⟦<!-- b\nc -->⟧\n",
        "> a ⟦<b\n> c='d>'>⟧\n",
        "a ⟦<?php ?>⟧ ⟦<!DOCTYPE x>⟧ ⟦<![CDATA[>]]>⟧\n",
        "a ⟦<!-->⟧ ⟦<!--->⟧\n",
        "a <b c ⟦<br/>⟧\n",
    ],
    FootnoteReference: [
        "a⟦[^1]⟧\n\n[^1]: x\n",
        "> a⟦[^N]⟧\n\n[^n]: x\n",
        "[^1]: x⟦[^2]⟧\n[^2]: y\n",
        "!⟦[^1]⟧ [^nope]\n\n[^1]: x\n",
        "[a]⟦[^1]⟧ `[^1]`\n\n[^1]: x\n",
    ],
}
CASES = [(kind, text) for kind, texts in INLINES.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_inline_span(kind, text):
    assert_spans(text, lambda document: [node.span for node in document.of(kind)])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[a](⟦b⟧)\n", part_of_first(Link, "destination_span")),
        ("[a]( <⟦b c⟧> )\n", part_of_first(Link, "destination_span")),
        ("[a](⟦⟧)\n", part_of_first(Link, "destination_span")),
        ("> [a](\n> ⟦b⟧\n> )\n", part_of_first(Link, "destination_span")),
        ("[a](⟦b(c)⟧)\n", part_of_first(Link, "destination_span")),
        ("[a](⟦b&amp;c⟧)\n", part_of_first(Link, "destination_span")),
        ("~~*[x](⟦b⟧)*~~\n", part_of_first(Link, "destination_span")),
        ("<⟦http://a⟧>\n", part_of_first(Link, "destination_span")),
        ("x ⟦www.a.b/c⟧?\n", part_of_first(Link, "destination_span")),
        ("[![a](⟦b⟧)](c)\n", part_of_first(Image, "destination_span")),
        ("[⟦a *b*⟧](c)\n", part_of_first(Link, "text_span")),
        ("![⟦a⟧][b]\n\n[b]: c\n", part_of_first(Image, "text_span")),
        ("[a](b '⟦c d⟧')\n", part_of_first(Link, "title_span")),
        ("- [a](b\n  (⟦c\n  d⟧))\n", part_of_first(Link, "title_span")),
        ("[a][⟦B⟧]\n\n[b]: c\n", part_of_first(Link, "label_span")),
        ("[⟦b⟧][]\n\n[b]: c\n", part_of_first(Link, "label_span")),
        ("[b]\n\n⟦[b]: c 'd'⟧\n", part_of_first(Link, "definition")),
    ],
)
def test_span_of_a_part(text, part):
    assert_spans(text, part)


def _link(text):
    (link,) = parsed(text).of(Link)
    return link


def test_link_values():
    link = _link("[a](b&amp;\\* 't&quot;')\n")
    assert (link.form, link.destination, link.title) == ("inline", "b&*", 't"')
    link = _link("[x][B]\n\n[b]: /c&amp;d 'e'\n")
    assert (link.form, link.destination, link.title) == ("full", "/c&d", "e")
    assert (link.destination_span, link.title_span, link.label) == (None, None, "B")
    assert _link("[b][]\n\n[b]: /c\n").form == "collapsed"
    assert _link("[b]\n\n[b]: /c\n").form == "shortcut"
    assert _link("<https://a/?b=1&amp;c=%20>\n").destination == "https://a/?b=1&c=%20"
    assert _link("<a@b.c>\n").destination == "mailto:a@b.c"
    link = _link("www.a.b\n")
    assert (link.form, link.destination) == ("bare", "http://www.a.b")


def test_image_values():
    outer, inner = parsed("![a *b* `c` ![d](e)\nf](g 'h')\n").of(Image)
    assert (outer.alt, outer.destination, outer.title) == ("a b c d f", "g", "h")
    assert (inner.alt, inner.destination) == ("d", "e")


def test_text_and_code_values():
    document = parsed("a&copy;\\!\0 `` `b  c` `` `  `\n")
    assert [node.text for node in document.of(Text)] == ["a", "©", "!", "\ufffd", " ", " "]
    assert [node.text for node in document.of(CodeSpan)] == ["`b  c`", "  "]
    assert [node.hard for node in parsed("a\nb  \nc\\\nd").of(LineBreak)] == [False, True, True]


def test_footnote_reference_value():
    (reference,) = parsed("a[^Note]\n\n[^note]: x\n").of(FootnoteReference)
    assert (reference.label, reference.identifier) == ("Note", "note")


@pytest.mark.parametrize(
    "text",
    [
        "⟦[t][⟦nope⟧]⟧\n",
        "⟦[⟦nope⟧][]⟧ and [nope]\n",
        "x ⟦![a][⟦b c⟧]⟧\n",
        "> ⟦[a\n> b][⟦nope⟧]⟧\n",
        "⟦[*t*][⟦x⟧]⟧ `[t][y]` \\[t][z] [ok][]\n\n[ok]: /u\n",
    ],
)
def test_unresolved_reference(text):
    assert_spans(
        text,
        lambda document: [
            span for found in document.unresolved for span in (found.span, found.label_span)
        ],
    )


@pytest.mark.parametrize(
    "text",
    [
        "[nope]\n",
        "[b][c]\n\n[c]: /u\n",
        "[a][b]\n\n[b]: /u\n",
        "[this][^1]\n\n[^1]: x\n",
        "[this][^unknown]\n",
        "[a][c]\n\n[c]: /u\n",
        "[a] [b]\n",
        "int[][] x; [ ][]\n",
    ],
)
def test_what_is_no_unresolved_reference(text):
    assert parsed(text).unresolved == ()


def test_a_label_that_is_the_text_of_the_next_link_is_no_unresolved_one():
    document = parsed("[foo][bar][baz]\n\n[baz]: /u\n")
    assert document.unresolved == ()
    assert [link.text_span for link in document.of(Link)] == [(6, 9)]


def test_unresolved_values():
    full, image = parsed("[t][No  pe] ![t][x]\n").unresolved
    assert (full.label, full.image) == ("No  pe", False)
    assert (image.label, image.image) == ("x", True)
