"""What the link rules say of real lists and books, each finding looked at once by a person.

The corpora hold nothing but the Markdown of their repositories, so every image and every file of
another kind that they link to is missing there, and found to be.
"""

from collections import Counter

import pytest

from corpora import findings, places

LIST = "awesome-production-machine-learning"
BOOK = "system-design-primer"
EXPECTED = {
    "applied-ml": {},
    LIST: {
        ("L103", "README.md"): 1,
        ("L110", "README.md"): 543 + 3,
        ("L111", "README.md"): 3,
        ("L112", "README.md"): 3,
    },
    BOOK: {
        ("L101", "README.md"): 6,
        ("L101", "README-ja.md"): 9,
        ("L101", "README-zh-Hans.md"): 9,
        ("L101", "README-zh-TW.md"): 8,
        ("L103", "README-ja.md"): 12,
        ("L103", "README-zh-Hans.md"): 3,
        ("L103", "README-zh-TW.md"): 11,
        ("L108", "README-zh-TW.md"): 3,
        ("L110", "README.md"): 30,
        ("L110", "README-ja.md"): 30,
        ("L110", "README-zh-Hans.md"): 30,
        ("L110", "README-zh-TW.md"): 30,
        ("L111", "README.md"): 38,
        ("L111", "README-ja.md"): 38,
        ("L111", "README-zh-Hans.md"): 38,
        ("L111", "README-zh-TW.md"): 38,
        ("L112", "README.md"): 1,
        ("L112", "README-ja.md"): 3,
        ("L114", "solutions/system_design/web_crawler/README-zh-Hans.md"): 1,
    },
}


def of_links(shared, corpus, *codes):
    return [one for one in findings(shared, corpus, "L1") if one.code in codes]


def at(diagnostics, path):
    return [(one.start.line, one.start.column) for one in diagnostics if one.path == path]


@pytest.mark.parametrize("corpus", EXPECTED)
def test_no_more_and_no_fewer(shared, corpus):
    counted = Counter((one.code, one.path) for one in findings(shared, corpus, "L1"))
    assert counted == EXPECTED[corpus]


def test_the_broken_anchor_is_found_and_the_right_one_named(shared):
    (one,) = of_links(shared, LIST, "L103")
    assert at([one], "README.md") == [(20, 168)]
    assert '"#industry-strength-nlp"' in one.message
    assert '"#industry-strength-natural-language-processing"' in one.message
    assert one.fix is None


def test_badges_without_a_text_are_found(shared):
    lines = (shared / "corpora" / LIST / "README.md").read_text("utf-8").split("\n")
    badges = {
        (number, line.index("![](") + 1)
        for number, line in enumerate(lines, start=1)
        if "![](" in line
    }
    found = set(at(of_links(shared, LIST, "L110"), "README.md"))
    assert len(badges) == 543
    assert found - badges == {(56, 63), (69, 54), (77, 74)}
    assert badges <= found


def test_spaces_in_destinations_are_found(shared):
    found = of_links(shared, BOOK, "L108")
    assert at(found, "README-zh-TW.md") == [(630, 14), (630, 49), (947, 35)]
    assert [one.fix.edits[0].replacement for one in found] == [
        "#主動到備用切換模式(AP%20Mode)",
        "#雙主動切換模式(AA%20Mode)",
        "#cap%20理論",
    ]


def test_words_that_say_nothing_are_found(shared):
    assert at(of_links(shared, LIST, "L112"), "README.md") == [(227, 447), (228, 486), (231, 265)]
    found = of_links(shared, BOOK, "L112")
    assert at(found, "README.md") == [(1675, 32)]
    assert at(found, "README-ja.md") == [(61, 21), (83, 23), (1751, 30)]


def test_anchors_are_mended_only_where_one_is_meant(shared):
    mended = {
        (one.path, one.start.line): one.fix.edits[0].replacement
        for one in of_links(shared, BOOK, "L103")
        if one.fix is not None and one.fix.safe
    }
    assert mended == {
        ("README-zh-Hans.md", 216): "如何处理一个系统设计的面试题",
        ("README-zh-TW.md", 265): "系統設計主題從這裡開始",
        ("README-zh-TW.md", 1102): "內容傳遞網路cdn",
        ("README-zh-TW.md", 1106): "反向代理網頁伺服器",
    }


def test_the_fourth_layer_is_not_the_seventh_misspelt(shared):
    (one,) = [
        one
        for one in of_links(shared, BOOK, "L103")
        if (one.path, one.start.line) == ("README-zh-Hans.md", 643)
    ]
    assert '"#七层负载均衡器"' in one.message
    assert one.fix is None


def test_lines_with_missing_files(shared):
    missing = places(findings(shared, BOOK, "L1"), "L101")
    assert {("README.md", line) for line in range(363, 369)} <= missing
