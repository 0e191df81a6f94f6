"""The lines of a file, and the front matter before its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mlsd_lint.document import FrontMatter
from mlsd_lint.source import LINE_ENDING, Span

if TYPE_CHECKING:
    from mlsd_lint.source import Source

_CLOSERS: dict[str, tuple[Literal["yaml", "toml"], frozenset[str]]] = {
    "---": ("yaml", frozenset({"---", "..."})),
    "+++": ("toml", frozenset({"+++"})),
}


def line_ends(source: Source) -> list[int]:
    """The offset behind each line's text, before its line ending; as many as `line_starts`."""
    text = source.text
    if "\r" in text:
        ends = [match.start() for match in LINE_ENDING.finditer(text)]
    else:
        ends = [start - 1 for start in source.line_starts[1:]]
    ends.append(len(text))
    return ends


def find_front_matter(source: Source, ends: list[int]) -> tuple[FrontMatter | None, int]:
    """The front matter, if the file starts with one, and the index of the first line behind it.

    `---` (YAML) or `+++` (TOML) must be the very first line and must be closed by the same line,
    or by `...` for YAML. What nothing closes is no front matter.
    """
    text, starts = source.text, source.line_starts
    opening = _CLOSERS.get(text[starts[0] : ends[0]].rstrip(" \t"))
    if opening is None:
        return None, 0
    language, closers = opening
    for index in range(1, len(starts)):
        start = starts[index]
        if text[start : start + 1] not in (".", "-", "+"):
            continue
        line = text[start : ends[index]].rstrip(" \t")
        if line in closers:
            span = Span(starts[0], start + len(line))
            content = Span(starts[1], start)
            return FrontMatter(span, language=language, content_span=content), index + 1
    return None, 0
