"""The JSON Schema of the settings: what checks them, and what an editor completes them by.

Imports pydantic.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from mlsd_lint.config.settings import Configuration, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = "urn:mlsd-lint:configuration"


@cache
def adapter() -> TypeAdapter[Configuration]:
    """What makes a `Configuration` of plain values."""
    return TypeAdapter(Configuration)


@cache
def bare_schema() -> Mapping[str, Any]:
    """The schema as pydantic makes it."""
    return adapter().json_schema()


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part of the bare schema, or what it refers to."""
    if "$ref" not in schema:
        return schema
    described: dict[str, Any] = bare_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    return described


def configuration_schema() -> dict[str, Any]:
    """The JSON Schema of a configuration, as TOML would be after conversion to JSON."""
    schema = json.loads(json.dumps(bare_schema()))
    for key, one in settings().items():
        described = schema["properties"][key]
        described["description"] = one.metadata["description"]
        if one.metadata["minimum"] is not None:
            described["minimum"] = one.metadata["minimum"]
    for definition in (schema, *schema.get("$defs", {}).values()):
        definition.pop("title", None)
        definition["description"] = " ".join(definition.get("description", "").split())
        for described in definition.get("properties", {}).values():
            described.pop("title", None)
            _drop_null(described)
    schema |= {
        "$schema": SCHEMA_DIALECT,
        "$id": SCHEMA_ID,
        "title": "mlsd-lint configuration",
        "description": "mlsd-lint.toml, or the table [tool.mlsd-lint] of pyproject.toml.",
    }
    return dict(schema)


def _drop_null(described: dict[str, Any]) -> None:
    """Leave out of a property what TOML cannot say: a value that is nothing."""
    if "anyOf" not in described or described.get("default", "") is not None:
        return
    del described["default"]
    kept = [one for one in described.pop("anyOf") if one != {"type": "null"}]
    described |= kept[0] if len(kept) == 1 else {"anyOf": kept}
