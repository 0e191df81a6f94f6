"""Where a configuration stands, and its text as a table.

This is on the path of every run, so it imports nothing that is slow: no dataclass is made here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURATION_FILE = "mlsd-lint.toml"
PYPROJECT_FILE = "pyproject.toml"
CACHE_DIRECTORY = ".mlsd_lint_cache"
TABLE = ("tool", "mlsd-lint")
_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


class ConfigurationError(UsageError):
    """The configuration cannot be used; `str()` is for the user, one line for each problem."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def find(start: Path) -> Path | None:
    """The configuration that applies in the directory `start`: the nearest one upward."""
    for directory in (start, *start.parents):
        if (directory / CONFIGURATION_FILE).is_file():
            return directory / CONFIGURATION_FILE
        if _has_table(directory / PYPROJECT_FILE):
            return directory / PYPROJECT_FILE
    return None


def _has_table(pyproject: Path) -> bool:
    try:
        content = pyproject.read_bytes()
    except OSError:
        return False
    # Most files do not mention us and need not be parsed; one that does and is broken is taken,
    # so that reading it says what is wrong.
    if TABLE[-1].encode() not in content:
        return False
    import tomllib

    try:
        tool = tomllib.loads(content.decode("utf-8")).get(TABLE[0])
    except ValueError:
        return True
    return isinstance(tool, dict) and TABLE[-1] in tool


def read(path: Path) -> dict[str, Any]:
    """The table of settings as written in the file at `path`; nothing is checked yet.

    Raises:
        ConfigurationError: the file cannot be read or is not TOML.
    """
    import tomllib

    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(_syntax_problem(path, str(error))) from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"{path}: not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}; "
            "save the file as UTF-8"
        ) from None
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot read the configuration: {error.strerror}"
        ) from None
    if path.name != PYPROJECT_FILE:
        return document
    tool = document.get(TABLE[0])
    table = tool.get(TABLE[1], {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise ConfigurationError(f"{path}: tool.mlsd-lint must be a table, [tool.mlsd-lint]")
    return table


def _syntax_problem(path: Path, message: str) -> str:
    place = _TOML_PLACE.search(message)
    said = _TOML_PLACE.sub("", message)
    said = said[:1].lower() + said[1:]
    if place is None or place["line"] is None:
        return f"{path}: not valid TOML: {said} at the end of the file"
    return f"{path}:{place['line']}:{place['column']}: not valid TOML: {said}"
