"""Annotated text, and the way back from its UTF-16 units."""

import json

import pytest

from marked import marked, parsed
from mlsd_lint.prose.annotation import annotation
from mlsd_lint.prose.extraction import blocks
from mlsd_lint.source import Span


def _annotated(text):
    document = parsed(text)
    return [annotation(block, document.source) for block in blocks(document)]


def test_text_and_markup():
    (found,) = _annotated("> **A** `b` &amp;\n> `c` [d](u)[^1]e\n\n[^1]: 1")
    assert found.parts == (
        {"text": "A"},
        {"markup": "**"},
        {"text": " "},
        {"markup": "`b`", "interpretAs": "Dummy1"},
        {"text": " "},
        {"markup": "&amp;", "interpretAs": "&"},
        {"markup": "\n", "interpretAs": " "},
        {"markup": "> "},
        {"markup": "`c`", "interpretAs": "Dummy2"},
        {"text": " "},
        {"markup": "["},
        {"text": "d"},
        {"markup": "](u)[^1]"},
        {"text": "e"},
    )
    assert json.loads(json.dumps({"annotation": found.parts}))


@pytest.mark.parametrize(
    "text",
    [
        "one ⟦two⟧ three",
        "😀 ⟦two⟧ 😀",
        "😀 *😀* `😀` ⟦two⟧",
        "> one 😀\r\n> 😀 ⟦two 😀⟧ &amp; ![😀](😀)",
        "one ⟦😀⟧",
        "𝒂 ⟦𝒃⟧𝒄 𝒅",
        "- | a\n\n  | b 😀 | c |\n  |---|---|\n  | &amp;😀 ⟦two⟧ | d |",
    ],
)
def test_units_lead_back_to_the_source(text):
    plain, (expected,) = marked(text)
    for found in _annotated(plain):
        if found.span.start <= expected.start and expected.end <= found.span.end:
            start = _units(plain[found.span.start : expected.start])
            end = start + _units(plain[expected.start : expected.end])
            assert found.source_span(start, end) == expected
            assert found.length == _units(plain[found.span.start : found.span.end])
            break
    else:
        pytest.fail("no block holds the place")


def test_half_a_character_is_all_of_it():
    (found,) = _annotated("a😀b")
    assert found.source_span(2, 4) == Span(1, 3)
    assert found.source_span(0, 2) == Span(0, 2)
    assert found.source_span(2, 2) == Span(1, 1)
    assert found.source_span(3, 3) == Span(2, 2)


def _units(text):
    return len(text.encode("utf-16-le")) // 2
