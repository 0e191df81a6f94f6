"""The recipes are valid, and do what the page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib

import pytest
import yaml

from conftest import ROOT
from console_blocks import HOME, blocks, chapters, follow
from mlsd_lint.config.validation import validate
from projects import diagnose, write_files

PAGE = ROOT / "docs" / "recipes.md"
CHAPTERS = chapters(PAGE)
HOOKS = {one["id"] for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
# What a job of GitLab CI can have, as far as the page needs it.
JOB_KEYS = {"image", "rules", "variables", "cache", "before_script", "script", "artifacts"}
BOOK = {
    "README.md": "# Book\n\n## Contents\n\n- [One](chapters/1.md)\n- [Two](chapters/2.md)\n",
    "chapters/1.md": "# One\n\nWords.\n\n## More\n\nWords.\n",
    "chapters/2.md": "# Two\n\n## Further reading\n\n- [It](https://example.org/it) (2020)\n",
}


def of(title, language):
    return [one for one in blocks(CHAPTERS[title]) if one.language == language]


def all_of(language):
    return [one.content for title in CHAPTERS for one in of(title, language)]


@pytest.mark.parametrize("content", all_of("toml"))
def test_a_configuration_is_valid(content):
    assert validate(tomllib.loads(content))


def book(folder, **changed):
    write_files(folder, {**BOOK, "mlsd-lint.toml": of("A book", "toml")[0].content, **changed})
    return [(one.path, one.code) for one in diagnose(folder, "S,X")]


def test_a_book_passes(tmp_path):
    assert book(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "content", "found"),
    [
        ("chapters/3.md", "# Three\n", [("chapters/3.md", "X002")]),
        ("chapters/1.md", "# Won\n", [("README.md", "X003")]),
        (
            "chapters/2.md",
            "# Two\n\n## Further reading\n\n- [It](https://example.org/it)\n",
            [("chapters/2.md", "S010")],
        ),
        ("README.md", "# Book\n", [("README.md", "S001")]),
    ],
)
def test_what_is_wrong_in_a_book_is_found(path, content, found, tmp_path):
    assert set(found) <= set(book(tmp_path, **{path: content}))


def test_the_awesome_list(tmp_path):
    follow(CHAPTERS["An awesome list"], tmp_path)
    assert "Found 1 error, 1 warning" in CHAPTERS["An awesome list"]


def test_each_of_several_books_is_found_from_its_folder(tmp_path):
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for one in of("Several books in one repository", "toml"):
        write_files(tmp_path, {one.file: one.content})
    write_files(
        tmp_path,
        {
            "handbook/page.md": "# Page\n\nSee [the site](../website/docs/page.md#page-mine).\n",
            "website/docs/page.md": "# Page {#mine}\n\nSee [the book](../../handbook/lost.md).\n",
        },
    )

    def check(folder):
        command = [sys.executable, "-m", "mlsd_lint", "check", "--grammar=none"]
        return subprocess.run(
            [*command, "--output-format=concise"],
            cwd=tmp_path / folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        ).stdout

    assert "page.md:3:5: L101" in check("website")
    assert check("handbook") == "All checks passed: 1 file checked.\n"
    assert {one.name for one in (tmp_path / ".mlsd_lint_cache").iterdir()} == {
        "handbook",
        "website",
    }
    assert not list(tmp_path.rglob("handbook/.mlsd_lint_cache"))


def test_the_yaml_is_valid_and_names_what_there_is():
    for content in all_of("yaml"):
        data = yaml.safe_load(content)
        for repository in data.get("repos", ()):
            assert {hook["id"] for hook in repository["hooks"]} <= HOOKS
        for step in data.get("jobs", {}).get("mlsd-lint", {}).get("steps", ()):
            if step["uses"].startswith("OWNER/"):
                assert set(step.get("with", ())) <= set(ACTION["inputs"])


def test_actions_are_pinned_as_elsewhere():
    pinned = re.findall(r"uses: (actions/\S+@\w{40})", PAGE.read_text("utf-8"))
    page = (ROOT / "docs" / "github.md").read_text("utf-8")
    assert pinned
    assert all(one in page for one in pinned)


def gitlab(folder, **variables):
    """Run the script of the job, as GitLab does; the exit code, and the findings in the report."""
    job = yaml.safe_load(of("GitLab", "yaml")[0].content)["mlsd-lint"]
    assert set(job) <= JOB_KEYS
    command = f'"{sys.executable}" -m mlsd_lint check --grammar none'
    script = "\n".join(job["script"]).replace("mlsd-lint check", command)
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=folder, env=os.environ | variables, check=False
    )
    report = folder / job["artifacts"]["reports"]["codequality"]
    return done.returncode, json.loads(report.read_text("utf-8"))


@pytest.mark.skipif(os.name == "nt", reason="its jobs run in a POSIX shell")
def test_the_gitlab_job(tmp_path):
    def commit(**files):
        write_files(tmp_path, {f"{name}.md": text for name, text in files.items()})
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        for arguments in (("add", "."), (*identity, "commit", "--quiet", "--message=x")):
            subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
        head = ["git", "rev-parse", "HEAD"]
        return subprocess.check_output(head, cwd=tmp_path, text=True).strip()

    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    base = commit(old="# Old\n\n[x](lost.md)\n")
    code, on_main = gitlab(tmp_path)
    assert (code, len(on_main)) == (0, 1)
    assert {"check_name", "description", "fingerprint", "severity", "location"} <= set(on_main[0])

    commit(good="# Good\n")
    assert gitlab(tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base) == (0, on_main)
    commit(new="# New\n\n[y](gone.md)\n")
    code, with_new = gitlab(tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert (code, len(with_new)) == (1, 2)
    assert on_main[0]["fingerprint"] in {one["fingerprint"] for one in with_new}


def test_every_command_is_one():
    from mlsd_lint.cli import _parser

    commands = re.findall(r"^(?:\$ )?(mlsd-lint .*)$", "\n".join(all_of("sh")), re.MULTILINE)
    assert commands
    for line in commands:
        words = shlex.split(line)[1:]
        assert _parser(words).parse_args(words).verb == "check"
    assert HOME not in PAGE.read_text("utf-8")
