from __future__ import annotations

import time
from contextlib import closing

import pytest

from mlsd_lint.links.storing.store import Asked, open_store
from mlsd_lint.links.verdicts import Answer, Verdict

PAGE = {"README.md": "# A page\n\nText.\n"}


def test_it_removes_what_a_check_left(folder):
    folder.write(PAGE)
    before = folder.names()
    assert folder.run("check", "--grammar", "none").returncode == 0
    assert folder.names() > before
    done = folder.run("clean")
    assert done.returncode == 0
    assert done.stdout == f"Removed {folder.path / '.mlsd_lint_cache'}.\n"
    assert folder.names() == before


def test_there_is_nothing_to_remove(folder):
    done = folder.run("clean")
    assert done.returncode == 0
    assert done.stdout == f"There is no cache at {folder.path / '.mlsd_lint_cache'}.\n"


def test_the_configuration_says_where_the_cache_is(folder):
    folder.write({**PAGE, "mlsd-lint.toml": 'cache-dir = "results"\n'})
    folder.run("check", "--grammar", "none")
    assert (folder.path / "results").is_dir()
    assert folder.run("clean").stdout == f"Removed {folder.path / 'results'}.\n"
    assert not (folder.path / "results").exists()


def test_a_folder_that_is_not_a_cache_is_left_alone(folder):
    folder.write({"precious/work.md": "", "other/CACHEDIR.TAG": "Signature: of another tool"})
    for name in ("precious", "other"):
        done = folder.run("clean", "--cache-dir", name)
        assert done.returncode == 2
        assert "was left alone: it has no CACHEDIR.TAG" in done.stderr
    assert folder.names() == {"precious/work.md", "other/CACHEDIR.TAG"}


def test_files_that_are_not_of_the_cache_stay(folder):
    folder.write(PAGE)
    folder.run("check", "--grammar", "none")
    folder.write({".mlsd_lint_cache/mine.txt": "x"})
    done = folder.run("clean")
    assert done.returncode == 0
    assert "left what is not part of it: mine.txt" in done.stdout
    assert folder.names() == {"README.md", ".mlsd_lint_cache/mine.txt"}


def test_a_file_in_the_place_of_the_cache_is_left_alone(folder):
    folder.write({".mlsd_lint_cache": "x"})
    assert folder.run("clean").returncode == 2
    assert folder.names() == {".mlsd_lint_cache"}


FINE = Asked("https://example.net/fine", "")
NOW = time.time()
DAY = 86_400
FAILING = Asked("https://example.net/failing", "")


def keep_answers(folder, *, failing):
    """What two runs that went online leave."""
    folder.write(PAGE)
    folder.run("check", "--grammar", "none")
    with closing(open_store(folder.path / ".mlsd_lint_cache")) as store:
        store.keep(FINE, Answer(Verdict.OK, "200", asked=NOW), NOW + DAY)
        store.keep_host_fact("https://example.net", "honest", "yes", NOW + DAY)
        if failing:
            answer = Answer(Verdict.SUSPECT, "no answer", asked=NOW, failures=2, failing_since=5.0)
            store.keep(FAILING, answer, NOW + DAY)


def test_answers_about_links_are_removed_like_the_rest(folder):
    keep_answers(folder, failing=False)
    assert folder.run("clean").stdout == f"Removed {folder.path / '.mlsd_lint_cache'}.\n"
    assert folder.names() == {"README.md"}


def test_since_when_links_fail_is_kept_and_said(folder):
    keep_answers(folder, failing=True)
    done = folder.run("clean")
    assert done.returncode == 0
    assert done.stdout == (
        f"Removed the cache from {folder.path / '.mlsd_lint_cache'}; kept links.sqlite, which knows "
        "since when links have been failing (mlsd-lint clean --all removes that too).\n"
    )
    assert folder.names() == {
        "README.md",
        *(f".mlsd_lint_cache/{name}" for name in (".gitignore", "CACHEDIR.TAG", "links.sqlite")),
    }
    with closing(open_store(folder.path / ".mlsd_lint_cache")) as store:
        assert store.earlier(FINE) is None
        assert store.host_fact("https://example.net", "honest", NOW) is None
        assert store.lookup(FAILING, (), NOW) is None
        assert store.earlier(FAILING).failures == 2
        assert store.earlier(FAILING).failing_since == 5.0
    assert folder.run("check", "--grammar", "none").returncode == 0


def test_all_of_it_is_removed_on_demand(folder):
    keep_answers(folder, failing=True)
    folder.write({".mlsd_lint_cache/links.sqlite.broken-1": "x"})
    done = folder.run("clean", "--all")
    assert done.stdout == f"Removed {folder.path / '.mlsd_lint_cache'}.\n"
    assert folder.names() == {"README.md"}


def test_a_damaged_file_that_was_set_aside_is_kept(folder):
    keep_answers(folder, failing=False)
    folder.write({".mlsd_lint_cache/links.sqlite": "once upon a time"})
    assert "kept links.sqlite.broken-1" in folder.run("clean").stdout
    assert ".mlsd_lint_cache/links.sqlite.broken-1" in folder.names()
    assert "Removed" in folder.run("clean", "--all").stdout
    assert folder.names() == {"README.md"}


@pytest.mark.parametrize("flags", [(), ("--all",)])
def test_a_directory_in_the_place_of_the_file_is_left_alone(folder, flags):
    folder.write({**PAGE, ".mlsd_lint_cache/CACHEDIR.TAG": "made by mlsd-lint"})
    folder.write({".mlsd_lint_cache/links.sqlite/precious.txt": "x"})
    done = folder.run("clean", *flags)
    assert done.returncode == 2
    assert "links.sqlite" in done.stderr
    assert ".mlsd_lint_cache/links.sqlite/precious.txt" in folder.names()
