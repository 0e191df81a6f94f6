"""The data before a document's text, as values with their places in the source.

Numbers, booleans and nulls come as such, everything else as text: a date too, since pydantic
makes a date of its text where a model asks for one. The languages' own readers are imported only
for a document that has front matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsd_lint.document import Document
    from mlsd_lint.typed.values import Record

DEEPEST = 50
"""How many levels of mappings and sequences may stand in each other."""

TOO_DEEP = f"more than {DEEPEST} levels stand inside each other"

LONGEST_NUMBER = 100
"""A number written with more characters than this stays text."""


class FrontMatterError(Exception):
    """Front matter that cannot be read: `message` says why, `offset` where in the source."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def front_matter_values(document: Document) -> Record | None:
    """The top-level mapping of the document's front matter; None for a document without any.

    The span of a value is that value as written: a quoted string without its quotes, a block
    scalar from its first word to its last, a YAML alias as the alias (what stands inside the
    value it repeats has its place there), nothing for a value left out. Of empty front matter,
    the record is empty and spans the content.

    Raises:
        FrontMatterError: what stands there is no YAML or TOML, or no mapping.
    """
    front_matter = document.front_matter
    if front_matter is None:
        return None
    text = document.source.slice(front_matter.content_span)
    offset = front_matter.content_span.start
    if front_matter.language == "toml":
        from mlsd_lint.typed.front_matter_toml import toml_values

        return toml_values(text, offset)
    from mlsd_lint.typed.front_matter_yaml import yaml_values

    return yaml_values(text, offset)
