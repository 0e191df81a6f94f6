"""Whatever a report holds: the page of `markdown` is tables, links nowhere but to lines, and fits.

markdown-it-py reads the pages: a parser of its own.
"""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hostile import diagnostics, hostile
from mlsd_lint.diagnostics import Comparison, Report, Severity
from mlsd_lint.reporters import render
from mlsd_lint.reporters.markdown import LARGEST, MOST_FIXED, WORST
from mlsd_lint.reporters.terminal import one_line, visible
from mlsd_lint.source_links import SourceLinks

LINKS = SourceLinks("https://github.com/ada/engine/blob", "a" * 40)
OUR_LINK = re.compile(
    r"https://github\.com/ada/engine/blob/(?:a{40}|b{40})/[\w.~%/-]*\?plain=1#L\d+", re.ASCII
)
LINKS_ON_GITHUB = re.compile(
    r"@\w|\w@|#\d|://|www\.|\bGH-\d|GHSA-|CVE-\d|\b[0-9a-f]{7,40}\b|:[\w+-]+:", re.IGNORECASE
)
BLOCKS = {
    f"{block}_{edge}"
    for block in ["heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td"]
    for edge in ("open", "close")
} | {"inline"}


@st.composite
def reports(draw):
    found = draw(st.lists(diagnostics(), max_size=4)) * draw(st.sampled_from([1, 1, 4]))
    report = Report(tuple(found), 1, ".", {}, source_links=draw(st.sampled_from([None, LINKS])))
    if draw(st.booleans()):
        return report
    fixed = tuple(draw(st.lists(diagnostics(), max_size=2))) * draw(st.sampled_from([1, 15]))
    base = draw(hostile)
    comparison = Comparison(base, "b" * 40, report.diagnostics, fixed, ())
    return replace(report, comparison=comparison)


def text_of(report):
    return "".join(render("markdown", report))


def parsed(text):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def tables(tokens):
    """Each table as its rows, a row as the inline tokens of its cells."""
    found = []
    for token in tokens:
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and token.level > 3:
            found[-1][-1].append(token)
    return found


def shown(inline):
    return "".join(child.content for child in inline.children if child.type != "html_inline")


def words_of(text):
    return re.sub(r"[\s`]+", "", text)


@given(reports())
def test_nothing_quoted_becomes_markup(report):
    for token in parsed(text_of(report)):
        assert token.type in BLOCKS
        inside_link = False
        for child in token.children or []:
            if child.type in {"link_open", "link_close"}:
                inside_link = child.type == "link_open"
                assert not inside_link or OUR_LINK.fullmatch(child.attrs["href"])
                continue
            assert child.type in {"text", "text_special", "code_inline", "html_inline"}
            assert child.type != "html_inline" or child.content == "<br>"
        outside = "".join(
            "\0" if child.type in {"code_inline", "html_inline"} else child.content
            for child in token.children or []
            if not child.type.startswith("link")
        )
        assert not LINKS_ON_GITHUB.search(re.sub(r"^\d+:\d+$", "", outside))


@given(reports())
def test_every_table_is_whole(report):
    text = text_of(report)
    assert all(line.endswith(" |") for line in text.split("\n") if line.startswith("|"))
    width = {"Place": 4, "Rule": 6}
    for table in tables(parsed(text)):
        assert len(table) > 1
        assert {len(row) for row in table} == {width[shown(table[0][0])]}
    lines = sum(line.startswith("|") for line in text.split("\n"))
    heads = len(tables(parsed(text)))
    assert lines == sum(map(len, tables(parsed(text)))) + heads


@given(reports())
def test_nothing_is_lost(report):
    found = [
        [shown(cell) for cell in row]
        for table in tables(parsed(text_of(report)))
        for row in table[1:]
        if len(row) == 4
    ]

    def rows(some, *, with_path=True):
        for one in some:
            line, column = one.start
            path = f"{visible(one.path)}:" if with_path else ""
            notes = [
                f"{one_line(place.message)}: {visible(place.path)}:{place.line}"
                for place in one.related
            ]
            said = "".join([one_line(one.message), one_line(one.help), *notes])
            place = f"{path}{line}:{column}"
            yield [place, one.code, one.severity.value, words_of(said)]

    def gravest(some, number):
        return sorted(some, key=lambda one: list(Severity).index(one.severity))[:number]

    expected = [*rows(gravest(report.diagnostics, WORST))]
    if report.comparison:
        expected += rows(gravest(report.comparison.fixed, MOST_FIXED))
    if len(report.diagnostics) > WORST:
        expected += rows(report.diagnostics, with_path=False)
    got = [[place, code, severity, words_of(said)] for place, code, severity, said in found]
    assert [[words_of(row[0]), *row[1:]] for row in got] == [
        [words_of(row[0]), *row[1:]] for row in expected
    ]


@settings(max_examples=40)  # each page is read by a slow parser
@given(reports(), st.integers(0, 400), st.integers(1, 60))
def test_it_fits_and_what_is_left_out_is_counted(report, times, length):
    many = tuple(one._replace(message=one.message * length) for one in report.diagnostics) * times
    text = text_of(replace(report, diagnostics=many))
    assert len(text.encode("utf-16-le")) // 2 <= LARGEST
    assert len(text.encode()) <= 1024 * 1024
    assert text.endswith("\n")
    by_line = [
        table
        for table in tables(parsed(text))
        if len(many) > WORST and re.fullmatch(r"\d+:\d+", shown(table[1][0]))
    ]
    left = re.search(r"(\d+) findings? in \d+ files?, \d+ errors? among them\. Another", text)
    listed = sum(len(table) - 1 for table in by_line)
    assert listed + int(left[1] if left else 0) == (len(many) if len(many) > WORST else 0)
