"""Every extracted value that is written somewhere has a span, and there it is, as written."""

from __future__ import annotations

import html
import re
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from mlsd_lint.commands.extract import _files, _typed
from mlsd_lint.location import locate
from mlsd_lint.markdown import parse
from mlsd_lint.page import page
from mlsd_lint.project import load
from mlsd_lint.source import Source
from mlsd_lint.typed import (
    Entries,
    FrontMatter,
    Link,
    Paragraph,
    Part,
    Rows,
    Section,
    Separated,
    Title,
    TypedDocument,
)
from mlsd_lint.typed.checking import check_typed
from mlsd_lint.typed.shapes import shape_of
from mlsd_lint.typed.types import Type, Types, load_types
from mlsd_lint.typed.values import Scalar, walk

MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|(?<!\\)[*`]|\\(?=[^\w\s])")


def without_markup(written: str) -> str:
    return html.unescape(MARKUP.sub(lambda found: found[1] or "", written))


def squeezed(text: object) -> str:
    return " ".join(str(text).split())


def is_as_written(source: Source, value: Scalar) -> bool:
    written = source.slice(value.span)
    wanted = squeezed(value.value)
    return squeezed(written) == wanted or squeezed(without_markup(written)) == wanted


def written_values(record):
    for location, value in walk(record):
        if isinstance(value, Scalar) and value.written:
            yield location, value


# --- the booklet ---


@pytest.fixture(scope="module")
def booklet():
    project = load(locate([ROOT], {}), "test")
    project.prepare()
    types = load_types(project.indexing.types)
    typed = {path: _typed(project, types, path) for path in _files(project, ())}
    return {path: one for path, one in typed.items() if one[1].record is not None}


def test_every_value_of_the_booklet_stands_where_it_is_said_to_stand(booklet):
    wrong = []
    count = 0
    for path, (source, typed) in booklet.items():
        for location, value in written_values(typed.record):
            count += 1
            if not is_as_written(source, value):
                wrong.append((path, location, source.slice(value.span), value.value))
    assert wrong == []
    assert len(booklet) > 30
    assert count > 1500  # or else nothing was read


# --- any book ---


class Reading(Part):
    link: Link
    authors: Annotated[list[str], Separated(", ", " and ")]
    year: int
    about: str


class Advice(Part):
    need: str
    take: str


class Readings(TypedDocument):
    title: Annotated[str, Title()]
    language: Annotated[str, FrontMatter()]
    first: Annotated[str, Section("Why"), Paragraph()]
    readings: Annotated[
        list[Reading], Section("Readings"), Entries("{link} ({authors}, {year}): {about}")
    ]
    advice: Annotated[list[Advice], Section("Advice"), Rows()]


TYPES = Types({"page": Type("page", ("*.md",), shape_of(Readings))}, (), (), ".", "/")

word = st.text("abcxyzäß語🍞", min_size=1, max_size=5)
marked_up = st.one_of(
    word,
    word.map("*{}*".format),
    word.map("**{}**".format),
    word.map("`{}`".format),
    word.map("[{}](other.md)".format),
    word.map("{}&amp;b".format),
    word.map("{}\\*b".format),
)
phrase = st.lists(marked_up, min_size=1, max_size=4).map(" ".join)
broken = st.lists(marked_up, min_size=1, max_size=4).map("\n  ".join)
reading = st.tuples(
    word, word, st.lists(word, min_size=1, max_size=3), st.integers(1900, 2100), broken
)


@settings(deadline=None, max_examples=40)
@given(
    title=phrase,
    language=word,
    why=phrase,
    readings=st.lists(reading, min_size=1, max_size=3),
    advice=st.lists(st.tuples(phrase, phrase), min_size=1, max_size=3),
    ending=st.sampled_from(["\n", "\r\n"]),
    bom=st.sampled_from(["", "\ufeff"]),
)
def test_every_value_of_any_page_stands_where_it_is_said_to_stand(  # noqa: PLR0913, PLR0917
    title, language, why, readings, advice, ending, bom
):
    entries = "".join(
        f"- [{name}](https://{host}.example/) ({', '.join(authors)}, {year}): {about}\n"
        for name, host, authors, year, about in readings
    )
    rows = "".join(f"| {need} | {take} |\n" for need, take in advice)
    text = (
        f'---\nlanguage: "{language}"\n---\n\n# {title}\n\n## Why\n\n{why}\n\n'
        f"## Readings\n\n{entries}\n## Advice\n\n| Need | Take |\n| --- | --- |\n{rows}"
    )
    source = Source("page.md", bom + text.replace("\n", ending))
    document = parse(source)
    typed = check_typed(document, TYPES, page(document, "github").anchors)
    assert typed.instance is not None, [one.finding.message for one in typed.problems]
    found = dict(written_values(typed.record))
    for location, value in found.items():
        assert is_as_written(source, value), (location, source.slice(value.span), value.value)
    for index, (name, host, authors, year, _) in enumerate(readings):
        here = ("readings", index)
        assert found[*here, "link", "title"].value == name
        assert source.slice(found[*here, "link", "url"].span) == f"https://{host}.example/"
        assert source.slice(found[*here, "year"].span) == str(year)
        for at, author in enumerate(authors):
            assert source.slice(found[*here, "authors", at].span) == author
    for index, (need, take) in enumerate(advice):
        for name, cell in (("need", need), ("take", take)):
            written = source.slice(found["advice", index, name].span)
            # From the first letter to the last: markup at the ends is not part of it.
            assert written in cell
            assert without_markup(written) == without_markup(cell)
