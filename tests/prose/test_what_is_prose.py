"""Which text of a document becomes a block, and what the reader sees of it."""

import pytest

from marked import parsed
from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.extraction import blocks


def _texts(text):
    return [block.text for block in blocks(parsed(text))]


KINDS = {
    "paragraph": ("Some words.", [("paragraph", "Some words.")]),
    "heading": ("## Some words ##", [("heading", "Some words")]),
    "setext heading over two lines": ("Some\nwords\n===", [("heading", "Some words")]),
    "list item": (
        "- one\n\n  more of it\n  1. two",
        [("list item", "one"), ("list item", "more of it"), ("list item", "two")],
    ),
    "task": ("- [x] done", [("list item", "done")]),
    "quote": ("> said\n> so", [("quote", "said so")]),
    "list in a quote": ("> - said", [("list item", "said")]),
    "quote in a list": ("- > said", [("quote", "said")]),
    "table": (
        "| one | **two** |\n|---|---|\n| a\\|b | |",
        [("table cell", "one"), ("table cell", "two"), ("table cell", "a|b")],
    ),
    "footnote": (
        "word[^1].\n\n[^1]: a note\n\n    of two",
        [("paragraph", "word."), ("footnote", "a note"), ("footnote", "of two")],
    ),
    "alternative text": (
        "See ![the *red* car](a.png) here",
        [("paragraph", f"See {OBJECT} here"), ("alternative text", "the red car")],
    ),
    "images in the alternative text of images": (
        "![a ![b ![c](c.png)](b.png) ![d](d.png)](a.png)",
        [("alternative text", one) for one in (f"a {OBJECT} {OBJECT}", f"b {OBJECT}", "c", "d")],
    ),
    "text of a link": ("Go [to *it*](u 'title') now", [("paragraph", "Go to it now")]),
    "badge in a link": ("[![build](b.svg)](u)", [("alternative text", "build")]),
}


