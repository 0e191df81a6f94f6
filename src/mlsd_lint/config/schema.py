"""The JSON Schema of the settings: what checks them, and what an editor completes them by.

Imports pydantic.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from mlsd_lint.config.durations import PATTERN
from mlsd_lint.config.links import HostSettings, LinkSettings, host_settings, link_settings
from mlsd_lint.config.prose import (
    LanguageToolSettings,
    ProseSettings,
    languagetool_settings,
    prose_settings,
)
from mlsd_lint.config.settings import Configuration, settings
from mlsd_lint.links.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import Field

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = "urn:mlsd-lint:configuration"
_TIME = f"^{PATTERN}$"


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
    _say(schema["properties"], settings())
    for definition in (schema, *schema.get("$defs", {}).values()):
        definition.pop("title", None)
        definition["description"] = " ".join(definition.get("description", "").split())
        for described in definition.get("properties", {}).values():
            described.pop("title", None)
            _drop_null(described)
    links = schema["$defs"][LinkSettings.__name__]["properties"]
    _say(links, link_settings())
    _say(schema["$defs"][HostSettings.__name__]["properties"], host_settings())
    _say(schema["$defs"][ProseSettings.__name__]["properties"], prose_settings())
    _say(schema["$defs"][LanguageToolSettings.__name__]["properties"], languagetool_settings())
    links["keep"]["propertyNames"] = {"enum": [one.value for one in Verdict]}
    links["keep"]["additionalProperties"]["pattern"] = _TIME
    schema |= {
        "$schema": SCHEMA_DIALECT,
        "$id": SCHEMA_ID,
        "title": "mlsd-lint configuration",
        "description": "mlsd-lint.toml, or the table [tool.mlsd-lint] of pyproject.toml.",
    }
    return dict(schema)


def _say(properties: dict[str, dict[str, Any]], known: Mapping[str, Field[Any]]) -> None:
    """Add to each key what its field says of it."""
    for key, one in known.items():
        described = properties[key]
        described["description"] = one.metadata["description"]
        if one.metadata["minimum"] is not None:
            described["minimum"] = one.metadata["minimum"]
        if one.metadata.get("time"):
            described["pattern"] = _TIME


def _drop_null(described: dict[str, Any]) -> None:
    """Leave out of a property what TOML cannot say: a value that is nothing."""
    if "anyOf" not in described or described.get("default", "") is not None:
        return
    del described["default"]
    kept = [one for one in described.pop("anyOf") if one != {"type": "null"}]
    described |= kept[0] if len(kept) == 1 else {"anyOf": kept}
