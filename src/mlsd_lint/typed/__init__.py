"""Typed documents: pydantic for Markdown.

A document type is a pydantic model whose fields say where in the Markdown they are found:

    class Recipe(TypedDocument):
        title: Annotated[str, Title()]
        ingredients: Annotated[list[Ingredient], Section("Ingredients"), Entries("{amount} {name}")]

This is the interface for such models; a type declared in TOML is made into one of them. What
stands where: `markers` says where a field is found, `shapes` compiles a model, `extraction` reads
a document, `validation` checks what was read, `relations` compares documents.
"""

from mlsd_lint.typed.markers import (
    Code,
    Entries,
    FrontMatter,
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
from mlsd_lint.typed.model import Image, Link, Part, TypedDocument

__all__ = [
    "Code",
    "Entries",
    "FrontMatter",
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
