from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mlsd_lint.discovery.repository import git_root
from mlsd_lint.discovery.walk import Discovered, discover

EVERYTHING = ["*"]
MARKDOWN = ["**/*.md", "**/*.markdown"]
GIT_ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "XDG_CONFIG_HOME": os.devnull,
}

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_rights = pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 0)() == 0, reason="root may read everything"
)


def write(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    return root


def found(root: Path, *paths: Path, include=MARKDOWN, exclude=(), gitignore=True) -> list[str]:
    result = discover(root, include, exclude, gitignore, paths)
    return [relative(root, path) for path in result.files]


def relative(root: Path, path: str) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/")


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "core.ignoreCase=false", *arguments]
    done = subprocess.run(
        command, cwd=root, env=GIT_ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return done.stdout


def repository(root: Path, files: dict[str, str]) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q")
    return write(root, files)


def listed_by_git(root: Path) -> list[str]:
    listing = git(root, "ls-files", "-co", "-z", "--exclude-standard")
    return sorted(name for name in listing.split("\0") if name)


# --- globs of the settings ---


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        (MARKDOWN, ["README.md", "b/c.md", "b/d/e.markdown", "docs/a.md", "docs/deep/x.md"]),
        (["*.md"], ["README.md", "b/c.md", "docs/a.md", "docs/deep/x.md"]),
        (["/*.md"], ["README.md"]),
        (["README.md"], ["README.md"]),
        (["docs/*.md"], ["docs/a.md"]),
        (["docs"], ["docs/a.md", "docs/deep/x.md"]),
        (["docs/"], ["docs/a.md", "docs/deep/x.md"]),
        (["docs/**"], ["docs/a.md", "docs/deep/x.md"]),
        (["deep/"], ["docs/deep/x.md"]),
        (["/deep/"], []),
        (["**"], ["README.md", "b/c.md", "b/d/e.markdown", "docs/a.md", "docs/deep/x.md"]),
        (["**/deep/*.md"], ["docs/deep/x.md"]),
        (["docs/**/*.md", "!docs/deep/*.md"], ["docs/a.md"]),
        (["*.txt"], ["notes.txt"]),
        (["d[oa]cs/?.md"], ["docs/a.md"]),
        (["*.MD"], []),
    ],
)
def test_include(tmp_path, include, expected):
    names = ["README.md", "notes.txt", "docs/a.md", "docs/a.png", "docs/deep/x.md", "b/c.md"]
    write(tmp_path, dict.fromkeys([*names, "b/d/e.markdown"], ""))
    assert found(tmp_path, include=include) == expected


@pytest.mark.parametrize(
    ("exclude", "expected"),
    [
        (["docs"], ["a.md", "b/docs.md"]),
        (["docs/"], ["a.md", "b/docs.md"]),
        (["docs/**"], ["a.md", "b/docs.md"]),
        (["*.md", "!a.md"], ["a.md"]),
        (["b/docs.md"], ["a.md", "docs/x.md"]),
        (["docs.md"], ["a.md", "docs/x.md"]),
    ],
)
def test_exclude(tmp_path, exclude, expected):
    write(tmp_path, dict.fromkeys(["a.md", "b/docs.md", "docs/x.md"], ""))
    assert found(tmp_path, exclude=exclude) == expected


def test_a_folder_that_no_glob_can_reach_is_not_listed(tmp_path):
    write(tmp_path, dict.fromkeys(["content/deep/a.md", "huge/x/y/z.md"], ""))
    result = discover(tmp_path, ["content/**/*.md"], [], respect_gitignore=True)
    assert [relative(tmp_path, path) for path in result.directories] == [
        ".",
        "content",
        "content/deep",
    ]


# --- what is never walked ---


def test_folders_of_other_tools_are_left_out(tmp_path):
    write(
        tmp_path,
        dict.fromkeys(
            [
                "a.md",
                "node_modules/x/README.md",
                ".venv/lib/README.md",
                "my-environment/pyvenv.cfg",
                "my-environment/lib/README.md",
                "some-cache/CACHEDIR.TAG",
                "some-cache/README.md",
                ".git/description.md",
            ],
            "",
        ),
    )
    assert found(tmp_path, gitignore=False) == ["a.md"]


def test_a_cache_counts_by_its_marker_and_not_by_its_listing(tmp_path):
    write(tmp_path, {"a.md": "", "cache/CACHEDIR.TAG": "Signature"})
    result = discover(tmp_path, MARKDOWN, [], respect_gitignore=True)
    assert [relative(tmp_path, path) for path in result.directories] == ["."]
    assert result.ignore_files == {f"{tmp_path.as_posix()}/cache/CACHEDIR.TAG": b"Signature"}


