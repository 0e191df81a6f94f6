"""From paths to the files that are checked, and everything that this depended on.

A run can be replayed only while a new walk would find the same files. So a walk gives, besides
the files, the listing of every directory and the content of every ignore file it looked at.

All paths in the result are absolute, with `/` between names. Symbolic links to files are
followed, those to directories are not.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.discovery.folders import DISK, Folders
from mlsd_lint.discovery.globs import Globs, compile_globs
from mlsd_lint.discovery.ignore_files import (
    IGNORE_FILE,
    IgnoreChain,
    IgnoreFiles,
    is_ignored,
    slashed,
)
from mlsd_lint.discovery.repository import git_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MARKDOWN_SUFFIXES = (".md", ".markdown")
# What never holds a book and is large. Caches and virtual environments of any other name are
# known by the files that mark them.
SKIPPED = frozenset(
    (".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__", ".venv", ".tox", ".nox")
)
MARKERS = frozenset(("CACHEDIR.TAG", "pyvenv.cfg"))


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a walk found, sorted, and what it looked at.

    Attributes:
        files: the files to check.
        unreadable: what was named but is not there, and what could not be listed, each with the
            reason.
        directories: each directory that was listed, with its names, True for a directory (links
            followed); None for one that could not be listed.
        ignore_files: each file that could say what is left out, with its content; None where
            there is none.
    """

    files: tuple[str, ...]
    unreadable: Mapping[str, str]
    directories: Mapping[str, Mapping[str, bool] | None]
    ignore_files: Mapping[str, bytes | None]

    def files_from(self, root: Path) -> list[str]:
        """The files to check, as POSIX paths relative to an absolute directory."""
        top = slashed(str(root).replace(os.sep, "/"))
        return [
            path.removeprefix(top)
            if path.startswith(top)
            else os.path.relpath(path, root).replace(os.sep, "/")
            for path in self.files
        ]


def discover(
    base: Path,
    include: Iterable[str],
    exclude: Iterable[str],
    respect_gitignore: bool,  # noqa: FBT001  # it is the setting of this name
    paths: Sequence[Path] = (),
    folders: Folders = DISK,
) -> Discovered:
    """Find the files to check under `base`, or under `paths` where there are any.

    A file in `paths` is taken whatever the globs and ignore files say; a directory is walked.

    Args:
        base: the directory that the globs are relative to.
        include: globs as in .gitignore. One that names a folder, or ends in `/**`, stands for
            the Markdown files in it.
        exclude: globs as in .gitignore for files and folders to leave out.
        respect_gitignore: whether .gitignore files and .git/info/exclude count.
        paths: files and directories, relative ones from the working directory.
        folders: where all of it is looked up.
    """
    wanted = compile_globs(file_glob for glob in include for file_glob in _file_globs(glob))
    walk = _Walk(_posix(base), wanted, compile_globs(exclude), respect_gitignore, folders)
    for path in paths or (base,):
        walk.start(_posix(path))
    return Discovered(
        tuple(sorted(walk.files)),
        dict(sorted(walk.unreadable.items())),
        walk.directories,
        walk.ignore_files.contents,
    )


def _posix(path: Path) -> str:
    absolute = os.path.abspath(path)  # noqa: PTH100  # resolve() would follow links
    return absolute.replace(os.sep, "/")


def _file_globs(glob: str) -> Iterator[str]:
    """The globs for files that a glob of `include` stands for."""
    folder = glob.rstrip("/")
    if folder == "**" or folder.endswith("/**"):
        folder = "/" + folder.removesuffix("**").strip("/")
    elif folder == glob:
        yield glob
        name = folder.rpartition("/")[2]
        if "*" in name or "." in name:
            return
    start = "" if "/" in folder else "**/"
    for suffix in MARKDOWN_SUFFIXES:
        yield f"{start}{folder.rstrip('/')}/**/*{suffix}"


@dataclass(frozen=True, slots=True)
class _Folder:
    """A directory that is still to be walked, and what counts in it.

    Paths relative to the base start at `offset`; `named` is one that the caller asked for.
    """

    path: str
    offset: int
    chain: IgnoreChain = ()
    in_repository: bool = False
    named: bool = False


