"""How rules are written down, and that none is lost on the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mlsd_lint import registry, rules
from mlsd_lint.diagnostics import Severity
from mlsd_lint.registry import Rule, document_rule, engine_rule, example_files

DOCUMENTATION = """What must hold.

    Why it matters.

    Bad:
        # Bad
        === other.md
        Words.

    Good:
        # Good
        →tab

    Both:
        === mlsd-lint.toml
        fail-on = "error"
    """


@pytest.fixture
def empty(monkeypatch):
    """A registry without rules; what a test registers is forgotten."""
    monkeypatch.setattr(registry, "_registered", {})


def test_what_both_examples_hold_comes_after_each():
    rule = Rule("Z001", "some-rule", Severity.ERROR, "document", DOCUMENTATION)
    shared = {"mlsd-lint.toml": 'fail-on = "error"\n'}
    assert example_files(rule.example("Bad")) == {
        "page.md": "# Bad\n",
        "other.md": "Words.\n",
        **shared,
    }
    assert example_files(rule.example("Good")) == {"page.md": "# Good\n\ttab\n", **shared}
    assert rule.summary == "What must hold."
    assert rule.explanation == "Why it matters."


def test_an_example_of_nothing():
    rule = Rule("Z001", "some-rule", Severity.ERROR, "engine", "What must hold.\n\nWhy.")
    assert rule.example("Bad") == rule.example("Good") == ""


@pytest.mark.parametrize(("code", "name"), [("Z001", "other"), ("Z002", "some-rule")])
@pytest.mark.usefixtures("empty")
def test_a_code_or_name_that_is_taken(code, name):
    engine_rule("Z001", "some-rule", Severity.ERROR, "What must hold.")
    with pytest.raises(ValueError, match=f"rule {code} {name} has the code or the name of Z001"):
        document_rule(code, name, Severity.INFO)(lambda _: iter(()))
    assert list(registry._registered) == ["Z001"]


def test_every_file_with_rules_is_loaded():
    registers = re.compile(r"^(?:@|\w+ = )\w+_rule\(", re.MULTILINE)
    files = Path(rules.__file__).parent.glob("*.py")
    assert {file.stem for file in files if registers.search(file.read_text("utf-8"))} == set(
        rules.FILES
    )
