"""A repository for each test of the gate."""

from __future__ import annotations

import pytest

from repositories import NOBODY, Repository

SELECTED = 'select = ["L1", "H003", "E"]\nfail-on = "info"\n'


@pytest.fixture
def repository(tmp_path, monkeypatch, capsys):
    """An empty repository with a configuration, in the working directory."""
    for name, value in NOBODY.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "book"
    folder.mkdir()
    monkeypatch.chdir(folder)
    made = Repository(folder, capsys)
    made.git("init", "--quiet", "--initial-branch=main")
    made.write({"mlsd-lint.toml": SELECTED})
    return made
