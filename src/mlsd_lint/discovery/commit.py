"""The commit that is checked, and where the web shows it: said by CI, or by git's own files.

Git is not started: a repository that keeps its references in another format than files has no
commit here, and then nothing is linked.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.digests import NOTHING, content_digest
from mlsd_lint.discovery.hosting import web_address
from mlsd_lint.discovery.repository import (
    git_directories,
    hosting_environment,
    run_environment,
)
from mlsd_lint.files import content_of
from mlsd_lint.source_links import SourceLinks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_lint.own_repository import OwnRepository

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SERVER = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?")
_NAME = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_MERGE_OF_PULL_REQUEST = re.compile(r"refs/pull/[0-9]+/merge")
# Hosts whose pages of a line at a commit are known, by a part of their name.
_PAGES = {"github": "blob", "gitlab": "-/blob"}
_PLAIN_ADDRESS = re.compile(r"[a-z0-9.-]+(?::[0-9]+)?(?:/[a-z0-9_.~-]+)+")


class Linked(NamedTuple):
    """Links to what is checked, if any, and the digest of every file that said so, by its path."""

    links: SourceLinks | None
    seen: Mapping[str, str]


def source_links(root: Path, own: OwnRepository) -> Linked:
    """How to link to lines of the repository at `root`, which is hosted as `own` says.

    In a run on GitHub they are those of `GITHUB_REPOSITORY` at `GITHUB_SHA`. Of a pull request
    that is the commit of a merge that GitHub makes for the run and drops later, so the pull
    request's last commit is taken, if the event tells it. Anywhere else it is the commit that is
    checked out.
    """
    seen: dict[str, str] = {}
    links = _of_run(root, own, seen)
    if links is not None:
        return Linked(links, seen)
    pages = next(filter(None, map(_pages, own.addresses)), "")
    commit = _head(root, seen) if pages else ""
    return Linked(SourceLinks(pages, commit) if commit else None, seen)


def _of_run(root: Path, own: OwnRepository, seen: dict[str, str]) -> SourceLinks | None:
    server, name, folder, _ = hosting_environment()
    server = server.rstrip("/") or "https://github.com"
    commit, reference, event = run_environment()
    if not (_SERVER.fullmatch(server) and _NAME.fullmatch(name) and _COMMIT.fullmatch(commit)):
        return None
    # A run may check out, or make, other repositories than its own.
    is_own = web_address(f"{server}/{name}") in own.addresses
    if folder and not is_own and os.path.realpath(folder) != os.path.realpath(root):
        return None
    if _MERGE_OF_PULL_REQUEST.fullmatch(reference) and event:
        commit = _last_of_pull_request(_read(Path(event), seen)) or commit
    return SourceLinks(f"{server}/{name}/blob", commit)


def _last_of_pull_request(event: str) -> str:
    try:
        commit = json.loads(event)["pull_request"]["head"]["sha"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return commit if isinstance(commit, str) and _COMMIT.fullmatch(commit) else ""


def _pages(address: str) -> str:
    """The address of a host's pages of files, before the commit; "" if that is not known."""
    if not _PLAIN_ADDRESS.fullmatch(address):
        return ""
    host = address.partition("/")[0]
    views = (view for part, view in _PAGES.items() if part in host)
    return next((f"https://{address}/{view}" for view in views), "")


def _head(root: Path, seen: dict[str, str]) -> str:
    """The id of the commit that is checked out; "" if there is none or git keeps it elsewhere."""
    directories = git_directories(root)
    head = _read(directories.own / "HEAD", seen).strip()
    if head.startswith("ref: refs/"):
        name = head.removeprefix("ref: ")
        loose = _read(directories.common / name, seen).strip()
        head = loose or _packed(_read(directories.common / "packed-refs", seen), name)
    return head if _COMMIT.fullmatch(head) else ""


def _packed(references: str, name: str) -> str:
    lines = (line.split(" ", 1) for line in references.splitlines())
    return next((parts[0] for parts in lines if parts[1:] == [name]), "")


def _read(file: Path, seen: dict[str, str]) -> str:
    content = content_of(file)
    seen[str(file)] = NOTHING if content is None else content_digest(content)
    return "" if content is None else content.decode("utf-8", "replace")
