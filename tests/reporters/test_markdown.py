"""The `markdown` format: what is on the page, what is left out and how that is said."""

from collections import Counter
from dataclasses import replace as replaced

import pytest
from markdown_it import MarkdownIt

from mlsd_lint.diagnostics import Comparison, Related, Severity
from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.reporters import render
from mlsd_lint.reporters.markdown import LARGEST, MOST_FIXED, WORST
from mlsd_lint.reporters.markdown_text import LONGEST, code_span, escaped, shortened
from mlsd_lint.source import Position
from mlsd_lint.source_links import SourceLinks

COMMIT, BASE = "a" * 40, "b" * 40
PAGES = "https://github.com/ada/engine/blob"
LINKS = SourceLinks(PAGES, COMMIT)


def text_of(report):
    return "".join(render("markdown", report))


def sections(text):
    """What follows each heading of the third level, by the heading."""
    return dict(part.split("\n\n", 1) for part in text.split("\n### ")[1:])


def rows(section):
    """The rows of the one table of a section, without its head."""
    return [line for line in section.splitlines() if line.startswith("|")][2:]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("plain text", "plain text"),
        ("`a.md` is missing", "`a.md` is missing"),
        ("ask @octocat.", "ask `@octocat`."),
        ("see #123, o/r#4 or GH-5", "see `#123`, `o/r#4` or `GH-5`"),
        (
            "fixes CVE-2021-44228 (GHSA-jfh8-c2jp-5v3q)",
            "fixes `CVE-2021-44228` `(GHSA-jfh8-c2jp-5v3q)`",
        ),
        ("at https://example.org/x", "at `https://example.org/x`"),
        ("at www.example.org", "at `www.example.org`"),
        ("since 0123abcd:", "since `0123abcd`:"),
        (":+1: :smile: 1:2", "`:+1`: `:smile`: 1:2"),
        ("a|b", "a\\|b"),
        ("`a|b`", "`a\\|b`"),
        ("<script> & *em* _em_ [l](u)", "\\<script\\> \\& \\*em\\* \\_em\\_ \\[l\\](u)"),
        ("a ` b", "a \\` b"),
        ("``x``", "\\`\\`x\\`\\`"),
        ("`a`@b", "`a` `@b`"),
        ("@b`a`", "`@b` `a`"),
        ("two\nlines", "two lines"),
        ("\x1b[2J\u202e", "\\\\x1b\\[2J\\\\u202e"),
        ("שלום \u2067@x\u2069", "שלום `\\u2067@x\\u2069`"),
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


