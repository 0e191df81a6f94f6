"""`check --also`: the findings of one run, in several formats at once."""

from __future__ import annotations

import json

import pytest

import command
from projects import write_files


@pytest.fixture
def check(tmp_path):
    write_files(tmp_path, {"guide.md": "# Guide\n\nSee [x](missing.md).\n"})

    def run(*arguments):
        return command.run(tmp_path, "check", "--grammar", "none", *arguments)

    return run


def test_each_file_is_what_a_run_of_its_own_would_print(check, tmp_path):
    arguments = ["--also", "markdown=report.txt", "--also", "sarif=a=b.sarif"]
    result = check("--output-format", "github", *arguments)
    assert result.returncode == 1
    assert result.stdout.startswith("::error title=L101 missing-target,file=guide.md,line=3,")
    alone = check("--output-format", "markdown")
    assert (tmp_path / "report.txt").read_text("utf-8") == alone.stdout
    log = json.loads((tmp_path / "a=b.sarif").read_text("utf-8"))
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["L101"]


def test_a_second_run_writes_them_again(check, tmp_path):
    for _ in range(2):
        check("--also", "concise=findings.txt")
        assert (tmp_path / "findings.txt").read_text("utf-8").startswith("guide.md:3:5: L101")
        (tmp_path / "findings.txt").unlink()


@pytest.mark.parametrize("value", ["markdown", "markdown=", "html=x", "=x", ""])
def test_what_is_no_format_and_file_is_refused(check, value):
    result = check("--also", value)
    assert result.returncode == 2
    assert (
        f"it takes FORMAT=FILE, where FORMAT is one of full, concise, grouped, json, json-lines, github, gitlab, junit, sarif, markdown; not {value!r}"
        in result.stderr
    )


def test_a_file_that_cannot_be_written_is_said(check):
    result = check("--also", "json=no/such/folder.json")
    assert result.returncode == 2
    assert "cannot write no/such/folder.json" in result.stderr
