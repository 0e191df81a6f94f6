"""What L210 advises to write: the number of today, as exact as the one that is written."""

from __future__ import annotations

import pytest

from judgements import judged
from mlsd_lint.fixes.applying import apply
from mlsd_lint.links.verdicts import Repository, Verdict
from projects import diagnose, write_files

URL = "https://github.example/ada/engine"
LINK = f"[engine]({URL})"


def advised(folder, words, stars, *, archived=False):
    """The finding about an entry with these words, and the entry as its fix leaves it."""
    text = f"- {LINK} {words}\n"
    write_files(folder, {"page.md": text})
    repository = Repository(URL, stars, archived)
    known = {URL: judged(URL, Verdict.OK, "200 from api", repository=repository)}
    (found,) = diagnose(folder, "L210", judgements=known)
    assert found.help.endswith(".")
    if found.fix is None:
        return found, None
    assert not found.fix.safe
    return found, apply(text, [found.fix]).text.removeprefix(f"- {LINK} ").removesuffix("\n")


@pytest.mark.parametrize(
    ("words", "stars", "right"),
    [
        ("12.3k stars", 15_020, "15.0k stars"),
        ("(12k stars)", 15_520, "(16k stars)"),
        ("(12K+ stars)", 9_990, "(9K+ stars)"),
        ("⭐ 12k", 800, "⭐ 800"),
        ("★ 1,234", 15_020, "★ 15,020"),
        ("⭐1234", 15_020, "⭐15020"),
        ("has over 10,000 GitHub stars", 9_287, "has over 9,200 GitHub stars"),
        ("- about 1,000 stars", 2_260, "- about 2,300 stars"),
        ("(12 k stars)", 15_020, "(15 k stars)"),
        ("1.2M stars", 2_000_000, "2.0M stars"),
    ],
)
def test_the_fix_writes_the_number_as_it_was_written(tmp_path, words, stars, right):
    found, fixed = advised(tmp_path, words, stars)
    assert fixed == right
    assert f"has {stars:,} stars" in found.message


def test_a_claim_that_says_when_it_was_seen_is_not_rewritten(tmp_path):
    found, fixed = advised(tmp_path, "12k stars (seen 2026-03-01)", 15_020)
    assert fixed is None
    assert found.message == f'"12k stars" (seen 2026-03-01): {URL} has 15,020 stars'
    assert 'Write "15k stars"' in found.help
    assert "(seen 2026-09-21)" in found.help  # the day on which it was asked


def test_a_claim_over_two_lines_is_told_in_one(tmp_path):
    found, fixed = advised(tmp_path, "has more\n  than 12k stars", 9_000)
    assert found.message.startswith('"more than 12k stars": ')
    assert fixed == "has more\n  than 9k stars"


def test_a_repository_that_is_not_archived(tmp_path):
    found, fixed = advised(tmp_path, "(archived)", 1)
    assert found.message == f'"(archived)": {URL} is not archived'
    assert fixed is None


def test_evidence_is_carried_along(tmp_path):
    found, _ = advised(tmp_path, "(archived)", 1)
    assert found.evidence.url == URL


def test_the_fix_mends_it(tmp_path):
    _, fixed = advised(tmp_path, "(12.3k stars)", 15_020)
    repository = Repository(URL, 15_020, archived=False)
    write_files(tmp_path, {"page.md": f"- {LINK} {fixed}\n"})
    known = {URL: judged(URL, Verdict.OK, "200 from api", repository=repository)}
    assert diagnose(tmp_path, "L210", judgements=known) == []


@pytest.mark.parametrize("words", ["(12k stars)", "(archived)"])
def test_nothing_is_said_of_what_the_api_does_not_know(tmp_path, words):
    write_files(tmp_path, {"page.md": f"- {LINK} {words}\n"})
    known = {URL: judged(URL, Verdict.OK, "200 from github.example")}
    assert diagnose(tmp_path, "L210", judgements=known) == []
    assert diagnose(tmp_path, "L210", judgements={}) == []
