"""The language of patterns: what it reads, and where it says that something is wrong."""

from __future__ import annotations

import pytest

from mlsd_lint.typed.patterns import PatternError, parse_pattern, without, written

WRONG = {
    "Step {number": "an unpaired brace at column 6; write '\\{'",
    "a } b": "an unpaired brace at column 3; write '\\}'",
    "({x} [{y}": "'[' without ']' at column 6; write '\\[' for the sign",
    "a] b": "']' without '[' at column 2; write '\\]' for the sign",
    "a [b [c] d]": "a bracket inside brackets at column 6",
    "x {2n}": "{2n} at column 3 is no name: use letters, digits and underscores, a letter first",
    "{}": "{} at column 1 is no name: use letters, digits and underscores, a letter first",
    "{x} {x}": "the name {x} stands in it twice",
    "[{x}]": "it would match the empty text",
    "": "it would match the empty text",
    "[a]" * 7 + "b": "at most 6 optional pieces can stand in one pattern",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_pattern_that_cannot_be_read(text):
    with pytest.raises(PatternError) as error:
        parse_pattern(text)
    assert str(error.value) == WRONG[text]


FORMS = {
    "{a} - {b}": ["{a} - {b}"],
    "{a}[: {b}]": ["{a}: {b}", "{a}"],
    "[x ]{a}[ y]": ["x {a} y", "x {a}", "{a} y", "{a}"],
    "{a}[ ]{b}": ["{a} {b}", "{a}{b}"],
    "a \\[b\\] \\{c\\} \\\\": ["a [b] {c} \\"],
    "a \\n": ["a \\n"],
    "{a}\n\n{b}": ["{a}\n\n{b}"],
    "  {a} \t {b}\n{c} ": ["{a} {b} {c}"],
    "{a} [(x)] \n\n {b}": ["{a} (x)\n\n{b}", "{a}\n\n{b}"],
}


@pytest.mark.parametrize("text", FORMS)
def test_the_forms_of_a_pattern(text):
    assert [written(form) for form in parse_pattern(text).forms] == FORMS[text]


def test_names_and_those_in_every_form():
    pattern = parse_pattern("{link} ({authors}[, {year}])")
    assert pattern.names == ("link", "authors", "year")
    assert pattern.required == {"link", "authors"}


def test_only_a_pattern_without_parts_is_literal():
    assert parse_pattern("How  to read").literal == "How to read"
    assert parse_pattern("Notes[ and more]").literal is None
    assert parse_pattern("{name}").literal is None


LEFT = {
    ("{a} ({b}, {c}): {d}", "a"): ["{b}, {c}): {d}"],
    ("{a} ({b}, {c}): {d}", "b"): ["{a} ({c}): {d}"],
    ("{a} ({b}, {c}): {d}", "c"): ["{a} ({b}): {d}"],
    ("{a} ({b}, {c}): {d}", "d"): ["{a} ({b}, {c}):", "{a} ({b}, {c})"],
    ("{a} ({b})", "b"): ["{a}"],
}


@pytest.mark.parametrize(("text", "name"), LEFT)
def test_a_form_without_one_part_keeps_its_brackets(text, name):
    """What stood in place of a first part may have had any bracket."""
    found = [written(form) for form in without(parse_pattern(text).forms[0], name)]
    assert found == LEFT[text, name]
