from __future__ import annotations

import json

import pytest

from mlsd_lint.markdown import parse
from mlsd_lint.registry import all_rules
from mlsd_lint.source import Source


@pytest.mark.parametrize("word", ["H003", "h003", "skipped-level", "Skipped-Level"])
def test_one_rule_by_code_or_name(folder, word):
    done = folder.run("rule", word)
    assert done.returncode == 0
    rule = all_rules()["H003"]
    assert done.stdout.startswith(f"H003 skipped-level\n\n{rule.summary}\n\nSeverity: warning\n")
    assert rule.explanation in done.stdout
    assert "\nBad:\n\n    #" in done.stdout
    assert "\nGood:\n\n    #" in done.stdout


def test_without_a_rule_all_are_listed(folder):
    done = folder.run("rule")
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(all_rules())
    assert all(line == line.rstrip() for line in done.stdout.splitlines())


def test_the_beginning_of_codes_lists_a_family(folder):
    listed = [line.split()[0] for line in folder.run("rule", "L1").stdout.splitlines()]
    assert listed == [code for code in all_rules() if code.startswith("L1")]
    assert len(listed) > 3


def test_all_rules_in_full(folder):
    text = folder.run("rule", "--all").stdout
    for rule in all_rules().values():
        assert f"{rule.code} {rule.name}\n\n{rule.summary}\n" in text


def test_json(folder):
    one = json.loads(folder.run("rule", "H003", "--output-format", "json").stdout)
    rule = all_rules()["H003"]
    assert one == {
        "code": "H003",
        "name": "skipped-level",
        "severity": "warning",
        "scope": "document",
        "fixable": rule.fixable,
        "optional": False,
        "summary": rule.summary,
        "explanation": rule.explanation,
        "bad": rule.example("Bad"),
        "good": rule.example("Good"),
    }
    for arguments in (["rule"], ["rule", "--all"]):
        listed = json.loads(folder.run(*arguments, "--output-format", "json").stdout)
        assert [rule["code"] for rule in listed] == list(all_rules())
        assert one in listed


def test_markdown_is_a_document_whose_examples_stay_in_their_fences(folder):
    text = folder.run("rule", "--all", "--output-format", "markdown").stdout
    document = parse(Source("rules.md", text))
    titles = [
        document.source.slice(node.content_span)
        for node in document.walk()
        if type(node).__name__ == "Heading" and node.level == 1
    ]
    assert titles == [f"{rule.name} ({rule.code})" for rule in all_rules().values()]


def test_a_table_in_markdown(folder):
    text = folder.run("rule", "--output-format", "markdown").stdout
    document = parse(Source("rules.md", text))
    rows = [node for node in document.walk() if type(node).__name__ == "TableRow"]
    assert len(rows) == len(all_rules()) + 1
    assert {len(row.children) for row in rows} == {5}


def test_an_unknown_rule(folder):
    done = folder.run("rule", "skiped-level")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "there is no rule 'skiped-level'; did you mean 'skipped-level'?" in done.stderr
