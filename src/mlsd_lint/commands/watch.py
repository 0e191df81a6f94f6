"""Checking again whenever something that the last check looked at has changed."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, NoReturn

from mlsd_lint.cache import Stamp, verify

if TYPE_CHECKING:
    from collections.abc import Callable

INTERVAL = 0.3  # seconds between two looks
_CLEAR_SCREEN = "\x1b[2J\x1b[3J\x1b[H"


def watch(check: Callable[[], tuple[int, list[Stamp]]]) -> NoReturn:
    """Check, wait for a change, and so on, until interrupted; `check` prints what it finds.

    It never returns: Ctrl-C ends it with KeyboardInterrupt.
    """
    while True:
        if sys.stdout.isatty():
            sys.stdout.write(_CLEAR_SCREEN)
        _, seen = check()
        sys.stderr.write("Waiting for a change; Ctrl-C ends.\n")
        unchanged: list[Stamp] | None = seen
        while unchanged is not None:
            time.sleep(INTERVAL)
            unchanged = verify(unchanged)
