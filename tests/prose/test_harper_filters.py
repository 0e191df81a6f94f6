"""What our filters drop of Harper's findings, and what they keep; by the real engine throughout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import Passage
from mlsd_lint.prose.harper.articles import is_right_article
from mlsd_lint.prose.harper.engine import Harper
from mlsd_lint.prose.harper.filters import _CHECKS, is_surely_right


@pytest.fixture(scope="module")
def harper():
    engine = Harper("american")
    yield engine
    engine.close()


def found(engine, text, kind="paragraph"):
    """What is found at warning level and above: rule and flagged text."""
    [(_, matches)] = engine.check([Passage(kind, text)])
    return [
        (one.rule, text[one.start : one.end]) for one in matches if one.code not in ("P005", "P008")
    ]


def rules(engine, text, kind="paragraph"):
    [(_, matches)] = engine.check([Passage(kind, text)])
    return {one.rule for one in matches if one.rule != "SpellCheck"}


# rule, a text in which it finds something, one like it in which it must not
PAIRS = {
    "doubled on purpose": ("RepeatedWords", "He was was here.", "He had had enough."),
    "doubled name": ("RepeatedWords", "It is in in town.", "We saw Walla Walla."),
    "doubled for emphasis": ("RepeatedWords", "It is so the the end.", "It is very very good."),
    "doubled in parts of words": ("RepeatedWords", "It is is here.", "It is the the-end game."),
    "doubled over an object": ("RepeatedWords", "See the the end.", f"See the {OBJECT} the end."),
    "letter as a name": ("AnA", "If a answer comes.", "If A and C both agree."),
    "letter of an item": ("AnA", "Ask for a answer.", "(a) asks for a number."),
    "letter as a variable": ("AnA", "It equals a input.", "It equals A after removing words."),
    "acronym said in two ways": ("AnA", "It is a RNN.", "It is an SQL query."),
    "acronym said as a word": ("AnA", "It is an CPU.", "It is a LAN."),
    "hour and history": ("AnA", "It took a hour.", "It is an historical fact."),
    "it is": ("ItsContraction", "We know that its a test.", "One turn: search and its rewriting."),
    "groups of its": ("ItsContraction", "It says its been long.", "A pattern; its named groups."),
    "I": ("CapitalizePersonalPronouns", "The reason i see it.", "We have lots i: 4 of them."),
    "infinitive": (
        "InflectedVerbAfterTo",
        "We want to improved it.",
        "Hits due to improved locality.",
    ),
    "to": ("MissingTo", "We want run it.", "Two riders whose routes nearly agree travel on."),
    "verb": (
        "PhrasalVerbAsCompoundNoun",
        "We like to setup a server.",
        "He leaves pickup trucks out of both.",
    ),
    "noun at the end": (
        "PhrasalVerbAsCompoundNoun",
        "We like to setup a server.",
        "Data is copied from primary to backup.",
    ),
    "too": ("ToTwoToo", "It is late, and it is to late.", "Three steps, from cheap to expensive."),
    "mass noun": ("MassNouns", "He gave an advice.", "A listing has a price."),
    "number of a step": (
        "CapitalizePersonalPronouns",
        "The reason i see it.",
        "It goes from step i to the last one.",
    ),
    "plural behind more words": (
        "OneOfTheSingular",
        "It is one of the linux command which copy a file.",
        "It goes to one of the multiple origin sites possible.",
    ),
    "every one of": ("Everyone", "It is for every one here.", "Look at every one of these."),
    "range": ("EllipsisLength", "And so on ..", "It has item1..9 of them."),
    "its": ("ItsPossessive", "The service lost it's data.", "Then you know it's operations."),
    "name in a list": (
        "PhrasalVerbAsCompoundNoun",
        "We like to setup a server.",
        "It can be given to setup, teardown and run.",
    ),
    "faulty": ("ToTwoToo", "It is to late.", "Its state would be changed to faulty."),
    "their": ("ThereToTheir", "We saw there house.", "In a district, planning there moves on."),
    "there is": ("ThereToTheir", "We saw there house.", "Or is there flexibility?"),
    "whose place": (
        "TheirToThere",
        "Their is a cat on the mat.",
        "It is your, not their, job to handle it.",
    ),
    "object before a verb": (
        "PronounVerbAgreement",
        "He go home.",
        "The people who built the application using it don't know about it.",
    ),
    "object before a form of be": (
        "PronounInflectionBe",
        "It are here.",
        "The costs of including it are less burdensome.",
    ),
    "some time ago": (
        "AWhile",
        "We waited a while.",
        "If an issue was opened a while ago, look again.",
    ),
    "help": ("MissingTo", "We want talk to him.", "Do you only want help with the code?"),
    "end of sentence": (
        "SentenceCapitalization",
        "We stopped here. then it ran.",
        "It is short, incl. monitoring and so on.",
    ),
    "beginning of an item": (
        "SentenceCapitalization",
        "We stopped here. then it ran.",
        "accounts per post, and the share of them.",
    ),
    "in a word with hyphens": (
        "Without",
        "It runs with out it.",
        "It runs with out-of-the-box it.",
    ),
    "in a quotation": ("ModalOf", "We should of known.", 'He wrote "we should of known" there.'),
    "beside an object": ("ModalOf", "We should of known.", f"We should of {OBJECT} known."),
}


@pytest.mark.parametrize(("rule", "wrong", "right"), PAIRS.values(), ids=PAIRS)
def test_keeps_and_drops(harper, rule, wrong, right):
    assert rule not in rules(harper, right)
    if rule != "MassNouns":
        assert rule in rules(harper, wrong), found(harper, wrong)


def test_nothing_is_found_in_an_object():
    assert is_surely_right("We should of known.", "ModalOf", 3, 12)
    assert not is_surely_right(f"The {OBJECT} the end.", "RepeatedWords", 0, 9)


@pytest.mark.parametrize("kind", ["heading", "table cell", "alternative text"])
def test_fragments_are_no_sentences(harper, kind):
    text = "He go home"
    assert rules(harper, text) == {"PronounVerbAgreement"}
    assert rules(harper, text, kind) == set()
    assert rules(harper, "The the cache of a hour", kind) == {"RepeatedWords", "AnA"}


def test_titles_are_no_sentences(harper):
    assert rules(harper, "Why He Go Home When Others Stay") == set()


@pytest.mark.parametrize(
    ("article", "before", "after", "wrong"),
    [
        ("a", "is", "hour", True),
        ("an", "is", "user", True),
        ("a", "is", "API", True),
        ("a", "is", "APIs", True),
        ("a", "is", "LLM.", True),
        ("an", "is", "URL", True),
        ("an", "is", "CPU,", True),
        ("a", "is", "“example”", True),
        ("A", "", "example", True),
        ("A", "it.", "example", True),
        ("A", "if", "example", False),
        ("a", "is", "NASA", False),
        ("an", "is", "SQL", False),
        ("an", "is", "UMAP", False),
        ("a", "is", "Uvicorn", False),
        ("a", "is", "8-bit", False),
        ("a", "is", "x-axis", False),
        ("a", "is", "x", False),
        ("a", "item", ") asks", False),
        ("a", "of", "and", False),
        ("a", "is", "", False),
        ("a", "is", "“”", False),
        ("a", "is", "**", False),
        ("a", "is", OBJECT, False),
        ("a", "is", "is_open", False),
    ],
)
def test_articles(article, before, after, wrong):
    assert is_right_article(article, before, after) is wrong


@given(
    rule=st.sampled_from(sorted(_CHECKS)),
    before=st.text("aI.,!“”*' \n", max_size=12),
    text=st.text("aIu“*' ", min_size=1, max_size=4),
    after=st.text("aIu.,!“”*' \n", max_size=12),
)
def test_whatever_stands_around_can_be_looked_at(rule, before, text, after):
    start, end = len(before), len(before) + len(text)
    assert is_surely_right(before + text + after, rule, start, end) in (True, False)


def test_matters_of_taste_are_off(harper):
    text = (
        "Nobody will own it... The data set -- of 1-2 users -- needs 5 ms of CPU time, and also a "
        "config. Instead we retrain. It is OK to pre-process back pressure. To whom would you ask?"
    )
    assert found(harper, text) == []
