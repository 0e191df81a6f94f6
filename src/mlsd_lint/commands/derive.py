"""`mlsd-lint derive`: a document type, in TOML, proposed from a good example."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from mlsd_lint.typed.deriving import Files

_HEAD = """\
# A proposal: what {path} has. Take out what other documents need not have.
# For mlsd-lint.toml; in pyproject.toml, write [tool.mlsd-lint.types…] for [types…].
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `derive`."""
    parser.add_argument("file", metavar="FILE", help="a document as they all should be")
    parser.add_argument("--name", metavar="NAME", help="the name of the type")
    parser.add_argument("--config", metavar="FILE", help="the configuration file to use")


def run(arguments: argparse.Namespace) -> int:
    """Print the type.

    Raises:
        UsageError: the file cannot be read, or its front matter.
    """
    from mlsd_lint.indexing import UncheckedError, parsed, read
    from mlsd_lint.location import absolute, locate
    from mlsd_lint.page import page
    from mlsd_lint.project import load
    from mlsd_lint.typed.deriving import derive, files_of
    from mlsd_lint.typed.fitting import as_toml, fitted
    from mlsd_lint.typed.front_matter import FrontMatterError

    example = absolute(Path(arguments.file))
    file = Path(arguments.config) if arguments.config else None
    project = load(locate([example], {}, file=file), "")
    path = example.name
    if example.is_relative_to(project.base):
        path = example.relative_to(project.base).as_posix()
    try:
        content = read(example, path, project.configuration.max_file_size)
        document = parsed(content, path)
    except UncheckedError as error:
        raise UsageError(str(error)) from None
    files = files_of(path)
    anchors = page(document, project.configuration.dialect).anchors
    try:
        declared = fitted(derive(document, files), document, anchors)
    except FrontMatterError as error:
        line = document.source.position(error.offset).line
        raise UsageError(f"{path}:{line}: the front matter cannot be read: {error}") from None
    name = arguments.name or _name(path, files)
    sys.stdout.write(f"{_HEAD.format(path=path)}\n{as_toml(name, declared)}")
    return 0


def _name(path: str, files: Files) -> str:
    """What a type may be called: one of the things in its folder, or as the file."""
    folder, _, name = path.rpartition("/")
    said = folder.rpartition("/")[2].removesuffix("s") if files.number else ""
    said = said or name.rpartition(".")[0]
    return re.sub(r"[\W_]+", "-", said.lower()).strip("-") or "document"
