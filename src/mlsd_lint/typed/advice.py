"""What to tell somebody whose value is wrong or missing: how it is called, what is nearest to it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mlsd_lint.nearest import nearest
from mlsd_lint.typed.markers import Code, FrontMatter, Links, Paragraph

if TYPE_CHECKING:
    from mlsd_lint.typed.shapes import Field

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def advice(field: Field, found: str) -> str:
    """A sentence that helps to mend a wrong value: the nearest right one, or what it is for."""
    choices = [json.loads(one) for one in _QUOTED.findall(field.expected)]
    guess = nearest(found, choices)
    if guess is not None:
        return f'Did you mean "{guess}"?'
    if field.expected.startswith("a date") and _DAY.fullmatch(found):
        return field.description or "There is no such day."
    return field.description


def called(field: Field) -> str:
    """A field by its name, and if that says too little, by what it is or where it stands."""
    place, name = field.place, field.name
    if isinstance(place, Code) and place.language:
        return f"{place.language} code block ({name})"
    if isinstance(place, FrontMatter):
        return f'"{place.key or name}" in its front matter'
    if isinstance(place, Paragraph):
        return f"paragraph ({name})"
    if isinstance(place, Links):
        return f"link to {place.to or 'anything'} ({name})"
    return name
