"""Input made to hurt: however often something is repeated, time grows with its length alone.

Nothing is timed here: where each repetition looked at all the others, no test would end.
"""

import pytest

from marked import parsed
from mlsd_lint.prose.annotation import annotation
from mlsd_lint.prose.blocks import source_place, text_range
from mlsd_lint.prose.extraction import blocks

TEXTS = 100_000
NODES = 10_000

IN_TEXT = {
    "words": "ab1_ ",
    "dollars that open": "a $b",
    "dollars in pairs": "a$$b",
    "braces that open": "{{a",
    "single braces": "{a",
    "attributes that open": "{#a ",
    "tags of templates": "{% a <% ",
    "colons": ":a",
    "at signs": "a@",
    "names before an at sign": "a.",
    "hosts": "@a.a",
    "Chinese": "中文, a ",
}
IN_NODES = {
    "emphasis": "*a* ",
    "strong emphasis": "**a**b ",
    "entities": "&amp;a",
    "escapes": "\\*a",
    "line breaks": "a\n",
    "lines of a quote": "> a\n",
    "code": "a `b` ",
    "mathematics": "a $b$ ",
    "escaped parentheses that open": "\\(a",
    "escaped parentheses": "a \\(b\\) ",
    "placeholders": "a {{ b }} ",
    "codes of emoji": "a :b: ",
    "addresses in links": "[a www.b c@d.e](u) ",
    "unfinished addresses": "[www.",
    "elements for code that are open": "<code>a",
    "elements for code": "a <code>b</code> ",
    "elements of another language": 'a <i lang="fr">b</i> ',
    "elements across each other": "<b lang=fr>a</i></b>",
    "emoji": "a 😀 ",
}


@pytest.mark.parametrize("text", IN_TEXT.values(), ids=IN_TEXT)
def test_repeated_in_text(text):
    _read(text * TEXTS)


@pytest.mark.parametrize("text", IN_NODES.values(), ids=IN_NODES)
def test_repeated_in_the_tree(text):
    _read(text * NODES)


def _read(text):
    document = parsed("a " + text + "@")
    (block, *_) = blocks(document)
    assert annotation(block.text)
    step = max(len(block.text) // 10_000, 1)
    for start in range(0, len(block.text) - 1, step):
        place = source_place(block, start, start + 1)
        assert text_range(block, place.span).start == start


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("- a\n", NODES),
        ("![a](b) ", NODES),
        ("a\n\n<i lang=fr>\n\nb\n\n</i>\n\n", 2 * NODES),
        ("a[^1]\n\n[^1]: b\n\n", 2 * NODES),
    ],
)
def test_many_blocks(text, count):
    assert sum(1 for _ in blocks(parsed(text * NODES))) == count


def test_elements_nested_deeply():
    document = parsed("a " + "<i lang=fr>b" * NODES + "</i>" * NODES)
    assert [block.text for block in blocks(document)] == ["a ￼"]
