import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from mlsd_lint.diagnostics import Related, Report, Severity
from mlsd_lint.reporters import render
from mlsd_lint.source import Position

SCHEMAS = Path(__file__).parent / "schemas"
GITLAB = json.loads((SCHEMAS / "gitlab.json").read_text("utf-8"))
JUNIT = json.loads((SCHEMAS / "junit.json").read_text("utf-8"))


def text_of(name, report):
    return "".join(render(name, report))


def test_json_and_json_lines_say_the_same(sample):
    array = json.loads(text_of("json", sample))
    lines = [json.loads(line) for line in text_of("json-lines", sample).splitlines()]
    assert array == lines
    assert len(array) == len(sample.diagnostics)


def test_json_has_the_keys_ruff_uses(sample):
    (fixed,) = (one for one in json.loads(text_of("json", sample)) if one["code"] == "L103")
    assert fixed.pop("fingerprint")
    assert fixed == {
        "code": "L103",
        "name": "missing-anchor",
        "severity": "error",
        "message": "No heading in `setup.md` has the anchor `instal`",
        "filename": "guide.md",
        "location": {"row": 5, "column": 21},
        "end_location": {"row": 5, "column": 27},
        "fix": {
            "applicability": "safe",
            "message": "Write `install`",
            "edits": [
                {
                    "content": "install",
                    "location": {"row": 5, "column": 21},
                    "end_location": {"row": 5, "column": 27},
                }
            ],
        },
        "help": "The nearest is `install`",
        "url": None,
        "verdict": None,
        "evidence": None,
        "engines": [],
        "related": [],
    }


RELATED = (
    Related("book|1.toml", 41, "declared here"),
    Related("/etc/book.toml", 2, "extends this"),
)


def test_json_says_what_is_related(make):
    report = Report((make(related=RELATED),), 1, "docs", {})
    assert json.loads(text_of("json-lines", report))["related"] == [
        {"filename": "../book|1.toml", "line": 41, "message": "declared here"},
        {"filename": "/etc/book.toml", "line": 2, "message": "extends this"},
    ]


@pytest.mark.parametrize("severity", Severity)
def test_what_is_related_stands_last_on_a_server(severity, make):
    report = Report((make(related=RELATED, severity=severity, help="h"),), 1, "docs", {})
    notes = "note: declared here: book|1.toml:41\nnote: extends this: /etc/book.toml:2"
    assert f"\nhelp: h\n{notes}</" in text_of("junit", report)
    encoded = notes.replace("\n", "%0A")
    assert text_of("github", report).endswith(f"%0Ahelp: h%0A{encoded}\n")
    cell = "h<br>declared here: `book\\|1.toml:41`<br>extends this: `/etc/book.toml:2` |\n"
    assert cell in text_of("markdown", report)


@pytest.mark.parametrize("name", ["concise", "grouped", "gitlab"])
def test_a_format_of_one_line_leaves_out_what_is_related(name, make):
    plain = Report((make(),), 1, "docs", {})
    assert text_of(name, Report((make(related=RELATED),), 1, "docs", {})) == text_of(name, plain)


@pytest.mark.parametrize(
    ("folder", "shown"),
    [(".", "docs/page.md"), ("docs", "page.md"), ("src", "../docs/page.md")],
)
def test_paths_for_a_terminal_are_relative_to_the_working_directory(folder, shown, make):
    report = Report((make(),), 1, folder, {})
    assert text_of("concise", report).startswith(f"{shown}:3:5: ")
    assert text_of("full", report).split("\n")[1] == f" --> {shown}:3:5"
    assert text_of("grouped", report).startswith(f"{shown}:\n")
    assert json.loads(text_of("json-lines", report))["filename"] == shown


@pytest.mark.parametrize("name", ["github", "gitlab", "junit", "sarif", "markdown"])
def test_paths_for_a_server_are_relative_to_the_root(name, make):
    text = text_of(name, Report((make(),), 1, "src", {}))
    assert "docs/page.md" in text
    assert "../docs" not in text


def test_gitlab_is_valid(sample):
    found = json.loads(text_of("gitlab", sample))
    Draft202012Validator(GITLAB).validate(found)
    assert len({one["fingerprint"] for one in found}) == len(sample.diagnostics)
    assert found[1] == {
        "description": "H003: A level 3 heading follows one of level 1",
        "check_name": "H003",
        "fingerprint": sample.diagnostics[1].fingerprint,
        "severity": "minor",
        "location": {"path": "content/guide.md", "lines": {"begin": 3, "end": 3}},
    }


def test_gitlab_schema_refuses_what_it_should(sample):
    for part in ({"severity": "error"}, {"location": {"path": "/a.md", "lines": {"begin": 1}}}):
        found = json.loads(text_of("gitlab", sample))
        found[0].update(part)
        assert list(Draft202012Validator(GITLAB).iter_errors(found))


def assert_valid_junit(element):
    kind = JUNIT[element.tag]
    assert set(kind["required"]) <= set(element.attrib)
    assert set(element.attrib) <= {*kind["required"], *kind["optional"]}
    assert kind["text"] or not (element.text or "").strip()
    for child in element:
        assert child.tag in kind["children"]
        assert_valid_junit(child)
    if "tests" in element.attrib:
        assert int(element.get("tests")) == len(list(element.iter("testcase")))
        assert int(element.get("failures")) == len(list(element.iter("failure")))


def test_junit_is_valid(sample):
    root = ET.fromstring(text_of("junit", sample).encode())  # noqa: S314  # written a line above
    assert_valid_junit(root)
    assert [suite.get("name") for suite in root] == [
        "content/gone.md",
        "content/guide.md",
        "content/we|ird�[2J@name.md",
    ]
    assert root.attrib == {"name": "mlsd-lint", "tests": "7", "failures": "5", "errors": "0"}


def test_a_clean_run_is_a_passed_test(report_of):
    root = ET.fromstring(text_of("junit", report_of()).encode())  # noqa: S314
    assert_valid_junit(root)
    assert [case.get("name") for case in root.iter("testcase")] == ["26 files checked"]


def test_an_information_does_not_fail(make, report_of):
    text = text_of("junit", report_of(make(severity=Severity.INFO, help="Look")))
    root = ET.fromstring(text.encode())  # noqa: S314
    assert_valid_junit(root)
    assert root.findtext(".//system-out") == "docs/page.md:3:5: A message\nhelp: Look"


def test_github_shows_the_gravest_first(make, report_of):
    severities = [Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.WARNING]
    report = report_of(
        *(
            make(severity=severity, path=f"{number}.md")
            for number, severity in enumerate(severities)
        )
    )
    lines = text_of("github", report).splitlines()
    assert [line.split(" ")[0] for line in lines] == [
        "::error",
        "::warning",
        "::warning",
        "::notice",
    ]
    assert ["1.md" in lines[1], "3.md" in lines[2]] == [True, True]


def test_github_gets_no_columns_for_several_lines(make, report_of):
    text = text_of("github", report_of(make(end=Position(5, 2))))
    assert ",line=3,endLine=5::" in text
    assert "col" not in text.partition("::docs")[0]


def test_github_escapes_properties_and_data(make, report_of):
    text = text_of("github", report_of(make(path="a,b:c%.md", message="50% of a,b::c", help="h")))
    assert text == (
        "::warning title=H003 skipped-level,file=a%2Cb%3Ac%25.md,"
        "line=3,endLine=3,col=5,endColumn=9"
        "::a,b:c%25.md:3:5: H003 50%25 of a,b::c%0Ahelp: h\n"
    )
