"""From the text of a file to a `Document`. The only package that knows mistune."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.markdown.errors import RefusedError

if TYPE_CHECKING:
    from mlsd_lint.document import Document
    from mlsd_lint.source import Source

__all__ = ["RefusedError", "parse"]


def parse(source: Source) -> Document:
    """Parse Markdown (CommonMark 0.31 with GFM's tables, autolinks, strikethrough, footnotes).

    Every span in the document is a pair of code point offsets into `source.text`, exactly as
    decoded. Raises `RefusedError` for text that is nested beyond the limits in `errors`.
    """
    # mistune takes longer to import than a cached run may take.
    from mlsd_lint.markdown.reading import parse_source

    return parse_source(source)
