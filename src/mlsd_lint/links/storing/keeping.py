"""How long an answer holds, and which questions it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.config.durations import seconds
from mlsd_lint.links.judging.fragments import directive_of
from mlsd_lint.links.verdicts import Answer, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from random import Random

DEFAULT_KEEP: Mapping[str, str] = {
    Verdict.OK: "7d",
    Verdict.MOVED: "7d",
    Verdict.BLOCKED: "1d",
    Verdict.SOFT_404: "1d",
}
"""How long answers are used, by verdict; those of another verdict are asked again at once."""

_PAGES = frozenset({Verdict.OK, Verdict.MOVED})
_DIRECTIVE = ":~:"
_SPREAD = 0.2
_CENTRE = 1 / (1 + _SPREAD)


def lifetimes(keep: Mapping[str, str]) -> dict[Verdict, float]:
    """How many seconds an answer of each verdict is used: the setting `keep` over the defaults.

    Raises:
        ValueError: a time of `keep` is no time.
    """
    merged = {**DEFAULT_KEEP, **keep}
    return {verdict: seconds(merged.get(verdict, "0s")) for verdict in Verdict}


def expires(answer: Answer, lifetimes: Mapping[Verdict, float], random: Random) -> float:
    """Until when an answer is used, in seconds since the epoch.

    What was asked together is not due together: the time is spread 20% to both sides of its
    middle, and its end is the lifetime, so that no answer is used for longer than was set.
    """
    share = _CENTRE * random.uniform(1 - _SPREAD, 1 + _SPREAD)
    return answer.asked + lifetimes[answer.verdict] * min(share, 1.0)


def covers(answer: Answer, fragments: Collection[str]) -> bool:
    """Whether an answer says something of each of these fragments (as written, without `#`).

    A page that was not read for its anchors says nothing of one; a text fragment (`:~:text=…`)
    that was not looked for is not known. Of an address without a page, nothing more is to be
    known.
    """
    if answer.verdict not in _PAGES:
        return True
    return all(_covers(answer, fragment) for fragment in fragments)


def _covers(answer: Answer, fragment: str) -> bool:
    anchor = fragment.partition(_DIRECTIVE)[0]
    if anchor and answer.anchors is None and not answer.scripted:
        return False
    directive = directive_of(fragment)
    return not directive or directive in answer.texts
