"""What docs/external-links.md says is so."""

from __future__ import annotations

import argparse
import re
import tomllib

import pytest

from conftest import ROOT
from mlsd_lint.commands.check import add_arguments
from mlsd_lint.config.links import LinkSettings
from mlsd_lint.config.settings import Configuration
from mlsd_lint.config.validation import validate
from mlsd_lint.links.collecting import collect
from mlsd_lint.links.storing.keeping import DEFAULT_KEEP
from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.registry import all_rules
from mlsd_lint.targets import is_template

PAGE = (ROOT / "docs" / "external-links.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([a-z0-9-]+) \| (L\d+) \| (\w+) \|", PAGE, re.MULTILINE)


def test_its_configuration_is_valid():
    (block,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert validate(tomllib.loads(block)).links.timeout == "30s"


def test_every_flag_it_names_exists():
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    flags = set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]+", PAGE))
    assert flags <= set(parser._option_string_actions)


def test_every_verdict_has_its_row():
    verdicts = re.findall(r"^\| ([a-z0-9-]+) \|", PAGE, re.MULTILINE)
    assert sorted(verdicts) == sorted(["verdict", "---", *Verdict])


def test_what_it_shows_as_no_address_is_never_asked():
    (sentence,) = re.findall(r"what only\nlooks like an address.*?\)\.", PAGE, re.DOTALL)
    template, *hosts = re.findall(r"`([^`]+)`", sentence)
    assert is_template(template)
    assert hosts
    addresses = [f"https://{'some' if host.startswith('.') else ''}{host}/page" for host in hosts]
    assert not collect([*addresses], LinkSettings()).questions
    assert collect(["https://example.dev/page"], LinkSettings()).questions


@pytest.mark.parametrize(("verdict", "code", "severity"), ROWS)
def test_a_row_names_rule_and_severity(verdict, code, severity):
    rule = all_rules()[code]
    assert rule.name == f"{verdict}-link"
    assert rule.severity == severity


def test_its_numbers_are_the_defaults():
    links = Configuration().links
    assert f"`confirm-failures` runs ({links.confirm_failures})" in PAGE
    assert links.confirm_interval == "3d"
    assert DEFAULT_KEEP == {"ok": "7d", "moved": "7d", "blocked": "1d", "soft-404": "1d"}
