"""Fragments against github-slugger's own fixtures, and against what the renderers' code gives."""

import json
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.markdown.slug import (
    MkdocsNames,
    PandocNames,
    Slugger,
    mkdocs_slug,
    pandoc_slug,
    slug,
)


def test_every_github_slugger_fixture_in_order(shared):
    fixtures = json.loads((shared / "spec/github-slugger.json").read_text(encoding="utf-8"))
    slugger = Slugger()
    wrong = [
        fixture["name"]
        for fixture in fixtures
        if slugger.unique(slug(fixture["input"])) != fixture["expected"]
    ]
    assert len(fixtures) == 78
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⚠️ Warning", "\ufe0f-warning"),
        ("हिन्दी शीर्षक", "हिन्दी-शीर्षक"),
        ("Ⓐ and Ⅳ and ½", "ⓐ-and-ⅳ-and-"),
        ("Tab\there", "tabhere"),
        ("two  spaces", "two--spaces"),
        ("C++, C#, C", "c-c-c"),
        ("snake_case‿tie", "snake_case‿tie"),
        ("", ""),
    ],
)
def test_github(text, expected):
    assert slug(text) == expected


def test_duplicates_never_share_a_name():
    slugger = Slugger()
    names = [slugger.unique(name) for name in ("a", "a", "a-1", "a", "a-1", "a-1-1")]
    assert names == ["a", "a-1", "a-1-1", "a-2", "a-1-2", "a-1-1-1"]


@given(st.lists(st.sampled_from(("a", "a-1", "a-1-1", "a-2", "b")), max_size=40))
def test_names_are_unique_for_any_order(names):
    slugger = Slugger()
    given_names = [slugger.unique(name) for name in names]
    assert len(set(given_names)) == len(names)
    assert all(given.startswith(name) for given, name in zip(given_names, names, strict=True))


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text):
    once = slug(text)
    assert slug(once) == once.lower()
    assert not set(once) & set(string.whitespace + "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~")


# What Markdown 3.11 with toc gave for these headings.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A -- b ... c---d", "a-b-c-d"),
        ('3. Foo (bar)\'s "baz_x" v1.2', "3-foo-bars-baz_x-v12"),
        ("½ ٣ हिन्दी शीर्षक", "12"),
        ("E.g. é İstanbul ß ＡＢ", "eg-e-istanbul-ab"),
        (" Title", "title"),
        ("❤", ""),
    ],
)
def test_mkdocs(text, expected):
    assert mkdocs_slug(text) == expected


def test_mkdocs_counts_with_underscores():
    names = MkdocsNames()
    assert [names.unique(name) for name in ("foo", "foo", "foo_1", "foo-1", "", "", "foo")] == [
        "foo",
        "foo_1",
        "foo_2",
        "foo-1",
        "_1",
        "_2",
        "foo_3",
    ]


# What pandoc 3.9 gave for these headings (its `smart` extension is applied before).
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('3. Foo (bar)\'s "baz_x" v1.2', "foo-bars-baz_x-v1.2"),
        ("½ ٣ हिन्दी शीर्षक", "हनद-शरषक"),
        ("E.g. é İstanbul ß ＡＢ", "e.g.-é-istanbul-ß-ａｂ"),
        ("A ! b", "a-b"),
        ("123", "section"),
        ("❤", "section"),
    ],
)
def test_pandoc(text, expected):
    assert pandoc_slug(text) == expected


def test_pandoc_counts_with_hyphens_around_what_is_taken():
    names = PandocNames()
    names.take("foo-1")
    assert [names.unique("foo") for _ in range(3)] == ["foo", "foo-2", "foo-3"]
    assert [names.unique("foo-1"), names.unique("foo")] == ["foo-1-1", "foo-4"]


def unique_as_its_renderer_does(used, name):
    """Counting from the start each time, as Python-Markdown does."""
    while not name or name in used:
        numbered = re.fullmatch("(.*)_([0-9]+)", name)
        name = f"{numbered[1]}_{int(numbered[2]) + 1}" if numbered else f"{name}_1"
    used.add(name)
    return name


@given(st.lists(st.sampled_from(("a", "a_1", "a_3", "", "a_1_1")), max_size=30))
def test_remembering_where_counting_stopped_changes_no_name(headings):
    names, used = MkdocsNames(["a_2"]), {"a_2"}
    for heading in headings:
        assert names.unique(heading) == unique_as_its_renderer_does(used, heading)
