"""`statistics`: how often each rule was broken, the most frequent first.

    12 L103 [*] missing-anchor
     3 H003 [ ] skipped-level

`[*]` where --fix mends all of a rule's findings, `[-]` where it mends some of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Report
    from mlsd_lint.reporters.terminal import Palette


class RuleCounts(NamedTuple):
    """How many diagnostics a rule has, and for how many of them there is a safe fix."""

    code: str
    name: str
    number: int
    fixable: int


def count_rules(report: Report) -> list[RuleCounts]:
    """Every rule that found something, most findings first, then by code."""
    numbers = Counter((one.code, one.name) for one in report.diagnostics)
    fixable = Counter(one.code for one in report.diagnostics if one.fix and one.fix.safe)
    counts = [
        RuleCounts(code, name, number, fixable[code]) for (code, name), number in numbers.items()
    ]
    return sorted(counts, key=lambda rule: (-rule.number, rule.code))


def render(report: Report, palette: Palette) -> Iterator[str]:
    """A line for each rule."""
    counts = count_rules(report)
    width = len(str(counts[0].number)) if counts else 0
    for rule in counts:
        sign = " " if not rule.fixable else "*" if rule.fixable == rule.number else "-"
        yield (
            f"{palette.strong}{rule.number:>{width}}{palette.reset} {rule.code} "
            f"[{palette.mark}{sign}{palette.reset}] {rule.name}\n"
        )
