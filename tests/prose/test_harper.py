"""Harper as an engine: what it answers, from how many threads, and what it keeps to itself."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import EngineError, Passage
from mlsd_lint.prose.harper import engine as engine_module
from mlsd_lint.prose.harper.engine import Harper
from mlsd_lint.prose.harper.profile import CODES, FIXABLE, NEVER, PHRASES, SPELLING

ROOT = Path(__file__).resolve().parents[2]
WORDS = "the the a hour its langauge We store keys in cache . , \n 😀 naïve GPT-4 i"


@pytest.fixture(scope="module")
def harper():
    engine = Harper("american")
    yield engine
    engine.close()


def matches(engine, text, kind="paragraph"):
    """What an engine finds in a text."""
    [(_, found)] = engine.check([Passage(kind, text)])
    return found


def rules(engine, text, kind="paragraph"):
    return [(match.rule, text[match.start : match.end]) for match in matches(engine, text, kind)]


def book_passages():
    """Paragraphs as they stand in the Markdown of this repository, and a few made of mistakes."""
    passages = []
    for file in sorted((ROOT / "content").rglob("*.md"))[:6]:
        paragraphs = file.read_text(encoding="utf-8").split("\n\n")
        passages += [Passage("paragraph", text) for text in paragraphs if "`" not in text]
    mistakes = "We store the the keys for a hour in langauge models, and its a good idea."
    return [*passages, *(Passage("list item", f"{mistakes} {n}") for n in range(40))]


def test_finds_mistakes_and_says_what_was_meant(harper):
    found = matches(harper, "It took a hour to load the the langauge model.")
    assert [(one.code, one.rule, one.message, one.replacements[:1]) for one in found] == [
        ("P002", "AnA", "“a hour” should be “an hour”.", ("an",)),
        ("P001", "RepeatedWords", "“the the” is written twice.", ("the",)),
        (
            "P004",
            "SpellCheck",
            "“langauge” is not in the dictionary; did you mean “language” or “languages”?",
            ("language",),
        ),
    ]
    assert [(one.start, one.end) for one in found] == [(8, 9), (23, 30), (31, 39)]


@pytest.mark.parametrize(
    ("text", "code", "rule"),
    [
        ("We know that its a test.", "P007", "ItsContraction"),
        ("The service lost it's data.", "P007", "ItsPossessive"),
        ("The cache is faster then the disk.", "P007", "ThenThan"),
        ("We want too train it.", "P007", "ToTwoToo"),
        ("We should of known it.", "P006", "ModalOf"),
        ("He go home.", "P006", "PronounVerbAgreement"),
        ("We want talk to him.", "P006", "MissingTo"),
        ("We like to setup a server.", "P006", "PhrasalVerbAsCompoundNoun"),
        ("They was late.", "P006", None),
    ],
)
def test_sound_rules_are_on(harper, text, code, rule):
    found = [one for one in matches(harper, text) if rule in (None, one.rule)]
    assert [one.code for one in found][:1] == [code], matches(harper, text)


def test_messages_are_sentences_of_plain_text(harper):
    for text in ("We should of known it.", "We know that its a test.", "I seen it. He go home."):
        for match in matches(harper, text):
            assert match.message[0].isupper() or match.message[0] == "“"
            assert match.message[-1] in ".?!"
            assert not set(match.message) & set("`*<>\n")


def test_insertion_and_removal_become_replacements_of_the_range(harper):
    text = "You need talk to him, or it will be be late."
    for match in matches(harper, text):
        for replacement in match.replacements:
            fixed = text[: match.start] + replacement + text[match.end :]
            assert fixed != text
            assert "  " not in fixed
    fixes = {one.rule: one.replacements for one in matches(harper, "We want run it.")}
    assert fixes == {"MissingTo": ("want to",)}


def test_same_answers_from_any_number_of_threads(monkeypatch):
    passages = book_passages()
    answers = []
    before = len(threading.enumerate())
    for cores in (1, 3):
        monkeypatch.setattr(engine_module, "_cores", lambda cores=cores: cores)
        engine = Harper("american")
        shuffled = passages[::cores] + [one for n, one in enumerate(passages) if n % cores]
        answers.append(dict(engine.check(shuffled)))
        assert len(threading.enumerate()) - before <= cores
        engine.close()
    assert answers[0] == answers[1]
    assert set(answers[0]) == set(passages)
    assert sum(map(len, answers[0].values())) >= 120


def test_each_passage_is_answered_once_in_the_order_of_duplicates(harper):
    passages = [Passage("paragraph", "It works."), Passage("heading", "It works.")] * 3
    assert sorted(one for one, _ in harper.check(passages)) == sorted(passages)


def test_nothing_to_check_starts_nothing():
    engine = Harper("american")
    assert list(engine.check([])) == []
    assert engine._threads is None


def test_a_consumer_that_stops_leaves_no_work_behind(monkeypatch):
    before = len(threading.enumerate())
    engine = Harper("american")
    read = []
    whole = Harper._read

    def counted(self, batch):
        read.extend(batch)
        return whole(self, batch)

    monkeypatch.setattr(Harper, "_read", counted)
    passages = [Passage("paragraph", f"It is text number {n}. " * 90) for n in range(1000)]
    results = engine.check(passages)
    next(results)
    results.close()
    engine.close()
    assert len(threading.enumerate()) == before
    assert 0 < len(read) < len(passages) / 2
    assert matches(engine, "It took a hour.")[0].rule == "AnA"
    engine.close()


def test_enable_and_disable():
    engine = Harper("american", enable=frozenset({"OxfordComma"}), disable=frozenset({"AnA"}))
    text = "It took a hour to buy apples, pears and plums."
    found = matches(engine, text)
    assert [(one.rule, one.code) for one in found] == [("OxfordComma", "P008")]
    assert matches(engine, text, "heading") == found
    engine.close()


def test_without_spelling_no_word_is_unknown():
    engine = Harper("american", disable=frozenset({SPELLING}))
    assert rules(engine, "The langauge of Chicisimo.") == []
    engine.close()


def test_dialects():
    american, british = Harper("american"), Harper("british")
    text = "We honoured the colour."
    assert [word for _, word in rules(american, text)] == ["honoured", "colour"]
    assert rules(british, text) == []
    american.close()
    british.close()


def test_fingerprint_depends_on_all_that_answers_depend_on(monkeypatch, tmp_path):
    plain = Harper("american").fingerprint
    assert plain == Harper("american").fingerprint
    others = [
        Harper("british"),
        Harper("american", enable=frozenset({"OxfordComma"})),
        Harper("american", disable=frozenset({"AnA"})),
    ]
    assert len({plain, *(one.fingerprint for one in others)}) == 4
    assert Harper("american", enable=NEVER).fingerprint == plain
    monkeypatch.setattr(engine_module, "version", lambda _: "99")
    newer = Harper("american").fingerprint
    assert newer != plain
    (tmp_path / "engine.py").write_text("")
    monkeypatch.setattr(engine_module, "__file__", str(tmp_path / "engine.py"))
    assert Harper("american").fingerprint not in {plain, newer}


def test_fingerprint_does_not_import_harper():
    code = (
        "import sys; from mlsd_lint.prose.harper.engine import Harper;"
        "print(len(Harper('american').fingerprint), 'harper' in sys.modules,"
        "'mlsd_lint.prose.harper.reading' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["32", "False", "False"]


@pytest.mark.parametrize(
    ("stub", "problem"),
    [
        (None, "is not installed"),
        ("raise ImportError('GLIBC_2.99 not found')", "does not load (GLIBC_2.99 not found)"),
    ],
)
def test_missing_or_broken_package(monkeypatch, tmp_path, stub, problem):
    monkeypatch.delitem(sys.modules, "harper", raising=False)
    if stub is None:
        monkeypatch.setitem(sys.modules, "harper", None)
    else:
        (tmp_path / "harper.py").write_text(stub)
        monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EngineError) as caught:
        list(Harper("american").check([Passage("paragraph", "It works.")]))
    assert problem in str(caught.value)
    assert "pip install harper-py" in str(caught.value)
    assert "--grammar none" in str(caught.value)


def test_breaking_down_inside_harper_is_an_error_of_the_engine(monkeypatch):
    class PanicException(BaseException):
        pass

    class Broken:
        def learn(self, _):
            raise PanicException

        read = learn

    engine = Harper("american")
    monkeypatch.setattr(engine, "_reader", Broken, raising=False)
    with pytest.raises(EngineError, match=r"begins “It works\.”.*--grammar none"):
        list(engine.check([Passage("paragraph", "It works.")]))
    engine.close()


def test_profile_names_rules_that_harper_has():
    import harper

    known = set(harper.get_default_lint_config())
    assert set(CODES) <= known
    assert set(CODES) >= PHRASES | FIXABLE
    assert not set(CODES) & NEVER
    assert known >= NEVER


def test_nothing_is_written_to_standard_output(harper, capfd):
    """One of Harper's rules prints; it is off, and nobody can switch it on."""
    loud = Harper("american", enable=frozenset({"LookingForwardTo"}))
    passages = [*book_passages(), Passage("paragraph", "We are looking forward to see you.")]
    for engine in (harper, loud):
        assert len(list(engine.check(passages))) == len(passages)
    loud.close()
    assert capfd.readouterr().out == ""


