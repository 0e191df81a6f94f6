"""What stands twice in a row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.prose.harper.repeated import repeated


def twice(text):
    return [text[one.start : one.end] for one in repeated(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Loaded from the the cache.", ["the the"]),
        ("Loaded from the\nthe cache.", ["the\nthe"]),
        ("There is a note note on it.", ["note note"]),
        ("The the cache. In in it.", ["The the", "In in"]),
        ("A part of the of the book.", ["of the of the"]),
        ("It has to be done to be done here.", ["to be done to be done"]),
        ("It doesn't doesn't work.", ["doesn't doesn't"]),
        ("is is is", ["is is"]),
        ("Knowing where the wall is is essential.", []),
        ("Where is it? It is is here.", ["is is"]),
        ("(the the) and f(of of)", ["the the"]),
        ("“Say it it again.”", []),
        ("He said that that is all, and had had it.", []),
        ("It is very very good, again and again and again.", []),
        ("Step by step by step, on and on and on.", []),
        ("Words such as “the the” and 'of of' are found.", []),
        ("We saw Walla Walla, at the The Organization.", []),
        ("the the-end, pre-the the, a/the the, the the.x", []),
        ("0 0, 12 12 and a a", []),
        ("the \ufffc the", []),
        ("the, the. The the.", ["The the"]),
    ],
)
def test_what_is_a_slip(text, found):
    assert twice(text) == found


def test_the_replacement_is_one_of_the_two():
    (one,) = repeated("A part of the\nof the book.")
    assert one.replacements == ("of the",)
    assert one.message == "“of the of the” is written twice."


@given(st.text(st.sampled_from("ab' \n.T"), max_size=60))
def test_what_is_found_is_a_text_and_the_same_again(text):
    end = 0
    for one in repeated(text):
        words = text[one.start : one.end].lower().split()
        assert words[: len(words) // 2] == words[len(words) // 2 :]
        assert one.replacements[0].lower().split() == words[: len(words) // 2]
        assert one.start >= end
        end = one.end


@pytest.mark.parametrize(
    "text", ["a " * 30_000, "ab " * 30_000 + "c", "a" + " " * 60_000, "ab cd " * 20_000]
)
def test_it_takes_no_quadratic_time(text):
    assert len(twice(text)) <= 30_000
