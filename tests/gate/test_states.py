"""What git can hold besides plain files, and what a work tree can lack, on both sides."""

from __future__ import annotations

import hashlib
import os
import sys

import pytest

LOST = "# A\n\n[x](lost.md)\n"
posix_only = pytest.mark.skipif(os.name == "nt", reason="needs the file system of a Unix")


def test_a_change_of_mode_only(repository):
    repository.commit({"a.md": LOST})
    (repository.folder / "a.md").chmod(0o755)
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 1 known"


def test_a_file_is_touched_but_not_changed(repository):
    repository.commit({"a.md": LOST})
    os.utime(repository.folder / "a.md", (1, 1))
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 1 known"
    assert repository.git("status", "--porcelain").strip() in {"", "?? .mlsd_lint_cache/"}


@posix_only
def test_symbolic_links(repository):
    repository.commit({"part/real.md": LOST, "other.md": "# Other\n"})
    (repository.folder / "link.md").symlink_to("part/real.md")
    (repository.folder / "folder").symlink_to("part")
    (repository.folder / "out.md").symlink_to("/nowhere/x.md")
    repository.commit({"b.md": "# B\n\n[x](folder/real.md) [y](folder) [z](link.md#none)\n"})
    said = repository.check("--since", "HEAD", "--output-format", "json")
    assert said.found == []  # though out.md leads nowhere, on both sides
    repository.write({"part/real.md": LOST + "\n[y](no.md)\n"})
    assert repository.new("--since", "HEAD") == [
        ("link.md", "L101", 5),
        ("part/real.md", "L101", 5),
    ]
    repository.commit()
    (repository.folder / "link.md").unlink()
    (repository.folder / "link.md").symlink_to("other.md")
    assert repository.summary("--since", "HEAD") == "0 new, 2 fixed, 4 known"
    (repository.folder / "folder").unlink()
    assert repository.new("--since", "HEAD") == [("b.md", "L101", 3), ("b.md", "L101", 3)]


@posix_only
def test_symbolic_links_in_a_circle(repository):
    (repository.folder / "a.md").symlink_to("b.md")
    (repository.folder / "b.md").symlink_to("a.md")
    (repository.folder / "c").symlink_to("c")
    repository.commit({"d.md": "# D\n\n[x](c/d.md) [y](a.md)\n"})
    before = repository.check("--since", "HEAD").output
    assert "0 new" in before
    (repository.folder / "a.md").unlink()
    repository.write({"a.md": "# A\n"})
    assert repository.new("--since", "HEAD") == []


@pytest.fixture
def with_submodule(repository, tmp_path):
    """A book that links into a submodule, which holds what nobody here can check."""
    other = tmp_path / "other"
    other.mkdir()
    repository.git("init", "--quiet", str(other))
    (other / "README.md").write_text("# Other\n\n[x](none.md)\n")
    repository.git("-C", str(other), "add", ".")
    repository.git("-C", str(other), "commit", "--quiet", "--message=x")
    allowed = ("-c", "protocol.file.allow=always")
    repository.git(*allowed, "submodule", "--quiet", "add", str(other), "lib")
    links = "# A\n\n[a](lib) [b](lib/README.md#no) [c](lib/deep/LICENSE) [d](lib/x/)\n"
    repository.commit({"a.md": links})
    return repository


def test_of_a_submodule_only_its_folder_is_known(with_submodule):
    with_submodule.commit()
    assert with_submodule.summary("--since", "HEAD") == "0 new, 0 fixed, 0 known"
    with_submodule.write({"a.md": (with_submodule.folder / "a.md").read_text() + "[e](lib/y.md)\n"})
    assert with_submodule.new("--since", "HEAD") == []
    assert with_submodule.new("--staged") == []


def test_documents_of_a_submodule_are_none_of_the_book(with_submodule):
    settings = (with_submodule.folder / "mlsd-lint.toml").read_text()
    with_submodule.write({"mlsd-lint.toml": f"{settings}respect-gitignore = false\n"})
    assert "lib/README.md:3:1: L101" in with_submodule.check("--output-format", "concise").output
    assert with_submodule.summary("--since", "HEAD") == "0 new, 0 fixed, 0 known"
    said = with_submodule.check("--since", "HEAD", "lib/README.md")
    assert said.code == 2
    assert "lib/README.md belongs to a submodule" in said.output


