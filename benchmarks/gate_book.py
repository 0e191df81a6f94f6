"""A large book in a git repository, with a last commit that changes one file of it."""

from __future__ import annotations

import random
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILES = 5_000
LINKS_IN_A_FILE = 10
_FOLDERS = 100
_SECTIONS = 6
_BROKEN_EVERY = 500  # links: what an old book has and nobody wants to hear of in a pull request
CHANGED = "part00/chapter0000.md"
_SEED = 7
_IDENTITY = ("-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org")
_WORDS = (
    "model data feature training serving latency pipeline batch stream label metric baseline "
    "experiment deploy monitor drift sample schema index query cache queue worker shard replica"
)


def make(folder: Path) -> None:
    """Write the book into an empty folder, with a history of two commits.

    The second commit renames one section that fifty links of other files lead to.
    """
    chance = random.Random(_SEED)  # noqa: S311  # the same book every time
    texts = {_path(number): _document(number, chance) for number in range(FILES)}
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (folder / "mlsd-lint.toml").write_text('ignore = ["P"]\n', "utf-8")
    (folder / ".gitignore").write_text(".mlsd_lint_cache/\n", "utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, *_IDENTITY, "commit", "--quiet", "--message=The book")
    changed = folder / CHANGED
    changed.write_text(changed.read_text("utf-8").replace("## Section 1", "## Renamed", 1), "utf-8")
    git(folder, *_IDENTITY, "commit", "--quiet", "--all", "--message=Rename a section")


def git(folder: Path, *arguments: str) -> None:
    """Run git; raises CalledProcessError if it fails."""
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)


def _path(number: int) -> str:
    return f"part{number % _FOLDERS:02}/chapter{number:04}.md"


def _document(number: int, chance: random.Random) -> str:
    links = [_link(number, index, chance) for index in range(LINKS_IN_A_FILE)]
    lines = [f"# Chapter {number}", ""]
    for section in range(_SECTIONS):
        lines += [f"## Section {section}", "", _sentences(chance), ""]
        for link in links[section::_SECTIONS]:
            lines += [f"{_sentences(chance)} See {link}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _link(number: int, index: int, chance: random.Random) -> str:
    if (number * LINKS_IN_A_FILE + index) % _BROKEN_EVERY == _BROKEN_EVERY - 1:
        return f"[the lost page {number}](lost{number}.md)"
    if index == 0 and number % 100 == 1:
        return f"[the renamed section](../{_path(0)}#section-1)"
    other = chance.randrange(FILES)
    if index == LINKS_IN_A_FILE - 1:
        return f"[page {other} of the web](https://example.org/{number}/{other})"
    return f"[chapter {other}](../{_path(other)}#section-{2 + other % (_SECTIONS - 2)})"


def _sentences(chance: random.Random) -> str:
    words = " ".join(chance.choices(_WORDS.split(), k=30))
    return f"The {words}."
