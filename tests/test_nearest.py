import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.nearest import edit_distance, folded, nearest, unmistakable

words = st.text(alphabet="abcd-", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("form", "from", 1)],
)
def test_edit_distance(one, other, distance):
    assert edit_distance(one, other) == distance


def test_long_words_are_compared_whole():
    long = "ab" * 5000
    assert nearest(long, [long[1:], long.upper()]) == long.upper()
    assert nearest(long + "c", [long + "d"]) is None


@given(words, words)
def test_edit_distance_is_symmetric_and_bounded(one, other):
    distance = edit_distance(one, other)
    assert distance == edit_distance(other, one)
    assert (distance == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("instal", ["install", "usage"], "install"),
        ("Set_Up", ["set-up", "setup-guide"], "set-up"),
        ("warning", ["⚠️-warning", "meaning"], "⚠️-warning"),
        ("resume", ["résumé"], "résumé"),
        ("installation", ["usage", "license"], None),
        (
            "strong-nlp",
            ["strong-speech", "strong-natural-language-processing"],
            "strong-natural-language-processing",
        ),
        ("natural-language-processing", ["nlp", "cv"], "nlp"),
        ("setup", ["project-setup", "usage"], "project-setup"),
        ("setup", ["project-setup", "setup-of-servers"], None),
        ("七层负载均衡", ["四层负载均衡", "七层负载均衡器"], "七层负载均衡器"),
        ("x", ["y"], None),
        ("", ["y"], None),
        ("x", [], None),
        ("主动到备用切换模式(AP Mode)", ["主动到备用切换模式ap-mode"], "主动到备用切换模式ap-mode"),
    ],
)
def test_nearest(word, candidates, expected):
    assert nearest(word, candidates) == expected


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("Set_Up", ["set-up", "setup-guide"], "set-up"),
        ("set_up", ["set-up", "setup"], None),
        ("introductoin", ["introduction", "conclusion"], "introduction"),
        ("Here", ["there", "here"], "here"),
        ("कल", ["काल"], None),
        ("step-1", ["step-2"], None),
        ("version-10", ["version-1-0"], "version-1-0"),
        ("cat", ["car"], None),
        ("instal", ["install", "usage"], "install"),
        ("section", ["sections", "selection"], None),
    ],
)
def test_unmistakable(word, candidates, expected):
    assert unmistakable(word, candidates) == expected


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=6))
def test_what_is_unmistakable_is_the_nearest(word, candidates):
    found = unmistakable(word, candidates)
    assert found is None or found == nearest(word, candidates)


@given(words, st.lists(words, max_size=6))
def test_a_word_among_the_candidates_is_its_own_nearest(word, candidates):
    found = nearest(word, [word, *candidates])
    assert found is not None
    assert folded(found) == folded(word)
