"""A server elsewhere: what is asked of it, what it answers, and what may go wrong."""

import os
import socket
import subprocess
import sys
import time

import pytest

from languagetool_fakes import FakeServer, found, serving, text_of
from mlsd_lint.config.prose import LanguageToolSettings, ProseSettings
from mlsd_lint.prose.engine import EngineError, Passage
from mlsd_lint.prose.languagetool import LanguageTool, client
from mlsd_lint.prose.languagetool.client import address
from mlsd_lint.prose.languagetool.server_folder import state_folder

PASSAGES = (
    Passage("paragraph", "This is 😀 an model."),
    Passage("list item", "No mistake here."),
    Passage("heading", "Is an model 😀 an model"),
)


def _engine(server, **others):
    english = others.pop("english", "american")
    settings = LanguageToolSettings(server=server, **others)
    return LanguageTool(ProseSettings(languagetool=settings, english=english))


def _check(server, passages=PASSAGES):
    engine = _engine(server)
    return dict(engine.check(passages))


def _articles(parameters):
    return 200, {"matches": found(text_of(parameters["data"]), "an")}


def test_each_passage_gets_its_own_matches():
    with serving(FakeServer(_articles)) as server:
        checked = _check(server)
    places = [[(match.start, match.end) for match in checked[one]] for one in PASSAGES]
    assert places == [[(10, 12)], [], [(3, 5), (14, 16)]]
    assert all(match.code == "P002" for matches in checked.values() for match in matches)


def test_equal_passages_are_asked_about_once():
    fake = FakeServer(_articles)
    with serving(fake) as server:
        assert len(_check(server, PASSAGES[:1] * 3)) == 1
    assert text_of(fake.asked[0]["data"]) == PASSAGES[0].text


def test_nothing_is_asked_about_nothing():
    assert list(_engine("http://127.0.0.1:1").check([])) == []


def test_what_is_asked():
    fake = FakeServer()
    with serving(fake) as server:
        engine = LanguageTool(
            ProseSettings(
                english="british", languagetool=LanguageToolSettings(server=server, picky=True)
            ),
            frozenset({"DASH_RULE", "MINE"}),
            frozenset({"IT_IS", "MINE"}),
        )
        list(engine.check(PASSAGES))
    (asked,) = fake.asked
    assert asked["language"] == "en-GB"
    assert asked["level"] == "picky"
    assert asked["enabledRules"] == "DASH_RULE"
    off = asked["disabledRules"].split(",")
    assert "IT_IS" in off
    assert "DASH_RULE" not in off
    assert "PUNCTUATION" in asked["disabledCategories"].split(",")


def test_a_passage_that_is_too_long_is_asked_about_in_parts():
    fake = FakeServer(_articles, limit="1000")
    text = "This is an model 😀. " * 200
    with serving(fake) as server:
        (matches,) = _check(server, [Passage("paragraph", text)]).values()
    assert [text[match.start : match.end] for match in matches] == ["an"] * 200
    assert len({match.start for match in matches}) == 200
    assert len(fake.asked) > 4
    assert all(len(text_of(asked["data"])) <= 1000 for asked in fake.asked)


def test_a_server_that_does_not_say_what_it_takes():
    with serving(FakeServer(_articles, limit=None)) as server:
        assert len(_check(server)) == 3


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((500, "Internal Error: out of memory"), r"answers 500 \(Internal Error: out of memory\)"),
        ((301, ""), "answers 301 and names https://elsewhere.example.org/v2/check"),
        ((200, "<html>It works!</html>"), r"not what LanguageTool answers \(<html>It works"),
        ((200, {"matches": "none"}), "not what LanguageTool answers"),
        ((200, [1]), "not what LanguageTool answers"),
        ((200, {"matches": [{}]}), "names no place"),
        ((429, "Too many requests"), "asks for a pause"),
        ((200, {"matches": [], "warnings": {"incompleteResults": True}}), "middle of a text"),
        (None, "cannot be reached"),
    ],
)
def test_a_server_that_does_not_do_its_work(reply, said):
    with serving(FakeServer(lambda _: reply)) as server, pytest.raises(EngineError, match=said):
        _check(server)


