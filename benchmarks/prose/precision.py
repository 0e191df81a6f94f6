"""How much of what is said of prose is right: every finding that gates, judged by hand.

    python benchmarks/prose/precision.py [--languagetool ADDRESS]             writes precision.md
    python benchmarks/prose/precision.py [--languagetool ADDRESS] --unjudged  what is to be judged

It checks, as a user would, the booklet as it was before its prose was checked, out of git, and the
English READMEs of ../shared/corpora, without any vocabulary. `judged.tsv` has a line a finding: the
file, line and column, the rule, and the verdict:

- true: a careful editor would change the text there, though not always as the engine would;
- style: a matter of taste;
- false: the text is right; so is a term or a name that the dictionary lacks.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pages import table, write

from mlsd_lint.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
JUDGED = HERE / "judged.tsv"
BOOKLET = "47a00b0"  # the last commit before prose was checked
VERDICTS = ("true", "style", "false")
TARGETS = {Severity.ERROR: 0.95, Severity.WARNING: 0.80}


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


def books(folder: Path) -> Iterator[Path]:
    """Put each book into a folder of its own, and give those folders."""
    listed = _git("ls-tree", "-r", "--name-only", BOOKLET, "content", "answers")
    for path in listed.splitlines():
        if path.endswith(".md"):
            _write(folder / "booklet" / path, _git("show", f"{BOOKLET}:{path}"))
    for file in CORPORA.rglob("README.md"):
        _write(folder / file.relative_to(CORPORA), file.read_text("utf-8"))
    yield from sorted(folder.iterdir())


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"git {' '.join(arguments)}: {done.stderr.decode()} (a clone with its history?)")
    return done.stdout.decode()


def findings(book: Path, settings: str) -> Iterator[Found]:
    """What a check of a book says of its prose at warning level or above."""
    configuration = book / "mlsd-lint.toml"
    configuration.write_text(f'select = ["P"]\nignore = ["P014"]\n[prose]\n{settings}')
    command = [sys.executable, "-m", "mlsd_lint", "check", "--no-cache", "--output-format", "json"]
    done = subprocess.run(command, cwd=book, capture_output=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    for one in json.loads(done.stdout):
        severity = Severity(one["severity"])
        if severity is not Severity.INFO:
            line, column = one["location"]["row"], one["location"]["column"]
            text = (book / one["filename"]).read_text("utf-8").splitlines()[line - 1]
            said = f"…{text[max(column - 40, 0) : column + 50]}… {one['message']}"
            file = f"{book.name}/{one['filename']}"
            yield Found(file, line, column, one["code"], severity, tuple(one["engines"]), said)


def judged() -> dict[tuple[str, ...], str]:
    """The verdicts that were given, by the finding's key."""
    if not JUDGED.exists():
        return {}
    rows = [line.split("\t") for line in JUDGED.read_text("utf-8").splitlines()[1:]]
    return {tuple(row[:-1]): row[-1] for row in rows}


def main() -> None:
    """Print what nobody has judged yet, or write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--languagetool", metavar="ADDRESS", help="a server that runs")
    parser.add_argument("--unjudged", action="store_true", help="print what is to be judged")
    arguments = parser.parse_args()
    found = _found(arguments.languagetool)
    verdicts = judged()
    everything = {one.key: one for some in found.values() for one in some}
    unjudged = [one for key, one in everything.items() if key not in verdicts]
    if arguments.unjudged:
        for one in unjudged:
            print("\t".join((*one.key, "", one.said)))
        return
    if unjudged:
        sys.exit(f"{len(unjudged)} findings are not judged; see --unjudged")
    content = _content(found, verdicts)
    print(content)
    write("precision", content, HERE / "precision.md")


def _found(server: str | None) -> dict[str, list[Found]]:
    """The findings by who made them."""
    settings = {"harper": 'grammar = "harper"\n'}
    if server:
        asked = f'grammar = "languagetool"\n[prose.languagetool]\nserver = "{server}"\n'
        settings["languagetool"] = asked
    with tempfile.TemporaryDirectory() as folder:
        folders = list(books(Path(folder)))
        runs = {
            name: [one for book in folders for one in findings(book, text)]
            for name, text in settings.items()
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


def _content(found: Mapping[str, Sequence[Found]], verdicts: Mapping[tuple[str, ...], str]) -> str:
    rows = []
    for name, some in found.items():
        for severity, target in TARGETS.items():
            counts = Counter(verdicts[one.key] for one in some if one.severity is severity)
            share = f"{counts['true'] / counts.total():.0%}" if counts else "none found"
            numbers = [str(counts[verdict]) for verdict in VERDICTS]
            rows.append([name, severity.value, *numbers, share, f"{target:.0%}"])
    return table(["found by", "level", *VERDICTS, "share true", "target"], rows, 2)


if __name__ == "__main__":
    main()
