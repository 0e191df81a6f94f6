"""When a failure that may pass is believed: after several, over days, with no success between."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from mlsd_lint.links.verdicts import Answer, Verdict

_SUCCESSES = frozenset({Verdict.OK, Verdict.MOVED})
_FAILURES = frozenset({Verdict.SUSPECT, Verdict.DEAD})


class Confirmation(NamedTuple):
    """How many failures in a row make a link dead, and how far apart they must be, in seconds."""

    failures: int = 3
    interval: float = 3 * 24 * 3600.0


def confirmed(
    answer: Answer, earlier: Answer | None, confirmation: Confirmation, now: float
) -> Answer:
    """The answer of this run with the streak of failures of the runs before, seen at `now`.

    `earlier` is the last answer to the same question, None if there is none. A success ends the
    streak. A wall, a host that throttles, what could not be asked and a failure that is `doubtful`
    neither end nor lengthen it, nor does a failure too soon after the last that counted. `now` is in seconds since the epoch.
    """
    if answer.verdict in _SUCCESSES:
        return answer._replace(failures=0, failing_since=0.0, counted=0.0)
    if earlier is not None:
        answer = answer._replace(
            failures=earlier.failures,
            failing_since=earlier.failing_since,
            counted=earlier.counted,
        )
    if answer.verdict not in _FAILURES or answer.doubtful:
        return answer
    if not answer.failures:
        answer = answer._replace(failures=1, failing_since=now, counted=now)
    elif now - answer.counted >= confirmation.interval:
        answer = answer._replace(failures=answer.failures + 1, counted=now)
    return _with_the_streak_told(answer, confirmation.failures)


def _with_the_streak_told(answer: Answer, needed: int) -> Answer:
    if answer.verdict is Verdict.DEAD:
        return answer
    since = _date(answer.failing_since)
    if answer.failures >= needed:
        count = f"{answer.failures} failures" if answer.failures != 1 else "1 failure"
        reason = f"no answer since {since} ({count}): {answer.reason}"
        return answer._replace(verdict=Verdict.DEAD, reason=reason)
    if answer.failures > 1:
        reason = f"{answer.reason} (failing since {since}, {answer.failures} of {needed} times)"
        return answer._replace(reason=reason)
    return answer


def _date(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, tz=UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return "an unknown date"
