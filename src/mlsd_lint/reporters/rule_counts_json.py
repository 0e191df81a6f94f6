"""`statistics-json`: how often each rule was broken, as an array with the keys ruff uses."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

from mlsd_lint.reporters.json_array import framed
from mlsd_lint.reporters.rule_counts import count_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.diagnostics import Report
    from mlsd_lint.reporters.rule_counts import RuleCounts
    from mlsd_lint.reporters.terminal import Palette


def render(report: Report, _palette: Palette) -> Iterator[str]:
    """The array, most findings first, one rule to a line."""
    yield from framed(dumps(_object(counts)) for counts in count_rules(report))


def _object(counts: RuleCounts) -> dict[str, object]:
    return {
        "code": counts.code,
        "name": counts.name,
        "count": counts.number,
        "fixable": counts.fixable == counts.number,
        "fixable_count": counts.fixable,
    }
