"""What several engines say of one text becomes one list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.prose.engine import Match
from mlsd_lint.prose.merging import merged

TEXT = "This is a empty cache with a eror in it."


def match(part: str, code: str, *replacements: str, rule: str = "R") -> Match:
    start = TEXT.index(part)
    return Match(start, start + len(part), code, rule, f"about {part}", replacements)


def told(found):
    return [(one.match.code, one.engines, one.agreed) for one in merged(found, TEXT)]


def test_findings_apart_stay_apart_and_come_in_the_order_of_the_text():
    one, two = match("eror", "P004"), match("a empty", "P002")
    assert [found.match for found in merged({"x": [one], "y": [two]}, TEXT)] == [two, one]


def test_one_mistake_that_two_engines_find_is_one_finding_with_both_rules():
    found = {
        "harper": [match("a", "P002", "an", rule="AnA")],
        "languagetool": [match("a empty", "P002", "an empty", rule="EN_A_VS_AN")],
    }
    found["harper"][0] = found["harper"][0]._replace(start=8, end=9)
    assert told(found) == [("P002", ("harper:AnA", "languagetool:EN_A_VS_AN"), True)]


def test_the_gravest_of_them_is_told():
    found = {
        "harper": [match("eror", "P004", "error", rule="SpellCheck")],
        "typos": [match("eror", "P003", "error", rule="misspelling")],
    }
    assert told(found) == [("P003", ("typos:misspelling", "harper:SpellCheck"), True)]


def test_the_one_that_is_believed_first_is_told_where_both_are_as_grave():
    found = {"a": [match("eror", "P004", "era")], "b": [match("eror", "P004", "error")]}
    (one,) = merged(found, TEXT)
    assert one.match.replacements == ("era",)
    assert one.engines == ("a:R", "b:R")


def test_a_slip_is_told_rather_than_a_term():
    found = {"a": [match("eror", "P016")], "b": [match("eror", "P004", "error")]}
    assert told(found) == [("P004", ("b:R", "a:R"), False)]


def test_who_would_write_something_else_does_not_agree():
    for first, second in ((("era",), ("error",)), ((), ()), ((), ("error",))):
        found = {"a": [match("eror", "P004", *first)], "b": [match("eror", "P004", *second)]}
        assert told(found) == [("P004", ("a:R", "b:R"), False)]


def test_two_findings_of_one_engine_stay_two():
    found = {"a": [match("a empty", "P002"), match("empty cache", "P006")], "b": []}
    assert [one.engines for one in merged(found, TEXT)] == [("a:R",), ("a:R",)]


def test_what_touches_does_not_overlap():
    found = {"a": [match("empty ", "P006")], "b": [match("cache", "P006")]}
    assert len(merged(found, TEXT)) == 2


RANGES = st.tuples(st.integers(0, 38), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair)))
MATCHES = st.lists(
    st.builds(
        lambda span, code, rule: Match(span[0], min(span[1], 40), code, rule, "m", ()),
        RANGES,
        st.sampled_from(["P001", "P003", "P004", "P006", "P008", "P016"]),
        st.sampled_from(["A", "B"]),
    ),
    max_size=8,
)


@given(st.fixed_dictionaries({"x": MATCHES, "y": MATCHES, "z": MATCHES}))
def test_no_engine_is_forgotten_and_nothing_is_made_up(found):
    result = merged(found, TEXT)
    assert {name for one in result for name in one.engines} == {
        f"{engine}:{one.rule}" for engine, matches in found.items() for one in matches
    }
    everything = [one for matches in found.values() for one in matches]
    assert all(one.match in everything for one in result)
    assert len(result) >= max(len(matches) for matches in found.values())
    assert [one.match.start for one in result] == sorted(one.match.start for one in result)
