"""`mlsd-lint config`: the settings that apply here, and what each of them means."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from dataclasses import Field

    from mlsd_lint.location import Location

TABLES = ("links", "prose", "prose.languagetool")  # the settings that are tables of settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `config`."""
    parser.add_argument("key", nargs="?", metavar="KEY", help="a setting to explain")
    parser.add_argument("--config", metavar="FILE", help="the configuration file to use")
    parser.add_argument("--isolated", action="store_true", help="use no configuration file")
    parser.add_argument("--output-format", choices=["text", "json"], default="text")


def run(arguments: argparse.Namespace) -> int:
    """Print one setting or all of them.

    Raises:
        UsageError: there is no such setting, or the configuration is wrong.
    """
    from mlsd_lint.location import locate

    file = Path(arguments.config) if arguments.config else None
    location = locate([], {}, file=file, isolated=arguments.isolated)
    described = _describe(location)
    if arguments.key is None:
        text = _json(described) if arguments.output_format == "json" else _table(described)
    else:
        key = _known(arguments.key, described)
        one = described[key]
        text = (
            _json(one) if arguments.output_format == "json" else _explanation(key, one, described)
        )
    sys.stdout.write(text)
    return 0


def _describe(location: Location) -> dict[str, dict[str, Any]]:
    """Everything there is to say of each setting, by key; behind a table come its own keys."""
    from mlsd_lint.config.settings import Configuration, plain
    from mlsd_lint.config.validation import type_of, validate

    values = plain(validate(location.settings, location.file))
    # As written: each field of a type has two dozen keys, most of which say nothing.
    values["types"] = location.settings.get("types", {})
    defaults = plain(Configuration())
    return {
        key: {
            "value": _at(key, values),
            "origin": _origin(key, location),
            "description": one.metadata["description"],
            "type": type_of(key),
            "default": _at(key, defaults),
            "example": one.metadata["example"],
        }
        for key, one in _fields().items()
    }


def _fields() -> dict[str, Field[Any]]:
    """The field of each setting, by key; behind a table come those in it."""
    from mlsd_lint.config.links import link_settings
    from mlsd_lint.config.prose import languagetool_settings, prose_settings
    from mlsd_lint.config.settings import settings

    tables = (link_settings(), prose_settings(), languagetool_settings())
    inner = dict(zip(TABLES, tables, strict=True))
    found: dict[str, Field[Any]] = {}
    waiting = [*settings().items()]
    while waiting:
        key, one = waiting.pop(0)
        found[key] = one
        waiting[:0] = [(f"{key}.{name}", field) for name, field in inner.get(key, {}).items()]
    return found


def _at(key: str, values: Mapping[str, Any]) -> Any:
    """The value that a key with dots leads to; None if there is none."""
    value: Any = values
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _origin(key: str, location: Location) -> str:
    """Where a value comes from: `default`, or the file and line."""
    if location.file is None or _at(key, dict(location.settings)) is None:
        return "default"
    from mlsd_lint.config.files import PYPROJECT_FILE, TABLE
    from mlsd_lint.config.toml_lines import line_of
    from mlsd_lint.location import from_here

    prefix = TABLE if location.file.name == PYPROJECT_FILE else ()
    line = line_of(location.file.read_text(encoding="utf-8-sig"), [*prefix, *key.split(".")])
    shown = from_here(location.file)
    return f"{shown}:{line}" if line else shown


def _known(key: str, described: dict[str, dict[str, Any]]) -> str:
    wanted = key.strip().replace("_", "-").lower()
    if wanted in described:
        return wanted
    from mlsd_lint.nearest import nearest

    guess = nearest(wanted, described)
    hint = f"; did you mean {guess!r}?" if guess else "; `mlsd-lint config` lists them"
    raise UsageError(f"there is no setting {key!r}{hint}")


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _table(described: dict[str, dict[str, Any]]) -> str:
    """All settings as TOML, with their origins as comments."""
    return _lines({key: one for key, one in described.items() if key not in TABLES})


def _lines(described: dict[str, dict[str, Any]]) -> str:
    lines = [_assignment(key, one["value"]) for key, one in described.items()]
    width = max((len(line) for line in lines if len(line) <= 60), default=0)
    return "".join(
        f"{line:<{width}}  # {one['origin']}\n"
        for line, one in zip(lines, described.values(), strict=True)
    )


def _assignment(key: str, value: Any) -> str:
    """A line of TOML, which has no word for nothing: that is a comment."""
    from mlsd_lint.config.toml_text import toml_value

    return f"# {key} is not set" if value is None else f"{key} = {toml_value(value)}"


def _explanation(key: str, one: dict[str, Any], described: dict[str, dict[str, Any]]) -> str:
    from textwrap import fill

    within = (name for name in described if name.startswith(f"{key}.") and name not in TABLES)
    inner = {name: described[name] for name in within}
    default = "" if inner else f"Default: {_default(one['default'])}\n"
    return (
        f"{_lines(inner or {key: one})}\n"
        f"{fill(one['description'], 80)}\n\n"
        f"Type:    {one['type']}\n"
        f"{default}"
        f"Example: {one['example']}\n"
    )


def _default(value: Any) -> str:
    from mlsd_lint.config.toml_text import toml_value

    return "none" if value is None else toml_value(value)
