"""How far the check of external links has come, on a terminal; nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.terminal_line import TerminalLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rich.text import Text

SHOWN_HOSTS = 3

_COLOURS = {
    Verdict.OK: "green",
    Verdict.MOVED: "cyan",
    Verdict.DEAD: "red",
    Verdict.SUSPECT: "yellow",
    Verdict.SOFT_404: "yellow",
}


class Status(NamedTuple):
    """How far it has come.

    `waiting` are the hosts that are waited for, those with most work left first; `seconds_left` is
    None as long as nobody can tell.
    """

    done: int
    total: int
    counts: Mapping[Verdict, int]
    waiting: Sequence[str]
    seconds_left: float | None


@contextmanager
def showing(stream: TextIO, total: int) -> Iterator[Callable[[Status], None]]:
    """Show one line of progress on a terminal while the block runs; it is gone afterwards.

    The block gets what it calls with every new status, as often as it likes: it is drawn when the
    last drawing is old enough. On what is no terminal, nothing is written at all. A terminal that
    goes away ends the display and not the block.
    """
    shown = TerminalLine(stream)
    try:
        shown.update(lambda: line(Status(0, total, {}, (), None)))
        yield lambda status: shown.update(lambda: line(status))
    finally:
        shown.end()


def line(status: Status) -> Text:
    """The status in one line, what matters most first: what is too long is cut at its end."""
    from rich.text import Text

    text = Text(no_wrap=True, overflow="crop")
    text.append(f"{status.done:,} of {status.total:,} links")
    if status.seconds_left is not None:
        text.append(f", {time_left(status.seconds_left)} left")
    separator = ": "
    for verdict in Verdict:
        if count := status.counts.get(verdict, 0):
            text.append(separator)
            text.append(f"{count:,} {verdict.value}", style=_COLOURS.get(verdict, ""))
            separator = ", "
    if status.waiting:
        hosts = ", ".join(_plain(host) for host in status.waiting[:SHOWN_HOSTS])
        text.append(f"; waiting for {hosts}")
    return text


def time_left(seconds: float) -> str:
    """A time as somebody who waits wants to know it: 8s, 3m, 1h 5m."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole}s"
    minutes = round(whole / 60)
    if minutes < 60:
        return f"{minutes}m"
    return f"{minutes // 60}h {minutes % 60}m"


def _plain(host: str) -> str:
    return "".join(character for character in host if character.isprintable())
