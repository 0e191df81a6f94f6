"""What the gate costs: `mlsd-lint check --since HEAD~1` for a change of one file in a large book.

It makes a repository of 5,000 Markdown files with 50,000 links, checks it in several ways, and
prints a table of time and memory. A run counts only if it said what every other one said, in one
process as in many. With --write the table goes into gate.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import gate_book
import tables
from budgets import seconds
from link_tools import Usage, measured
from measuring import BenchmarkError, settle
from tools import MLSD_LINT, locate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAGE = Path(__file__).with_name("gate.md")
FORMAT = ("--output-format", "concise")
SINCE = ("check", "--since", "HEAD~1", *FORMAT)
WHOLE = ("check", *FORMAT)
_LAST = "The number of runs so far is "
SAID = "50 new, 0 fixed, 100 known"
# The first of the processors that this one may use, and no other.
_ON_ONE_CORE = (
    "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


class Scenario(NamedTuple):
    """What is measured: a command, what is done before each run, and on how many cores."""

    name: str
    arguments: Sequence[str]
    before: Callable[[Path, int], None]
    one_core: bool = False


def main() -> int:
    """Measure, print the table, and write it if that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each kind (default: 5)")
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.name}")
    arguments = parser.parse_args()
    executable = locate(MLSD_LINT, None)
    if executable is None:
        print("mlsd-lint is not installed", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="mlsd-lint-gate-") as folder:
        book = Path(folder) / "book"
        book.mkdir()
        gate_book.make(book)
        try:
            content = _measured(executable, book, arguments.runs)
        except BenchmarkError as error:
            print(f"The benchmark failed: {error}", file=sys.stderr)
            return 1
    print(content)
    if arguments.write:
        tables.write("gate", content, PAGE)
    return 0


def _measured(executable: Path, book: Path, runs: int) -> str:
    machine = (
        f"{platform.system()} on {os.cpu_count()} cores, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f} when it began. Medians of {runs} runs."
    )
    outputs: dict[tuple[str, ...], set[str]] = {}
    rows = []
    for scenario in SCENARIOS:
        usages = []
        for number in range(runs):
            scenario.before(book, number)
            command = [str(executable), *scenario.arguments]
            if scenario.one_core:
                command = [sys.executable, "-c", _ON_ONE_CORE, *command]
            usage, exit_code, output = measured(command, book)
            if exit_code != 1:
                raise BenchmarkError(f"{scenario.name}: exit code {exit_code}\n{output[-2000:]}")
            usages.append(usage)
            outputs.setdefault(tuple(scenario.arguments), set()).add(output)
        rows.append([scenario.name, f"`{' '.join(scenario.arguments[:-2])}`", *_cells(usages)])
    _expect_the_same(outputs)
    head = ["run", "command", "time", "processor", "memory"]
    return f"{machine}\n\n{tables.table(head, rows, 2)}"


def _expect_the_same(outputs: dict[tuple[str, ...], set[str]]) -> None:
    """Every run of a command has to print the same, and the gate what the change really does."""
    for arguments, printed in outputs.items():
        if len(printed) != 1:
            raise BenchmarkError(f"{' '.join(arguments)} printed {len(printed)} different outputs")
    (output,) = outputs[SINCE]
    if SAID not in output:
        raise BenchmarkError(f"the gate did not find {SAID}: {output[-200:]}")


def _cells(usages: Sequence[Usage]) -> list[str]:
    return [
        seconds(statistics.median(one.seconds for one in usages)),
        seconds(statistics.median(one.processor for one in usages)),
        f"{statistics.median(one.memory for one in usages) / 1e6:.0f} MB",
    ]


def _forget(book: Path, _number: int) -> None:
    for file in (book / ".mlsd_lint_cache").glob("cache.sqlite*"):
        file.unlink()


def _change(book: Path, _number: int) -> None:
    """Another change of the file that differs anyway, so that nothing can be replayed."""
    file = book / gate_book.CHANGED
    text, _, last = file.read_text("utf-8").rstrip("\n").partition(_LAST)
    file.write_text(f"{text.rstrip()}\n\n{_LAST}{int(last or 0) + 1}\n", "utf-8")


def _leave(_book: Path, number: int) -> None:
    if number == 0:
        settle()


SCENARIOS = (
    Scenario("no cache", SINCE, _forget),
    Scenario("no cache, on one core", SINCE, _forget, one_core=True),
    Scenario("one file changed again", SINCE, _change),
    Scenario("one file changed again, on one core", SINCE, _change, one_core=True),
    Scenario("nothing changed", SINCE, _leave),
    Scenario("no cache", WHOLE, _forget),
    Scenario("one file changed again", WHOLE, _change),
)

if __name__ == "__main__":
    sys.exit(main())
