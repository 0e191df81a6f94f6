import json
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mlsd_lint import __version__
from mlsd_lint.diagnostics import PlacedFix, Related, Severity
from mlsd_lint.reporters import render
from mlsd_lint.reporters.sarif import MOST_RESULTS
from mlsd_lint.source import Position

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif.json").read_text("utf-8"))


def log_of(report):
    log = json.loads("".join(render("sarif", report)))
    Draft202012Validator(SCHEMA).validate(log)
    return log


def run_of(report):
    return log_of(report)["runs"][0]


def test_the_sample_is_valid(sample):
    run = run_of(sample)
    assert len(run["results"]) == len(sample.diagnostics)
    assert run["tool"]["driver"]["semanticVersion"] == __version__
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start = (region["startLine"], region["startColumn"])
        assert start <= (region["endLine"], region["endColumn"])


def test_an_empty_run_is_valid(report_of):
    run = run_of(report_of())
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_results_point_at_their_rules(sample):
    run = run_of(sample)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(sample.rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_rule_that_is_not_in_the_report_has_no_index(make, report_of):
    (result,) = run_of(report_of(make(code="Z999")))["results"]
    assert result["ruleId"] == "Z999"
    assert "ruleIndex" not in result


def test_a_rule_brings_its_documentation(sample):
    rules = {rule["id"]: rule for rule in run_of(sample)["tool"]["driver"]["rules"]}
    rule = rules["H003"]
    assert rule["name"] == "skipped-level"
    assert rule["shortDescription"] == {"text": "Heading levels go down one at a time."}
    assert rule["fullDescription"]["text"].startswith("A reader who navigates")
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert rule["help"]["text"].endswith("Good:\n    # Title\n\n    \t## Next\n")
    assert rule["help"]["markdown"] == (
        "# H003 skipped-level\n\nHeading levels go down one at a time.\n\n"
        "A reader who navigates by headings looks for what is missing.\n\n"
        "**Bad**\n\n`````markdown\n# Title\n\n````\n### Deep\n````\n`````\n\n"
        "**Good**\n\n```markdown\n# Title\n\n\t## Next\n```\n"
    )
    assert rules["L103"]["fullDescription"]["text"]


def test_levels(make, report_of):
    levels = {
        result["level"]
        for severity in Severity
        for result in run_of(report_of(make(severity=severity)))["results"]
    }
    assert levels == {"error", "warning", "note"}


def test_a_fix_replaces_its_region(sample):
    fixes = [result["fixes"] for result in run_of(sample)["results"] if "fixes" in result]
    assert fixes[0] == [
        {
            "description": {"text": "Write `install`"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "content/guide.md", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {
                                "startLine": 5,
                                "startColumn": 21,
                                "endLine": 5,
                                "endColumn": 27,
                            },
                            "insertedContent": {"text": "install"},
                        }
                    ],
                }
            ],
            "properties": {"applicability": "safe"},
        }
    ]


def test_a_fix_without_edits_is_left_out(make, report_of):
    fix = PlacedFix("Think", safe=True, edits=())
    assert "fixes" not in run_of(report_of(make(fix=fix)))["results"][0]


def test_a_related_place_is_a_location_that_the_message_links_to(make, report_of):
    related = (
        Related("pyproject.toml", 41, "declared here"),
        Related("/home/a b/c:d.toml", 2, "as [x](y) has it"),
    )
    (result,) = run_of(report_of(make(help="Help.", related=related)))["results"]
    assert result["message"]["text"] == (
        "A message\nHelp.\n[declared here](1)\n[as \\[x\\](y) has it](2)"
    )
    assert result["relatedLocations"] == [
        {
            "id": 1,
            "message": {"text": "declared here"},
            "physicalLocation": {
                "artifactLocation": {"uri": "pyproject.toml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 41},
            },
        },
        {
            "id": 2,
            "message": {"text": "as [x\\](y) has it"},
            "physicalLocation": {
                "artifactLocation": {"uri": "file:///home/a%20b/c:d.toml"},
                "region": {"startLine": 2},
            },
        },
    ]


def test_a_result_without_related_places_has_no_such_key(make, report_of):
    assert "relatedLocations" not in run_of(report_of(make()))["results"][0]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("docs/a b#c?d.md", "docs/a%20b%23c%3Fd.md"),
        ("mailto:a.md", "mailto%3Aa.md"),
        ("章/é.md", "%E7%AB%A0/%C3%A9.md"),
        ("100%.md", "100%25.md"),
        ("latin-\udce9.md", "latin-%E9.md"),
        ("odd-\ud800.md", "odd-%EF%BF%BD.md"),
    ],
)
def test_a_path_is_a_relative_uri(path, uri, make, report_of):
    (result,) = run_of(report_of(make(path=path)))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_a_quoted_link_does_not_become_one(make, report_of):
    (result,) = run_of(report_of(make(message="See [a](b.md)", help="Or [c](d)")))["results"]
    assert result["message"]["text"] == "See [a\\](b.md)\nOr [c\\](d)"


def test_fingerprints(make, report_of):
    (result,) = run_of(report_of(make(fingerprint="f" * 32)))["results"]
    assert result["partialFingerprints"] == {
        "primaryLocationLineHash": f"{'f' * 32}:1",
        "mlsdLintFingerprint/v1": "f" * 32,
    }


def test_no_more_results_than_code_scanning_takes_and_the_gravest_stay(make, report_of):
    severities = [Severity.INFO, Severity.WARNING] * ((MOST_RESULTS + 10) // 2)
    severities += [Severity.ERROR] * 7
    report = report_of(
        *(
            make(severity=severity, start=Position(line, 1), end=Position(line, 1))
            for line, severity in enumerate(severities, 1)
        )
    )
    run = json.loads("".join(render("sarif", report)))["runs"][0]
    assert len(run["results"]) == MOST_RESULTS
    levels = Counter(result["level"] for result in run["results"])
    assert levels == {
        "error": 7,
        "warning": (MOST_RESULTS + 10) // 2,
        "note": MOST_RESULTS - 7 - (MOST_RESULTS + 10) // 2,
    }
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("17 findings are left out")


def test_the_schema_refuses_what_it_should(sample):
    log = log_of(sample)
    broken = [
        lambda one: one.pop("version"),
        lambda one: one["runs"][0].pop("columnKind"),
        lambda one: one["runs"][0]["results"][0].update(level="info"),
        lambda one: one["runs"][0]["results"][0].update(extra=1),
        lambda one: one["runs"][0]["results"][0]["message"].update(text=""),
        lambda one: one["runs"][0]["results"][0]["locations"][0]["physicalLocation"][
            "artifactLocation"
        ].update(uri="/absolute.md"),
    ]
    for spoil in broken:
        spoilt = json.loads(json.dumps(log))
        spoil(spoilt)
        assert list(Draft202012Validator(SCHEMA).iter_errors(spoilt))
