"""A resource: something to read, watch or use, and the lists that hold resources."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mlsd_lint.typed import (
    Entries,
    Heading,
    Headings,
    Link,
    Matches,
    Part,
    Rows,
    Section,
    Separated,
    Text,
    Title,
    TypedDocument,
)

Year = Annotated[int, Field(ge=1900, le=2100)] | Literal["n.d."]
Kind = Literal[
    "Books",
    "Repositories",
    "Courses",
    "Blogs and newsletters",
    "Papers",
    "Interview preparation",
    "Communities",
]
ENTRY = "{link} ({authors}, {source}, {year}): {about}"
UNLINKED = "{title} ({authors}, {source}, {year}): {about}"
_CLAIM = (
    r"(?P<claim>(?:more than |over |about )?\d[\d.,]*[kK]?\+? (?:GitHub )?stars"
    r"|\bthe best \w+(?: \w+)?|[$€£]\d[\d.,]*|\bfor free\b)"
    r"(?:[^.;]*?\((?:seen|as of) (?P<seen>\d{4}-\d{2}(?:-\d{2})?)\))?"
)


class Claim(Part):
    """Something that is true for a while: a count of stars, a price, a superlative."""

    claim: str
    seen: str = Field(description="Say when it was seen: (seen 2026-03-01), or leave it out.")


class Resource(Part):
    """An entry: a title, usually linked, who made it, where and when, and what it gives."""

    link: Link | None = None
    title: str | None = None
    authors: Annotated[list[str], Separated(", ", " and ")] = Field(min_length=1)
    source: str
    year: Year = Field(description='Write the year of publication, or "n.d." if it has none.')
    about: str
    claims: Annotated[list[Claim], Matches(_CLAIM)] = []

    @model_validator(mode="after")
    def _has_web_address(self) -> Self:
        if self.link is not None and not re.match(r"https?://[^\s/]+\.", self.link.url):
            raise ValueError(f"{self.link.url} is no address of the web")
        return self


class Advice(Part):
    """A row of the table that says where to start."""

    need: str
    take: str


class ToolKind(Part):
    """Tools that do one job."""

    name: str
    introduction: Annotated[str | None, Text()] = None
    tools: Annotated[list[Resource], Entries(ENTRY, UNLINKED)] = Field(min_length=1)


class Tools(Part):
    """The tools, by the job they do."""

    introduction: Annotated[str, Text()]
    kinds: Annotated[list[ToolKind], Section("{name}")] = Field(min_length=1)


class ResourceCatalogue(TypedDocument):
    """The curated guide: resources by kind."""

    title: Annotated[str, Title()]
    introduction: Annotated[str, Text()]
    where_to_start: Annotated[
        list[Advice], Section("Where to start"), Rows({"need": "You want to", "take": "Take"})
    ] = Field(min_length=1)
    books: Annotated[list[Resource], Section("Books"), Entries(ENTRY, UNLINKED)] = Field(
        min_length=1
    )
    repositories: Annotated[list[Resource], Section("Repositories"), Entries(ENTRY, UNLINKED)] = (
        Field(min_length=1)
    )
    courses: Annotated[list[Resource], Section("Courses"), Entries(ENTRY, UNLINKED)] = Field(
        min_length=1
    )
    blogs: Annotated[list[Resource], Section("Blogs and newsletters"), Entries(ENTRY, UNLINKED)] = (
        Field(min_length=1)
    )
    papers: Annotated[list[Resource], Section("Papers"), Entries(ENTRY, UNLINKED)] = Field(
        min_length=1
    )
    tools: Annotated[Tools, Section("Tools")]
    interviews: Annotated[
        list[Resource], Section("Interview preparation"), Entries(ENTRY, UNLINKED)
    ] = Field(min_length=1)
    communities: Annotated[list[Resource], Section("Communities"), Entries(ENTRY, UNLINKED)] = (
        Field(min_length=1)
    )
    headings: Annotated[list[Heading], Headings()]
