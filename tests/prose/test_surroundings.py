"""What stands around a word says whether it is one."""

from __future__ import annotations

import pytest

from mlsd_lint.prose.surroundings import is_joined


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("on cuda:0 it", True),
        ("on cuda.amp it", True),
        ("on cuda: it", False),
        ("on cuda. It", False),
        ("on cuda:", False),
        ("on cuda", False),
    ],
)
def test_what_is_joined_to_a_word(text, joined):
    assert is_joined(text, 3, 7) is joined
