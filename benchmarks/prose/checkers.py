"""What reads the paragraphs: the engines of mlsd-lint, and other tools as a user would run them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.config.prose import LanguageToolSettings, ProseSettings
from mlsd_lint.diagnostics import Severity
from mlsd_lint.prose.engines import Engines
from mlsd_lint.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mlsd_lint.prose.engine import Engine, Passage

_SHOWN = {"harper": "Harper", "languagetool": "LanguageTool"}
NEWLINES = str.maketrans("\n\r\u2028\u2029\u0085\v\f", " " * 7)


class Flag(NamedTuple):
    """What a tool points at in a paragraph, in code points, and why.

    `gates` is whether our severity for it is warning or error; true for other tools.
    """

    start: int
    end: int
    rule: str
    gates: bool = True


Flags = dict[str, list[Flag]]
"""What was found, by the text of the paragraph."""


class Checker(NamedTuple):
    """A tool: its name in the table, its version, and how to have it read paragraphs."""

    name: str
    version: str
    find: Callable[[Sequence[Passage]], Flags]


def engines(languagetool: str | None) -> list[Checker]:
    """The engines of mlsd-lint at their default settings; LanguageTool at this address, if any."""
    settings = ProseSettings(languagetool=LanguageToolSettings(server=languagetool))
    chosen = Engines().of(settings, "languagetool" if languagetool else "harper")
    versions = {"typos": partial(version, "typos"), "harper": partial(version, "harper-py")}
    if languagetool:
        versions["languagetool"] = partial(_server_version, languagetool)
    return [
        Checker(_SHOWN.get(one.name, one.name), versions[one.name](), _by_engine(one))
        for one in chosen
    ]


def others() -> tuple[list[Checker], list[str]]:
    """The tools that are installed, and the names of those that are not."""
    checkers, missing = [], []
    for name, find in (("codespell", _codespell), ("vale", _vale)):
        number = _version(name)
        if number is None:
            missing.append(name)
        else:
            checkers.append(Checker(name, number, find))
    return checkers, missing


def executable(name: str) -> str | None:
    """A program beside this Python, or on PATH."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.is_file() else shutil.which(name)


def _by_engine(engine: Engine) -> Callable[[Sequence[Passage]], Flags]:
    def find(passages: Sequence[Passage]) -> Flags:
        gating = {
            rule.code
            for rule in all_rules().values()
            if rule.severity is not Severity.INFO and not rule.optional
        }
        return {
            passage.text: [
                Flag(match.start, match.end, f"{engine.name}:{match.rule}", match.code in gating)
                for match in matches
            ]
            for passage, matches in engine.check(passages)
        }

    return find


def _codespell(passages: Sequence[Passage]) -> Flags:
    command = [executable("codespell") or "codespell", "--disable-colors"]
    found = _read_lines(passages, command)
    line = re.compile(r"^.*?:(\d+): (.+) ==> ", re.MULTILINE)
    return _flags(passages, ((int(one[1]), one[2], "codespell") for one in line.finditer(found)))


def _vale(passages: Sequence[Passage]) -> Flags:
    settings = "MinAlertLevel = suggestion\n[*]\nBasedOnStyles = Vale\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, ".vale.ini")
        path.write_text(settings)
        command = [executable("vale") or "vale", "--config", str(path), "--output", "JSON"]
        found = _read_lines(passages, command)
    alerts = [alert for file in json.loads(found).values() for alert in file]
    return _flags(passages, ((alert["Line"], alert["Match"], alert["Check"]) for alert in alerts))


def _read_lines(passages: Sequence[Passage], command: Sequence[str]) -> str:
    """What a tool prints that reads a file with a paragraph on each line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paragraphs.txt")
        lines = [passage.text.translate(NEWLINES) for passage in passages]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        # Their exit codes say whether they found something.
        return subprocess.run(
            [*command, str(path)], capture_output=True, check=False
        ).stdout.decode()


def _flags(passages: Sequence[Passage], found: Iterable[tuple[int, str, str]]) -> Flags:
    """Flags from lines (from 1) and words: all places of the word on the line."""
    flags: Flags = {passage.text: [] for passage in passages}
    for line, word, rule in set(found):
        text = passages[line - 1].text
        flags[text] += [Flag(*span, rule) for span in _places(word, text)]
    return flags


def _places(word: str, text: str) -> Iterator[tuple[int, int]]:
    shown = text.translate(NEWLINES)
    for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", shown):
        yield match.span()


def _version(name: str) -> str | None:
    """The version that a program says it has; None if it is not there or does not run."""
    command = executable(name)
    if command is None:
        return None
    done = subprocess.run([command, "--version"], capture_output=True, check=False)
    number = re.search(rb"\d[\d.]+", done.stdout)
    return number[0].decode() if number and done.returncode == 0 else None


def _server_version(address: str) -> str:
    import httpx

    # A server that was just started reads its rules first.
    question = {"language": "en-US", "text": "A word."}
    answer = httpx.post(f"{address}/v2/check", data=question, timeout=90)
    return str(answer.json()["software"]["version"])
