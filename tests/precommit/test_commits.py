"""Which commits the hook refuses: real ones, in a repository that uses the hook `mlsd-lint`."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from precommit.conftest import BOOK, Repository

REFUSED = "docs/more.md:3:5"


def test_a_good_commit_is_accepted(book):
    book.write({"docs/more.md": "# More\n\nSee [the guide](guide.md#install).\n"})
    passed, said = book.commit_all()
    assert passed, said
    assert book.commits == 2


def test_a_broken_link_is_refused_with_its_place(book):
    book.write({"docs/more.md": "# More\n\nSee [the guide](gide.md).\n"})
    passed, said = book.commit_all()
    assert not passed
    assert REFUSED in said
    assert "exit code: 1" in said
    assert book.commits == 1


def test_names_with_spaces_and_other_letters(book):
    book.write({"docs/naïve café.md": "# Coffee\n\nGo [back](../REDME.md).\n"})
    passed, said = book.commit_all()
    assert not passed
    assert "docs/naïve café.md:3:4" in said


@pytest.mark.parametrize(
    ("command", "place"),
    [
        (["rm", "--quiet", "images/it runs.png"], "docs/guide.md:5:9"),
        (["mv", "images/it runs.png", "images/it-runs.png"], "docs/guide.md:5:9"),
        (["rm", "--quiet", "docs/guide.md"], "README.md:3:5"),
    ],
    ids=["an image is deleted", "an image is renamed", "a document is deleted"],
)
def test_a_commit_that_only_takes_away(book, command, place):
    book.git(*command)
    passed, said = book.commit()
    assert not passed
    assert place in said


def test_a_heading_that_a_file_outside_the_commit_links_to(book):
    book.write({"docs/guide.md": BOOK["docs/guide.md"].replace("Install", "Set up")})
    passed, said = book.commit_all()
    assert not passed
    assert "README.md:3:5" in said
    assert "missing-anchor" in said


def test_a_file_that_is_no_document_is_not_in_the_way(book):
    book.write({"tool.py": "print('[a](b.md)')\n"})
    passed, said = book.commit_all()
    assert passed, said


def test_what_the_configuration_leaves_out_is_not_looked_at(book):
    book.write({"drafts/idea.md": "# Idea\n\nSee [nothing](nothing.md).\n"})
    passed, said = book.commit_all()
    assert passed, said


def test_a_wrong_configuration_is_refused(book):
    book.write({"mlsd-lint.toml": 'inclde = ["**/*.md"]\n'})
    passed, said = book.commit_all()
    assert not passed
    assert "exit code: 2" in said
    assert "include" in said


def test_prose_is_read(book):
    book.write({"mlsd-lint.toml": BOOK["mlsd-lint.toml"].replace("none", "harper")})
    book.write({"docs/more.md": "# More\n\nThis is is how you recieve it.\n"})
    passed, said = book.commit_all()
    assert not passed
    assert "repeated-word" in said
    assert "known-misspelling" in said


def test_what_is_not_staged_does_not_count(book):
    good, broken = "# More\n\nSee [the guide](guide.md).\n", "\nAnd [nothing](nothing.md).\n"
    book.write({"docs/more.md": good})
    book.git("add", "docs/more.md")
    book.write({"docs/more.md": good + broken})
    passed, said = book.commit()
    assert passed, said
    assert book.read("docs/more.md") == good + broken


def test_what_is_staged_counts_though_it_has_been_mended_since(book):
    book.write({"docs/more.md": "# More\n\nSee [nothing](nothing.md).\n"})
    book.git("add", "docs/more.md")
    book.write({"docs/more.md": "# More\n\nSee [the guide](guide.md).\n"})
    passed, said = book.commit()
    assert not passed
    assert REFUSED in said
    assert book.read("docs/more.md") == "# More\n\nSee [the guide](guide.md).\n"
    book.git("add", "docs/more.md")
    passed, said = book.commit()
    assert passed, said


def test_notes_that_git_does_not_know_are_looked_at_unless_it_ignores_them(book):
    book.write({"notes.md": "# Notes\n\nSee [nothing](nothing.md).\n"})
    passed, said = book.commit("--allow-empty")
    assert not passed
    assert "notes.md:3:5" in said
    book.write({".gitignore": BOOK[".gitignore"] + "notes.md\n"})
    passed, said = book.commit_all()
    assert passed, said


@pytest.mark.parametrize(
    "arguments", [("--all",), ("--include", "docs/guide.md"), ("docs/guide.md",)]
)
def test_a_commit_from_an_index_of_its_own(book, arguments):
    """With these arguments git names another index, in GIT_INDEX_FILE."""
    book.write({"README.md": "# Book\n\nNothing stands here.\n"})
    book.git("add", "README.md")
    book.write({"docs/guide.md": "# Guide\n\n## Install\n\nSee [nothing](nothing.md).\n"})
    passed, said = book.commit(*arguments)
    assert not passed
    assert "docs/guide.md:5:5" in said
    book.write({"docs/guide.md": "# Guide\n\n## Install\n\nRun it.\n"})
    passed, said = book.commit(*arguments)
    assert passed, said


def test_a_commit_made_in_a_folder_of_the_repository(book):
    book.write({"docs/more.md": "# More\n\nSee [the guide](gide.md).\n"})
    book.git("add", "--all")
    done = subprocess.run(
        ["git", "commit", "-m", "A change"],
        cwd=book.root / "docs",
        env=book.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "docs/more.md:3:5" in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [[], ["--staged"]])
def test_a_commit_in_a_linked_work_tree(book, hooks, arguments):
    book.use(hooks, args=arguments)
    assert book.commit_all()[0]
    book.git("worktree", "add", "--quiet", "../linked")
    linked = Repository(book.root.parent / "linked", book.environment)
    linked.write({"docs/more.md": "# More\n\nSee [the guide](gide.md).\n"})
    passed, said = linked.commit_all()
    assert not passed
    assert REFUSED in said
    linked.write({"docs/more.md": "# More\n\nSee [the guide](guide.md).\n"})
    passed, said = linked.commit_all()
    assert passed, said


def test_a_merge_that_breaks_a_link_is_refused(book):
    """Each side is right alone, and no file of one is in the other."""
    installed = book.pre_commit("install", "--hook-type", "pre-merge-commit")
    assert installed.returncode == 0, installed.stderr
    book.git("checkout", "--quiet", "-b", "links")
    book.write({"docs/more.md": "# More\n\nSee [coffee](na%C3%AFve%20caf%C3%A9.md).\n"})
    assert book.commit_all()[0]
    book.git("checkout", "--quiet", "main")
    book.git("rm", "--quiet", "docs/naïve café.md")
    assert book.commit()[0]
    merged = book.run("git", "merge", "--no-edit", "links")
    assert merged.returncode == 1
    assert "docs/more.md:3:5" in merged.stdout + merged.stderr


def test_thousands_of_files_are_one_call(book):
    folder = "a-folder-with-a-long-name-so-that-the-paths-do-not-fit-into-one-command-line"
    pages = {
        f"{folder}/{number}/page.md": f"# Page {number}\n\nSee [it](../{number + 1}/page.md).\n"
        for number in range(2000)
    }
    book.write({**pages, f"{folder}/2000/page.md": "# End\n\nSee [it](../2001/page.md).\n"})
    passed, said = book.commit_all()
    assert not passed
    assert said.count("Found 1 error in 2004 files.") == 1
    book.write({f"{folder}/2000/page.md": "# End\n\nSee [it](../0/page.md).\n"})
    passed, said = book.commit_all()
    assert passed, said


def test_without_a_network(book):
    """Once installed: in a name space of the kernel that has no network."""
    alone = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None or book.run(*alone, "true").returncode:
        pytest.skip("needs unshare(1), and the right to use it")
    done = book.run(*alone, "git", "commit", "--allow-empty", "-m", "A change")
    assert done.returncode == 0, done.stdout + done.stderr
    book.write({"docs/more.md": "# More\n\nSee [the guide](gide.md).\n"})
    book.git("add", "--all")
    done = book.run(*alone, "git", "commit", "-m", "A change")
    assert done.returncode == 1
    assert REFUSED in done.stdout + done.stderr
