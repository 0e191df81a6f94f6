"""Which web addresses show a file of the checkout, and which something else."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.files import Disk
from mlsd_lint.own_repository import NOT_HOSTED, OwnRepository, hosted_place
from mlsd_lint.targets import Target, find, resolve
from mlsd_lint.workspace import Tree

BRANCHES = ("release/next", "feature/x", "master", "HEAD", "main")
OWN = OwnRepository(("github.com/ada/engine",), BRANCHES)
GITLAB = OwnRepository(("gitlab.com/group/sub/engine",), BRANCHES)
BLOB = "https://github.com/ada/engine/blob/main/"


@dataclass(frozen=True)
class Settings:
    dialect: str = "github"
    root: str = "book"
    asset_roots: tuple[str, ...] = ("static",)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (BLOB + "docs/x.md", "docs/x.md"),
        (BLOB + "docs/x.md?plain=1#L3", "docs/x.md"),
        (BLOB + "my%20file.md", "my file.md"),
        (BLOB + "docs/", "docs"),
        ("http://github.com/ada/engine/blob/main/x.md", "x.md"),
        ("//github.com/ada/engine/blob/main/x.md", "x.md"),
        ("HTTPS://WWW.GitHub.com/Ada/ENGINE/blob/main/X.md", "X.md"),
        ("https://github.com/ada/engine.git/blob/main/x.md", "x.md"),
        ("https://github.com/ada/engine/blob/HEAD/x.md", "x.md"),
        ("https://github.com/ada/engine/blob/master/x.md", "x.md"),
        ("https://github.com/ada/engine/blob/feature/x/docs/a.md", "docs/a.md"),
        ("https://github.com/ada/engine/blob/release%2Fnext/a.md", "a.md"),
        ("https://github.com/ada/engine/tree/main/docs", "docs"),
        ("https://github.com/ada/engine/tree/feature/x", ""),
        ("https://github.com/ada/engine/raw/main/i.png", "i.png"),
        ("https://github.com/ada/engine/raw/refs/heads/main/i.png", "i.png"),
        ("https://raw.githubusercontent.com/ada/engine/main/i.png", "i.png"),
        ("https://raw.githubusercontent.com/Ada/Engine/refs/heads/feature/x/i.png", "i.png"),
        ("https://github.com/ada/engine", ""),
        ("https://github.com/ada/engine/", ""),
        ("https://github.com/ada/engine#install", ""),
        ("https://github.com/ada/engine?tab=readme-ov-file#install", ""),
    ],
)
def test_pages_of_the_repository(value, path):
    assert hosted_place(value, OWN).path == path


@pytest.mark.parametrize(
    "value",
    [
        "https://github.com/ada/engine2/blob/main/x.md",
        "https://github.com/ada/engine-fork",
        "https://github.com/bob/engine/blob/main/x.md",
        "https://github.com/ada",
        "https://gist.github.com/ada/engine",
        "https://github.com.example.org/ada/engine",
        "https://example.org/?u=https://github.com/ada/engine/blob/main/x.md",
        "https://github.com/ada/engine/issues/1",
        "https://github.com/ada/engine/wiki",
        "https://github.com/ada/engine/actions/workflows/ci.yml/badge.svg",
        "https://github.com/ada/engine/blame/main/x.md",
        "https://github.com/ada/engine/blob/v1.0/x.md",
        "https://github.com/ada/engine/blob/mainline/x.md",
        "https://github.com/ada/engine/blob/Main/x.md",
        "https://github.com/ada/engine/blob/2f67694d5c0c0/x.md",
        "https://github.com/ada/engine/blob/feature/y/x.md",
        "https://github.com/ada/engine/src/branch/main/x.md",
        "https://github.com/ada/engine/blob/main/../x.md",
        "https://github.com/ada/engine/blob/main//x.md",
        "https://raw.githubusercontent.com/ada/engine/v1/i.png",
        "https://raw.githubusercontent.com/ada/engine",
        "mailto:ada@github.com",
        "ssh://git@github.com/ada/engine",
        "blob/main/x.md",
        "",
    ],
)
def test_what_is_no_page_of_the_checked_branch(value):
    assert hosted_place(value, OWN) is None


@pytest.mark.parametrize(
    ("value", "path", "raw"),
    [
        ("https://gitlab.com/group/sub/engine/-/blob/main/x.md#L10-20", "x.md", False),
        ("https://gitlab.com/group/sub/engine/-/tree/main/docs", "docs", False),
        ("https://gitlab.com/group/sub/engine/-/raw/main/x.png", "x.png", True),
        ("https://gitlab.com/Group/sub/engine/blob/main/x.md", "x.md", False),
        ("https://gitlab.com/group/sub/engine/src/branch/main/x.md", "x.md", False),
        ("https://gitlab.com/group/sub/engine/raw/branch/main/x.md", "x.md", True),
        ("https://gitlab.com/group/sub/engine/src/main/x.md", "x.md", False),
    ],
)
def test_other_hosts(value, path, raw):
    place = hosted_place(value, GITLAB)
    assert (place.path, place.raw, place.on_github) == (path, raw, False)


@pytest.mark.parametrize(
    "value", ["https://gitlab.com/group/sub", "https://gitlab.com/group/sub/x"]
)
def test_a_group_is_no_repository(value):
    assert hosted_place(value, GITLAB) is None


@pytest.mark.parametrize(
    ("value", "target"),
    [
        (BLOB + "x.md", Target(("x.md",), hosted=True)),
        (BLOB + "x.md#Set%20up", Target(("x.md",), "", "Set up", hosted=True)),
        (BLOB + "x.md?plain=1#L3", Target(("x.md",), "plain=1", "L3", hosted=True)),
        (BLOB + "x.md?raw=true#a", Target(("x.md",), "raw=true", None, hosted=True, raw=True)),
        (BLOB + "docs#readme", Target(("docs",), hosted=True)),
        (BLOB + "README.md#readme", Target(("README.md",), "", "readme", hosted=True)),
        ("https://github.com/ada/engine#use", Target(("",), "", "use", hosted=True)),
        (
            "https://github.com/ada/engine?tab=MIT-1-ov-file#x",
            Target(("",), "tab=MIT-1-ov-file", None, hosted=True),
        ),
        (
            "https://raw.githubusercontent.com/ada/engine/main/x.md#a",
            Target(("x.md",), hosted=True, raw=True),
        ),
    ],
)
def test_targets(value, target):
    assert resolve("docs/page.md", value, Settings(), OWN) == target


def test_anchors_of_another_renderer_are_not_promised():
    assert resolve("a.md", BLOB + "x.md#a", Settings(dialect="mkdocs"), OWN).fragment is None
    assert resolve("a.md", BLOB + "x.py#L3", Settings(dialect="mkdocs"), OWN).fragment == "L3"
    there = "https://gitlab.com/group/sub/engine/-/blob/main/x.md#a"
    assert resolve("a.md", there, Settings(), GITLAB).fragment is None


def test_templates_stay_templates():
    assert resolve("a.md", BLOB + "{{ page }}", Settings(), OWN) is None


def test_without_a_host_every_web_address_is_external():
    assert resolve("a.md", BLOB + "x.md", Settings(), NOT_HOSTED) is None
    assert resolve("a.md", BLOB + "x.md", Settings()) is None


def test_a_raw_address_shows_files_only(tmp_path):
    (tmp_path / "docs").mkdir()
    raw = resolve("a.md", "https://raw.githubusercontent.com/ada/engine/main/docs", Settings(), OWN)
    page = resolve("a.md", BLOB + "docs", Settings(), OWN)
    assert find(raw, Tree(Disk(tmp_path))) is None
    assert find(page, Tree(Disk(tmp_path))).path == "docs"


pieces = st.sampled_from(
    ["..", ".", "", "a", "b.md", "%2e%2e", "%2F", "ü", "a b", "?q", "#f", "L1"]
)


@given(
    st.sampled_from(["blob/main", "tree/feature/x", "raw/HEAD", "blob", ""]),
    st.lists(pieces, max_size=6).map("/".join),
)
def test_no_path_leaves_the_root(view, rest):
    place = hosted_place(f"https://github.com/ada/engine/{view}/{rest}", OWN)
    if place is not None:
        assert not place.path.startswith("/")
        assert not {"..", "."}.intersection(place.path.split("/"))


@given(st.text(max_size=40))
def test_any_text_shows_something_or_does_not(value):
    assert hosted_place(value, OWN) is None
    place = hosted_place(BLOB + value, OWN)
    assert place is None or place.on_github
