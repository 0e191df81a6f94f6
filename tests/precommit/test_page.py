"""What docs/pre-commit.md says is so."""

from __future__ import annotations

import argparse
import re

import pytest
import yaml
from pre_commit.clientlib import load_config, load_manifest

from conftest import ROOT
from mlsd_lint.cli import VERBS
from mlsd_lint.commands.check import add_arguments
from precommit.conftest import BOOK, INSTALLING

PAGE = (ROOT / "docs" / "pre-commit.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
OF_ANY_BOOK = [one for one in BLOCKS if "--config" not in one and "dependencies" not in one]
ROWS = re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \| ([a-z, -]+) \|", PAGE, re.MULTILINE)
HOOKS = {hook["id"]: hook for hook in load_manifest(ROOT / ".pre-commit-hooks.yaml")}


def test_it_takes_five_lines():
    assert len(BLOCKS[0].splitlines()) == 5


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_is_a_configuration(block, tmp_path):
    (tmp_path / "config.yaml").write_text(block, "utf-8")
    (repository,) = load_config(str(tmp_path / "config.yaml"))["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= HOOKS.keys()


@pytest.mark.parametrize("block", OF_ANY_BOOK)
def test_a_block_works(block, empty, hooks):
    """With the repository of the test in place of the one that is named.

    Those for folders and for models in Python are tried in test_hooks.py.
    """
    configuration = yaml.safe_load(block)
    (repository,) = configuration["repos"]
    repository |= {"repo": str(hooks.root), "rev": hooks.git("rev-parse", "HEAD").strip()}
    empty.write({**BOOK, ".pre-commit-config.yaml": yaml.safe_dump(configuration)})
    installed = empty.pre_commit("install", "--install-hooks", timeout=INSTALLING)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    passed, said = empty.commit_all()
    assert passed, said
    empty.write({"docs/more.md": "# More\n\nSee [nothing](nothing.md).\n"})
    passed, said = empty.commit_all()
    assert not passed
    assert "docs/more.md:3:5" in said
    empty.write({"docs/more.md": "# More\n"})
    empty.write({"drafts/idea.md": "# Idea\n\nSee [nothing](nothing.md).\n"})
    passed, said = empty.commit_all()
    assert passed, said


@pytest.mark.parametrize(("name", "command", "stages"), ROWS)
def test_a_row_says_what_the_hook_is(name, command, stages):
    assert HOOKS[name]["entry"] == command
    assert HOOKS[name]["stages"] == stages.split(", ")


def test_every_hook_has_its_row_and_its_paragraph():
    assert [row[0] for row in ROWS] == list(HOOKS)
    assert re.findall(r"^- \*\*([a-z-]+)\*\*", PAGE, re.MULTILINE) == list(HOOKS)


def test_every_flag_and_verb_that_it_names_exists():
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    of_pre_commit = {"--all-files", "--hook-stage"}
    flags = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) - of_pre_commit
    assert flags <= set(parser._option_string_actions)
    assert set(re.findall(r"(?:^|`)mlsd-lint ([a-z]+)", PAGE, re.MULTILINE)) <= set(VERBS)
