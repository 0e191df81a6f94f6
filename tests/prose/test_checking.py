"""Reading documents: what is asked of an engine, what is not, and what is kept of its answers."""

from __future__ import annotations

import pytest

from mlsd_lint.cache import NO_CACHE, open_cache
from mlsd_lint.digests import content_digest
from mlsd_lint.prose.checking import Grammar, Manuscript
from mlsd_lint.prose.engine import EngineError, Match
from mlsd_lint.prose.vocabulary import parse
from mlsd_lint.source import Source

CODES = frozenset({"P001", "P002", "P003", "P004", "P005", "P006", "P007", "P008"})
WORDS = {
    "eror": ("P003", "error"),
    "blarg": ("P004", ""),
    "Zwump": ("P005", ""),
    "ain't": ("P006", ""),
}


class WordEngine:
    """An engine that knows four words, and remembers what it was asked."""

    name = "words"

    def __init__(self, words=WORDS, *, version="1", fails_after=None, error=EngineError):
        self.words = words
        self.fingerprint = version
        self.fails_after = fails_after
        self.error = error
        self.asked = []

    def check(self, passages):
        for number, passage in enumerate(passages):
            if number == self.fails_after:
                raise self.error("the engine is out of words; buy new ones")
            self.asked.append(passage.text)
            yield passage, tuple(self.matches(passage.text))

    def matches(self, text):
        for word, (code, right) in self.words.items():
            start = text.find(word)
            if start >= 0:
                replacements = (right,) if right else ()
                yield Match(
                    start,
                    start + len(word),
                    code,
                    word.upper(),
                    f"“{word}” is wrong.",
                    replacements,
                )

    def close(self):
        pass


FIXABLE = frozenset({"words:EROR"})


def grammar(
    *engines, cache=NO_CACHE, vocabulary="", fixable=FIXABLE, codes=CODES, program="mlsd-lint 1"
):
    return Grammar(list(engines), parse(vocabulary), codes, fixable, program, cache)


def manuscript(text, path="a.md", silenced=lambda _: frozenset()):
    return Manuscript(path, content_digest(text.encode()), lambda: Source(path, text), silenced)


def read(reader, text, **options):
    one = manuscript(text, **options)
    return reader([one])[one.path]


@pytest.fixture
def cache(tmp_path):
    opened = open_cache(tmp_path / "cache")
    yield opened
    opened.close()


def test_a_finding_stands_at_its_words_and_says_who_found_it():
    text = "# Title\n\n> Here *is* an\n> eror, and a blarg.\n"
    first, second = read(grammar(WordEngine()), text).findings
    assert text[slice(*first.span)] == "eror"
    assert first.message == "“eror” is wrong (words:EROR)"
    assert (first.code, first.engines, first.agreed) == ("P003", ("words:EROR",), False)
    assert "vocab add" in first.help
    assert text[slice(*second.span)] == "blarg"


@pytest.mark.parametrize(
    ("text", "fixable", "replacement"),
    [
        ("An eror.\n", {"words:EROR"}, "error"),
        ("An eror.\n", {"words:OTHER"}, None),  # no rule that can be trusted
        ("An *er*or.\n", {"words:EROR"}, None),  # in two segments
        ("A blarg.\n", {"words:BLARG"}, None),  # nothing to put there
    ],
)
def test_only_what_is_sure_is_fixed(text, fixable, replacement):
    (found,) = read(grammar(WordEngine(), fixable=frozenset(fixable)), text).findings
    assert found.replacement == replacement
    assert not found.safe  # spelling never is


def test_rules_that_are_not_wanted_say_nothing():
    reading = read(grammar(WordEngine(), codes=frozenset({"P004"})), "An eror, a blarg.\n")
    assert [one.code for one in reading.findings] == ["P004"]


def test_a_rule_that_is_off_hides_nothing_of_another():
    both = WordEngine({"blarg": ("P003", "")}), WordEngine({"blarg": ("P004", "")}, version="2")
    both[1].name = "other"
    reading = read(grammar(*both, codes=frozenset({"P004"})), "A blarg.\n")
    assert [(one.code, one.engines) for one in reading.findings] == [("P004", ("other:BLARG",))]


def test_words_of_the_book_are_right_but_only_as_words():
    text = "An eror, a blarg, a Zwump: ain't it.\n"
    reading = read(grammar(WordEngine(), vocabulary="blarg\nZwump\nain't\n"), text)
    assert [one.code for one in reading.findings] == ["P003", "P006"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A blarg.\n", "P004"),
        ("A blarg, more blargs.\n", "P004"),
        ("A blarg.\n\nAnother blarg.\n", "P016"),
        ("A blarg, by `Blarg(1)`.\n", "P016"),
        ("A blarg, in blarg's way.\n", "P016"),
        ("A blarg.\n\n[1]: https://blarg.example/\n", "P016"),
    ],
)
def test_a_word_that_comes_up_again_is_a_term(text, code):
    engine = WordEngine({"blarg": ("P004", "")})
    reading = read(grammar(engine, codes=CODES | {"P016"}), text)
    assert {one.code for one in reading.findings} == {code}
    off = read(grammar(engine), text)
    assert bool(off.findings) is (code == "P004")