def test_what_was_answered_before_is_good():
    replies = iter([(200, {"matches": []})])
    fake = FakeServer(lambda _: next(replies, (500, "")))
    passages = [Passage("paragraph", f"{number} " + "word " * 700) for number in range(8)]
    with serving(fake) as server:
        checking = _engine(server).check(passages)
        assert next(checking)[0] in passages
        with pytest.raises(EngineError, match="answers 500"):
            list(checking)


def test_a_server_that_hangs(monkeypatch):
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.2)
    hang = FakeServer(lambda _: time.sleep(2))
    with serving(hang) as server, pytest.raises(EngineError, match=r"no answer within 0\.2"):
        _check(server)


def test_a_server_that_is_not_there():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(EngineError, match=f"http://127.0.0.1:{port} cannot be reached"):
        _check(f"http://127.0.0.1:{port}")


def test_no_server_of_languagetool():
    said = r"not what LanguageTool answers \(plenty\)"
    with serving(FakeServer(limit="plenty")) as server, pytest.raises(EngineError, match=said):
        _check(server)


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://lt.example.org", "https://lt.example.org"),
        ("https://lt.example.org/", "https://lt.example.org"),
        ("https://lt.example.org:8081/v2", "https://lt.example.org:8081"),
        ("http://example.org/lt/v2/check", "http://example.org/lt"),
    ],
)
def test_addresses(given, asked):
    assert address(given) == asked


@pytest.mark.parametrize("given", ["lt.example.org", "ftp://lt.example.org", "", "http://"])
def test_no_addresses(given):
    with pytest.raises(EngineError, match="which is no address"):
        _check(given)


def test_the_public_server_is_asked_slowly_and_by_one_at_a_time(monkeypatch):
    monkeypatch.setattr(client, "PUBLIC_HOST", "127.0.0.1")
    slept = []
    monkeypatch.setattr(client.time, "sleep", slept.append)
    passages = [Passage("paragraph", f"{number} " + "word " * 700) for number in range(3)]
    with serving(FakeServer()) as server:
        assert client.Client(server).threads == 1
        assert len(_check(server, passages)) == 3
    assert len(slept) == 4
    assert all(seconds > 2 for seconds in slept[1:])


def test_the_fingerprint_is_of_all_that_counts(monkeypatch, tmp_path):
    monkeypatch.setenv("LTP_PATH", str(tmp_path))
    engines = [
        _engine("https://a.example.org"),
        _engine("https://b.example.org"),
        _engine("https://a.example.org", english="british"),
        _engine("https://a.example.org", picky=True),
        _engine(None),
        LanguageTool(ProseSettings(), frozenset({"DASH_RULE"})),
        LanguageTool(ProseSettings(), frozenset(), frozenset({"IT_IS"})),
    ]
    assert len({engine.fingerprint for engine in engines}) == len(engines)
    assert engines[0].fingerprint == _engine("https://a.example.org", idle="1h").fingerprint


def test_on_windows_only_a_server_elsewhere_is_asked(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(EngineError, match=r"Linux and macOS only: .* prose\.languagetool\.server"):
        state_folder()
    with serving(FakeServer(_articles)) as server:
        assert len(_check(server)) == 3


def test_to_ask_for_the_fingerprint_imports_no_client_and_starts_nothing():
    program = (
        "import sys\n"
        "from mlsd_lint.config.prose import ProseSettings\n"
        "from mlsd_lint.prose.languagetool import LanguageTool\n"
        "engine = LanguageTool(ProseSettings())\n"
        "engine.fingerprint, engine.close()\n"
        "print([name for name in ('httpx', 'language_tool_python') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": "/nowhere"},
    )
    assert done.stdout == "[]\n"
