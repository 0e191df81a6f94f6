from __future__ import annotations

import pytest

from mlsd_lint.diagnostics import Finding, Severity, place
from mlsd_lint.registry import Rule
from mlsd_lint.rules.unchecked import UNKNOWN_SUPPRESSION, UNREADABLE, UNUSED_SUPPRESSION
from mlsd_lint.source import Source, Span
from mlsd_lint.suppressions import suppress
from mlsd_lint.workspace import Suppression

TEXT = "".join(f"line {number}\n" for number in range(1, 10))
SOURCE = Source("page.md", TEXT)
RULES = {
    "H001": Rule("H001", "missing-title", Severity.ERROR, "document", ""),
    "H002": Rule("H002", "multiple-titles", Severity.ERROR, "document", ""),
    "L101": Rule("L101", "missing-target", Severity.ERROR, "workspace", ""),
    **{rule.code: rule for rule in (UNREADABLE, UNUSED_SUPPRESSION, UNKNOWN_SUPPRESSION)},
}
CHECKS = frozenset({"H001", "H002", "L101"})


def diagnostic(code, line, last=None):
    span = Span(SOURCE.line_span(line).start, SOURCE.line_span(last or line).end)
    return place(RULES[code], Severity.ERROR, SOURCE, Finding(span, "wrong"))


def comment(*codes, first=1, last=None, span=(0, 4)):
    return Suppression(codes, first, last, Span(*span))


def said(result):
    return [(one.rule.code, one.finding.message) for one in result.remarks]


@pytest.mark.parametrize("written", ["H001", "h001", "missing-title", "Missing-Title", "H", "h0"])
def test_a_code_a_name_or_a_family_silences(written):
    found = [diagnostic("H001", 2), diagnostic("L101", 2)]
    result = suppress(found, [comment(written)], RULES, {"H001"})
    assert (result.silenced, result.kept) == ((found[0],), (found[1],))
    assert said(result) == []


def test_no_code_silences_all():
    found = [diagnostic("H001", 2), diagnostic("L101", 2)]
    result = suppress(found, [comment()], RULES, CHECKS)
    assert (result.silenced, result.kept, result.remarks) == (tuple(found), (), ())


@pytest.mark.parametrize(
    ("first", "last", "silent"),
    [(3, 3, [3]), (2, 4, [2, 3, 4]), (3, None, [3, 4, 5]), (9, None, [])],
)
def test_only_lines_in_range_are_silenced(first, last, silent):
    found = [diagnostic("H001", line) for line in range(1, 6)]
    result = suppress(found, [comment("H001", first=first, last=last)], RULES, CHECKS)
    assert [one.start.line for one in result.silenced] == silent


def test_the_line_a_diagnostic_starts_on_decides():
    result = suppress([diagnostic("H001", 2, 5)], [comment("H001", first=3)], RULES, CHECKS)
    assert result.silenced == ()


def test_each_unused_code_is_reported_at_its_comment():
    comments = [comment("H001", "L101", "H002", span=(5, 9)), comment(first=7, span=(20, 30))]
    result = suppress([diagnostic("L101", 2)], comments, RULES, CHECKS)
    assert [one.rule for one in result.remarks] == [UNUSED_SUPPRESSION] * 3
    assert [one.finding.span for one in result.remarks] == [(5, 9), (5, 9), (20, 30)]
    assert [one.finding.message for one in result.remarks] == [
        "this comment silences no H001",
        "this comment silences no H002",
        "this comment silences nothing",
    ]
    assert result.remarks[0].finding.help == "Remove H001 from the comment."


def test_two_comments_for_one_diagnostic_are_both_used():
    result = suppress([diagnostic("H001", 2)], [comment("H001"), comment("H")], RULES, CHECKS)
    assert said(result) == []


@pytest.mark.parametrize(
    ("written", "ran", "unused"),
    [
        (["H001"], {"H002"}, False),
        (["H001"], {"H001"}, True),
        (["H"], {"H001"}, False),
        (["H"], {"H001", "H002"}, True),
        ([], {"H001", "H002"}, False),
        ([], CHECKS, True),
    ],
)
def test_a_comment_is_unused_only_if_all_it_could_silence_was_run(written, ran, unused):
    assert bool(suppress([], [comment(*written)], RULES, ran).remarks) is unused


def test_a_code_that_does_not_exist_is_reported_with_the_nearest():
    result = suppress([], [comment("missing-titel", "H001")], RULES, frozenset())
    assert said(result) == [
        (
            "M091",
            "there is no rule 'missing-titel', so this comment silences nothing by that name",
        )
    ]
    assert result.remarks[0].finding.help == "Write 'missing-title' instead."


def test_a_code_written_twice_is_reported_once():
    assert len(suppress([], [comment("H001", "H001")], RULES, CHECKS).remarks) == 1
