"""What the process says and exits with where the command line, or the program itself, is wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest


def run(program, *arguments):
    return subprocess.run(
        [sys.executable, *program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "mlsd-lint: the following arguments are required: VERB; see `mlsd-lint --help`"),
        (["check", "--since"], "mlsd-lint check: argument --since: expected one argument"),
        (
            ["check", "--sinc"],
            "mlsd-lint check: unrecognized arguments: --sinc; see `mlsd-lint check",
        ),
        (["version", "x"], "mlsd-lint version: unrecognized arguments: x"),
    ],
)
def test_wrong_usage_is_one_line_that_names_the_help(arguments, said):
    done = run(["-m", "mlsd_lint"], *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.endswith(" --help`\n")
    assert done.stderr.count("\n") == 1


def test_a_fault_of_ours_does_not_look_like_a_finding():
    """Python would exit with 1."""
    program = (
        "import mlsd_lint.__main__, mlsd_lint.commands.version as version\n"
        "version.run = lambda arguments: 1 / 0\n"
        "mlsd_lint.__main__.run()\n"
    )
    done = run(["-c", program], "version")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("mlsd-lint: this is a fault of mlsd-lint")
