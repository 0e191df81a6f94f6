"""Link reference definitions, with the place of each part (CommonMark 0.31, section 4.7)."""

from __future__ import annotations

import re
from typing import NamedTuple

from mlsd_lint.document import Definition
from mlsd_lint.markdown.building import ClosedDefinition, OpenParagraph
from mlsd_lint.markdown.content import Content
from mlsd_lint.markdown.entities import unescape
from mlsd_lint.markdown.links import (
    Part,
    normalize_label,
    read_destination,
    read_label,
    read_title,
    skip_gap,
)

_REST_OF_LINE = re.compile(r"[ \t]*(?:\n|\Z)")


class _Found(NamedTuple):
    label: Part
    destination: Part
    title: Part | None
    after: int


def take_definitions(text: str, paragraph: OpenParagraph) -> list[ClosedDefinition]:
    """Take the definitions at the start of a paragraph out of it; it may have no lines left."""
    content = Content(text, paragraph.lines)
    src = content.src
    definitions: list[ClosedDefinition] = []
    position = 0
    line = paragraph.first_line
    while src.startswith("[", position):
        found = _read_definition(src, position)
        if found is None:
            break
        node = _definition(content, position, found)
        last_line = line + src.count("\n", position, found.after - 1)
        definitions.append(ClosedDefinition(node, line, last_line))
        line = last_line + 1
        position = found.after
    del paragraph.lines[: 2 * (line - paragraph.first_line)]
    paragraph.first_line = line
    if paragraph.lines:
        paragraph.start = paragraph.lines[0]
    return definitions


def _read_definition(src: str, position: int) -> _Found | None:
    label = read_label(src, position)
    if label is None or not src.startswith(":", label.after):
        return None
    start = skip_gap(src, label.after + 1)
    destination = read_destination(src, start)
    if destination is None or destination.after == start:
        return None
    title = None
    title_start = skip_gap(src, destination.after)
    if title_start > destination.after:
        title = read_title(src, title_start)
    rest = _REST_OF_LINE.match(src, title.after) if title else None
    if rest is None:
        title = None
        rest = _REST_OF_LINE.match(src, destination.after)
    return _Found(label, destination, title, rest.end()) if rest else None


def _definition(content: Content, start: int, found: _Found) -> Definition:
    src = content.src
    label, destination, title = found.label, found.destination, found.title
    return Definition(
        content.span(start, title.after if title else destination.after),
        label=src[label.start : label.end],
        label_span=content.span(label.start, label.end),
        identifier=normalize_label(src[label.start : label.end]),
        destination=unescape(src[destination.start : destination.end]),
        destination_span=content.span(destination.start, destination.end),
        title=unescape(src[title.start : title.end]) if title else None,
        title_span=content.span(title.start, title.end) if title else None,
    )
