"""Time the reading of prose, and write the tables of speed.md.

    python benchmarks/prose/speed.py [reading] [checking] [--runs 9]
        [--languagetool-folder PATH] [--write]

Without a name both parts are measured. Without a folder LanguageTool is left out.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from pages import by_turns, seconds, table, write
from reading import to_read
from watched import Checked, Watched

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).with_name("speed.md")
_READING = Path(__file__).with_name("reading.py")
_SHOWN = {"typos": "typos", "harper": "Harper", "languagetool": "LanguageTool"}
_UNCHANGED = "Nothing changed"
_CHANGED = "One paragraph changed"
_WATCHED = "One paragraph changed, under `--watch`"
_LIMITS = {_UNCHANGED: 0.030, _CHANGED: 1.5, _WATCHED: 0.150}


def main() -> int:
    """Measure what was asked for, print it, and write it if that was asked for."""
    arguments = _arguments()
    for name in arguments.measured or MEASURED:
        content = MEASURED[name](arguments)
        print(content, flush=True)
        if arguments.write:
            write(name, content, PAGE)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the reading of prose.")
    parser.add_argument("measured", nargs="*", choices=[[], *MEASURED])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--languagetool-folder", metavar="PATH")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _machine(runs: int) -> str:
    return (
        f"{platform.system()} on {os.cpu_count()} cores, Python {platform.python_version()}, load "
        f"{os.getloadavg()[0]:.1f} when it began. Medians of {runs} runs."
    )


# The engines.


def reading(arguments: argparse.Namespace) -> str:
    """Words a second of each engine, on one core and on two."""
    machine = _machine(arguments.runs)
    words = sum(len(one.text.split()) for one in to_read())
    names = ["typos", "harper"] + ["languagetool"] * bool(arguments.languagetool_folder)
    times: dict[tuple[str, int], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="mlsd-lint-prose-") as state:
        for _ in range(arguments.runs):
            # By turns: what disturbs the machine meanwhile meets all of them.
            for name, cores in product(names, (1, 2)):
                read = _read(name, cores, arguments.languagetool_folder, state)
                times.setdefault((name, cores), []).append(read)
    rows = []
    for (name, cores), measured in times.items():
        first, again = map(statistics.median, zip(*measured, strict=True))
        speeds = [f"{words / first:,.0f}", f"{words / again:,.0f}"]
        rows.append(
            [_SHOWN[name], str(cores), seconds(first), speeds[0], seconds(again), speeds[1]]
        )
    head = ["engine", "cores", "cold", "words a second", "again", "words a second"]
    return f"{machine} {words:,} words.\n\n{table(head, rows, numbers_from=1)}"


def _read(name: str, cores: int, folder: str | None, state: str) -> tuple[float, float]:
    """The seconds of the first reading and of the second in a new process.

    What is known of a server is kept in `state`, so that none of the user's is asked or stopped.
    """
    environment = os.environ | {"XDG_STATE_HOME": state}
    command = [sys.executable, str(_READING), name, str(cores), *([folder] if folder else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if name == "languagetool":
        stop = [sys.executable, "-m", "mlsd_lint", "languagetool", "stop"]
        subprocess.run(stop, stdout=subprocess.DEVNULL, check=True, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    first, again = map(float, done.stdout.split())
    return first, again


# The command.


def checking(arguments: argparse.Namespace) -> str:
    """What prose adds to `mlsd-lint check`, by what has changed since the run before."""
    machine = _machine(arguments.runs)
    with tempfile.TemporaryDirectory(prefix="mlsd-lint-prose-") as folder:
        checked = [Checked(Path(folder, grammar), grammar) for grammar in ("none", "harper")]
        rows = {
            "Everything is new": _row(arguments.runs, [one.cold for one in checked]),
            _UNCHANGED: _row(arguments.runs, [one.unchanged for one in checked]),
            _CHANGED: _row(arguments.runs, [one.changed for one in checked]),
        }
        with Watched(checked[0]) as without, Watched(checked[1]) as with_prose:
            rows[_WATCHED] = _row(arguments.runs, [without.changed, with_prose.changed])
    head = ["run", "`--grammar none`", "`--grammar harper`", "prose adds"]
    added = {name: with_prose - without for name, (without, with_prose) in rows.items()}
    shown = [[name, *map(seconds, rows[name]), seconds(added[name])] for name in rows]
    promises = [
        f"- {name}, prose adds less than {seconds(limit)}: "
        f"**{'met' if added[name] < limit else 'missed'}**. It adds {seconds(added[name])}."
        for name, limit in _LIMITS.items()
    ]
    return f"{machine}\n\n{table(head, shown, numbers_from=1)}\n\n" + "\n".join(promises)


def _row(runs: int, actions: list[Callable[[], float]]) -> list[float]:
    """The median seconds of each action."""
    medians = by_turns(runs, {str(index): action for index, action in enumerate(actions)})
    return [*medians.values()]


MEASURED = {"reading": reading, "checking": checking}

if __name__ == "__main__":
    sys.exit(main())
