"""What a value must be, read from its JSON Schema: in words, and as a regular expression."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Schema = dict[str, Any]
_FORMATS = {
    "date": ("a date such as 2026-03-01", r"\d{4}-\d{2}-\d{2}"),
    "date-time": ("a date and time such as 2026-03-01T12:00:00Z", r"\d{4}-\d{2}-\d{2}[T ]\S+"),
    "uri": ("an address such as https://example.org/page", r"[A-Za-z][A-Za-z0-9+.-]*:\S+"),
}
_TYPES = {
    "integer": ("a whole number", r"[+-]?\d+"),
    "number": ("a number", r"[+-]?\d+(?:\.\d+)?"),
    "boolean": ("true or false", r"(?i:true|false|yes|no|on|off)"),
    "array": ("a list", None),
    "object": ("a table", None),
    "null": ("nothing", None),
}
_BOUNDS = {
    "minimum": "or more",
    "exclusiveMinimum": "more than",
    "maximum": "or less",
    "exclusiveMaximum": "less than",
}
_LENGTHS = {"minLength": "least", "maxLength": "most"}


def resolved(schema: Schema, definitions: Mapping[str, Any]) -> Schema:
    """The schema that a `$ref` names, or the schema itself."""
    if "$ref" in schema:
        return dict(definitions[schema["$ref"].rpartition("/")[2]])
    return schema


def alternatives(schema: Schema, definitions: Mapping[str, Any]) -> list[Schema]:
    """The schemas of which one must hold, that of null left out."""
    some = [resolved(one, definitions) for one in schema.get("anyOf", [schema])]
    return [one for one in some if one.get("type") != "null"]


def in_words(schema: Schema, definitions: Mapping[str, Any]) -> str:
    """What is expected, as a message says it: `a whole number from 1900 to 2100 or "n.d."`."""
    return either(_words(one) for one in alternatives(schema, definitions))


def either(words: Iterable[str]) -> str:
    """`a, b or c`, each once."""
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} or {last}" if first else last


def _words(schema: Schema) -> str:
    if "const" in schema or "enum" in schema:
        choices = schema.get("enum", [schema.get("const")])
        return either(json.dumps(one, ensure_ascii=False) for one in choices)
    if "pattern" in schema:
        return f"text of the form {schema['pattern']}"
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]][0]
    words, _ = _TYPES.get(schema.get("type", ""), ("text", None))
    return words + _bounds(schema)


def _bounds(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f" from {least} to {most}"
    named = [
        f"{schema[key]} {words}" if words.startswith("or") else f"{words} {schema[key]}"
        for key, words in _BOUNDS.items()
        if key in schema
    ]
    lengths = [
        f"at {words} {schema[key]} characters" for key, words in _LENGTHS.items() if key in schema
    ]
    if lengths:
        return f" of {' and '.join(lengths)}"
    return f", {' and '.join(named)}" if named else ""


def as_expression(schema: Schema, definitions: Mapping[str, Any]) -> re.Pattern[str] | None:
    """What a right value looks like as text; None where any text may be right."""
    expressions = [_expression(one) for one in alternatives(schema, definitions)]
    if any(one is None for one in expressions):
        return None
    try:
        return re.compile("|".join(f"(?:{one})" for one in expressions), re.DOTALL)
    except re.error:  # pydantic's regular expressions know what Python's do not
        return None


def _expression(schema: Schema) -> str | None:
    if "const" in schema or "enum" in schema:
        choices = schema.get("enum", [schema.get("const")])
        return "|".join(re.escape(str(one)) for one in choices)
    if "pattern" in schema:
        return f".*(?:{schema['pattern']}).*"
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]][1]
    return _TYPES.get(schema.get("type", ""), ("", None))[1]
