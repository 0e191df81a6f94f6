"""How long answers hold, and what they answer."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.links.storing.keeping import covers, expires, lifetimes
from mlsd_lint.links.verdicts import Answer, Verdict

DAY = 86400.0


def seeded(seed):
    return Random(seed)  # noqa: S311  # the same numbers every time


def test_the_defaults_are_those_of_the_documentation():
    assert lifetimes({}) == {
        Verdict.OK: 7 * DAY,
        Verdict.MOVED: 7 * DAY,
        Verdict.BLOCKED: DAY,
        Verdict.SOFT_404: DAY,
        Verdict.DEAD: 0,
        Verdict.SUSPECT: 0,
        Verdict.THROTTLED: 0,
        Verdict.UNVERIFIED: 0,
    }


def test_a_setting_changes_its_own_verdict_only():
    assert lifetimes({"dead": "2h", "soft-404": "0s"}) == {
        **lifetimes({}),
        Verdict.DEAD: 7200,
        Verdict.SOFT_404: 0,
    }


def test_a_time_without_unit_is_refused():
    with pytest.raises(ValueError, match="expected a time"):
        lifetimes({"ok": "7"})


@given(st.sampled_from(Verdict), st.integers())
def test_an_answer_holds_for_most_of_its_lifetime_and_never_longer(verdict, seed):
    known = lifetimes({"dead": "30m"})
    until = expires(Answer(verdict, "", asked=1000.0), known, seeded(seed))
    assert 1000 + known[verdict] * 0.66 <= until <= 1000 + known[verdict]


def test_what_is_asked_together_is_not_due_together():
    random = seeded(1)
    untils = [expires(Answer(Verdict.OK, ""), lifetimes({}), random) for _ in range(1000)]
    assert len(set(untils)) == 1000
    assert max(untils) - min(untils) > 7 * DAY * 0.3


def test_the_same_random_numbers_give_the_same_times():
    first, second = seeded(7), seeded(7)
    answer = Answer(Verdict.OK, "", asked=5.0)
    assert [expires(answer, lifetimes({}), first) for _ in range(5)] == [
        expires(answer, lifetimes({}), second) for _ in range(5)
    ]


OK = Answer(Verdict.OK, "200")


@pytest.mark.parametrize(
    ("answer", "fragments", "covered"),
    [
        (OK, [], True),
        (OK, [""], True),
        (OK, ["a"], False),
        (OK._replace(verdict=Verdict.MOVED), ["a"], False),
        (OK._replace(anchors=()), ["a"], True),
        (OK._replace(anchors=("b",)), ["a", "b"], True),
        (OK._replace(scripted=True), ["a"], True),
        (OK._replace(verdict=Verdict.DEAD), ["a", ":~:text=a"], True),
        (OK._replace(verdict=Verdict.BLOCKED), ["a"], True),
        (OK._replace(anchors=()), [":~:text=a"], False),
        (OK._replace(anchors=(), texts={":~:text=a": False}), [":~:text=a"], True),
        (OK._replace(anchors=(), texts={":~:text=a": True}), [":~:text=b"], False),
        (OK._replace(texts={":~:text=a": True}), [":~:text=a"], True),
        (OK._replace(texts={":~:text=a": True}), ["x:~:text=a"], False),
        (OK._replace(anchors=()), ["x:~:text=", "x:~:", ":~:other=a"], True),
        (OK._replace(anchors=(), texts={":~:text=a": True}), ["x:~:text=a"], True),
    ],
)
def test_an_answer_covers_what_it_says_something_of(answer, fragments, covered):
    assert covers(answer, fragments) is covered
