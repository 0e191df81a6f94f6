"""What the process says and exits with where the command line, or the program itself, is wrong."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from projects import write_files


def run(program, *arguments, folder=None):
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder,
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


HOSTILE = r"a\n::error::b\u001bc"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (f'include = ["{HOSTILE}"]', "mlsd-lint: no Markdown files in "),
        (f'baseline = "{HOSTILE}"', "mlsd-lint: there is no baseline "),
        (f'exclude = ["{HOSTILE}"]\nignore = ["{HOSTILE}"]', ""),
        (f'select = ["{HOSTILE}"]', ""),
        (f'"{HOSTILE}" = 1', ""),
        (f'types.x = {{ files = "{HOSTILE}", required = true }}', ""),
        (f'fail-on = "{HOSTILE}"', ""),
    ],
)
def test_what_a_configuration_says_gives_no_command(tmp_path, settings, said):
    """To a runner of CI, which takes them at the start of a line, or to a terminal."""
    write_files(tmp_path, {"a.md": "# A\n", "mlsd-lint.toml": settings})
    done = run(["-m", "mlsd_lint"], "check", "--grammar", "none", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert not re.search(r"\x1b|^::", done.stderr, re.MULTILINE)


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
