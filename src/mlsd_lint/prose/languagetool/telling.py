"""Tells who waits for a server how that gets on."""

from __future__ import annotations

import io
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mlsd_lint.terminal_line import TerminalLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def starting(version: str, *, quiet: bool = False) -> Iterator[Callable[[float], None]]:
    """What to call, again and again, with how many seconds a server has been starting.

    On a terminal that is a line which goes away; elsewhere one line says that it starts, and
    another that it is ready. Nothing is said of a server that runs already, or to who wants it
    `quiet`.
    """
    stream = io.StringIO() if quiet else sys.stderr
    plain = not stream.isatty()
    line = TerminalLine(stream)
    began: list[float] = []

    def tell(seconds: float) -> None:
        if not began:
            began.append(time.monotonic() - seconds)
            if plain:
                stream.write(f"Starting LanguageTool {version} …\n")
                stream.flush()
        line.update(lambda: f"Starting LanguageTool {version}: {seconds:.0f} s")

    try:
        yield tell
        if began and plain:
            took = time.monotonic() - began[0]
            stream.write(f"LanguageTool {version} is ready after {took:.1f} s.\n")
            stream.flush()
    finally:
        line.end()
