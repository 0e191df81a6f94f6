"""Findings about external links, in every format, and that none of them tells a password."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from judgements import ASKED, judged, moved
from mlsd_lint.diagnostics import Finding, LinkEvidence, Report, place
from mlsd_lint.fixes.applying import apply
from mlsd_lint.links.verdicts import Hop, Verdict
from mlsd_lint.ordering import in_order
from mlsd_lint.registry import all_rules
from mlsd_lint.reporters import FORMATS, STATISTICS, render
from mlsd_lint.source import Source, Span
from projects import diagnose, write_files

SCHEMA = Path(__file__).resolve().parents[2] / "schemas" / "report.schema.json"
URL = "https://papers.example/gone.pdf"
DEAD = LinkEvidence(
    URL,
    Verdict.DEAD,
    "404 from papers.example after HEAD and GET",
    404,
    (Hop("https://papers.example/old.pdf", 301),),
    URL,
    ASKED,
    3,
    ASKED - 86_400,
    "https://archive.example/2024/" + URL,
)


def text_of(name, report):
    return "".join(render(name, report))


def report_of(*places, evidence=DEAD, code="L201"):
    """A report about one link that stands at these places (path, line)."""
    rule = all_rules()[code]
    found = []
    for path, line in places:
        source = Source(path, "\n" * (line - 1) + f"See [it]({evidence.url}).\n")
        start = source.text.index("http")
        span = Span(start, start + len(evidence.url))
        finding = Finding(span, f"link to {evidence.url}: {evidence.reason}", evidence=evidence)
        found.append(place(rule, rule.severity, source, finding))
    return Report(in_order(found), 3, ".", {code: rule})


def test_json_has_the_evidence():
    report = report_of(("b.md", 7), ("a.md", 3))
    shown = json.loads(text_of("json", report))
    jsonschema.validate(shown, json.loads(SCHEMA.read_text("utf-8")))
    assert [one["filename"] for one in shown] == ["a.md", "b.md"]
    for one in shown:
        assert one["url"] == URL
        assert one["verdict"] == "dead"
        assert one["evidence"] == {
            "reason": "404 from papers.example after HEAD and GET",
            "status": 404,
            "chain": [{"url": "https://papers.example/old.pdf", "status": 301}],
            "final": URL,
            "asked": "2026-09-21T14:13:20Z",
            "failures": 3,
            "failing_since": "2026-09-20T14:13:20Z",
            "archive": "https://archive.example/2024/" + URL,
            "places": [
                {"filename": "a.md", "line": 3, "column": 10},
                {"filename": "b.md", "line": 7, "column": 10},
            ],
        }


def test_json_of_what_is_not_known():
    evidence = LinkEvidence(URL, Verdict.UNVERIFIED, "not reached within 10m")
    (one,) = json.loads(text_of("json", report_of(("a.md", 1), evidence=evidence, code="L207")))
    jsonschema.validate([one], json.loads(SCHEMA.read_text("utf-8")))
    shown = one["evidence"]
    unknown = {key for key, value in shown.items() if value is None}
    assert unknown == {"status", "final", "asked", "failing_since", "archive"}
    assert shown["chain"] == []
    assert shown["failures"] == 0


def test_every_finding_has_the_same_keys(sample):
    keys = [set(one) for one in json.loads(text_of("json", sample))]
    (about_a_link,) = json.loads(text_of("json", report_of(("a.md", 1))))
    assert all(one == set(about_a_link) for one in keys)
    assert {"url", "verdict", "evidence"} <= set(about_a_link)


def test_sarif_has_the_evidence_in_its_property_bag():
    (run,) = json.loads(text_of("sarif", report_of(("a.md", 3), ("b.md", 7))))["runs"]
    first, second = run["results"]
    assert first["properties"] == second["properties"]
    assert first["properties"] == {
        "url": URL,
        "verdict": "dead",
        "reason": "404 from papers.example after HEAD and GET",
        "status": 404,
        "chain": [{"url": "https://papers.example/old.pdf", "status": 301}],
        "final": URL,
        "asked": "2026-09-21T14:13:20Z",
        "failures": 3,
        "failingSince": "2026-09-20T14:13:20Z",
        "archive": "https://archive.example/2024/" + URL,
    }
    uris = [one["relatedLocations"][0]["physicalLocation"] for one in run["results"]]
    assert [one["artifactLocation"]["uri"] for one in uris] == ["b.md", "a.md"]


@pytest.mark.parametrize("name", [*FORMATS])
def test_every_format_gives_the_reason_and_the_same_text_twice(name):
    places = [("a.md", 3), ("b.md", 7), ("c/d.md", 1)]
    text = text_of(name, report_of(*places))
    assert "404 from papers.example after HEAD and GET" in text
    assert text == text_of(name, report_of(*reversed(places)))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, []),
        (2, ["p2.md:1 also here"]),
        (4, ["p2.md:1 also here", "p3.md:1 also here", "p4.md:1 also here"]),
        (
            5,
            [
                "p2.md:1 also here",
                "p3.md:1 also here",
                "p4.md:1 also here (and in 1 more place)",
            ],
        ),
        (
            9,
            [
                "p2.md:1 also here",
                "p3.md:1 also here",
                "p4.md:1 also here (and in 5 more places)",
            ],
        ),
    ],
)
def test_at_most_three_other_places_are_named(number, expected):
    report = report_of(*((f"p{at + 1}.md", 1) for at in range(number)))
    first, *_, last = (report.diagnostics[0], *report.diagnostics)
    assert [f"{one.path}:{one.line} {one.message}" for one in first.related] == expected
    assert len(first.evidence.places) == number
    assert all((one.path, one.line) != (last.path, last.start.line) for one in last.related)
    full = text_of("full", report)
    for one in expected:
        where, _, said = one.partition(" ")
        assert f"note: {said}: {where}\n" in full


def test_two_links_on_one_line_are_one_place_to_look_at():
    rule = all_rules()["L201"]
    source = Source("a.md", f"[a]({URL}) [b]({URL}#c)\n\n[c]({URL})\n")
    starts = [at for at in range(len(source.text)) if source.text.startswith(URL, at)]
    urls = [URL, f"{URL}#c", URL]
    found = [
        place(
            rule,
            rule.severity,
            source,
            Finding(Span(at, at + len(url)), "m", evidence=DEAD._replace(url=url)),
        )
        for at, url in zip(starts, urls, strict=True)
    ]
    diagnostics = in_order(found)
    assert [[one.line for one in found.related] for found in diagnostics] == [[3], [3], [1]]
    assert [len(one.evidence.places) for one in diagnostics] == [3, 3, 3]
    assert [one.evidence.url for one in diagnostics] == urls


def test_other_answers_of_one_page_are_not_its_other_places():
    rule = all_rules()["L208"]
    source = Source("a.md", f"{URL}#a\n\n{URL}#b\n")
    found = [
        place(
            rule,
            rule.severity,
            source,
            Finding(
                Span(at, at + 5),
                "m",
                evidence=DEAD._replace(url=f"{URL}#{name}", reason=f'no anchor "{name}"'),
            ),
        )
        for at, name in ((0, "a"), (len(URL) + 4, "b"))
    ]
    assert [one.related for one in in_order(found)] == [(), ()]


# --- passwords ---

PASSWORDS = """\
# Secrets

