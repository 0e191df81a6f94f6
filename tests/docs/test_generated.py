"""The pages that are written by `make docs` are what it would write today."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tomllib
from xml.etree import ElementTree as ET

import pytest

from conftest import ROOT
from mlsd_lint.commands.rule import SCOPES
from mlsd_lint.config.settings import Configuration, plain
from mlsd_lint.config.validation import validate
from mlsd_lint.registry import all_rules

sys.path.insert(0, str(ROOT / "docs"))
import generate
import rules_page
import terminal_picture

DOCS = ROOT / "docs"
RULES = (DOCS / "rules.md").read_text("utf-8")
SETTINGS = (DOCS / "configuration.md").read_text("utf-8")
PICTURE = (DOCS / "terminal.svg").read_text("utf-8")
SVG = "{http://www.w3.org/2000/svg}"
CHARACTER = 12.2  # the width of one, in units of the picture


@pytest.mark.parametrize("name", ["rules.md", "configuration.md"])
def test_a_page_is_as_make_docs_would_write_it(name):
    assert (DOCS / name).read_text("utf-8") == generate.PAGES[name](), "run `make docs`"


def test_every_rule_is_there_with_all_it_says():
    for rule in all_rules().values():
        heading = f"### {rule.code} {rule.name}\n"
        chapter = re.search(rf"^{heading}(.*?)(?=^###? [A-Z]|\Z)", RULES, re.MULTILINE | re.DOTALL)
        assert chapter, rule.code
        assert rule.summary in chapter[1]
        assert rule.explanation in chapter[1]
        assert SCOPES[rule.scope] in chapter[1]
        assert ("`--fix` often mends it" in chapter[1]) is rule.fixable
        assert ("only where its own code" in chapter[1]) is rule.optional
        assert f"](#{rules_page.anchor(rule)})" in RULES


def keys(values, table=""):
    for key, value in values.items():
        if key in {"links", "prose"} or f"{table}{key}" == "prose.languagetool":
            yield from keys(value, f"{table}{key}.")
        else:
            yield f"{table}{key}"


def test_every_setting_is_there():
    described = re.findall(r"^### (\S+)$", SETTINGS, re.MULTILINE)
    assert set(keys(plain(Configuration()))) <= set(described)
    assert len(described) == len(set(described))


def test_what_is_written_as_it_is_stands_in_code():
    """No prose is read there, and nobody takes a value for words that describe one."""
    described = re.findall(r"^Type: (?!a |true or false)(.*?)\. Default", SETTINGS, re.MULTILINE)
    assert len(described) > 3
    assert all(re.fullmatch(r"(?:`[a-z-]+`(?:, | or |$))+", one) for one in described)


def test_every_example_is_valid():
    blocks = re.findall(r"^```toml\n(.*?)^```", SETTINGS, re.DOTALL | re.MULTILINE)
    assert len(blocks) > 40
    for block in blocks:
        written = tomllib.loads(block)
        written = written.get("tool", {}).get("mlsd-lint", written)
        if "types" not in written:  # its example names a model that is nowhere
            validate(written)


def lines_of(picture):
    """The text of a picture by line, each piece in the column where it is drawn."""
    pieces = [
        (float(one.get("y")), round(float(one.get("x")) / CHARACTER), one.text or "")
        for one in ET.fromstring(picture).iter(f"{SVG}text")  # noqa: S314  # our own file
        if one.get("class", "").startswith("terminal-r")
    ]
    lines: dict[float, str] = {}
    for line, column, text in sorted(pieces):
        lines[line] = lines.get(line, "").ljust(column) + text
    return [html.unescape(one).replace("\xa0", " ").rstrip() for one in lines.values()]


def test_the_picture_shows_what_is_printed():
    printed = re.sub(r"\x1b\[[0-9;]*m", "", terminal_picture.printed())
    shown = lines_of(PICTURE)
    assert shown[0] == f"$ {terminal_picture.COMMAND}"
    assert [line for line in shown[1:] if line] == [line for line in printed.splitlines() if line]


def test_the_picture_has_the_colors_of_today():
    assert PICTURE.count("terminal-r") == terminal_picture.terminal_picture().count("terminal-r")


def test_the_picture_loads_nothing():
    assert "url(http" not in PICTURE
    assert '"http' not in PICTURE.replace("http://www.w3.org", "")


def test_make_docs_writes_them(tmp_path):
    for page in DOCS.glob("*.py"):
        (tmp_path / page.name).write_text(page.read_text("utf-8"), "utf-8")
    subprocess.run([sys.executable, tmp_path / "generate.py"], check=True)
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix in {".md", ".svg"}) == [
        "configuration.md",
        "rules.md",
        "terminal.svg",
    ]
