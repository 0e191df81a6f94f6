"""From a place in a block's text to the source and back."""

import pytest

from marked import marked, parsed
from mlsd_lint.page import suppressions
from mlsd_lint.prose.blocks import Range, is_silenced, source_place, text_range
from mlsd_lint.prose.extraction import blocks
from mlsd_lint.registry import all_rules
from mlsd_lint.source import Span
from mlsd_lint.suppressions import silenced

WORDS = {
    "paragraph": "An ⟦eror⟧ here.",
    "behind emoji": "😀👩‍👩‍👧 ⟦eror⟧",
    "behind a byte order mark": "\ufeff⟦eror⟧",
    "behind an entity": "&amp;&nbsp;⟦eror⟧&hellip;",
    "behind an escape": "\\*\\*⟦eror⟧\\*",
    "behind a tab": "-\ta\t⟦eror⟧",
    "behind code": "a ``b ` c`` ⟦eror⟧",
    "second line": "one\ntwo ⟦eror⟧\nthree",
    "second line with CRLF": "one\r\ntwo ⟦eror⟧\r\nthree",
    "second line of a quote": "> one\n>   two ⟦eror⟧",
    "lazy line": "> one\ntwo ⟦eror⟧",
    "nested list": "- one\n  - two\n    1. three\n       four ⟦eror⟧",
    "list in a quote in a list": "* a\n  > 1) b\n  >    c ⟦eror⟧ d",
    "table": "| a | b |\n|---|:-:|\n| c \\| d | *e* ⟦eror⟧ |",
    "table in a quote": "> | a | b |\n> |---|:-:|\n> | c | ⟦eror⟧ |",
    "footnote": "a[^n]\n\n[^n]: b\n    c ⟦eror⟧",
    "heading": "### An ⟦eror⟧ ###",
    "underlined heading": "a\nb ⟦eror⟧\n---",
    "text of a link": "a [b ⟦eror⟧](u 'eror')",
    "text of a reference": "a [b **⟦eror⟧**][c]\n\n[c]: /eror",
    "text of a link over two lines": "> a [b\n> ⟦eror⟧](u)",
    "alternative text": "a ![b\n*⟦eror⟧*](u)",
    "alternative text in a table": "| a |\n|---|\n| ![b ⟦eror⟧](u) |",
    "emphasis": "a ***⟦eror⟧*** b",
    "struck out": "a ~~⟦eror⟧~~ b",
    "raw HTML": "a <b>⟦eror⟧</b> b",
    "behind mathematics": "a $x$ ⟦eror⟧",
}


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
def test_a_word_is_found_where_it_stands(text):
    plain, (expected,) = marked(text)
    found = [
        (source_place(block, start, start + 4), text_range(block, expected), start)
        for block in blocks(parsed(plain))
        if (start := block.text.find("eror")) >= 0
    ]
    ((place, back, start),) = found
    assert place == (expected, True)
    assert back == Range(start, start + 4)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("one ⟦two*three⟧* four", "twothree"),
        ("*one ⟦two*\nthree⟧", "two three"),
        ("> one ⟦two  \n> three⟧", "two\nthree"),
        ("one ⟦AT&amp;T⟧", "AT&T"),
        ("one [⟦two](u) three⟧", "two three"),
    ],
)
def test_what_lies_in_several_segments_has_one_span_around_it(text, phrase):
    plain, (expected,) = marked(text)
    (block,) = blocks(parsed(plain))
    start = block.text.index(phrase)
    assert source_place(block, start, start + len(phrase)) == (expected, False)
    assert text_range(block, expected) == Range(start, start + len(phrase))


def test_part_of_an_entity_is_all_of_it():
    (block,) = blocks(parsed("a &nGt; b"))
    assert block.text == "a \u226b\u20d2 b"
    assert source_place(block, 2, 3) == (Span(2, 7), False)
    assert source_place(block, 3, 4) == (Span(2, 7), False)
    assert text_range(block, Span(4, 5)) == Range(2, 4)


def test_an_empty_range_is_behind_what_stands_before_it():
    (block,) = blocks(parsed("*a* b&amp;"))
    assert source_place(block, 0, 0) == (Span(1, 1), True)
    assert source_place(block, 1, 1) == (Span(2, 2), True)
    assert source_place(block, 2, 2) == (Span(4, 4), True)
    assert source_place(block, 4, 4) == (Span(10, 10), False)


def test_markup_alone_holds_no_text():
    (block,) = blocks(parsed("a **b** c"))
    assert text_range(block, Span(2, 4)) == Range(2, 2)
    assert text_range(block, Span(5, 7)) == Range(3, 3)
    assert text_range(block, Span(0, 0)) == Range(0, 0)
    assert text_range(block, Span(3, 6)) == Range(2, 3)


def test_a_finding_in_a_suppressed_region_is_told():
    document = parsed("one\n\n<!-- mlsd-lint-disable-next-line C -->\ntwo\nthree\n")
    rules = all_rules()
    code = next(code for code in sorted(rules) if code.startswith("C"))
    other = next(code for code in sorted(rules) if code.startswith("H"))
    on_line = silenced(suppressions(document), rules)
    told = {
        (document.source.slice(segment.span), one)
        for block in blocks(document)
        for segment in block.segments
        for one in (code, other)
        if segment.equal and is_silenced(document.source, segment.span, one, on_line)
    }
    assert told == {("two", code)}
