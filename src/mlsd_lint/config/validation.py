"""Checks what a configuration says, and describes what it may say; imports pydantic.

`Configuration` itself stands in `settings`, which is cheap to import.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date, time
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from mlsd_lint.config import setting_checks
from mlsd_lint.config.files import PYPROJECT_FILE, TABLE, ConfigurationError
from mlsd_lint.config.links import link_settings
from mlsd_lint.config.prose import prose_settings
from mlsd_lint.config.schema import adapter, bare_schema, resolved
from mlsd_lint.config.toml_lines import line_of
from mlsd_lint.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from mlsd_lint.config.problems import Place, Problem
    from mlsd_lint.config.settings import Configuration

_SECRET = frozenset({"token", "basic-auth", "headers"})
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_NAMES = {
    "array": ["a list of strings"],
    "boolean": ["true", "false"],
    "integer": ["a whole number"],
    "number": ["a number"],
    "object": ["a table"],
    "string": ["a string"],
    "null": [],  # TOML has none
}


def validate(
    raw: Mapping[str, Any],
    path: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Configuration:
    """The configuration that `raw`, read from `path`, and then `overrides` stand for.

    Both use TOML's keys; `overrides` is what the command line says. A code that no rule has is
    an error.

    Raises:
        ConfigurationError: with every problem found, not only the first.
    """
    overrides = overrides or {}
    values = {**raw, **overrides}
    problems: list[Problem] = []
    try:
        configuration = _parse(values)
    except ValidationError as error:
        problems = _explained(error.errors(), values)
        wrong = {place[0] for place, _, _ in problems}
        configuration = _parse({key: values[key] for key in values if key not in wrong})
    problems += [
        (place, value, f"{_title(place)}: {message}")
        for place, value, message in setting_checks.problems(configuration)
    ]
    if problems:
        raise ConfigurationError(*_in_order(problems, path, overrides))
    return configuration


def _parse(values: Mapping[str, Any]) -> Configuration:
    # As JSON, because strict checking then takes a list for a tuple and a string for a
    # severity, but never a number for a string. A date of TOML, which no setting is, becomes
    # something that is wrong everywhere.
    return adapter().validate_json(json.dumps(values, default=lambda _: [None]), strict=True)


def _in_order(
    problems: list[Problem], path: Path | None, overrides: Mapping[str, Any]
) -> list[str]:
    """The problems as the user reads them: those of the file by line, then the others."""
    text = _text(path) if path else ""
    prefix = TABLE if path and path.name == PYPROJECT_FILE else ()
    placed = []
    for place, value, message in problems:
        if place[0] in overrides:
            placed.append((sys.maxsize, f"command line: {message}"))
            continue
        keys = [*prefix, *(part for part in place if isinstance(part, str))]
        line = line_of(text, keys, value if isinstance(value, str) else None)
        where = f"{path or 'configuration'}:{line}:" if line else f"{path or 'configuration'}:"
        placed.append((line or 0, f"{where} {message}"))
    return [message for _, message in sorted(placed, key=lambda one: one[0])]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""


def _explained(errors: Sequence[ErrorDetails], values: Mapping[str, Any]) -> list[Problem]:
    """One problem a place: pydantic says each form that a value might have had but has not."""
    problems: dict[Place, Problem] = {}
    for error in errors:
        where = _where(error["loc"], values)
        if where is not None and where.place not in problems:
            problems[where.place] = (where.place, where.value, _explain(where, error["type"]))
    return list(problems.values())


class _Where(NamedTuple):
    """A place in the settings, what stands there, and the schemas of it and of its table."""

    place: Place
    value: Any
    schema: Mapping[str, Any]
    table: Mapping[str, Any]


def _where(location: Place, values: Mapping[str, Any]) -> _Where | None:
    """Where a location leads, which besides keys and indexes names forms that a value may have.

    None if it is about one form, and the value has another that is right so far.
    """
    value: Any = values
    schema = table = bare_schema()
    place: Place = ()
    for depth, step in enumerate(location):
        if isinstance(value, date | time):
            break
        if "anyOf" in schema:
            form = _form_of(value, schema)
            if form is None:
                break
            if depth == len(location) - 1:
                return None
            schema = form
            continue
        place = (*place, step)
        table = schema
        schema = resolved(_inner(schema, step))
        value = _value_at(value, step)
    return _Where(place, value, schema, table)


def _inner(schema: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
    """The schema of an item of a list, or of the value of a key; {} for an unknown one."""
    described = schema.get("items") if isinstance(step, int) else None
    described = described or schema.get("properties", {}).get(step)
    described = described or schema.get("additionalProperties")
    return described if isinstance(described, dict) else {}


def _value_at(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(step))
    return value[step] if isinstance(value, list | tuple) and isinstance(step, int) else None


def _form_of(value: Any, schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The form among several that a list or table is of; None for any other value."""
    name = "array" if isinstance(value, list | tuple) else "object"
    if not isinstance(value, list | tuple | dict):
        return None
    return next((one for one in schema["anyOf"] if one.get("type") == name), None)


