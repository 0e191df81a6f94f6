"""The way from a source to a document; importing this imports mistune."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.document import Document
from mlsd_lint.markdown.blocks import LineParser
from mlsd_lint.markdown.front_matter import find_front_matter, line_ends
from mlsd_lint.markdown.lines import LineState
from mlsd_lint.markdown.tree import TreeBuilder

if TYPE_CHECKING:
    from mlsd_lint.source import Source

_PARSER = LineParser()


def parse_source(source: Source) -> Document:
    """Parse a source; see `mlsd_lint.markdown.parse`."""
    ends = line_ends(source)
    front_matter, first_line = find_front_matter(source, ends)
    state = LineState(source, ends)
    state.line = first_line
    _PARSER.parse(state)
    builder = TreeBuilder(source.text, state.root)
    blocks = builder.nodes(state.root.children)
    references = builder.references
    return Document(
        source,
        blocks,
        front_matter,
        tags=tuple(references.tags),
        comments=tuple(references.comments),
        unresolved=tuple(sorted(references.unresolved, key=lambda found: found.span)),
    )
