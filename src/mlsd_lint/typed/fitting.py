"""A declaration made looser until a document is of its type, and written as TOML."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from mlsd_lint.config.toml_text import toml_key, toml_value
from mlsd_lint.rules.typed_sections import PLACEHOLDER_TEXT
from mlsd_lint.typed.checking import check_typed
from mlsd_lint.typed.shapes import DeclarationError
from mlsd_lint.typed.types import load_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mlsd_lint.document import Document
    from mlsd_lint.typed.values import Location
    from mlsd_lint.workspace import Anchor

Declaration = dict[str, Any]
_ROUNDS = 200
_WIDTH = 100


def fitted(declaration: Declaration, document: Document, anchors: Sequence[Anchor]) -> Declaration:
    """The declaration without what the document does not fulfil.

    Where a form was seen too narrowly, a wider one is taken, at last any text. The document is of
    the type that results; the path of its source has to be one of the type's files.
    """
    fitting = copy.deepcopy(declaration)
    for _ in range(_ROUNDS):
        wrong = next(_wrong(fitting, document, anchors), None)
        if wrong is None:
            return fitting
        _loosen(fitting, wrong)
    return {"files": declaration["files"], "other-sections": "allow", "fields": {}}


def _wrong(
    declaration: Declaration, document: Document, anchors: Sequence[Anchor]
) -> Iterator[Location]:
    """Where the document is not as declared."""
    try:
        types = load_types(json.dumps([{"type": declaration}, [], ".", "", "", {}, {}]))
        problems = check_typed(document, types, anchors).problems
    except DeclarationError as error:
        yield tuple(name for name in error.field[1:] if name != "fields")
        return
    yield from (one.location for one in problems if one.rule is not PLACEHOLDER_TEXT)


def _loosen(declaration: Declaration, location: Location) -> None:
    """Take back one thing that is said of the field at a location."""
    holders = [declaration]
    names: list[str] = []
    for step in location:
        inner = holders[-1].get("fields", {})
        if isinstance(step, str) and step in inner:
            holders.append(inner[step])
            names.append(step)
    while len(holders) > 1:
        if _wider(holders[-1]):
            return
        holder, name = holders[-2], names[-1]
        if not _is_named_by(holder, name):
            del holder["fields"][name]
            if "section" in holders[-1]:
                holder["other-sections"] = "allow"
            if not holder["fields"] and len(holders) > 2:
                del holder["fields"]
            return
        holders.pop()
        names.pop()
    if declaration.get("other-sections") != "allow":
        declaration["other-sections"] = "allow"
    elif declaration["fields"]:
        declaration["fields"].popitem()


def _is_named_by(holder: Mapping[str, Any], name: str) -> bool:
    """Whether a field is a part of a pattern around it, which needs it."""
    return f"{{{name}}}" in json.dumps(
        [holder.get("section"), holder.get("entries"), holder.get("files")]
    )


def _wider(field: Declaration) -> bool:
    """Take back the narrowest thing that is said of a field; False if nothing is left."""
    for key in ("sorted", "numbered", "minimum", "type", "pattern"):
        kept = key == "type" and field[key] in ("link", "image") if key in field else True
        if not kept:
            del field[key]
            return True
    if isinstance(field.get("entries"), str | list):
        field["entries"] = True
        field.pop("fields", None)
        return True
    if "fields" in field and field.get("other-sections") != "allow" and "section" in field:
        field["other-sections"] = "allow"
        return True
    plain = "section" in field and not field.get("repeated")
    if plain and field.keys() - {"section", "required"}:
        for key in field.keys() - {"section", "required"}:
            del field[key]
        return True
    if field.get("required", True) and not field.get("entries"):
        field["required"] = False
        return True
    return False


def as_toml(name: str, declaration: Declaration) -> str:
    """A type as it stands in a configuration file of its own."""
    return "".join(_tables(("types", name), declaration)).lstrip("\n")


def _tables(keys: tuple[str, ...], declared: Declaration) -> Iterator[str]:
    yield f"\n[{'.'.join(map(toml_key, keys))}]\n"
    yield from _pairs({key: one for key, one in declared.items() if key != "fields"})
    fields: Declaration = declared.get("fields", {})
    if not fields:
        return
    short = f"fields = {toml_value(fields)}\n"
    if len(keys) > 2 and len(short) <= _WIDTH:
        yield short
    elif all(_fits(name, one) for name, one in fields.items()):
        yield f"\n[{'.'.join(map(toml_key, (*keys, 'fields')))}]\n"
        yield from _pairs(fields)
    else:  # tables of their own, since the order of fields is that of the sections
        for name, one in fields.items():
            yield from _tables((*keys, "fields", name), one)


def _fits(name: str, one: Declaration) -> bool:
    return len(f"{toml_key(name)} = {toml_value(one)}") <= _WIDTH


def _pairs(values: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{toml_key(key)} = {toml_value(one)}\n" for key, one in values.items())