def test_a_folder_that_is_named_is_walked_all_the_same(tmp_path):
    write(tmp_path, dict.fromkeys(["node_modules/x/README.md", "cache/CACHEDIR.TAG"], ""))
    write(tmp_path, {"cache/a.md": ""})
    assert found(tmp_path, tmp_path / "node_modules") == ["node_modules/x/README.md"]
    assert found(tmp_path, tmp_path / "cache") == ["cache/a.md"]


def test_symbolic_links(tmp_path):
    write(tmp_path, {"docs/a.md": "", "other/b.txt": ""})
    (tmp_path / "docs" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "docs" / "dir.md").symlink_to(tmp_path / "other", target_is_directory=True)
    (tmp_path / "docs" / "file.md").symlink_to(tmp_path / "other" / "b.txt")
    (tmp_path / "docs" / "dangling.md").symlink_to(tmp_path / "nowhere")
    expected = ["docs/a.md", "docs/dangling.md", "docs/file.md"]
    assert found(tmp_path) == expected
    assert found(tmp_path, tmp_path / "docs") == expected


# --- named paths ---


def test_a_named_file_is_taken_whatever_else_is_said(tmp_path):
    write(tmp_path, {".gitignore": "*.md\n", "a.md": "", "notes.txt": "", "drafts/b.md": ""})
    paths = [tmp_path / "a.md", tmp_path / "notes.txt", tmp_path / "drafts" / "b.md"]
    assert found(tmp_path, *paths, exclude=["drafts"]) == ["a.md", "drafts/b.md", "notes.txt"]


def test_a_path_named_twice_or_found_twice_comes_once(tmp_path):
    write(tmp_path, {"docs/a.md": ""})
    paths = [tmp_path / "docs", tmp_path / "docs" / "a.md", tmp_path / "docs" / ".." / "docs"]
    assert found(tmp_path, *paths) == ["docs/a.md"]


def test_relative_paths_start_at_the_working_directory(tmp_path, monkeypatch):
    write(tmp_path, {"docs/a.md": "", "b.md": ""})
    monkeypatch.chdir(tmp_path / "docs")
    assert found(tmp_path, Path("a.md"), Path("../b.md")) == ["b.md", "docs/a.md"]
    assert found(tmp_path, Path()) == ["docs/a.md"]


def test_a_path_that_does_not_exist_is_said_and_the_others_are_found(tmp_path):
    write(tmp_path, {"a.md": ""})
    result = discover(
        tmp_path,
        MARKDOWN,
        [],
        respect_gitignore=True,
        paths=[tmp_path / "gone.md", tmp_path / "a.md"],
    )
    assert result.files == (f"{tmp_path.as_posix()}/a.md",)
    assert result.unreadable == {f"{tmp_path.as_posix()}/gone.md": "it does not exist"}


def test_a_folder_outside_the_base_is_walked_with_globs_relative_to_it(tmp_path):
    write(tmp_path, {"book/a.md": "", "other/docs/b.md": "", "other/c.md": ""})
    base, other = tmp_path / "book", tmp_path / "other"
    assert found(base, other, include=["docs/*.md"]) == ["../other/docs/b.md"]


def test_globs_stay_relative_to_the_base_in_a_named_folder(tmp_path):
    write(tmp_path, {"docs/a.md": "", "docs/docs/b.md": ""})
    assert found(tmp_path, tmp_path / "docs", include=["docs/*.md"]) == ["docs/a.md"]


@needs_rights
def test_a_folder_that_cannot_be_listed_is_said(tmp_path):
    write(tmp_path, {"a.md": "", "closed/b.md": ""})
    (tmp_path / "closed").chmod(0)
    try:
        result = discover(tmp_path, MARKDOWN, [], respect_gitignore=True)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert [relative(tmp_path, path) for path in result.files] == ["a.md"]
    assert list(result.unreadable) == [f"{tmp_path.as_posix()}/closed"]


def test_no_files(tmp_path):
    assert discover(tmp_path, MARKDOWN, [], respect_gitignore=True) == Discovered(
        (), {}, {tmp_path.as_posix(): {}}, {}
    )


# --- what git ignores ---

