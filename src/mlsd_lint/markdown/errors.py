"""What can go wrong while parsing."""

from __future__ import annotations

MAX_NESTING = 100


class RefusedError(Exception):
    """The text is Markdown, but nested deeper than any reader or this parser follows.

    `offset` is where the guard was passed, in code points of `Source.text`.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset
