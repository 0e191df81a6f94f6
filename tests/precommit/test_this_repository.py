"""This repository passes its own hooks: the work tree as it stands, in a copy."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from precommit.conftest import Repository

PROGRAMS = ("make", "git", "mlsd-lint", "ruff", "mypy")


@pytest.fixture
def copy(tmp_path, precommit_environment):
    """A copy of what git knows or would take, whose .venv is the environment of the tests."""
    if os.name == "nt":
        pytest.skip("the Makefile is for systems where an environment has a folder bin")
    here = str(Path(sys.executable).parent)
    missing = [
        name for name in PROGRAMS if not (shutil.which(name) or shutil.which(name, path=here))
    ]
    if missing or not (ROOT / ".git").exists():
        pytest.skip(f"needs a checkout, and {', '.join(PROGRAMS)}")
    ours = {key: one for key, one in precommit_environment.items() if not key.startswith("GIT_")}
    listed = Repository(ROOT, ours).git(
        "ls-files", "-z", "--cached", "--others", "--exclude-standard"
    )
    repository = Repository(tmp_path / "copy", precommit_environment)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (repository.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, repository.root / name)
    repository.git("init", "--quiet")
    repository.git("add", "--all")
    environment = repository.root / ".venv"
    environment.mkdir()
    (environment / "bin").symlink_to(here, target_is_directory=True)
    for mark in (".installed", ".developing"):  # which make takes for an installation
        (environment / mark).touch()
    return repository


def test_all_files_pass(copy):
    done = copy.pre_commit("run", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_wrong_does_not_pass(copy):
    copy.write({"docs/more.md": "# More\n\nSee [nothing](nothing.md).\n"})
    copy.write({"src/mlsd_lint/more.py": '"""More."""\nimport os\n\nx: int = "text"\n'})
    copy.git("add", "--all")
    done = copy.pre_commit("run", "--all-files")
    assert done.returncode == 1
    assert done.stdout.count("Failed\n") == 3
    assert "docs/more.md:3:5" in done.stdout
    assert "F401" in done.stdout
    assert "Incompatible types" in done.stdout
