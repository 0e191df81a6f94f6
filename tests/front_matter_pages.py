"""Pages with front matter, and what is found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlsd_lint.markdown import parse
from mlsd_lint.source import Source
from mlsd_lint.typed.front_matter import FrontMatterError, front_matter_values
from mlsd_lint.typed.values import Record, walk

if TYPE_CHECKING:
    from mlsd_lint.document import Document


def page_with(content: str, fence: str = "---", before: str = "") -> Source:
    return Source("page.md", f"{before}{fence}\n{content}\n{fence}\n\n# Title\n")


def values_of(source: Source) -> Record:
    record = front_matter_values(parse(source))
    assert record is not None
    return record


def written_in(content: str, fence: str = "---") -> dict[str, str]:
    """What stands under the span of each value, by its path with dots; the whole left out."""
    source = page_with(content, fence)
    return {
        ".".join(map(str, location)): source.slice(value.span)
        for location, value in walk(values_of(source))
        if location
    }


def error_in(content: str, fence: str = "---") -> tuple[str, str]:
    """The message, and the source from its place to the end of the line."""
    source = page_with(content, fence)
    with pytest.raises(FrontMatterError) as caught:
        front_matter_values(parse(source))
    return caught.value.message, source.text[caught.value.offset :].split("\n")[0]


def read_or_refused(document: Document) -> Record | None:
    """The values, or None where they are refused; each with a place inside the front matter."""
    assert document.front_matter is not None
    span = document.front_matter.content_span
    try:
        record = front_matter_values(document)
    except FrontMatterError as error:
        refused = error
    else:
        assert record is not None
        for _, value in walk(record):
            assert span.start <= value.span.start <= value.span.end <= span.end
        return record
    assert span.start <= refused.offset <= span.end
    assert "\n" not in refused.message
    return None
