"""What docs/prose.md says is so."""

from __future__ import annotations

import argparse
import re
import tomllib

import pytest

from conftest import ROOT
from mlsd_lint.cli import VERBS
from mlsd_lint.commands.check import add_arguments
from mlsd_lint.config.prose_checks import ENGINES
from mlsd_lint.config.settings import Configuration
from mlsd_lint.config.validation import validate
from mlsd_lint.registry import all_rules

PAGE = (ROOT / "docs" / "prose.md").read_text("utf-8")
ROWS = re.findall(r"^\| (P\d+) \| ([a-z-]+) \| (\w+) \|", PAGE, re.MULTILINE)


def test_its_configuration_is_valid():
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    first, second = (validate(tomllib.loads(one)["tool"]["mlsd-lint"]) for one in blocks)
    assert first.prose.spellings["Github"] == "GitHub"
    assert second.extend_select == ("P016",)


def test_every_flag_of_check_that_it_names_exists():
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    lines = [line for line in PAGE.splitlines() if "languagetool install" not in line]
    flags = set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]+", "\n".join(lines)))
    assert flags <= set(parser._option_string_actions)


def test_every_verb_that_it_names_exists():
    named = set(re.findall(r"(?:^|`)mlsd-lint ([a-z]+)", PAGE, re.MULTILINE))
    assert named <= set(VERBS)


def test_every_rule_has_its_row():
    assert [row[0] for row in ROWS] == [code for code in all_rules() if code.startswith("P")]


@pytest.mark.parametrize(("code", "name", "severity"), ROWS)
def test_a_row_names_rule_and_severity(code, name, severity):
    assert (all_rules()[code].name, all_rules()[code].severity) == (name, severity)


def test_every_engine_is_described():
    assert sorted(re.findall(r"^- \*\*([a-z]+)\*\*", PAGE, re.MULTILINE)) == sorted(ENGINES)


def test_its_numbers_are_the_defaults():
    tool = Configuration().prose.languagetool
    minutes = tool.idle.removesuffix("m")
    assert f"{minutes} minutes" in PAGE
