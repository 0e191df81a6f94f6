"""The engine of known misspellings, with the real program."""

import random
from pathlib import Path

import pytest

from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import EngineError, Passage
from mlsd_lint.prose.typos import FIXABLE, RULE, Typos, locating, running


def _check(*texts, english="american"):
    passages = [Passage("paragraph", text) for text in texts]
    found = dict(Typos(english).check(passages))
    return [found[passage] for passage in passages]


def _words(text, english="american"):
    (matches,) = _check(text, english=english)
    return [text[match.start : match.end] for match in matches]


def test_a_misspelling_is_a_known_one_with_its_correction():
    ((match,),) = _check("We recieve it.")
    assert match == (
        3,
        10,
        "P003",
        RULE,
        "“recieve” is a misspelling of “receive”.",
        ("receive",),
    )
    assert match.rule in FIXABLE


def test_all_corrections_are_offered_in_the_order_of_the_list():
    ((match,),) = _check("It can achive the goal.")
    assert match.replacements == ("achieve", "archive")
    assert match.message == "“achive” is a misspelling of “achieve” or “archive”."


@pytest.mark.parametrize(
    "before",
    ["😀 ", "cafe\u0301 ", "naïve — ", "日本 ", "\U0001d54f ", "👩‍👩‍👧 ", "\ufeff ", "a\u00a0"],
)
def test_places_are_code_points(before):
    text = f"{before}the recieve and {before}the langauge"
    assert _words(text) == ["recieve", "langauge"]


@pytest.mark.parametrize(
    "separator",
    ["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f", "\x1c", " \0 ", " \ufeff "],
    ids=repr,
)
def test_no_character_shifts_the_lines(separator):
    text = f"{separator}the recieve{separator}and {separator} langauge{separator}"
    first, second, third = _check(text, "", f"{separator}so the recieve{separator}")
    assert [text[match.start : match.end] for match in first] == ["recieve", "langauge"]
    assert second == ()
    assert [match[:2] for match in third] == [
        (len(f"{separator}so the "), len(f"{separator}so the recieve"))
    ]


def test_a_lone_surrogate_is_a_character_as_any_other():
    assert _words("\ud800 the recieve") == ["recieve"]


PROSE = [
    ("they call it “recieve” and 'teh', “so teh answer”", ["teh"]),
    ("the recieve, and", ["recieve"]),
    ("(recieve)", ["recieve"]),
    ("a “recieve” of", []),
    ("we recieve…", ["recieve"]),
    ("a langauge’s words", ["langauge"]),
    ("a langauge's words", ["langauge"]),
    ("we recieve—it", ["recieve"]),
    ("teh", []),
    ("teh cat", ["teh"]),
    ("a pre-recieve of", ["recieve"]),
    ("in recieve-and-forward mode", ["recieve"]),
    ("recieve-only mode", ["recieve"]),
    # Parts of something else.
    ("a recieve_message of", []),
    ("a recieveMessage of", []),
    ("the file recieve.py is", []),
    ("mail to the recieve@example.org", []),
    ("pass --recieve to", []),
    ("a recieve-message@example.org of", []),
    ("the lib/pre-recieve of", []),
    ("by @pre-recieve of", []),
    ("a pre-teh of", []),
    ("a Pre-Recieve of", []),
    ("the path/recieve/it", []),
    ("the #recieve and", []),
    ("the $recieve and", []),
    ("the recieve2 and", []),
    (f"the {OBJECT}recieve and", []),
    (f"the recieve{OBJECT} and", []),
    (f"the {OBJECT} recieve {OBJECT} and", ["recieve"]),
    # Names and abbreviations.
    ("the RECIEVE of", []),
    ("the hda and hist", ["hda"]),
    ("cpy - Copies files", []),
    (f"simpy {OBJECT} - A process", []),
    ("by Lukas Wirth and Ned", []),
    ("from Vertica to Nervana", []),
    ("the Goolge sheets", ["Goolge"]),
    ("Recomendations of the day", ["Recomendations"]),
    ("this is writeable, and that a convnet", []),
    ("a job that gets pre-empted there", []),
]


@pytest.mark.parametrize(("text", "words"), PROSE, ids=[text for text, _ in PROSE])
def test_only_words_of_prose_are_flagged(text, words):
    assert _words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Wenn ein Link nicht geht, ist das Problem bekannt, oder es ist ein anderes Projekt.",
        "Livres vs. autres choses, pour le langage de ce projet",
        "Cómo ser excelente entre los participantes",
        "Gunakan templat untuk isu yang ada, maka salah",
    ],
)
def test_another_language_is_left_alone(text):
    assert _words(text) == []


def test_a_foreign_name_does_not_make_a_sentence_foreign():
    assert _words("The langauge of André and the Île de la Cité is here") == ["langauge"]


@pytest.mark.parametrize("english", ["american", "british", "australian", "canadian"])
def test_what_is_right_in_any_english_is_right(english):
    text = "The colour and color of the licence, organise and organize, analyse, centre, judgement"
    assert _words(text, english) == []


@pytest.mark.parametrize(
    ("english", "correction"),
    [
        ("american", "behavior"),
        ("british", "behaviour"),
        ("australian", "organise"),
        ("canadian", "organize"),
    ],
)
def test_a_correction_is_in_the_english_of_the_book(english, correction):
    (matches,) = _check("the behaviuor that we organzie", english=english)
    assert correction in {match.replacements[0] for match in matches}


