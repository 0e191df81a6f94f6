"""Input made to hurt: it is parsed or refused, and never ends in a traceback."""

import pickle

import pytest

from marked import parsed
from mlsd_lint.document import (
    CodeBlock,
    Emphasis,
    Heading,
    Image,
    Link,
    List,
    Paragraph,
    Text,
    ThematicBreak,
)
from mlsd_lint.markdown import RefusedError

MANY = 50_000


def _growing_quote(size):
    lines = []
    total = 0
    while total < size:
        lines.append("> " * (len(lines) + 1) + "x\n")
        total += len(lines[-1])
    return "".join(lines)


REFUSED = {
    "5,000 quotes": ("> " * 5_000 + "x", 200),
    "5,000 quotes without spaces": ("a\n\n" + ">" * 5_000, 103),
    "5,000 lists in one line": ("- " * 5_000 + "x", 100),
    "5,000 lists": ("".join("  " * i + "- x\n" for i in range(5_000)), 2_750),
    "growing quote": (_growing_quote(4_000_000), 10_500),
    "5,000 images": ("![" * 5_000 + "a" + "](u)" * 5_000, None),
    "5,000 emphases": ("*a " * 5_000 + "b*" * 5_000, None),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nesting_beyond_the_limit_is_refused_with_its_place(name):
    text, offset = REFUSED[name]
    with pytest.raises(RefusedError, match=r"nested more than \d+ levels deep") as refused:
        parsed(text)
    assert offset is None or refused.value.offset == offset
    assert 0 <= refused.value.offset < len(text)


PARSED = {
    "opening brackets": ("[" * MANY, Text, 1),
    "brackets": ("[x" * MANY + "]" * MANY, Text, 1),
    "labels": ("[a][" * MANY, Text, 1),
    "unclosed links": ("[a](b" * MANY, Text, 1),
    "unclosed titles": ('[a](b "' * MANY, Text, 1),
    "unclosed destinations": ("[a](<b" * MANY, Text, 1),
    "open images before links": ("![" * MANY + "[a](u)" * MANY, Link, MANY),
    "stars": ("*a " * 20_000, Emphasis, 0),
    "stars and underscores": ("*a _b" * MANY, Emphasis, MANY // 2),
    "delimiters of every length": ("a**b" + "c* " * MANY, Emphasis, 0),
    "backticks": ("".join("`" * i + "a" for i in range(2_000)), Text, 1),
    "a line of letters": ("a" * 5_000_000, Paragraph, 1),
    "a line of words": ("word " * 1_000_000, Paragraph, 1),
    "a line of stars": ("*" * 5_000_000, ThematicBreak, 1),
    "a line of spaces": (" " * 5_000_000 + "a", CodeBlock, 1),
    "hashes": ("#" + " " * MANY + "#" * MANY + " " * MANY + "x", Heading, 1),
    "comments": ("a <!--" * MANY, Text, 1),
    "instructions": ("a <?" * MANY, Text, 1),
    "open tags": ("<a b='\"" * MANY, Text, 1),
    "addresses": ("http://a" + ")" * MANY, Link, 1),
    "hosts with underscores": ("(www.a_b._" * MANY, Link, 0),
    "mail addresses": ("a@" * MANY, Link, 0),
    "rules that fail": ("* * * " * 16 + "a", Paragraph, 1),
    "a wide table": ("|" + "a|" * MANY + "\n|" + "-|" * MANY, Link, 0),
    "definitions": ("[a]: x\n" * 20_000, Link, 0),
    "titles that never end": ('[a]: /u "' + "x\n" * MANY, Paragraph, 1),
    "blank lines": ("\n" * 1_000_000, Paragraph, 0),
    "front matter that never ends": ("---\n" + "a: b\n" * MANY, ThematicBreak, 1),
}


@pytest.mark.parametrize("name", PARSED)
def test_pathological_input_is_parsed(name):
    text, kind, count = PARSED[name]
    assert len(parsed(text).of(kind)) == count


DEEPEST = {
    "quotes": "> " * 100 + "x\n",
    "lists": "".join("  " * i + "- x\n" for i in range(50)),
    "images": "![" * 50 + "a" + "](u)" * 50,
    "everything": "> " * 98 + "- " + "![" * 49 + "*a*" + "](u)" * 49,
}


@pytest.mark.parametrize("name", DEEPEST)
def test_what_is_accepted_can_be_compared_hashed_pickled_and_shown(name):
    text = DEEPEST[name]
    document = parsed(text)
    assert document == parsed(text)
    assert hash(document) == hash(parsed(text))
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301  # our own bytes
    assert repr(document)
    assert len(document.of(List) + document.of(Image)) >= (0 if name == "quotes" else 49)


@pytest.mark.parametrize("name", ["quotes", "lists", "images"])
def test_one_level_more_is_refused(name):
    more = {"quotes": "> ", "lists": "- ", "images": "!["}[name]
    text = more + DEEPEST[name] + ("](u)" if name == "images" else "")
    if name == "lists":
        text = "".join("  " * i + "- x\n" for i in range(51))
    with pytest.raises(RefusedError):
        parsed(text)
