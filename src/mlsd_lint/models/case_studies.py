"""The case studies: accounts of systems that others have built."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mlsd_lint.models.resource import Year  # noqa: TC001  # pydantic reads the annotations
from mlsd_lint.typed import (
    Entries,
    Heading,
    Headings,
    Link,
    Part,
    Section,
    Separated,
    Text,
    Title,
    TypedDocument,
)


class CaseStudy(Part):
    """One account: its linked title, who wrote it where and when, and what it is about."""

    number: int
    link: Link | None = None
    title: str | None = None
    authors: Annotated[list[str], Separated(", ", " and ")] = Field(min_length=1)
    organization: str
    year: Year
    summary: str = Field(min_length=100, description="Say what it is about and what to look for.")


class CaseStudies(TypedDocument):
    """The page of case studies."""

    title: Annotated[str, Title()]
    introduction: Annotated[str, Text()]
    how_to_read: Annotated[str, Section("How to read a case study")]
    accounts: Annotated[
        list[CaseStudy],
        Section("The twelve accounts"),
        Entries(
            "{link} ({authors}, {organization}, {year})\n\n{summary}",
            "{title} (link not confirmed) ({authors}, {organization}, {year})\n\n{summary}",
            numbered=True,
        ),
    ] = Field(min_length=12, max_length=12)
    headings: Annotated[list[Heading], Headings()]
