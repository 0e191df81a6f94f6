"""Which words are slips, which are only unknown, and which are right; by the real dictionary."""

import pytest

from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import Passage
from mlsd_lint.prose.harper.engine import Harper
from mlsd_lint.prose.harper.profile import SPELLING
from mlsd_lint.prose.harper.reading import Reader
from mlsd_lint.prose.words.known import WORDS

SLIPS = """
    langauge recieve occured definately seperate enviroment neccessary wierd adress succesful
    begining knowlege persistant prefered comparision dependancy paramter trainning availble lenght
    heirarchy responce similiar arguement catagory usefull writting becuase diffrent experiance
    goverment algoritm probalistic hyperparamter teh jusk taht wich
    """


@pytest.fixture(scope="module")
def harper():
    engine = Harper("american")
    yield engine
    engine.close()


def words(engine, text):
    """The words that are not in the dictionary, with our code."""
    [(_, matches)] = engine.check([Passage("paragraph", text)])
    return [(text[one.start : one.end], one.code) for one in matches if one.rule == "SpellCheck"]


@pytest.mark.parametrize("word", SLIPS.split())
def test_slips(harper, word):
    assert words(harper, f"It is a {word} here.") == [(word, "P004")]


@pytest.mark.parametrize(
    "word", ["softmax", "sqrt", "url", "etc", "analyses", "afterwards", "reranker", "dataframe"]
)
def test_words_that_the_dictionary_lacks(harper, word):
    assert words(harper, f"It is {word}, the {word}'s end. {word.title()} it is.") == []


@pytest.mark.parametrize(
    "word",
    [
        *("chipmakerlike", "goodmorning", "torchdistill", "synthcity", "cmd", "lmms", "quirkwise"),
        *("generatively", "sparsities", "retrievability"),
    ],
)
def test_terms_are_no_slips(harper, word):
    assert words(harper, f"It is a {word} here.") == [(word, "P016")]


@pytest.mark.parametrize(
    "text", ["blorptic: a library", 'The word "blorptic" is new.', "a Blorptic"]
)
def test_a_term_that_names_something_is_for_information(harper, text):
    assert [code for _, code in words(harper, text)] == ["P005"]


@pytest.mark.parametrize(
    "text",
    [
        "Langauge is spoken.",
        "It is a LANGAUGE here.",
        "It is multi-langauge here.",
        "See langauge.py here.",
        "See src/langauge here.",
        "See langauge_models here.",
        "Call langauge(3) here.",
        "See @langauge or #langauge here.",
        "Use --langauge here.",
        "Set langauge=3 here.",
        "Set langaugeModel here.",
        "It is langauge2 here.",
        'The word "langauge" is wrong.',
        "The word “langauge” is wrong.",
        f"See {OBJECT}langauge here.",
        f"langauge {OBJECT} - langauge is a library.",
        "langauge: a library.",
        "langauge (a library) is here.",
    ],
)
def test_what_looks_like_a_name_or_code_is_for_information(harper, text):
    assert "P004" not in {code for _, code in words(harper, text)}


@pytest.mark.parametrize(
    "text",
    [
        "(langauge)",
        "a langauge, which",
        "“a langauge”",
        "a langauge—which",
        f"{OBJECT} langauge {OBJECT}",
        "*langauge*, he said",
        "It is langauge's end",
        "the langauge\nof it",
    ],
)
def test_punctuation_around_a_word(harper, text):
    assert [code for _, code in words(harper, text)] == ["P004"]


def suggestions(engine, text):
    [(_, [match])] = engine.check([Passage("paragraph", text)])
    return match.replacements


def test_the_likeliest_word_comes_first(harper):
    assert suggestions(harper, "on a kubernetes cluster")[0] == "Kubernetes"
    assert suggestions(harper, "with a pytorch model")[0] == "PyTorch"
    assert suggestions(harper, "It is anopen framework")[0] == "an open"
    assert suggestions(harper, "the end ofthe year")[0] == "of the"
    assert len(suggestions(harper, "a langauge model")) <= 3


def test_only_neighbours_of_a_term_are_suggested(harper):
    assert suggestions(harper, "use rumdl for it") == ()
    assert suggestions(harper, "it is a regrader here")[0] == "regrade"


def test_harper_looks_no_further_than_two_slips_away():
    reader = Reader(None, frozenset({SPELLING}), {})
    near = ["amaons", "attilcse", "langauge", "matchaer", "modle"]
    assert reader._meant([*near, "qwzrtplk"]) == {**reader._suggested(near, ()), "qwzrtplk": ()}
    assert reader._meant(["model"]) == {}


def test_words_that_are_learned_together_are_judged_as_alone():
    passages = [Passage("paragraph", f"a {word} here") for word in ("modle", "qwzrtplk", "model")]
    reader, other = (Reader(None, frozenset({SPELLING}), {}) for _ in range(2))
    reader.learn(passages)
    assert [reader.read(one) for one in passages] == [other.read(one) for one in passages]


def test_names_are_for_information(harper):
    text = "Chicisimo and vLLM of Müller's, GPT-4o, LLMs and 3DS."
    assert {code for _, code in words(harper, text)} <= {"P005"}
    assert "Chicisimo" in dict(words(harper, text))


def test_no_word_of_another_script_is_unknown(harper):
    assert words(harper, "这是 a Chinese שלום and مرحبا word; Gödelish is none.") == [
        ("Gödelish", "P005")
    ]


def test_a_passage_as_long_as_a_book(harper):
    text = 'The modle is the the best, and "the the modle" stays. '
    passage = Passage("paragraph", text * 1_000)
    [(_, found)] = harper.check([passage])
    assert [one.code for one in found] == ["P004", "P001", "P001", "P004"] * 1_000
    starts = [one.start % len(text) for one in found]
    assert starts == [starts[index] for index in range(4)] * 1_000


def test_words_of_ours_are_lower_case():
    assert all(word == word.lower() for word in WORDS)
