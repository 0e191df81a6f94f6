"""What mlsd-lint promises about its speed, each promise held against what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenarios import COLD, INTERPRETER, ONE_FILE, UNCHANGED
from tools import LYCHEE, MARKDOWNLINT, MLSD_LINT, RUMDL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scenarios import Row
    from tools import Tool


@dataclass(frozen=True)
class Comparison:
    """mlsd-lint takes at most `times` what a peer takes in a scenario."""

    promise: str
    corpus: str
    scenario: str
    peer: Tool
    times: float

    def sentence(self, rows: Sequence[Row]) -> str:
        """The promise, and whether it is kept."""
        cells = next(
            row.cells for row in rows if (row.corpus, row.scenario) == (self.corpus, self.scenario)
        )
        ours, theirs = cells[MLSD_LINT.name], cells[self.peer.name]
        if isinstance(ours, str) or isinstance(theirs, str):
            return f"{self.promise}: not measured ({self.peer.name}: {theirs})."
        limit = theirs * self.times
        return (
            f"{self.promise}: {verdict(ours, limit)} {MLSD_LINT.name} takes {seconds(ours)},"
            f" {self.peer.name} {seconds(theirs)}, {ratio(ours, theirs)}."
        )


def verdict(measured: float, limit: float) -> str:
    """Whether a time keeps within its limit, and by how much it does not."""
    if measured <= limit:
        return "**met**."
    return f"**missed**, {seconds(measured)} where {seconds(limit)} are allowed."


def seconds(value: float) -> str:
    """A time with three digits at most: "41 ms", "1.05 s", "73 s"."""
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def ratio(ours: float, theirs: float) -> str:
    """The two times in words: "so it is 3.91 times as fast"."""
    if ours <= theirs:
        return f"so it is {theirs / ours:.2f} times as fast"
    return f"so it takes {ours / theirs:.2f} times as long"


def sentences(rows: Sequence[Row], start: Mapping[str, float]) -> list[str]:
    """One sentence for each promise."""
    small, large = rows[0].corpus, rows[-1].corpus
    comparisons = [
        Comparison(
            "Cold, at least three times faster than markdownlint-cli2",
            small,
            COLD,
            MARKDOWNLINT,
            1 / 3,
        ),
        Comparison("Cold, within eight times of rumdl", small, COLD, RUMDL, 8),
        Comparison("Nothing changed, faster than `lychee --offline`", small, UNCHANGED, LYCHEE, 1),
        Comparison(
            f"Nothing changed in {large}, ten times faster than rumdl with its cache",
            large,
            UNCHANGED,
            RUMDL,
            1 / 10,
        ),
        Comparison(
            f"Nothing changed in {large}, ten times faster than `lychee --offline`",
            large,
            UNCHANGED,
            LYCHEE,
            1 / 10,
        ),
    ]
    return [
        _version(start),
        _one_file(rows),
        *(comparison.sentence(rows) for comparison in comparisons),
    ]


def _version(start: Mapping[str, float]) -> str:
    ours, bare = start[MLSD_LINT.name], start[INTERPRETER]
    return (
        "`mlsd-lint version` under 60 ms, with an interpreter that itself starts in 20:"
        f" {verdict(ours, 0.060)} It takes {seconds(ours)}, {INTERPRETER} {seconds(bare)}."
    )


def _one_file(rows: Sequence[Row]) -> str:
    ours = next(row.cells[MLSD_LINT.name] for row in rows if row.scenario == ONE_FILE)
    if isinstance(ours, str):
        return f"One unchanged file through `check` under 120 ms: not measured ({ours})."
    return (
        f"One unchanged file through `check` under 120 ms: {verdict(ours, 0.120)}"
        f" It takes {seconds(ours)}."
    )
