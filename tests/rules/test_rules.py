"""Every rule's own examples, and every fixture folder.

A folder in `fixtures/` is named `CODE-name`. It holds Markdown and whatever else the rule looks
at, and `expected.txt`: what exactly that one rule says of it, `path:line:column CODE message`.
What became of external links stands in `tests/judgements.py`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from judgements import JUDGEMENTS
from mlsd_lint.registry import all_rules, example_files
from projects import concise, diagnose, write_files

FIXTURES = Path(__file__).parent / "fixtures"
RULES = [rule for rule in all_rules().values() if rule.scope != "engine"]
FOLDERS = sorted(path for path in FIXTURES.iterdir() if path.is_dir())


def found(folder, code):
    """What one rule says of a folder; a rule about external links knows what became of them."""
    online = all_rules()[code].scope == "online"
    return diagnose(folder, code, judgements=JUDGEMENTS if online else None)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_bad_example_is_found(rule, tmp_path):
    write_files(tmp_path, example_files(rule.example("Bad")))
    assert {one.code for one in found(tmp_path, rule.code)} == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_good_example_is_not(rule, tmp_path):
    write_files(tmp_path, example_files(rule.example("Good")))
    assert found(tmp_path, rule.code) == []


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)
def test_documentation_is_complete(rule):
    assert rule.summary.endswith(".")
    assert rule.explanation
    if rule.scope != "engine":
        assert rule.example("Bad")
        assert rule.example("Good")


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.scope == "online"], ids=lambda rule: rule.code
)
def test_a_rule_about_external_links_says_nothing_offline(rule, tmp_path):
    write_files(tmp_path, example_files(rule.example("Bad")))
    assert diagnose(tmp_path, rule.code) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_fixture(folder, tmp_path):
    code, _, name = folder.name.partition("-")
    assert all_rules()[code].name == name
    copy = tmp_path / "project"
    shutil.copytree(folder, copy, symlinks=True)
    assert concise(found(copy, code)) == (folder / "expected.txt").read_text("utf-8")


def test_every_rule_has_a_fixture():
    assert {rule.code for rule in RULES} == {folder.name.partition("-")[0] for folder in FOLDERS}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_fixes_of_the_bad_example_mend_it(rule, tmp_path):
    from mlsd_lint.fixes.applying import apply

    files = example_files(rule.example("Bad"))
    write_files(tmp_path, files)
    fixes: dict[str, list] = {}
    for one in found(tmp_path, rule.code):
        if one.fix:
            fixes.setdefault(one.path, []).append(one.fix)
    assert bool(fixes) <= rule.fixable
    for path, some in fixes.items():
        before = len(found(tmp_path, rule.code))
        text = (tmp_path / path).read_bytes().decode("utf-8")
        write_files(tmp_path, {path: apply(text, some).text})
        assert len(found(tmp_path, rule.code)) < before


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_a_rule_says_is_written_alike(rule, tmp_path):
    write_files(tmp_path, example_files(rule.example("Bad")))
    for one in found(tmp_path, rule.code):
        assert not one.message.endswith("."), "a message is a clause"
        if one.help:
            assert one.help.endswith("."), "advice is a sentence"
            assert one.help[0].isupper()
        if one.fix:
            assert one.fix.message[0].isupper(), "a fix is named by what it does"
            assert not one.fix.message.endswith(".")
