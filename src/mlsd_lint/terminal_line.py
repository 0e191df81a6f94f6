"""One line on a terminal that says how far something has come, and is gone afterwards."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.text import Text

INTERVAL = 0.125
"""The least time between two drawings, in seconds."""


class TerminalLine:
    """A line that is drawn again and again.

    On what is no terminal, nothing is written at all. A terminal that goes away ends the display
    and not the work.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._wanted = _can_show(stream)
        self._shown: tuple[Any, Any] | None = None
        self._drawn = 0.0

    def update(self, text: Callable[[], Text | str]) -> None:
        """Draw what `text` gives, unless that was done a moment ago."""
        now = time.monotonic()
        if not self._wanted or (self._drawn and now - self._drawn < INTERVAL):
            return
        self._drawn = now
        try:
            console, live = self._shown = self._shown or _display(self._stream)
            # The console would look at standard input first, which may be another terminal.
            console.width = os.get_terminal_size(self._stream.fileno()).columns or 80
            live.start()
            live.update(text(), refresh=True)
        except (OSError, ValueError):
            self._wanted = False

    def end(self) -> None:
        """Remove the line and show the cursor; it can be drawn again."""
        if self._shown is not None:
            with suppress(OSError, ValueError):
                self._shown[1].stop()
        self._shown = None
        self._drawn = 0.0


def _display(stream: TextIO) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.live import Live

    console = Console(file=stream, force_terminal=True, highlight=False)
    live = Live(
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    return console, live


def _can_show(stream: TextIO) -> bool:
    if os.environ.get("PRE_COMMIT"):  # whose terminal is none, and whose log keeps every drawing
        return False
    try:
        return stream.isatty() and os.environ.get("TERM", "").lower() not in {"dumb", "unknown"}
    except (ValueError, OSError):
        return False
