"""The table of contents: every chapter, section and answer, each once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mlsd_lint.typed import Entries, Link, Part, Refers, Section, Text, Title, TypedDocument

_LISTED = Refers(
    "chapter",
    "chapter.headings",
    "case-studies",
    "case-studies.headings",
    "exercises",
    "exercises.headings",
    "resources",
    "resources.headings",
    "answer",
    "design",
    back=True,
    same={"link.title": "title"},
)


class ContentsLine(Part):
    """A line of the contents, and the lines within it."""

    link: Annotated[Link, _LISTED]
    lines: Annotated[list[ContentsLine], Entries("{link}")] = []


class ContentsEntry(Part):
    """A chapter with its sections, or a group of pages."""

    number: int
    link: Annotated[Link | None, _LISTED] = None
    title: str | None = None
    lines: Annotated[list[ContentsLine], Entries("{link}")] = Field(min_length=1)


class TableOfContents(TypedDocument):
    """The page that lists all others."""

    title: Annotated[str, Title()]
    introduction: Annotated[str, Text()]
    entries: Annotated[
        list[ContentsEntry],
        Section("Table of contents"),
        Entries("{link}", "{title}", numbered=True),
    ] = Field(min_length=1)
