"""Which unknown words are misspelled, and which only unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.nearest import edit_distance
from mlsd_lint.prose.languagetool.spelling import misspelling

RULE = "MORFOLOGIK_RULE_EN_US"
WORDS = st.text(st.sampled_from("abc"), max_size=6)


def _said(text, *meant, said="Possible spelling mistake found."):
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    found = misspelling(plain, start, end, RULE, said, meant)
    return found and (found.code, plain[found.start : found.end])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the ⟦modle⟧ is", "model"),
        ("the ⟦recomendation⟧ is", "recommendation"),
        ("is ⟦anopen⟧ source", "an open"),
        ("it is ⟦jusk⟧ so", "just"),
        ("a ⟦realtime⟧ system", "real-time"),
        ("(⟦modle⟧),", "model"),
        ("the ⟦modle ⟧is", "model"),
    ],
)
def test_a_slip(text, meant):
    assert _said(text, meant) == ("P004", text[text.index("⟦") + 1 : text.index("⟧")].rstrip())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the ⟦Modle⟧ is", "Model"),
        ("the ⟦NeurIPS⟧ is", "Neurons"),
        ("⟦torchtune⟧ - a library", "torch tune"),
        ("of ⟦modle⟧.nn is", "model"),
        ("of nn.⟦modle⟧ is", "model"),
        ("a ⟦modle⟧-free way", "model"),
        ('{"⟦modle⟧": 5}', "model"),
        ("⟦ab⟧ is", "am"),
    ],
)
def test_a_name(text, meant):
    assert _said(text, meant) == ("P005", text[text.index("⟦") + 1 : text.index("⟧")])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("on ⟦chezmoi⟧ now", "chez moi"),
        ("a ⟦vllm⟧ thing", "viola"),
    ],
)
def test_a_word_like_no_other(text, meant):
    assert _said(text, meant) == ("P016", text[text.index("⟦") + 1 : text.index("⟧")])


@pytest.mark.parametrize(("word", "meant"), [("pydantic", "pedantic"), ("statsd", "stats")])
def test_the_name_of_a_program_is_not_taken_for_a_slip(word, meant):
    assert _said(f"in ⟦{word}⟧ now", meant) in {None, ("P016", word)}


@pytest.mark.parametrize("text", ["⟦x⟧ is", "of ⟦a1b⟧ is", "⟦two words⟧"])
def test_no_word(text):
    assert _said(text, "model") is None


@pytest.mark.parametrize(
    ("word", "meant"), [("destructure", "restructure"), ("deallocated", "reallocated")]
)
def test_a_word_that_the_dictionary_of_harper_has(word, meant):
    assert _said(f"we ⟦{word}⟧ it", meant) is None


def test_the_spelling_of_another_country():
    said = "Possible spelling mistake. ‘optimisation’ is British English."
    found = misspelling("optimisation", 0, 12, RULE, said, ("optimization",))
    assert found.code == "P004"
    assert found.message == "“optimisation” is British English for “optimization”."


@given(WORDS, WORDS)
def test_distance(one, other):
    edits = edit_distance(one, other)
    assert edits == edit_distance(other, one)
    assert (edits == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edits <= max(len(one), len(other))
    if len(one) > 1 and one[0] != one[1]:
        assert edit_distance(one, one[1] + one[0] + one[2:]) == 1
