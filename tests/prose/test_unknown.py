"""What is made of a word that a dictionary lacks, whatever engine says so."""

import pytest

from mlsd_lint.prose.words.unknown import COMMON, is_known, is_near, message


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("modle", "model", True),
        ("dataset", "datasets", True),
        ("recomendatoin", "recommendation", True),
        ("vecomendatoin", "recommendation", False),  # the first letter is the surest
        ("embdng", "embedding", False),
        ("jusk", "just", True),  # which is common
        ("rumd", "rump", False),  # which is not
        ("tset", "test", True),
        ("dep", "deep", False),  # of three letters nothing can be said
        ("gitcoin", "bitcoin", False),  # the first letter again
        ("shellcheck", "spellcheck", False),  # another consonant
        ("reviewee", "reviewed", False),  # the last letter
        ("responce", "response", True),  # one that sounds alike
        ("probalistic", "probabilistic", True),
        ("productizion", "productization", True),
        ("adress", "address", True),
        ("conda", "coda", False),
        ("prototypal", "prototype", False),
        ("rmup", "rump", True),
        ("github", "Github", False),
        ("", "a", False),
        ("same", "same", False),
    ],
)
def test_a_slip_or_two(word, other, near):
    assert is_near(word, other) is near


def test_who_asks_may_add_common_words():
    assert not is_near("tex", "text")
    assert is_near("tex", "text", COMMON | {"text"})


@pytest.mark.parametrize(
    ("word", "english", "known"),
    [
        ("softmax", "american", True),
        ("Softmax’s", "british", True),
        ("tokeniser", None, True),
        ("tokeniser", "british", True),
        ("tokeniser's", "american", False),
        ("colour", "american", False),
        ("Colour", "canadian", True),
        ("blorptic", None, False),
        ("", None, False),
        ("'s", None, False),
    ],
)
def test_what_is_right_though_no_dictionary_has_it(word, english, known):
    assert is_known(word, english) is known


def test_what_the_reader_is_told():
    assert message("eror", ()) == "“eror” is not in the dictionary."
    assert message("eror", ("error", "era")).endswith("did you mean “error” or “era”?")
