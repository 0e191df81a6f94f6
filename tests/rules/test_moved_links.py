"""The fix of a moved link, wherever and however it is written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from judgements import moved
from mlsd_lint.config.settings import Configuration
from mlsd_lint.diagnostics import place
from mlsd_lint.document import Text
from mlsd_lint.fixes.applying import apply
from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.markdown import parse
from mlsd_lint.page import page
from mlsd_lint.registry import all_rules
from mlsd_lint.rules.external_links import moved_link
from mlsd_lint.source import Source
from mlsd_lint.workspace import Page, Tree, Workspace

RULE = all_rules()["L202"]
IN_MARKDOWN = [
    "See [t](OLD) there.",
    "[t](<OLD>)",
    '[t]( OLD "title" )',
    "![alt](OLD)",
    "[t](OLD)(b) `c`",
    "a ` b [t](OLD) c [t](OLD)",
    "a ` b <OLD>",
    "<OLD>, and <b>OLD2</b>",
    "[r]: OLD\n\n[r] and [r]\n",
    "[r]: <OLD> 'title'\n\n[r]\n",
    "> - [r]:\n>   OLD\n>\n>   [r]\n",
    "| a | b |\n| - | - |\n| [t](OLD) | `x` |\n",
    "| a | b |\n| - | - |\n| <OLD> | ![i](<OLD>) |\n",
    "> - [t](OLD)\n>   and **[u](OLD)**",
    "[![i](OLD)](https://other.example/)",
    "[https://old.example/x](OLD)",
    "*a [t](OLD) b* _c_ ~~[d](OLD)~~\n",
]
BARE = [
    "see OLD",
    "see OLD.",
    "(see OLD), *or OLD*; __OLD__ ~~OLD~~",
    "OLD?!) x",
    "[see OLD] and [OLD, OLD]",
    "| a | b |\n| - | - |\n| OLD | *OLD* |\n",
    "# A heading: OLD\n",
    "a ` b OLD c",
    "\"OLD\" and 'OLD'",
    "OLD<br>OLD",
]
IN_HTML = [
    '<a href="OLD">t</a>',
    "Text <a href='OLD' title=x>t</a> text",
    "Text <a href=OLD>t</a> text",
    "<p>\n<a href=OLD class=b>t</a>\n</p>",
    "<p><img src=\"OLD\" alt='a'></p>",
    '<img srcset="OLD 2x, https://other.example/b.png 1x">',
    '| a | b |\n| - | - |\n| <a href="OLD">t</a> | `x` |\n',
]
WHERE = [*IN_MARKDOWN, *BARE, *IN_HTML]
FORMS = ["plain", "angled", "autolink", "bare", '"', "'", "unquoted"]

pieces = st.sampled_from(
    [
        *"ab1/.?=&;#()[]<>\"'`|\\*_~!,:@%$^{}-+é",
        *("&copy;", "&amp;", "&#35;", "&lt", "](", "**", "``", "<b>", "~~", "\\|", "\\)", "_x_"),
    ]
)
new_addresses = st.lists(pieces, max_size=12).map(
    lambda some: "https://new.example/" + "".join(some)
)


def links_of(text):
    return page(parse(Source("page.md", text)), "github").destinations


def fixes(text, judgements):
    source = Source("page.md", text)
    seen: Page = page(parse(source), "github")
    workspace = Workspace(Configuration(), Tree(None), {}, frozenset(), judgements)
    found = [place(RULE, RULE.severity, source, one) for one in moved_link(seen, workspace)]
    assert found
    return [one.fix for one in found if one.fix]


def fixed(text, old, new, **known):
    applied = apply(text, fixes(text, {old: moved(old, new, **known)}))
    return applied.text


def kinds(text):
    """The shape of a document: the kinds of its nodes but text, and its tags and comments."""
    document = parse(Source("page.md", text))
    found = []
    stack = list(reversed(document.blocks))
    while stack:
        node = stack.pop()
        found += [type(node).__name__] * (not isinstance(node, Text))
        stack.extend(reversed(getattr(node, "children", ())))
    return found, [one.name for one in document.tags], len(document.comments)


@pytest.mark.parametrize("where", WHERE)
@given(new=new_addresses, fragment=st.sampled_from(["", "#f", "#a-b_c"]))
def test_the_new_address_stands_there_and_nothing_else_has_changed(where, new, fragment):
    old = f"https://old.example/x{fragment}"
    text = where.replace("OLD", old)
    before = links_of(text)
    changed = fixed(text, old, new)
    expected = new if "#" in new else new + fragment
    after = links_of(changed)
    assert len(after) == len(before)
    assert [one.role for one in after] == [one.role for one in before]
    for one, other in zip(before, after, strict=True):
        assert other.value == one.value or (one.value == old and other.value == expected)
    assert kinds(changed) == kinds(text)
    # What stands between the links is what stood there.
    assert outside(changed, after) == outside(text, before)


def outside(text, links):
    spans = sorted({one.span for one in links})
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    kept = [text[start:end] for start, end in list(pairwise(edges))[::2]]
    # A bare address that would end too early stands in angle brackets.
    return [one.removesuffix("<").removeprefix(">") for one in kept]


@pytest.mark.parametrize("where", IN_MARKDOWN)
@given(new=new_addresses)
def test_another_parser_reads_the_new_address_too(where, new):
    reader = MarkdownIt("commonmark").enable("table")
    old = "https://old.example/x"
    text = where.replace("OLD", old)
    changed = fixed(text, old, new)
    if old in changed.replace(f"[{old}]", ""):
        return
    before, after = hrefs(reader, text), hrefs(reader, changed)
    assert after == [reader.normalizeLink(new) if one == old else one for one in before]


def hrefs(reader, text):
    found = []
    for token in reader.parse(text):
        for child in token.children or ():
            found += [child.attrs[key] for key in ("href", "src") if key in child.attrs]
    return found


@pytest.mark.parametrize("where", WHERE)
def test_an_ordinary_address_is_always_written(where):
    old, new = "https://old.example/x#f", "https://www.new.example/a/b-c_d.html?q=1&r=2"
    changed = fixed(where.replace("OLD", old), old, new)
    assert [one.value for one in links_of(changed)].count(f"{new}#f") == where.count("OLD") - (
        where.count("OLD2")
    )


def test_every_form_is_among_the_places():
    found = {one.form for where in WHERE for one in links_of(where.replace("OLD", "https://o.org"))}
    assert found == set(FORMS)


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("[t](https://old.example/x#f)", "https://n.example/", "[t](https://n.example/#f)"),
        ("[t](https://old.example/x#f)", "https://n.example/#g", "[t](https://n.example/#g)"),
        (
            "[t](https://old.example/x#f)",
            "https://n.example/a_(b)",
            "[t](https://n.example/a_(b)#f)",
        ),
        ("[t](https://old.example/x#f)", "https://n.example/a)", r"[t](https://n.example/a\)#f)"),
        ("[t](https://old.example/x\\#f)", "https://n.example/a", "[t](https://n.example/a#f)"),
        ("[t](https://old.example/x&#35;f)", "https://n.example/a", "[t](https://n.example/a#f)"),
        ("<https://old.example/x#f>", "https://n.example/a)", "<https://n.example/a)#f>"),
        ("At https://old.example/x#f.", "https://n.example/a", "At https://n.example/a#f."),
        (
            '<a href="https://old.example/x#f">',
            "https://n.example/?a=1&b=2",
            '<a href="https://n.example/?a=1&amp;b=2#f">',
        ),
        (
            "<a href=https://old.example/x#f>",
            "https://n.example/?a=1",
            "<a href=https://n.example/?a&#61;1#f>",
        ),
        (
            "[https://old.example/x#f](https://old.example/x#f)",
            "https://n.example/",
            "[https://old.example/x#f](https://n.example/#f)",
        ),
    ],
)
def test_how_it_is_written(text, new, expected):
    assert fixed(text, "https://old.example/x#f", new) == expected


def test_an_address_that_ends_like_a_sentence():
    old, new = "https://old.example/x", "https://n.example/Inc."
    assert fixed(f"At {old}.", old, new) == f"At <{new}>."


def test_a_scheme_less_link_becomes_a_whole_address():
    assert fixed("[t](//old.example/x)", "//old.example/x", "https://n.example/") == (
        "[t](https://n.example/)"
    )


def test_www_becomes_a_whole_address():
    changed = fixed("At www.old.example/x.", "http://www.old.example/x", "https://n.example/a")
    assert changed == "At https://n.example/a."


@pytest.mark.parametrize(
    "known",
    [
        {"permanent": False},
        {"same_kind": False},
        {"final": ""},
        {"final": "https://n.example/a b"},
        {"final": "https://n.example/a\nb"},
    ],
)
def test_what_is_left_to_a_person(known):
    old = "https://old.example/x"
    text = f"[t]({old}) <{old}> {old} <a href={old}>"
    assert fixes(text, {old: moved(old, "https://n.example/", **known)}) == []


def test_an_address_with_a_password_is_left_to_its_owner():
    old = "https://me:sesame@old.example/x"
    shown = moved("https://old.example/x", "https://n.example/")
    assert fixes(f"[t]({old})", {old: shown}) == []


def test_other_verdicts_are_not_rewritten():
    old = "https://old.example/x"
    one = moved(old, "https://n.example/")._replace(verdict=Verdict.SUSPECT)
    source = Source("page.md", f"[t]({old})")
    workspace = Workspace(Configuration(), Tree(None), {}, frozenset(), {old: one})
    assert list(moved_link(page(parse(source), "github"), workspace)) == []
