import pytest

from mlsd_lint.diagnostics import Severity
from mlsd_lint.reporters import render
from mlsd_lint.reporters.markdown import LARGEST, code_span, escaped


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("plain text", "plain text"),
        ("`a.md` is missing", "`a.md` is missing"),
        ("ask @octocat.", "ask `@octocat`."),
        ("see #123, o/r#4 or GH-5", "see `#123`, `o/r#4` or `GH-5`"),
        ("at https://example.org/x", "at `https://example.org/x`"),
        ("at www.example.org", "at `www.example.org`"),
        ("a|b", "a\\|b"),
        ("`a|b`", "`a\\|b`"),
        ("<script> & *em* _em_ [l](u)", "\\<script\\> \\& \\*em\\* \\_em\\_ \\[l\\](u)"),
        ("a ` b", "a \\` b"),
        ("``x``", "\\`\\`x\\`\\`"),
        ("`a`@b", "`a` `@b`"),
        ("@b`a`", "`@b` `a`"),
        ("two\nlines", "two lines"),
        ("\x1b[2J\u202e", "\\\\x1b\\[2J\\\\u202e"),
    ],
)
def test_escaping(text, cell):
    assert escaped(text) == cell


@pytest.mark.parametrize(
    ("text", "code"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), (" a", "`  a `"), ("|", "`|`")],
)
def test_code_span(text, code):
    assert code_span(text) == code


def test_a_large_report_stays_below_the_limit_and_says_so(make, report_of):
    severities = [Severity.ERROR, Severity.WARNING]
    report = report_of(
        *(
            make(path=f"{number // 50:04}.md", severity=severities[number % 2], message="字" * 80)
            for number in range(8000)
        )
    )
    text = "".join(render("markdown", report))
    assert LARGEST * 0.95 < len(text.encode()) <= LARGEST
    shown = text.count("字" * 80)
    assert shown % 50 == 0
    left_out = 8000 - shown
    assert text.endswith(
        f"\n{left_out} findings in {left_out // 50} files ({left_out // 2} errors among them) "
        "are not shown, because the report would be larger than 1 MiB.\n"
    )


def test_a_single_large_file_is_shown_in_part(make, report_of):
    text = "".join(render("markdown", report_of(*[make(message="字" * 80)] * 8000)))
    assert LARGEST * 0.8 < len(text.encode()) <= LARGEST
    assert " findings in 1 file (0 errors among them) are not shown" in text
