"""The cache answers only what it was asked: whatever changes, the next run notices."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time

import pytest

from mlsd_lint import program
from mlsd_lint.cache import RACY_NANOSECONDS, Run, open_cache, stamp, verify
from mlsd_lint.cli import main
from mlsd_lint.commands import checking
from mlsd_lint.digests import content_digest
from projects import write_files

BOOK = {
    "mlsd-lint.toml": 'select = ["L101", "L103", "H003"]\n',
    "a.md": "# A\n\nSee [b](b.md#there), [c](c.txt) and [d](d.md).\n",
    "b.md": "# B\n\n## There\n",
    "c.txt": "text\n",
    "d.md": "# D\n",
}


@pytest.fixture
def book(tmp_path, monkeypatch):
    write_files(tmp_path, BOOK)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def replays(monkeypatch):
    """Whether the last call was answered without checking anything."""
    calls = []
    real = checking.Checking.result

    def counted(self):
        calls.append(1)
        return real(self)

    monkeypatch.setattr(checking.Checking, "result", counted)

    def replayed(arguments=("check", "--output-format", "concise")):
        before = len(calls)
        code = main(list(arguments))
        return code, len(calls) == before

    return replayed


def settle(book):
    """Make every time stamp old enough to be trusted."""
    past = time.time() - 60
    for path in book.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (past, past))


def test_an_unchanged_book_is_replayed(book, replays, capsys):
    assert replays() == (0, False)
    first = capsys.readouterr().out
    assert replays() == (0, True)
    assert capsys.readouterr().out == first


CHANGES = {
    "content": lambda book: write_files(book, {"a.md": "# A\n\n### Too deep\n"}),
    "a linked-to page": lambda book: write_files(book, {"b.md": "# B\n\n## Elsewhere\n"}),
    "a linked-to file is deleted": lambda book: (book / "c.txt").unlink(),
    "a new page": lambda book: write_files(book, {"sub/new.md": "# A\n\n### Too deep\n"}),
    "the configuration": lambda book: write_files(
        book, {"mlsd-lint.toml": 'select = ["H001"]\n', "b.md": "text\n"}
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_noticed(book, replays, capsys, change):
    assert replays()[0] == 0
    change(book)
    code, replayed = replays()
    assert not replayed
    assert "Found" in capsys.readouterr().out
    assert code in {0, 1}


def test_a_change_that_keeps_size_and_mtime_is_noticed(book, replays, capsys):
    settle(book)
    assert replays()[0] == 0
    before = (book / "a.md").stat()
    write_files(book, {"a.md": BOOK["a.md"].replace("d.md", "e.md")})
    os.utime(book / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (book / "a.md").stat().st_size == before.st_size
    assert replays() == (1, False)
    assert "e.md" in capsys.readouterr().out


def test_an_ignore_rule_is_noticed(book, replays, capsys):
    write_files(book, {"drafts/x.md": "# X\n\n### Too deep\n"})
    assert not replays()[1]
    assert "H003" in capsys.readouterr().out
    write_files(book, {".gitignore": "drafts/\n"})
    assert replays() == (0, False)
    assert "H003" not in capsys.readouterr().out
    write_files(book, {".gitignore": "nothing/\n"})
    assert not replays()[1]
    assert "H003" in capsys.readouterr().out


def test_the_repositorys_exclude_file_is_noticed(book, replays, capsys):
    write_files(book, {"drafts/x.md": "# X\n\n### Too deep\n"})
    replays()
    assert "H003" in capsys.readouterr().out
    write_files(book, {".git/info/exclude": "drafts/\n"})
    assert not replays()[1]
    assert "H003" not in capsys.readouterr().out


def test_another_version_of_the_tool_is_noticed(book, replays, monkeypatch):
    replays()
    monkeypatch.setattr(program, "__version__", "99.0.0")
    assert not replays()[1]
    assert replays()[1]


def test_another_question_is_not_answered_with_this_one(book, replays):
    replays()
    assert not replays(["check", "--select", "H", "--output-format", "concise"])[1]
    assert not replays(["check", "--output-format", "json"])[1]
    assert not replays(["check", "a.md", "--output-format", "concise"])[1]
    assert replays()[1]


def test_touching_a_file_changes_nothing(book, replays):
    settle(book)
    replays()
    os.utime(book / "a.md")
    assert replays()[1]


def test_an_unchanged_document_is_not_parsed_again(book, replays, monkeypatch, capsys):
    replays(["check", "-v"])
    capsys.readouterr()
    write_files(book, {"d.md": "# D\n\nMore.\n"})
    replays(["check", "-v"])
    assert "3 checked, 1 of them parsed" in capsys.readouterr().err


def test_a_damaged_cache_is_replaced(book, replays):
    replays()
    file = book / ".mlsd_lint_cache" / "cache.sqlite"
    file.write_bytes(b"SQLite format 3\0" + b"garbage" * 100)
    assert replays() == (0, False)
    assert replays() == (0, True)


def test_a_cache_of_another_layout_is_replaced(book, replays):
    replays()
    with sqlite3.connect(book / ".mlsd_lint_cache" / "cache.sqlite") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert replays() == (0, False)
    assert replays() == (0, True)


def test_a_cache_that_another_process_holds_does_not_stop_the_run(book, replays):
    replays()
    holder = sqlite3.connect(book / ".mlsd_lint_cache" / "cache.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    write_files(book, {"d.md": "# D\n\nMore.\n"})
    assert replays() == (0, False)
    holder.close()


def test_a_cache_directory_that_cannot_be_made_does_not_stop_the_run(book, replays):
    write_files(book, {"file": "in the way"})
    assert replays(["check", "--cache-dir", "file/cache"]) == (0, False)


def test_no_cache_leaves_nothing_behind(book, replays):
    assert replays(["check", "--no-cache"]) == (0, False)
    assert not (book / ".mlsd_lint_cache").exists()


def test_only_the_last_runs_are_kept(tmp_path):
    cache = open_cache(tmp_path / "cache")
    for number in range(20):
        cache.save_run(str(number), Run(f"output {number}", "", 0), [])
    assert cache.run("19") == Run("output 19", "", 0)
    assert cache.run("0") is None
    cache.close()


def test_a_stamp_taken_within_two_seconds_of_a_change_is_verified_by_content(tmp_path):
    file = tmp_path / "file"
    file.write_text("one")
    written = file.stat().st_ctime_ns
    taken = stamp(str(file), content_digest(b"one"), written + RACY_NANOSECONDS - 1)
    assert taken.state == ()
    assert stamp(str(file), content_digest(b"one"), written + RACY_NANOSECONDS).state != ()
    assert verify([taken]) is not None
    file.write_text("two")
    assert verify([taken]) is None


def test_a_file_that_appears_is_noticed(tmp_path):
    missing = stamp(str(tmp_path / "file"), "", time.time_ns())
    assert verify([missing]) == [missing]
    (tmp_path / "file").write_text("here")
    assert verify([missing]) is None


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_keeps_nothing_else_out(book, capsys):
    try:
        (book / os.fsdecode(b"\xff.md")).write_text("# F\n", encoding="utf-8")
    except OSError:
        pytest.skip("names are Unicode in this file system")
    main(["check", "-v"])
    assert "4 checked, 4 of them parsed" in capsys.readouterr().err
    main(["check", "-v"])
    assert "4 checked, 1 of them parsed" in capsys.readouterr().err
