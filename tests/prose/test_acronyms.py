"""Which capital letters are acronyms that a chapter does not explain."""

import re

import pytest

from marked import parsed
from mlsd_lint.prose.acronyms import acronyms, is_expanded
from mlsd_lint.prose.extraction import blocks

FILLER = "Here is much to read about this and that, and none of it explains anything. " * 12
CHAPTER = f"# Of words\n\n{FILLER}\n\n## First\n\n"


def _found(text):
    document = parsed(text)
    found = acronyms(list(blocks(document)), {"CPU"}, lambda *_: False)
    return [(one.letters, one.block.text[one.start : one.end], one.expanded) for one in found]


EXPLAINED = {
    "behind": "a long short-term memory (LSTM)",
    "before": "an LSTM (long short-term memory)",
    "plural": "long short-term memories (LSTMs)",
    "with small words": "the mean of the squared errors (MSE)",
    "or": "long short-term memory, or LSTM, is",
    "called": "known as long short-term memory, LSTM",
    "colon": "LSTM: long short-term memory",
    "dash": "LSTM – long short-term memory",
    "stands for": "LSTM stands for long short-term memory",
    "within a word": "extensible markup language (XML)",
    "square brackets": "area under the curve [AUC]",
    "with more in the parentheses": "area under the curve (the AUC, say)",
    "with a word between": "an MX record (mail exchange)",
    "capitals": "Area Under the Curve (AUC)",
    "lower case letters inside": "deoxyribonucleic acid (DA)",
}
UNEXPLAINED = {
    "nothing": "an LSTM is here",
    "other words in parentheses": "an LSTM (as everybody knows)",
    "other words before": "a network of some kind (LSTM)",
    "words far away": "long short-term memory is a thing that many have heard of (the LSTM)",
    "one letter of them": "a list (LSTM)",
    "all letters, in a word that begins with one": "a lifestream (LSTM)",
    "half of them, as initials": "a long short run (LSTM)",
}


def _letters(text):
    match = re.search(r"[A-Z]{2,}", text)
    return text, match.start(), match.end()


@pytest.mark.parametrize("text", EXPLAINED.values(), ids=EXPLAINED)
def test_explained(text):
    assert is_expanded(*_letters(text))


@pytest.mark.parametrize("text", UNEXPLAINED.values(), ids=UNEXPLAINED)
def test_unexplained(text):
    assert not is_expanded(*_letters(text))


@pytest.mark.parametrize(
    "text",
    [
        "A CPU, a GPT-3, a T5, a B2B, a NeurIPS, a Q, an ABCDEFG and a MY_NAME.",
        "Chapter IV and XXII.",
        "DO NOT DO THAT, SHE SAID.",
        "This is NOT it, and not that.",
        "`LSTM` and https://a.b/LSTM and [a](LSTM)",
        "R&D and a.LSTM and LSTM.net",
    ],
)
def test_no_acronyms(text):
    assert _found(f"{CHAPTER}{text}\n\n## Second\n") == []


def test_each_is_found_once_where_it_is_first_used():
    text = "The RNNs, an RNN.\n\nA recurrent neural network (RNN).\n\n## Second\n\nRNN, CTC, CTC"
    assert _found(CHAPTER + text) == [
        ("RNN", "RNNs", False),
        ("CTC", "CTC", False),
        ("RNN", "RNN", True),
    ]


def test_a_heading_explains_and_is_no_first_use():
    text = "## Second CTC\n\nCTC and SVM.\n\n"
    assert _found(f"{CHAPTER}{text}") == [("CTC", "CTC", False), ("SVM", "SVM", False)]
    assert _found(f"{CHAPTER}## Support vector machines\n\n{text}") == [("CTC", "CTC", False)]


def test_what_is_short_or_has_no_sections_is_no_chapter():
    assert _found("# Of words\n\nCTC\n\n## One\n\n## Two\n") == []
    assert _found(f"# Of words\n\n{FILLER}\n\nCTC\n") == []
    assert _found(f"# Of words\n\n- {FILLER}\n\n## CTC\n\n- CTC\n\n## Two\n") == []
