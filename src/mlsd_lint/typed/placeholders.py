"""Words that stand in for a text nobody has written yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.document import Text
from mlsd_lint.rules.typed_sections import PLACEHOLDER_TEXT
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from mlsd_lint.typed.reading import Reading

FILL_IN = "FILL IN"
_PLACEHOLDER = re.compile(rf"\b(?:TODO|TBD|FIXME|{FILL_IN})\b|(?i:\blorem ipsum\b|\bcoming soon\b)")


def report_placeholders(reading: Reading) -> None:
    """Report each of them in the words of a document."""
    for node in reading.document.of(Text):
        for found in _PLACEHOLDER.finditer(node.text):
            start = node.span.start + found.start()
            reading.report(
                PLACEHOLDER_TEXT,
                (),
                Span(start, start + len(found[0])),
                f'"{found[0]}" stands where a text is to come',
                "Write it, or leave out what cannot be written yet.",
            )
