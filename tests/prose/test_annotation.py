"""Annotated text, and the way back from its UTF-16 units."""

import json

from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.prose.annotation import Utf16Places, annotation, utf16_length

TEXTS = st.text(
    st.one_of(st.sampled_from("\ufffc\n a😀𝒂é’"), st.characters(codec="utf-8")), max_size=30
)


def test_objects_are_nouns_and_line_breaks_are_text():
    assert annotation("A \ufffc b,\n\ufffc\ufffc c") == (
        {"text": "A "},
        {"markup": "\ufffc", "interpretAs": "Dummy1"},
        {"text": " b,\n"},
        {"markup": "\ufffc", "interpretAs": "Dummy2"},
        {"markup": "\ufffc", "interpretAs": "Dummy3"},
        {"text": " c"},
    )
    assert annotation("plain") == ({"text": "plain"},)
    assert annotation("") == ()


@given(TEXTS)
def test_put_together_the_parts_are_the_text(text):
    parts = annotation(text)
    assert "".join(part.get("text", part.get("markup")) for part in parts) == text
    assert all(part.get("markup", "\ufffc") == "\ufffc" for part in parts)
    names = [part["interpretAs"] for part in parts if "markup" in part]
    assert names == [f"Dummy{number}" for number in range(1, text.count("\ufffc") + 1)]
    assert tuple(json.loads(json.dumps(parts))) == parts


@given(TEXTS, st.data())
def test_units_lead_back_to_code_points(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = utf16_length(text[:start]), utf16_length(text[:end])
    assert units == (_units(text[:start]), _units(text[:end]))
    assert Utf16Places(text).code_points(*units) == (start, end)


def test_half_a_character_is_all_of_it():
    places = Utf16Places("a😀b")
    assert places.code_points(2, 4) == (1, 3)
    assert places.code_points(0, 2) == (0, 2)
    assert places.code_points(3, 3) == (2, 2)


def _units(text):
    return len(text.encode("utf-16-le")) // 2
