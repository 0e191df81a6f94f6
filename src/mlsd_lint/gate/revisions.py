"""Which commit a change is compared with, and what to say where there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.discovery.repository import git_root
from mlsd_lint.gate.git import Git, GitError
from mlsd_lint.nearest import nearest

if TYPE_CHECKING:
    from pathlib import Path

_STEPS = re.compile(r"[~^@]")  # what leads from a name to another commit, see gitrevisions(7)
_DEEPEN = (
    "Run `git fetch --unshallow` (or `git fetch --deepen=100` until it is there); in GitHub "
    "Actions set `fetch-depth: 0` for actions/checkout, in GitLab `GIT_DEPTH: 0`."
)


class Base(NamedTuple):
    """What a change is compared with.

    `name` is how the user called it; `commit` is its id, "" in a repository without commits.
    `staged` says that the change is what the index holds, not the work tree.
    """

    name: str
    commit: str
    staged: bool


def since(folder: Path, reference: str) -> Base:
    """The commit at which the change that leads to the work tree left `reference`.

    That is the merge base of it and HEAD: what others did on `reference` later is not this
    change's doing.

    Raises:
        GitError: there is no such commit, and how to get it.
    """
    git = _git(folder)
    if not reference or reference.startswith("-") or ".." in reference:
        raise GitError(f"--since takes one commit, branch or tag, not {reference!r}")
    answer = git.ask("merge-base", reference, "HEAD")
    if answer.code == 0:
        return Base(reference, answer.output.decode().split()[0], staged=False)
    raise GitError(_no_base(git, reference))


def staged(folder: Path) -> Base:
    """The commit on which the index is to be committed.

    Raises:
        GitError: it is no repository.
    """
    git = _git(folder)
    return Base("HEAD", _commit(git, "HEAD"), staged=True)


def _git(folder: Path) -> Git:
    if git_root(folder) is None:
        raise GitError(f"--since and --staged need a git repository, and {folder} is in none")
    return Git(folder)


def _commit(git: Git, name: str) -> str:
    """The id of a commit; "" if there is none of this name."""
    answer = git.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if answer.code == 0:
        return answer.output.decode().strip()
    if "dubious ownership" in answer.errors:
        git.run("rev-parse", "HEAD")  # which says what to do
    return ""


def _no_base(git: Git, reference: str) -> str:
    shallow = git.run("rev-parse", "--is-shallow-repository").strip() == b"true"
    if not _commit(git, "HEAD"):
        return "there is no commit yet, so there is nothing to compare with; use --staged"
    if not _commit(git, reference):
        return _unknown(git, reference, shallow=shallow)
    if shallow:
        return (
            f"this clone is shallow and does not have the commit at which HEAD left {reference}. "
            + _DEEPEN
        )
    return f"{reference} and HEAD have no commit in common, so there is nothing to compare with"


def _unknown(git: Git, reference: str, *, shallow: bool) -> str:
    names = git.run("for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace")
    known = [*names.splitlines(), "HEAD"]
    near = nearest(reference, known)
    said = f"there is no commit {reference!r}"
    start = _STEPS.split(reference)[0]
    if start != reference and _commit(git, start):
        said += f": the history of {start!r} does not go back that far"
        near = None
        if not shallow:
            return said
    if near:
        said += f"; did you mean {near!r}?"
    if shallow:
        return f"{said.removesuffix('?')}{'?' if near else '.'} This clone is shallow. {_DEEPEN}"
    if not near:
        said += "; `git branch --all` lists the branches"
        if "/" in reference:
            said += f", and `git fetch {reference.partition('/')[0]}` gets new ones"
    return said
