"""A type with `required = true` has a document in a run over the whole book."""

from __future__ import annotations

import subprocess
import sys

import pytest

from projects import write_files
from typed_books import check, refused

ANSWER = """\
[types.answer]
files = "answers/q{number}.md"
required = true

[types.answer.fields]
title = { title = true }
number = { type = "integer" }
"""
MISSING = (
    'mlsd-lint.toml:1: types.answer: the type "answer" is required, '
    "but no file matches answers/q{number}.md"
)


def test_a_required_type_without_document(tmp_path):
    assert refused(tmp_path, {"mlsd-lint.toml": ANSWER, "a.md": "# A\n"}) == MISSING


def test_in_pyproject_too(tmp_path):
    configuration = "[project]\nname = 'a'\n\n" + ANSWER.replace("[types", "[tool.mlsd-lint.types")
    said = refused(tmp_path, {"pyproject.toml": configuration, "a.md": "# A\n"})
    assert said == MISSING.replace("mlsd-lint.toml:1", "pyproject.toml:4")


def test_all_that_are_missing_are_named(tmp_path):
    more = '\n[types.toc]\nfiles = ["toc.md", "contents.md"]\nrequired = true\nfields = {}\n'
    said = refused(tmp_path, {"mlsd-lint.toml": ANSWER + more, "a.md": "# A\n"})
    assert said.splitlines()[1] == (
        'mlsd-lint.toml:9: types.toc: the type "toc" is required, '
        "but no file matches toc.md or contents.md"
    )


@pytest.mark.parametrize(
    "more",
    [
        {"answers/q1.md": "# One\n"},
        {"b.md": "---\ndocument-type: answer\nnumber: 1\n---\n\n# One\n"},
        {"b.md": "+++\ndocument-type = 'answer'\nnumber = 1\n+++\n\n# One\n"},
    ],
)
def test_one_is_enough(tmp_path, more):
    done = check(tmp_path, {"mlsd-lint.toml": ANSWER, "a.md": "# A\n", **more})
    assert done.returncode == 0, done


def test_a_file_outside_the_book_does_not_count(tmp_path):
    files = {"mlsd-lint.toml": 'include = ["a.md"]\n' + ANSWER, "a.md": "# A\n"}
    assert "is required" in refused(tmp_path, {**files, "answers/q1.md": "# One\n"})


def test_files_named_on_the_command_line_are_not_the_whole_book(tmp_path):
    done = check(tmp_path, {"mlsd-lint.toml": ANSWER, "a.md": "# A\n"}, "a.md")
    assert done.returncode == 0


def test_what_its_document_said_last_time_does_not_count(tmp_path):
    """Neither the cache of documents nor that of whole runs answers for a file that is gone."""
    files = {"mlsd-lint.toml": ANSWER, "a.md": "# A\n", "answers/q1.md": "# One\n"}
    write_files(tmp_path, files)
    command = [sys.executable, "-m", "mlsd_lint", "check", "--select", "S"]

    def code():
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    assert (code(), code()) == (0, 0)
    (tmp_path / "answers/q1.md").unlink()
    assert (code(), code()) == (2, 2)
