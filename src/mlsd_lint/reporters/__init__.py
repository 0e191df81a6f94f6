"""Output formats, one file each. To add one, write its file and name it in `FORMATS`.

A format's file has one function, `render(report, palette)`, which yields pieces of text; that
is all it knows of the rest. A format for programs takes no notice of the palette.
"""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from mlsd_lint.reporters.terminal import COLORED, PLAIN

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
_PIECES_IN_A_CHUNK = 256


def render(name: str, report: Report, *, color: bool = False) -> Iterator[str]:
    """The report in the format `name`, a key of `FORMATS` or `STATISTICS`.

    Yields chunks of text that joined are the whole output, with a line ending at its end.
    `color` puts ANSI sequences into the formats that a person reads at a terminal. The text may
    hold any Unicode character: whoever writes it chooses the encoding. Raises `KeyError` for an
    unknown name.
    """
    file = {**FORMATS, **STATISTICS}[name]
    module = import_module(f"{__name__}.{file}")
    pieces = module.render(report, COLORED if color else PLAIN)
    while chunk := "".join(islice(pieces, _PIECES_IN_A_CHUNK)):
        yield chunk