def test_a_submodule_that_is_not_checked_out(with_submodule, tmp_path, monkeypatch):
    with_submodule.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    with_submodule.folder = tmp_path / "clone"
    assert with_submodule.summary("--since", "HEAD") == "0 new, 0 fixed, 0 known"
    with_submodule.git("rm", "--quiet", "lib")
    assert [one[1] for one in with_submodule.new("--since", "HEAD")] == ["L101"] * 4
    assert [one[1] for one in with_submodule.new("--staged")] == ["L101"] * 4


def test_a_sparse_checkout(repository):
    repository.commit(
        {
            "docs/a.md": "# A\n\n[x](../more/b.md#b) [y](../more/img/c.png) [z](../more/)\n",
            "more/b.md": "# B\n\n[x](lost.md)\n",
            "more/img/c.png": "",
        }
    )
    repository.git("sparse-checkout", "set", "docs")
    assert not (repository.folder / "more").exists()
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 0 known"
    repository.write({"docs/new.md": "# N\n\n[x](../more/b.md) [y](../more/none.md)\n"})
    assert repository.new("--since", "HEAD") == [("docs/new.md", "L101", 3)]
    repository.git("add", ".")
    assert repository.new("--staged") == [("docs/new.md", "L101", 3)]
    repository.git("rm", "--quiet", "--cached", "--sparse", "more/img/c.png")
    assert ("docs/a.md", "L101", 3) in repository.new("--since", "HEAD")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_not_utf_8_or_hold_line_endings(repository):
    repository.commit({"a.md": "# A\n\n[x](ü.md)\n", "ü.md": "# Ü\n", 'q"\n\t.md': LOST})
    odd = os.fsdecode(b"caf\xe9 .md")
    (repository.folder / odd).write_text(LOST)
    assert [one[1] for one in repository.new("--since", "HEAD")] == ["L101"]
    repository.commit()
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 2 known"
    (repository.folder / odd).write_text(LOST + "\n[y](no.md)\n")
    assert [one[1:] for one in repository.new("--since", "HEAD")] == [("L101", 5)]
    (repository.folder / "ü.md").unlink()
    (repository.folder / odd).rename(repository.folder / os.fsdecode(b"\xff.md"))
    assert len(repository.new("--since", "HEAD")) == 2
    assert repository.summary("--since", "HEAD") == "2 new, 0 fixed, 2 known"


def test_line_endings_that_git_converts_are_no_news(repository):
    text = "# A\n\n### Deep\n\n[x](lost.md) and\n[the\nother](none.md)\n"
    repository.commit({"a.md": text, "b.md": text})
    repository.git("config", "core.autocrlf", "true")
    repository.git("rm", "--quiet", "--cached", "-r", ".")
    repository.git("reset", "--quiet", "--hard")
    assert b"\r\n" in (repository.folder / "a.md").read_bytes()
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 6 known"
    converted = (repository.folder / "a.md").read_bytes()
    (repository.folder / "a.md").write_bytes(converted + b"\r\n[y](no.md)\r\n")
    assert repository.new("--since", "HEAD") == [("a.md", "L101", 9)]
    repository.git("add", ".")
    assert repository.new("--staged") == [("a.md", "L101", 9)]


def test_line_endings_that_the_change_converts_are_no_news_either(repository):
    text = "# A\n\n### Deep\n\n[x](lost.md) and\n[the\nother](none.md)\n"
    repository.commit({"a.md": text})
    repository.write({"a.md": text.replace("\n", "\r\n")})
    assert repository.new("--since", "HEAD") == []


@posix_only
def test_what_a_filter_changes_on_the_disk_is_no_news(repository):
    repository.write({".gitattributes": "*.md filter=swap\n", "a.md": "# A\n\n[x](here.md)\n"})
    repository.git("config", "filter.swap.clean", "sed s/here/there/")
    repository.git("config", "filter.swap.smudge", "sed s/there/here/")
    repository.commit()
    assert "there" in repository.git("show", "HEAD:a.md")
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 1 known"
    os.utime(repository.folder / "a.md", (1, 1))
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 1 known"


