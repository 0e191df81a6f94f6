"""Where the web shows the repository: said by the configuration, by CI, or by git's remotes.

Git is not started; its configuration file is read. What it includes from other files and
`insteadOf` are not followed.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from mlsd_lint.digests import NOTHING, content_digest
from mlsd_lint.discovery.repository import git_directories, hosting_environment
from mlsd_lint.own_repository import NOT_HOSTED, OwnRepository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_REMOTES = ("origin", "upstream")
_USUAL_BRANCHES = ("main", "master")
_SECTION = re.compile(r'\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]')
_VARIABLE = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*(.*)")
_VALUE = re.compile(r'"((?:[^"\\]|\\.)*)"|((?:[^"\\#;]|\\.)+)')
_SCP_LIKE = re.compile(r"(?:[^@/:\s]+@)?(?P<host>[^@/:\s]{2,}):(?P<path>(?!//)[^\\]+)")
_SSH_HOST = re.compile(r"\A(?:alt)?ssh\.", re.IGNORECASE)
_WEB_PORTS = {"http": (None, 80), "https": (None, 443)}


class Hosting(NamedTuple):
    """Where the repository is hosted, and the digest of every file that said so, by its path."""

    repository: OwnRepository
    seen: Mapping[str, str]


def hosting(root: Path, setting: str | None) -> Hosting:
    """Where the web shows the repository at `root`.

    `setting` is its web address as configured; "" says that it has none. If it is None, that of
    the CI run on GitHub and those of the remotes `origin` and `upstream` count. In CI the former
    may be another repository's, so it counts only for the folder that CI checked out, or beside a
    remote of the same name: a fork. The variables that are looked at are in `hosting_environment`.
    """
    seen: dict[str, str] = {}
    directories = git_directories(root)
    for link in directories.links:
        _read(link, seen)
    head = _symbolic(_read(directories.own / "HEAD", seen), "refs/heads/")
    default = _symbolic(
        _read(directories.common / "refs/remotes/origin/HEAD", seen), "refs/remotes/origin/"
    )
    if setting is not None:
        found = [setting if "://" in setting else f"https://{setting}"]
    else:
        remotes = _remotes(_read(directories.common / "config", seen))
        found = [*_from_ci(root, remotes), *remotes]
    addresses = tuple(dict.fromkeys(one for one in map(web_address, found) if one))
    if not addresses:
        return Hosting(NOT_HOSTED, seen)
    names = {"HEAD", *_USUAL_BRANCHES, head, default, hosting_environment()[3]}
    # A name with slashes may begin with the name of another branch.
    branches = tuple(sorted(names - {""}, key=lambda name: (-len(name), name)))
    return Hosting(OwnRepository(addresses, branches), seen)


def _read(file: Path, seen: dict[str, str]) -> str:
    try:
        content = file.read_bytes()
    except (OSError, ValueError):
        seen[str(file)] = NOTHING
        return ""
    seen[str(file)] = content_digest(content)
    return content.decode("utf-8", "replace")


def _symbolic(content: str, prefix: str) -> str:
    """The branch that a symbolic reference names; "" for a detached HEAD."""
    name = content.removeprefix("ref:").strip()
    return name.removeprefix(prefix) if name.startswith(prefix) else ""


def _from_ci(root: Path, remotes: list[str]) -> list[str]:
    server, name, folder, _ = hosting_environment()
    if not name:
        return []
    is_fork = any(
        web_address(one).rpartition("/")[2] == name.rpartition("/")[2].lower() for one in remotes
    )
    if folder and not is_fork and os.path.realpath(folder) != os.path.realpath(root):
        return []
    return [f"{server or 'https://github.com'}/{name}"]


def _remotes(config: str) -> list[str]:
    """The addresses of the remotes, as git-config(1) writes them down."""
    urls: dict[str, list[str]] = {name: [] for name in _REMOTES}
    remote = ""
    for line in re.sub(r"\\\r?\n", "", config).splitlines():
        section = _SECTION.match(line)
        if section:
            remote = section[2] or "" if section[1].lower() == "remote" else ""
        variable = _VARIABLE.match(line, section.end() if section else 0)
        if variable and variable[1].lower() == "url" and remote in urls:
            urls[remote].append(_plain(variable[2]))
    return [url for name in _REMOTES for url in urls[name]]


def _plain(value: str) -> str:
    return "".join(_parts(value)).strip()


def _parts(value: str) -> Iterator[str]:
    """A value without its quotes, escapes and comment."""
    at = 0
    while part := _VALUE.match(value, at):
        yield re.sub(r"\\(.)", r"\1", part[1] if part[1] is not None else part[2])
        at = part.end()


def web_address(url: str) -> str:
    """The host and path, in lower case, under which the web shows what git fetches from `url`.

    It may be an address of http, https or ssh, or scp's `host:path`; user, password and the port
    of ssh are left out. "" for a path of a disk, and for what is no address at all.
    """
    url = url.strip()
    if "://" in url:
        return _of_url(url)
    found = _SCP_LIKE.fullmatch(url)
    return _joined(_SSH_HOST.sub("", found["host"]), found["path"]) if found else ""


def _of_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme == "file" or not host:
        return ""
    if parts.scheme not in _WEB_PORTS:
        return _joined(_SSH_HOST.sub("", host), parts.path)
    default = port in _WEB_PORTS[parts.scheme]
    return _joined(host if default else f"{host}:{port}", parts.path)


def _joined(host: str, path: str) -> str:
    name = path.strip("/").removesuffix(".git").rstrip("/")
    return f"{host.removeprefix('www.')}/{name}".lower() if name else ""
