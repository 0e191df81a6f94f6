"""The name of the program says what it is: where and when it was installed does not matter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import mlsd_lint
from mlsd_lint import program
from mlsd_lint.cache import open_cache
from projects import write_files

BOOK = {
    "mlsd-lint.toml": 'select = ["L1", "H"]\n',
    "a.md": "# A\n\n[b](b.md#there)\n",
    "b.md": "# B\n\n## There\n",
}
LONG_AGO = time.time() - 3600


def installed(folder):
    """A copy of the package, installed somewhere else and a while ago."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(mlsd_lint.__file__).parent, folder / "mlsd_lint", ignore=ignored)
    return folder


@pytest.fixture
def book(tmp_path, monkeypatch):
    write_files(tmp_path / "book", BOOK)
    subprocess.run(["git", "init", "-q", tmp_path / "book"], check=True)
    monkeypatch.chdir(tmp_path / "book")
    return tmp_path / "book"


def parsed(package, book, *arguments):
    """How many documents a run of that package parsed."""
    command = [sys.executable, "-m", "mlsd_lint", "check", "-v", "--grammar", "none", *arguments]
    done = subprocess.run(
        command,
        cwd=book,
        env=os.environ | {"PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(re.search(r"checked, (\d+) of them parsed", done.stderr)[1])


def test_a_restored_cache_answers_in_the_next_job(book, tmp_path):
    first, second = installed(tmp_path / "first"), installed(tmp_path / "second")
    assert parsed(first, book) == 2
    again = tmp_path / "again" / "book"
    shutil.copytree(book, again)
    for file in again.glob("*.md"):  # as a checkout writes them
        os.utime(file)
    shutil.rmtree(book)
    shutil.copytree(again, book)
    assert parsed(second, book) == 0
    changed = second / "mlsd_lint/markdown/anchors.py"
    changed.write_text(changed.read_text("utf-8") + "\n# edited in place\n", "utf-8")
    assert parsed(second, book) == 2
    assert parsed(first, book) == 0


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package in the place of ours, which was written a while ago."""
    folder = tmp_path / "package"
    write_files(folder, {"a.py": "a = 1\n", "part/b.py": "b = 1\n", "__pycache__/a.py": ""})
    monkeypatch.setattr(program, "PACKAGE", str(folder))
    monkeypatch.setattr(program, "RACY_NANOSECONDS", -RACY)
    return folder


RACY = 3600 * 10**9


@pytest.fixture
def cache(tmp_path):
    opened = open_cache(tmp_path / "cache")
    yield opened
    opened.close()


def test_the_files_are_read_once(package, cache, monkeypatch):
    name = program.tool_fingerprint(cache)
    reads = []
    monkeypatch.setattr(program, "_contents", lambda files: reads.append(files) or ())
    assert program.tool_fingerprint(cache) == name
    assert reads == []
    (package / "a.py").touch()
    assert program.tool_fingerprint(cache) != name  # for nothing is read here any more
    assert len(reads) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.py").write_text("a = 2\n"),
        lambda folder: (folder / "part/b.py").rename(folder / "part/c.py"),
        lambda folder: (folder / "part/b.py").unlink(),
        lambda folder: (folder / "part/c.py").write_text(""),
    ],
    ids=["edited", "renamed", "deleted", "added"],
)
def test_another_program_has_another_name(package, cache, change):
    name = program.tool_fingerprint(cache)
    change(package)
    assert program.tool_fingerprint(cache) != name


def test_what_is_no_part_of_it_does_not_count(package, cache):
    name = program.tool_fingerprint(cache)
    (package / "__pycache__/b.py").write_text("")
    (package / "notes.txt").write_text("")
    os.utime(package / "a.py", (LONG_AGO, LONG_AGO))
    assert program.tool_fingerprint(cache) == name


def test_what_was_written_just_now_is_read_again(package, cache, monkeypatch):
    monkeypatch.setattr(program, "RACY_NANOSECONDS", RACY)
    name = program.tool_fingerprint(cache)
    monkeypatch.setattr(program, "_contents", lambda _: iter(["other"]))
    assert program.tool_fingerprint(cache) != name


def test_another_version_of_an_engine_is_another_program(package, cache, tmp_path, monkeypatch):
    name = program.tool_fingerprint(cache)
    monkeypatch.setattr(program, "_versions", lambda: iter(["99"]))
    assert program.tool_fingerprint(open_cache(tmp_path / "other")) != name


def test_the_oldest_names_make_room(cache):
    for number in range(30):
        cache.save_program(str(number), f"name {number}")
    assert cache.program("29") == "name 29"
    assert cache.program("0") is None
