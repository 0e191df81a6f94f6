"""Books of other kinds, checked by the real command, and what it says of them."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

    Files = dict[str, str]


def check(folder: Path, files: Files, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `mlsd-lint check` does with these files, and nothing else, in a folder."""
    write_files(folder, files)
    command = [sys.executable, "-m", "mlsd_lint", "check", "--select", "S,X", "--no-cache"]
    return subprocess.run(
        [*command, "--output-format", "concise", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def refused(folder: Path, files: Files, *arguments: str) -> str:
    """What the command says when it refuses to check, in its own words."""
    done = check(folder, files, *arguments)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert "Traceback" not in done.stderr
    return done.stderr.removeprefix("mlsd-lint: ").rstrip()


def found(folder: Path, files: Files, *arguments: str) -> str:
    """The findings, a line each without the severity; nothing if there is none."""
    done = check(folder, files, *arguments)
    assert done.stderr == ""
    assert done.returncode in {0, 1}
    lines = [line for line in done.stdout.splitlines() if ".md:" in line]
    shown = (re.sub(r": (\w\d+)(?: \[\*\])? (?:error|warning|info):", r" \1", one) for one in lines)
    return "".join(f"{line}\n" for line in shown)
