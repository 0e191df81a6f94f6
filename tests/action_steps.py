"""The scripts of action.yml, run as GitHub runs them."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import yaml

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
DEFAULTS = {name: one["default"] for name, one in ACTION["inputs"].items()}


def step(name):
    (found,) = [one for one in ACTION["runs"]["steps"] if one.get("id") == name]
    return found


def run_step(name, values, folder: Path, temporary: Path, **environment):
    """Run a step's script; `values` are those of the expressions in its environment.

    The files that GitHub reads afterwards are in `temporary`. An expression without a value is an
    error of the test.
    """
    chosen = step(name)
    assert chosen["shell"] == "bash"
    temporary.mkdir(exist_ok=True)
    files = {key: temporary / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.touch()
    given = {key: _value(text, values) for key, text in chosen["env"].items()}
    script = temporary / "script.sh"
    script.write_text(chosen["run"], "utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", ""),
            "RUNNER_TEMP": str(temporary),
            **{key: str(file) for key, file in files.items()},
            **given,
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _value(text, values):
    if not text.startswith("${{"):
        return text
    expression = text.removeprefix("${{").removesuffix("}}").strip()
    kind, _, name = expression.partition(".")
    if kind == "inputs" and name in DEFAULTS:
        return values.get(name, DEFAULTS[name])
    return values[expression]


def outputs(temporary: Path):
    """What a step said in GITHUB_OUTPUT."""
    lines = (temporary / "GITHUB_OUTPUT").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)
