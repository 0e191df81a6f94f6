"""A chapter: sections that each end with what to read next."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003  # pydantic reads the annotations
from typing import Annotated, Self

from pydantic import Field, model_validator

from mlsd_lint.models.resource import ENTRY, UNLINKED, Resource
from mlsd_lint.typed import (
    Entries,
    Heading,
    Headings,
    Part,
    Section,
    Text,
    Title,
    TypedDocument,
    Words,
)

Resources = Annotated[list[Resource], Section("Resources"), Entries(ENTRY, UNLINKED)]
Questions = Annotated[list[str], Section("Questions to ask"), Entries()]


class Subsection(Part):
    """A section within a section, to any depth."""

    title: str
    text: Annotated[str | None, Text()] = None
    sections: Annotated[list[Subsection], Section("{title}")] = []
    questions: Questions = []
    resources: Resources = []


class ChapterSection(Part):
    """A section: its text, the questions to ask, and the resources that close it."""

    title: str
    text: Annotated[str, Text()] = Field(description="Say what the section is about.")
    sections: Annotated[list[Subsection], Section("{title}")] = []
    questions: Questions = []
    resources: Resources = []

    @model_validator(mode="after")
    def _closes_with_resources(self) -> Self:
        if not (self.resources or any(one.resources for one in _within(self.sections))):
            raise ValueError(f'"{self.title}" lists no resources')
        return self


def _within(sections: list[Subsection]) -> Iterator[Subsection]:
    for section in sections:
        yield section
        yield from _within(section.sections)


class Chapter(TypedDocument):
    """A chapter of the booklet."""

    title: Annotated[str, Title()]
    introduction: Annotated[str | None, Text()] = None
    sections: Annotated[list[ChapterSection], Section("{title}")] = Field(min_length=2)
    headings: Annotated[list[Heading], Headings("Questions to ask", "Resources")]
    words: Annotated[int, Words()] = Field(ge=1500)
