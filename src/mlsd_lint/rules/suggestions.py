"""What a wrong destination was probably meant to be, spelled as its author would spell it."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from mlsd_lint.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.targets import Target
    from mlsd_lint.workspace import Tree, Workspace

# What would end a destination in Markdown or in an attribute, or begin an escape.
_UNSAFE = re.compile(r"[\s<>()\[\]\\\"'`#?%]")


def existing_near(page_path: str, target: Target, workspace: Workspace) -> str | None:
    """The path, as seen from the page, of what a link to nothing was probably meant to name.

    That is a name much like it in the same directory, or else the only checked document that
    has the same name and stands elsewhere.
    """
    for candidate in target.candidates:
        near = _near_in_tree(candidate, workspace.tree)
        if near is not None and near != page_path:
            return _seen_from(page_path, near)
    by_name = workspace.once(_pages_by_name)
    names = {posixpath.basename(candidate) for candidate in target.candidates}
    moved = [path for name in names for path in by_name.get(name, ())]
    return _seen_from(page_path, moved[0]) if len(moved) == 1 and moved != [page_path] else None


def _pages_by_name(workspace: Workspace) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = {}
    for path in workspace.pages:
        pages.setdefault(posixpath.basename(path), []).append(path)
    return pages


def _near_in_tree(path: str, tree: Tree) -> str | None:
    """`path` with its first part that does not exist replaced, if that makes all of it exist."""
    parts = path.split("/")
    for index, part in enumerate(parts):
        directory = "/".join(parts[:index])
        entries = tree.entries(directory)
        if entries is None:
            return None
        if part in entries:
            continue
        name = _similar(part, entries)
        if name is None:
            return None
        near = tree.find(posixpath.join(directory, name, *parts[index + 1 :]))
        return near.path if near else None
    return None


def _similar(name: str, entries: Iterable[str]) -> str | None:
    """The entry that `name` is a slip of: one extension left out or changed, or letters in it.

    Letters are compared without the extension, which would make any two short names alike.
    """
    stem, extension = posixpath.splitext(name)
    split = [posixpath.splitext(entry) for entry in sorted(entries)]
    same_stem = [one + other for one, other in split if one == stem]
    if len(same_stem) == 1:
        return same_stem[0]
    near = nearest(stem, [one for one, other in split if other == extension])
    return None if near is None else near + extension


def _seen_from(page_path: str, path: str) -> str:
    return quoted(posixpath.relpath(path or ".", posixpath.dirname(page_path) or "."))


def spelled_as(written: str, actual: str) -> str | None:
    """A written path with its names in the letter case of the existing path `actual`.

    The two are compared from their ends; percent-encoding, `.` and `..` stay as they are. None
    if they differ in more than case.
    """
    names = actual.split("/")
    parts = written.split("/")
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if part in {"", "."}:
            continue
        if part == ".." or not names:
            break
        name = names.pop()
        decoded = unquote(part)
        if decoded.casefold() != name.casefold():
            return None
        if decoded != name:
            parts[index] = quote(name) if decoded != part else name
    return "/".join(parts)


def quoted(name: str) -> str:
    """A path or an anchor's name as it can stand in a destination; letters of any script stay."""
    return _UNSAFE.sub(lambda match: quote(match.group(), safe=""), name)
