"""Books of other kinds, checked by the real command, and what it says of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from command import run
from projects import write_files

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    Files = dict[str, str]


def check(folder: Path, files: Files, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `mlsd-lint check` does with these files, and nothing else, in a folder."""
    write_files(folder, files)
    flags = ("--select", "S,X", "--no-cache", "--output-format", "concise")
    return run(folder, "check", *flags, *arguments)


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
