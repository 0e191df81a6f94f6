"""Every way to name what a change is compared with, and every way in which there is nothing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from itertools import pairwise

import pytest

PAGE = {"a.md": "# A\n\n[x](one.md)\n"}


@pytest.fixture
def branches(repository):
    """`main` and `work` have gone apart; the working tree is at `work`."""
    repository.commit(PAGE)
    repository.git("tag", "--annotate", "v1", "--message=v1")
    repository.git("switch", "--quiet", "--create", "work")
    repository.commit({"b.md": "# B\n\n[x](two.md)\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit({"c.md": "# C\n\n[x](three.md)\n"})
    repository.git("switch", "--quiet", "work")
    return repository


NEW = [("b.md", "L101", 3)]


@pytest.mark.parametrize("reference", ["main", "v1", "HEAD~1", "HEAD^", "main^{/x}", "@~1"])
def test_a_change_begins_where_it_left_the_reference(branches, reference):
    assert branches.new("--since", reference) == NEW


def test_a_commit_and_a_remote_branch_are_references_too(branches, tmp_path):
    assert branches.new("--since", branches.git("rev-parse", "main")[:10]) == NEW
    branches.git("clone", "--quiet", ".", str(tmp_path / "copy"))
    branches.git("remote", "add", "origin", str(tmp_path / "copy"))
    branches.git("push", "--quiet", "origin", "main:trunk")
    branches.git("fetch", "--quiet")
    assert branches.new("--since", "origin/trunk") == NEW


def test_a_detached_head(branches):
    branches.git("switch", "--quiet", "--detach", "work")
    assert branches.new("--since", "main") == NEW


def test_what_a_merge_brings_in_is_not_this_change(branches):
    branches.git("merge", "--quiet", "--no-edit", "main")
    assert branches.new("--since", "main") == NEW
    branches.git("switch", "--quiet", "--detach", "main")
    branches.git("merge", "--quiet", "--no-ff", "--no-edit", "work")  # as GitHub tries one
    assert branches.new("--since", "main") == NEW
    assert branches.new("--since", "HEAD") == []


def test_what_a_merge_in_progress_brings_in_is_not_this_change_either(branches):
    branches.git("merge", "--quiet", "--no-commit", "--no-ff", "main")
    assert branches.new("--since", "main") == NEW
    assert branches.new("--staged") == []
    branches.write({"b.md": "# B\n\n[x](two.md)\n\n[y](more.md)\n"})
    branches.git("add", ".")
    assert branches.new("--staged") == [("b.md", "L101", 5)]


def test_branches_that_were_merged_both_ways(branches):
    branches.git("tag", "ours")
    branches.git("merge", "--quiet", "--no-ff", "--no-edit", "main")
    branches.git("switch", "--quiet", "main")
    branches.git("merge", "--quiet", "--no-ff", "--no-edit", "ours")
    assert len(branches.git("merge-base", "--all", "main", "work").split()) == 2
    assert branches.new("--since", "work") == []
    branches.write({"d.md": "# D\n\n[x](four.md)\n"})
    assert branches.new("--since", "work") == [("d.md", "L101", 3)]
    assert branches.summary("--since", "work") == "1 new, 0 fixed, 3 known"


def test_in_a_name_of_several_things_git_decides(branches):
    branches.git("branch", "v1", "work")  # beside the tag of this name
    assert branches.new("--since", "v1") == NEW
    assert branches.new("--since", "heads/v1") == []


def test_the_beginning_of_several_ids(branches):
    who = "committer A <a@example.org> 1700000000 +0000\n"
    commits = "".join(f"commit refs/heads/many\n{who}data 3\n{n:03}\n" for n in range(700))
    subprocess.run(["git", "fast-import", "--quiet"], input=commits.encode(), check=True)
    starts = sorted(one[:4] for one in branches.git("rev-list", "many").split())
    several = next(one for one, other in pairwise(starts) if one == other)
    said = branches.check("--since", several)
    assert said.code == 2
    assert f"no commit '{several}': several begin like that, so write more of it" in said.errors


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("mian", "there is no commit 'mian'; did you mean 'main'?"),
        ("HEAD~9", "there is no commit 'HEAD~9': the history of 'HEAD' does not go back that far"),
        ("origin/x", "`git branch --all` lists the branches, and `git fetch origin` gets new ones"),
        ("v1^{tree}", "there is no commit 'v1^{tree}': that is a folder"),
        ("main:a.md", "there is no commit 'main:a.md': that is a file"),
        ("@{u}", "there is no commit '@{u}': no upstream configured for branch 'work'"),
        ("0" * 40, "CI says so of a branch that is new; compare with the main branch"),
        ("1234567890" * 4, "if the server has it, `git fetch origin 12345678901234567890"),
        ("^main", "--since takes one commit, branch or tag, not '^main'"),
        ("HEAD^!", "--since takes one commit, branch or tag, not 'HEAD^!'"),
        ("--upload-pack=x", "--since takes one commit, branch or tag, not '--upload-pack=x'"),
        ("main..work", "--since takes one commit, branch or tag, not 'main..work'"),
        ("-x", "--since takes one commit, branch or tag, not '-x'"),
        ("", "got nothing; is a variable not set?"),
        (" \n", "got nothing; is a variable not set?"),
    ],
)
def test_a_reference_that_is_none(branches, reference, said):
    result = branches.check(f"--since={reference}")
    assert result.code == 2
    assert said in result.errors
    assert result.output == ""


def test_no_repository(tmp_path, monkeypatch, repository):
    plain = tmp_path / "plain"
    plain.mkdir()
    monkeypatch.chdir(plain)
    for arguments in (["--since", "main"], ["--staged"]):
        said = repository.check(*arguments)
        assert said.code == 2
        assert f"need a git repository, and {plain} is in none" in said.errors


def test_no_commit_yet(repository):
    repository.write(PAGE)
    said = repository.check("--since", "HEAD")
    assert said.code == 2
    assert "there is no commit yet" in said.errors
    assert "--staged" in said.errors
    assert "no Markdown files" in repository.check("--staged").errors
    repository.git("add", ".")
    assert repository.new("--staged") == [("a.md", "L101", 3)]


def test_a_branch_without_commits_beside_others(branches):
    branches.git("switch", "--quiet", "--orphan", "empty")
    assert "there is no commit yet" in branches.check("--since", "main").errors


def test_histories_without_a_common_commit(branches):
    branches.git("switch", "--quiet", "--orphan", "other")
    branches.commit(PAGE | {"mlsd-lint.toml": ""})
    said = branches.check("--since", "main")
    assert said.code == 2
    assert "main and HEAD have no commit in common" in said.errors


def shallow_clone(repository, tmp_path, monkeypatch, *arguments):
    clone = tmp_path / "clone"
    repository.git(
        "clone", "--quiet", "--depth=1", *arguments, f"file://{repository.folder}", str(clone)
    )
    monkeypatch.chdir(clone)
    repository.folder = clone


def test_a_shallow_clone_without_the_merge_base(branches, tmp_path, monkeypatch):
    shallow_clone(branches, tmp_path, monkeypatch, "--no-single-branch")
    said = branches.check("--since", "origin/main")
    assert said.code == 2
    assert "this clone is shallow and does not have the commit at which HEAD left" in said.errors
    for way in ("`git fetch --unshallow`", "`git fetch --deepen=100`", "`fetch-depth: 0`"):
        assert way in said.errors
    branches.git("fetch", "--quiet", "--unshallow")
    assert branches.new("--since", "origin/main") == NEW


def test_a_shallow_clone_without_the_reference(branches, tmp_path, monkeypatch):
    shallow_clone(branches, tmp_path, monkeypatch)
    for reference in ("origin/main", "HEAD~1"):
        said = branches.check("--since", reference)
        assert said.code == 2
        assert "This clone is shallow." in said.errors
        assert "`fetch-depth: 0`" in said.errors


def test_a_shallow_clone_that_has_what_is_needed(branches, tmp_path, monkeypatch):
    branches.git("clone", "--quiet", "--depth=2", f"file://{branches.folder}", str(tmp_path / "c"))
    monkeypatch.chdir(tmp_path / "c")
    assert branches.new("--since", "HEAD~1") == NEW


def test_a_linked_work_tree(branches, tmp_path, monkeypatch):
    branches.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "--detach", "work")
    monkeypatch.chdir(tmp_path / "linked")
    branches.folder = tmp_path / "linked"
    assert branches.new("--since", "main") == NEW
    branches.write({"a.md": "# A\n\n[x](other.md)\n"})
    branches.git("add", ".")
    assert branches.new("--staged") == [("a.md", "L101", 3)]


def test_a_subfolder_with_a_configuration_of_its_own(branches, monkeypatch):
    branches.commit({"docs/mlsd-lint.toml": 'select = ["L1"]\n', "docs/d.md": "# D\n"})
    branches.write({"docs/d.md": "# D\n\n[x](no.md) [y](../a.md) [z](../no.md)\n"})
    monkeypatch.chdir(branches.folder / "docs")
    assert branches.new("--since", "HEAD") == [("d.md", "L101", 3), ("d.md", "L101", 3)]
    assert branches.new("--since", "HEAD", "--config", "../mlsd-lint.toml") == [
        ("d.md", "L101", 3),
        ("d.md", "L101", 3),
    ]


def test_no_git(branches, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    said = branches.check("--since", "main")
    assert said.code == 2
    assert "--since and --staged need git, and there is none on PATH" in said.errors


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for git")
def test_a_git_that_is_too_old(branches, monkeypatch, tmp_path):
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "if 'version' in sys.argv:\n"
        "    print('git version 1.7.1')\n"
        "    sys.exit(0)\n"
        "sys.stderr.write('error: unknown option\\n')\n"
        "sys.exit(129)\n"
    )
    fake.chmod(fake.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(fake.parent))
    said = branches.check("--since", "main")
    assert said.code == 2
    assert "git version 1.7.1 does not know what is asked of it; 2.20 or newer" in said.errors


def test_a_repository_of_somebody_else(branches, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = branches.check("--since", "main")
    assert said.code == 2
    assert f"git config --global --add safe.directory {branches.folder}" in said.errors
    assert "safe.directory" in branches.check("--staged").errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "main", "--staged"], "not allowed with argument"),
        (["--staged", "--fix"], "--staged and --fix cannot be used together"),
        (["--staged", "--add-ignore"], "--staged and --add-ignore cannot be used together"),
        (["--staged", "-"], "--staged and - (standard input) cannot be used together"),
        (["--since", "main", "--write-baseline"], "not allowed with argument"),
    ],
)
def test_what_contradicts_itself(branches, arguments, said):
    try:
        result = branches.check(*arguments)
        errors, code = result.errors, result.code
    except SystemExit as error:
        errors, code = branches.capsys.readouterr().err, error.code
    assert code == 2
    assert said in errors
