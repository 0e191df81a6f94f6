"""Run the tools by turns, time them, and believe no run that did not do its work."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools import EVERYTHING, Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from corpus import Corpus

# A file that changed within the last two seconds might change again unseen, so a careful cache
# reads it; what is measured here is a tree that has been left alone for longer.
SETTLING_SECONDS = 2.5


class BenchmarkError(Exception):
    """A run whose time means nothing: it failed, or it did not see the files."""


@dataclass(frozen=True)
class Finished:
    """A finished command: its seconds from start to end, its exit code and standard output."""

    seconds: float
    exit_code: int
    output: str


@dataclass(frozen=True)
class Contender:
    """An installed tool with a tree of its own, so that no tool reads another's cache."""

    tool: Tool
    executable: Path
    folder: Path
    corpus: Corpus

    def run(self, path: str) -> float:
        """Check `path`, a file or `EVERYTHING`; the seconds it took.

        Raises:
            BenchmarkError: it failed, did not finish, or saw another number of files.
        """
        finished = self._finished(self.tool.arguments, path)
        summary = self.tool.summary.search(finished.output)
        if finished.exit_code not in self.tool.exits or summary is None:
            raise BenchmarkError(
                f"{self.tool.name} exited with {finished.exit_code} on {self.corpus.label}"
                f" and printed:\n{finished.output[-2000:].strip()}"
            )
        if self.tool.summary.groups:
            self._expect(int(summary[1]), path)
        return finished.seconds

    def count(self) -> None:
        """Ask a tool whose summary has no number which files it would check.

        Raises:
            BenchmarkError: it would check another number of files.
        """
        if not self.tool.listing:
            return
        for path in (EVERYTHING, self.corpus.middle):
            listed = self._finished(self.tool.listing, path).output.split("\n")
            self._expect(sum(bool(line.strip()) for line in listed), path)

    def forget(self) -> None:
        """Remove the tool's cache."""
        if self.tool.cache is not None:
            shutil.rmtree(self.folder / self.tool.cache, ignore_errors=True)

    def change(self) -> None:
        """Add a paragraph to one file, another one each time."""
        with (self.folder / self.corpus.middle).open("a", encoding="utf-8") as file:
            file.write(f"\nOne more paragraph, written at {time.time_ns()}.\n")

    def _finished(self, arguments: Sequence[str], path: str) -> Finished:
        paths = self.tool.everything if path == EVERYTHING else path
        return finish([str(self.executable), *arguments, paths], self.folder)

    def _expect(self, files: int, path: str) -> None:
        expected = self.corpus.files if path == EVERYTHING else 1
        if files != expected:
            raise BenchmarkError(f"{self.tool.name} saw {files} files of {expected}")


def finish(command: Sequence[str], folder: Path) -> Finished:
    """Run a command in `folder`, its output going to files beside that folder."""
    output = folder.parent / f"{folder.name}.output"
    errors = folder.parent / f"{folder.name}.errors"
    with output.open("wb") as standard, errors.open("wb") as error:
        began = time.perf_counter()
        completed = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=standard,
            stderr=error,
            check=False,
        )
        seconds = time.perf_counter() - began
    return Finished(seconds, completed.returncode, output.read_text("utf-8", "replace"))


def by_turns(runs: int, actions: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The median seconds of each action, done `runs` times by turns.

    A disturbance meets all of them alike; each round starts with another one.
    """
    names = list(actions)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(runs):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            seconds[name].append(actions[name]())
    return {name: statistics.median(all_seconds) for name, all_seconds in seconds.items()}


def settle() -> None:
    """Wait until the times of what was written can be trusted."""
    time.sleep(SETTLING_SECONDS)
