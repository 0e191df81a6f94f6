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


def test_the_example_is_real(tmp_path):
    lines = ["# Guide", *[""] * 10, "Read [how to set it up](setup.md#instal) first.", ""]
    write_files(tmp_path, {"guide.md": "\n".join(lines), "setup.md": "# Setup\n\n## Install\n"})
    shown = block("text")[0]
    result = subprocess.run(
        [sys.executable, "-m", *shown.splitlines()[0].replace("-", "_", 1)[2:].split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout == shown.split("\n", 1)[1]


def test_the_configuration_is_valid():
    assert validate(tomllib.loads(block("toml")[0])).fail_on == "warning"


def test_every_format_and_flag_that_is_named_exists():
    import argparse

    parser = argparse.ArgumentParser()
    add_arguments(parser)
    flags = set(re.findall(r"--[a-z][a-z-]+", README))
    assert flags <= set(parser._option_string_actions)
    assert all(f"`{name}`" in README for name in FORMATS)
