from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.config.durations import seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("200ms", 0.2),
        ("1.5s", 1.5),
        ("20s", 20.0),
        ("10m", 600.0),
        ("36h", 129_600.0),
        ("7d", 604_800.0),
        ("0s", 0.0),
        ("0.25ms", 0.00025),
    ],
)
def test_a_time_with_its_unit(text, expected):
    assert seconds(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        *("", "20", "s", "20 s", " 20s", "20s\n", "20S", "20sec", "-1s", "+1s", "1e3s", ".5s"),
        *("1.s", "1_000s", "1m30s", "1w", "infs", "nans", "٢s", "²s", "1" * 400 + "s"),
    ],
)
def test_anything_else_is_refused_and_said(text):
    with pytest.raises(ValueError, match=r"^expected a time with its unit, such as 20s, found "):
        seconds(text)


@given(st.integers(0, 10**6), st.sampled_from(["ms", "s", "m", "h", "d"]))
def test_a_larger_number_is_a_longer_time(number, unit):
    assert seconds(f"{number}{unit}") < seconds(f"{number + 1}{unit}")
