"""The real LanguageTool: it finds what it is for, in the right places, and is asked as we think."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from languagetool_fakes import until
from marked import marked
from mlsd_lint.config.prose import LanguageToolSettings, ProseSettings
from mlsd_lint.markdown import parse
from mlsd_lint.prose.engine import Passage
from mlsd_lint.prose.extraction import blocks
from mlsd_lint.prose.languagetool import LanguageTool, batching
from mlsd_lint.prose.languagetool.installation import installation
from mlsd_lint.prose.languagetool.profile import ACROSS
from mlsd_lint.prose.languagetool.server_folder import server_folder
from mlsd_lint.prose.languagetool.serving import in_use, start, statuses
from mlsd_lint.source import Source

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.usefixtures("languagetool")


def checked(*texts, kind="paragraph", **settings):
    passages = [Passage(kind, text) for text in texts]
    found = dict(LanguageTool(ProseSettings(**settings)).check(passages))
    return [found[passage] for passage in passages]


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("The model is loaded from ⟦the the⟧ cache.", "P001", "the"),
        ("This is ⟦an⟧ model of the world.", "P002", "a"),
        ("They ⟦dont⟧ know it.", "P003", "don't"),
        ("The cache is ⟦invaldiated⟧ every hour.", "P004", "invalidated"),
        ("We tried it with ⟦Memcachexd⟧ too.", "P005", None),
        ("She ⟦have⟧ a model.", "P006", "has"),
        ("It ⟦are⟧ slow.", "P006", "is"),
        ("We can ⟦trains⟧ a model.", "P006", "train"),
        ("The cache is faster ⟦then⟧ the disk.", "P007", "than"),
        ("It is late and ⟦its⟧ raining.", "P007", "it's"),
        ("It has ⟦it's⟧ own cache.", "P007", "its"),
        ("It is ⟦to⟧ slow for that.", "P007", "too"),
        ("⟦Their⟧ is a cache.", "P007", "There"),
        ("The person ⟦who's⟧ model it is.", "P008", "whose"),  # in books it was mostly wrong
        ("naïve 😀 “café” – 𝒂𝒃: this is ⟦an⟧ model 😀.", "P002", "a"),
        ("A \ufffc and \ufffc of ⟦the the⟧ \ufffc.", "P001", "the"),
    ],
)
def test_what_it_finds(text, code, meant):
    plain, (span,) = marked(text)
    (found,) = checked(plain)
    there = [match for match in found if (match.start, match.end) == span]
    assert [match.code for match in there] == [code]
    if meant:
        assert meant in there[0].replacements


@pytest.mark.parametrize(
    "text",
    [
        "Use \ufffc to load \ufffc into \ufffc \ufffc, then \ufffc it.",
        "The index is in shards; its shards are small. The write is slow, and so is the compute.",
        "If A stays last, B wins: A, B, A', B'.",
        "an \ufffc record of an \ufffc",
        "the file\nis here",
    ],
)
def test_what_it_leaves_alone(text):
    assert [match for match in checked(text)[0] if match.code != "P005"] == []


def test_headings_and_cells_are_no_sentences():
    text = "She have the the cache"
    for kind in ("heading", "table cell", "alternative text"):
        assert [match.code for match in checked(text, kind=kind)[0]] == ["P001"]


def test_the_english_of_the_book():
    text = "The colour of the center is gray."
    assert checked(text)[0] == ()
    american = checked(text, english="american")[0]
    british = checked(text, english="british")[0]
    assert [text[match.start : match.end] for match in american] == ["colour"]
    assert american[0].message == "“colour” is British English for “color”."
    assert "colour" not in [text[match.start : match.end] for match in british]


def test_rules_that_the_settings_name():
    text = "The model is good and it is fast and they are happy because of it, I mean it ."
    comma = "COMMA_PARENTHESIS_WHITESPACE"
    passage = Passage("paragraph", text)
    settings = ProseSettings()
    (off,) = dict(LanguageTool(settings).check([passage])).values()
    (on,) = dict(LanguageTool(settings, frozenset({comma})).check([passage])).values()
    assert [match.rule for match in on if match.rule == comma] == [comma]
    assert comma not in [match.rule for match in off]


def test_its_stricter_rules():
    settings = LanguageToolSettings(picky=True)
    text = "The cat was seen by him. " * 3
    assert len(checked(text, languagetool=settings)[0]) >= len(checked(text)[0])


def test_what_is_found_in_a_passage_does_not_depend_on_the_others(monkeypatch):
    passages = [
        *_passages_of_the_booklet()[::14],
        Passage("paragraph", "The the model. Its optimise."),
        Passage("list item", "its color"),
        Passage("paragraph", "We visualise the model daily. The modelling is fast."),
        Passage("paragraph", "They visualize the model daily. The modeling is fast."),
        Passage("list item", "its colour is (open"),
        Passage("list item", "closed) is an model"),
        *(Passage("paragraph", f"Number {one} has it's own own cache.") for one in range(8)),
    ]
    engine = LanguageTool(ProseSettings())
    together = dict(engine.check(passages))
    monkeypatch.setattr(batching, "BATCH_CHARACTERS", 1)
    assert dict(engine.check(passages)) == together
    assert sum(map(len, together.values())) > 10


def test_the_rules_that_compare_sentences_are_known_to_it():
    running = next(statuses(), None)
    if running is None:
        checked("This starts it.")
        running = next(statuses())
    text = "We go. We see. We win. (We lose."
    with httpx.Client(trust_env=False) as asking:
        answer = asking.post(
            f"{running.server.address}/v2/check",
            data={"language": "en-US", "text": text, "enabledRules": ",".join(ACROSS)},
        ).json()
    found = {match["rule"]["id"] for match in answer["matches"]}
    assert found & ACROSS == {"ENGLISH_WORD_REPEAT_BEGINNING_RULE", "EN_UNPAIRED_BRACKETS"}


def test_nobody_else_can_ask_it():
    checked("This starts it.")
    port = next(statuses()).server.port
    for address in {*socket.gethostbyname_ex(socket.gethostname())[2]}:
        if not address.startswith("127."):
            with socket.socket() as probe:
                assert probe.connect_ex((address, port)) != 0


def test_from_the_command_line(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Caching 😀\n\n> The cache is faster\n> *then* the disk.\n", encoding="utf-8")
    command = [sys.executable, "-m", "mlsd_lint", "check", "--isolated", "--no-cache"]
    done = subprocess.run(
        [*command, "--grammar", "languagetool", "--output-format", "json", str(page)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    found = [
        (one["code"], one["location"]["row"], one["location"]["column"])
        for one in json.loads(done.stdout)
        if "languagetool:" in one["message"]
    ]
    assert found == [("P007", 4, 4)], done.stderr


def test_java_does_not_outlive_its_supervisor(monkeypatch, tmp_path):
    """A server of its own: other tests may be asking the one that they share."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    installed = installation(None)
    with in_use(server_folder(installed), 600):
        server = start(installed, lambda _: None)
    assert server.java.runs
    os.kill(server.supervisor.pid, signal.SIGKILL)
    until(lambda: not server.java.runs)
    assert list(statuses()) == []


def _passages_of_the_booklet():
    found = {}
    for file in sorted((*ROOT.glob("content/*.md"), *ROOT.glob("answers/*.md"))):
        document = parse(Source(file.name, file.read_text(encoding="utf-8")))
        found |= {Passage(block.kind, block.text): None for block in blocks(document)}
    return list(found)
