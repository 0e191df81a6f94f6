"""A comparison is replayed while commit, index and work tree are the same, and never else."""

from __future__ import annotations

import os
import time

import pytest

from mlsd_lint import indexing
from mlsd_lint.commands.checking import Checking

LOST = "# A\n\n[x](lost.md)\n"
BOTH = pytest.mark.parametrize("arguments", [["--since", "HEAD"], ["--staged"]])


@pytest.fixture
def worked(monkeypatch):
    """How often a check was really made."""
    runs = []
    real = Checking.result
    monkeypatch.setattr(Checking, "result", lambda self: (runs.append(1), real(self))[1])
    return runs


@pytest.fixture
def book(repository):
    repository.commit({"a.md": LOST, "b.md": "# B\n", ".gitignore": ".mlsd_lint_cache/\n"})
    for path in (*repository.folder.glob("*"), repository.folder / ".git/index"):
        old = time.time() - 100
        os.utime(path, (old, old))
    return repository


@BOTH
def test_the_same_state_is_replayed(book, worked, arguments):
    first = book.check(*arguments)
    assert book.check(*arguments) == first
    assert len(worked) == 1


@BOTH
def test_another_commit_index_or_work_tree_is_not(book, worked, arguments):
    assert book.summary(*arguments) == "0 new, 0 fixed, 1 known"
    book.write({"b.md": "# B\n\n[y](no.md)\n"})
    staged = arguments == ["--staged"]
    assert book.summary(*arguments) == f"{0 if staged else 1} new, 0 fixed, 1 known"
    book.git("add", ".")
    assert book.summary(*arguments) == "1 new, 0 fixed, 1 known"
    book.commit()
    assert book.summary(*arguments) == "0 new, 0 fixed, 2 known"
    book.git("reset", "--quiet", "--soft", "HEAD~1")
    assert book.summary(*arguments) == "1 new, 0 fixed, 1 known"
    assert len(worked) >= 4


def test_a_branch_that_moved_is_another_base(book, worked):
    book.git("branch", "base")
    book.commit({"b.md": "# B\n\n[y](no.md)\n"})
    assert book.summary("--since", "base") == "1 new, 0 fixed, 1 known"
    book.git("branch", "--force", "base", "HEAD")
    assert book.summary("--since", "base") == "0 new, 0 fixed, 2 known"
    assert len(worked) == 2


def test_one_process_finds_what_many_find(book, monkeypatch):
    book.commit({f"{number}.md": f"# A\n\n[{number}](gone.md)\n" for number in range(30)})
    book.write({f"{number}.md": "# A\n\n[new](none.md)\n" for number in range(0, 30, 3)})
    arguments = ("--since", "HEAD", "--no-cache", "--output-format", "json")
    alone = book.check(*arguments)
    monkeypatch.setattr(indexing, "PARALLEL_FROM", 0)
    monkeypatch.setattr(indexing, "_cores", lambda: 2)
    assert book.check(*arguments) == alone
    assert len(alone.found) == 10


def test_nothing_is_written_to_the_repository(book):
    before = {path: path.stat().st_mtime_ns for path in book.folder.rglob("*") if path.is_file()}
    book.check("--since", "HEAD", "--no-cache")
    book.check("--staged", "--no-cache")
    after = {path: path.stat().st_mtime_ns for path in book.folder.rglob("*") if path.is_file()}
    assert after == before
