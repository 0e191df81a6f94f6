"""The laws of matching: nothing is lost or counted twice, whatever the two sides hold."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.diagnostics import Finding, place
from mlsd_lint.fingerprints import plain_fingerprints
from mlsd_lint.gate.comparing import Side, compare
from mlsd_lint.gate.renames import renames
from mlsd_lint.indexing import UncheckedError
from mlsd_lint.ordering import in_order
from mlsd_lint.registry import all_rules
from mlsd_lint.source import Source, Span

RULES = [all_rules()[code] for code in ("L101", "H003")]
WORDS = st.sampled_from(["one", "two", "three", "a b"])
FINDINGS = st.lists(st.tuples(st.sampled_from([0, 1]), WORDS), max_size=6)
BOOKS = st.dictionaries(st.sampled_from(["a.md", "b.md", "c.md", "d.md"]), FINDINGS, max_size=4)


def side(book):
    """A side in which each document is a line for each of its findings, which points at it."""
    sources = {}
    diagnostics = []
    for path, findings in book.items():
        source = Source(path, "".join(f"{word}\n" for _, word in findings))
        sources[path] = source
        offset = 0
        for rule, word in findings:
            finding = Finding(Span(offset, offset + len(word)), f"wrong: {word}")
            diagnostics.append(place(RULES[rule], RULES[rule].severity, source, finding))
            offset += len(word) + 1
    return Side(in_order(diagnostics), list(book), lambda path: sources[path])


def numbers(old, new):
    found = compare(side(old), side(new), "HEAD", "")
    return len(found.new), len(found.fixed), len(found.known)


@given(BOOKS, BOOKS)
def test_everything_is_in_one_place(old, new):
    before, now = side(old), side(new)
    found = compare(before, now, "HEAD", "")
    assert sorted((*found.new, *found.known)) == sorted(now.diagnostics)
    assert len(found.fixed) + len(found.known) == len(before.diagnostics)
    assert set(found.fixed) <= set(before.diagnostics)


@given(BOOKS, BOOKS)
def test_what_is_left_could_not_be_matched(old, new):
    found = compare(side(old), side(new), "HEAD", "")
    key = {"L101": 0, "H003": 1}
    of = {(one.code, one.excerpt.text) for one in found.new}
    assert of.isdisjoint((one.code, one.excerpt.text) for one in found.fixed)
    kinds = Counter((key[one.code], one.excerpt.text) for one in found.new)
    before = Counter(one for findings in old.values() for one in findings)
    now = Counter(one for findings in new.values() for one in findings)
    assert kinds == now - before


@given(BOOKS)
def test_a_book_compared_with_itself_has_nothing_new(book):
    new, fixed, _ = numbers(book, book)
    assert (new, fixed) == (0, 0)


@given(BOOKS, BOOKS)
def test_the_other_way_round_new_is_fixed(old, new):
    forward, back = numbers(old, new), numbers(new, old)
    assert forward == (back[1], back[0], back[2])


@given(BOOKS)
def test_a_plain_fingerprint_is_the_same_for_equal_findings(book):
    diagnostics = side(book).diagnostics
    plain = plain_fingerprints(diagnostics)
    groups = Counter((one.path, one.code, one.excerpt.text) for one in diagnostics)
    assert sorted(Counter(plain).values()) == sorted(groups.values())


def test_of_equal_findings_the_one_on_a_new_line_is_new():
    old = {"a.md": [(0, "one"), (0, "one")]}
    new = {"a.md": [(0, "two"), (0, "one"), (0, "one"), (0, "one")]}
    found = compare(side(old), side(new), "HEAD", "")
    assert [one.start.line for one in found.new] == [1, 4]


def test_a_document_that_cannot_be_read_any_more_is_left_unmatched():
    def refuse(path):
        raise UncheckedError(RULES[0], "gone", Source(path, ""))

    old = side({"a.md": [(0, "one")]})._replace(source=refuse)
    found = compare(old, side({"b.md": [(0, "one")]}), "HEAD", "")
    assert (len(found.new), len(found.fixed)) == (1, 1)


TEXTS = st.dictionaries(
    st.sampled_from(["a.md", "b.md", "x/a.md"]),
    st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), max_size=6).map("\n".join),
)


@given(TEXTS, TEXTS)
def test_no_document_has_two_origins(old, new):
    found = renames(old, new)
    assert set(found) <= set(old)
    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= set(new)


def test_the_most_alike_is_the_origin_and_then_the_one_of_the_same_name():
    text = "one line\ntwo lines\nthree lines\nfour lines\n"
    assert renames({"a.md": text, "b.md": text + "five"}, {"c.md": text}) == {"a.md": "c.md"}
    assert renames({"a.md": text}, {"x.md": text, "z/a.md": text}) == {"a.md": "z/a.md"}
    assert renames({"a.md": text}, {"x.md": text.replace("lines", "words")}) == {}
    assert renames({"a.md": ""}, {"b.md": ""}) == {}
    crlf = text.replace("\n", "\r\n")
    assert renames({"a.md": text}, {"b.md": crlf}) == {"a.md": "b.md"}
