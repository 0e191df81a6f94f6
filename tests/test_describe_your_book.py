"""What docs/describe-your-book.md shows is what happens.

Each second-level heading starts with an empty folder.
"""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from conftest import ROOT
from console_blocks import chapters, follow
from mlsd_lint import typed
from mlsd_lint.config.types import FieldDeclaration, TypeDeclaration, kebab

PAGE = ROOT / "docs" / "describe-your-book.md"
CHAPTERS = chapters(PAGE)
_ROW = re.compile(r"^\| `(?P<name>[\w-]+)` \| (?P<about>.*) \|$", re.MULTILINE)


@pytest.mark.parametrize("title", [name for name, text in CHAPTERS.items() if "\n```" in text])
def test_every_block_is_true(title, tmp_path):
    follow(CHAPTERS[title], tmp_path)


def rows(title):
    return {row["name"]: row["about"] for row in _ROW.finditer(CHAPTERS[title])}


@pytest.mark.parametrize(
    ("title", "declaration"),
    [("Every key of a type", TypeDeclaration), ("Every key of a field", FieldDeclaration)],
)
def test_the_tables_have_every_key(title, declaration):
    keys = {kebab(one.name): one.metadata["description"] for one in fields(declaration)}
    assert {name: about.replace("\\|", "|") for name, about in rows(title).items()} == keys


def test_the_table_has_every_marker_and_class():
    assert sorted(rows("Every marker and class")) == sorted(typed.__all__)
