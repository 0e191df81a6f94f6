"""Typed documents: pydantic for Markdown.

A document type is a pydantic model whose fields say where in the Markdown they are found:

    class Recipe(TypedDocument):
        title: Annotated[str, Title()]
        ingredients: Annotated[list[Ingredient], Section("Ingredients"), Entries("{amount} {name}")]

This is the interface for such models; a type declared in TOML is made into one of them. What
stands where: `markers` says where a field is found, `shapes` compiles a model, `extraction` reads
a document, `validation` checks what was read, `relations` compares documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlsd_lint.typed.markers import (
    Code,
    Entries,
    FrontMatter,
    Headings,
    Links,
    Matches,
    Paragraph,
    Refers,
    Rows,
    Section,
    Separated,
    Text,
    Title,
    Words,
)

if TYPE_CHECKING:
    from mlsd_lint.typed.model import Heading, Image, Link, Part, TypedDocument

__all__ = [
    "Code",
    "Entries",
    "FrontMatter",
    "Heading",
    "Headings",
    "Image",
    "Link",
    "Links",
    "Matches",
    "Paragraph",
    "Part",
    "Refers",
    "Rows",
    "Section",
    "Separated",
    "Text",
    "Title",
    "TypedDocument",
    "Words",
]


def __getattr__(name: str) -> Any:
    """The models, whose import takes long: a run that needs only file names does without."""
    if name in {"Heading", "Image", "Link", "Part", "TypedDocument"}:
        from mlsd_lint.typed import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
