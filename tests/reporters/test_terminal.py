import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.reporters.terminal import cells, one_line, visible

WIDTHS = {
    "plain": 5,
    "naïve — “quoted”": 16,
    "表形式": 6,
    "ｆｕｌｌ": 8,
    "e\u0301": 1,
    "नि": 2,
    "😀": 2,
    "👩‍🔧": 2,
    "👨‍👩‍👧‍👦": 2,
    "👍🏽": 2,
    "🏽": 2,
    "⚠": 1,
    "⚠️": 2,
    "❤️‍🔥": 2,
    "🇩🇪": 2,
    "1️⃣": 1,  # keycaps are digits that terminals do not widen alike
    "\tx": 5,
    "ab\tx": 5,
    "表\tx": 5,
    "abcd\tx": 9,
    "\x1b": 4,
    "\u202e": 6,
    "\U000e0041": 10,
    "": 0,
}


@pytest.mark.parametrize(("line", "width"), WIDTHS.items())
def test_width_of_a_line(line, width):
    assert cells(line).edges[-1] == width


def test_tabs_become_spaces_and_unsafe_characters_are_spelt_out():
    assert "".join(cells("a\tb\x1b[1m\u202e").shown) == "a   b\\x1b[1m\\u202e"


@given(st.text(alphabet=st.characters() | st.sampled_from("\t\x1b\u202e\ufe0f\u200d😀🏽表é")))
def test_every_code_point_has_its_cell(line):
    shown, edges = cells(line)
    assert len(shown) == len(line)
    assert len(edges) == len(line) + 1
    assert list(edges) == sorted(edges)
    assert edges[0] == 0
    assert not any(character in "\t\x1b\u202e" for character in "".join(shown))


@given(st.text(alphabet="ab—é表ー한😀\u0301"))
def test_width_is_the_sum_of_what_a_terminal_shows(line):
    known = dict.fromkeys("表ー한😀", 2) | {"\u0301": 0}
    expected = [0]
    for character in line:
        expected.append(expected[-1] + known.get(character, 1))
    assert list(cells(line).edges) == expected


def test_text_of_all_scripts_is_left_alone():
    text = "déjà — 表 हिन्दी עברית العربية ไทย 😀 👩‍🔧 ⚠️ 🇩🇪 \u00a0"
    assert visible(text) == text


def test_one_line_folds_white_space_and_spells_the_rest_out():
    assert one_line("a\r\n\tb\u2028c\x85d\x00\x9b\x7f") == "a b c d\\x00\\x9b\\x7f"
