import pytest

from mlsd_lint.diagnostics import PlacedFix, Report, Severity
from mlsd_lint.reporters.rule_counts import RuleCounts, count_rules
from mlsd_lint.reporters.summary import summary_line
from mlsd_lint.reporters.terminal import PLAIN

BOTH = "1 fixable with --fix, 2 more with --fix --unsafe-fixes"
SAFE, UNSAFE = PlacedFix("m", True, ()), PlacedFix("m", False, ())  # noqa: FBT003


@pytest.mark.parametrize(
    ("parts", "files", "line"),
    [
        ([], 26, "All checks passed: 26 files checked.\n"),
        ([], 1, "All checks passed: 1 file checked.\n"),
        ([{}], 1, "Found 1 warning in 1 file.\n"),
        (
            [{"severity": Severity.INFO}, {}, {}, *[{"severity": Severity.ERROR}] * 3],
            26,
            "Found 3 errors, 2 warnings, 1 info in 26 files.\n",
        ),
        ([{"fix": SAFE}, {}], 2, "Found 2 warnings in 2 files (1 fixable with --fix).\n"),
        (
            [{"fix": UNSAFE}],
            2,
            "Found 1 warning in 2 files (1 fixable with --fix --unsafe-fixes).\n",
        ),
        (
            [{"fix": SAFE}, {"fix": UNSAFE}, {"fix": UNSAFE}],
            2,
            f"Found 3 warnings in 2 files ({BOTH}).\n",
        ),
    ],
)
def test_summary(parts, files, line, make):
    report = Report(tuple(make(**one) for one in parts), files, ".", {})
    assert summary_line(report, PLAIN) == line


def test_rules_are_counted_most_findings_first_then_by_code(make, report_of):
    report = report_of(
        make(code="Z1", name="z"),
        make(code="B1", name="b", fix=SAFE),
        make(code="A1", name="a", fix=UNSAFE),
        make(code="B1", name="b"),
        make(code="A1", name="a"),
    )
    assert count_rules(report) == [
        RuleCounts("A1", "a", 2, 0),
        RuleCounts("B1", "b", 2, 1),
        RuleCounts("Z1", "z", 1, 0),
    ]
