"""`docs/configuration.md`: every setting, as its declaration describes it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from textwrap import fill
from typing import TYPE_CHECKING, Any

from mlsd_lint.commands.config import TABLES
from mlsd_lint.config.links import host_settings
from mlsd_lint.config.toml_text import toml_value

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = """\
# Configuration

Every setting, with its type, its default and an example. `mlsd-lint config fail-on` prints the same for
one of them, `mlsd-lint config` shows which values hold here and which line says so, and `make docs`
writes this page from the declarations.

The settings stand in `mlsd-lint.toml`, as on this page, or under `[tool.mlsd-lint]` in
`pyproject.toml`:

```toml
[tool.mlsd-lint]
include = ["README.md", "docs/"]
fail-on = "warning"

[tool.mlsd-lint.links]
timeout = "30s"
```

The nearest of these files holds, looked for in the working directory and the folders above it, and
`--config` names another. Paths and globs are relative to its folder. A flag on the command line wins
over the file. A wrong key or value is an error that names the nearest right one, and
[a JSON Schema](../schemas/configuration.schema.json) tells an editor what is possible.
"""
TITLES = {"links": "External links", "prose": "Prose", "prose.languagetool": "LanguageTool"}
TYPES = (
    "All keys of a type and of its fields are in\n"
    "[Describe your book](describe-your-book.md#every-key-of-a-type).\n"
)
HOSTS = """\
The keys that a pattern can have:

| key | what |
| --- | --- |
"""


def configuration_page() -> str:
    """The text of the page."""
    described = _described()
    groups = {table: _within(table, described) for table in ("", *TABLES)}
    parts = [HEAD, "## The book\n", *_settings(groups[""])]
    for table in TABLES:
        parts += [f"## {TITLES[table]}\n", f"{described[table]['description']}\n"]
        parts += _settings(groups[table])
    return "\n".join(parts)


def _described() -> dict[str, dict[str, Any]]:
    """What `mlsd-lint config` says of each setting where there is no configuration."""
    command = [sys.executable, "-m", "mlsd_lint", "config", "--isolated", "--output-format", "json"]
    described: dict[str, dict[str, Any]] = json.loads(subprocess.check_output(command))
    return described


def _within(table: str, described: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The settings of one table, or those of none, without tables."""
    return {
        key: one
        for key, one in described.items()
        if key.rpartition(".")[0] == table and key not in TABLES
    }


def _settings(described: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [_setting(key, one) for key, one in described.items()]


def _setting(key: str, one: Mapping[str, Any]) -> str:
    facts = f"Type: {_type(one)}. Default: {_default(one['default'])}."
    text = (
        f"### {key}\n\n{_wrapped(one['description'])}\n\n"
        f"{_wrapped(facts)}\n\n"
        f"```toml\n{one['example']}\n```\n"
    )
    if key == "types":
        text += f"\n{TYPES}"
    if key == "links.hosts":
        rows = (
            f"| `{name}` | {field.metadata['description']} |\n"
            for name, field in host_settings().items()
        )
        text += f"\n{HOSTS}{''.join(rows)}"
    return text


def _type(one: Mapping[str, Any]) -> str:
    """What may stand there, in words, or the few values that may."""
    words: str = one["type"]
    example = re.search(r'= "(.+)"$', one["example"])
    choices = re.split(", | or ", words)
    if one["default"] in choices or (example and example[1] in choices):
        return re.sub(r"[a-z-]+(?=,|$| or )", r"`\g<0>`", words)
    return words


def _wrapped(text: str) -> str:
    return fill(text, 100, break_long_words=False, break_on_hyphens=False)


def _default(value: Any) -> str:
    return "not set" if value is None else f"`{toml_value(value)}`"
