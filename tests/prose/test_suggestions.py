from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.prose.suggestions import occurrence, suggestions
from mlsd_lint.prose.vocabulary import parse
from mlsd_lint.source import Source, Span


def occurrences(text, *words, path="page.md"):
    """Every place in a text where one of these words is found unknown."""
    source = Source(path, text)
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    found = [match.span() for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)]
    return [occurrence(source, Span(*span)) for span in found]


def rows(found):
    return [(one.word, one.times, one.files) for one in found]


def test_forms_of_a_word_are_one_suggestion_with_the_first_example_of_its_own():
    words = ("Tokenizer’s", "tokenizers", "tokenizer’s")
    text = "Tokenizer’s rules.\n\nMany tokenizers and a tokenizer’s rules.\n"
    (one,) = suggestions(occurrences(text, *words))
    assert rows([one]) == [("tokenizer", 3, 1)]
    assert (one.example.line, one.example.column) == (3, 23)


def test_a_name_that_is_once_written_small_is_not_suggested_so():
    found = suggestions(occurrences("Kubeflow, Kubeflow and kubeflow", "Kubeflow", "kubeflow"))
    assert rows(found) == [("kubeflow", 1, 1), ("Kubeflow", 2, 1)]
    found = suggestions(occurrences("GitHub github github", "GitHub", "github"))
    assert rows(found) == [("github", 2, 1), ("GitHub", 1, 1)]


def test_the_parts_of_a_name_are_suggested_as_the_name():
    found = suggestions(
        occurrences("Nodex.js, C++x and nodex-like", "Nodex", "js", "C++x", "nodex")
    )
    assert rows(found) == [("nodex", 1, 1), ("Nodex.js", 1, 1)]


def test_words_come_before_names_and_the_frequent_before_the_rare():
    first = occurrences(
        "Zeta zeta beta beta alpha Eta", "zeta", "beta", "alpha", "Eta", path="a.md"
    )
    second = occurrences("alpha LLM LLMs LLM's", "alpha", "LLM", "LLMs", "LLM's", path="b.md")
    assert rows(suggestions([*first, *second])) == [
        ("alpha", 2, 2),
        ("beta", 2, 1),
        ("zeta", 1, 1),
        ("LLM", 3, 1),
        ("Eta", 1, 1),
    ]


def test_what_no_vocabulary_can_hold_is_not_suggested():
    found = occurrences("A 10¹² “” data lake ¹²", "A", "10¹²", "“”", "data lake", "¹²")
    assert suggestions(found) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["box", "Box", "boxes", "BOX", "box's", "Api", "API", "APIs", "api", "C++", "c++"]
            ),
            st.sampled_from(["a.md", "b.md"]),
        ),
        max_size=12,
    )
)
def test_adding_what_is_suggested_makes_everything_known(words):
    found = [
        one
        for number, (word, path) in enumerate(words)
        for one in occurrences("\n" * number + word, word, path=path)
    ]
    suggested = suggestions(found)
    vocabulary = parse("\n".join(one.word for one in suggested))
    assert all(vocabulary.knows(word) for word, _ in words)
    assert sum(one.times for one in suggested) == len(words)
    assert len({one.word for one in suggested}) == len(suggested)
    order = [(one.is_name, -one.times, -one.files) for one in suggested]
    assert order == sorted(order)