def test_a_text_too_long_for_a_cell_is_cut():
    assert shortened("x" * LONGEST) == "x" * LONGEST
    assert shortened("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"


def test_few_findings_are_shown_once_the_gravest_first(make, report_of):
    report = report_of(
        make(path="a.md", severity=Severity.INFO),
        make(path="b.md", severity=Severity.ERROR),
        make(path="c.md", severity=Severity.WARNING),
    )
    found = sections(text_of(report))
    assert list(found) == ["What was found", "By rule"]
    assert [row.split("|")[1].strip() for row in rows(found["What was found"])] == [
        "`b.md:3:5`",
        "`c.md:3:5`",
        "`a.md:3:5`",
    ]
    assert rows(found["By rule"]) == ["| H003 | skipped-level | 1 | 1 | 1 | 0 |"]


def test_of_many_the_ten_worst_come_first_and_all_by_file(make, report_of):
    severities = [Severity.INFO] * 8 + [Severity.ERROR] * 8
    report = report_of(
        *(
            make(path=f"{number // 4}.md", severity=severity, start=Position(number + 1, 2))
            for number, severity in enumerate(severities)
        )
    )
    found = sections(text_of(report))
    assert list(found) == ["The ten worst", "By rule", "`0.md`", "`1.md`", "`2.md`", "`3.md`"]
    worst = rows(found["The ten worst"])
    assert Counter(row.split(" | ")[2] for row in worst) == {"error": 8, "info": WORST - 8}
    assert rows(found["`3.md`"])[0] == "| 13:2 | H003 | error | A message |"


def test_lines_are_linked_at_the_commit(make, report_of):
    report = replaced(
        report_of(
            make(path="a b/c#1|?(é).md"),
            make(path="\udce9.md"),
            make(path="/outside.md"),
            make(path="../words.txt"),
            make(path="\ud800.md"),
        ),
        source_links=LINKS,
    )
    assert [row.split(" | ")[0] for row in rows(sections(text_of(report))["What was found"])] == [
        f"| [`a b/c#1\\|?(é).md:3:5`]({PAGES}/{COMMIT}/a%20b/c%231%7C%3F%28%C3%A9%29.md?plain=1#L3)",
        f"| [`\\udce9.md:3:5`]({PAGES}/{COMMIT}/%E9.md?plain=1#L3)",
        "| `/outside.md:3:5`",
        "| `../words.txt:3:5`",
        "| `\\ud800.md:3:5`",
    ]


def test_every_line_of_a_file_is_linked(make, report_of):
    report = replaced(report_of(*[make()] * (WORST + 1)), source_links=LINKS)
    row = f"| [3:5]({PAGES}/{COMMIT}/docs/page.md?plain=1#L3) | H003 | warning | A message |"
    assert rows(sections(text_of(report))["`docs/page.md`"]) == [row] * (WORST + 1)


def test_a_change_says_what_is_new_and_what_it_fixed(make, report_of):
    new = make(path="new.md", severity=Severity.ERROR)
    fixed = (make(path="was.md"), make(path="worse.md", severity=Severity.ERROR))
    comparison = Comparison("@o/#1|x", BASE, (new,), fixed, (make(path="known.md"),) * 7)
    report = replaced(report_of(new), comparison=comparison, source_links=LINKS)
    text = text_of(report)
    assert "Since `@o/#1\\|x`: 1 new, 2 fixed, 7 known." in text
    found = sections(text)
    assert list(found) == ["What is new", "What this change fixed", "By rule"]
    assert f"[`new.md:3:5`]({PAGES}/{COMMIT}/new.md?plain=1#L3)" in found["What is new"]
    assert [row.split(" | ")[0] for row in rows(found["What this change fixed"])] == [
        f"| [`worse.md:3:5`]({PAGES}/{BASE}/worse.md?plain=1#L3)",
        f"| [`was.md:3:5`]({PAGES}/{BASE}/was.md?plain=1#L3)",
    ]
    assert "known.md" not in text


def test_of_much_that_was_fixed_some_is_shown_and_the_rest_counted(make, report_of):
    fixed = tuple(make(path=f"{number}.md") for number in range(1500))
    report = replaced(report_of(), comparison=Comparison("main", BASE, (), fixed, ()))
    text = text_of(report)
    assert "Nothing new: 26 files checked. Since main: 0 new, 1,500 fixed, 0 known." in text
    assert list(sections(text)) == ["What this change fixed"]
    assert len(rows(sections(text)["What this change fixed"])) == MOST_FIXED
    assert text.endswith(" |\n\nAnd 1,480 more.\n")


def test_many_new_findings_are_called_new(make, report_of):
    some = (make(),) * (WORST + 1)
    report = replaced(report_of(*some), comparison=Comparison("main", BASE, some, (), ()))
    assert next(iter(sections(text_of(report)))) == "The ten worst of what is new"


def test_a_run_that_could_not_check_everything_never_says_that_all_passed(make, report_of):
    unchecked = "**Not everything could be checked.** The log of the run says what, and why.\n"
    assert text_of(replaced(report_of(), complete=False)) == f"## mlsd-lint\n\n{unchecked}"
    text = text_of(replaced(report_of(make()), complete=False))
    assert text.startswith(f"## mlsd-lint\n\n{unchecked}\nFound 1 warning in 26 files.\n\n### ")


def test_baseline_and_external_links_are_in_the_summary(report_of):
    text = text_of(replaced(report_of(), accepted=120, verdicts={Verdict.OK: 3}))
    assert text == (
        "## mlsd-lint\n\nAll checks passed: 26 files checked. 120 accepted by the baseline. "
        "3 external links: 3 ok.\n"
    )


def size(text):
    """In the units of UTF-16, in which some count characters."""
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("message", ["x" * 80, "字" * 80, "😀" * 80], ids=["x", "字", "😀"])
def test_a_large_page_stays_within_the_limit_and_says_so(message, make, report_of):
    severities = [Severity.ERROR, Severity.WARNING]
    report = report_of(
        *(
            make(path=f"{number // 50:04}.md", severity=severities[number % 2], message=message)
            for number in range(25_000)
        )
    )
    text = text_of(report)
    assert LARGEST * 0.95 < size(text) <= LARGEST
    left = 25_000 - (text.count(message) - WORST)
    files, errors = -(-left // 50), left // 2
    assert text.endswith(
        " |\n\nNot shown, so that this page stays within 65,536 characters: "
        f"{left} findings in {files} files, {errors} errors among them. "
        "Another output format, such as `json`, has everything.\n"
    )
    assert "| H003 | skipped-level | 12500 | 12500 | 0 | 0 |" in text


def test_a_single_large_file_is_shown_in_part(make, report_of):
    text = text_of(report_of(*[make(message="字" * 80)] * 8000))
    assert LARGEST * 0.95 < size(text) <= LARGEST
    assert " findings in 1 file, 0 errors among them." in text


def test_what_alone_is_too_large_is_left_out_and_counted(make, report_of):
    related = tuple(Related("x" * 500, 1, "*" * 500) for _ in range(40))
    monster = make(message="*" * 10_000, help="`@ " * 5_000, path="p" * 4000, related=related)
    comparison = Comparison("z" * 60_000, BASE, (monster,) * 30, (monster,) * 30, ())
    report = replaced(report_of(*[monster] * 30), comparison=comparison, source_links=LINKS)
    text = text_of(report)
    assert size(text) <= LARGEST
    assert all(line.endswith(" |") for line in text.splitlines() if line.startswith("|"))
    last = text.rstrip("\n").rpartition("\n")[2]
    assert "of the ten worst of what is new; " in last
    assert "that were fixed; " in last
    assert "30 findings in 1 file, 0 errors among them" in last
    assert rows(sections(text)["By rule"]) == ["| H003 | skipped-level | 0 | 30 | 0 | 0 |"]


def test_more_rules_than_there_is_room_for_are_counted(make, report_of):
    report = report_of(*(make(code=f"H{number:04}") for number in range(4000)))
    text = text_of(report)
    assert size(text) <= LARGEST
    left = 4000 - len(rows(sections(text)["By rule"]))
    assert f"the counts of {left} rules; " in text


def test_a_page_is_two_heads_deep_and_has_nothing_but_tables(sample):
    tokens = MarkdownIt("commonmark").enable("table").parse(text_of(sample))
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2", "h3", "h3"]
    assert {token.type for token in tokens if token.level == 0 and token.nesting == 1} == {
        "heading_open",
        "paragraph_open",
        "table_open",
    }
