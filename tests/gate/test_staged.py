"""What the next commit would bring: the index against HEAD, whatever the work tree has."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

import pytest

LOST = "# A\n\n[x](lost.md)\n"
MORE = f"{LOST}\n[y](no.md)\n"


@pytest.fixture
def book(repository):
    repository.commit({"a.md": LOST, "b.md": "# B\n\n[x](a.md#a)\n"})
    return repository


def test_only_what_is_staged_counts(book):
    book.write({"a.md": MORE})
    assert book.new("--staged") == []
    book.git("add", "a.md")
    assert book.new("--staged") == [("a.md", "L101", 5)]


def test_a_partly_staged_file(book):
    book.write({"a.md": MORE})
    book.git("add", "a.md")
    book.write({"a.md": f"# Other\n{LOST}\n[z](nothing.md)\n", "c.md": LOST})
    assert book.new("--staged") == [("a.md", "L101", 5)]
    assert [one[:2] for one in book.new("--since", "HEAD")] == [("a.md", "L101"), ("c.md", "L101")]


def test_a_staged_deletion_of_what_is_still_there(book):
    book.git("rm", "--quiet", "--cached", "a.md")
    assert book.new("--staged") == [("b.md", "L101", 3)]
    assert book.new("--since", "HEAD") == []


def test_a_file_that_is_only_promised_is_not_in_the_commit(book):
    book.write({"b.md": "# B\n\n[x](a.md#a) [c](c.md)\n", "c.md": "# C\n\n[x](lost.md)\n"})
    book.git("add", "b.md")
    book.git("add", "--intent-to-add", "c.md")
    assert book.new("--staged") == [("b.md", "L101", 3)]
    book.git("add", "c.md")
    assert book.new("--staged") == [("c.md", "L101", 3)]


def test_ignore_files_are_those_that_are_staged(book):
    book.write({".gitignore": "drafts/\n", "drafts/a.md": LOST})
    book.git("add", ".")
    book.git("add", "--force", "drafts/a.md")
    assert book.new("--staged") == []
    (book.folder / ".gitignore").write_text("")
    assert book.new("--staged") == []
    book.git("add", ".gitignore")
    assert book.new("--staged") == [("drafts/a.md", "L101", 3)]


def test_a_merge_with_conflicts(book):
    book.git("switch", "--quiet", "--create", "other")
    book.commit({"a.md": "# Other\n"})
    book.git("switch", "--quiet", "main")
    book.commit({"a.md": "# Mine\n"})
    subprocess.run(["git", "merge", "--quiet", "other"], cwd=book.folder, check=False)
    said = book.check("--staged")
    assert said.code == 2
    assert "a.md has conflicts; resolve them and `git add` it" in said.errors


def test_a_named_file_that_is_not_staged(book):
    book.write({"c.md": LOST})
    said = book.check("--staged", "c.md")
    assert said.code == 2
    assert "c.md does not exist" in said.output


def install_hook(book, *arguments):
    """A hook as people write them, which runs the command with what git sets for it."""
    command = shlex.join([sys.executable, "-m", "mlsd_lint", "check", "--grammar", "none"])
    hook = book.folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {command} {shlex.join(arguments)}\n")
    hook.chmod(0o755)


def commit(folder, *arguments):
    return subprocess.run(
        ["git", "commit", "--quiet", "--message=x", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="the hook is a shell script")
@pytest.mark.parametrize("arguments", [["--staged"], ["--since", "HEAD"]])
def test_in_a_hook_of_git(book, arguments):
    install_hook(book, *arguments)
    book.write({"a.md": MORE})
    refused = commit(book.folder, "--all")  # which makes an index of its own
    assert refused.returncode == 1
    assert "a.md:5:1" in refused.stdout + refused.stderr
    refused = commit(book.folder, "a.md")  # likewise, and another one
    assert refused.returncode == 1
    book.write({"a.md": f"{LOST}\nFine.\n"})
    assert commit(book.folder, "--all").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="the hook is a shell script")
def test_a_hook_sees_the_index_that_is_committed_and_no_other(book):
    install_hook(book, "--staged")
    book.write({"a.md": MORE})
    book.git("add", "a.md")
    book.write({"b.md": "# B\n\nFine.\n"})
    assert commit(book.folder, "b.md").returncode == 0  # a.md stays staged and is no part of it
    assert commit(book.folder).returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="the hook is a shell script")
def test_in_a_hook_of_a_linked_work_tree(book, tmp_path):
    install_hook(book, "--staged")
    book.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    (tmp_path / "linked/a.md").write_text(MORE)
    assert commit(tmp_path / "linked", "--all").returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="the hook is a shell script")
def test_in_a_hook_of_a_merge(book):
    book.git("switch", "--quiet", "--create", "other")
    book.commit({"theirs.md": LOST})
    book.git("switch", "--quiet", "main")
    book.commit({"c.md": "# C\n"})
    install_hook(book, "--staged")
    (book.folder / ".git/hooks/pre-commit").rename(book.folder / ".git/hooks/pre-merge-commit")
    merge = ["git", "merge", "--quiet", "--no-edit", "other"]
    done = subprocess.run(merge, cwd=book.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout  # what the other branch had is no news
    book.git("reset", "--quiet", "--hard", "HEAD~1")
    book.commit({"b.md": "# B\n\n[x](theirs.md#gone)\n"})
    done = subprocess.run(merge, cwd=book.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1  # but what only both together break
    assert "L103" in done.stderr
    assert "b.md:3:1" in done.stderr


def test_the_hook_of_another_repository_leads_nobody_astray(book, tmp_path, monkeypatch):
    book.git("init", "--quiet", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    book.write({"a.md": MORE})
    assert book.new("--since", "HEAD") == [("a.md", "L101", 5)]
    assert book.new("--staged") == []
