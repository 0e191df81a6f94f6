"""Checks what a configuration says, and describes what it may say; imports pydantic.

`Configuration` itself stands in `settings`, which is cheap to import.
"""

from __future__ import annotations

import json
import posixpath
import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from mlsd_lint import selection
from mlsd_lint.config.files import PYPROJECT_FILE, TABLE, ConfigurationError
from mlsd_lint.config.settings import Configuration, plain, settings
from mlsd_lint.config.toml_lines import line_of
from mlsd_lint.discovery.globs import parse
from mlsd_lint.nearest import nearest
from mlsd_lint.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]
Problem = tuple[Place, Any, str]
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = "urn:mlsd-lint:configuration"
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_EXPECTED = {
    "string_type": "a string",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": "a list of strings",
    "dict_type": "a table",
    "mapping_type": "a table",
}


@cache
def _adapter() -> TypeAdapter[Configuration]:
    return TypeAdapter(Configuration)


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
        problems = [(one["loc"], one["input"], _explain(one["loc"], one)) for one in error.errors()]
        wrong = {place[0] for place, _, _ in problems}
        configuration = _parse({key: values[key] for key in values if key not in wrong})
    problems += [
        (place, value, f"{_title(place)}: {message}")
        for place, value, message in _deeper_problems(configuration)
    ]
    if problems:
        raise ConfigurationError(*_in_order(problems, path, overrides))
    return configuration


def _parse(values: Mapping[str, Any]) -> Configuration:
    # As JSON, because strict checking then takes a list for a tuple and a string for a
    # severity, but never a number for a string.
    return _adapter().validate_json(json.dumps(values, default=str), strict=True)


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


def _explain(place: Place, error: ErrorDetails) -> str:
    found = error["input"]
    if error["type"] == "unexpected_keyword_argument":
        key = str(place[-1])
        return f"unknown key {key!r}{_hint(key, list(settings()))}"
    title = _title(place)
    if error["type"] in ("literal_error", "enum"):
        choices = _choices(place)
        guess = _hint(found, choices) if isinstance(found, str) else ""
        return f"{title}: expected {_either(choices)}, found {_shown(found)}{guess}"
    expected = _EXPECTED.get(error["type"], error["msg"])
    advice = ""
    if error["type"] == "tuple_type" and isinstance(found, str):
        advice = f"; write [{_quoted(found)}]"
    return f"{title}: expected {expected}, found {_shown(found)}{advice}"


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
    return "a table" if isinstance(value, dict) else f"the number {value}"


def _choices(place: Place) -> list[str]:
    """The values that may stand at a place that takes one of a few."""
    name = str(place[0])
    schema = _bare_schema()
    described = schema["properties"][name]
    described = described.get("additionalProperties", described)
    if "$ref" in described:
        described = schema["$defs"][described["$ref"].rpartition("/")[2]]
    choices: list[str] = described["enum"]
    return choices


def type_of(key: str) -> str:
    """What may stand at a key, in words."""
    schema = _bare_schema()["properties"][key]
    if schema.get("type") == "object":
        inner = schema["additionalProperties"]
        values = "a list of strings" if "items" in inner else _either(_choices((key,)))
        return f"a table, each value {values}"
    if "enum" in schema or "$ref" in schema:
        return _either(_choices((key,)))
    names = {
        "array": "a list of strings",
        "boolean": "true or false",
        "integer": "a whole number",
        "string": "a string",
    }
    return names[schema["type"]]


def _either(choices: list[str]) -> str:
    return ", ".join(choices[:-1]) + " or " + choices[-1]


def _hint(word: str, candidates: list[str]) -> str:
    guess = nearest(word.replace("_", "-"), candidates)
    return f"; did you mean {guess!r}?" if guess else ""


def _deeper_problems(configuration: Configuration) -> Iterator[Problem]:
    """What is wrong with values of the right type: (place, the value in question, message)."""
    for key, one in settings().items():
        minimum = one.metadata["minimum"]
        value = getattr(configuration, one.name)
        if minimum is not None and value < minimum:
            yield (key,), None, f"expected {minimum} or more, found {value}"
    if not configuration.include:
        yield ("include",), None, "the list is empty, so that nothing would be checked"
    if posixpath.normpath(configuration.cache_dir) == ".":
        yield ("cache-dir",), None, "expected a folder of its own for the cache"
    yield from _glob_problems(configuration)
    yield from _rule_problems(configuration)


def _glob_problems(configuration: Configuration) -> Iterator[Problem]:
    """Globs that nothing can match, such as `[a.md`."""
    globs: list[tuple[Place, str]] = []
    for key, written in (("include", configuration.include), ("exclude", configuration.exclude)):
        globs += [((key, index), glob) for index, glob in enumerate(written)]
    globs += [(("per-file-ignores", glob), glob) for glob in configuration.per_file_ignores]
    for place, glob in globs:
        parsed = parse(glob)
        if parsed is None or parsed.expression is None:
            yield place, glob, f"the glob {glob!r} matches nothing; see gitignore(5)"


def _rule_problems(configuration: Configuration) -> Iterator[Problem]:
    rules = all_rules()
    for place, selector in _selectors(configuration):
        try:
            selection.known(selector, rules)
        except selection.SelectionError as error:
            yield place, selector, str(error)


def _selectors(configuration: Configuration) -> Iterator[tuple[Place, str]]:
    values = plain(configuration)
    for key in ("select", "extend-select", "ignore"):
        for index, selector in enumerate(values[key]):
            yield (key, index), selector
    for glob, selectors in values["per-file-ignores"].items():
        for index, selector in enumerate(selectors):
            yield ("per-file-ignores", glob, index), selector
    for selector in values["severity"]:
        yield ("severity", selector), selector


@cache
def _bare_schema() -> dict[str, Any]:
    return _adapter().json_schema()


def configuration_schema() -> dict[str, Any]:
    """The JSON Schema of a configuration, as TOML would be after conversion to JSON."""
    schema = json.loads(json.dumps(_bare_schema()))
    for key, one in settings().items():
        described = schema["properties"][key]
        described.pop("title", None)
        described["description"] = one.metadata["description"]
        if one.metadata["minimum"] is not None:
            described["minimum"] = one.metadata["minimum"]
    for definition in schema.get("$defs", {}).values():
        definition.pop("title", None)
    schema |= {
        "$schema": SCHEMA_DIALECT,
        "$id": SCHEMA_ID,
        "title": "mlsd-lint configuration",
        "description": "mlsd-lint.toml, or the table [tool.mlsd-lint] of pyproject.toml.",
    }
    return dict(schema)


def configuration_schema_text() -> str:
    """The content of schemas/configuration.schema.json."""
    return json.dumps(configuration_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
