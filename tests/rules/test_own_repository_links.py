"""Links to the repository's own pages at its host, through every rule that looks at local links."""

from __future__ import annotations

import re

import pytest

from mlsd_lint.cli import main
from mlsd_lint.fixes.applying import apply
from projects import concise, diagnose, write_files

BLOB = "https://github.com/ada/engine/blob/main"
RAW = "https://raw.githubusercontent.com/ada/engine/main"
GIT = {
    ".git/HEAD": "ref: refs/heads/topic/x\n",
    ".git/config": '[remote "origin"]\n\turl = git@github.com:Ada/Engine.git\n',
}


@pytest.fixture(autouse=True)
def _outside_ci(monkeypatch):
    for name in ("SERVER_URL", "REPOSITORY", "WORKSPACE", "BASE_REF"):
        monkeypatch.delenv(f"GITHUB_{name}", raising=False)


def said(folder, files, select="L1,H004"):
    """What the rules say, by line."""
    write_files(folder, GIT | files)
    return re.sub(r"(:\d+):\d+ ", r"\1 ", concise(diagnose(folder, select)))


def test_a_file_that_is_there_is_right_and_one_that_is_not_is_missing(tmp_path):
    text = (
        f"[a]({BLOB}/docs/install.md) [b]({BLOB}/docs/instal.md) [c]({BLOB}/docs)\n\n"
        f"[d](https://github.com/ada/engine/blob/topic/x/nope.md) [e]({BLOB}/docs/my%20notes.md)\n"
        "[f](https://github.com/ada/engine/blob/v1/nope.md) [g](https://github.com/ada/engine)\n\n"
        f"[ref] <{RAW}/docs> <a href='{BLOB}/gone.md'>x</a>\n\n[ref]: {BLOB}/quite/gone.md\n"
    )
    files = {"page.md": text, "docs/install.md": "# A\n", "docs/my notes.md": "# B\n"}
    assert said(tmp_path, files, "L101") == (
        f'page.md:1 L101 link to "{BLOB}/docs/instal.md": there is no such file in the '
        'repository; did you mean "docs/install.md"?\n'
        'page.md:3 L101 link to "https://github.com/ada/engine/blob/topic/x/nope.md": there is '
        "no such file in the repository\n"
        f'page.md:6 L101 link to "{RAW}/docs": there is no such file in the repository\n'
        f'page.md:6 L101 link to "{BLOB}/gone.md": there is no such file in the repository\n'
        f'page.md:8 L101 link to "{BLOB}/quite/gone.md": there is no such file in the '
        "repository\n"
    )


def test_a_suggestion_is_seen_from_the_root(tmp_path):
    files = {"docs/deep/page.md": f"[a]({BLOB}/docs/instal.md)\n", "docs/install.md": "# A\n"}
    assert 'did you mean "docs/install.md"?' in said(tmp_path, files)
    (found,) = diagnose(tmp_path, "L101")
    assert (found.start.column, found.end.column) == (1, len(files["docs/deep/page.md"]))


def test_letter_case_is_mended_within_the_address(tmp_path):
    page = "[a](https://github.com/Ada/Engine/blob/main/Docs/my%20Notes.md?plain=1#L1)\n"
    files = {"page.md": page, "docs/my notes.md": "# A\n"}
    assert "L102" in said(tmp_path, files)
    fixes = [one.fix for one in diagnose(tmp_path, "L102")]
    assert apply(page, fixes).text == page.replace("Docs/my%20Notes", "docs/my%20notes")


