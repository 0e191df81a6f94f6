"""Git repositories for tests, and running the gate in them as the command does."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.cli import main
from projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

# What the person who runs the tests has configured is not theirs to decide here.
NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z",
}


class Said(NamedTuple):
    """What a run said."""

    code: int
    output: str
    errors: str

    @property
    def found(self) -> list[tuple[str, str, int]]:
        """Each finding of a run with JSON: its file, rule and line."""
        return [
            (one["filename"], one["code"], one["location"]["row"])
            for one in json.loads(self.output)
        ]


class Repository:
    """A repository in `folder`, in which the working directory is."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def git(self, *arguments: str, **variables: str) -> str:
        """Run git; what it prints."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            capture_output=True,
            env=os.environ | variables,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, files: dict[str, str]) -> None:
        """Write files."""
        write_files(self.folder, files)

    def commit(self, files: dict[str, str] | None = None) -> str:
        """Write files and commit all there is; the id of the commit."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")
        return self.git("rev-parse", "HEAD")

    def check(self, *arguments: str) -> Said:
        """Run `mlsd-lint check` without prose."""
        grammar = () if "--grammar" in arguments else ("--grammar", "none")
        code = main(["check", *arguments, *grammar])
        output, errors = self.capsys.readouterr()
        assert "Traceback" not in errors
        return Said(code, output, errors)

    def new(self, *arguments: str) -> list[tuple[str, str, int]]:
        """What is new: the file, rule and line of each finding."""
        said = self.check("--output-format", "json", *arguments)
        assert said.code in {0, 1}, said
        assert said.code == bool(said.found)
        return said.found

    def summary(self, *arguments: str) -> str:
        """The numbers in the summary: "1 new, 0 fixed, 2 known"."""
        last = self.check("--output-format", "concise", *arguments).output.splitlines()[-1]
        return (
            last.partition(": ")[2].removesuffix(".")
            if "Found" in last
            else (last.rpartition(": ")[2].removesuffix("."))
        )