def test_thousands_of_passages_get_what_is_theirs(monkeypatch):
    monkeypatch.setattr("mlsd_lint.prose.typos._BATCH_CHARACTERS", 20_000)
    chance = random.Random(6)  # noqa: S311  # any choice will do
    passages = [
        Passage("paragraph", f"😀\u2028 number {number}, " + chance.choice(["recieve", "receive"]))
        for number in range(5_000)
    ]
    answers = list(Typos("american").check(passages))
    assert [passage for passage, _ in answers] == passages
    for passage, matches in answers:
        starts = [match.start for match in matches]
        assert starts == [len(passage.text) - 7] * ("recieve" in passage.text)


def test_nothing_to_check_starts_nothing(monkeypatch):
    monkeypatch.setattr("mlsd_lint.prose.typos.executable", pytest.fail)
    assert list(Typos("american").check([])) == []


def test_a_configuration_of_the_user_changes_nothing(tmp_path, monkeypatch):
    inner = tmp_path / "inner"
    inner.mkdir()
    hostile = '[default.extend-words]\nrecieve = "recieve"\nreceive = "wrong"\n'
    for folder in (tmp_path, inner):
        for name in ("typos.toml", "_typos.toml", ".typos.toml"):
            (folder / name).write_text(hostile)
        (folder / "pyproject.toml").write_text(hostile.replace("[default", "[tool.typos.default"))
    (inner / ".ignore").write_text("*\n-\n")
    monkeypatch.chdir(inner)
    assert _words("we recieve and receive") == ["recieve"]


def test_the_fingerprint_starts_nothing_and_tells_versions_and_englishes_apart(monkeypatch):
    monkeypatch.setattr("subprocess.Popen", pytest.fail)
    fingerprints = {Typos(english).fingerprint for english in ("american", "british")}
    monkeypatch.setattr("mlsd_lint.prose.typos.version", lambda: "1.0.0")
    fingerprints.add(Typos("american").fingerprint)
    assert len(fingerprints) == 3


# What can go wrong with the program.


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Have a script stand for the program: `program("exit 1")`."""
    path = tmp_path / "typos"

    def write(lines):
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)
        monkeypatch.setattr(locating, "_candidates", lambda: iter([path]))

    return write


def _answer(line=1, offset=4, kind="typo", word="recieve", corrections='["receive"]'):
    return (
        f'{{"type":"{kind}","line_num":{line},"byte_offset":{offset},'
        f'"typo":"{word}","corrections":{corrections}}}'
    )


BAD_ANSWERS = {
    "no JSON": "typos 1.0",
    "no object": "3",
    "no text": "\\0377\\0376",
    "something else": _answer(kind="binary_file"),
    "another line": _answer(line=7),
    "line 0": _answer(line=0),
    "another place": _answer(offset=3),
    "a place that is none": _answer(offset='"4"'),
    "another word": _answer(word="receive"),
    "no word": _answer(word="").replace('"typo":""', '"typo":null'),
    "corrections that are none": _answer(corrections="3"),
    "no corrections": _answer(corrections="[]"),
}


@pytest.mark.parametrize("answer", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_an_answer_that_is_none_is_an_error(program, answer):
    program(f"cat >/dev/null; printf '%b\\n' '{answer}'; exit 2")
    with pytest.raises(EngineError, match=r"cannot be read; install .*--grammar none"):
        _check("the recieve")


def test_a_good_answer_of_the_script_is_none_of_those(program):
    program(f"cat >/dev/null; printf '%b\\n' '{_answer()}'; exit 2")
    path = locating.executable()
    assert running.misspellings(path, ["the recieve"], "en") == [(0, 4, "recieve", ("receive",))]


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ("echo 'error: broken' >&2; exit 1", r"exit code 1 \(error: broken\)"),
        ("exit 2", "exit code 2"),
        ("cat >/dev/null; echo '{}'; exit 0", "exit code 0"),
        ("kill -KILL $$", "killed by SIGKILL"),
    ],
)
def test_a_failure_says_how_it_failed(program, lines, what):
    program(lines)
    with pytest.raises(EngineError, match=what):
        _check("the recieve")


def test_a_program_that_hangs_is_ended(program, monkeypatch, tmp_path):
    monkeypatch.setattr(running, "_SECONDS", 3.0)  # the shell starts within them
    program(f"echo $$ > {tmp_path}/pid; exec sleep 600")
    with pytest.raises(EngineError, match="no answer"):
        _check("the recieve")
    process = int((tmp_path / "pid").read_text())
    assert not Path(f"/proc/{process}").exists()


def test_what_cannot_be_run_is_an_error(program, tmp_path):
    program("")
    (tmp_path / "typos").write_bytes(b"\x7fELF nothing")
    with pytest.raises(EngineError, match="cannot be run"):
        _check("the recieve")


def test_what_came_before_a_failure_is_good(program, monkeypatch, tmp_path):
    monkeypatch.setattr("mlsd_lint.prose.typos._BATCH_CHARACTERS", 1)
    program(f"cat >/dev/null; test -e {tmp_path}/ran && exit 3; touch {tmp_path}/ran")
    answers = Typos("american").check([Passage("paragraph", "one"), Passage("paragraph", "two")])
    assert next(answers) == (Passage("paragraph", "one"), ())
    with pytest.raises(EngineError, match="exit code 3"):
        next(answers)
