"""Bad input is reported in its place and the rest of the work goes on."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import subprocess
import sys
import time
from itertools import chain, repeat

import pytest

from command import run
from mlsd_lint import encoding, engine, indexing
from mlsd_lint.diagnostics import Severity
from mlsd_lint.errors import UsageError
from mlsd_lint.indexing import PARALLEL_FROM, Indexed, Indexing, index, index_all
from mlsd_lint.registry import all_rules
from projects import diagnose, write_files

EVERYTHING = Indexing(
    tuple(all_rules()),
    {code: rule.severity for code, rule in all_rules().items()},
    "github",
    1_000_000,
)


def found(folder, *arguments):
    return run(folder, "check", "--grammar", "none", "--output-format", "concise", *arguments)


BAD = {
    "not UTF-8": (b"# A\n\ncaf\xe9\n", "E002", ":3:4"),
    "UTF-16": ("# A\n".encode("utf-16"), "E002", ":1:1"),
    "NUL": (b"# A\n\nx\0y\n", "E002", ":3:2"),
    "too large": (b"# A\n" + b"x" * 2_000_000, "E003", ":1:1"),
}


@pytest.mark.parametrize(("content", "code", "place"), BAD.values(), ids=BAD)
def test_a_bad_file_is_reported_and_the_others_are_checked(tmp_path, content, code, place):
    (tmp_path / "mlsd-lint.toml").write_text("max-file-size = 1000000\n")
    (tmp_path / "bad.md").write_bytes(content)
    (tmp_path / "good.md").write_text("# A\n\n### Deep\n")
    result = found(tmp_path)
    assert result.returncode == 2
    assert f"bad.md{place}: {code}" in result.stdout.replace(" error", "")
    assert "good.md:3:1: H003" in result.stdout


def test_a_directory_named_like_a_document_is_walked(tmp_path):
    write_files(tmp_path, {"x.md/y.md": "# A\n\n### Deep\n"})
    assert "x.md/y.md:3:1: H003" in found(tmp_path).stdout


def test_a_dangling_link_is_reported(tmp_path):
    write_files(tmp_path, {"good.md": "# A\n"})
    (tmp_path / "bad.md").symlink_to("nowhere.md")
    result = found(tmp_path)
    assert "bad.md is a link to nothing" in result.stdout
    assert result.returncode == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    write_files(tmp_path, {"good.md": "# A\n"})
    os.mkfifo(tmp_path / "pipe.md")
    result = found(tmp_path, "pipe.md", "good.md")
    assert "pipe.md is not a regular file" in result.stdout


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the user may read everything")
def test_a_file_without_permission_is_reported(tmp_path):
    write_files(tmp_path, {"bad.md": "# A\n"})
    (tmp_path / "bad.md").chmod(0)
    assert "bad.md cannot be read: Permission denied" in found(tmp_path).stdout


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path, monkeypatch):
    (tmp_path / "locked").mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(indexing.UncheckedError, match="locked cannot be listed"):
        indexing.read(tmp_path / "locked", "locked", 1)


def test_a_named_file_that_does_not_exist_is_reported(tmp_path):
    write_files(tmp_path, {"good.md": "# A\n\n### Deep\n"})
    result = found(tmp_path, "missing.md", "good.md")
    assert "missing.md does not exist" in result.stdout
    assert "good.md:3:1: H003" in result.stdout
    assert result.returncode == 2


def test_a_file_that_vanishes_while_it_is_read_is_reported(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.md": "# A\n", "gone.md": "# B\n"})
    real = indexing.read

    def vanishing(file, path, limit):
        if file.name == "gone.md":
            file.unlink()
        return real(file, path, limit)

    monkeypatch.setattr("mlsd_lint.files.read", vanishing)
    (one,) = diagnose(tmp_path, "ALL")
    assert (one.code, one.path, one.message) == ("E001", "gone.md", "gone.md does not exist")


def test_a_file_that_changes_while_it_is_checked_is_reported(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.md": "# A\n\n[x](gone.md)\n"})
    real = indexing.read
    versions = chain([b"# A\n\n[x](gone.md)\n"], repeat(b"# B\n"))
    monkeypatch.setattr(
        "mlsd_lint.files.read", lambda *arguments: (real(*arguments), next(versions))[1]
    )
    (one,) = diagnose(tmp_path, "ALL")
    assert (one.code, one.message) == ("E001", "a.md changed while it was being checked")


def test_an_empty_file_is_fine(tmp_path):
    write_files(tmp_path, {"empty.md": "", "blank.md": "\n\n"})
    assert found(tmp_path, "--select", "M,L,C,E").returncode == 0


def test_nothing_to_check_is_said(tmp_path):
    write_files(tmp_path, {"notes.txt": "text"})
    result = found(tmp_path)
    assert result.returncode == 2
    assert "no Markdown files" in result.stderr


def test_many_processes_find_what_one_finds(monkeypatch):
    contents = [
        (f"{number}.md", f"# A\n\n### Deep {number}\n\n[x](y.md)\n".encode())
        for number in range(40)
    ]
    alone = {path: index(content, path, EVERYTHING) for path, content in contents}
    monkeypatch.setattr(indexing, "PARALLEL_FROM", 0)
    monkeypatch.setattr(indexing, "_cores", lambda: 2)
    assert dict(index_all(contents, EVERYTHING)) == alone


def test_what_the_cache_holds_is_read_back_equal():
    text = (
        "# A\n\n## A\n\n### Deep {#x}\n\n[x](Y.md#z)\n\n[r]: u\n[r]: v\n\n"
        "<!-- mlsd-lint-disable-next-line H003, M -->\n\n1. a\n3. b\n"
    )
    indexed = index(text.encode(), "a.md", EVERYTHING)
    assert indexed.page
    assert indexed.page.suppressions
    assert any(one.fix for one in indexed.diagnostics)
    again = encoding.decode("a.md", encoding.encode(indexed))
    assert again == indexed
    assert isinstance(again.diagnostics[0].severity, Severity)
    assert type(again.diagnostics[0].start) is type(indexed.diagnostics[0].start)


ONE_LARGE_MANY_SMALL = [("large.md", b"x" * PARALLEL_FROM), *((f"{n}.md", b"x") for n in range(8))]


@pytest.mark.skipif(sys.platform != "linux", reason="another process is forked on Linux only")
def test_whoever_stops_waiting_stops_the_work(tmp_path, monkeypatch):
    def slow(_content, path, _indexing):
        if path != "large.md":
            time.sleep(300)
            (tmp_path / path).touch()
        return Indexed(None, ())

    monkeypatch.setattr(indexing, "index", slow)
    monkeypatch.setattr(indexing, "_cores", lambda: 2)
    results = index_all(ONE_LARGE_MANY_SMALL, Indexing((), {}, "github", 1))
    assert next(results)[0] == "large.md"
    results.close()
    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="another process is forked on Linux only")
def test_a_killed_process_is_said(monkeypatch):
    monkeypatch.setattr(indexing, "index", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    monkeypatch.setattr(indexing, "_cores", lambda: 2)
    with pytest.raises(UsageError, match="has been killed"):
        list(index_all(ONE_LARGE_MANY_SMALL, Indexing((), {}, "github", 1)))


@pytest.mark.skipif(sys.platform != "linux", reason="another process is forked on Linux only")
def test_nobody_works_on_for_a_parent_that_was_killed():
    program = (
        "import os, time\n"
        "from mlsd_lint import indexing\n"
        "indexing._cores = lambda: 2\n"
        "def index(*_):\n"
        "    os.write(1, b'%d\\n' % os.getpid())\n"  # one write, so that two lines never mix
        "    time.sleep(300)\n"
        "indexing.index = index\n"
        "contents = [('a', b'x' * indexing.PARALLEL_FROM), ('b', b'x')]\n"
        "list(indexing.index_all(contents, indexing.Indexing((), {}, 'github', 1)))\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert {int(parent.stdout.readline()) for _ in range(2)}.isdisjoint({parent.pid})
        parent.kill()
        # Whoever is left keeps the pipe open for five minutes.
        ready, _, _ = select.select([parent.stdout], [], [], 120)
        assert ready
        assert parent.stdout.read() == ""


def test_a_working_directory_on_another_drive(tmp_path, monkeypatch):
    def refuse(_path, _start):
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", refuse)
    assert engine._working_directory(tmp_path) == "."
