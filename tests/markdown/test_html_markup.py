import pytest

from marked import assert_spans, parsed

TAGS = [
    "⟦<div>⟧\n⟦<a name='x'>⟧⟦</a>⟧\n⟦</div>⟧\n",
    "text ⟦<b>⟧ and ⟦</b>⟧\n",
    "> ⟦<p\n>   class=x>⟧\n",
    "<!-- <b> -->\n\na <!-- <b> --> ⟦<i>⟧\n",
    "⟦<script>⟧ '<b>' ⟦</script>⟧\n\n⟦<br/>⟧\n",
    "⟦<style>⟧\n<b>\n⟦</style>⟧\n",
    "`<b>`\n\n    <b>\n\n```\n<b>\n```\n",
    "| ⟦<b>⟧ |\n|-|\n",
    "[⟦<img src='a'>⟧](u)\n",
    "⟦<div>⟧\n<? <b> ?> <![CDATA[ <b> ]]> a < b ⟦<x-y>⟧\n",
    "<http://a.b> ⟦<b>⟧ <http: //c>\n",
    "<!-- open\n<b>\n",
]


@pytest.mark.parametrize("text", TAGS)
def test_tag_span(text):
    assert_spans(text, lambda document: [tag.span for tag in document.tags])


@pytest.mark.parametrize(
    "text",
    [
        '<a href="⟦http://x⟧">\n',
        "x <img src='⟦a b⟧' alt=⟦c⟧ hidden>\n",
        "<p\n  id = ⟦x⟧\n  title='⟦⟧'>\n",
        "> <div\n> id='⟦a\n> b⟧'>\n",
        "<div a=⟦b/c⟧>\n",
        "<p cite=⟦http://a?b=c⟧>\n\nx",
    ],
)
def test_attribute_value_span(text):
    assert_spans(
        text,
        lambda document: [
            attribute.value_span
            for tag in document.tags
            for attribute in tag.attributes
            if attribute.value_span is not None
        ],
    )


def test_tag_values():
    tags = parsed("<IMG Src='a&amp;b' ALT hidden=\"\"/> </DIV>\n").tags
    image, div = tags
    assert (image.name, image.closing, image.self_closing) == ("img", False, True)
    assert [(a.name, a.value) for a in image.attributes] == [
        ("src", "a&b"),
        ("alt", ""),
        ("hidden", ""),
    ]
    assert image.attribute("alt").value_span is None
    assert (div.name, div.closing, div.self_closing) == ("div", True, False)
    assert not parsed("<a href=x/>\n").tags[0].self_closing


def test_a_quoted_angle_bracket_does_not_end_a_tag():
    (tag,) = parsed('<div title="a > b" id="x">\n').tags
    assert [a.value for a in tag.attributes] == ["a > b", "x"]


@pytest.mark.parametrize(
    "text",
    [
        "⟦<!-- a -->⟧\n",
        "x ⟦<!-- a\nb -->⟧ y\n",
        "> ⟦<!-- a\n> b -->⟧\n",
        "<div>\n⟦<!-- a -->⟧ ⟦<!---->⟧ ⟦<!-->⟧ ⟦<!--->⟧\n</div>\n",
        "- ⟦<!-- open\n  more⟧\n\ntext\n",
        "`<!-- code -->` ⟦<!-- x -->⟧\n\n<script>\n<!-- script -->\n</script>\n",
    ],
)
def test_comment_span(text):
    assert_spans(text, lambda document: [comment.span for comment in document.comments])


def test_comment_values():
    document = parsed("<!-- mlsd-lint-disable H101 -->\n\na <!-- b\nc --> d\n\n<!-- open\n")
    assert [(c.text, c.closed) for c in document.comments] == [
        ("mlsd-lint-disable H101", True),
        ("b\nc", True),
        ("open", False),
    ]
