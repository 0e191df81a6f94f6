"""Output formats, one file each. To add one, write its file and name it in `FORMATS`.

A format's file has one function, `render(report, palette)`, which yields pieces of text; that
is all it knows of the rest. A format for programs takes no notice of the palette; one that is
read at a terminal is named in `_READ_AT_A_TERMINAL` too, and gets a summary behind it.
"""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlsd_lint.diagnostics import Report

FORMATS: Mapping[str, str] = {
    "full": "full",
    "concise": "concise",
    "grouped": "grouped",
    "json": "json_array",
    "json-lines": "json_lines",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "sarif": "sarif",
    "markdown": "markdown",
}
STATISTICS: Mapping[str, str] = {
    "statistics": "rule_counts",
    "statistics-json": "rule_counts_json",
}
_READ_AT_A_TERMINAL = frozenset({"full", "concise", "grouped", "statistics"})
_PIECES_IN_A_CHUNK = 256


def render(
    name: str, report: Report, *, color: bool = False, summary: bool = True
) -> Iterator[str]:
    """The report in the format `name`, a key of `FORMATS` or `STATISTICS`.

    Yields chunks of text that joined are the whole output, with a line ending at its end.
    Where a person reads it at a terminal, `color` puts ANSI sequences into it, and `summary`
    a line about the whole run behind it. The text may hold any Unicode character: whoever
    writes it chooses the encoding. Raises `KeyError` for an unknown name.
    """
    from mlsd_lint.reporters.summary import summary_line
    from mlsd_lint.reporters.terminal import COLORED, PLAIN

    file = {**FORMATS, **STATISTICS}[name]
    module = import_module(f"{__name__}.{file}")
    palette = COLORED if color else PLAIN
    pieces = module.render(report, palette)
    while chunk := "".join(islice(pieces, _PIECES_IN_A_CHUNK)):
        yield chunk
    if summary and name in _READ_AT_A_TERMINAL:
        yield summary_line(report, palette)
