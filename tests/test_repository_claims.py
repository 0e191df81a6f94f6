"""What entries claim of repositories: what is taken for a claim, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.markdown import parse
from mlsd_lint.repository_claims import repository_claims
from mlsd_lint.rules.repository_claims import is_outdated
from mlsd_lint.source import Source, Span
from mlsd_lint.workspace import Claim

ENGINE = "https://github.com/ada/engine"
LINK = f"[engine]({ENGINE})"


def claims(text):
    return repository_claims(parse(Source("a.md", text)))


def counted(words):
    """The number, its precision and qualifier of the only claim behind a link."""
    (claim,) = claims(f"- {LINK} {words}\n")
    assert claim.destination == ENGINE
    return claim.text, claim.stars, claim.precision, claim.qualifier


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12.3k stars", ("12.3k stars", 12300, 100, "")),
        ("(12K stars)", ("12K stars", 12000, 1000, "")),
        ("- 1,234 stars.", ("1,234 stars", 1234, 1, "")),
        ("1.2M stars", ("1.2M stars", 1200000, 100000, "")),
        ("⭐ 12k", ("⭐ 12k", 12000, 1000, "")),
        ("⭐️7938", ("⭐️7938", 7938, 1, "")),
        ("\\[*MIT License*\\] (⭐️74075)", ("⭐️74075", 74075, 1, "")),
        ("fast (⭐2021)", ("⭐2021", 2021, 1, "")),
        ("★ 1,234", ("★ 1,234", 1234, 1, "")),
        (":star: 340", (":star: 340", 340, 1, "")),
        ("12k ⭐", ("12k ⭐", 12000, 1000, "")),
        ("⭐ 12k 🍴 3k", ("⭐ 12k", 12000, 1000, "")),
        ("🍴 3k ⭐ 12k", ("⭐ 12k", 12000, 1000, "")),
        ("(5k+ stars)", ("5k+ stars", 5000, 1000, "over")),
        ("has over 10,000 GitHub stars", ("over 10,000 GitHub stars", 10000, 1, "over")),
        ("- more than 40k stars", ("more than 40k stars", 40000, 1000, "over")),
        ("(>140k stars on GitHub)", (">140k stars on GitHub", 140000, 1000, "over")),
        ("~12k stars", ("~12k stars", 12000, 1000, "about")),
        ("- nearly 500 stars", ("nearly 500 stars", 500, 1, "about")),
        ("Stars: 12.3k", ("Stars: 12.3k", 12300, 100, "")),
        (": a tool with 12k stars", ("12k stars", 12000, 1000, "")),
        (": a tool. It has 12k stars.", ("12k stars", 12000, 1000, "")),
        ("`12k ⭐`", ("`12k ⭐`", 12000, 1000, "")),
        ("(12k&nbsp;stars)", ("12k&nbsp;stars", 12000, 1000, "")),
    ],
)
def test_counts_of_stars(words, expected):
    assert counted(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "(archived)",
        "[archived]",
        "(now archived)",
        "(archived since May 2024)",
        "**Archived**",
        "**Archived:** use another",
        "*archived* in 2023",
        "- great. The repository was archived",
        "is old, and its repository was archived",
    ],
)
def test_archived(words):
    (claim,) = claims(f"- {LINK} {words}\n")
    assert claim.stars is None
    assert "rchived" in claim.text


@pytest.mark.parametrize(
    "words",
    [
        "no longer maintained",
        "rated 4.5 stars",
        "★★★★☆",
        "⭐⭐⭐ 120",
        "5 stars",
        "★ 4.5",
        "120 stars out of 200",
        "catalog of 10,000 stars",
        "galaxies and 300 stars",
        "repositories with over 10k GitHub stars",
        "for tools with at least 500 GitHub stars",
        "less than 12k stars",
        "up to 12k stars",
        "10k-12k stars",
        "$12k stars",
        "v1.12k stars",
        "12,3k stars",
        "12 345 stars",
        "⭐ 2021 award",
        "⭐ 12%",
        "~~12k stars~~",
        "![12k stars](x.png)",
        "<a href='x'>y</a> 12k stars",
        "<!-- 12k stars -->",
        "[notes](x.md), 12k of them; stars",
        "([archived](https://web.archive.org/x))",
        "( :card_file_box: archived)",
        "(not archived)",
        "(archived papers)",
        "**Archived** messages are searched",
        "works if its repository is archived",
        "set `archived` to true",
    ],
)
def test_what_is_no_claim(words):
    assert claims(f"- {LINK} {words}\n") == ()


def test_only_entries_claim():
    assert claims(f"{LINK} (12k stars)\n\n> {LINK} (archived)\n\n# {LINK} 12k stars\n") == ()


def test_the_nearest_link_before_is_meant():
    (claim,) = claims(f"- [a](https://x.org) and {LINK} (12k stars), [b](https://y.org)\n")
    assert claim.destination == ENGINE
    (other,) = claims(f"- {LINK} and [docs](https://x.org/a/b) (12k stars)\n")
    assert other.destination == "https://x.org/a/b"


def test_a_claim_before_the_only_link_is_about_it():
    assert [one.destination for one in claims(f"- ⭐ 12k {LINK}\n")] == [ENGINE]
    assert claims(f"- {LINK} and [docs](https://x.org) (12k stars)\n") == ()
    assert [one.stars for one in claims(f"- **Archived**: {LINK}\n")] == [None]
    assert claims(f"- **Archived**: no longer active, see {LINK}\n") == ()
    assert claims(f"- ⭐ 12k {LINK} {LINK}\n") == ()
    assert claims("- ⭐ 12k\n") == ()


def test_a_claim_in_the_text_of_a_link_is_about_it():
    (claim,) = claims(f"- [docs](x.md) [engine ★ 12k]({ENGINE}/stargazers)\n")
    assert claim.destination == f"{ENGINE}/stargazers"


def test_an_item_below_an_entry_counts_its_stars():
    text = f"- {LINK}\n  - fast\n    - 12k stars\n  - [docs](x.md)\n    - 9k stars\n"
    assert [one.destination for one in claims(text)] == [ENGINE]


def test_a_state_that_is_explained_below_an_entry_is_no_claim():
    text = f"- {LINK} knows\n  - **Draft** - to be written\n  - **Archived** - past\n"
    assert claims(text) == ()


def test_a_link_of_html():
    text = (
        f'- <b><a href="{ENGINE}">engine</a></b> (🥉16 ·  ⭐ 4K · 💀) - Learns. <a>x</a> 3k stars\n'
    )
    (claim,) = claims(text)
    assert (claim.destination, claim.text) == (ENGINE, "⭐ 4K")


@pytest.mark.parametrize(
    "rest",
    ["", "/", "#readme", "?tab=readme-ov-file", "/tree/main/examples", "/stargazers", ".git"],
)
def test_a_link_to_a_repository(rest):
    assert [one.destination for one in claims(f"- [x]({ENGINE}{rest}) 12k stars\n")] == [
        ENGINE + rest
    ]


@pytest.mark.parametrize(
    "url",
    [
        f"{ENGINE}/pull/12",
        f"{ENGINE}/blob/main/x.md",
        "https://github.com/ada",
        "https://hub.docker.com/r/ada/engine",
        "https://example.org",
        "docs/engine",
    ],
)
def test_a_link_to_something_else(url):
    assert claims(f"- [x]({url}) 12k stars (archived)\n") == ()


def test_a_table_row_is_an_entry():
    text = f"| a | b |\n| - | - |\n| {LINK} | ⭐ 12k |\n"
    (claim,) = claims(text)
    assert claim.text == "⭐ 12k"


def test_a_table_in_an_item_is_read_once():
    assert len(claims(f"- x\n\n  | a | b |\n  | - | - |\n  | {LINK} | ⭐ 12k |\n")) == 1


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("12k stars (seen 2026-03-01)", "2026-03-01"),
        ("12k stars as of 2026-03", "2026-03"),
        ("(12k stars, as of May 2024)", "May 2024"),
        ("⭐ 12k, checked on 1 May 2024", "1 May 2024"),
        ("12k stars. Seen 2026-03-01", ""),
        ("12k stars", ""),
    ],
)
def test_when_it_was_seen(words, seen):
    (claim,) = claims(f"- {LINK} {words}\n")
    assert claim.seen == seen


def test_spans_over_line_ends_entities_and_containers():
    text = f"\ufeff# A\r\n\r\n> 1. &amp; {LINK} has more\r\n>    than 12k stars, \\*\r\n"
    (claim,) = claims(text)
    assert text[claim.span.start : claim.span.end] == claim.text
    assert claim.text == "more\r\n>    than 12k stars"
    assert claim.stars == 12000


words = st.sampled_from(
    [
        *(LINK, "12k", "1,234", " stars", "⭐", " (archived)", "**archived**", "over ", "\n  "),
        *("- ", "|", "&amp;", "`", "[", "]", "(", ")", "*", " it has ", "GitHub ", "\n\n"),
        *("<a>", "~~"),
    ]
)


@given(st.lists(words, max_size=12).map("".join))
def test_every_claim_stands_where_it_says(text):
    document = parse(Source("a.md", f"- {LINK} {text}\n"))
    for claim in repository_claims(document):
        assert document.source.slice(claim.span) == claim.text
        assert claim.text.strip() == claim.text != ""


def claim(stars, precision=1, qualifier=""):
    return Claim(ENGINE, "", Span(0, 0), stars, precision, qualifier)


@pytest.mark.parametrize(
    ("written", "right", "wrong"),
    [
        (claim(12300, 100), (11050, 12300, 13570), (11000, 13600)),
        (claim(12000, 1000), (10300, 13700), (10200, 13800)),
        (claim(12000, 1000, "about"), (9100, 14900), (9000, 15000)),
        (claim(10000, 1, "over"), (9995, 10000, 500000), (9990, 9000, 0)),
        (claim(20), (11, 29), (10, 30)),
    ],
)
def test_what_is_outdated(written, right, wrong):
    assert [is_outdated(written, written.stars, stars) for stars in right] == [False] * len(right)
    assert [is_outdated(written, written.stars, stars) for stars in wrong] == [True] * len(wrong)


@given(st.integers(0, 10**6), st.sampled_from(["", "about", "over"]))
def test_an_exact_claim_is_right(stars, qualifier):
    assert not is_outdated(claim(stars, 1, qualifier), stars, stars)
