import posixpath
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint import targets
from mlsd_lint.files import Disk
from mlsd_lint.targets import Target, resolve
from mlsd_lint.workspace import Entry, Tree


@dataclass(frozen=True)
class Settings:
    dialect: str = "github"
    root: str = ""
    asset_roots: tuple[str, ...] = ()
    index_files: tuple[str, ...] = ("README.md", "index.md")


PLAIN = Settings()


@pytest.mark.parametrize(
    "value",
    [
        "https://example.org/x",
        "HTTP://EXAMPLE.ORG",
        "ftp://example.org/x",
        "mailto:someone@example.org",
        "tel:+4930123",
        "data:image/png;base64,AAAA",
        "vscode:extension/x",
        "//example.org/x",
        "http://münchen.de",
        "http://h/{id}",
        "",
        "   ",
    ],
)
def test_what_is_not_in_the_repository(value):
    assert resolve("docs/page.md", value, PLAIN) is None


@pytest.mark.parametrize(
    "value",
    [
        "{{ site.url }}/x",
        "{{site.baseurl}}/x#y",
        "${BASE}/x",
        "/users/{id}",
        "<%= root %>/x",
        "<?= $root ?>/x",
        "%BASE%/x",
        "%APP_ROOT%x.md",
        "{% link _posts/x.md %}",
        "{% url 'x' %}",
        "{{ broken",
    ],
)
def test_templates_are_left_alone(value):
    assert targets.is_template(value)
    assert resolve("docs/page.md", value, PLAIN) is None


@pytest.mark.parametrize(
    "value",
    [
        "%E4%BD%A0%E5%A5%BD.md",
        "100%25%20sure.md",
        "#%EF%B8%8F-warning",
        "a%20b.md",
        "50%-off.md",
        "%DE%AD%BE%EF",
        "x.md#%e2%9a%a0%ef%b8%8f-a",
    ],
)
def test_percent_encoding_is_no_template(value):
    assert not targets.is_template(value)
    assert resolve("page.md", value, PLAIN) is not None


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("other.md", "docs/other.md"),
        ("./other.md", "docs/other.md"),
        ("../README.md", "README.md"),
        ("sub/../other.md", "docs/other.md"),
        ("my%20file.md", "docs/my file.md"),
        ("my file.md", "docs/my file.md"),
        ("%2e%2e/x.md", "x.md"),
        ("a+b.md", "docs/a+b.md"),
        ("c%23.md", "docs/c#.md"),
        ("%E4%BD%A0.md", "docs/你.md"),
        ("/README.md", "README.md"),
        ("/../x.md", "x.md"),
        ("/../../x.md", "x.md"),
        ("/docs/./a//b.md", "docs/a/b.md"),
        ("/", ""),
        (".", "docs"),
        ("..", ""),
    ],
)
def test_paths(value, path):
    target = resolve("docs/page.md", value, PLAIN)
    assert target.candidates == (path,)
    assert not target.itself
    assert not target.outside


@pytest.mark.parametrize(
    ("value", "query", "fragment"),
    [
        ("#", "", ""),
        ("#top", "", "top"),
        ("#a%20b", "", "a b"),
        ("#%EF%B8%8F-warning", "", "\ufe0f-warning"),
        ("#a#b", "", "a#b"),
        ("?plain=1#L3", "plain=1", "L3"),
        ("?plain=1", "plain=1", None),
    ],
)
def test_places_in_the_page_itself(value, query, fragment):
    assert resolve("docs/page.md", value, PLAIN) == Target(
        ("docs/page.md",), query, fragment, itself=True
    )


def test_query_and_fragment_are_no_part_of_the_path():
    target = resolve("page.md", "README.md?plain=1#L3", PLAIN)
    assert target == Target(("README.md",), "plain=1", "L3")


def test_no_fragment_is_not_an_empty_one():
    assert resolve("page.md", "x.md", PLAIN).fragment is None
    assert resolve("page.md", "x.md#", PLAIN).fragment == ""


@pytest.mark.parametrize("value", ["sub/", "sub/.", ".", "..", "./", "/", "/sub/"])
def test_a_directory_is_named_by_its_slash(value):
    assert resolve("docs/page.md", value, PLAIN).directory


@pytest.mark.parametrize("value", ["../../x.md", "../..", "..%2f..%2fx.md", "../../../etc"])
def test_outside(value):
    target = resolve("docs/deep.md", "../" + value, PLAIN)
    assert target is None or target.outside


def test_outside_has_no_candidate():
    assert resolve("docs/page.md", "../../x.md", PLAIN) == Target((), outside=True)


@pytest.mark.parametrize(
    ("page", "value"),
    [
        ("README.md", "../../issues"),
        ("README.md", "../../issues/12"),
        ("README.md", "../../wiki/Home#x"),
        ("README.md", "../../tree/main/docs"),
        ("docs/page.md", "../../../releases/latest"),
        ("README.md", "../.."),
    ],
)
def test_pages_of_the_repositorys_host(page, value):
    assert resolve(page, value, PLAIN) is None


