import pytest

from mlsd_lint.markdown import parse
from mlsd_lint.page import page
from mlsd_lint.source import Source


def made(text, dialect="github"):
    return page(parse(Source("docs/page.md", text)), dialect)


def pointed(text):
    return [(one.role, one.value) for one in made(text).destinations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", [("link", "b.md")]),
        ("[a](<my file.md> 'title')", [("link", "my file.md")]),
        ("[a](my%20file.md)", [("link", "my%20file.md")]),
        ("[a](my file.md)", []),
        ("![a](b.png)", [("image", "b.png")]),
        ("[![a](b.png)](c.md)", [("image", "b.png"), ("link", "c.md")]),
        ("<http://h/x>", [("link", "http://h/x")]),
        ("See http://h/x.", [("link", "http://h/x")]),
        ("[https://dead](https://ok)", [("link", "https://ok")]),
        ("http://h/x%2Fy?u=a%26b", [("link", "http://h/x%2Fy?u=a%26b")]),
        ("[p](http://h/?a=1&amp;b=2)", [("link", "http://h/?a=1&b=2")]),
        ("[p](http://h/Foo_(bar))", [("link", "http://h/Foo_(bar)")]),
        ("**http://h/b**", [("link", "http://h/b")]),
        ("(http://h/x)", [("link", "http://h/x")]),
        ("http://h/Foo_(q).", [("link", "http://h/Foo_(q)")]),
        ("{#x} and www.h.org/x, a@h.org", [("link", "http://www.h.org/x"), ("link", "mailto:a@h.org")]),
        ("[a]()", [("link", "")]),
        ("[t][Ref A]\n\n[ref a]: f.md\n[b]: <g h.md>", [("definition", "f.md"), ("definition", "g h.md")]),
        ("`[a](b.md)`", []),
        ("```\n[a](b.md)\n```", []),
        ("<!-- [a](b.md) <a href='x.md'> -->", []),
        ("---\nurl: http://h/x\n---\n", []),
        ("[[wiki|links]]", []),
        ("{{ site.url }}/x", []),
    ],
)  # fmt: skip
def test_markdown(text, expected):
    assert pointed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="b.md">b</a>', [("attribute", "b.md")]),
        ("<a href=b.md?x&amp;y>b</a>", [("attribute", "b.md?x&y")]),
        ("<a name='b'>b</a>", []),
        ("<img src='b.png' alt=''>", [("image", "b.png")]),
        ("<iframe src='b.html'></iframe>", [("attribute", "b.html")]),
        ("<video src='v.mp4' poster='p.png'></video>", [("attribute", "v.mp4"), ("image", "p.png")]),
        ("<object data='o.svg'></object>", [("attribute", "o.svg")]),
        ("<div data='o.svg'></div>", []),
        ("<Card href='/x'>c</Card>", []),
        ("<a href=''>b</a>", [("attribute", "")]),
        (
            '<img src="a.png" srcset="a.png, b.png 1.5x,c,d.png 20w">',
            [("image", "a.png"), ("image", "a.png"), ("image", "b.png"), ("image", "c,d.png")],
        ),
        (
            '<source srcset="\n  a.png 1x,\n  b.png 2x\n">',
            [("image", "a.png"), ("image", "b.png")],
        ),
        ('<img srcset="  ">', []),
    ],
)  # fmt: skip
def test_html(text, expected):
    assert pointed(text) == expected


def test_base_moves_what_is_relative():
    text = '<base href="https://example.org/a/">\n\n[x](b.md) [y](http://h/) [z]({{x}}) ![i](i.png)'
    assert pointed(text) == [
        ("link", "https://example.org/a/b.md"),
        ("link", "http://h/"),
        ("link", "{{x}}"),
        ("image", "https://example.org/a/i.png"),
    ]


def test_written_is_the_text_under_the_span():
    text = (
        "\ufeff# A\r\n\r\n> * [a](b\\_c.md#x 't') ![i](<i j.png>) <http://h/&amp;>\r\n"
        "> <img srcset='p&amp;q.png 1x, r.png 2x' src=s.png>\r\n\r\n[d]: <e%20f.md>\r\n"
    )
    destinations = made(text).destinations
    assert [one.written for one in destinations] == [
        *("b\\_c.md#x", "i j.png", "http://h/&amp;"),
        *("p&amp;q.png", "r.png", "s.png", "e%20f.md"),
    ]
    for one in destinations:
        assert text[one.span.start : one.span.end] == one.written
        assert one.whole.start <= one.span.start <= one.span.end <= one.whole.end
    assert [one.span for one in destinations] == sorted(one.span for one in destinations)


