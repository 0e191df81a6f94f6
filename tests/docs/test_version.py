"""Every page names the version that it comes with."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from mlsd_lint import __version__

NAMED = re.compile(r"(?:mlsd-lint@|rev: )v(\S+)")
PAGES = [
    one for one in sorted((ROOT / "docs").glob("*.md")) if NAMED.search(one.read_text("utf-8"))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_this_version(page):
    assert set(NAMED.findall(page.read_text("utf-8"))) == {__version__}


def test_whoever_makes_a_release_is_told_where():
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    release = guide[guide.index("## Making a release") :].split("\n## ")[0]
    assert set(re.findall(r"\(docs/(\w[\w-]*\.md)\)", release)) == {page.name for page in PAGES}
