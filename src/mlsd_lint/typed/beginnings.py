"""What is known of a document before it is written: its path, and what it repeats from others."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError
from mlsd_lint.typed.files import captures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mlsd_lint.typed.types import Type, Types
    from mlsd_lint.workspace import End

_CAPTURE = re.compile(r"\{[^{}]*\}")


def path_of(type_: Type, name: str) -> str:
    """The path of the document of a type that `name` stands for, from the globs' folder.

    `name` is the path itself, or what fills the captures or the star of a glob; several of them
    are parted by slashes.

    Raises:
        UsageError: no document of the type can have this name.
    """
    if ".." not in name.split("/"):
        tried = [name, *(one for glob in type_.files if (one := _filled(glob, name)))]
        for path in (*tried, *(f"{one}.md" for one in tried if not one.endswith(".md"))):
            if captures(path, type_.files) is not None and path.endswith((".md", ".markdown")):
                return path
    globs = " or ".join(type_.files)
    raise UsageError(f"no document of type {type_.name!r} can be called {name!r}: it is {globs}")


def _filled(glob: str, name: str) -> str | None:
    """The glob with the name in it; None if it has another number of places to fill."""
    glob = glob.removeprefix("/").removesuffix("**").replace("**/", "")
    places = _CAPTURE if _CAPTURE.search(glob) else re.compile(r"\*+")
    if glob.endswith("/") and not places.search(glob):
        return glob + name
    if not places.search(glob):
        stem = posixpath.basename(glob).rpartition(".")[0]
        return glob if name == stem else None
    wanted = len(places.findall(glob))
    values = iter(name.split("/") if wanted > 1 else [name])
    if wanted != len(name.split("/")):
        return None
    return places.sub(lambda _: next(values), glob)


def check_captured(type_: Type, captured: Mapping[str, str]) -> None:
    """Check that what a name says is what the fields of the type take.

    Raises:
        UsageError: it is not, such as letters for a number.
    """
    for name, value in captured.items():
        taker = type_.shape.field(name)
        expression = taker.kind.expression if taker else None
        if taker and expression and not expression.fullmatch(value):
            raise UsageError(f"{name}: expected {taker.expected}, found {value!r}")


def repeated_texts(
    type_: Type,
    types: Types,
    captured: Mapping[str, str],
    ends_of: Callable[[str], Iterable[End]],
) -> dict[tuple[str, ...], str]:
    """The texts that a document repeats from elsewhere, by the paths of its own fields.

    `ends_of` gives the ends of relations in all documents of a type. A text that the other
    document leaves out is empty here.
    """
    found: dict[tuple[str, ...], str] = {}
    for relation in types.relations:
        refers = relation.field.refers
        said = captured.get(relation.field.name)
        in_document = relation.holder is type_.shape or relation.holder.model is type_.shape.model
        if refers is None or not refers.same or said is None or not in_document:
            continue
        key = said.lstrip("0") or "0" if said.isdigit() else said
        ends = (end for target in relation.targets for end in ends_of(target.type))
        for end in ends:
            if end.relation == relation.name and not end.refers and end.key == key:
                for mine, theirs in zip(refers.same, end.texts, strict=True):
                    found[tuple(mine.split("."))] = _at_margin(theirs.text)
                break
    return found


def _at_margin(text: str) -> str:
    """A text as it stands at the beginning of lines; its own list items keep their order."""
    first, *rest = text.replace("\r\n", "\n").split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first, *(line[margin:] for line in rest)])
