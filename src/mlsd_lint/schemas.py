"""The JSON Schemas of a project: of its configuration, its documents' data, and of reports.

They describe data, not Markdown: what `mlsd-lint extract` prints, and what a configuration says.
Imports pydantic.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mlsd_lint.config.files import ConfigurationError
from mlsd_lint.config.schema import SCHEMA_DIALECT, configuration_schema
from mlsd_lint.reporters.json_schema import report_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_lint.project import Project
    from mlsd_lint.typed.types import Type

SUFFIX = ".schema.json"
TYPES_FOLDER = "types"
TYPE_ID = "urn:mlsd-lint:type:"
EXTRACT_ID = "urn:mlsd-lint:extract"


def schemas(project: Project) -> dict[str, str]:
    """The text of every schema, by its POSIX path in the folder of schemas.

    Raises:
        ConfigurationError: a type cannot be used as it is declared, or has no schema.
    """
    of_types = type_schemas(project)
    documents = {
        f"{TYPES_FOLDER}/{quote(name, safe=' ')}": schema for name, schema in of_types.items()
    }
    described = {
        "configuration": configuration_schema(),
        "report": report_schema(),
        "extract": extract_schema(of_types),
        **documents,
    }
    return {f"{name}{SUFFIX}": as_text(schema) for name, schema in described.items()}


def as_text(schema: Mapping[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def type_schemas(project: Project) -> dict[str, dict[str, Any]]:
    """The schema of the data of each document type, by the type's name.

    Raises:
        ConfigurationError: a type cannot be used as it is declared, or has no schema.
    """
    project.prepare()
    if not project.indexing.types:
        return {}
    from mlsd_lint.typed.types import load_types

    declared = project.configuration.types
    return {
        name: _type_schema(one, declared[name].description)
        for name, one in load_types(project.indexing.types).types.items()
    }


def _type_schema(one: Type, description: str) -> dict[str, Any]:
    try:
        made = one.shape.model.model_json_schema(by_alias=False, mode="serialization")
    except Exception as error:  # whatever a user's type raises, it is theirs to mend
        raise ConfigurationError(f"types.{one.name}: it has no JSON Schema: {error}") from error
    schema: dict[str, Any] = _with_unsayable_numbers(made)
    schema |= {
        "$schema": SCHEMA_DIALECT,
        "$id": f"{TYPE_ID}{quote(one.name, safe='')}",
        "title": schema.get("title", one.name),
    }
    if description:
        schema["description"] = description
    return schema


def _with_unsayable_numbers(schema: Any) -> Any:
    """The schema with null for numbers that JSON cannot say: infinity, and none at all."""
    if isinstance(schema, list):
        return [_with_unsayable_numbers(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    described = {
        key: value if key in ("default", "const", "enum") else _with_unsayable_numbers(value)
        for key, value in schema.items()
    }
    return described | {"type": ["number", "null"]} if schema.get("type") == "number" else described


def extract_schema(of_types: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The schema of what `mlsd-lint extract` prints, with those of the types in it."""
    forms = [_document(name, {"$ref": one["$id"]}, valid=True) for name, one in of_types.items()]
    forms += [_document(name, {"type": "object"}, valid=False) for name in of_types]
    return {
        "$schema": SCHEMA_DIALECT,
        "$id": EXTRACT_ID,
        "title": "mlsd-lint extract",
        "description": "What `mlsd-lint extract` prints: the typed data of documents.",
        "type": "object",
        "properties": {
            "documents": {
                "type": "array",
                "description": "The documents that have a type, by path.",
                "items": {"oneOf": forms} if forms else False,
            }
        },
        "required": ["documents"],
        "additionalProperties": False,
        "$defs": {**of_types, **_PLACES},
    }


def _document(name: str, data: Mapping[str, Any], *, valid: bool) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "path": {"type": "string", "description": "The file, relative to the repository."},
            "type": {"const": name, "description": "The document type."},
            "valid": {"const": valid, "description": "Whether the data is as the type says."},
            "data": data,
            "spans": {
                "type": "object",
                "description": "With --spans: where each value stands, by its JSON Pointer.",
                "additionalProperties": {"$ref": "#/$defs/mlsd-lint:span"},
            },
        },
        "required": ["data", "path", "type", "valid"],
        "additionalProperties": False,
    }


_POSITION = {
    "type": "object",
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1, "description": "In code points, from 1."},
    },
    "required": ["column", "line"],
    "additionalProperties": False,
}
_PLACES = {
    "mlsd-lint:span": {
        "description": "The text between two places; the end is exclusive.",
        "type": "object",
        "properties": {"start": _POSITION, "end": _POSITION},
        "required": ["end", "start"],
        "additionalProperties": False,
    }
}
