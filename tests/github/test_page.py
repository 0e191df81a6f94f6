"""What docs/github.md shows is valid, pinned as here, and says of the inputs what is so."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml

from action_steps import DEFAULTS
from conftest import ROOT

PAGE = (ROOT / "docs" / "github.md").read_text("utf-8")
PROGRAM = Path(sysconfig.get_path("scripts")) / "check-jsonschema"
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
JOB = """name: Example
on: pull_request
jobs:
  example:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
"""


def workflow(block):
    if block.startswith("name: "):
        return block
    return JOB + "".join(f"      {line}\n" for line in block.splitlines())


@pytest.mark.parametrize("block", BLOCKS)
def test_an_example_is_a_valid_workflow(block, tmp_path):
    file = tmp_path / "example.yml"
    file.write_text(workflow(block), "utf-8")
    for schema in ("vendor.github-workflows", "custom.github-workflows-require-timeout"):
        result = subprocess.run(
            [PROGRAM, "--builtin-schema", schema, file],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("block", BLOCKS)
def test_an_example_gives_inputs_that_exist(block):
    for job in yaml.safe_load(workflow(block))["jobs"].values():
        for step in job["steps"]:
            if "/mlsd-lint@" in step.get("uses", ""):
                assert set(step.get("with", ())) <= set(DEFAULTS)


def test_the_first_example_takes_five_lines():
    assert len(BLOCKS[0].splitlines()) == 5


def test_it_pins_what_is_pinned_here():
    workflows = (ROOT / ".github" / "workflows").glob("*.yml")
    here = "\n".join(file.read_text("utf-8") for file in workflows)
    pins = re.findall(r"uses: (.+@[0-9a-f]{40} # .+)", PAGE)
    assert len(pins) >= len(BLOCKS)
    assert all(f"uses: {pin}\n" in here for pin in pins)


def test_its_table_has_every_input_and_its_default():
    rows = re.findall(r"^\| `([a-z-]+)` \| (?:`(.+?)`)? ?\| ", PAGE, re.MULTILINE)
    assert dict(rows) == DEFAULTS


def test_its_other_table_has_every_workflow():
    rows = re.findall(r"^\| `([a-z]+\.yml)` \| ", PAGE, re.MULTILINE)
    assert rows == sorted(file.name for file in (ROOT / ".github" / "workflows").glob("*.yml"))
