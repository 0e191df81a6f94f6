"""What the pages with commands show is what happens."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections import Counter
from shutil import copytree

import pytest

from conftest import ROOT
from console_blocks import blocks, follow
from mlsd_lint.registry import all_rules
from projects import diagnose, write_files

QUICK_START = (ROOT / "docs" / "quick-start.md").read_text("utf-8")
ADOPTING = (ROOT / "docs" / "adopting.md").read_text("utf-8")


def repository(folder):
    """Make it a git repository, in which the system's settings change nothing of a text."""
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    for key, value in (
        ("user.name", "Ada"),
        ("user.email", "ada@example.org"),
        ("core.autocrlf", "false"),
    ):
        subprocess.run(["git", "config", key, value], cwd=folder, check=True)
    return folder


def after(text, heading):
    return text[text.index(f"## {heading}\n") :]


def test_the_quick_start(tmp_path):
    book = repository(tmp_path)
    follow(after(QUICK_START, "A first look"), book)
    tracked = subprocess.check_output(["git", "ls-files"], cwd=book, text=True).split()
    assert (book / ".mlsd_lint_cache").is_dir()
    assert not [path for path in tracked if path.startswith(".mlsd_lint_cache")]


def test_the_quick_start_installs_this_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (block,) = [one for one in blocks(QUICK_START) if one.language == "sh"]
    assert block.content == f"pip install {project['name']}\n"
    assert f"Python {project['requires-python'].removeprefix('>=')} or newer" in QUICK_START


@pytest.fixture
def old_book(shared, tmp_path):
    """The book that the page is about, as one of our own."""
    book = copytree(shared / "corpora" / "system-design-primer", tmp_path / "book")
    for path in [book, *book.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
    return repository(book)


def lines(book):
    return {path: path.read_text("utf-8").count("\n") for path in book.rglob("*.md")}


def test_adopting(old_book):
    before = lines(old_book)
    follow(after(ADOPTING, "A baseline"), old_book)
    baseline = (old_book / "mlsd-lint-baseline.txt").read_text("utf-8")
    found = Counter()
    for code, times in re.findall(r"^  (\w+) \w{32} (\d+)", baseline, re.MULTILINE):
        found[code] += int(times)
    severities = Counter()
    for code, times in found.items():
        severities[all_rules()[code].severity] += times
    assert f"{found.total()} findings" in ADOPTING
    assert (
        f"({severities['error']} errors, of which {found['L111']} are missing pictures, "
        f"{severities['warning']} warnings,\nand {severities['info']} that are only information)"
    ) in ADOPTING
    added = sum(lines(old_book)[path] - before[path] for path in before)
    assert f"{added} lines" in ADOPTING


def test_what_the_comparison_of_both_ways_says(tmp_path):
    """A pair of comments lets a new finding of its rule pass, and one that is mended is M090."""
    write_files(
        tmp_path,
        {
            "page.md": "# Page\n\n"
            "<!-- mlsd-lint-disable L101 -->\n[a](a.md) [b](b.md)\n<!-- mlsd-lint-enable L101 -->\n\n"
            "[c](c.md)\n\n<!-- mlsd-lint-disable-next-line L101 -->\nMended.\n"
        },
    )
    found = [(one.code, one.start.line) for one in diagnose(tmp_path, "L1,M")]
    assert found == [("L101", 7), ("M090", 9)]
