"""An example of a value: what stands in a template where somebody has to write the real one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint.typed.placeholders import FILL_IN
from mlsd_lint.typed.schema_words import alternatives, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_lint.typed.shapes import Field, Shape

ADDRESS = "https://example.org"
YEAR = 2000
_DATE = f"{YEAR}-01-01"
_TRIED = (
    FILL_IN, "a", "A", "1", "1.0", "1.0.0", "01", "001", "0001", "1 h", "1 min", "10 minutes",
    "example", "Example", "EXAMPLE", "A-1", "AB-12", "@example", "#1", "v1", "v1.0", "v1.0.0",
    str(YEAR), f"{YEAR}-01", _DATE, "12:00", "12:00:00", "100%", ADDRESS, "someone@example.org",
)  # fmt: skip


class Limits(NamedTuple):
    """How many values a list has, or how many characters a text."""

    least: int
    most: int | None


def named(name: str) -> str:
    """The name of a field as words."""
    return name.replace("_", " ")


def asked_for(field: Field) -> str:
    """What to fill in for a field, as a sentence."""
    has_heading = field.section is not None and field.section.literal is not None
    if has_heading and not field.description:
        return FILL_IN
    about = (field.description or named(field.name)).rstrip(".")
    return f"{FILL_IN}: {about}."


def field_schema(shape: Shape, name: str) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """The JSON Schema of a field, and the definitions it refers to."""
    schema = shape.model.model_json_schema()
    definitions = schema.get("$defs", {})
    whole = resolved(schema, definitions)
    return whole["properties"][name], definitions


def limits(shape: Shape, field: Field) -> Limits:
    """How many values a list may have; of a text, how many characters."""
    schema, definitions = field_schema(shape, field.name)
    least, most = ("minItems", "maxItems") if field.many else ("minLength", "maxLength")
    some = [schema, *alternatives(schema, definitions)]
    return Limits(
        max((one.get(least, 0) for one in some), default=0),
        min((one[most] for one in some if most in one), default=None),
    )


def example(shape: Shape, field: Field, index: int = 0) -> str:
    """An example of one value that stands in a line; `index` (from 0) is its place in a list.

    Where any text will do, it says what to fill in.
    """
    if field.kind.content == "link":
        return f"[{FILL_IN}]({ADDRESS})"
    if field.kind.content == "image":
        return f"![{FILL_IN}]({ADDRESS}/image.png)"
    schema, definitions = field_schema(shape, field.name)
    if field.many:
        some = [one for one in alternatives(schema, definitions) if "items" in one]
        schema = some[0]["items"] if some else {}
    return _text(field.name, alternatives(schema, definitions)[0], index)


def _text(name: str, schema: Mapping[str, Any], index: int) -> str:
    if "const" in schema or "enum" in schema:
        return str(schema.get("enum", [schema.get("const")])[0])
    if "pattern" in schema:
        return _matching(schema["pattern"], index)
    if schema.get("type") in ("integer", "number"):
        return str(_number(name, schema, index))
    if schema.get("type") == "boolean":
        return "true"
    by_format = {"date": _DATE, "date-time": f"{_DATE}T12:00:00Z", "uri": ADDRESS}
    if schema.get("format") in by_format:
        return by_format[schema["format"]]
    return _long_enough(f"{FILL_IN} {named(name)}", schema.get("minLength", 0))


def _long_enough(text: str, least: int) -> str:
    """The text, made longer by saying how long it has to be."""
    if len(text) >= least:
        return text
    said = f"{text} (at least {least} characters)"
    return said + "." * max(least - len(said), 0)


def _number(name: str, schema: Mapping[str, Any], index: int) -> int | float:
    wanted = index + 1 if name == "number" else YEAR if "year" in name else 1
    least = schema.get("minimum", schema.get("exclusiveMinimum", wanted - 1) + 1)
    most = schema.get("maximum", wanted)
    chosen: int | float = min(max(wanted, least), max(most, least))
    return int(chosen) if float(chosen).is_integer() else chosen


def _matching(pattern: str, index: int) -> str:
    """A text that a regular expression matches, if it is of a common form."""
    letters = [chr(ord("a") + index % 26)] if index else []
    for text in (*letters, *_TRIED):
        try:
            if re.search(pattern, text):
                return text
        except re.error:  # pydantic's regular expressions know what Python's do not
            break
    return FILL_IN