@dataclass
class _Walk:
    """One walk; it collects what becomes a `Discovered`."""

    base: str
    include: Globs
    exclude: Globs
    respect_gitignore: bool
    folders: Folders = DISK
    files: set[str] = field(default_factory=set)
    unreadable: dict[str, str] = field(default_factory=dict)
    directories: dict[str, dict[str, bool] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ignore_files = IgnoreFiles(self.folders.content)
        positive = [glob for glob in self.include.globs if not glob.negated]
        self._leading_folders = tuple({glob.leading_folder for glob in positive})

    def start(self, path: str) -> None:
        """Take a file, or walk a directory."""
        if not self.folders.is_directory(path):
            if self.folders.is_there(path):
                self.files.add(path)
            else:
                self.unreadable[path] = "it does not exist"
            return
        # In a folder that is not below the base, globs are relative to that folder.
        inside = slashed(path).startswith(slashed(self.base))
        offset = len(slashed(self.base if inside else path))
        folder = _Folder(path, offset, named=True)
        if self.respect_gitignore:
            chain = self.ignore_files.above(path, self.base if inside else path)
            folder = replace(folder, chain=chain, in_repository=git_root(Path(path)) is not None)
        pending = [folder]
        while pending:
            pending += self._walk_one(pending.pop())

    def _walk_one(self, folder: _Folder) -> Iterator[_Folder]:
        """Collect a directory's files; the directories in it that are to be walked."""
        listing = self._list(folder)
        entered = listing and self._enter(folder, listing[0])
        if not listing or not entered:
            return
        entries, links = listing
        prefix, chain, offset = slashed(folder.path), entered.chain, folder.offset
        for name, leads_to_directory in entries.items():
            path = prefix + name
            if not self._wants(path[offset:], name, is_directory=leads_to_directory):
                continue
            is_directory = leads_to_directory and name not in links
            if chain and is_ignored(chain, path, name, is_directory=is_directory):
                continue
            if is_directory:
                yield replace(entered, path=path, named=False)
            elif not leads_to_directory:
                self.files.add(path)

    def _enter(self, folder: _Folder, entries: Mapping[str, bool]) -> _Folder | None:
        """The folder with what its own ignore files add; None if it is another repository's."""
        if not self.respect_gitignore:
            return folder
        if ".git" in entries and not folder.named:
            if folder.in_repository:
                return None  # a submodule, say
            chain = self.ignore_files.repository(folder.path)
            folder = replace(folder, chain=chain, in_repository=True)
        if IGNORE_FILE in entries:
            folder = replace(folder, chain=self.ignore_files.extend(folder.chain, folder.path))
        return folder

    def _list(self, folder: _Folder) -> tuple[dict[str, bool], set[str]] | None:
        """The names in a directory, True for a directory, and which of them are links.

        None for a directory that cannot be listed or is no place for documents.
        """
        entries, links = {}, set()
        try:
            for name, leads_to_directory, is_link in self.folders.names(folder.path):
                entries[name] = leads_to_directory
                if is_link:
                    links.add(name)
        except OSError as error:
            self.directories[folder.path] = None
            if not isinstance(error, FileNotFoundError):  # it has gone in the meantime
                self.unreadable[folder.path] = f"it cannot be listed: {error.strerror}"
            return None
        markers = MARKERS.intersection(entries)
        if markers and not folder.named:
            # A cache changes from run to run, so its marker counts here, not its listing.
            for marker in markers:
                self.ignore_files.remember(f"{slashed(folder.path)}{marker}")
            return None
        self.directories[folder.path] = entries
        return entries, links

    def _wants(self, path: str, name: str, *, is_directory: bool) -> bool:
        """Whether the settings ask for a file, or for what a directory may hold."""
        if is_directory:
            asked_for = name not in SKIPPED and self._may_hold(path)
        else:
            asked_for = self.include.verdict(path, name, is_directory=False) is True
        return asked_for and not self.exclude.verdict(path, name, is_directory=is_directory)

    def _may_hold(self, directory: str) -> bool:
        return any(
            not leading
            or f"{leading}/".startswith(f"{directory}/")
            or f"{directory}/".startswith(f"{leading}/")
            for leading in self._leading_folders
        )
