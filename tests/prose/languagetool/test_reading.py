"""What is made of an answer: which of our rules it counts as, and what is dropped."""

import pytest

from mlsd_lint.prose.languagetool.profile import (
    ACROSS,
    code,
    disabled_categories,
    disabled_rules,
    rule_name,
)
from mlsd_lint.prose.languagetool.reading import Rules, is_title, matches

NONE = frozenset()


def answer(rule, category, *replacements, message="This is wrong."):
    return {
        "message": message,
        "replacements": [{"value": value} for value in replacements],
        "rule": {"id": rule, "category": {"id": category}},
    }


def read(text, one, kind="paragraph", enabled=NONE, disabled=NONE, english=None):
    """The matches for one answer about what stands between ⟦ and ⟧."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    found = matches(kind, plain, [(one, start, end)], Rules(enabled, disabled, english))
    assert all(plain[match.start : match.end] == plain[start:end] for match in found)
    return [match[2:] for match in found]


ARTICLE = answer("EN_A_VS_AN", "MISC", "a")
AGREEMENT = answer("HE_VERB_AGR", "GRAMMAR", "has")
ITS = answer("IT_IS", "TYPOS", "it's", message="Did you mean “it's” (short for ‘it is’)?")


def test_each_kind_of_mistake_has_its_rule():
    repeated = answer("ENGLISH_WORD_REPEAT_RULE", "MISC", "the")
    assert read("of ⟦the the⟧ end", repeated) == [
        ("P001", "ENGLISH_WORD_REPEAT_RULE", "“the” is written twice.", ("the",))
    ]
    assert read("is ⟦an⟧ model.", ARTICLE) == [
        ("P002", "EN_A_VS_AN", "“an model” should be “a model”.", ("a",))
    ]
    assert read("He ⟦have⟧ it", AGREEMENT) == [
        ("P006", "HE_VERB_AGR", "“have” may have to be “has”: this is wrong.", ("has",))
    ]
    assert read("since ⟦its⟧ late", ITS) == [
        ("P007", "IT_IS", "“its” may have to be “it's” (short for “it is”).", ("it's",))
    ]


@pytest.mark.parametrize(
    ("text", "meant", "narrowed", "kept"),
    [
        ("is faster then the", ["faster than"], "then", ("than",)),
        ("is faster then the", ["faster than", "as fast as"], "faster then", None),
        ("is faster then the", ["faster"], "faster then", None),
        ("is faster then the", [], "faster then", None),
    ],
)
def test_only_the_words_that_change(text, meant, narrowed, kept):
    start = text.index("faster then")
    one = (answer("COMP_THAN", "TYPOS", *meant), start, start + len("faster then"))
    (match,) = matches("paragraph", text, [one], Rules())
    assert text[match.start : match.end] == narrowed
    assert match.replacements == (kept if kept is not None else tuple(meant))


@pytest.mark.parametrize(
    ("word", "said", "english", "code"),
    [
        ("colour", "‘colour’ is British English.", "american", "P004"),
        ("colour", "‘colour’ is British English.", None, None),
        ("whilst", "‘whilst’ is British English.", None, None),
        ("organise", "Possible mistake.", None, None),
        ("organise", "Possible mistake.", "british", None),
        ("tokenise", "Possible mistake.", "american", "P016"),
        ("tokenise", "Possible mistake.", "british", None),
        ("organnise", "Possible mistake.", None, "P004"),
    ],
)
def test_what_is_right_in_another_english(word, said, english, code):
    one = answer("MORFOLOGIK_RULE_EN_US", "TYPOS", "organize", message=said)
    assert [match[0] for match in read(f"to ⟦{word}⟧ it", one, english=english)] == (
        [code] if code else []
    )


@pytest.mark.parametrize("text", ["\ufffc ⟦have⟧ it", "He ⟦have⟧ \ufffc", "He ⟦\ufffc have⟧ it"])
def test_next_to_an_object_nothing_can_be_said(text):
    assert read(text, AGREEMENT) == []


def test_a_repeated_word_next_to_an_object_is_one():
    assert read("of ⟦the the⟧ \ufffc", answer("ENGLISH_WORD_REPEAT_RULE", "MISC", "the"))


@pytest.mark.parametrize("kind", ["heading", "table cell", "alternative text"])
def test_a_fragment_is_no_sentence(kind):
    assert read("He ⟦have⟧ it", AGREEMENT, kind=kind) == []
    assert read("Is ⟦an⟧ model", ARTICLE, kind=kind)


@pytest.mark.parametrize("word", ["httpx", "SQL", "x", "d3rlpy", "\ufffc", "F1", ""])
def test_an_article_before_what_is_no_spoken_word(word):
    assert read(f"is ⟦an⟧ {word}", ARTICLE) == []


@pytest.mark.parametrize("text", ["If ⟦A stays⟧ last", "from B ⟦have⟧ gone", "; ⟦A have⟧ it"])
def test_letters_that_stand_for_something(text):
    assert read(text, AGREEMENT) == []


def test_its_behind_a_semicolon_begins_what_something_has():
    assert read("a pattern; ⟦its⟧ named groups are fields", ITS) == []
    assert read("its Bad and ⟦its⟧ Good", ITS) == []
    assert read("and ⟦its⟧ good", ITS)
    assert read("mix ⟦its⟧ and it's", ITS) == []


def test_a_repeated_word_that_is_spoken_about():
    repeated = answer("ENGLISH_WORD_REPEAT_RULE", "MISC", "the")
    assert read('a mistake ("⟦the the⟧") as', repeated) == []
    assert read("a mistake “⟦the the⟧” as", repeated) == []
    assert read('a "mistake ⟦the the⟧" as', repeated)


@pytest.mark.parametrize("said", ["and AND", "The The", "breadth-first Breadth-First", "very very"])
def test_a_word_that_is_another_one_or_said_for_effect(said):
    repeated = answer("ENGLISH_WORD_REPEAT_RULE", "MISC", said.split()[0])
    assert read(f"it is ⟦{said}⟧ there", repeated) == []
    assert read("⟦The the⟧ end", repeated)


def test_plurals_are_no_contractions():
    contraction = answer("EN_CONTRACTION_SPELLING", "TYPOS", "why's")
    assert read("the five ⟦whys⟧ method", contraction) == []
    assert [code for code, *_ in read("they ⟦dont⟧ know", contraction)] == ["P003"]


def test_hyphens_before_a_noun_are_for_information():
    hyphen = answer("DAY_TO_DAY_HYPHEN", "GRAMMAR", "day-to-day")
    assert [code for code, *_ in read("our ⟦day to day⟧ work", hyphen)] == ["P008"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Lessons Learned Addressing Dataset Bias in Candidate Generation", True),
        ("Machine Learning Platform for Data Scientists \ufffc", True),
        ("Lessons Learned Addressing Dataset Bias in Generation.", False),
        ("The model is trained once a day", False),
        ("Kafka", False),
    ],
)
def test_titles(text, title):
    assert is_title(text) is title


def test_one_sentence_without_single_quotes():
    said = "The verb ‘be’ is plural. Did you mean: “is”? Did you use a verb?"
    (match,) = read("They ⟦be⟧ late", answer("X", "GRAMMAR", message=said))
    assert match[2] == "The verb “be” is plural."
    said = "Use the “cat’s paw”, e.g. ‘the dog’s’ "
    (match,) = read("They ⟦be⟧ late", answer("X", "GRAMMAR", message=said))
    assert match[2] == "Use the “cat’s paw”, e.g. “the dog’s”."


def test_a_name_that_is_not_spoken_as_it_is_spelled():
    assert read("is ⟦an⟧ Eulerian path", ARTICLE) == []
    assert [match[0] for match in read("is ⟦an⟧ European path", ARTICLE)] == ["P002"]


def test_grammar_gates_only_where_a_rule_was_seen_to_be_right():
    for rule, gates in (("IT_VBZ", "P006"), ("HYPOTHETICAL_RULE", "P008")):
        assert [match[0] for match in read("It ⟦be⟧ late", answer(rule, "GRAMMAR"))] == [gates]


def test_what_is_off_may_be_switched_on_and_the_other_way_round():
    comma = answer("COMMA_COMPOUND_SENTENCE", "PUNCTUATION", ", and")
    assert read("late⟦ and⟧ he", comma) == []
    (match,) = read("late⟦ and⟧ he", comma, enabled=frozenset({"COMMA_COMPOUND_SENTENCE"}))
    assert match[0] == "P008"
    assert read("is ⟦an⟧ model", ARTICLE, disabled=frozenset({"EN_A_VS_AN"})) == []
    compound = answer("EN_COMPOUNDS_MULTI_TASK", "MISC", "multitask")
    assert read("he ⟦multi-task⟧", compound)[0][:2] == ("P008", "EN_COMPOUNDS")
    assert read("he ⟦multi-task⟧", compound, disabled=frozenset({"EN_COMPOUNDS"})) == []


def test_answers_without_their_parts_are_no_findings():
    for one in ({}, {"rule": 5}, {"rule": {"id": "X"}}, {"rule": {"id": 7, "category": []}}):
        assert read("a ⟦b⟧", one) == []
    assert read("He ⟦be⟧", {"rule": {"id": "X", "category": {"id": "GRAMMAR"}}})


def test_names_of_rules():
    assert rule_name("MORFOLOGIK_RULE_EN_US") == "MORFOLOGIK_RULE_EN_US"
    assert rule_name("EN_COMPOUNDS_MULTI_TASK") == "EN_COMPOUNDS"
    assert rule_name("EN_US_SIMPLE_REPLACE_PRAMS") == "EN_US_SIMPLE_REPLACE"
    assert rule_name("IT_IS_2") == "IT_IS_2"


def test_what_compares_sentences_is_off_in_every_category():
    for rule in ACROSS:
        for category in ("MISC", "STYLE", "GRAMMAR", "PUNCTUATION"):
            assert code(rule, category, NONE) is None
    assert set(disabled_rules(NONE, NONE)) >= ACROSS
    assert "DASH_RULE" not in disabled_rules({"DASH_RULE"}, NONE)
    assert "MINE" in disabled_rules(NONE, {"MINE"})
    assert "PUNCTUATION" in disabled_categories()
