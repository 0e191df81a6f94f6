"""The job summary as a run on GitHub writes it, in a real repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

from command import run
from projects import write_files

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
}


@pytest.fixture
def book(tmp_path):
    """A book whose change breaks one link and mends another; returns its folder and git."""
    folder = tmp_path / "book"

    def git(*arguments):
        done = subprocess.run(
            ["git", "-C", folder, *arguments],
            env={**os.environ, **NOBODY},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    write_files(
        folder,
        {
            "target.md": "# Target\n\n## Kept\n\nText.\n",
            "uses.md": "# Uses\n\nSee [kept](target.md#kept).\n",
            "wrong.md": "# Wrong\n\nMore.\n\nSee [gone](gone.md).\n",
            "old.md": "# Old\n\nSee [never](never.md).\n",
        },
    )
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "Begin")
    git("checkout", "-q", "-b", "change")
    write_files(
        folder,
        {"target.md": "# Target\n\nText.\n", "wrong.md": "# Wrong\n\nMore.\n"},
    )
    git("commit", "-q", "-a", "-m", "Change")
    return folder, git


def check(folder, *arguments, **variables):
    ours = dict.fromkeys(name for name in os.environ if name.startswith("GITHUB_"))
    given = {f"GITHUB_{name}": str(it) for name, it in variables.items()}
    env = ours | NOBODY | given
    return run(folder, "check", "--grammar", "none", *arguments, env=env)


def test_a_pull_request(book, tmp_path):
    folder, git = book
    base, head = git("rev-parse", "main"), git("rev-parse", "HEAD")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"head": {"sha": head}}}), "utf-8")
    result = check(
        folder,
        "--since=main",
        "--output-format=github",
        f"--also=markdown={tmp_path / 'summary.md'}",
        SERVER_URL="https://github.com",
        REPOSITORY="ada/engine",
        WORKSPACE=folder,
        REF="refs/pull/7/merge",
        SHA="f" * 40,
        EVENT_PATH=event,
    )
    assert result.returncode == 1, result.stderr
    pages = "https://github.com/ada/engine/blob"
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert summary.startswith(
        "## mlsd-lint\n\nFound 1 error in 4 files. Since main: 1 new, 1 fixed, 1 known.\n\n"
        "### What is new\n\n"
    )
    new, fixed = summary.split("### What this change fixed")
    assert f"| [`uses.md:3:5`]({pages}/{head}/uses.md?plain=1#L3) | L103 | error | " in new
    assert f"| [`wrong.md:5:5`]({pages}/{base}/wrong.md?plain=1#L5) | L101 | error | " in fixed
    assert "| L103 | missing-anchor | 1 | 0 | 0 | " in fixed
    assert "old.md" not in summary


def test_a_push_is_known_without_anything_to_compare_with(book):
    folder, _ = book
    run = {"REPOSITORY": "ada/engine", "WORKSPACE": folder}
    for commit in ("a" * 40, "b" * 40):  # what is kept of a run holds for one commit
        summary = check(folder, "--output-format=markdown", SHA=commit, **run).stdout
        assert "### What was found" in summary
        assert f"/ada/engine/blob/{commit}/old.md?plain=1#L3) | L101 | error | " in summary
        assert "fixed" not in summary


def test_outside_of_ci_the_commit_is_the_one_checked_out(book):
    folder, git = book
    assert "| `old.md:3:5` |" in check(folder, "--output-format=markdown").stdout
    git("remote", "add", "origin", "git@github.com:ada/engine.git")
    for _ in range(2):
        commit = git("rev-parse", "HEAD")
        page = f"https://github.com/ada/engine/blob/{commit}/old.md?plain=1#L3"
        for _ in range(2):  # the second time from what is kept
            assert f"]({page})" in check(folder, "--output-format=markdown").stdout
        git("commit", "-q", "--allow-empty", "-m", "Nothing")


def test_nothing_is_linked_in_other_formats(book):
    folder, git = book
    git("remote", "add", "origin", "git@github.com:ada/engine.git")
    for name in ("concise", "github", "sarif", "json"):
        assert "/ada/engine/" not in check(folder, f"--output-format={name}").stdout


def test_prose_that_was_not_read_is_never_all_passed(book, tmp_path):
    folder, _ = book
    for name in ("old.md", "uses.md", "wrong.md"):
        (folder / name).unlink()
    nowhere = {"PATH": str(tmp_path), "JAVA_HOME": ""}
    flags = ["--grammar=languagetool", "--output-format=markdown", "--no-cache"]
    result = run(folder, "check", *flags, env=NOBODY | nowhere)
    assert result.returncode == 2
    assert "prose was not checked" in result.stderr
    assert "passed" not in result.stdout
    assert "**Not everything could be checked.**" in result.stdout
