"""The link checkers that are compared: how each is told to ask, and how one run is measured."""

from __future__ import annotations

import os
import re
import subprocess
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from measuring import BenchmarkError
from tools import LYCHEE, MLSD_LINT, Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from link_bounds import Terms

LINKINATOR = Tool(
    name="linkinator",
    arguments=(),
    exits=frozenset({0, 1}),
    summary=re.compile(r"scanned (\d+) links"),
)
CONFIGURATION = "mlsd-lint.toml"


class Usage(NamedTuple):
    """What one run took: seconds from start to end, seconds of processor time, bytes of memory.

    `memory` is the most that the process held at once (its peak resident set).
    """

    seconds: float
    processor: float
    memory: int


@dataclass(frozen=True)
class Checker:
    """A tool with the arguments that make it ask as it should.

    `name` is what the table calls it. `configuration` is the text of mlsd-lint's settings, for
    mlsd-lint. `found` reads from its output how many links it saw, if it says so.
    """

    name: str
    tool: Tool
    arguments: tuple[str, ...]
    found: re.Pattern[str]
    configuration: str = ""

    def check(self, executable: Path, folder: Path) -> tuple[Usage, int]:
        """Check the documents in `folder`; what it took, and how many links it says it saw.

        Raises:
            BenchmarkError: it failed, or does not say how many links there are.
        """
        if self.configuration:
            _write_once(folder / CONFIGURATION, self.configuration)
        usage, exit_code, output = measured([str(executable), *self.arguments], folder)
        found = self.found.search(output)
        if exit_code not in self.tool.exits or found is None:
            raise BenchmarkError(
                f"{self.name} exited with {exit_code} and printed:\n{output[-2000:].strip()}"
            )
        return usage, int(re.sub(r"\D", "", found[1]))


def measured(command: Sequence[str], folder: Path) -> tuple[Usage, int, str]:
    """Run a command in `folder`: what it took, its exit code, and all that it printed."""
    printed = folder.parent / f"{folder.name}.printed"
    with printed.open("wb") as file:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)  # it is known not to run any more
    taken = Usage(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
    return taken, process.returncode, printed.read_text("utf-8", "replace")


def mlsd_lint(terms: Terms, **settings: str) -> Checker:
    """mlsd-lint on these terms; `settings` are others of its own, by key with underscores."""
    written = {
        "allow-addresses": '["127.0.0.0/8"]',
        "concurrency": str(terms.concurrency),
        "host-concurrency": str(terms.host_concurrency),
        "host-interval": f'"{terms.interval * 1000:.0f}ms"',
        "timeout": f'"{terms.timeout:.0f}s"',
        # A page that does not answer is asked with HEAD, then with GET and again so many times.
        "retries": str(terms.attempts - 2),
        **{name.replace("_", "-"): value for name, value in settings.items()},
    }
    return Checker(
        name=MLSD_LINT.name,
        tool=MLSD_LINT,
        arguments=("check", "--online", "--grammar", "none"),
        found=re.compile(r"([\d,]+) external links?"),
        configuration="".join(f"links.{key} = {value}\n" for key, value in written.items()),
    )


def lychee(terms: Terms, *more: str) -> Checker:
    """The checker lychee on these terms."""
    arguments = {
        "--max-concurrency": str(terms.concurrency),
        "--host-concurrency": str(terms.host_concurrency),
        "--host-request-interval": f"{terms.interval * 1000:.0f}ms",
        "--timeout": f"{terms.timeout:.0f}",
        "--max-retries": str(terms.attempts - 1),
        "--retry-wait-time": "1",
        "--method": "head",
    }
    flat = [part for pair in arguments.items() for part in pair]
    return Checker(
        name=LYCHEE.name,
        tool=LYCHEE,
        arguments=("--no-progress", *flat, *more, "."),
        found=re.compile(r"(\d+) Total"),
    )


def linkinator(terms: Terms) -> Checker:
    """The checker linkinator with the same number of requests under way; it knows no limits per host."""
    concurrency = str(terms.concurrency)
    return Checker(
        name=LINKINATOR.name,
        tool=LINKINATOR,
        arguments=("*.md", "--markdown", "--concurrency", concurrency, "--verbosity", "warning"),
        found=LINKINATOR.summary,
    )


def renamed(checker: Checker, name: str) -> Checker:
    """The same checker under another name in the table."""
    return replace(checker, name=name)


def in_turn(runs: int, actions: Mapping[str, Callable[[], Usage]]) -> dict[str, list[Usage]]:
    """What each action took each time, done `runs` times by turns, each round from another one."""
    names = list(actions)
    taken: dict[str, list[Usage]] = {name: [] for name in names}
    for turn in range(runs):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            taken[name].append(actions[name]())
    return taken


def _write_once(file: Path, text: str) -> None:
    """Write a file if it is not like that already: its time is part of what a cache looks at."""
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")
