"""How much of what is said of prose is right: findings that gate, judged by hand.

    python benchmarks/prose/precision.py original [--languagetool ADDRESS]  writes precision.md
    python benchmarks/prose/precision.py fresh --clones FOLDER              the same of others' texts
    python benchmarks/prose/precision.py original --unjudged                what is to be judged

It checks each text (see `texts.py`) as a user would, without any vocabulary. Of `original` and
`docs` every finding is judged, of the others every error and at most 150 warnings of each engine,
those whose hashes are least, which are the same ones whatever else is found. `judged.tsv` has a line a finding: the file, line and column, the rule,
and the verdict:

- true: a careful editor would change the text there, though not always as the engine would;
- style: a matter of taste;
- false: the text is right; so is a term or a name that the dictionary lacks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checkers import engines
from pages import table, write
from texts import TEXTS, books

from mlsd_lint.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
JUDGED = HERE / "judged.tsv"
VERDICTS = ("true", "style", "false")
TARGETS = {Severity.ERROR: 0.95, Severity.WARNING: 0.80}
JUDGED_WHOLE = ("original", "docs")
SAMPLE = 150


class Found(NamedTuple):
    """A finding that gates: the book it is in, where, by which rule of whom, and what is said."""

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    engines: tuple[str, ...]
    said: str

    @property
    def key(self) -> tuple[str, ...]:
        """What `judged.tsv` knows it by."""
        return (self.file, str(self.line), str(self.column), self.code)

    @property
    def lot(self) -> bytes:
        """What decides whether it is in a sample: the same in each run, whatever else is found."""
        return hashlib.sha256("\t".join(self.key).encode()).digest()


class Group(NamedTuple):
    """What was found in a text by whom at a level, and the findings of it that are to be judged."""

    found_by: str
    severity: Severity
    number: int
    sample: Sequence[Found]


class Measured(NamedTuple):
    """A text: the number of its words, with code and addresses, and what was found in it."""

    words: int
    groups: Sequence[Group]


def findings(name: str, book: Path, settings: str) -> Iterator[Found]:
    """What a check of a book says of its prose at warning level or above."""
    configuration = book / "mlsd-lint.toml"
    configuration.write_text(f'select = ["P"]\nignore = ["P014"]\n[prose]\n{settings}')
    command = [sys.executable, "-m", "mlsd_lint", "check", "--output-format", "json"]
    # The cache stays in the book, so that Harper reads it once for both settings.
    done = subprocess.run(command, cwd=book, capture_output=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    for one in json.loads(done.stdout):
        severity = Severity(one["severity"])
        if severity is not Severity.INFO:
            line, column = one["location"]["row"], one["location"]["column"]
            text = (book / one["filename"]).read_text("utf-8").splitlines()[line - 1]
            said = f"…{text[max(column - 60, 0) : column + 70]}… {one['message']}"
            file = f"{name}/{one['filename']}"
            yield Found(file, line, column, one["code"], severity, tuple(one["engines"]), said)


def judged() -> dict[tuple[str, ...], str]:
    """The verdicts that were given, by the finding's key."""
    rows = [line.split("\t") for line in JUDGED.read_text("utf-8").splitlines()[1:]]
    return {tuple(row[:-1]): row[-1] for row in rows}


def main() -> None:
    """Print what nobody has judged yet, or write the tables."""
    arguments = _arguments()
    load = os.getloadavg()[0]
    measured = {
        text: _measured(text, arguments.languagetool, arguments.clones) for text in arguments.text
    }
    verdicts = judged()
    samples = (group.sample for what in measured.values() for group in what.groups)
    unjudged = {one.key: one for one in chain.from_iterable(samples) if one.key not in verdicts}
    if arguments.unjudged:
        for one in unjudged.values():
            print("\t".join((*one.key, "", ",".join(one.engines), one.said)))
        return
    if unjudged:
        sys.exit(f"{len(unjudged)} findings are not judged; see --unjudged")
    versions = ", ".join(f"{one.name} {one.version}" for one in engines(arguments.languagetool))
    for text, what in measured.items():
        if not what.words:
            continue
        run = f"{what.words:,} words; {versions}; {platform.system()}, load {load:.1f}."
        content = f"{run}\n\n{_table(what, verdicts)}"
        print(f"{text}: {content}\n")
        write(text, content, HERE / "precision.md")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("text", nargs="+", choices=TEXTS, help="what is checked")
    parser.add_argument("--languagetool", metavar="ADDRESS", help="a server that runs")
    parser.add_argument("--clones", metavar="FOLDER", type=Path, help="has owner/name for each")
    parser.add_argument("--unjudged", action="store_true", help="print what is to be judged")
    return parser.parse_args()


def _measured(text: str, server: str | None, clones: Path | None) -> Measured:
    """What is found in a text, by who found it and how grave it is."""
    with tempfile.TemporaryDirectory() as folder:
        made = dict(books(text, clones, Path(folder)))
        found = _found(made, server)
        pages = (page for book in made.values() for page in book.rglob("*.md"))
        words = sum(len(page.read_text("utf-8").split()) for page in pages)
    groups = []
    for found_by, some in found.items():
        for severity in TARGETS:
            level = [one for one in some if one.severity is severity]
            whole = text in JUDGED_WHOLE or severity is Severity.ERROR
            sample = sorted(level, key=lambda one: one.lot)[: None if whole else SAMPLE]
            groups.append(Group(found_by, severity, len(level), sample))
    return Measured(words, groups)


def _found(made: Mapping[str, Path], server: str | None) -> dict[str, list[Found]]:
    """The findings in books by who made them."""
    settings = {"harper": 'grammar = "harper"\n'}
    if server:
        asked = f'grammar = "languagetool"\n[prose.languagetool]\nserver = "{server}"\n'
        settings["languagetool"] = asked
    runs = {
        engine: [one for name, book in made.items() for one in findings(name, book, asked)]
        for engine, asked in settings.items()
    }
    found = {
        "Harper and typos": [one for one in runs["harper"] if one.engines],
        "rules about the book": [one for one in runs["harper"] if not one.engines],
    }
    if server:
        both = runs["languagetool"]
        said = "".join
        found["LanguageTool"] = [one for one in both if "languagetool:" in said(one.engines)]
        found["all engines together"] = [one for one in both if one.engines]
    return found


def _table(what: Measured, verdicts: Mapping[tuple[str, ...], str]) -> str:
    rows = []
    for found_by, severity, number, sample in what.groups:
        counts = Counter(verdicts[one.key] for one in sample)
        judged_ones = max(counts.total(), 1)
        false = number * counts["false"] / judged_ones * 10_000 / what.words
        share = f"{counts['true'] / judged_ones:.0%}" if counts else "none found"
        numbers = [str(number), *(str(counts[verdict]) for verdict in VERDICTS)]
        target = f"{TARGETS[severity]:.0%}"
        rows.append([found_by, severity.value, *numbers, share, target, f"{false:.1f}"])
    columns = ["found by", "level", "found", *VERDICTS, "share true", "target"]
    return table([*columns, "false in 10,000 words"], rows, 2)


if __name__ == "__main__":
    main()
