"""YAML front matter as values: what PyYAML's safe loader reads, each at its place."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from front_matter_pages import error_in, page_with, read_or_refused, values_of, written_in
from mlsd_lint.markdown import parse
from mlsd_lint.source import BOM, Source
from mlsd_lint.typed.front_matter import DEEPEST, FrontMatterError, front_matter_values
from mlsd_lint.typed.values import Items, Record, Scalar, plain, walk


class _Dateless(yaml.SafeLoader):
    """PyYAML's safe loader with dates left as text."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _load(text: str) -> Any:
    return yaml.load(text, _Dateless)  # noqa: S506


_BLANK_LINES = re.compile(r"([ \t]*\r?\n)*")
_TEXT = st.text(
    st.sampled_from(string.ascii_letters + string.digits + " :#-'\"\\,[]{}*&!%@`~.\t\nąé😀"),
    max_size=30,
)
_SCALARS = st.one_of(
    _TEXT, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none()
)
_DATA = st.dictionaries(
    _TEXT,
    st.recursive(
        _SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=5,
)
_STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "default_flow_style": st.sampled_from([True, False, None]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([10, 80]),
        "indent": st.sampled_from([2, 4]),
        "line_break": st.sampled_from(["\n", "\r\n"]),
        "sort_keys": st.sampled_from([False]),
    }
)


@given(_DATA, _STYLES, st.sampled_from(["", BOM]))
def test_yaml_values_are_those_of_the_safe_loader_and_each_is_written_at_its_place(
    data, style, before
):
    content = yaml.safe_dump(data, **style)
    source = page_with(content, before=before)
    document = parse(source)
    assume(document.front_matter and content in source.slice(document.front_matter.span))
    record = values_of(source)
    assert plain(record) == _keys_as_text(_load(content))
    for _, value in walk(record):
        _is_yaml_as_written(source, value)


def _keys_as_text(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _keys_as_text(value) for key, value in data.items()}
    return [_keys_as_text(one) for one in data] if isinstance(data, list) else data


def _is_yaml_as_written(source: Source, value: Any) -> None:
    start, end = value.span
    written = source.slice(value.span)
    assert written == written.strip() or isinstance(value, Scalar)
    quote = source.text[start - 1]
    if not isinstance(value, Scalar):
        column = source.position(start).column - 1
        blank = _BLANK_LINES.match(source.text, end)[0]  # a block scalar at the end has them
        if written:
            assert _keys_as_text(_load(" " * column + written + blank)) == plain(value)
    elif quote in "'\"" and source.text[end] == quote and isinstance(value.value, str):
        # a line of spaces for the fold at a value's end, which stands at the key's indentation
        assert _load(quote + written + quote) == value.value
    elif isinstance(value.value, str):
        assert written.split() == value.value.split()
    else:
        assert _load(written) == value.value


def test_each_kind_of_yaml_value_is_written_at_its_place():
    assert written_in(
        """\
title: A book, and its # reader  # not this
'quoted key': 'it''s'
"escaped": "a\\tb"
date: 2024-01-31
literal: |-  # not this

  first
    second

folded: >2
    third
   fourth
empty:
nothing: |
list:
- one
- two: 2
  three: [a, {b: c}, d: e ]
# not this
tagged: !!str &name 12
explicit: &other
  !!int '3'
last: {}
"""
    ) == {
        "title": "A book, and its",
        "quoted key": "it''s",
        "escaped": "a\\tb",
        "date": "2024-01-31",
        "literal": "first\n    second",
        "folded": "third\n   fourth",
        "empty": "",
        "nothing": "",
        "list": "- one\n- two: 2\n  three: [a, {b: c}, d: e ]",
        "list.0": "one",
        "list.1": "two: 2\n  three: [a, {b: c}, d: e ]",
        "list.1.two": "2",
        "list.1.three": "[a, {b: c}, d: e ]",
        "list.1.three.0": "a",
        "list.1.three.1": "{b: c}",
        "list.1.three.1.b": "c",
        "list.1.three.2": "d: e",
        "list.1.three.2.d": "e",
        "tagged": "12",
        "explicit": "3",
        "last": "{}",
    }


