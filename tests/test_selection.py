from __future__ import annotations

import re

import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.diagnostics import Severity
from mlsd_lint.registry import Rule
from mlsd_lint.selection import (
    SelectionError,
    file_pattern,
    per_file_ignores,
    resolve,
    select,
    severities,
)

RULES = {
    code: Rule(code, name, severity, "document", "")
    for code, name, severity in [
        ("H001", "missing-title", Severity.ERROR),
        ("H002", "multiple-titles", Severity.WARNING),
        ("L101", "missing-target", Severity.ERROR),
        ("L102", "wrong-case", Severity.ERROR),
        ("L201", "dead-link", Severity.ERROR),
    ]
}
EVERY = frozenset(RULES)


@pytest.mark.parametrize(
    ("selector", "codes"),
    [
        ("ALL", EVERY),
        ("all", EVERY),
        ("H", {"H001", "H002"}),
        ("l1", {"L101", "L102"}),
        ("L201", {"L201"}),
        ("Missing-Title", {"H001"}),
        ("missing", set()),
        ("", set()),
        ("H0011", set()),
        ("Z", set()),
    ],
)
def test_a_selector_is_a_code_a_name_or_the_beginning_of_codes(selector, codes):
    assert resolve(selector, RULES) == codes


@pytest.mark.parametrize(
    ("selectors", "codes"),
    [
        (["ALL"], {"P001"}),
        (["P"], {"P001"}),
        (["P00"], {"P001"}),
        (["P005"], {"P005"}),
        (["ALL", "unknown-term"], {"P001", "P005"}),
    ],
)
def test_an_optional_rule_is_on_only_by_its_own_code_or_name(selectors, codes):
    rules = {
        "P001": Rule("P001", "repeated-word", Severity.ERROR, "prose", ""),
        "P005": Rule("P005", "unknown-term", Severity.INFO, "prose", "", optional=True),
    }
    assert select(rules, selectors) == codes
    assert select(rules, ["ALL"], extend_select=selectors) == {"P001", *codes}


@pytest.mark.parametrize(
    ("selected", "ignored", "extended", "codes"),
    [
        (["ALL"], [], [], EVERY),
        (["ALL"], ["L"], [], {"H001", "H002"}),
        (["ALL"], ["L"], ["L2"], {"H001", "H002", "L201"}),
        (["L101"], ["L"], [], {"L101"}),
        (["L"], ["missing-target"], [], {"L102", "L201"}),
        (["L1"], ["L1"], [], set()),
        (["H"], ["ALL"], [], {"H001", "H002"}),
        (["H001"], ["missing-title"], [], set()),
        ([], [], ["wrong-case"], {"L102"}),
    ],
)
def test_the_more_specific_selector_decides(selected, ignored, extended, codes):
    assert select(RULES, selected, ignored, extended) == codes


@given(st.data())
def test_the_order_of_selectors_does_not_matter(data):
    selectors = st.lists(st.sampled_from(["ALL", "H", "L", "L1", "L101", "dead-link", "H00"]))
    chosen, ignored = data.draw(selectors), data.draw(selectors)
    again = data.draw(st.permutations(chosen)), data.draw(st.permutations(ignored))
    assert select(RULES, chosen, ignored) == select(RULES, *again)


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("H0O1", "there is no rule 'H0O1'; did you mean 'H001'?"),
        ("missing-titel", "did you mean 'missing-title'?"),
        ("qqqqqqqqqqqq", "`mlsd-lint rule` lists them"),
    ],
)
def test_an_unknown_selector_is_an_error(selector, said):
    for asked in ([selector], []), ([], [selector]):
        with pytest.raises(SelectionError, match=re.escape(said)):
            select(RULES, *asked)
    with pytest.raises(SelectionError, match=re.escape(said)):
        severities(RULES, {selector: Severity.INFO})
    with pytest.raises(SelectionError, match=re.escape(said)):
        per_file_ignores(RULES, {"*.md": [selector]})


def test_severities_are_overridden_by_the_more_specific_selector():
    given_by = {"L101": Severity.INFO, "L": Severity.WARNING}
    assert severities(RULES, given_by) == {
        "H001": Severity.ERROR,
        "H002": Severity.WARNING,
        "L101": Severity.INFO,
        "L102": Severity.WARNING,
        "L201": Severity.WARNING,
    }


def test_rules_are_switched_off_by_file():
    ignored = per_file_ignores(
        RULES, {"translations/": ["H"], "README.md": ["L101", "dead-link"], "docs/**": []}
    )
    assert ignored("translations/de/README.md") == {"H001", "H002", "L101", "L201"}
    assert ignored("docs/README.md") == {"L101", "L201"}
    assert ignored("docs/guide.md") == frozenset()


PATTERNS = [
    "*.md", "README.md", "docs/", "docs/*.md", "/README.md", "**/x.md", "docs/**", "a/**/b.md",
    "?.md", "[ab].md", "[!ab].md", "[a-c]*", "**", "*", "d?cs/*", "a.b",
    r"\*.md", "docs/de", "[]].md", "a b.md", "(a).md", "**/docs/*.md",
]  # fmt: skip
PATHS = [
    "README.md", "docs/README.md", "docs/de/a.md", "a.md", "b.md", "c.md", "a/b.md", "a/x/b.md",
    "a/x/y/b.md", "x.md", "q/x.md", "*.md", "x[.md", "].md", "docs.md", "docs", "a.b", "axb",
    "docs/de", "docs/debug.md", "é.md", "a b.md", "(a).md", "z/docs/a.md", "&.md", "a/a.b/c.md",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_file_pattern_matches_what_git_would_ignore(pattern):
    oracle = pathspec.GitIgnoreSpec.from_lines([pattern])
    compiled = file_pattern(pattern)
    matched = [path for path in PATHS if compiled.fullmatch(path)]
    assert matched == [path for path in PATHS if oracle.match_file(path)]


@pytest.mark.parametrize(
    ("pattern", "path"), [("[a&&b].md", "&.md"), ("[+--].md", ",.md"), ("x[.md", "x[.md")]
)
@pytest.mark.filterwarnings("error")
def test_a_bracket_is_never_an_operation_on_sets(pattern, path):
    assert file_pattern(pattern).fullmatch(path)


def test_a_bracket_that_cannot_be_read_is_an_error():
    with pytest.raises(SelectionError, match="the file pattern"):
        per_file_ignores(RULES, {"[z-a].md": ["H"]})


@given(st.text(st.sampled_from("ab/*?[]!^-\\.&|~{}()+$"), max_size=12), st.sampled_from(PATHS))
def test_any_pattern_is_read_or_refused(pattern, path):
    try:
        compiled = file_pattern(pattern)
    except SelectionError:
        return
    compiled.fullmatch(path)