ALL_NAMES = [
    "a.md", "b.md", "ab.md", "a b.md", "a.md ", "#a.md", "!a.md", "[a].md", "a-b.md", "A.md",
    "-.md", "].md", "^.md", ".hidden.md", "x/a.md", "x/b.md", "x/y/a.md", "x/y/z/a.md",
    "x/y/z/b.md", "build/a.md", "x/build/a.md", "y/a.md", "foo/a.md", "foo/bar/a.md",
    "foo/x/bar/a.md", "foo/x/y/bar/b.md", "foobar/a.md", "a*b.md", "1.md", "9.md",
]  # fmt: skip
NASTY = [
    "*.md", "a.md", "/a.md", "x/", "/x/", "x/*", "x/**", "**/a.md", "**/x/y", "x/**/a.md", "build",
    "build/", "/build", "!a.md", "!x/", "!/x/y/a.md", "x/y/", "*", "!*/", "!*.md", "/*", "!/x", "**",
    "**/", "/**", "/**/", "**/*", "x/**/", "foo/**/bar", "foo/**/bar/", "foo**/a.md", "foo/**bar/a.md",
    "foo*", "**foo", "foo**bar/a.md", "foo/***/bar", "***/a.md", "a b.md", "a.md ", "a.md\\ ",
    "a.md\\\\ ", "a.md\\", "\\#a.md", "#a.md", "\\!a.md", "!\\!a.md", "\\[a\\].md", "[[]a].md",
    "[a-b].md", "[!a].md", "[^a].md", "[]].md", "[]-].md", "[!]].md", "[b-a].md", "[a-].md",
    "[-a].md", "[a", "[", "[]", "[!]", "[^].md", "[\\^].md", "[a-a-b].md", "[[:alpha:]].md",
    "[[:digit:]].md", "[[:nope:]].md", "[[:alpha].md", "[[:upper:][:digit:]].md", "[![:lower:]].md",
    "[\\]].md", "[\\a-b].md", "?.md", "??.md", "?/a.md", "x?y/a.md", "x[/]y/a.md", "*/a.md",
    "*/*/a.md", "/", "//", "!", "!/", "x//a.md", "//a.md", "./a.md", "../a.md", "x/../a.md",
    "A.md", "*.MD", "\t", " ", " a.md", "a\\*b.md", "a*b.md", ".*", ".*.md",
    "x/y/z", "!x/y/z/", "x/*/z", "x/*\\/a.md", "x/**\\/a.md", "**\\/a.md", "foo/**/**/bar", "**/**/a.md",
    "foo/*bar", "foo/*/*", "a.md/", "*.md/", "*/", "[x]/a.md", "y/[a].md", "\\a.md", "\\x/a.md",
    "x\\/a.md", "\\*", "*\\", "x/\\", "a?.md\r", "\ufeffa.md",
]  # fmt: skip


@pytest.fixture(scope="module")
def reused_repository():
    with tempfile.TemporaryDirectory() as folder:
        yield repository(Path(folder) / "repo", dict.fromkeys(ALL_NAMES, ""))


def as_git_sees_it(root: Path, ignore_files: dict[str, str]) -> None:
    write(root, ignore_files)
    try:
        assert found(root, include=EVERYTHING) == listed_by_git(root)
    finally:
        for name in ignore_files:
            (root / name).unlink()


@needs_git
@pytest.mark.parametrize("pattern", NASTY)
def test_each_pattern_ignores_what_git_ignores(reused_repository, pattern):
    as_git_sees_it(reused_repository, {".gitignore": f"{pattern}\n"})
    as_git_sees_it(reused_repository, {"x/.gitignore": pattern})
    as_git_sees_it(reused_repository, {".gitignore": f"*\n!*/\n!{pattern}\n"})


@needs_git
@pytest.mark.parametrize("pattern", ["é.md", "caf*/", "café/é.md", "*é*"])
def test_names_that_are_not_ascii(tmp_path, pattern):
    root = repository(tmp_path, dict.fromkeys(["café/é.md", "x/é.md"], ""))
    as_git_sees_it(root, {".gitignore": pattern})


def test_a_question_mark_stands_for_one_code_point(tmp_path):
    write(tmp_path, {".gitignore": "?.md\n", "é.md": "", "ab.md": ""})
    assert found(tmp_path) == ["ab.md"]


lines = st.lists(st.sampled_from(NASTY), max_size=5).map("\n".join)
pieces = [
    "*",
    "**",
    "?",
    "/",
    "a",
    "b",
    ".md",
    "x",
    "y",
    "[ab]",
    "[!a]",
    "!",
    "\\",
    " ",
    "foo",
    "bar",
]
made_up = st.lists(st.sampled_from(pieces), max_size=7).map("".join)
ignore_text = st.one_of(lines, st.lists(made_up, max_size=4).map("\n".join))


