"""`mlsd-lint new`: a document of a type, with the form it has to have and what is to be filled in."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from mlsd_lint.project import Project
    from mlsd_lint.typed.templates import Beginnings
    from mlsd_lint.typed.types import Type, Types
    from mlsd_lint.workspace import End


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of `new`."""
    parser.add_argument("type", metavar="TYPE", help="a document type of the configuration")
    parser.add_argument(
        "name",
        metavar="NAME",
        help="what its file is called: a path, or what the type's files capture of one",
    )
    parser.add_argument("-o", "--output-file", metavar="FILE", help="write it to another file")
    parser.add_argument("--config", metavar="FILE", help="the configuration file to use")


def run(arguments: argparse.Namespace) -> int:
    """Write the document.

    Raises:
        UsageError: there is no such type, it cannot have that name, or the file exists.
    """
    from mlsd_lint.location import absolute, from_here, locate
    from mlsd_lint.project import load
    from mlsd_lint.typed.templates import template
    from mlsd_lint.typed.types import load_types

    file = Path(arguments.config) if arguments.config else None
    project = load(locate([], {}, file=file), "")
    project.prepare()
    if not project.configuration.types:
        raise UsageError(
            "no document types are configured; `mlsd-lint derive FILE` proposes one from an example"
        )
    types = load_types(project.indexing.types)
    type_ = _type(arguments.type, types)
    path = _path(type_, arguments.name, project)
    target = absolute(Path(arguments.output_file)) if arguments.output_file else project.base / path
    if os.path.lexists(target):
        raise UsageError(f"{from_here(target)} exists already; nothing was written")
    _write(target, template(type_, _beginnings(type_, types, project, path, target)))
    shown = from_here(target)
    sys.stdout.write(
        f"Wrote {shown}. Next: write what FILL IN stands for, then run `mlsd-lint check {shown}`.\n"
    )
    return 0


def _type(name: str, types: Types) -> Type:
    if name in types.types:
        return types.types[name]
    from mlsd_lint.nearest import nearest

    guess = nearest(name, types.types)
    hint = f"did you mean {guess!r}?" if guess else f"there are {', '.join(types.types)}"
    raise UsageError(f"there is no document type {name!r}; {hint}")


def _path(type_: Type, name: str, project: Project) -> str:
    """The path of the new document from the folder of the configuration."""
    from mlsd_lint.typed.beginnings import path_of
    from mlsd_lint.typed.files import captures

    given = os.path.relpath(Path(name).absolute(), project.base).replace(os.sep, "/")
    if captures(given, type_.files) is not None and given.endswith((".md", ".markdown")):
        return given
    return path_of(type_, name.replace(os.sep, "/"))


def _beginnings(type_: Type, types: Types, project: Project, path: str, target: Path) -> Beginnings:
    from mlsd_lint.discovery.walk import discover
    from mlsd_lint.typed.beginnings import check_captured, repeated_texts
    from mlsd_lint.typed.files import captures
    from mlsd_lint.typed.templates import Beginnings

    settings = project.configuration
    discovered = discover(
        project.base, settings.include, settings.exclude, settings.respect_gitignore, ()
    )
    files = [project.relative(Path(one)) for one in discovered.files]
    captured = captures(path, type_.files) or {}
    check_captured(type_, captured)

    @cache
    def ends_of(name: str) -> list[End]:
        of_type = [one for one in files if name in {found.name for found, _ in types.matching(one)}]
        return [end for one in of_type for end in _ends(one, types, project)]

    matching = [found.name for found, _ in types.matching(project.relative(target))]
    return Beginnings(
        project.relative(target),
        captured,
        repeated_texts(type_, types, captured, ends_of),
        files,
        says_type=matching != [type_.name],
    )


def _ends(path: str, types: Types, project: Project) -> tuple[End, ...]:
    """The ends of relations in a document; none in one that cannot be read."""
    from mlsd_lint.indexing import UncheckedError, parsed, read
    from mlsd_lint.page import page
    from mlsd_lint.typed.checking import check_typed

    try:
        content = read(project.root / path, path, project.configuration.max_file_size)
        document = parsed(content, path)
    except UncheckedError:
        return ()
    anchors = page(document, project.configuration.dialect).anchors
    return check_typed(document, types, anchors).ends


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(text.encode())
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}") from None