@pytest.mark.parametrize(("text", "expected"), KINDS.values(), ids=KINDS)
def test_kinds_of_blocks(text, expected):
    assert [(block.kind, block.text) for block in blocks(parsed(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "```\ncode\n```",
        "    code",
        "<div>\nwords\n</div>",
        "<!-- words\n\nmore -->",
        "---\ntitle: words\n---",
        "[label]: /u 'words'",
        "`code`",
        "<https://a.example/words>",
        "https://a.example/words",
        "12 — 5 %",
        "<!-- words -->",
        "***",
        "$$\nx = y\n$$",
        "$\\alpha_1 * \\beta_2 * c$",
        "<code>words</code>",
        '<span lang="de">Wörter</span>',
    ],
)
def test_what_is_no_prose(text):
    assert _texts(text) == []


SEEN = {
    "soft line break": ("one \ntwo", "one two"),
    "line of a list": ("- one\n  two", "one two"),
    "lazy line of a quote": ("> one\ntwo", "one two"),
    "CRLF": ("one\r\ntwo\r\n", "one two"),
    "hard line break": ("one  \ntwo\\\nthree", "one\ntwo\nthree"),
    "entity and escape": ("a &amp; b \\* c &hellip;", "a & b * c …"),
    "entity of two characters": ("a &nGt; b", "a \u226b\u20d2 b"),
    "entity of which nothing is seen": (
        "un&shy;be&ZeroWidthSpace;lie&#x2060;vable",
        "unbelievable",
    ),
    "unknown entity": ("a &nosuch; b", "a &nosuch; b"),
    "tab": ("one\ttwo", "one\ttwo"),
    "emphasis inside a word": ("un**frigging**~~be~~_lievable", "unfriggingbe_lievable"),
    "code": ("the ``a ` b``s", f"the {OBJECT}s"),
    "bare addresses": ("at www.a.example, https://b.example.", f"at {OBJECT}, {OBJECT}."),
    "mail": ("ask a@b.example or <c@d.example>", f"ask {OBJECT} or {OBJECT}"),
    "address in a link": ("[at https://a.example/b (c)](u) now", f"at {OBJECT} (c) now"),
    "mail in a link": ("[mail to a.b@c.example](u)", f"mail to {OBJECT}"),
    "footnote reference behind a word": ("word[^1] more\n\n[^1]: 1", "word more"),
    "footnote reference as a word": ("see [^1] now\n\n[^1]: 1", f"see {OBJECT} now"),
    "footnote reference that is none": ("see [^1] now", "see [^1] now"),
    "raw HTML of which nothing is seen": ("H<sub>2</sub>O<!-- c --> <a href='u'>x</a>", "H2O x"),
    "raw HTML that breaks a line": ("one<br>two<BR/>three", "one\ntwo\nthree"),
    "raw HTML that is a picture": ("one <img src='a'> two", f"one {OBJECT} two"),
    "element for code": ("press <kbd>Ctrl *x*</kbd> now", f"press {OBJECT} now"),
    "element for code that is not closed": ("press <kbd>Ctrl", "press Ctrl"),
    "element for code in itself": ("a <code>b <code>c</code> d</code> e", f"a {OBJECT} e"),
    "element for code across emphasis": ("a <code>*b</code> c* d", f"a {OBJECT} c d"),
    "foreign words": ('the <i lang="fr">mot juste</i> is', f"the {OBJECT} is"),
    "English words said to be so": ('the <i lang="en-GB">colour</i> is', "the colour is"),
    "mathematics": ("so $a_1 * b$ and $$c$$, ($`d`$)", f"so {OBJECT} and {OBJECT}, ({OBJECT})"),
    "mathematics in emphasis": ("so *$a$ and* b", f"so {OBJECT} and b"),
    "mathematics across emphasis": ("so $a*b$ and* c", f"so {OBJECT} and c"),
    "mathematics in escaped parentheses": ("so \\(a \\le b\\) is", f"so {OBJECT} is"),
    "prices": ("$5 or $10, and $6-$7; ($8)", "$5 or $10, and $6-$7; ($8)"),
    "prices on two lines": ("for $5 or 6\n$ now", "for $5 or 6 $ now"),
    "prices behind which the sign stands": ("for 5 $ or 6$ now", "for 5 $ or 6$ now"),
    "prices on either side": ("for $5 or 6 $ now", "for $5 or 6 $ now"),
    "currencies": ("in US$, C$ and $", "in US$, C$ and $"),
    "shell variables": ("set $HOME, $PATH and $HOME/$USER", "set $HOME, $PATH and $HOME/$USER"),
    "escaped dollars": ("so \\$a\\$ is", "so $a$ is"),
    "placeholders": (
        "for {{ page.x_y }}, {% if a_b %}, ${AB} {name}",
        f"for {OBJECT}, {OBJECT}, {OBJECT} {OBJECT}",
    ),
    "braces of a sentence": ("a {b, c} and {d e}", "a {b, c} and {d e}"),
    "attributes": ("Words {#id-of-it .a b=c}", f"Words {OBJECT}"),
    "emoji": ("go 🚀 :rocket: :+1: now", f"go 🚀 {OBJECT} {OBJECT} now"),
    "no emoji": (
        "at 10:30:15, :30: a:b: c :d:e :f g:",
        "at 10:30:15, :30: a:b: c :d:e :f g:",
    ),
    "alert": ("> [!NOTE]\n> Words", f"{OBJECT} Words"),
    "no alert": ("Words [!NOTE]", "Words [!NOTE]"),
    "byte order mark": ("\ufeffone", "one"),
    "NUL": ("one\0two", "one\ufffdtwo"),
}


@pytest.mark.parametrize(("text", "expected"), SEEN.values(), ids=SEEN)
def test_what_the_reader_sees(text, expected):
    assert next(iter(_texts(text))) == expected


def test_an_element_for_code_ends_with_its_block():
    text = "one <code>two\n\nthree</code> four\n\n![a <code>b](u) c</code> d"
    assert _texts(text) == ["one two", "three four", f"{OBJECT} c d", "a b"]


def test_an_object_that_the_author_wrote_is_text():
    (block,) = blocks(parsed("one \ufffc `two`"))
    assert [segment.is_object for segment in block.segments] == [False, True]


def test_a_digest_stays_when_a_paragraph_moves():
    (first,) = blocks(parsed("Some *words* and `code`\nhere."))
    _, moved, quoted = blocks(
        parsed("# New\n\nSome __words__ and `other` here.\n\n> Some words and `x` here.")
    )
    assert moved.digest == first.digest
    assert moved.text == quoted.text
    assert quoted.digest != first.digest
