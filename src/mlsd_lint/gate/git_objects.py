"""What git knows of a state of the repository: its files, and their contents."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.discovery.repository import git_directories
from mlsd_lint.gate.git import ADVICE, Git, GitError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping

SYMLINK = "120000"
SUBMODULE = "160000"
_NONE = "000000"
_MODIFIED = "M"
_UNMERGED = "U"
_LFS_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n"
)
_LARGEST_POINTER = 1024  # bytes, says the specification of LFS
_PIECE = 1 << 20  # bytes
_DIFF = ("--raw", "-z", "--no-renames", "--no-abbrev")


class Blob(NamedTuple):
    """A file as git keeps it: its mode as in a tree, six octal digits, and the object's id."""

    mode: str
    oid: str


@dataclass(frozen=True)
class Snapshot:
    """The files of one state, by root-relative path; symbolic links and submodules too."""

    files: Mapping[str, Blob]

    @cached_property
    def folders(self) -> Mapping[str, Mapping[str, Blob | None]]:
        """The names in each folder; None for a folder."""
        found: dict[str, dict[str, Blob | None]] = {"": {}}
        for path, blob in self.files.items():
            folder, _, name = path.rpartition("/")
            _folder(found, folder)[name] = blob
        return found

    @cached_property
    def submodules(self) -> frozenset[str]:
        """The folders that belong to other repositories."""
        return frozenset(path for path, one in self.files.items() if one.mode == SUBMODULE)

    @cached_property
    def links(self) -> frozenset[str]:
        """The symbolic links."""
        return frozenset(path for path, one in self.files.items() if one.mode == SYMLINK)


def _folder(found: dict[str, dict[str, Blob | None]], path: str) -> dict[str, Blob | None]:
    if path not in found:
        parent, _, name = path.rpartition("/")
        _folder(found, parent)[name] = None
        found[path] = {}
    return found[path]


class Known(NamedTuple):
    """What the index says of the work tree: its submodules, and what is not checked out."""

    submodules: frozenset[str]
    left_out: frozenset[str]


def at_commit(git: Git, commit: str) -> Snapshot:
    """The files at a commit; none for ""."""
    if not commit:
        return Snapshot({})
    files = {}
    for line in _records(git.run("ls-tree", "-r", "-z", "--full-tree", commit)):
        about, _, path = line.partition(b"\t")
        mode, _, oid = about.decode("ascii").split(" ")
        files[_path(path)] = Blob(mode, oid)
    return Snapshot(files)


def at_index(git: Git, commit: str, before: Snapshot) -> Snapshot:
    """The files that the index would make the next commit of; `before` are those at HEAD.

    Raises:
        GitError: the index has conflicts.
    """
    tree = commit or git.run("hash-object", "-t", "tree", "--stdin").decode().strip()
    arguments = ("diff-index", "--cached", "--ita-invisible-in-index", *_DIFF, tree, "--")
    files = dict(before.files)
    for change in _changes(git.run(*arguments)):
        if change.status == _UNMERGED:
            raise GitError(f"{change.path} has conflicts; resolve them and `git add` it")
        if change.blob.mode == _NONE:
            files.pop(change.path, None)
        else:
            files[change.path] = change.blob
    return Snapshot(files)


def differing(git: Git, commit: str) -> frozenset[str]:
    """The paths at which the work tree differs from a commit, or from the index for "".

    Git decides: what only its line endings or filters change on the disk does not differ, and
    what is not checked out does not either. For what was only touched, it is asked what it would
    store, since it would otherwise bring its index up to date.
    """
    arguments = ("diff", "--no-color", "--no-ext-diff", "--ignore-submodules=all", *_DIFF)
    output = git.run(*arguments, *filter(None, (commit,)), "--")
    changes = list(_changes(output))
    touched = [one for one in changes if one.is_unread and "\n" not in one.path]
    paths = "".join(f"{one.path}\n" for one in touched).encode("utf-8", "surrogateescape")
    hashed = git.ask("hash-object", "--stdin-paths", given=paths) if touched else None
    same: set[str] = set()
    if hashed and hashed.code == 0:
        oids = hashed.output.decode("ascii").split()
        same = {one.path for one, oid in zip(touched, oids, strict=True) if oid == one.before}
    return frozenset(change.path for change in changes) - same


def known(git: Git) -> Known:
    """What the index says of the work tree."""
    submodules, left_out = set(), set()
    for line in _records(git.run("ls-files", "-s", "-t", "-z")):
        about, _, path = line.partition(b"\t")
        tag, mode, _, _ = about.decode("ascii").split(" ")
        if mode == SUBMODULE:
            submodules.add(_path(path))
        elif tag == "S":
            left_out.add(_path(path))
    return Known(frozenset(submodules), frozenset(left_out))


class _Change(NamedTuple):
    """A path, git's letter for what happened to it, the object before, and what is there now."""

    path: str
    status: str
    before: str
    blob: Blob

    @property
    def is_unread(self) -> bool:
        """Whether git knows of a regular file only that it was touched since it looked at it."""
        regular = self.blob.mode.startswith("100")
        return self.status == _MODIFIED and regular and not self.blob.oid.strip("0")


def _changes(output: bytes) -> Iterator[_Change]:
    """Git's raw format of a difference, see git-diff(1), without renames."""
    records = _records(output)
    for about in records:
        _, mode, before, oid, status = about.decode("ascii").removeprefix(":").split(" ")
        yield _Change(_path(next(records)), status[:1], before, Blob(mode, oid))


def _records(output: bytes) -> Iterator[bytes]:
    return iter(output.split(b"\0")[:-1])


def _path(name: bytes) -> str:
    """A path as Python has it from the disk: bytes that are not UTF-8 are surrogates."""
    return name.decode("utf-8", "surrogateescape")


@dataclass
class Objects:
    """Reads objects of a repository; git is started for the first one."""

    git: Git
    _process: subprocess.Popen[bytes] | None = None

    def content(self, oid: str, limit: int) -> bytes | int:
        """The content of a blob, or its size in bytes if that is above `limit`.

        The pointer to a file of LFS stands for that file where it is on this disk.

        Raises:
            GitError: git does not have it.
        """
        content = self._read(oid, limit)
        if isinstance(content, bytes) and len(content) <= _LARGEST_POINTER:
            pointer = _LFS_POINTER.match(content)
            if pointer:
                return self._of_lfs(pointer[1].decode(), limit) or content
        return content

    def close(self) -> None:
        """End git."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _read(self, oid: str, limit: int) -> bytes | int:
        if self._process is None:
            self._process = self.git.start("cat-file", "--batch")
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise GitError("git cat-file has no pipes")
        try:
            stdin.write(oid.encode("ascii") + b"\n")
            stdin.flush()
            answer = stdout.readline().split()
        except OSError:
            answer = []
        if len(answer) != 3:
            raise GitError(f"git cannot read the object {oid} in {self.git.root}; {ADVICE}")
        size = int(answer[2])
        if size <= limit:
            return stdout.read(size + 1)[:-1]
        left = size + 1
        while left > 0 and (piece := stdout.read(min(left, _PIECE))):
            left -= len(piece)
        return size

    def _of_lfs(self, oid: str, limit: int) -> bytes | int | None:
        folder = git_directories(self.git.root).common / "lfs" / "objects"
        file = Path(folder, oid[:2], oid[2:4], oid)
        with suppress(OSError):
            size = file.stat().st_size
            return file.read_bytes() if size <= limit else size
        return None
