"""What can go wrong while parsing."""

from __future__ import annotations

#: How deep blocks may lie in each other; a list and its item are two levels. Comparing and
#: pickling a document takes several stack frames a level, so it ends well before Python's limit.
MAX_BLOCK_NESTING = 100

#: How deep emphasis, links and images may lie in each other.
MAX_INLINE_NESTING = 50


class RefusedError(Exception):
    """The text is nested deeper than `MAX_BLOCK_NESTING` or `MAX_INLINE_NESTING`.

    `offset` is where the limit was passed, in code points of `Source.text`.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset
