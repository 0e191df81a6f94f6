"""`mlsd-lint schema`: the JSON Schemas of a project, written to files or compared with them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

DEFAULT_DIRECTORY = "schemas"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `schema`."""
    parser.add_argument(
        "action",
        choices=["export", "check"],
        help="write the schemas, or say which of the written ones are out of date",
    )
    parser.add_argument(
        "--directory",
        metavar="DIR",
        help="where they are (default: schemas/ beside the configuration file)",
    )
    parser.add_argument("--config", metavar="FILE", help="the configuration file to use")


def run(arguments: argparse.Namespace) -> int:
    """Write the schemas, or compare them: 1 if they are not as `export` would write them.

    Raises:
        UsageError: the configuration is wrong, or a schema cannot be written.
    """
    from mlsd_lint.location import locate
    from mlsd_lint.program import tool_fingerprint
    from mlsd_lint.project import load
    from mlsd_lint.schemas import schemas

    file = Path(arguments.config) if arguments.config else None
    project = load(locate([], {}, file=file), tool_fingerprint())
    chosen = arguments.directory
    directory = Path(chosen) if chosen else project.base / DEFAULT_DIRECTORY
    expected = schemas(project)
    if arguments.action == "export":
        return _export(directory, expected)
    return _check(directory, expected)


def _export(directory: Path, expected: Mapping[str, str]) -> int:
    from mlsd_lint.location import from_here

    for name, text in expected.items():
        file = directory / name
        if _content(file) == text:
            continue
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        except OSError as error:
            raise UsageError(f"{file} cannot be written: {error.strerror}") from None
        sys.stdout.write(f"{from_here(file)}: written\n")
    for file in _left_over(directory, expected):
        file.unlink()
        sys.stdout.write(f"{from_here(file)}: removed, there is no such type\n")
    return 0


def _check(directory: Path, expected: Mapping[str, str]) -> int:
    from mlsd_lint.location import from_here

    problems = [
        f"{from_here(directory / name)}: {'missing' if content is None else 'out of date'}"
        for name, text in expected.items()
        if (content := _content(directory / name)) != text
    ]
    problems += [
        f"{from_here(file)}: there is no such type" for file in _left_over(directory, expected)
    ]
    for problem in problems:
        sys.stdout.write(f"{problem}; run `mlsd-lint schema export`\n")
    return 1 if problems else 0


def _left_over(directory: Path, expected: Mapping[str, str]) -> Iterator[Path]:
    """The schemas that were written for types which are gone; nobody else's files."""
    from mlsd_lint.schemas import SUFFIX, TYPE_ID, TYPES_FOLDER

    for file in sorted((directory / TYPES_FOLDER).glob(f"*{SUFFIX}")):
        if f"{TYPES_FOLDER}/{file.name}" in expected:
            continue
        try:
            identifier = json.loads(_content(file) or "{}").get("$id", "")
        except (ValueError, AttributeError):
            continue
        if str(identifier).startswith(TYPE_ID):
            yield file


def _content(file: Path) -> str | None:
    try:
        return file.read_bytes().decode().replace("\r\n", "\n")
    except (OSError, ValueError):
        return None
