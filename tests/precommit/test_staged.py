"""The hook with `args: [--staged]`: only what a commit brings counts, and the index is read."""

from __future__ import annotations

import pytest

from precommit.conftest import BOOK

OLD = "# Old\n\nSee [nothing](nothing.md).\n"


@pytest.fixture
def old_book(empty, hooks):
    """A book with a finding that nobody mends, whose next commits are looked at."""
    empty.write({**BOOK, "docs/old.md": OLD})
    assert empty.commit_all()[0]
    empty.use(hooks, args=["--staged"])
    passed, said = empty.commit_all()
    assert passed, said
    return empty


def test_an_old_finding_does_not_count_even_in_a_file_of_the_commit(old_book):
    old_book.write({"docs/old.md": OLD.replace("See", "More text.\n\nSee")})
    passed, said = old_book.commit_all()
    assert passed, said


def test_a_new_finding_counts(old_book):
    old_book.write({"docs/old.md": OLD + "\nAnd [more](more.md).\n"})
    passed, said = old_book.commit_all()
    assert not passed
    assert "docs/old.md:5:5" in said
    assert "docs/old.md:3:5" not in said


@pytest.mark.parametrize("path", ["images/it runs.png", "docs/guide.md"])
def test_what_a_deletion_breaks_elsewhere_counts(old_book, path):
    old_book.git("rm", "--quiet", path)
    passed, said = old_book.commit()
    assert not passed
    assert ("docs/guide.md:5:9" if path.endswith("png") else "README.md:3:5") in said
    assert "docs/old.md" not in said


def test_a_file_that_nobody_added_does_not_exist(old_book):
    old_book.write({"docs/more.md": "# More\n\n![It](it.png)\n", "docs/it.png": "a picture\n"})
    old_book.git("add", "docs/more.md")
    passed, said = old_book.commit()
    assert not passed
    assert "docs/more.md:3:1" in said
    passed, said = old_book.commit_all()
    assert passed, said


def test_notes_that_nobody_added_do_not_count(old_book):
    old_book.write({"notes.md": "# Notes\n\nSee [nothing](nothing.md).\n"})
    passed, said = old_book.commit("--allow-empty")
    assert passed, said


def test_a_commit_from_an_index_of_its_own(old_book):
    """With --all git names another index, in GIT_INDEX_FILE."""
    old_book.write({"docs/guide.md": BOOK["docs/guide.md"] + "\nSee [more](more.md).\n"})
    passed, said = old_book.commit("--all")
    assert not passed
    assert "docs/guide.md:7:5" in said
    old_book.write({"docs/guide.md": BOOK["docs/guide.md"] + "\nSee [old](old.md).\n"})
    passed, said = old_book.commit("--all")
    assert passed, said


def test_it_has_nothing_to_say_of_all_files(old_book):
    """Which is why it is not what the hook does by itself."""
    done = old_book.pre_commit("run", "--all-files")
    assert done.returncode == 0, done.stdout