def test_a_pointer_of_lfs_stands_for_its_file_where_that_is_here(repository):
    real = b"# A\n\n[x](lost.md)\n"
    oid = hashlib.sha256(real).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(real)}\n"
    repository.commit({"a.md": pointer, "b.md": "# B\n\n[x](a.md#a)\n"})
    stored = repository.folder / ".git/lfs/objects" / oid[:2] / oid[2:4] / oid
    stored.parent.mkdir(parents=True)
    stored.write_bytes(real)
    repository.write({"a.md": "# A\n\n[x](lost.md)\n\n[y](no.md)\n"})
    assert repository.new("--since", "HEAD") == [("a.md", "L101", 5)]
    assert repository.summary("--since", "HEAD") == "1 new, 0 fixed, 1 known"


def test_a_document_that_was_too_large(repository):
    settings = (repository.folder / "mlsd-lint.toml").read_text()
    large = {"mlsd-lint.toml": f"{settings}max-file-size = 100\n", "a.md": LOST + "x" * 2_000_000}
    repository.commit(large | {"b.md": "[z](z.md)"})
    repository.write({"a.md": LOST, "b.md": "# B\n"})
    assert repository.new("--since", "HEAD") == [("a.md", "L101", 3)]
    assert repository.summary("--since", "HEAD") == "1 new, 2 fixed, 0 known"


def test_an_object_that_git_does_not_have(repository):
    repository.commit({"a.md": LOST})
    oid = repository.git("rev-parse", "HEAD:a.md")
    (repository.folder / ".git/objects" / oid[:2] / oid[2:]).unlink()
    repository.write({"a.md": "# B\n"})
    said = repository.check("--since", "HEAD")
    assert said.code == 2
    assert (
        f"git cannot read the object {oid} in {repository.folder}; `git fsck` says" in said.errors
    )


def test_a_case_that_only_differs(repository):
    repository.commit({"Setup.md": "# S\n", "a.md": "# A\n\n[x](Setup.md)\n"})
    repository.git("mv", "Setup.md", "x.md")
    repository.git("mv", "x.md", "setup.md")
    assert repository.new("--since", "HEAD") == [("a.md", "L102", 3)]


def test_a_folder_becomes_a_file_and_the_other_way_round(repository):
    repository.commit({"x/a.md": "# A\n", "y": "", "b.md": "# B\n\n[a](x/a.md) [b](y)\n"})
    (repository.folder / "x/a.md").unlink()
    (repository.folder / "x").rmdir()
    (repository.folder / "y").unlink()
    repository.write({"x": "", "y/c.md": "# C\n"})
    assert repository.new("--since", "HEAD") == [("b.md", "L101", 3)]


def test_lines_that_a_link_names_are_counted_on_both_sides(repository):
    repository.commit({"run.py": "1\n2\n3\n", "a.md": "# A\n\n[x](run.py#L3) [y](run.py#L9)\n"})
    repository.write({"run.py": "1\n"})
    assert repository.new("--since", "HEAD") == [("a.md", "L115", 3)]
    assert repository.summary("--since", "HEAD") == "1 new, 0 fixed, 1 known"
    repository.write({"run.py": "1\n" * 9})
    assert repository.summary("--since", "HEAD") == "0 new, 1 fixed, 0 known"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("diff.renames", "copies"),
        ("color.ui", "always"),
        ("diff.external", "false"),
        ("core.quotePath", "true"),
        ("diff.relative", "true"),
        ("diff.noprefix", "true"),
        ("diff.ignoreSubmodules", "none"),
        ("diff.orderFile", "order"),
        ("core.abbrev", "4"),
        ("core.pager", "false"),
    ],
)
def test_what_the_user_configured_changes_nothing(repository, name, value):
    repository.commit({"ü.md": LOST, "b.md": "# B\n\n[x](c.md#c)\n", "c.md": "# C\n"})
    repository.git("config", name, value)
    repository.write({"c.md": "# D\n", "order": "c.md\n"})
    repository.git("mv", "ü.md", "ö.md")
    assert repository.new("--since", "HEAD") == [("b.md", "L103", 3)]
    repository.git("add", ".")
    assert repository.new("--staged") == [("b.md", "L103", 3)]
