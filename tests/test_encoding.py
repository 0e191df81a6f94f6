"""What the cache keeps of a file is read back equal, whatever stands in it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.diagnostics import (
    Diagnostic,
    Edit,
    Excerpt,
    Finding,
    Fix,
    PlacedEdit,
    PlacedFix,
    Related,
    Severity,
    place,
)
from mlsd_lint.encoding import decode, encode
from mlsd_lint.indexing import Indexed
from mlsd_lint.registry import Rule
from mlsd_lint.source import Position, Source, Span
from mlsd_lint.workspace import Claim, Page
from projects import diagnose, write_files

RULE = Rule("C001", "duplicate-url", Severity.WARNING, "document", "Once.")
numbers = st.integers(0, 10**6)
spans = st.builds(Span, numbers, numbers)
positions = st.builds(Position, numbers, numbers)
texts = st.text(st.characters() | st.just(chr(0xDCFF)), max_size=8)  # as in an odd file name
edits = st.builds(PlacedEdit, spans, positions, positions, texts, texts)
diagnostics = st.builds(
    Diagnostic,
    path=texts,
    start=positions,
    end=positions,
    code=texts,
    name=texts,
    severity=st.sampled_from(Severity),
    message=texts,
    help=texts,
    fix=st.none()
    | st.builds(PlacedFix, texts, st.booleans(), st.lists(edits, max_size=2).map(tuple)),
    excerpt=st.builds(Excerpt, texts, numbers),
    span=spans,
    fingerprint=texts,
    related=st.lists(st.builds(Related, texts, numbers, texts), max_size=3).map(tuple),
)


claims = st.builds(
    Claim,
    destination=texts,
    text=texts,
    span=spans,
    stars=st.none() | numbers,
    precision=numbers,
    qualifier=st.sampled_from(["", "about", "over"]),
    seen=texts,
)


def stored(text):
    """A text as SQLite gives it back."""
    with closing(sqlite3.connect(":memory:")) as connection:
        (kept,) = connection.execute("SELECT ?", (text,)).fetchone()
    return kept


@given(st.lists(claims, max_size=3).map(tuple))
def test_claims_are_read_back_equal(found):
    indexed = Indexed(Page("a.md", claims=found), ())
    read = decode("a.md", stored(encode(indexed)))
    assert read == indexed
    assert types_of(read.page.claims) == types_of(found)


def types_of(value):
    """The type of a value and of all its parts: equal tuples may be of different types."""
    parts = [types_of(part) for part in value] if isinstance(value, tuple) else []
    return type(value), parts


@given(st.lists(diagnostics, max_size=3).map(tuple))
def test_diagnostics_are_read_back_equal(found):
    indexed = Indexed(None, found)
    read = decode("a.md", stored(encode(indexed)))
    assert read == indexed
    assert types_of(read) == types_of(indexed)


def test_what_is_encoded_is_json():
    diagnostic = place(
        RULE,
        Severity.ERROR,
        Source("a.md", "text"),
        Finding(Span(0, 4), "m", related=(Related("b.md", 2, "the exercise"),)),
    )
    (row,) = json.loads(encode(Indexed(None, (diagnostic,))))[1]
    assert row[Diagnostic._fields.index("related")] == [["b.md", 2, "the exercise"]]


def test_what_is_related_leaves_the_fingerprint_alone():
    source = Source("a.md", "some text")
    plain = Finding(Span(0, 4), "m", fix=Fix("f", (Edit(Span(0, 4), "x"),)))
    related = (Related("pyproject.toml", 41, "declared here"),)
    one = place(RULE, Severity.ERROR, source, plain)
    other = place(RULE, Severity.ERROR, source, Finding(plain.span, "m", "", plain.fix, related))
    assert other.related == related
    assert other._replace(related=()) == one
    assert other.fingerprint == one.fingerprint


def test_an_entry_listed_twice_cites_the_earlier_entry(tmp_path):
    write_files(
        tmp_path,
        {"list.md": "# L\n\n- [a](https://example.com/a)\n- [b](https://example.com/a)\n"},
    )
    (found,) = diagnose(tmp_path, "C001")
    assert found.related == (Related("list.md", 3, "the earlier entry"),)
