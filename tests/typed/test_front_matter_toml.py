"""TOML front matter as values: what `tomllib` reads, each at its place."""

from __future__ import annotations

import datetime as dt
import string
import tomllib
from typing import Any

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from front_matter_pages import error_in, page_with, read_or_refused, values_of, written_in
from mlsd_lint.markdown import parse
from mlsd_lint.source import BOM, Source
from mlsd_lint.typed.front_matter import DEEPEST
from mlsd_lint.typed.values import Record, Scalar, plain, walk

_TOML_KEYS = st.one_of(
    st.text(st.sampled_from(string.ascii_letters + string.digits + "-_"), min_size=1, max_size=6),
    st.text(st.sampled_from("ab .=#\"'[]\\é😀"), max_size=6),
)
_TOML_TEXT = st.text(st.sampled_from(string.ascii_letters + " \"'\\#=[]{},.\té😀\n"), max_size=20)
_TOML_SCALARS = st.one_of(
    _TOML_TEXT,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, width=32),
    st.booleans(),
    st.dates(),
    st.times(),
    st.datetimes(min_value=dt.datetime(1000, 1, 1)),  # noqa: DTZ001
)
_TOML_VALUES = st.recursive(
    _TOML_SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TOML_KEYS, inner, max_size=4),
    max_leaves=12,
)
_TOML_DATA = st.dictionaries(_TOML_KEYS, _TOML_VALUES, max_size=5)


def _toml_key(name: str) -> str:
    bare = name and all(one in string.ascii_letters + string.digits + "-_" for one in name)
    return name if bare else _toml_basic(name)


