"""The classes that a document type is made of; imports pydantic."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Something in a document that has fields: a section, an entry, a row.

    `class Chapter(Part, extra="allow")` lets a scope have sections that no field declares.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


class TypedDocument(Part):
    """A whole file."""


class Link(Part):
    """A link of an entry: its text without markup, and its destination."""

    title: str
    url: str


class Heading(Part):
    """A heading: its words, and its level, 1 to 6."""

    title: str
    level: int


class Image(Part):
    """An image of an entry: its alternative text, and its destination."""

    alt: str
    url: str
