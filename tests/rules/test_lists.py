"""Laws that hold for the rules of lists on any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.diagnostics import Severity, place
from mlsd_lint.fixes.applying import apply
from mlsd_lint.markdown import parse
from mlsd_lint.registry import all_rules
from mlsd_lint.rules.list_layout import column, content_column, parsed_column
from mlsd_lint.rules.numbering import list_numbering
from mlsd_lint.source import Source

CODES = ("M001", "M002", "M003", "M004", "M005")
INDENTATION = ["", "", "", " ", "  ", "   ", "    ", "      ", "\t", "> ", ">", "> - "]
MARKERS = [*"-*+", "1.", "2.", "2.", "3.", "9.", "10.", "1)", "01.", "–", "-[", "2.x", ""]
TEXTS = [
    "a",
    "[a](b)",
    "**a** b",
    "a: b",
    "",
    "```",
    "<div>",
    "</div>",
    "<b>",
    "<!--",
    "# a",
    "---",
]
lines = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(INDENTATION),
    st.sampled_from(MARKERS),
    st.sampled_from([" ", " ", "  ", "\t", "     ", ""]),
    st.sampled_from(TEXTS),
)
pages = st.builds(
    lambda bom, some, ending: bom + ending.join(some),
    st.sampled_from(["", "\ufeff"]),
    st.lists(lines, max_size=14),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
)


def shape(node):
    return type(node).__name__, [shape(child) for child in node.children]


@given(pages)
def test_findings_lie_in_the_text_and_name_something(text):
    source = Source("page.md", text)
    document = parse(source)
    for code in CODES:
        found = list(all_rules()[code].check(document))
        assert found == list(all_rules()[code].check(parse(source)))
        assert len({one.span for one in found}) == len(found)
        for one in found:
            assert 0 <= one.span.start < one.span.end <= len(text)
            assert source.slice(one.span).strip()
            assert one.help


@given(pages)
def test_renumbering_changes_numbers_alone_and_is_done_at_once(text):
    source = Source("page.md", text)
    document = parse(source)
    rule = all_rules()["M003"]
    placed = [place(rule, Severity.WARNING, source, one) for one in list_numbering(document)]
    mended = apply(text, [one.fix for one in placed if one.fix])
    assert len(mended.fixes) == sum(one.fix is not None for one in placed)
    again = parse(Source("page.md", mended.text))
    assert [shape(block) for block in again.blocks] == [shape(block) for block in document.blocks]
    left = list(list_numbering(again))
    assert [one for one in left if one.fix] == []
    assert len(left) <= len(placed) - len(mended.fixes)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. a\n2. b\n2. c\n3. d\n", [["3", "4"]]),
        ("1. a\n1. b\n2. c\n13. d\n4. e\n", [["2", "3"], ["4", "5"]]),
        ("1. a\n2. b\n13. c\n4. d\n", [["3"]]),
        ("01. a\n01. b\n03. c\n", [["02"]]),
        ("3. a\n2. b\n1. c\n", [None]),
        # A number that is left out may be an item that lost its marker.
        ("1. a\nb\n3. c\n", [None]),
        # What starts over may be a list of its own; what follows has no sure number either.
        ("1. a\n2. b\n1. c\n2. d\n2. e\n", [None, None]),
        # A wider or narrower marker would move what belongs to the item.
        ("8. a\n9. b\n9. c\n\n   d\n", [None]),
        ("1. a\n10. b\n   - c\n", [None]),
        ("8. a\n9. b\n9. c\n", [["10"]]),
    ],
)
def test_only_what_is_certain_is_renumbered(text, numbers):
    found = list(list_numbering(parse(Source("page.md", text))))
    assert [
        [edit.replacement for edit in one.fix.edits] if one.fix else None for one in found
    ] == numbers


def test_columns_count_tabs_and_the_marks_of_quotes():
    text = "\ufeff-\t- a\n>- b\n> - c\n10.     code\n-\n"
    source = Source("page.md", text)
    document = parse(source)
    items = [node for node in document.walk() if type(node).__name__ == "ListItem"]
    outer, inner, narrow, *wide = items
    assert [column(source, item.span.start) for item in items[:4]] == [0, 4, 1, 2]
    assert parsed_column(source, narrow.span.start) == parsed_column(source, wide[0].span.start)
    assert [content_column(source, item) for item in (outer, inner)] == [4, 6]
    assert [content_column(source, item) for item in wide[1:]] == [4, 2]