def test_yaml_values_are_resolved_and_dates_stay_text():
    assert plain(
        values_of(
            page_with(
                "int: 12\nhex: 0xff\nfloat: 1.5\nyes: no\ntruth: true\nnull: ~\nquoted: '12'\n"
                "date: 2024-01-31\ntime: 2024-01-31 10:00:00 +1\nversion: 1.2.3\nmine: !mine x\n"
                "tagged: !!int '7'\nwrong: !!int seven\nnone: !!int\nodd: 0x_\nequals: =\nempty:\n"
                f"long: {'1' * 5000}"
            )
        )
    ) == {
        "int": 12,
        "hex": 255,
        "float": 1.5,
        "yes": False,
        "truth": True,
        "null": None,
        "quoted": "12",
        "date": "2024-01-31",
        "time": "2024-01-31 10:00:00 +1",
        "version": "1.2.3",
        "mine": "x",
        "tagged": 7,
        "wrong": "seven",
        "none": "",
        "odd": "0x_",
        "equals": "=",
        "empty": None,
        "long": "1" * 5000,
    }


def test_a_key_that_is_no_text_is_its_text():
    record = values_of(page_with("1: a\n2024-01-31: b\n~: c\n? [x, y]\n: d\n&k e: f"))
    assert plain(record) == {"1": "a", "2024-01-31": "b", "~": "c", "[x, y]": "d", "e": "f"}


def test_escapes_for_half_a_character_make_a_whole_one_or_a_replacement():
    content = 'a: "\\ud83d\\ude00"\nb: "\\ud83d"\n"\\ud83d": c'
    assert plain(values_of(page_with(content))) == {"a": "😀", "b": "\ufffd", "\ufffd": "c"}


def test_an_alias_stands_where_it_is_written_and_what_it_repeats_where_that_is():
    content = "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: *x\nf: {<<: [{b: 2}, *x]}\ng: {<<: *x, b: 3}"
    assert plain(values_of(page_with(content))) == _load(content)
    written = written_in(content)
    assert written["c"] == "*x"
    assert written["c.b"] == "1"
    assert written["d"] == "<<: *x\n  e: *x"
    assert written["d.b"] == "1"
    assert written["d.e"] == "*x"
    assert written["f.b"] == "2"
    assert written["g.b"] == "3"


def test_an_anchor_can_be_used_for_a_key_and_given_anew():
    assert plain(values_of(page_with("&k a: &v 1\nb: *v\nc: &v 2\nd: *v\ne: {*k : 3}"))) == {
        "a": 1,
        "b": 1,
        "c": 2,
        "d": 2,
        "e": {"a": 3},
    }


def test_aliases_that_multiply_are_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    message, place = error_in("\n".join(lines))
    assert message == "aliases such as '*a3' repeat more than 10000 values"
    assert place.startswith("*a3, *a3")


def test_an_alias_does_not_get_around_the_greatest_depth():
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, DEEPEST)]
    message, place = error_in("\n".join(lines))
    assert message == "more than 50 levels stand inside each other"
    assert place == f"*a{DEEPEST - 3}]"


@pytest.mark.parametrize("levels", [DEEPEST - 1, 10_000])
def test_deep_yaml_is_refused_at_the_level_that_is_too_deep(levels):
    assert plain(values_of(page_with("a: " + "[" * (DEEPEST - 2) + "1" + "]" * (DEEPEST - 2))))
    content = "a: " + "[" * levels + "1" + "]" * levels
    message, place = error_in(content)
    assert message == "more than 50 levels stand inside each other"
    assert content.endswith(place)
    assert len(content) - len(place) == len("a: ") + DEEPEST - 1


@pytest.mark.parametrize("content", ["", "# nothing\n", "\n\n"])
def test_empty_front_matter_is_an_empty_record(content):
    source = Source("page.md", f"---\n{content}---\n")
    record = values_of(source)
    assert plain(record) == {}
    assert source.slice(record.span) == content


