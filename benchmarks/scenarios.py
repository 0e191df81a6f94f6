"""What is measured: the tools on a tree, cold, unchanged and changed; and the way to a command."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import BenchmarkError, Contender, by_turns, finish, settle
from tools import EVERYTHING, MLSD_LINT, TOOLS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus import Corpus
    from tools import Tool

COLD = "cold"
UNCHANGED = "nothing changed"
CHANGED = "one file changed"
ONE_FILE = "one unchanged file"
NOT_INSTALLED = "not installed"
COLD_ONLY = "cold only"
LEFT_OUT = "left out"
INTERPRETER = "a bare interpreter"


@dataclass(frozen=True)
class Row:
    """One scenario on one corpus: by tool the median seconds, or why there are none."""

    corpus: str
    scenario: str
    cells: Mapping[str, float | str]

    def __str__(self) -> str:
        """The row in one line, for whoever waits."""
        cells = [
            f"{name} {cell if isinstance(cell, str) else f'{cell:.3f} s'}"
            for name, cell in self.cells.items()
        ]
        return f"{self.corpus}, {self.scenario}: {'; '.join(cells)}"


def scenarios(
    corpus: Corpus, executables: Mapping[Tool, Path], folder: Path, runs: int
) -> list[Row]:
    """Measure every scenario on a corpus, each tool on a tree of its own below `folder`.

    Raises:
        BenchmarkError: a tool failed, or saw another number of files than the others.
    """
    contenders = _contenders(corpus, executables, folder)
    quick = [one for one in contenders if corpus.files < one.tool.one_cold_run_from]
    slow = [one for one in contenders if one not in quick]
    cold = by_turns(runs, {one.tool.name: partial(_cold, one) for one in quick})
    settle()
    _warm_up(quick, EVERYTHING)
    unchanged = by_turns(runs, {one.tool.name: partial(one.run, EVERYTHING) for one in quick})
    _warm_up(quick, corpus.middle)
    one_file = by_turns(runs, {one.tool.name: partial(one.run, corpus.middle) for one in quick})
    changed = by_turns(runs, {one.tool.name: partial(_changed, one) for one in quick})
    for one in slow:
        cold[one.tool.name] = _cold(one)
    measured = {COLD: cold, UNCHANGED: unchanged, CHANGED: changed, ONE_FILE: one_file}
    return [
        Row(corpus.label, name, _cells(corpus, executables, seconds))
        for name, seconds in measured.items()
    ]


def _contenders(corpus: Corpus, executables: Mapping[Tool, Path], folder: Path) -> list[Contender]:
    contenders = []
    for tool, executable in executables.items():
        if corpus.files < tool.left_out_from:
            one = Contender(tool, executable, folder / tool.name, corpus)
            corpus.copy_to(one.folder)
            one.count()
            contenders.append(one)
    return contenders


def _cold(contender: Contender) -> float:
    contender.forget()
    return contender.run(EVERYTHING)


def _changed(contender: Contender) -> float:
    contender.change()
    return contender.run(EVERYTHING)


def _warm_up(contenders: list[Contender], path: str) -> None:
    for one in contenders:
        one.run(path)


def _cells(
    corpus: Corpus, executables: Mapping[Tool, Path], seconds: Mapping[str, float]
) -> dict[str, float | str]:
    return {
        tool.name: seconds.get(tool.name, _why_not(tool, corpus, executables)) for tool in TOOLS
    }


def _why_not(tool: Tool, corpus: Corpus, executables: Mapping[Tool, Path]) -> str:
    if tool not in executables:
        return NOT_INSTALLED
    return LEFT_OUT if corpus.files >= tool.left_out_from else COLD_ONLY


def start_up(executable: Path, folder: Path, runs: int) -> dict[str, float]:
    """The median seconds of `mlsd-lint version` and of the interpreter that it runs on.

    Raises:
        BenchmarkError: one of them failed.
    """
    folder.mkdir()
    python = executable.parent / "python"
    commands = {
        MLSD_LINT.name: [str(executable), "version"],
        INTERPRETER: [str(python if python.exists() else Path(sys.executable)), "-c", ""],
    }
    return by_turns(
        runs, {name: partial(_succeed, command, folder) for name, command in commands.items()}
    )


def _succeed(command: list[str], folder: Path) -> float:
    finished = finish(command, folder)
    if finished.exit_code:
        raise BenchmarkError(f"{command} exited with {finished.exit_code}")
    return finished.seconds