def test_what_comments_silence_is_not_even_asked():
    text = "One eror.\n\nTwo\neror lines.\n\nThree eror.\n"
    engine = WordEngine()
    silenced = {3: CODES, 4: CODES, 6: frozenset({"P003"})}
    reading = read(grammar(engine), text, silenced=lambda line: silenced.get(line, frozenset()))
    assert engine.asked == ["One eror.", "Three eror."]
    assert reading.unread == (3, 4)


def test_code_mathematics_and_other_languages_are_not_asked():
    engine = WordEngine()
    text = "# T\n\n`eror`\n\n    eror\n\n$eror$ is it.\n\n<div>eror</div>\n\nЭто ошибка, eror.\n"
    read(grammar(engine), text)
    assert engine.asked == ["T", "\ufffc is it."]


def test_a_document_that_is_as_it_was_is_not_even_parsed(cache):
    text = "An eror.\n"
    before = read(grammar(WordEngine(), cache=cache), text)

    def never():
        raise AssertionError

    engine = WordEngine()
    again = Manuscript("a.md", content_digest(text.encode()), never, lambda _: frozenset())
    assert grammar(engine, cache=cache)([again]) == {"a.md": before}
    assert engine.asked == []


def test_a_paragraph_that_moved_is_not_asked_again(cache):
    read(grammar(WordEngine(), cache=cache), "First eror.\n\nSecond.\n")
    engine = WordEngine()
    text = "Second.\n\nNew.\n\n- more\n\nFirst eror.\n"
    (found,) = read(grammar(engine, cache=cache), text, path="b.md").findings
    assert engine.asked == ["New.", "more"]
    assert text[slice(*found.span)] == "eror"


def test_the_same_words_in_a_heading_are_another_passage(cache):
    read(grammar(WordEngine(), cache=cache), "Words\n")
    engine = WordEngine()
    read(grammar(engine, cache=cache), "# Words\n")
    assert engine.asked == ["Words"]


def test_a_new_version_of_an_engine_is_asked_again_and_a_new_word_is_not(cache):
    text = "A blarg.\n"
    assert read(grammar(WordEngine(), cache=cache), text).findings
    newer = WordEngine({}, version="2")
    assert not read(grammar(newer, cache=cache), text).findings
    assert newer.asked
    same = WordEngine()
    assert not read(grammar(same, cache=cache, vocabulary="blarg\n"), text).findings
    assert not same.asked


def test_another_version_of_the_program_places_anew_what_the_engines_found(cache):
    text = "A blarg.\n"
    read(grammar(WordEngine(), cache=cache), text)
    parsed = []

    def source():
        parsed.append(1)
        return Source("a.md", text)

    one = Manuscript("a.md", content_digest(text.encode()), source, lambda _: frozenset())
    engine = WordEngine()
    assert grammar(engine, cache=cache, program="mlsd-lint 2")([one])["a.md"].findings
    assert (parsed, engine.asked) == ([1], [])


def test_an_engine_is_asked_once_in_a_run_however_often_it_checks():
    engine = WordEngine()
    reader = grammar(engine)
    for text in ("One.\n\nTwo.\n", "One.\n\nThree.\n\nTwo.\n\nTwo.\n"):
        read(reader, text)
    assert engine.asked == ["One.", "Two.", "Three."]
    assert reader.asked == {"words": 3}


def test_an_engine_that_fails_is_a_failure_and_the_others_are_heard(cache):
    text = "A blarg.\n\nAn eror.\n"
    broken = WordEngine({"eror": ("P003", "error")}, fails_after=1)
    other = WordEngine({"blarg": ("P004", "")}, version="other")
    other.name = "other"
    reader = grammar(broken, other, cache=cache)
    assert [one.engines for one in read(reader, text).findings] == [("other:BLARG",)]
    assert reader.failures == ["the engine is out of words; buy new ones"]
    # Nothing of it passes for a reading; what is known of passages is.
    mended, silent = WordEngine({"eror": ("P003", "error")}), WordEngine({}, version="other")
    silent.name = "other"
    assert len(read(grammar(mended, silent, cache=cache), text).findings) == 2
    assert (mended.asked, silent.asked) == (["An eror."], [])


def test_what_was_found_before_an_interrupt_is_kept(cache):
    text = "One.\n\nTwo.\n\nThree.\n"
    with pytest.raises(KeyboardInterrupt):
        read(grammar(WordEngine(fails_after=2, error=KeyboardInterrupt), cache=cache), text)
    engine = WordEngine()
    read(grammar(engine, cache=cache), text)
    assert engine.asked == ["Three."]


def test_unknown_words_with_their_places():
    text = "A blarg, an eror; a Zwump ain't here.\n"
    reader = grammar(WordEngine(), vocabulary="Zwump\n")
    found = list(reader.unknown_words([manuscript(text)]))
    assert [(one.word, one.path, text[slice(*one.span)]) for one in found] == [
        ("blarg", "a.md", "blarg"),
        ("eror", "a.md", "eror"),
    ]


def test_progress_is_told():
    told = []
    reader = grammar(WordEngine())
    reader.progress = lambda *status: told.append(status)
    read(reader, "One.\n\nTwo.\n")
    assert told == [("words", 0, 2), ("words", 1, 2), ("words", 2, 2)]
