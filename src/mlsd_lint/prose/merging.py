"""What several engines say of one text, as one: no reader wants to be told the same twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.prose.blocks import Range
from mlsd_lint.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mlsd_lint.prose.engine import Match


class Merged(NamedTuple):
    """One thing that is wrong, whoever found it.

    `match` is what the engine says that takes it most gravely, by a rule that is on without being
    asked for if there is one. `engines` names the rule of each
    engine that found it, as `harper:AnA`, that of `match` first. `agreed` if two engines would
    write the same instead.
    """

    match: Match
    engines: tuple[str, ...]
    agreed: bool


class _Said(NamedTuple):
    """A match and the engine that made it."""

    engine: str
    match: Match

    @property
    def name(self) -> str:
        return f"{self.engine}:{self.match.rule}"


def merged(found: Mapping[str, Iterable[Match]], text: str) -> list[Merged]:
    """The matches of each engine in one text, those on overlapping ranges made one, in order.

    Engines are given by name, in the order in which they are to be believed. Two matches of one
    engine stay two.
    """
    order = list(found)
    said = [_Said(engine, match) for engine, matches in found.items() for match in matches]
    said.sort(key=lambda one: (one.match.start, one.match.end, order.index(one.engine)))
    groups: list[list[_Said]] = []
    for one in said:
        group = next((some for some in reversed(groups[-len(order) :]) if _joins(one, some)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return sorted((_one(group, order, text) for group in groups), key=lambda one: one.match[:3])


def _joins(one: _Said, group: Sequence[_Said]) -> bool:
    return all(other.engine != one.engine for other in group) and any(
        one.match.start < other.match.end and other.match.start < one.match.end for other in group
    )


def _one(group: Sequence[_Said], order: Sequence[str], text: str) -> Merged:
    rules = all_rules()

    def belief(one: _Said) -> tuple[int, bool, int]:
        rule = rules[one.match.code]
        return rule.severity.rank, rule.optional, order.index(one.engine)

    believed = sorted(group, key=belief)
    return Merged(
        believed[0].match,
        tuple(dict.fromkeys(one.name for one in believed)),
        _agree([one.match for one in believed], text),
    )


def _agree(matches: Sequence[Match], text: str) -> bool:
    """Whether two of them would have the same text in the end."""
    around = Range(min(one.start for one in matches), max(one.end for one in matches))
    meant = [_meant(one, text, around) for one in matches]
    known = [one for one in meant if one is not None]
    return len(set(known)) < len(known)


def _meant(match: Match, text: str, around: Range) -> str | None:
    """The text of a range with the first replacement in its place; None if there is none."""
    if not match.replacements:
        return None
    before, behind = text[around.start : match.start], text[match.end : around.end]
    return before + match.replacements[0] + behind