def _explain(where: _Where, kind: str) -> str:
    if kind == "unexpected_keyword_argument":
        return _unknown_key(where)
    title = _title(where.place)
    found = "something else" if _SECRET.intersection(where.place) else _shown(where.value)
    if kind == "missing":
        said = where.schema.get("description", "").partition(":")[0].rstrip(".")
        said = said[:1].lower() + said[1:]
        return f"{_title(where.place[:-1])}: the key {where.place[-1]!r} is missing: {said}"
    choices = where.schema.get("enum", [])
    advice = _hint(where.value, choices) if isinstance(where.value, str) else ""
    if where.schema.get("type") == "array" and isinstance(where.value, str):
        advice = f"; write [{_quoted(where.value)}]"
    return f"{title}: expected {_either(_alternatives(where.schema))}, found {found}{advice}"


def _unknown_key(where: _Where) -> str:
    key, known = str(where.place[-1]), list(where.table.get("properties", {}))
    if len(where.place) == 1:
        hint = _hint(key, known)
        for table, inner in (("links", link_settings()), ("prose", prose_settings())):
            if not hint and key in inner:
                hint = f"; did you mean '{table}.{key}'?"
        return f"unknown key {key!r}{hint}"
    hint = _hint(key, known)
    if isinstance(where.value, dict) and "fields" in known:
        hint = f"; a field is declared as {_title((*where.place[:-1], 'fields', key))}"
    return f"{_title(where.place[:-1])}: unknown key {key!r}{hint}"


def _title(place: Place) -> str:
    """A place for a reader: `select, item 2` or `per-file-ignores."*.md"`."""
    keys = [str(part) for part in place if isinstance(part, str)]
    written = [key if _BARE_KEY.fullmatch(key) else _quoted(key) for key in keys]
    items = [f", item {part + 1}" for part in place if isinstance(part, int)]
    return ".".join(written) + "".join(items)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"the string {_quoted(value)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, date | time):
        return f"the time {value}"
    return "a table" if isinstance(value, dict) else f"the number {value}"


def _alternatives(schema: Mapping[str, Any]) -> list[str]:
    """What may stand where a schema says so, in words."""
    schema = resolved(schema)
    if "anyOf" in schema:
        return [word for one in schema["anyOf"] for word in _alternatives(one)]
    if schema.get("type") == "array" and resolved(schema["items"]).get("type") == "array":
        return ["a list of lists of strings"]
    return list(schema.get("enum", _NAMES[schema.get("type", "object")]))


def type_of(key: str) -> str:
    """What may stand at a key, in words; a dot leads into a table, as in `links.timeout`."""
    schema = bare_schema()
    for part in key.split("."):
        schema = resolved(schema["properties"][part])
    if schema.get("type") != "object":
        return _either(_alternatives(schema))
    if "properties" in schema:
        return _with_keys("a table", schema)
    inner = resolved(schema["additionalProperties"])
    return _with_keys(f"a table, each value {_either(_alternatives(inner))}", inner)


def _with_keys(words: str, schema: Mapping[str, Any]) -> str:
    known = ", ".join(schema.get("properties", ()))
    return f"{words} with the keys {known}" if known else words


def _either(choices: list[str]) -> str:
    return ", ".join(choices[:-1]) + " or " + choices[-1] if len(choices) > 1 else choices[0]


def _hint(word: str, candidates: list[str]) -> str:
    guess = nearest(word.replace("_", "-"), candidates)
    return f"; did you mean {guess!r}?" if guess else ""
