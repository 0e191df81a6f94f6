"""Links to lines of what is checked: in a run on GitHub, and from what git's files say."""

import json
import os
import shutil
import subprocess

import pytest

from mlsd_lint.discovery.commit import source_links
from mlsd_lint.discovery.hosting import hosting
from mlsd_lint.source_links import SourceLinks

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
HEAD, MERGE, LAST = "1" * 40, "2" * 40, "3" * 40
ENGINE = "https://github.com/Ada/Engine/blob"


@pytest.fixture(autouse=True)
def _outside_ci(monkeypatch):
    for name in ("SERVER_URL", "REPOSITORY", "WORKSPACE", "BASE_REF", "SHA", "REF", "EVENT_PATH"):
        monkeypatch.delenv(f"GITHUB_{name}", raising=False)


@pytest.fixture
def run(monkeypatch):
    """A function that sets what CI says."""

    def says(**variables):
        known = {"REPOSITORY": "Ada/Engine", "SERVER_URL": "https://github.com", "SHA": MERGE}
        for name, value in {**known, **variables}.items():
            monkeypatch.setenv(f"GITHUB_{name}", str(value))

    return says


def checkout(folder, remote="git@github.com:ada/engine.git", head=HEAD):
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    (folder / ".git/HEAD").write_text(f"{head}\n")
    (folder / ".git/config").write_text(f'[remote "origin"]\n\turl = {remote}\n' if remote else "")
    return folder


def links(root, setting=None):
    return source_links(root, hosting(root, setting).repository).links


def event(folder, content):
    file = folder / "event.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def test_of_a_push_they_are_those_of_the_commit(tmp_path, run):
    run(WORKSPACE=tmp_path, REF="refs/heads/main")
    assert links(checkout(tmp_path, remote="")) == SourceLinks(ENGINE, MERGE)


def test_of_a_pull_request_they_are_those_of_its_last_commit(tmp_path, run):
    file = event(tmp_path, {"pull_request": {"head": {"sha": LAST}}})
    run(WORKSPACE=tmp_path, REF="refs/pull/7/merge", EVENT_PATH=file)
    found = source_links(tmp_path, hosting(tmp_path, None).repository)
    assert found.links == SourceLinks(ENGINE, LAST)
    assert str(file) in found.seen


def test_what_pull_request_target_checks_out_is_not_the_pull_request(tmp_path, run):
    file = event(tmp_path, {"pull_request": {"head": {"sha": LAST}}})
    run(WORKSPACE=tmp_path, REF="refs/heads/main", EVENT_PATH=file)
    assert links(tmp_path) == SourceLinks(ENGINE, MERGE)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        '{"pull_request": null}',
        {"pull_request": {"head": {"sha": 7}}},
        {"pull_request": {"head": {"sha": "x](y)"}}},
    ],
    ids=["empty", "no JSON", "deep", "a list", "null", "a number", "no commit"],
)
def test_an_event_that_does_not_say_it_leaves_the_merge(content, tmp_path, run):
    run(REF="refs/pull/7/merge", EVENT_PATH=event(tmp_path, content))
    assert links(tmp_path) == SourceLinks(ENGINE, MERGE)


def test_an_event_file_that_is_not_there_leaves_the_merge(tmp_path, run):
    run(REF="refs/pull/7/merge", EVENT_PATH=tmp_path / "none.json")
    assert links(tmp_path) == SourceLinks(ENGINE, MERGE)


def test_a_server_of_its_own(tmp_path, run):
    run(SERVER_URL="https://git.example.org:8443/", WORKSPACE=tmp_path)
    expected = SourceLinks("https://git.example.org:8443/Ada/Engine/blob", MERGE)
    assert links(tmp_path) == expected


def test_another_repository_in_a_run_has_its_own_links(tmp_path, run):
    run(WORKSPACE=tmp_path / "elsewhere")
    other = checkout(tmp_path / "other", "https://github.com/grace/compiler")
    assert links(other) == SourceLinks("https://github.com/grace/compiler/blob", HEAD)
    assert links(checkout(tmp_path / "made", remote="")) is None


def test_the_same_repository_in_another_folder_of_the_run(tmp_path, run):
    run(WORKSPACE=tmp_path)
    assert links(checkout(tmp_path / "path")) == SourceLinks(ENGINE, MERGE)


@pytest.mark.parametrize(
    ("name", "value"),
    [("SHA", "HEAD"), ("SHA", "../x"), ("REPOSITORY", "a/b)c"), ("SERVER_URL", "javascript:x")],
)
def test_variables_that_are_something_else_are_not_used(name, value, tmp_path, run):
    run(WORKSPACE=tmp_path, **{name: value})
    assert links(checkout(tmp_path)) == SourceLinks("https://github.com/ada/engine/blob", HEAD)


@pytest.mark.parametrize(
    ("remote", "pages"),
    [
        ("git@github.com:Ada/engine.git", "https://github.com/ada/engine/blob"),
        ("https://gitlab.com/a/b/engine.git", "https://gitlab.com/a/b/engine/-/blob"),
        ("https://github.example.org/ada/engine", "https://github.example.org/ada/engine/blob"),
        ("https://codeberg.org/ada/engine", None),
        ("https://github.com/ada/x) [y](z", None),
        ("../engine.git", None),
        ("", None),
    ],
)
def test_elsewhere_they_are_those_of_a_host_that_is_known(remote, pages, tmp_path):
    assert links(checkout(tmp_path, remote)) == (SourceLinks(pages, HEAD) if pages else None)


def test_a_repository_that_is_nowhere_has_none(tmp_path):
    assert links(checkout(tmp_path), setting="") is None
    assert links(tmp_path / "no repository") is None


@pytest.mark.parametrize("head", ["", "ref: refs/heads/unborn", "ref: ../../secret", "x" * 40])
def test_without_a_commit_there_are_none(head, tmp_path):
    (tmp_path / "secret").write_text(HEAD)
    assert links(checkout(tmp_path, head=head)) is None


@needs_git
def test_the_commit_is_the_one_that_git_says(tmp_path):
    book, linked = tmp_path / "book", tmp_path / "linked"
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(folder, *arguments):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        done = subprocess.run(
            ["git", "-C", folder, *who, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        return done.stdout.strip()

    book.mkdir()
    git(book, "init", "-q", "-b", "a/branch")
    git(book, "remote", "add", "origin", "https://github.com/ada/engine")
    for name in ("one", "two"):
        git(book, "commit", "-q", "--allow-empty", "-m", name)
        assert links(book).commit == git(book, "rev-parse", "HEAD")
    git(book, "pack-refs", "--all")
    assert not (book / ".git/refs/heads/a/branch").exists()
    assert links(book).commit == git(book, "rev-parse", "HEAD")
    git(book, "worktree", "add", "-q", "-b", "other", linked, "HEAD~1")
    assert links(linked).commit == git(book, "rev-parse", "HEAD~1")
    git(book, "checkout", "-q", "--detach", "HEAD~1")
    assert links(book).commit == git(book, "rev-parse", "HEAD")
