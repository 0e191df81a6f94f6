"""The texts whose prose is judged: our own, and repositories by which no rule was chosen.

`repositories.tsv` names each repository, the commit, the paths of its English pages, and the text
that it is a part of. The two were made before anything was read: every second one by name.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
REPOSITORIES = HERE / "repositories.tsv"
BOOKLET = "47a00b0"  # the last commit before prose was checked
DOCS = "d4f589f"  # so that its lines stay those that were judged
TEXTS = ("original", "docs", "tuning", "held-out", "fresh", "unseen", "last")


def books(text: str, clones: Path | None, folder: Path) -> Iterator[tuple[str, Path]]:
    """Put each book of a text into a folder of its own; give its name and that folder.

    `clones` has a clone of each repository, as `owner/name`. Those that are missing are left out,
    and named on standard error.
    """
    if text == "original":
        yield _from_git("booklet", ROOT, BOOKLET, ["content/*.md", "answers/*.md"], folder)
        yield from _from_corpora(folder)
    elif text == "docs":
        yield _from_git("mlsd-lint", ROOT, DOCS, ["docs/*.md", ":(glob)*.md"], folder)
    else:
        yield from _from_repositories(text, clones, folder)


def _from_corpora(folder: Path) -> Iterator[tuple[str, Path]]:
    for book in sorted(one for one in CORPORA.iterdir() if one.is_dir()):
        for file in book.rglob("README.md"):
            copy = folder / file.relative_to(CORPORA)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
        yield book.name, folder / book.name


def _from_repositories(text: str, clones: Path | None, folder: Path) -> Iterator[tuple[str, Path]]:
    for line in REPOSITORIES.read_text("utf-8").splitlines()[1:]:
        part, name, commit, paths = line.split("\t")
        if part == text:
            clone = clones / name if clones else None
            if clone is None or not _has(clone, commit):
                print(f"{name} is left out: no clone of it with {commit} is given", file=sys.stderr)
            else:
                yield _from_git(name, clone, commit, paths.split(), folder)


def _has(clone: Path, commit: str) -> bool:
    command = ["git", "cat-file", "-e", f"{commit}^{{commit}}"]
    return clone.is_dir() and not subprocess.run(command, cwd=clone, check=False).returncode


def _from_git(
    name: str, repository: Path, commit: str, paths: list[str], folder: Path
) -> tuple[str, Path]:
    command = ["git", "archive", "--format=tar", commit, "--", *paths]
    done = subprocess.run(command, cwd=repository, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.decode()} (a clone with its history?)")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder / name, filter="data")
    return name, folder / name
