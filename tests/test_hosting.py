"""Where the repository is hosted: from the configuration, from CI, from git's own files."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.discovery.hosting import hosting, web_address
from mlsd_lint.discovery.repository import hosting_environment
from mlsd_lint.own_repository import NOT_HOSTED

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture(autouse=True)
def _outside_ci(monkeypatch):
    for name in ("SERVER_URL", "REPOSITORY", "WORKSPACE", "BASE_REF"):
        monkeypatch.delenv(f"GITHUB_{name}", raising=False)


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


def checkout(folder, config="", head="ref: refs/heads/main\n"):
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "HEAD").write_text(head)
    (folder / ".git" / "config").write_text(config)
    return folder


ORIGIN = '[remote "origin"]\n\turl = git@github.com:ada/engine.git\n'


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://github.com/Ada/Engine", "github.com/ada/engine"),
        ("https://github.com/ada/engine.git/", "github.com/ada/engine"),
        ("https://user:secret@github.com/ada/engine.git", "github.com/ada/engine"),
        ("https://x-access-token:ghs_1@github.com/ada/engine", "github.com/ada/engine"),
        ("https://www.github.com/ada/engine", "github.com/ada/engine"),
        ("git@github.com:ada/engine.git", "github.com/ada/engine"),
        ("github.com:ada/engine", "github.com/ada/engine"),
        ("ssh://git@github.com/ada/engine.git", "github.com/ada/engine"),
        ("ssh://git@ssh.github.com:443/ada/engine.git", "github.com/ada/engine"),
        ("git@altssh.gitlab.com:group/sub/engine.git", "gitlab.com/group/sub/engine"),
        ("git@openssh.example.org:ada/engine", "openssh.example.org/ada/engine"),
        ("git://codeberg.org/ada/engine", "codeberg.org/ada/engine"),
        ("http://git.example.org:8080/ada/engine.git", "git.example.org:8080/ada/engine"),
        ("https://github.com:443/ada/engine", "github.com/ada/engine"),
        ("/srv/git/engine.git", ""),
        ("../engine.git", ""),
        ("file:///srv/git/engine.git", ""),
        ("C:\\git\\engine", ""),
        ("C:/git/engine", ""),
        ("https://github.com", ""),
        ("https://[broken/ada/engine", ""),
        ("https://github.com:port/ada/engine", ""),
        ("", ""),
    ],
)
def test_web_address(url, address):
    assert web_address(url) == address


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_is_not(url):
    assert "@" not in web_address(f"https://user:pass@host/{url}").partition("/")[0]
    web_address(url)


def test_remotes(tmp_path):
    config = (
        "[core]\n\turl = https://example.org/no/remote\n"
        '[remote "origin"] # mine\n'
        '\turl = "https://github.com/bob/engine.git" ; with a comment\n'
        "\tpushurl = git@github.com:eve/engine.git\n"
        '[remote "upstream"]\n  URL=https://github.com/ada/engine\n'
        '[remote "other"]\n\turl = https://github.com/eve/engine\n'
        '[branch "main"]\n\tremote = origin\n'
    )
    found = hosting(checkout(tmp_path / "a", config), None).repository
    assert found.addresses == ("github.com/bob/engine", "github.com/ada/engine")


def test_branches(tmp_path):
    folder = checkout(tmp_path, ORIGIN, "ref: refs/heads/main/2\n")
    (folder / ".git/refs/remotes/origin").mkdir(parents=True)
    (folder / ".git/refs/remotes/origin/HEAD").write_text("ref: refs/remotes/origin/develop\n")
    branches = hosting(folder, None).repository.branches
    assert set(branches) == {"main/2", "develop", "main", "master", "HEAD"}
    assert branches.index("main/2") < branches.index("main")


def test_a_detached_head_names_no_branch(tmp_path):
    folder = checkout(tmp_path, ORIGIN, "2f67694d5c0c0b7a9c6c1d4b8e8a2a5d7e9f0a1b\n")
    assert set(hosting(folder, None).repository.branches) == {"main", "master", "HEAD"}


def test_the_branch_that_a_pull_request_is_for(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_BASE_REF", "develop")
    assert "develop" in hosting(checkout(tmp_path, ORIGIN), None).repository.branches


def test_the_setting_comes_before_everything(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "bob/engine")
    folder = checkout(tmp_path, ORIGIN)
    asked = hosting(folder, "https://gitlab.com/ada/engine").repository
    assert asked.addresses == ("gitlab.com/ada/engine",)
    assert hosting(folder, "github.com/ada/x").repository.addresses == ("github.com/ada/x",)
    assert hosting(folder, "").repository == NOT_HOSTED


def test_a_fork_knows_its_base_in_ci(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "Base/Engine")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    found = hosting(checkout(tmp_path / "fork", ORIGIN), None).repository
    assert found.addresses == ("github.com/base/engine", "github.com/ada/engine")


def test_ci_says_nothing_of_another_repository_beside_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://git.example.org")
    monkeypatch.setenv("GITHUB_REPOSITORY", "base/book")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    beside = hosting(checkout(tmp_path / "engine", ORIGIN), None).repository
    assert beside.addresses == ("github.com/ada/engine",)
    assert hosting(tmp_path, None).repository.addresses == ("git.example.org/base/book",)


def test_no_repository_has_no_address(tmp_path):
    assert hosting(tmp_path, None).repository == NOT_HOSTED
    assert hosting(checkout(tmp_path / "a"), None).repository == NOT_HOSTED


def test_everything_that_was_read_is_told(tmp_path):
    folder = checkout(tmp_path, ORIGIN)
    seen = hosting(folder, None).seen
    assert {name: bool(digest) for name, digest in seen.items()} == {
        str(folder / ".git/HEAD"): True,
        str(folder / ".git/config"): True,
        str(folder / ".git/refs/remotes/origin/HEAD"): False,
    }


def test_the_environment_is_told(monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "ada/engine")
    assert hosting_environment() == ("", "ada/engine", "", "")


@needs_git
def test_what_git_itself_writes(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    git(root, "init", "-q", "-b", "trunk")
    git(root, "remote", "add", "origin", "ssh://git@github.com/ada/engine.git")
    git(root, "config", "remote.upstream.url", 'https://github.com/quo"te;d/engine')
    found = hosting(root, None).repository
    assert found.addresses == ("github.com/ada/engine", 'github.com/quo"te;d/engine')
    assert "trunk" in found.branches


@needs_git
def test_a_linked_work_tree_has_its_own_branch(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    git(root, "init", "-q", "-b", "trunk")
    git(root, "remote", "add", "origin", "git@github.com:ada/engine.git")
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    git(root, *who, "commit", "-q", "--allow-empty", "-m", "x")
    git(root, "worktree", "add", "-q", "-b", "topic/y", str(tmp_path / "linked"))
    found = hosting(tmp_path / "linked", None)
    assert found.repository.addresses == ("github.com/ada/engine",)
    assert "topic/y" in found.repository.branches
    assert str(tmp_path / "linked" / ".git") in found.seen


@needs_git
def test_a_submodule_has_its_own_remote(tmp_path):
    engine, book = tmp_path / "engine", tmp_path / "book"
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for folder in (engine, book):
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        git(folder, *who, "commit", "-q", "--allow-empty", "-m", "x")
    git(book, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(engine), "sub")
    git(book / "sub", "remote", "set-url", "origin", "https://github.com/ada/engine")
    git(book, "remote", "add", "origin", "https://github.com/ada/book")
    assert hosting(book / "sub", None).repository.addresses == ("github.com/ada/engine",)
    assert hosting(book, None).repository.addresses == ("github.com/ada/book",)
