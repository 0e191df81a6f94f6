"""The command as its user runs it, on a copy of the booklet: once, or under `--watch`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pages import settle
from planting import FOLDERS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

_FINDINGS = frozenset({0, 1})
# `--watch` looks every 0.3 s. How long a change waits to be seen is chance, and not asked here.
_WATCH = (
    "import sys; from mlsd_lint.commands import watch; watch.INTERVAL = 0.005; "
    "from mlsd_lint.__main__ import run; sys.exit(run())"
)


@dataclass
class Checked:
    """A copy of the booklet that is checked with one choice of engine."""

    folder: Path
    grammar: str
    _changes: int = 0

    def __post_init__(self) -> None:
        for name in FOLDERS:
            shutil.copytree(ROOT / name, self.folder / name)
        for path in (ROOT / "pyproject.toml", *ROOT.glob("vocabulary.txt")):
            shutil.copy(path, self.folder)

    @property
    def arguments(self) -> list[str]:
        """What stands behind the name of the program."""
        return ["check", "--grammar", self.grammar, "content", "answers"]

    def cold(self) -> float:
        """The seconds of a check without a cache."""
        shutil.rmtree(self.folder / ".mlsd_lint_cache", ignore_errors=True)
        return self._run()

    def unchanged(self) -> float:
        """The seconds of a check after which nothing has changed since the one before."""
        if not self._changes:
            settle()
            self._run()
            self._changes = 1
        return self._run()

    def changed(self) -> float:
        """The seconds of a check after one paragraph was written."""
        self.write()
        return self._run()

    def write(self) -> None:
        """Have one paragraph of one document be another one than before."""
        self._changes += 1
        path = self.folder / "content" / "research-vs-production.md"
        text = path.read_text("utf-8").split("\nParagraph number", maxsplit=1)[0]
        paragraph = (
            f"Paragraph number {self._changes} says that teh model recieves its inputs late."
        )
        path.write_text(f"{text}\n{paragraph}\n", "utf-8")

    def _run(self) -> float:
        command = [sys.executable, "-m", "mlsd_lint", *self.arguments]
        began = time.perf_counter()
        done = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        taken = time.perf_counter() - began
        if done.returncode not in _FINDINGS:
            raise SystemExit(f"mlsd-lint failed:\n{done.stderr.decode()}")
        return taken


class Watched:
    """`mlsd-lint check --watch` on a copy of the booklet; a context."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WATCH, *self._checked.arguments, "--watch"],
            cwd=self._checked.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._wait()
        # The first change starts the engine; what is asked is how it is from then on.
        self.changed()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def changed(self) -> float:
        """The seconds from the writing of a paragraph until it is checked."""
        settle()
        began = time.perf_counter()
        self._checked.write()
        self._wait()
        return time.perf_counter() - began

    def _wait(self) -> None:
        """Until it says that it waits for a change."""
        stream = self._process.stderr
        line = stream.readline() if stream else b""
        if not line.startswith(b"Waiting"):
            raise SystemExit(f"--watch ended or said: {line.decode()}")