[dead](https://me:sesame@papers.example/gone.pdf) [twice](https://me:sesame@papers.example/gone.pdf)
<https://me:sesame@docs.example/old>, https://me:sesame@docs.example/old and so on

- [tracking](https://me:sesame@shop.example/?a=1&utm_source=x)
- [again](https://me:sesame@shop.example/?a=1&utm_source=y)
- [short](https://me:sesame@bit.ly/abc)
- [here](https://me:sesame&commat;papers.example/a&sol;b)

[near] (https://me:sesame@papers.example/near)

[unused]: https://me:sesame@papers.example/unused
[unused]: https:\\/\\/me:sesame@papers.example/twice

<a href="https://me:sesame@docs.example/html">click here</a>
<a href="//me:sesame@docs.example/html">click here</a>
"""


@pytest.fixture(scope="module")
def secret_report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secret")
    write_files(folder, {"page.md": PASSWORDS})
    dead, old = "papers.example/gone.pdf", "docs.example/old"
    judgements = {
        f"https://me:sesame@{dead}": judged(f"https://{dead}", Verdict.DEAD, "404 from it"),
        f"https://me:sesame@{old}": moved(f"https://{old}", "https://docs.example/new"),
    }
    diagnostics = diagnose(folder, "ALL", judgements=judgements)
    return Report(tuple(diagnostics), 1, ".", all_rules())


def test_the_sample_has_findings_of_many_kinds(secret_report):
    found = {one.code for one in secret_report.diagnostics}
    assert {"L201", "L202", "C002", "C003", "L105", "L109"} <= found


@pytest.mark.parametrize("name", [*FORMATS, *STATISTICS])
def test_no_format_tells_a_password(name, secret_report):
    text = text_of(name, secret_report)
    assert "sesame" not in text
    assert "me:" not in text.replace("name:", "").replace("scheme:", "")


def test_the_place_is_underlined_where_it_is(secret_report):
    text = text_of("full", secret_report)
    assert "3 | [dead](https://*********@papers.example/gone.pdf) [twice]" in text
    assert f"  |        {'^' * 41}" in text


def test_a_fix_that_writes_a_password_is_applied_but_not_shown(secret_report):
    fixable = [one for one in secret_report.diagnostics if one.code == "C003"]
    assert len(fixable) == 2
    shown = [one for one in json.loads(text_of("json", secret_report)) if one["code"] == "C003"]
    assert [one["fix"] for one in shown] == [None, None]
    text = apply(PASSWORDS, [one.fix for one in fixable]).text
    assert text == PASSWORDS.replace("&utm_source=x", "").replace("&utm_source=y", "")


# --- the summary ---


def test_the_summary_counts_links_by_verdict():
    some = {Verdict.DEAD: 1, Verdict.OK: 1203, Verdict.SOFT_404: 2}
    counted = Report((), 3, ".", {}, verdicts=some)
    assert text_of("full", counted) == (
        "All checks passed: 3 files checked. 1,206 external links: 1,203 ok, 1 dead, 2 soft-404.\n"
    )
    one = Report((), 1, ".", {}, verdicts={Verdict.OK: 1})
    assert text_of("concise", one).endswith(" 1 external link: 1 ok.\n")