def _toml_basic(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _toml_value(value: Any, draw: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        forms = [_toml_basic(value)]
        if "'" not in value and "\n" not in value:
            forms.append(f"'{value}'")
        if "'''" not in value and not value.endswith("'"):
            forms.append(f"'''\n{value}'''")
        if "\\" not in value and '"""' not in value and not value.endswith('"""'):
            forms.append(f'"""\n{value}"""')
        return draw(st.sampled_from(forms))
    if isinstance(value, list):
        space = draw(st.sampled_from(["", " ", "\n  # ], }\n  "]))
        return "[" + space + f"{space},".join(_toml_value(one, draw) for one in value) + space + "]"
    if isinstance(value, dict):
        pairs = (f"{_toml_key(name)} = {_toml_value(one, draw)}" for name, one in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, dt.datetime):
        return value.isoformat(draw(st.sampled_from(["T", " "])))
    return value.isoformat() if isinstance(value, dt.date | dt.time) else repr(value)


@st.composite
def _toml(draw: Any) -> str:
    lines = [f"{_toml_key(n)} = {_toml_value(v, draw)}  # x" for n, v in draw(_TOML_DATA).items()]
    for index, table in enumerate(draw(st.lists(_TOML_DATA, max_size=3))):
        header = draw(
            st.sampled_from(["[t.{}]", "[ t . 'x {}' ]", "[[list]]", "[[deep.list]]", "[[list.x]]"])
        )
        if header == "[[list.x]]" and "[[list]]" not in lines:
            header = "[[list]]"
        lines.append(header.replace("{}", str(index)))
        lines += [f"{_toml_key(n)}  = {_toml_value(v, draw)}" for n, v in table.items()]
    return "\n".join(lines)


def _dates_as_text(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _dates_as_text(one) for name, one in data.items()}
    if isinstance(data, list):
        return [_dates_as_text(one) for one in data]
    return data.isoformat() if isinstance(data, dt.date | dt.time) else data


@given(_toml(), st.sampled_from(["", BOM]), st.booleans())
def test_toml_values_are_those_of_tomllib_and_each_is_written_at_its_place(
    content, before, windows
):
    if windows:
        content = content.replace("\n", "\r\n")
    source = page_with(content, "+++", before)
    document = parse(source)
    assume(document.front_matter and content in source.slice(document.front_matter.span))
    try:
        expected = tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        reject()
    record = values_of(source)
    assert plain(record) == _dates_as_text(expected)
    for location, value in walk(record):
        if location:
            _is_toml_as_written(source, value)


def _is_toml_as_written(source: Source, value: Any) -> None:
    written = source.slice(value.span)
    if isinstance(value, Scalar):
        quote = source.text[value.span.start - 1]
        if quote == "\n":
            quote = source.text[value.span.end]
        if isinstance(value.value, str) and quote in "'\"":
            long = source.text.startswith(quote * 3, value.span.end)
            written = f"{quote * 3}\n{written}{quote * 3}" if long else f"{quote}{written}{quote}"
    elif not written.startswith("{" if isinstance(value, Record) else "[") or (
        written.startswith("[[") and source.position(value.span.start).column == 1
    ):
        assert written == written.strip()  # made by headers
        return
    assert _dates_as_text(tomllib.loads(f"x = {written}"))["x"] == plain(value)


def test_each_kind_of_toml_value_is_written_at_its_place():
    assert written_in(
        '''\
title = "A \\"book\\""  # not this
year = 2024
born = 1979-05-27 07:32:00Z
long = """
one "two"""""
[author]
name = 'x'

[[work.parts]]
a.b = [1, {c = 2, "k\\u00e9y" = \'\'\'d\'\'\'},
  # not ]
  3]
[[work.parts]]
[empty]
''',
        "+++",
    ) == {
        "title": 'A \\"book\\"',
        "year": "2024",
        "born": "1979-05-27 07:32:00Z",
        "long": 'one "two""',
        "author": "name = 'x'",
        "author.name": "x",
        "work": "[[work.parts]]\na.b = [1, {c = 2, \"k\\u00e9y\" = '''d'''},\n  # not ]\n  3]\n"
        "[[work.parts]]",
        "work.parts": "[[work.parts]]\na.b = [1, {c = 2, \"k\\u00e9y\" = '''d'''},\n  # not ]\n  3]\n"
        "[[work.parts]]",
        "work.parts.0": "a.b = [1, {c = 2, \"k\\u00e9y\" = '''d'''},\n  # not ]\n  3]",
        "work.parts.0.a": "a.b = [1, {c = 2, \"k\\u00e9y\" = '''d'''},\n  # not ]\n  3]",
        "work.parts.0.a.b": "[1, {c = 2, \"k\\u00e9y\" = '''d'''},\n  # not ]\n  3]",
        "work.parts.0.a.b.0": "1",
        "work.parts.0.a.b.1": "{c = 2, \"k\\u00e9y\" = '''d'''}",
        "work.parts.0.a.b.1.c": "2",
        "work.parts.0.a.b.1.kéy": "d",
        "work.parts.0.a.b.2": "3",
        "work.parts.1": "",
        "empty": "",
    }


def test_toml_dates_are_text_and_a_number_too_long_to_handle_too():
    content = f"a = 2024-01-31\nb = 07:30:00\nc = 1979-05-27 07:32:00Z\nd = 0x{'f' * 200}\ne = inf"
    assert plain(values_of(page_with(content, "+++"))) == {
        "a": "2024-01-31",
        "b": "07:30:00",
        "c": "1979-05-27T07:32:00+00:00",
        "d": "0x" + "f" * 200,
        "e": float("inf"),
    }


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        ("a = 1\na = [\n2]", "this is given a second time", "a = ["),
        ("a = {b = 1, b = {c = 2}}", "this is given a second time", "b = {c = 2}}"),
        ("[a]\n[a]", "this is given a second time", "[a]"),
        ("a = words", "this is no value; put quotes around text", "words"),
        ("a\nb = 1", "a '=' is missing between key and value", ""),
        ('b = 1\na = "x\nc = 2', "the string that opens here is never closed", '"x'),
        ("a = 'x\nc = 2", "the string that opens here is never closed", "'x"),
        ("a = [1, '''x", "the string that opens here is never closed", "'''x"),
        ('a = """x', "the string that opens here is never closed", '"""x'),
        ('a = "C:\\data"', "this is no escape; write '\\\\' for a backslash", '\\data"'),
        ('a = "\\uD800"', "this escape names no character", '\\uD800"'),
        ('a = "\\u12"', "this escape names no character", '\\u12"'),
        ("a = {b = 1", "a '}' or a ',' is missing before this", ""),
        ("[a\nb = 1", "this table's name is not closed with a ']'", ""),
        ("[[a]\nb = 1", "this table's name is not closed with a ']'", "]"),
        ("a = 1 b = 2", "text follows where the value has ended", "b = 2"),
        ("= 1", "a key cannot start with this; put quotes around it", "= 1"),
        ("a.=1", "a key cannot start with this; put quotes around it", "=1"),
        ("a = '\x01'", "TOML does not allow the character U+0001", "\x01'"),
        ("# \x01", "TOML does not allow the character U+0001", "\x01"),
        (f"a = {'1' * 5000}", "this number is too long", "1" * 5000),
        ("a." * 60 + "b = 1", "more than 50 levels stand inside each other", "a." * 60 + "b = 1"),
    ],
)
def test_broken_toml_is_said_in_plain_words_at_its_place(content, message, place):
    said, where = error_in(content, "+++")
    assert said.startswith(message)
    assert where == place


@pytest.mark.parametrize("levels", [DEEPEST, 10_000])
def test_deep_toml_is_refused_at_the_level_that_is_too_deep(levels):
    assert plain(
        values_of(page_with("a = " + "[" * (DEEPEST - 2) + "1" + "]" * (DEEPEST - 2), "+++"))
    )
    content = "a = " + "[" * levels + "1" + "]" * levels
    message, place = error_in(content, "+++")
    assert message == "more than 50 levels stand inside each other"
    assert len(content) - len(place) == len("a = ") + DEEPEST - 1


@given(st.text(st.sampled_from("ab=.[]{}#'\",\n\\1-: T\"'"), max_size=40))
@settings(max_examples=300)
def test_any_toml_is_read_as_tomllib_reads_it_or_is_refused_at_a_place_in_it(content):
    source = page_with(content, "+++")
    document = parse(source)
    record = read_or_refused(document)
    if record is not None:
        data = tomllib.loads(source.slice(document.front_matter.content_span))
        assert plain(record) == _dates_as_text(data)