def test_anchors_follow_the_dialect():
    text = "# Custom {#my-id}\n\n<a name='here'></a>\n"
    assert [one.name for one in made(text).anchors] == ["custom-my-id", "here"]
    assert [one.name for one in made(text, "pandoc").anchors] == ["my-id", "here"]


def silenced(text):
    return [(one.codes, one.first_line, one.last_line) for one in made(text).suppressions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- mlsd-lint-disable-next-line L101 -->\ntext\n", [(("L101",), 2, 2)]),
        ("<!-- mlsd-lint-disable-next-line -->\n\n\ntext\nmore\n", [((), 2, 4)]),
        ("text <!-- mlsd-lint-disable-next-line L101, L102 L103 -->\ntext\n",
         [(("L101", "L102", "L103"), 2, 2)]),
        ("<!--\nmlsd-lint-disable-next-line L101\n-- to be written\n-->\ntext\n",
         [(("L101",), 5, 5)]),
        ("<!-- mlsd-lint-disable-next-line L101 -->", [(("L101",), 2, 1)]),
        ("a\n\n<!-- mlsd-lint-disable-file H001 -- a fragment -->\n", [(("H001",), 1, None)]),
        ("a\n\n<!-- mlsd-lint-disable missing-target -->\n\nb\n", [(("missing-target",), 3, None)]),
        ("<!-- mlsd-lint-disable A -->\n\nb\n\n<!-- mlsd-lint-enable A -->\n", [(("A",), 1, 5)]),
        ("<!-- mlsd-lint-disable A B -->\n\nb\n\n<!-- mlsd-lint-enable b -->\n",
         [(("B",), 1, 5), (("A",), 1, None)]),
        ("<!-- mlsd-lint-disable A B -->\n\nb\n\n<!-- mlsd-lint-enable -->\n",
         [(("A", "B"), 1, 5)]),
        ("<!-- mlsd-lint-disable -->\n\nb\n\n<!-- mlsd-lint-enable -->\n", [((), 1, 5)]),
        ("<!-- mlsd-lint-enable A -->\n", []),
        ("<!-- mlsd-lint-disabled A -->\n", []),
        ("`<!-- mlsd-lint-disable A -->`\n", []),
        ("    <!-- mlsd-lint-disable A -->\n", []),
        ("<!-- mlsd-lint-disable A\n", []),
        ("- a\n\n  <!-- mlsd-lint-disable-next-line A -->\n  b\n", [(("A",), 4, 4)]),
        ("> <!-- mlsd-lint-disable-next-line A -->\n> b\n", [(("A",), 2, 2)]),
        ("<!-- mlsd-lint-disable-next-line A -->\n<!-- mlsd-lint-disable-next-line B -->\nb\n",
         [(("A",), 2, 3), (("B",), 3, 3)]),
        ("> <!-- mlsd-lint-disable-next-line A -->\n> <!--\n> mlsd-lint-enable B\n> -->\n> b\n",
         [(("A",), 2, 5)]),
        ("<!-- mlsd-lint-disable-next-line A -->\n<!-- mlsd-lint-enable B --> b\n\nc\n",
         [(("A",), 2, 2)]),
        ("<!-- mlsd-lint-disable-next-line A -->\n<!-- a remark -->\nb\n", [(("A",), 2, 2)]),
    ],
)  # fmt: skip
def test_suppressions(text, expected):
    assert silenced(text) == expected


def test_thousands_of_comments_above_one_line():
    found = silenced("<!-- mlsd-lint-disable-next-line A -->\n" * 20_000 + "b\n")
    assert {last for _, _, last in found} == {20_001}


def test_a_suppression_points_at_its_comment():
    text = "é <!-- mlsd-lint-disable-file A --> text\n"
    (one,) = made(text).suppressions
    assert text[one.span.start : one.span.end] == "<!-- mlsd-lint-disable-file A -->"
