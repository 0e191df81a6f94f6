"""Repositories that use the hooks of this one, through the real pre-commit.

The hooks come from a repository with the package as it stands in the work tree. All tests of a
session, in however many processes, share it and what pre-commit installs.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from projects import write_files
from prose.languagetool.conftest import installed

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["installed"]

PACKAGE = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT", ".pre-commit-hooks.yaml")
INSTALLING = 600  # seconds; the package index may be slow
RUNNING = 300
LONG_AGO = "2026-01-01T00:00:00+0000"


@dataclass(frozen=True)
class Repository:
    """A git repository in a test, and the environment that its commands run in."""

    root: Path
    environment: dict[str, str]

    def run(self, *command, timeout=RUNNING, **variables):
        return subprocess.run(
            command,
            cwd=self.root,
            env=self.environment | variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )

    def git(self, *arguments):
        """What git prints; it has to succeed."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def pre_commit(self, *arguments, timeout=RUNNING, **variables):
        command = (sys.executable, "-m", "pre_commit", *arguments)
        return self.run(*command, timeout=timeout, **variables)

    def write(self, files):
        write_files(self.root, files)

    def read(self, path):
        return (self.root / path).read_text("utf-8")

    def commit(self, *arguments, **variables):
        """`git commit`, with the hooks that are installed: the process, and what it printed."""
        done = self.run("git", "commit", "-m", "A change", *arguments, **variables)
        return done.returncode == 0, done.stdout + done.stderr

    def commit_all(self):
        self.git("add", "--all")
        return self.commit()

    @property
    def commits(self):
        return len(self.git("rev-list", "--all").split())

    def use(self, hooks, *identifiers, **keys):
        """Write a configuration with some hooks, and install them."""
        chosen = [{"id": one, **keys} for one in identifiers or ["mlsd-lint"]]
        revision = hooks.git("rev-parse", "HEAD").strip()
        one = {"repo": str(hooks.root), "rev": revision, "hooks": chosen}
        self.write({".pre-commit-config.yaml": json.dumps({"repos": [one]})})
        done = self.pre_commit("install", "--install-hooks", timeout=INSTALLING)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def precommit_environment(tmp_path_factory):
    if importlib.util.find_spec("pre_commit") is None or shutil.which("git") is None:
        pytest.skip("needs pre-commit (of the dev group) and git")
    shared = session_folder(tmp_path_factory)
    foreign = ("GIT_", "PRE_COMMIT", "SKIP")  # of a hook that runs the tests, say
    kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    return kept | {
        "PRE_COMMIT_HOME": str(shared / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }


def session_folder(tmp_path_factory):
    """A folder that all processes of a session share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def hooks(tmp_path_factory, precommit_environment):
    """The repository that the hooks come from."""
    place = session_folder(tmp_path_factory) / "hooks"
    made = Repository(tmp_path_factory.mktemp("package") / "hooks", precommit_environment)
    for name in PACKAGE:
        made.write({name: (ROOT / name).read_text("utf-8")})
    shutil.copytree(
        ROOT / "src", made.root / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    made.git("init", "--quiet")
    made.git("add", "--all")
    dates = {"GIT_AUTHOR_DATE": LONG_AGO, "GIT_COMMITTER_DATE": LONG_AGO}
    assert made.commit("--quiet", **dates)[0]
    try:
        made.root.rename(place)
    except OSError:  # another process was first, and made the same
        assert place.is_dir()
    return Repository(place, precommit_environment)


@pytest.fixture(scope="session")
def package_index(tmp_path_factory, precommit_environment):
    """Skips where pip finds no package: the hooks cannot be installed then."""
    target = str(tmp_path_factory.mktemp("download"))
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", target]
    done = subprocess.run(
        [*command, "iniconfig"],
        env=precommit_environment,
        capture_output=True,
        timeout=INSTALLING,
        check=False,
    )
    if done.returncode:
        pytest.skip("needs a package index that pip reaches, to install the hooks from")


# Without prose, for an engine takes seconds to start.
BOOK = {
    "README.md": "# Book\n\nSee [how to install it](docs/guide.md#install).\n",
    "docs/guide.md": "# Guide\n\n## Install\n\nRun it. ![It runs](../images/it%20runs.png)\n",
    "docs/naïve café.md": "# Coffee\n\nGo [back](../README.md).\n",
    "images/it runs.png": "not really a picture\n",
    "mlsd-lint.toml": 'include = ["**/*.md"]\nexclude = ["drafts/"]\nprose.grammar = "none"\n',
    ".gitignore": ".mlsd_lint_cache/\n",
}


@pytest.fixture
def empty(tmp_path, precommit_environment, package_index):
    """A new git repository with nothing in it."""
    repository = Repository(tmp_path / "a book", precommit_environment)
    repository.root.mkdir()
    repository.git("init", "--quiet", "--initial-branch=main")
    return repository


@pytest.fixture
def book(empty, hooks):
    """A book without a fault, committed, whose next commits the hook `mlsd-lint` looks at."""
    empty.write(BOOK)
    empty.use(hooks)
    passed, said = empty.commit_all()
    assert passed, said
    return empty
