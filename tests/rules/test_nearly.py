import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.document import Image, Link
from mlsd_lint.markdown import parse
from mlsd_lint.registry import all_rules
from mlsd_lint.rules.nearly import near_links
from mlsd_lint.source import Source


def found(text):
    return [
        (near.slip, text[near.address_span.start : near.address_span.end])
        for near in near_links(parse(Source("page.md", text)))
    ]


@pytest.mark.parametrize(
    ("text", "slip", "address"),
    [
        ("[a] (x.md)", "space before destination", "x.md"),
        ("[a]\t(http://h/x)", "space before destination", "http://h/x"),
        ("[a]\n(http://h/x)", "space before destination", "http://h/x"),
        ("> [a] (../x)", "space before destination", "../x"),
        ("| [a] (/x) | b |\n| - | - |", "space before destination", "/x"),
        ("[*a* `b`] (x.md)", "space before destination", "x.md"),
        ('[a] (x.md "title")', "space before destination", "x.md"),
        ("so [a]:(x.md)", "colon before destination", "x.md"),
        ("so [a]: (x.md)", "colon before destination", "x.md"),
        ("[a]: (x.md)", "definition in parentheses", "x.md"),
        ("(a)[x.md]", "brackets swapped", "x.md"),
        ("(a b)[http://h/x]", "brackets swapped", "http://h/x"),
        ("a](x.md)", "no opening bracket", "x.md"),
        ("[a]](x.md)", "bracket too many", "x.md"),
        ("[a(http://h/x)", "no closing bracket", "http://h/x"),
        ("[a](http://h/x", "no closing parenthesis", "http://h/x"),
        ("[a](http://h/Foo_(x).", "no closing parenthesis", "http://h/Foo_(x)"),
        ("[a](http://h/x）。", "no closing parenthesis", "http://h/x"),
        ("[a](http://h/x and so on)", "space in destination", "http://h/x and so on"),
        ("[a](my file.md)", "space in destination", "my file.md"),
        ('![a](my file.png "title")', "space in destination", "my file.png"),
        ('[a](x.md "title)', "broken title", 'x.md "title'),
        ('[a](x.md "title" b)', "broken title", 'x.md "title" b'),
        ("[a [b](y.md)](x.md)", "link in link", "x.md"),
    ],
)
def test_near_links(text, slip, address):
    assert found(text) == [(slip, address)]


@pytest.mark.parametrize(
    "text",
    [
        "[a](x.md)",
        "[a]( x.md )",
        "[a](<my file.md>)",
        '[a](x.md "title")',
        "[a](http://h/Foo_(bar))",
        "![a](x.png)",
        "[![a](x.png)](y.md)",
        "[a] (see below)",
        "[sic] (p. 4)",
        "[1] (2)",
        "[sic](as he said)",
        "(a)[b]",
        "f(x)[i]",
        "a[i](x)",
        "[see (http://h/x)]",
        "[see (http://h/x) and more]",
        "[a] ({{ url }})",
        "[a]({{ site.url }}/x y.md)",
        "`[a] (x.md)`",
        "    [a] (x.md)",
        "```\n[a] (x.md)\n```",
        "<!-- [a] (x.md) -->",
        "<div>\n[a] (x.md)\n</div>",
        "\\[a] (x.md)",
        "[a\\] (x.md)",
        "[a] \\(x.md)",
        "- [x] (x.md)",
        "- [ ] (x.md)",
        "[a] (x.md)\n\n[a]: y.md",
        "[[wiki|link]]",
        "[[wiki]](page)",
        "[^1] (x.md)\n\n[^1]: A note.",
        "[a]\n\n(x.md)",
        "---\na: [b] (x.md)\n---\n",
    ],
)
def test_what_is_a_link_or_was_never_meant_to_be(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("[a] (x.md)", "[a](x.md)"),
        ("so [a]: (x.md)", "so [a](x.md)"),
        ("(a)[x.md]", "[a](x.md)"),
        ("[a(http://h/x)", "[a](http://h/x)"),
        ("[a](http://h/Foo_(x). So", "[a](http://h/Foo_(x)). So"),
        ("[a](http://h/x）。", "[a](http://h/x)。"),
        ("[a]](x.md)", "[a](x.md)"),
        ("[a](my own file.md 'title')", "[a](my%20own%20file.md 'title')"),
    ],
)
def test_the_fix_makes_a_link(text, mended):
    rules = all_rules()
    document = parse(Source("page.md", text))
    findings = [*rules["L108"].check(document), *rules["L109"].check(document)]
    edited = text
    for edit in sorted(findings[0].fix.edits, reverse=True):
        edited = edited[: edit.span.start] + edit.replacement + edited[edit.span.end :]
    assert edited == mended
    assert not findings[0].fix.safe
    assert len(parse(Source("page.md", mended)).of(Link)) == 1


pieces = st.sampled_from(
    ["[", "]", "(", ")", "a", " ", "\n", "> ", "- ", "`", ":", "!", "\\", "x.md", "http://h/x",
     '"t"', "[a](x.md)", "[a] (x.md)", "|", "<b>", "{{ x }}", "\n\n", "\t", "\r\n", "é"]
)  # fmt: skip


@given(st.lists(pieces, max_size=30).map("".join))
def test_a_near_link_is_no_link(text):
    document = parse(Source("page.md", text))
    links = [link.span for link in (*document.of(Link), *document.of(Image))]
    for near in near_links(document):
        assert 0 <= near.span.start <= near.address_span.start
        assert near.address_span.start < near.address_span.end <= near.span.end <= len(text)
        assert near.span not in links
