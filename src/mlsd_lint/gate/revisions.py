"""Which commit a change is compared with, and what to say where there is none."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.discovery.repository import git_directories, git_root
from mlsd_lint.files import content_of
from mlsd_lint.gate.git import Git, GitError
from mlsd_lint.nearest import nearest

if TYPE_CHECKING:
    from pathlib import Path

_MERGED = "GITHEAD_"
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SEVERAL = re.compile(r"\^(?:[@!]|-\d*)$")  # the parents of a commit, or it without them
_KINDS = {b"blob": "a file", b"tree": "a folder"}
_NO_COMMIT = re.compile("0{40,}")
_NO_UPSTREAM = re.compile(r"no upstream configured for branch '.*'")
_STEPS = re.compile(r"[~^@]")  # what leads from a name to another commit, see gitrevisions(7)
_DEEPEN = (
    "Run `git fetch --unshallow` (or `git fetch --deepen=100` until it is there); in GitHub "
    "Actions set `fetch-depth: 0` for actions/checkout, in GitLab `GIT_DEPTH: 0`."
)


class Base(NamedTuple):
    """What a change is compared with.

    `name` is how the user called it; `commit` is its id, "" in a repository without commits.
    `staged` says that the change is what the index holds, not the work tree. What stands in one of
    the `others` is no news either: the commits that are being merged, or, where branches were
    merged both ways, the other ones that they have in common.
    """

    name: str
    commit: str
    staged: bool
    others: tuple[str, ...] = ()


def since(folder: Path, reference: str) -> Base:
    """The commit at which the change that leads to the work tree left `reference`.

    That is the merge base of it and HEAD, with what is being merged into that: what others did on
    `reference` later is not this change's doing.

    Raises:
        GitError: there is no such commit, and how to get it.
    """
    git = _git(folder)
    if not reference.strip():
        raise GitError(
            "--since takes a commit, a branch or a tag, and got nothing; is a variable not set?"
        )
    if reference.startswith(("-", "^")) or ".." in reference or _SEVERAL.search(reference):
        raise GitError(f"--since takes one commit, branch or tag, not {reference!r}")
    answer = git.ask("merge-base", "--all", reference, "HEAD", *_being_merged(git))
    if answer.code == 0:
        commit, *others = answer.output.decode().split()
        return Base(reference, commit, staged=False, others=tuple(others))
    raise GitError(_no_base(git, reference))


def staged(folder: Path) -> Base:
    """The commit on which the index is to be committed, and what is being merged into it.

    Raises:
        GitError: it is no repository.
    """
    git = _git(folder)
    return Base("HEAD", _commit(git, "HEAD"), staged=True, others=_being_merged(git))


def _being_merged(git: Git) -> tuple[str, ...]:
    """The commits that the next one has as parents besides HEAD.

    While git runs the hook pre-merge-commit, they are in the environment only.
    """
    file = git_directories(git.root).own / "MERGE_HEAD"
    written = (content_of(file) or b"").decode("ascii", "replace").split()
    told = [name.removeprefix(_MERGED) for name in os.environ if name.startswith(_MERGED)]
    named = dict.fromkeys([*written, *told])
    return tuple(one for one in named if _OBJECT.fullmatch(one) and _commit(git, one))


def _git(folder: Path) -> Git:
    if git_root(folder) is None:
        elsewhere = " (GIT_DIR does not count)" if "GIT_DIR" in os.environ else ""
        raise GitError(
            f"--since and --staged need a git repository, and {folder} is in none{elsewhere}"
        )
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
    said = f"there is no commit {reference!r}"
    why = _why(git, reference)
    if why:
        said += f": {why}"
    else:
        names = git.run("for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace")
        near = nearest(reference, [*names.splitlines(), "HEAD"])
        if near:
            said += f"; did you mean {near!r}?"
        elif not shallow:
            said += f"; {_where_to_look(reference)}"
    if shallow:
        return f"{said}{'' if said.endswith('?') else '.'} This clone is shallow. {_DEEPEN}"
    return said


def _why(git: Git, reference: str) -> str:
    """Why a name is none of a commit, if git knows something by it; "" if it does not."""
    kind = git.ask("cat-file", "-t", reference)
    if kind.code == 0:
        return f"that is {_KINDS.get(kind.output.strip(), 'something else')}"
    if _NO_COMMIT.fullmatch(reference):
        return "CI says so of a branch that is new; compare with the main branch"
    said = git.ask("rev-parse", "--verify", reference).errors
    if "is ambiguous" in said:
        return "several begin like that, so write more of it"
    upstream = _NO_UPSTREAM.search(said)
    if upstream:
        return upstream[0]
    start = _STEPS.split(reference)[0] or "HEAD"
    if start != reference and _commit(git, start):
        return f"the history of {start!r} does not go back that far"
    return ""


def _where_to_look(reference: str) -> str:
    if _OBJECT.fullmatch(reference):
        return f"if the server has it, `git fetch origin {reference}` gets it"
    said = "`git branch --all` lists the branches"
    if "/" in reference:
        said += f", and `git fetch {reference.partition('/')[0]}` gets new ones"
    return said
