"""Whatever stands in a file, its name or a message, every format stays what it is."""

import json
import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from hostile import diagnostics
from mlsd_lint.diagnostics import Report, Severity
from mlsd_lint.reporters import FORMATS, render
from mlsd_lint.reporters.terminal import COLORED, one_line, visible

reports = st.lists(diagnostics(), min_size=1, max_size=3).map(
    lambda found: Report(tuple(found), 1, ".", {})
)
# By their code points, not by what the product thinks of them.
DRIVES_A_TERMINAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
OUR_SEQUENCE = re.compile(
    "|".join(re.escape(one) for one in [*COLORED.severity.values(), *COLORED[1:]])
)


def text_of(name, report, *, color=False):
    return "".join(render(name, report, color=color))


def storable(text):
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@given(reports, st.booleans())
def test_no_control_character_reaches_a_terminal(report, color):
    for name in ("full", "concise", "grouped"):
        text = OUR_SEQUENCE.sub("", text_of(name, report, color=color))
        assert not DRIVES_A_TERMINAL.search(text)
        assert text.encode()


@given(reports)
def test_no_other_format_writes_control_characters(report):
    for name in ("github", "json", "json-lines", "gitlab", "sarif", "markdown"):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", text_of(name, report))


@given(reports)
def test_every_format_can_be_encoded(report):
    for name in FORMATS:
        assert text_of(name, report).encode("utf-8")


@given(reports)
def test_color_changes_nothing_but_color(report):
    for name in ("full", "concise", "grouped"):
        assert OUR_SEQUENCE.sub("", text_of(name, report, color=True)) == text_of(name, report)


@given(reports)
def test_concise_is_one_line_for_each(report):
    lines = text_of("concise", report).splitlines()
    assert len(lines) == len(report.diagnostics) + 1
    for line, one in zip(lines, report.diagnostics, strict=False):
        mark = " [*]" if one.fix and one.fix.safe else ""
        assert line == (
            f"{visible(one.path)}:{one.start.line}:{one.start.column}: "
            f"H003{mark} {one.severity}: {one_line(one.message)}"
        )


@given(diagnostics())
def test_full_has_the_lines_it_says_and_no_others(one):
    lines = text_of("full", Report((one,), 1, ".", {})).splitlines()
    advice = bool(one.help and not (one.fix and one.fix.message == one.help)) + bool(one.fix)
    source = 4 if one.excerpt.text.strip() else 0
    assert len(lines) == 2 + source + advice + len(one.related) + 2
    for line, place in zip(lines[2 + source + advice :], one.related, strict=False):
        assert line == f"note: {one_line(place.message)}: {visible(place.path)}:{place.line}"


@given(reports)
def test_json_says_it_all(report):
    found = json.loads(text_of("json", report))
    assert [json.loads(line) for line in text_of("json-lines", report).split("\n")[:-1]] == found
    for shown, one in zip(found, report.diagnostics, strict=True):
        assert shown["message"] == storable(one.message)
        assert shown["filename"] == storable(one.path)
        assert shown["help"] == (storable(one.help) or None)
        assert (shown["location"]["row"], shown["location"]["column"]) == one.start
        assert (shown["fix"] is None) == (one.fix is None or one.fix.tells_secrets)
        assert [tuple(place.values()) for place in shown["related"]] == [
            (storable(place.path), place.line, storable(place.message)) for place in one.related
        ]


@given(reports)
def test_json_has_no_lone_surrogates(report):
    for name in ("json", "gitlab", "sarif"):
        assert json.dumps(json.loads(text_of(name, report)), ensure_ascii=False).encode("utf-8")


def run_command(line):
    """Read a workflow command as GitHub's runner does: (command, properties, data)."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    command, _, properties = head.partition(" ")
    pairs = [pair.split("=", 1) for pair in properties.split(",")]
    unescape = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    for escape, character in unescape.items():
        pairs = [[name, value.replace(escape, character)] for name, value in pairs]
        if escape not in {"%3A", "%2C"}:
            data = data.replace(escape, character)
    return command, dict(pairs), data


@given(reports)
def test_github_commands_read_back(report):
    lines = text_of("github", report).split("\n")[:-1]
    assert len(lines) == len(report.diagnostics)
    expected = sorted(report.diagnostics, key=lambda one: one.severity.rank)
    for line, one in zip(lines, expected, strict=True):
        command, properties, data = run_command(line)
        assert command == {"error": "error", "warning": "warning", "info": "notice"}[one.severity]
        assert properties["file"] == visible(one.path)
        assert properties["title"] == "H003 skipped-level"
        assert properties["line"] == str(one.start.line)
        assert ("col" in properties) == (one.start.line == one.end.line)
        place = f"{visible(one.path)}:{one.start.line}:{one.start.column}"
        assert data.split("\n")[0] == f"{place}: H003 {one_line(one.message)}"
        assert data.count("\n") == bool(one.help) + bool(one.fix) + len(one.related)


def legal(text):
    """What XML 1.0 can say of a text (section 2.2)."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


@given(reports)
def test_junit_is_always_xml_and_reads_back(report):
    root = ET.fromstring(text_of("junit", report).encode("utf-8"))  # noqa: S314
    assert [case.get("file") for case in root.iter("testcase")] == [
        legal(one.path) for one in report.diagnostics
    ]
    assert [failure.get("message") for failure in root.iter("failure")] == [
        legal(one.message) for one in report.diagnostics if one.severity is not Severity.INFO
    ]


EMBEDDED_LINK = re.compile(r"(?<!\\)\[((?:[^][\\]|\\.)*)\]\(([^)]*)\)", re.DOTALL)


def link_text(text):
    """What an embedded link of SARIF shows (3.11.6)."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


@given(reports)
def test_sarif_links_to_related_places_and_to_nothing_else(report):
    results = json.loads(text_of("sarif", report))["runs"][0]["results"]
    gravest = sorted(report.diagnostics, key=lambda one: one.severity.rank)
    for result, one in zip(results, gravest, strict=True):
        found = EMBEDDED_LINK.findall(result["message"]["text"])
        assert [(link_text(text), int(number)) for text, number in found] == [
            (storable(place.message), number) for number, place in enumerate(one.related, 1)
        ]
        for place, location in zip(one.related, result.get("relatedLocations", []), strict=True):
            assert location["physicalLocation"]["region"] == {"startLine": place.line}
            assert not EMBEDDED_LINK.search(location["message"]["text"])


@given(reports)
def test_sarif_and_gitlab_keep_every_message(report):
    results = json.loads(text_of("sarif", report))["runs"][0]["results"]
    gravest = sorted(report.diagnostics, key=lambda one: one.severity.rank)
    for result, one in zip(results, gravest, strict=True):
        assert (
            result["message"]["text"]
            .replace("\\](", "](")
            .startswith(storable(one.message).replace("\\](", "]("))
        )
    for shown, one in zip(json.loads(text_of("gitlab", report)), report.diagnostics, strict=True):
        assert shown["description"] == storable(f"H003: {one.message}")
        assert shown["location"]["path"] == storable(one.path)