def assert_sound(engine, kind, text):
    """What holds of every match in every text."""
    end = 0
    for match in matches(engine, text, kind):
        flagged = text[match.start : match.end]
        assert end <= match.start < match.end <= len(text)
        end = match.end
        assert flagged not in match.replacements
        assert len(set(match.replacements)) == len(match.replacements) <= 3
        assert match.code in {"P001", "P002", "P004", "P005", "P006", "P007", "P008", "P016"}
        assert OBJECT not in flagged
        if match.rule == SPELLING:
            assert flagged.replace("'", "").replace("’", "").isalpha()
            before, after = text[: match.start][-1:], text[match.end :][:1]
            assert not before.isalpha()
            assert not after.isalpha()


KINDS = st.sampled_from(["paragraph", "heading", "list item", "table cell", "alternative text"])


@settings(max_examples=150)
@given(
    KINDS, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
)
def test_any_text(harper, kind, text):
    assert_sound(harper, kind, text)


@settings(max_examples=150)
@given(
    KINDS,
    st.lists(st.sampled_from([*WORDS.split(" "), OBJECT]), max_size=30),
    st.sampled_from([" ", ""]),
)
def test_texts_of_likely_words(harper, kind, words, between):
    assert_sound(harper, kind, between.join(words))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        OBJECT,
        "a" * 50_000,
        "é" * 3_000 + " the the " + "x" * 9_000,
        "word " * 20_000,
        "We store it. " * 7_000,
        "😀" * 5_000,
        "-" * 10_000,
        "a\u0301" * 3_000,
        "(((((" * 2_000 + "the the" + ")" * 10_000,
    ],
    ids=lambda text: f"{text[:6]!r} {len(text)}",
)
def test_awkward_texts(harper, text):
    assert_sound(harper, "paragraph", text)


def test_places_in_a_long_paragraph(harper):
    """A hundred kilobytes are sent in pieces, and the findings are where they are."""
    sentence = "The cache keeps the answers of the last hour, 😀 and asks again then. "
    text = sentence * 700 + "It keeps the the keys. " + sentence * 700 + "It is a langauge."
    assert len(text) > 90_000
    found = matches(harper, text)
    assert [(one.rule, one.start, one.end) for one in found] == [
        ("RepeatedWords", text.index("the the"), text.index("the the") + 7),
        ("SpellCheck", text.index("langauge"), text.index("langauge") + 8),
    ]
