"""The tools that are compared: how each is called, what it counts, how it says that all is well."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

EVERYTHING = "."


@dataclass(frozen=True)
class Tool:
    """A command-line tool at its default settings.

    Attributes:
        name: the command, and what the table calls it.
        arguments: what stands between the command and the paths.
        exits: the exit codes of a run that went well, with and without findings.
        summary: what a finished run prints; its group, if it has one, is the number of files.
        listing: arguments that make it list the files it would check, one a line, for a tool
            whose summary has no number.
        everything: what stands for all files below the working directory.
        cache: the folder it keeps in the working directory; None if it has none.
        one_cold_run_from: number of files from which it takes so long that it is run once, cold.
        left_out_from: number of files from which it is not run at all.
        version: arguments that make it print its version.
    """

    name: str
    arguments: tuple[str, ...]
    exits: frozenset[int]
    summary: re.Pattern[str]
    listing: tuple[str, ...] = ()
    everything: str = EVERYTHING
    cache: str | None = None
    one_cold_run_from: float = float("inf")
    left_out_from: float = float("inf")
    version: tuple[str, ...] = ("--version",)


MLSD_LINT = Tool(
    name="mlsd-lint",
    arguments=("check", "--grammar", "none"),  # no peer reads the prose
    exits=frozenset({0, 1}),
    summary=re.compile(r"^(?:Found .* in|All checks passed:) (\d+) files?\b", re.MULTILINE),
    cache=".mlsd_lint_cache",
    version=("version",),
)

RUMDL = Tool(
    name="rumdl",
    arguments=("check",),
    exits=frozenset({0, 1}),
    # "in 3/26 files": three of the 26 have findings.
    summary=re.compile(r"^(?:Issues|Success): .* in (?:\d+/)?(\d+) files?\b", re.MULTILINE),
    cache=".rumdl_cache",
)

LYCHEE = Tool(
    name="lychee",
    # It would read the corpora's LICENSE.txt as well. Its own cache is for answers from the
    # network and stays empty offline.
    arguments=("--offline", "--extensions", "md"),
    exits=frozenset({0, 2}),  # 1 is a failure of its own, 2 a broken link
    summary=re.compile(r"\d+ Total \(in "),
    listing=("--dump-inputs", "--offline", "--extensions", "md"),
)

MARKDOWNLINT = Tool(
    name="markdownlint-cli2",
    arguments=(),
    exits=frozenset({0, 1}),
    summary=re.compile(r"^Linting: (\d+) file", re.MULTILINE),
    everything="**/*.md",
    one_cold_run_from=500,
    version=("--help",),
)

PYMARKDOWN = Tool(
    name="pymarkdown",
    # With its default exit codes a crash looks like a finding. Without -r it reads no subfolder.
    arguments=("--return-code-scheme", "explicit", "scan", "-r"),
    exits=frozenset({0, 4}),
    summary=re.compile(""),
    listing=("--return-code-scheme", "explicit", "scan", "-l", "-r"),
    one_cold_run_from=0,
    left_out_from=500,
    version=("version",),
)

TOOLS = (MLSD_LINT, RUMDL, LYCHEE, MARKDOWNLINT, PYMARKDOWN)


def locate(tool: Tool, node_modules: Path | None) -> Path | None:
    """The tool's executable: beside this Python, in `node_modules`, on PATH; None if nowhere.

    npx is not asked: its own start, half a second, would be in every measurement.
    """
    folders = [Path(sys.executable).parent]
    if node_modules is not None:
        folders.append(node_modules.absolute() / ".bin")
    for folder in folders:
        if (folder / tool.name).is_file():
            return folder / tool.name
    found = shutil.which(tool.name)
    return Path(found) if found else None
