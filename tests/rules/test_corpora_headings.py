"""What the heading rules say of real lists and books, each finding looked at once by a person."""

from collections import Counter

import pytest

from corpora import findings, places
from projects import diagnose

# system-design-primer's "NoSQL" (h4) stands right below an h2 in most of its solutions.
SOLUTIONS = "solutions/system_design"


@pytest.mark.parametrize(
    ("corpus", "code", "expected"),
    [
        ("system-design-primer", "H003", {("README.md", 561), ("README.md", 1127)}),
        ("awesome-production-machine-learning", "H002", {("README.md", 82), ("README.md", 679)}),
        ("applied-ml", "H001", {("CONTRIBUTING.md", 1)}),
        ("applied-ml", "H006", {("README.md", 17)}),
        ("system-design-primer", "H005", {("README-ja.md", 1522), ("README-zh-Hans.md", 1193)}),
    ],
)
def test_real_mistakes_are_found(shared, corpus, code, expected):
    assert expected <= places(findings(shared, corpus), code)


def test_skipped_levels_say_which_levels(shared):
    messages = {
        one.start.line: one.message
        for one in findings(shared, "system-design-primer")
        if one.code == "H003" and one.path == "README.md"
    }
    assert "level 6" in messages[561]
    assert "level 4 (line 557)" in messages[561]
    assert "level 5" in messages[1127]
    assert "level 3 (line 1090)" in messages[1127]


@pytest.mark.parametrize(
    ("corpus", "expected"),
    [
        ("applied-ml", {("H001", "CONTRIBUTING.md"): 1, ("H006", "README.md"): 1}),
        (
            "awesome-production-machine-learning",
            {("H002", "CONTRIBUTING.md"): 1, ("H002", "README.md"): 2},
        ),
        (
            "system-design-primer",
            {
                ("H003", "README.md"): 2,
                ("H003", "README-ja.md"): 1,
                ("H003", "README-zh-Hans.md"): 1,
                ("H003", "README-zh-TW.md"): 1,
                ("H003", f"{SOLUTIONS}/mint/README.md"): 1,
                ("H003", f"{SOLUTIONS}/mint/README-zh-Hans.md"): 1,
                ("H003", f"{SOLUTIONS}/pastebin/README.md"): 1,
                ("H003", f"{SOLUTIONS}/sales_rank/README.md"): 1,
                ("H003", f"{SOLUTIONS}/sales_rank/README-zh-Hans.md"): 1,
                ("H003", f"{SOLUTIONS}/twitter/README.md"): 1,
                ("H003", f"{SOLUTIONS}/twitter/README-zh-Hans.md"): 1,
                ("H005", "README-ja.md"): 4,
                ("H005", "README-zh-Hans.md"): 6,
            },
        ),
    ],
)
def test_nothing_else_is(shared, corpus, expected):
    found = findings(shared, corpus)
    assert Counter((one.code, one.path) for one in found if one.code[0] == "H") == expected


def test_thirty_sections_of_one_name_collide_only_where_something_links(shared, tmp_path):
    primer = (shared / "corpora/system-design-primer/README.md").read_text(encoding="utf-8")
    assert primer.count("### Source(s) and further reading\n") > 10
    assert not places(findings(shared, "system-design-primer"), "H004")
    page = tmp_path / "README.md"
    page.write_text(primer + "\n[sources](#sources-and-further-reading-3)\n", encoding="utf-8")
    (found,) = [one for one in diagnose(tmp_path, "H004") if one.path == "README.md"]
    assert found.start.line == 421  # the second of them; the first, on line 278, keeps its name
    assert "README.md links to #sources-and-further-reading-3" in found.message
