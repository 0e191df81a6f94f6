"""What a document type declared in TOML may say; `typed.declarations` makes a model of it."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # pydantic reads the annotations
from dataclasses import dataclass, field, fields
from typing import Any, Literal

ValueType = Literal["string", "integer", "number", "boolean", "date", "link", "image"]
OtherSections = Literal["forbid", "allow"]


def _about(description: str) -> Mapping[str, Any]:
    return {"description": description}


def kebab(name: str) -> str:
    """The key in TOML of an attribute."""
    return name.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class FieldDeclaration:
    """One field: where it stands, what it is, and what it refers to.

    A field that says nothing about its place is a named part of the pattern, file name or front
    matter around it.
    """

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    section: str | None = field(
        default=None,
        metadata=_about(
            "The heading of the section it stands in: its words, or a pattern with {named} parts."
        ),
    )
    title: bool | str = field(
        default=False,
        metadata=_about("It is the heading of the document or section, or a pattern of it."),
    )
    text: bool = field(
        default=False, metadata=_about("It is the text up to the first declared section.")
    )
    paragraph: bool | str | tuple[str, ...] = field(
        default=False,
        metadata=_about("It is the first paragraph, or the first of one of these patterns."),
    )
    entries: bool | str | tuple[str, ...] = field(
        default=False,
        metadata=_about("It is a list of entries: list items, in one of these patterns."),
    )
    rows: bool | Mapping[str, str] = field(
        default=False,
        metadata=_about("It is a list of the rows of tables; fields mapped to column headings."),
    )
    code: bool | str = field(
        default=False, metadata=_about("It is a fenced code block, in this language.")
    )
    links: bool | str = field(
        default=False,
        metadata=_about("It is a link whose destination, from the root, matches this glob."),
    )
    matches: str | None = field(
        default=None,
        metadata=_about("It is a list of what this regular expression matches in the text."),
    )
    words: bool = field(default=False, metadata=_about("It is the number of words."))
    headings: bool | tuple[str, ...] = field(
        default=False,
        metadata=_about("It is a list of the headings at any depth, but for those named here."),
    )
    front_matter: bool | str = field(
        default=False, metadata=_about("It is this key of the front matter.")
    )
    type: ValueType = field(default="string", metadata=_about("What its value is."))
    choices: tuple[str, ...] = field(default=(), metadata=_about("The only values it can have."))
    pattern: str | None = field(
        default=None, metadata=_about("A regular expression that its value matches.")
    )
    separated: str | tuple[str, ...] = field(
        default=(), metadata=_about("It is a list of values, parted by these.")
    )
    fields: Mapping[str, FieldDeclaration] = field(
        default_factory=dict, metadata=_about("The fields of each entry, row or section.")
    )
    other_sections: OtherSections = field(
        default="forbid", metadata=_about("Whether its section may have sections of other names.")
    )
    required: bool = field(default=True, metadata=_about("Whether it must be there."))
    repeated: bool = field(
        default=False, metadata=_about("Whether it may be there several times: it is a list then.")
    )
    minimum: float | None = field(
        default=None, metadata=_about("The least number of values, or the least value of a number.")
    )
    maximum: float | None = field(
        default=None, metadata=_about("The most values, or the greatest value of a number.")
    )
    nested: bool = field(
        default=False,
        metadata=_about("Whether its entries may hold lists of such entries again, to any depth."),
    )
    numbered: bool = field(
        default=False, metadata=_about("Whether its entries count from 1 without a gap.")
    )
    sorted: bool | str = field(
        default=False,
        metadata=_about("Whether its entries are in alphabetical order, or by which field."),
    )
    locale: str = field(
        default="", metadata=_about("The language whose alphabet the order follows, such as sv.")
    )
    unique: str | None = field(
        default=None, metadata=_about("The field in which no two entries are equal.")
    )
    refers_to: str | tuple[str, ...] = field(
        default=(),
        metadata=_about("A type, or a path of fields in one, in which its value occurs."),
    )
    back: bool = field(
        default=False, metadata=_about("Whether everything it can refer to is referred to.")
    )
    same: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_about("Fields beside it, each with the field there that has the same text."),
    )
    description: str = field(
        default="", metadata=_about("What it is for: said when something is wrong with it.")
    )


@dataclass(frozen=True, kw_only=True)
class TypeDeclaration:
    """A document type: which files are of it, and what is in them."""

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    files: str | tuple[str, ...] = field(
        metadata=_about(
            "Which files are of this type: globs as in .gitignore, relative to the folder of the "
            "configuration file; {name} captures a part of the path as the field of that name."
        )
    )
    model: str | None = field(
        default=None,
        metadata=_about("A pydantic model by its import path, my_book.models:Recipe."),
    )
    fields: Mapping[str, FieldDeclaration] = field(
        default_factory=dict,
        metadata=_about("Its fields, if it has no model; sections are expected in this order."),
    )
    other_sections: OtherSections = field(
        default="forbid", metadata=_about("Whether it may have sections that no field declares.")
    )
    required: bool = field(
        default=False, metadata=_about("Whether there must be a document of this type.")
    )
    description: str = field(default="", metadata=_about("What such a document is."))


def restore_types(values: Mapping[str, Any]) -> dict[str, TypeDeclaration]:
    """The declarations that were written as plain values; nothing is checked again."""
    return {name: _restored(TypeDeclaration, one) for name, one in values.items()}


def _restored(kind: type[Any], values: Mapping[str, Any]) -> Any:
    known: dict[str, Any] = {}
    for one in fields(kind):
        value = values.get(kebab(one.name), values.get(one.name))
        if value is None:
            continue
        if one.name == "fields":
            value = {name: _restored(FieldDeclaration, inner) for name, inner in value.items()}
        known[one.name] = tuple(value) if isinstance(value, list) else value
    return kind(**known)
