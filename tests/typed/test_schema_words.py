"""What a value must be, in the words of a message."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field, TypeAdapter

from mlsd_lint.typed.schema_words import in_words


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (Annotated[int, Field(ge=1900, le=2100)], "a whole number from 1900 to 2100"),
        (Annotated[float, Field(gt=0)], "a number, more than 0"),
        (Annotated[float, Field(ge=0, lt=1)], "a number, 0 or more and less than 1"),
        (Annotated[int, Field(le=5)], "a whole number, 5 or less"),
        (Annotated[str, Field(min_length=100)], "text of at least 100 characters"),
        (
            Annotated[str, Field(min_length=2, max_length=3)],
            "text of at least 2 characters and at most 3 characters",
        ),
        (str, "text"),
    ],
)
def test_bounds_are_named(annotation, words):
    assert in_words(TypeAdapter(annotation).json_schema(), {}) == words