def test_anchors(tmp_path):
    page = (
        f"[a]({BLOB}/docs/install.md#set-up) [b]({BLOB}/docs/install.md#Set-up)\n\n"
        f"[c]({BLOB}/page.md#nope) [d](https://github.com/ada/engine#nope)\n\n"
        f"[e](https://github.com/ada/engine#readme) [f]({RAW}/docs/install.md#nope)\n\n"
        f"[g]({BLOB}/docs/install.md?plain=1#nope) [h](https://github.com/ada/engine#start)\n"
    )
    files = {"page.md": page, "docs/install.md": "## Set up\n", "README.md": "# Start\n"}
    assert said(tmp_path, files, "L103") == (
        'page.md:1 L103 link to "#Set-up": docs/install.md has no such anchor; '
        'did you mean "#set-up"?\n'
        'page.md:3 L103 link to "#nope": this page has no such anchor\n'
        'page.md:3 L103 link to "#nope": README.md has no such anchor\n'
    )
    (fix,) = [one.fix for one in diagnose(tmp_path, "L103") if one.fix]
    assert apply(page, [fix]).text == page.replace("#Set-up", "#set-up")


def test_a_page_outside_of_the_book_is_read_for_its_anchors(tmp_path):
    write_files(tmp_path, GIT | {"a.md": f"[x]({BLOB}/b.md#nope)\n", "b.md": "# B\n"})
    (found,) = diagnose(tmp_path, "L103", [tmp_path / "a.md"])
    assert found.message.startswith('link to "#nope": b.md has')


def test_lines(tmp_path):
    page = f"[a]({BLOB}/x.py#L2) [b]({BLOB}/x.py#L3) [c]({BLOB}/page.md?plain=1#L9)\n"
    found = said(tmp_path, {"page.md": page, "x.py": "1\n2\n"}, "L115")
    assert found == (
        "page.md:1 L115 link to line 3 of x.py: there are 2 lines\n"
        "page.md:1 L115 link to line 9 of page.md: there is 1 line\n"
    )


def test_images(tmp_path):
    page = (
        f"![a]({RAW}/a.png) ![b]({RAW}/b.png) ![c]({BLOB}/A.png?raw=true)\n\n"
        "![d](https://github.com/ada/engine/actions/workflows/ci.yml/badge.svg)\n"
    )
    assert said(tmp_path, {"page.md": page, "a.png": ""}, "L111") == (
        f'page.md:1 L111 image "{RAW}/b.png": there is no such file in the repository\n'
        f'page.md:1 L111 image "{BLOB}/A.png": the name is written "{BLOB}/a.png"\n'
    )


def test_colliding_anchors(tmp_path):
    page = f"[a]({BLOB}/page.md#setup)\n\n# A\n\n## Setup\n\n## Setup\n"
    assert "share the name #setup" in said(tmp_path, {"page.md": page}, "H004")


def test_another_repository_is_external(tmp_path):
    page = "[a](https://github.com/ada/other/blob/main/x.md)\n"
    assert said(tmp_path, {"page.md": page}, "L101") == ""


def test_the_setting_names_the_repository(tmp_path):
    files = {
        "page.md": f"[a]({BLOB}/x.md) [b](https://gitlab.com/a/b/-/blob/main/x.md)\n",
        "mlsd-lint.toml": '[links]\nrepository = "https://gitlab.com/a/b"\n',
    }
    assert said(tmp_path, files, "L101").startswith("page.md:1 L101")


def test_a_replayed_run_depends_on_what_git_and_ci_say(tmp_path, monkeypatch, capsys):
    write_files(tmp_path, GIT | {"page.md": f"# A\n\n[a]({BLOB}/x.md)\n"})
    monkeypatch.chdir(tmp_path)
    check = ["check", "--isolated", "--select", "L101", "-q"]
    assert main(check) == main(check) == 1
    write_files(tmp_path, {".git/config": ""})
    assert main(check) == main(check) == 0
    monkeypatch.setenv("GITHUB_REPOSITORY", "ada/engine")
    assert main(check) == 1
    monkeypatch.delenv("GITHUB_REPOSITORY")
    assert main(check) == 0
    write_files(tmp_path, GIT | {"page.md": "# A\n\n[a](https://github.com/ada/engine/tree/t)\n"})
    assert main(check) == 0
    assert capsys.readouterr()
