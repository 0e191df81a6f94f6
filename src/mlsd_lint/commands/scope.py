"""What a check is about: the documents that are named, and the whole book they belong to."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.commands.contradictions import STANDARD_INPUT
from mlsd_lint.digests import NOTHING, content_digest, listing_digest
from mlsd_lint.discovery.folders import DISK
from mlsd_lint.discovery.walk import discover
from mlsd_lint.errors import UsageError
from mlsd_lint.location import absolute
from mlsd_lint.reporters.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlsd_lint.discovery.folders import Folders
    from mlsd_lint.discovery.walk import Discovered
    from mlsd_lint.gate.gating import Gate
    from mlsd_lint.project import Project


def discovered(project: Project, paths: Sequence[Path] = (), folders: Folders = DISK) -> Discovered:
    """The documents that are named among some folders; the whole book if none is."""
    settings = project.configuration
    return discover(
        project.base,
        settings.include,
        settings.exclude,
        settings.respect_gitignore,
        paths,
        folders,
    )


@dataclass(frozen=True)
class Scope:
    """What the command line names, in a project; `gate` is there in a comparison.

    `stdin_filename` is what standard input is the content of, None if the user did not say.
    """

    project: Project
    paths: Sequence[str]
    stdin_filename: str | None = None
    gate: Gate | None = None

    @cached_property
    def overlay(self) -> dict[str, bytes]:
        """Standard input under the name it was given.

        Raises:
            UsageError: it is closed.
        """
        if STANDARD_INPUT not in self.paths:
            return {}
        if sys.stdin is None:
            raise UsageError("standard input is closed")
        name = self.stdin_filename or "stdin.md"
        return {self.project.relative(Path(name).absolute()): sys.stdin.buffer.read()}

    @cached_property
    def reported(self) -> list[str]:
        """The root-relative files to report on."""
        if self.overlay:
            return list(self.overlay)
        relative = self.project.relative
        unreadable = (relative(Path(path)) for path in self._named.unreadable)
        there = (path for path in unreadable if not self._was_there(path))
        return [*self._named.files_from(self.project.root), *there]

    @cached_property
    def book(self) -> list[str]:
        """The root-relative files of the configured book."""
        return self._whole_book.files_from(self.project.root)

    def look_for_documents(self) -> None:
        """Make sure that there is something to check.

        Raises:
            UsageError: there is nothing, or no document of a type that must have one.
        """
        if not self.reported and not (self.gate and self.gate.had_documents):
            where = ", ".join(self.paths) or str(self.project.base)
            globs = ", ".join(self.project.configuration.include)
            raise UsageError(
                one_line(f"no Markdown files in {where} (include: {globs}); nothing was checked")
            )
        if not self.paths:
            self._look_for_required()

    def is_wanted(self, path: str) -> bool:
        """Whether a comparison reports on a document: it is named, or lies in what is named."""
        if not self.paths:
            return True
        return path in self._wanted_files or path.startswith(self._wanted_folders)

    @property
    def seen(self) -> dict[str, str]:
        """The digests of the folders and ignore files that were looked at, by absolute path."""
        if self.overlay or self._folders is not DISK:
            return {}
        return _looked_at(self._named) | _looked_at(self._whole_book)

    @cached_property
    def _folders(self) -> Folders:
        return self.gate.folders if self.gate else DISK

    @cached_property
    def _named(self) -> Discovered:
        return discovered(self.project, [Path(path) for path in self.paths], self._folders)

    @cached_property
    def _whole_book(self) -> Discovered:
        """Every file of the configured book.

        Without a configuration, what is named is all, but in a comparison: what a change breaks
        may be anywhere.
        """
        if self.paths and (self.project.file or self.gate):
            return discovered(self.project, (), self._folders)
        return self._named

    def _was_there(self, path: str) -> bool:
        """Whether a change took away what stood at a path, so that nothing is wrong with that."""
        return self.gate is not None and self.gate.was_there(path)

    def _look_for_required(self) -> None:
        types = self.project.configuration.types
        if not any(one.required for one in types.values()):
            return
        from mlsd_lint.typed.required import without_document

        base = self.project.base
        book = [os.path.relpath(file, base).replace(os.sep, "/") for file in self._whole_book.files]
        missing = without_document(types, book, base)
        if missing:
            said = [
                one_line(self.project.misdeclared((name,), text)) for name, text in missing.items()
            ]
            raise UsageError("\n".join(said))

    @cached_property
    def _wanted_files(self) -> frozenset[str]:
        return frozenset((*self.reported, *(path.rstrip("/") for path in self._wanted_folders)))

    @cached_property
    def _wanted_folders(self) -> tuple[str, ...]:
        if self.overlay:
            return ()
        named = (self.project.relative(absolute(Path(path))) for path in self.paths)
        return tuple("" if path == "." else f"{path}/" for path in named)


def _looked_at(walk: Discovered) -> dict[str, str]:
    """The digests of the folders and ignore files of a walk."""
    seen = {path: listing_digest(entries) for path, entries in walk.directories.items()}
    for path, content in walk.ignore_files.items():
        seen[path] = NOTHING if content is None else content_digest(content)
    return seen
