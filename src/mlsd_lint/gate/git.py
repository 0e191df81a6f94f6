"""Asking git: which command is run, in which environment, and what is said when it fails.

No shell is used, and nothing is written: not even the index is brought up to date. What the
user has configured counts where it says how files are stored (line endings, filters) and whom to
trust; the rest is set here, since output would change with it.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.discovery.repository import git_directories
from mlsd_lint.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

OLDEST = "2.20"
ADVICE = "`git fsck` says what is missing, and `git fetch --refetch` gets it"
_WRONG_USAGE = 129  # what git exits with for an option it does not know
_FIXED = (
    *("core.quotePath=false", "core.fsmonitor=false", "diff.relative=false"),
    "diff.autoRefreshIndex=false",  # else `git diff` writes the index
)
# What a hook finds set, and what would lead git to another repository.
_OF_A_REPOSITORY = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE"),
    *("GIT_SHALLOW_FILE", "GIT_NAMESPACE", "GIT_IMPLICIT_WORK_TREE", "GIT_EXTERNAL_DIFF"),
    *("GIT_REPLACE_REF_BASE", "GIT_DEFAULT_HASH", "GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS"),
)


class GitError(UsageError):
    """Git cannot answer; the message says why and what to do."""


class Answer(NamedTuple):
    """What a git command printed, and its exit code."""

    output: bytes
    errors: str
    code: int


class Git(NamedTuple):
    """Git in the repository whose top directory is `root`."""

    root: Path

    def run(self, *arguments: str) -> bytes:
        """What a command prints.

        Raises:
            GitError: it failed, or there is no git.
        """
        answer = self.ask(*arguments)
        if answer.code:
            raise GitError(self._failure(arguments, answer))
        return answer.output

    def ask(self, *arguments: str, given: bytes = b"") -> Answer:
        """What a command prints that is given some input, and whether it succeeded.

        Raises:
            GitError: there is no git, or one that is too old.
        """
        try:
            done = subprocess.run(  # noqa: S603  # no shell; every argument is ours or checked
                self.command(*arguments),
                input=given,
                capture_output=True,
                check=False,
                env=self.environment(),
            )
        except OSError as error:
            raise GitError(_not_there(error)) from None
        answer = Answer(done.stdout, done.stderr.decode("utf-8", "replace"), done.returncode)
        if answer.code == _WRONG_USAGE:
            raise GitError(self._failure(arguments, answer))
        return answer

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command that is written to and read from as it runs.

        Raises:
            GitError: there is no git.
        """
        try:
            return subprocess.Popen(  # noqa: S603  # likewise
                self.command(*arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self.environment(),
            )
        except OSError as error:
            raise GitError(_not_there(error)) from None

    def command(self, *arguments: str) -> list[str]:
        """The whole command line for these arguments."""
        fixed = (part for setting in _FIXED for part in ("-c", setting))
        return ["git", "-C", str(self.root), *fixed, *arguments]

    def environment(self) -> dict[str, str]:
        """The variables that git is started with.

        A hook is told its repository and the index that is to be committed. Only the latter is
        taken, if it is of this repository: `git commit --all` makes one of its own.
        """
        kept = {name: one for name, one in os.environ.items() if name not in _OF_A_REPOSITORY}
        index = os.environ.get("GIT_INDEX_FILE")
        if index and self._is_own(os.path.abspath(index)):  # noqa: PTH100  # links are compared below
            kept["GIT_INDEX_FILE"] = os.path.abspath(index)  # noqa: PTH100  # likewise
        return kept | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}

    @property
    def index_file(self) -> str:
        """The file of the index that git uses."""
        given = self.environment().get("GIT_INDEX_FILE")
        return given or str(git_directories(self.root).own / "index")

    def _is_own(self, index: str) -> bool:
        own = os.path.realpath(git_directories(self.root).own)
        return os.path.dirname(os.path.realpath(index)) == own  # noqa: PTH120  # strings throughout

    def _failure(self, arguments: tuple[str, ...], answer: Answer) -> str:
        said = answer.errors.strip()
        if "dubious ownership" in said:
            return (
                f"git does not trust {self.root}, which belongs to somebody else; if you do, run "
                f"`git config --global --add safe.directory {self.root}`"
            )
        if answer.code == _WRONG_USAGE:
            version = self._version()
            return f"{version} does not know what is asked of it; {OLDEST} or newer is needed"
        first = said.splitlines()[0] if said else f"exit code {answer.code}"
        advice = f"; {ADVICE}" if "unable to read" in said else ""
        return f"`git {arguments[0]}` failed in {self.root}: {first}{advice}"

    def _version(self) -> str:
        done = subprocess.run(["git", "version"], capture_output=True, check=False)  # noqa: S607  # as found on PATH
        return done.stdout.decode("utf-8", "replace").strip() or "this git"


def _not_there(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "--since and --staged need git, and there is none on PATH"
    return f"git cannot be started: {error.strerror or error}"
