"""A release: tag, version and changelog agree, and what is published is what was tested."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml

from conftest import ROOT
from mlsd_lint import __version__
from projects import write_files

SCRIPT = ROOT / ".github" / "release_notes.py"
CHANGELOG = """# Changelog

## Unreleased

- Something.

## 1.2.3 - 2026-11-01

- It is faster.

### Rules

- H009 is new.

## 1.2.30

- Another version.
"""


@pytest.fixture
def notes(tmp_path):
    def run(tag, changelog=CHANGELOG, version="1.2.3"):
        files = {
            "CHANGELOG.md": changelog,
            "src/mlsd_lint/__init__.py": f'"""A gate."""\n\n__version__ = "{version}"\n',
            ".github/release_notes.py": SCRIPT.read_text("utf-8"),
        }
        write_files(tmp_path, files)
        return subprocess.run(
            [sys.executable, tmp_path / ".github" / "release_notes.py", tag],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    "changelog", [CHANGELOG, CHANGELOG.replace("1.2.3 -", "[1.2.3] -"), CHANGELOG[:-30]]
)
def test_the_notes_are_the_section_of_the_version(notes, changelog):
    result = notes("v1.2.3", changelog)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "- It is faster.\n\n### Rules\n\n- H009 is new.\n"


@pytest.mark.parametrize("tag", ["v1.2.4", "1.2.3", "v1.2", "v1.2.3rc1", "", "$(touch pwned)"])
def test_a_tag_that_is_not_the_version_is_refused(notes, tag):
    result = notes(tag)
    assert result.returncode == 1
    assert f"the tag is {tag}, and src/mlsd_lint/__init__.py says 1.2.3" in result.stderr


@pytest.mark.parametrize(
    "changelog",
    [
        "# Changelog\n\n## Unreleased\n\n- It.\n",
        "# Changelog\n\n## 1.2.3\n\n## 1.2.2\n\n- Old.\n",
        "# Changelog\n\n## 1x2.3\n\n- It.\n",
        "# Changelog\n\n### 1.2.3\n\n- It.\n",
    ],
)
def test_a_version_that_the_changelog_does_not_know_is_refused(notes, changelog):
    result = notes("v1.2.3", changelog)
    assert result.returncode == 1
    assert 'CHANGELOG.md has no section "## 1.2.3", or nothing in it' in result.stderr


def test_the_version_of_this_repository_is_found():
    result = subprocess.run(
        [sys.executable, SCRIPT, "v0"], capture_output=True, text=True, timeout=60, check=False
    )
    assert f"says {__version__}" in result.stderr


def test_what_is_published_is_what_ci_built_and_tested():
    release = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]
    assert release["ci"]["uses"] == "./.github/workflows/ci.yml"
    assert release["publish"]["needs"] == "ci"
    assert release["publish"]["environment"]["name"] == "pypi"
    checked = [step.get("run") for step in release["publish"]["steps"]]
    assert checked == [None, "shasum -a 256 --check SHA256SUMS", None]
    assert "build" not in str(release)
