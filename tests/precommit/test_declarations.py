"""What .pre-commit-hooks.yaml and .pre-commit-config.yaml declare."""

from __future__ import annotations

import shlex

import pytest
import yaml
from pre_commit.clientlib import load_config, load_manifest

from conftest import ROOT
from mlsd_lint.cli import _parser

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
CONFIGURATION = ROOT / ".pre-commit-config.yaml"
HOOKS = {hook["id"]: hook for hook in load_manifest(MANIFEST)}
OWN = {hook["id"]: hook for one in load_config(CONFIGURATION)["repos"] for hook in one["hooks"]}
NAMES = ["mlsd-lint", "mlsd-lint-fix", "mlsd-lint-prose", "mlsd-lint-links"]


def test_the_four_hooks():
    assert list(HOOKS) == NAMES


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_nobody_misses_what_a_hook_is_for(hook):
    """A deletion gives no file names, and what it breaks is not among them either."""
    assert hook["always_run"]
    assert not hook["pass_filenames"]
    assert hook["require_serial"]
    assert hook["description"].endswith(".")
    assert hook["stages"]
    assert tuple(int(part) for part in hook["minimum_pre_commit_version"].split(".")) >= (3, 2)
    assert not hook["args"], "arguments of ours would go when a user gives others"


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_the_command_of_a_hook_is_understood(hook):
    program, *arguments = shlex.split(hook["entry"])
    assert program == "mlsd-lint"
    line = [*arguments, "--quiet", "a.md"]
    assert _parser(line).parse_args(line).paths == ["a.md"]


@pytest.mark.parametrize("name", NAMES)
def test_this_repository_uses_the_same_hooks(name):
    assert OWN[name]["stages"] == HOOKS[name]["stages"] or name == "mlsd-lint-fix"
    assert OWN[name]["always_run"] == HOOKS[name]["always_run"]
    assert OWN[name]["pass_filenames"] == HOOKS[name]["pass_filenames"]


def test_no_repository_is_cloned_from_elsewhere():
    repositories = yaml.safe_load(CONFIGURATION.read_text("utf-8"))["repos"]
    assert {one["repo"] for one in repositories} == {"local"}
