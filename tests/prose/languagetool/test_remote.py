"""A server elsewhere: what is asked of it, what it answers, and what may go wrong."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from itertools import repeat

import pytest

from languagetool_fakes import FakeServer, found, serving, text_of
from mlsd_lint.commands import languagetool
from mlsd_lint.config.prose import LanguageToolSettings, ProseSettings
from mlsd_lint.errors import UsageError
from mlsd_lint.prose.engine import EngineError, Passage
from mlsd_lint.prose.languagetool import LanguageTool, client
from mlsd_lint.prose.languagetool.client import address
from mlsd_lint.prose.languagetool.server_folder import state_folder

PASSAGES = (
    Passage("paragraph", "This is 😀 an model."),
    Passage("list item", "No mistake here."),
    Passage("heading", "Is an model 😀 an model"),
)

ASKING = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by what a shell runs behind it
from mlsd_lint.config.prose import LanguageToolSettings, ProseSettings
from mlsd_lint.prose.engine import Passage
from mlsd_lint.prose.languagetool import LanguageTool
settings = ProseSettings(languagetool=LanguageToolSettings(server=sys.argv[1]))
try:
    list(LanguageTool(settings).check([Passage("paragraph", "All is well.")]))
except KeyboardInterrupt:
    print("interrupted")
"""


def _engine(server, **others):
    english = others.pop("english", "american")
    settings = LanguageToolSettings(server=server, **others)
    return LanguageTool(ProseSettings(languagetool=settings, english=english))


def _check(server, passages=PASSAGES):
    engine = _engine(server)
    return dict(engine.check(passages))


def _run(action):
    parser = ArgumentParser()
    languagetool.add_arguments(parser)
    return languagetool.run(parser.parse_args([action]))


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
        ((500, "\x1b[31mred\u202e"), r"answers 500 \(�\[31mred�\)"),
        ((413, "Error: too long"), r"answers 413 \(Error: too long\)"),
        (
            (301, "", {"Location": "https://elsewhere.example.org/v2/check"}),
            "answers 301 and names https://elsewhere.example.org/v2/check",
        ),
        ((200, "<html>It works!</html>"), r"not what LanguageTool answers \(<html>It works"),
        ((200, {"matches": "none"}), "not what LanguageTool answers"),
        ((200, [1]), "not what LanguageTool answers"),
        ((200, {"matches": [{}]}), "names no place"),
        ((200, "[" * 100_000), "not what LanguageTool answers"),
        ((200, {"matches": []}, {"Content-Encoding": "br"}), r"\(compressed, which"),
        (
            (429, "Too many requests"),
            r"a pause \(429\): run again in a minute, what it has answered",
        ),
        ((429, "", {"Retry-After": "7"}), r"a pause \(429\): run again in 7 seconds,"),
        ((503, "", {"Retry-After": "7"}), r"a pause \(503\): run again in 7 seconds,"),
        ((503, "busy"), r"answers 503 \(busy\)"),
        ((200, {"matches": [], "warnings": {"incompleteResults": True}}), "middle of a text"),
        (None, "cannot be reached"),
        ((200, (b"{",), {"Content-Length": 1000}), "cannot be reached"),
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


def test_an_answer_without_end(monkeypatch):
    monkeypatch.setattr(client, "MOST_BYTES", 100_000)
    endless = FakeServer(lambda _: (200, repeat(b" " * 1000)))
    with serving(endless) as server, pytest.raises(EngineError, match=r"\(more than 0\.1 MB\)"):
        _check(server)


def test_an_answer_that_comes_in_drops(monkeypatch):
    def drops():
        while True:
            time.sleep(0.02)
            yield b" "

    monkeypatch.setattr(client, "ANSWER_SECONDS", 1.0)
    dripping = FakeServer(lambda _: (200, drops()))
    with serving(dripping) as server, pytest.raises(EngineError, match="no answer within 1 sec"):
        _check(server)


def test_warnings_of_another_shape_are_none():
    with serving(FakeServer(lambda _: (200, {"matches": [], "warnings": ["old"]}))) as server:
        assert len(_check(server)) == 3


def test_halves_of_characters_are_no_text():
    """A lone surrogate can be neither kept nor printed."""

    def halves(parameters):
        (one,) = found(text_of(parameters["data"]), "an", "HE_VERB", "GRAMMAR", ["\udc00 😀"])
        return 200, {"matches": [one | {"message": "Half \ud83d, whole 😀."}]}

    with serving(FakeServer(halves)) as server:
        ((match,),) = _check(server, PASSAGES[:1]).values()
    assert match.message == "“an” may have to be “\ufffd 😀”: half \ufffd, whole 😀."
    assert match.replacements == ("\ufffd 😀",)


@pytest.mark.skipif(sys.platform == "win32", reason="it knows no interrupt of one process")
def test_an_interrupt_does_not_wait_for_a_server_that_hangs():
    asked, ended = threading.Event(), threading.Event()

    def hang(_):
        asked.set()
        ended.wait()

    with serving(FakeServer(hang)) as server:
        command = [sys.executable, "-c", ASKING, server]
        asking = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert asked.wait(120)
        asking.send_signal(signal.SIGINT)
        # It ends before the server answers, which that does not do.
        assert asking.communicate(timeout=60)[0] == "interrupted\n"
        ended.set()
    assert asking.returncode == 0


def test_a_server_on_this_machine_is_asked_past_the_proxy(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NO_PROXY", "")
    with serving(FakeServer(_articles)) as server:
        assert len(_check(server)) == 3


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


@pytest.mark.parametrize(
    "given",
    [
        *("lt.example.org", "ftp://lt.example.org", "", "http://", "http://[::1"),
        *("http://lt.example.org:99999", "http://lt.example.org:http", "http://lt\0.example.org"),
        "http://x..example.org",
    ],
)
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
    said = r"Linux and macOS only: on Windows start .* prose\.languagetool\.server = \"http://127"
    for doing in (
        state_folder,
        lambda: list(_engine(None).check(PASSAGES)),
        lambda: list(_engine(None, folder="somewhere").check(PASSAGES)),
        *(lambda action=action: _run(action) for action in ("install", "start", "stop", "status")),
    ):
        with pytest.raises((EngineError, UsageError), match=said):
            doing()
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