@pytest.mark.parametrize("value", ["../issues", "../../../issues", "../../notes.md"])
def test_what_only_looks_like_a_page_of_the_host(value):
    assert resolve("README.md", value, PLAIN).outside


def test_configured_root():
    settings = Settings(root="site/content")
    assert resolve("site/content/a.md", "/x.md", settings).candidates == ("site/content/x.md",)
    assert resolve("site/content/a.md", "/../x.md", settings).candidates == ("site/content/x.md",)
    assert resolve("site/content/a.md", "x.md", settings).candidates == ("site/content/x.md",)


def test_asset_roots_are_tried_after_the_place_itself():
    settings = Settings(asset_roots=("build/site", "static/"))
    assert resolve("content/a.md", "images/x.png", settings).candidates == (
        "content/images/x.png",
        "build/site/images/x.png",
        "static/images/x.png",
    )
    assert resolve("content/a.md", "/images/x.png", settings).candidates == (
        "images/x.png",
        "build/site/images/x.png",
        "static/images/x.png",
    )


def test_what_leaves_the_page_may_be_in_an_asset_root():
    settings = Settings(asset_roots=("build/site",))
    target = resolve("a.md", "../images/x.png", settings)
    assert target.outside
    assert target.candidates == ("build/images/x.png",)


def test_a_rendered_page_stands_for_its_source_but_not_on_github():
    book = Settings(dialect="pandoc", asset_roots=("static",))
    assert resolve("src/a.md", "b.html#x", book).candidates == (
        *("src/b.html", "src/b.md"),
        *("static/b.html", "static/b.md"),
    )
    assert resolve("src/a.md", "/b.html", book).candidates[:2] == ("b.html", "b.md")
    assert resolve("src/a.md", "b.html", PLAIN).candidates == ("src/b.html",)


parts = st.sampled_from(["..", ".", "", "a", "b.md", "%2e%2e", "%2F", "ü", "a b", "?q", "#f"])


@given(st.lists(parts, max_size=8).map("/".join), st.sampled_from(["p.md", "d/p.md", "d/e/p.md"]))
def test_no_candidate_leaves_the_root(value, page):
    target = resolve(page, value, Settings(asset_roots=("s", "t/u")))
    if target is None:
        return
    for candidate in target.candidates:
        assert candidate == "" or candidate == posixpath.normpath(candidate)
        assert not candidate.startswith(("/", "../"))
        assert candidate not in {".", ".."}


@given(st.text(max_size=30))
def test_any_text_resolves_or_does_not(value):
    target = resolve("docs/page.md", value, PLAIN)
    assert target is None or target.outside or target.candidates


@pytest.fixture
def tree(tmp_path):
    for name in ("README.md", "docs/index.md", "docs/Setup.md", "static/x.png", "empty/.keep"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("", encoding="utf-8")
    return Tree(Disk(tmp_path))


@pytest.mark.parametrize(
    ("value", "entry"),
    [
        ("README.md", Entry("README.md", is_directory=False)),
        ("readme.md", Entry("README.md", is_directory=False)),
        ("README.md/", None),
        ("DOCS/setup.md", Entry("docs/Setup.md", is_directory=False)),
        ("docs", Entry("docs", is_directory=True)),
        ("docs/", Entry("docs", is_directory=True)),
        (".", Entry("", is_directory=True)),
        ("docs/nope.md", None),
        ("README.md/x", None),
        ("x.png", Entry("static/x.png", is_directory=False)),
        ("\0.md", None),
        ("a\\b.md", None),
        ("x" * 5000, None),
    ],
)
def test_find(tree, value, entry):
    target = resolve("page.md", value, Settings(asset_roots=("static",)))
    assert targets.find(target, tree) == entry


def test_the_right_case_in_an_asset_root_comes_before_the_wrong_one(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.png").touch()
    (tmp_path / "A.png").touch()
    target = resolve("page.md", "a.png", Settings(asset_roots=("static",)))
    assert targets.find(target, Tree(Disk(tmp_path))) == Entry("static/a.png", is_directory=False)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("docs", "docs/index.md"), (".", "README.md"), ("empty", None), ("x.png", "static/x.png")],
)
def test_shown_file(tree, value, shown):
    settings = Settings(asset_roots=("static",))
    entry = targets.find(resolve("page.md", value, settings), tree)
    assert targets.shown_file(entry, tree, settings) == shown


@pytest.mark.parametrize(
    "words",
    ["https://example.org", "www.example.org/x", "mailto:a@b.c", "#setup", "../x", "/x", "a/b.md",
     "x.md#y", "images/x.PNG"],
)  # fmt: skip
def test_what_looks_like_an_address(words):
    assert targets.looks_like_address(words)


@pytest.mark.parametrize(
    "words", ["see", "p.4", "12", "x, y", "#", "a b.md", "e.g.", "and/or", "y"]
)
def test_what_does_not_look_like_an_address(words):
    assert not targets.looks_like_address(words)
