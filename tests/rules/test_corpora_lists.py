"""What the rules of lists, HTML and fences say of real lists, each finding looked at by a person."""

from collections import Counter
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest

from mlsd_lint.document import List, ListItem
from mlsd_lint.fixes.applying import apply, outside_unchanged
from mlsd_lint.markdown import parse
from mlsd_lint.rules.numbering import list_numbering
from mlsd_lint.source import Source
from projects import diagnose

RULES = "M001,M002,M003,M004,M005"
REPEATED = {58: 6, 162: 11, 174: 7, 185: 17, 190: 21, 227: 57, 238: 67, 549: 38, 603: 15, 643: 1}


@cache
def found_in(shared, corpus):
    with TemporaryDirectory() as folder:
        return tuple(diagnose(copytree(shared / "corpora" / corpus, Path(folder) / corpus), RULES))


def test_repeated_numbers_are_found_where_they_are(shared):
    found = {
        one.start.line: one
        for one in found_in(shared, "applied-ml")
        if (one.path, one.code) == ("README.md", "M003")
    }
    assert set(found) == set(REPEATED)
    for line, number in REPEATED.items():
        assert found[line].start.column == 1
        assert found[line].message.startswith(
            f"number {number} is used again, line {line - 1} has it too"
        )


def test_a_lost_marker_is_found_in_a_translation(shared):
    (found,) = found_in(shared, "system-design-primer")
    assert (found.path, found.start, found.code) == ("README-zh-TW.md", (1518, 1), "M002")
    assert found.excerpt.text.startswith("*在傳輸")


@pytest.mark.parametrize(
    ("corpus", "expected"),
    [
        ("applied-ml", {("M003", "README.md"): 10}),
        ("awesome-production-machine-learning", {}),
        ("system-design-primer", {("M002", "README-zh-TW.md"): 1}),
    ],
)
def test_nothing_else_is(shared, corpus, expected):
    assert Counter((one.code, one.path) for one in found_in(shared, corpus)) == expected


def test_renumbering_mends_every_list_and_nothing_else(shared):
    text = (shared / "corpora/applied-ml/README.md").read_bytes().decode("utf-8")
    fixes = [one.fix for one in found_in(shared, "applied-ml") if one.code == "M003"]
    assert all(fix is not None and fix.safe for fix in fixes)
    mended = apply(text, fixes)
    assert len(mended.fixes) == len(REPEATED)
    assert outside_unchanged(text, mended.text, mended.edits)
    document = parse(Source("README.md", mended.text))
    assert list(list_numbering(document)) == []
    for one in document.of(List):
        items = [item for item in one.children if isinstance(item, ListItem)]
        if one.start is not None:
            assert [item.number for item in items] == list(range(1, len(items) + 1))
