"""What the README shows is what the command prints."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

from conftest import ROOT
from mlsd_lint.commands.check import add_arguments
from mlsd_lint.config.validation import validate
from mlsd_lint.reporters import FORMATS
from projects import write_files

README = (ROOT / "README.md").read_text("utf-8")


def block(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def shown_by(example, folder):
    """What the command in the first line of an example prints, and the lines below it."""
    line, expected = example.split("\n", 1)
    result = subprocess.run(
        [sys.executable, "-m", *line.replace("-", "_", 1)[2:].split()],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout, expected


def test_the_example_is_real(tmp_path):
    lines = ["# Guide", *[""] * 10, "Read [how to set it up](setup.md#instal) first.", ""]
    write_files(tmp_path, {"guide.md": "\n".join(lines), "setup.md": "# Setup\n\n## Install\n"})
    printed, expected = shown_by(block("text")[0], tmp_path)
    assert printed == expected


def test_the_typed_document_is_real(tmp_path):
    files = {"mlsd-lint.toml": block("toml")[1], "recipes/pancakes.md": block("markdown")[1]}
    write_files(tmp_path, files)
    printed, expected = shown_by(block("text")[1], tmp_path)
    assert printed == expected


def test_the_configuration_is_valid():
    assert validate(tomllib.loads(block("toml")[0])).fail_on == "warning"


def test_every_format_and_flag_that_is_named_exists():
    import argparse

    parser = argparse.ArgumentParser()
    add_arguments(parser)
    flags = set(re.findall(r"--[a-z][a-z-]+", README))
    assert flags <= set(parser._option_string_actions)
    assert all(f"`{name}`" in README for name in FORMATS)
