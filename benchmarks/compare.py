"""Time mlsd-lint side by side with its peers, and write the table of the README.

    python benchmarks/compare.py --corpora PATH [--node-modules PATH] [--copies 40] [--runs 5]
        [--write]

The tools are looked for beside the Python that runs this, then in the named folder of npm
packages, then on PATH. Exits with 1 if a tool fails or sees another number of files.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import budgets
import tables
from corpus import Corpus
from measuring import BenchmarkError
from scenarios import INTERPRETER, NOT_INSTALLED, Row, scenarios, start_up
from tools import MLSD_LINT, TOOLS, Tool, locate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def main() -> int:
    """Measure, print, and write if that was asked for."""
    arguments = _arguments()
    executables = {
        tool: executable
        for tool in TOOLS
        if (executable := locate(tool, arguments.node_modules)) is not None
    }
    if MLSD_LINT not in executables:
        print("mlsd-lint is not installed beside this Python, nor on PATH", file=sys.stderr)
        return 1
    machine = _machine(executables, arguments.runs)
    print(machine)
    try:
        content = f"{machine}\n\n{_measured(arguments, executables)}"
    except BenchmarkError as error:
        print(f"The benchmark failed: {error}", file=sys.stderr)
        return 1
    print(content)
    if arguments.write:
        tables.write("table", content)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--corpora", type=Path, required=True, help="a folder of Markdown")
    parser.add_argument("--node-modules", type=Path, help="where markdownlint-cli2 is installed")
    parser.add_argument("--copies", type=int, default=40, help="copies in the large tree (40)")
    parser.add_argument("--runs", type=int, default=5, help="runs that make a median (5)")
    parser.add_argument("--write", action="store_true", help="rewrite the table in the README")
    return parser.parse_args()


def _measured(arguments: argparse.Namespace, executables: Mapping[Tool, Path]) -> str:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="mlsd-lint-benchmark-") as name:
        start = start_up(executables[MLSD_LINT], Path(name) / "start", arguments.runs)
        for copies in (1, arguments.copies):
            folder = Path(name) / str(copies)
            corpus = Corpus(arguments.corpora.absolute(), copies)
            measured = scenarios(corpus, executables, folder, arguments.runs)
            print("\n".join(map(str, measured)), flush=True)
            rows += measured
    return "\n\n".join(
        [
            tables.table(*_speeds(rows), numbers_from=2),
            tables.table(*_start(start), numbers_from=1),
            "\n".join(f"- {sentence}" for sentence in budgets.sentences(rows, start)),
        ]
    )


def _speeds(rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    head = ["tree", "run", *(tool.name for tool in TOOLS)]
    return head, [
        [row.corpus, row.scenario, *(_cell(row, tool.name) for tool in TOOLS)] for row in rows
    ]


def _cell(row: Row, name: str) -> str:
    cell, ours = row.cells[name], row.cells[MLSD_LINT.name]
    if isinstance(cell, str) or isinstance(ours, str):
        return str(cell)
    time = budgets.seconds(cell)
    return time if name == MLSD_LINT.name else f"{time} ({cell / ours:.2f})"


def _start(start: Mapping[str, float]) -> tuple[list[str], list[list[str]]]:
    return ["start", "time"], [
        ["`mlsd-lint version`", budgets.seconds(start[MLSD_LINT.name])],
        [INTERPRETER, budgets.seconds(start[INTERPRETER])],
    ]


def _machine(executables: Mapping[Tool, Path], runs: int) -> str:
    versions = [
        f"{tool.name} {version(tool, executables[tool])}"
        if tool in executables
        else f"{tool.name} {NOT_INSTALLED}"
        for tool in TOOLS
    ]
    return (
        f"{platform.system()} on {os.cpu_count()} cores, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f} when it began; {', '.join(versions)}."
        f" Medians of {runs} runs."
    )


def version(tool: Tool, executable: Path) -> str:
    """The version that a tool says it has."""
    completed = subprocess.run(
        [str(executable), *tool.version], capture_output=True, text=True, check=False
    )
    version = re.search(r"\d+(?:\.\d+)+", completed.stdout + completed.stderr)
    return version[0] if version else "of unknown version"


if __name__ == "__main__":
    sys.exit(main())