def test_a_page_without_front_matter_has_no_values():
    assert front_matter_values(parse(Source("page.md", "# Title\n\n---\na: b\n---\n"))) is None


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        ("a: b: c", "a ': ' cannot stand here; put quotes around", ": c"),
        ('a: "b" c', "text follows where the value has ended", "c"),
        ("a: @b", "a value cannot start with '@'", "@b"),
        ("a:\n\tb: c", "a tab stands where YAML takes only spaces", "\tb: c"),
        ("a: *bold* words", "'*' starts the name of an alias", "*bold* words"),
        ("a: *b", "'*b' repeats a value, and no '&b' stands before it", "*b"),
        ("a: &x [*x]", "'*x' stands inside the value it repeats", "*x]"),
        ("a: & b", "'&' starts the name of an anchor", "& b"),
        ("a: 'b\nc: d", "the quote that opens here is never closed", "'b"),
        ('a: "C:\\data"', "'\\d' is no escape; write '\\\\' for a backslash", 'data"'),
        ('a: "\\u12"', "this escape needs more hexadecimal digits", '12"'),
        ('a: "\\UFFFFFFFF"', "this escape names no character", 'FFFFFFFF"'),
        ("a: [b, c\nd: e", "the list that opens here has no ']'", "[b, c"),
        ("a: {b: c\nd: e", "the mapping that opens here has no '}'", "{b: c"),
        ("a: ['b' 'c']", "a ',' is missing before this", "'c']"),
        ("a: [b]]", "this ']' has no '['", "]"),
        ("a: {b: c}}", "this '}' has no '{'", "}"),
        ("a: b\nwords", "this line is no 'key: value'", "words"),
        ("a:\n  b: c\n d: e", "this does not line up with what stands above it", "d: e"),
        ("a: - b", "a list cannot start here", "- b"),
        ("a: ? b", "'? ' cannot stand here", "? b"),
        ("a: !b!c d", "'!' starts a tag, and this one is not declared", "!b!c d"),
        ("a: !<b c", "'!' starts a tag; put quotes around", "!<b c"),
        ("a: |b\n  c", "'b' cannot follow a '|' or '>'", "b"),
        ("a: ]", "a value is missing before this", "]"),
        ("a: b\n--- c", "a second YAML document starts here", "--- c"),
        ("[a]\nb: c", "front matter is 'key: value' lines, and this is a list", "[a]"),
        ("a: b\x01", "YAML does not allow the character U+0001", "\x01"),
        ("a: 1\n'a': 2", "the key 'a' is given a second time", "a': 2"),
        ("a: {<<: 1}", "'<<' takes a mapping, and this is none", "1}"),
        ("a: {<<: [1]}", "'<<' takes mappings, and this is none", "1]}"),
        ("- a", "front matter is 'key: value' lines, and this is a list", "- a"),
        ("a\nb", "front matter is 'key: value' lines, and this is a single value", "a"),
        ("%FOO\n%YAML x\na: b", "'%' at a line's start is a directive", "%YAML x"),
    ],
)
def test_broken_yaml_is_said_in_plain_words_at_its_place(content, message, place):
    said, where = error_in(content)
    assert said.startswith(message)
    assert where == place


def test_places_count_the_byte_order_mark_line_endings_and_characters_as_the_source_does():
    source = Source("page.md", f"{BOM}---\r\na: 😀é\r\nb: '😀 x'\r\nc: [😀\r\nd: e\r\n---\r\n")
    with pytest.raises(FrontMatterError) as caught:
        front_matter_values(parse(source))
    assert source.position(caught.value.offset) == (4, 4)
    source = Source("page.md", source.text.replace("[", ""))
    assert [source.slice(value.span) for _, value in walk(values_of(source))][1:] == [
        "😀é",
        "😀 x",
        "😀",
        "e",
    ]


@given(st.text(st.sampled_from("ab:-?|>'\"[]{}#&*!%@,~ \n\t\\<1."), max_size=40))
@example("a: &b")
@example("? |\n")
@example("!!str")
@settings(max_examples=300)
def test_any_yaml_is_read_as_pyyaml_reads_it_or_is_refused_at_a_place_in_it(content):
    source = page_with(content)
    document = parse(source)
    assume(document.front_matter)
    record = read_or_refused(document)
    if record is None:
        return
    try:
        expected = _load(source.slice(document.front_matter.content_span))
    except (yaml.YAMLError, ValueError, TypeError):
        return  # PyYAML constructs no such keys, numbers or tags
    assert plain(record) == _keys_as_written(expected or {}, record)


def _keys_as_written(expected: Any, found: Any) -> Any:
    """`expected` with the keys of `found` where they are the same in number and order."""
    if isinstance(expected, dict) and isinstance(found, Record):
        assert len(expected) == len(found.fields)
        pairs = zip(found.fields.items(), expected.values(), strict=True)
        return {name: _keys_as_written(one, inner) for (name, inner), one in pairs}
    if isinstance(expected, list) and isinstance(found, Items):
        pairs = zip(expected, found.items, strict=True)
        return [_keys_as_written(one, inner) for one, inner in pairs]
    return expected


def test_the_readers_are_imported_only_for_a_page_that_has_front_matter():
    program = (
        "import sys\n"
        "from mlsd_lint.markdown import parse\n"
        "from mlsd_lint.source import Source\n"
        "from mlsd_lint.typed.front_matter import front_matter_values\n"
        "front_matter_values(parse(Source('page.md', 'text')))\n"
        "assert not {'yaml', 'tomllib'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
