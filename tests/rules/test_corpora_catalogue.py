"""What the catalogue rules say of real lists, each finding looked at once by a person."""

from collections import Counter

import pytest

from corpora import findings, places
from mlsd_lint.fixes.applying import apply


def test_the_known_duplicates_of_a_numbered_list(shared):
    found = {
        one.start.line: one.message for one in findings(shared, "applied-ml") if one.code == "C001"
    }
    assert "twice" in found[220]
    assert found[101].endswith("on line 62")
    assert found[245].endswith("on line 74")


def test_a_list_whose_guide_forbids_listing_twice(shared):
    corpus = "awesome-production-machine-learning"
    assert places(findings(shared, corpus), "C001") == {
        ("README.md", line) for line in (258, 366, 533, 605)
    }


def test_a_book_that_cites_again_in_each_chapter_is_not_flooded(shared):
    primer = (shared / "corpora/system-design-primer/README.md").read_text(encoding="utf-8")
    cited = "](http://www.slideshare.net/jboner/scalability-availability-stability-patterns/)"
    assert primer.count(cited) == 3
    found = findings(shared, "system-design-primer")
    assert {place for place in places(found, "C001") if place[0] == "README.md"} == {
        ("README.md", 1817)
    }


def test_tracking_parameters_are_found_and_cut_out(shared):
    found = [one for one in findings(shared, "applied-ml") if one.code == "C003"]
    assert [one.start.line for one in found] == [365, 613]
    readme = (shared / "corpora/applied-ml/README.md").read_bytes().decode("utf-8")
    fixed = apply(readme, [one.fix for one in found if one.fix]).text.splitlines()
    before = readme.splitlines()
    changed = [at for at, line in enumerate(fixed) if line != before[at]]
    assert changed == [364, 612]
    assert "(https://principiamundi.com/posts/didact-anatomy/)" in fixed[612]
    assert "(https://github.com/facebookresearch/dynalab)" in fixed[364]


@pytest.mark.parametrize(
    ("corpus", "expected"),
    [
        ("applied-ml", {("C001", "README.md"): 24, ("C003", "README.md"): 2}),
        ("awesome-production-machine-learning", {("C001", "README.md"): 4}),
        (
            "system-design-primer",
            {
                ("C001", "README.md"): 1,
                ("C001", "README-ja.md"): 4,
                ("C001", "README-zh-Hans.md"): 4,
                ("C001", "README-zh-TW.md"): 3,
                ("C001", "TRANSLATIONS.md"): 1,
                ("C001", "solutions/system_design/social_graph/README.md"): 1,
                ("C004", "README.md"): 13,
                ("C004", "README-ja.md"): 17,
                ("C004", "README-zh-Hans.md"): 17,
                ("C004", "README-zh-TW.md"): 17,
                ("C004", "solutions/system_design/twitter/README.md"): 1,
                ("C004", "solutions/system_design/twitter/README-zh-Hans.md"): 1,
                ("C004", "solutions/system_design/web_crawler/README.md"): 1,
                ("C004", "solutions/system_design/web_crawler/README-zh-Hans.md"): 1,
            },
        ),
    ],
)
def test_nothing_else_is_found(shared, corpus, expected):
    found = findings(shared, corpus)
    assert Counter((one.code, one.path) for one in found if one.code[0] == "C") == expected
