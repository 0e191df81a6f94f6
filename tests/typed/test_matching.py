"""Texts read by patterns: each part where it stands, and what is wrong where it is wrong."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlsd_lint.document import Paragraph
from mlsd_lint.markdown import parse
from mlsd_lint.source import Source
from mlsd_lint.typed.flat_text import flat_text
from mlsd_lint.typed.matching import Match, PartKind, match
from mlsd_lint.typed.patterns import parse_pattern
from mlsd_lint.typed.schema_words import as_expression

LINK = PartKind("link")
YEAR = PartKind("text", as_expression({"type": "integer"}, {}))


def flat(text):
    source = Source("a.md", text)
    return flat_text(source, parse(source).of(Paragraph))


def values(text, *patterns, **kinds):
    """The values of a text's parts; as written, where that differs, behind the value."""
    read = flat(text)
    found = match(read, [parse_pattern(one) for one in patterns], kinds)
    assert isinstance(found, Match), found
    assert not found.missing
    pieces = {name: read.piece(*where) for name, where in found.parts.items()}
    return {
        name: piece.value
        if text[slice(*piece.span)] == piece.value
        else (piece.value, text[slice(*piece.span)])
        for name, piece in pieces.items()
    }


READ = {
    ("[T: (a)](x) (A, 2020)", "{link} ({who}, {year})"): {
        "link": "T: (a)",
        "who": "A",
        "year": "2020",
    },
    ("*Dune* by __F. Herbert__", "{title} by {author}"): {
        "title": "Dune",
        "author": "F. Herbert",
    },
    ("__Dune__ x", "**{title}** x"): {"title": "Dune"},
    ("a &amp; b - c \\* d", "{x} - {y}"): {
        "x": ("a & b", "a &amp; b"),
        "y": ("c * d", "c \\* d"),
    },
    ("- one,\n  two: three", "{a}, {b}: {c}"): {"a": "one", "b": "two", "c": "three"},
    ("> one,\n> two: three", "{a}, {b}: {c}"): {"a": "one", "b": "two", "c": "three"},
    ("`ls -l` - lists", "`{command}` - {about}"): {"command": "ls -l", "about": "lists"},
    ("one\n\ntwo", "{a}\n\n{b}"): {"a": "one", "b": "two"},
    ("a: b: c", "{x}: {y}"): {"x": "a", "y": "b: c"},
    ("a", "{x}[: {y}]"): {"x": "a"},
    ("a [b] c", "{x} \\[b\\] {y}"): {"x": "a", "y": "c"},
}


@pytest.mark.parametrize(("text", "pattern"), READ)
def test_what_is_read(text, pattern):
    assert values(text, pattern, link=LINK) == READ[text, pattern]


def test_the_first_form_that_is_right_wins():
    assert values("a - b", "{x}: {y}", "{x} - {z}", "{w}") == {"x": "a", "z": "b"}


def test_a_list_of_values_reaches_as_far_as_it_can():
    kinds = {"who": PartKind("text", greedy=True), "year": YEAR}
    found = values("A, B, C (D), 2020", "{who}, {year}", **kinds)
    assert found == {"who": "A, B, C (D)", "year": "2020"}


def test_a_wrong_part_is_the_one_that_is_found():
    read = flat("[T](u) (A, 20x0): about")
    found = match(
        read, [parse_pattern("{link} ({who}, {year}): {about}")], {"link": LINK, "year": YEAR}
    )
    assert isinstance(found, Match)
    assert found.wrong == {"year"}
    assert read.piece(*found.parts["year"]).value == "20x0"


WITHOUT = {
    "(A, 2020): about": "link",
    "T (A, 2020): about": "link",
    "[T](u) (2020): about": "who",
    "[T](u) (A): about, with comma": "year",
    "[T](u) (A, 2020)": "about",
    "[T](u) (A, 2020):": "about",
}


@pytest.mark.parametrize("text", WITHOUT)
def test_the_one_part_that_is_missing(text):
    pattern = parse_pattern("{link} ({who}, {year}): {about}")
    found = match(flat(text), [pattern], {"link": LINK, "year": YEAR})
    assert isinstance(found, Match)
    assert found.missing == {WITHOUT[text]}


@pytest.mark.parametrize(
    ("text", "at"), [("[T](u) (A, 2020) about", "2020)"), ("[T](u) (A, 2020: about", "2020:")]
)
def test_a_part_that_stands_there_is_not_missing(text, at):
    pattern = parse_pattern("{link} ({who}, {year}): {about}")
    read = flat(text)
    found = match(read, [pattern], {"link": LINK, "year": YEAR})
    assert not isinstance(found, Match)
    assert read.text[found.at :].startswith(at)


WORDS = st.text("abc xyz.é", min_size=1, max_size=12).map(lambda one: " ".join(one.split()))
SEPARATORS = st.sampled_from([" - ", ": ", ", ", " (", ") ", "; ", " / "])


@given(st.lists(st.tuples(WORDS, SEPARATORS), min_size=1, max_size=5), WORDS)
def test_what_is_written_by_a_pattern_is_read_by_it(pairs, last):
    """The law: values without the literals around them come back, each from its own place."""
    parts = [*(value for value, _ in pairs), last]
    literals = [literal for _, literal in pairs]
    assume(all(parts))
    text = "".join(value + literal for value, literal in pairs) + last
    pattern = "".join(f"{{p{at}}}{literal}" for at, literal in enumerate(literals))
    assume(not text[0].isspace())
    assume(parse(Source("a.md", text)).blocks[0].__class__ is Paragraph)
    found = values(text, f"{pattern}{{p{len(literals)}}}")
    assert found == {f"p{at}": value for at, value in enumerate(parts)}


@pytest.mark.parametrize(
    "text", ["a, " * 1600, ", " * 2400, "(" * 4900, "a: b - " * 700, "[x](y), " * 600]
)
def test_what_is_hard_to_read_comes_to_an_end(text):
    pattern = "[{a}, ][{b}: ]{c}, {d} - {e}[, {f}][ ({g})][; {h}][ / {i}]"
    match(flat(text), [parse_pattern(pattern)], {"d": YEAR, "a": PartKind("text", greedy=True)})