@needs_git
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.dictionaries(
        st.sampled_from(
            [".gitignore", "x/.gitignore", "x/y/.gitignore", "foo/.gitignore", ".git/info/exclude"]
        ),
        ignore_text,
        max_size=4,
    )
)
@example({".gitignore": "x/\n!x/y/a.md", "x/.gitignore": "!a.md"})
@example({".gitignore": "*\n!*/\n!x/y/*", "x/y/.gitignore": "a.md"})
@example({".git/info/exclude": "a.md", ".gitignore": "!/x/a.md"})
def test_ignore_files_together_ignore_what_git_ignores(reused_repository, ignore_files):
    as_git_sees_it(reused_repository, ignore_files)


@needs_git
def test_in_a_folder_of_a_repository_what_stands_above_counts(tmp_path):
    ignores = {".gitignore": "drafts/\nsecret.md\n/docs/only.md\n", "docs/.gitignore": "!secret.md"}
    names = [
        "docs/a.md",
        "docs/only.md",
        "docs/secret.md",
        "docs/drafts/x.md",
        "docs/sub/secret.md",
    ]
    root = repository(tmp_path, {**dict.fromkeys(names, ""), **ignores})
    docs = root / "docs"
    assert found(docs) == ["a.md", "secret.md", "sub/secret.md"]
    assert found(docs, docs / "sub") == ["sub/secret.md"]
    result = discover(docs, MARKDOWN, [], respect_gitignore=True, paths=[docs / "sub"])
    assert [relative(root, path) for path in result.ignore_files] == [
        ".git/info/exclude",
        ".gitignore",
        "docs/.gitignore",
    ]


@needs_git
def test_an_ignore_file_above_that_is_not_there_yet_is_remembered(tmp_path):
    root = repository(tmp_path, {"docs/a.md": ""})
    result = discover(root / "docs", MARKDOWN, [], respect_gitignore=True)
    assert result.ignore_files[f"{root.as_posix()}/.gitignore"] is None


@needs_git
def test_ignored_folders_are_not_listed(tmp_path):
    root = repository(tmp_path, {".gitignore": "/out/\n", "out/deep/a.md": "", "b.md": ""})
    result = discover(root, MARKDOWN, [], respect_gitignore=True)
    assert [relative(root, path) for path in result.directories] == ["."]
    assert found(root, gitignore=False) == ["b.md", "out/deep/a.md"]


@needs_git
def test_another_repository_inside_is_left_out_as_git_does(tmp_path):
    root = repository(tmp_path, {"a.md": ""})
    repository(root / "vendor" / "theme", {"b.md": ""})
    assert found(root) == ["a.md"]
    assert found(root, root / "vendor" / "theme") == ["vendor/theme/b.md"]


@needs_git
def test_repositories_below_a_folder_that_is_none_have_their_own_rules(tmp_path):
    write(tmp_path, {".gitignore": "a.md\n", "a.md": "", "c/a.md": ""})
    repository(tmp_path / "one", {".gitignore": "b.md\n", "a.md": "", "b.md": ""})
    assert found(tmp_path) == ["one/a.md"]


@needs_git
def test_a_linked_work_tree_reads_the_excludes_of_its_repository(tmp_path):
    root = repository(tmp_path / "main", {"a.md": "", "b.md": ""})
    git(root, "add", "a.md")
    git(root, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x")
    write(root, {".git/info/exclude": "b.md\n"})
    git(root, "worktree", "add", "-q", str(tmp_path / "linked"))
    linked = write(tmp_path / "linked", {"b.md": "", "c.md": ""})
    assert found(linked) == ["a.md", "c.md"] == listed_by_git(linked)


def test_git_root(tmp_path):
    write(tmp_path, {".git/HEAD": "ref: refs/heads/main\n", "a/b/c.md": ""})
    assert git_root(tmp_path / "a" / "b") == tmp_path
    assert git_root(tmp_path) == tmp_path
    write(tmp_path, {"a/.git": "gitdir: ../elsewhere\n"})
    assert git_root(tmp_path / "a" / "b") == tmp_path / "a"


def test_an_empty_git_folder_makes_no_repository(tmp_path):
    (tmp_path / ".git").mkdir()
    assert git_root(tmp_path) is None or git_root(tmp_path) in tmp_path.parents


# --- what a result depends on ---


def test_every_folder_that_was_listed_is_given_with_its_names(tmp_path):
    write(tmp_path, {"a.md": "", "docs/b.txt": "", "docs/deep/c.md": ""})
    (tmp_path / "link").symlink_to(tmp_path / "docs", target_is_directory=True)
    result = discover(tmp_path, MARKDOWN, [], respect_gitignore=True)
    assert {relative(tmp_path, path): names for path, names in result.directories.items()} == {
        ".": {"a.md": False, "docs": True, "link": True},
        "docs": {"b.txt": False, "deep": True},
        "docs/deep": {"c.md": False},
    }
