"""The repository that is checked as its own host shows it, such as github.com/owner/name/blob/….

A link to such a page is answered from the checkout: it is right as soon as the file is there,
and wrong where the host would still show the file that a change removes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

_GITHUB_VIEWS = ("/blob/", "/tree/", "/raw/")
# GitLab; Gitea and Forgejo, whose branches have a segment before them; Bitbucket.
_OTHER_VIEWS = (
    *("/-/blob/", "/-/tree/", "/-/raw/"),
    *("/src/branch/", "/raw/branch/", "/media/branch/", "/src/"),
    *_GITHUB_VIEWS,
)
_RAW_VIEW = re.compile(r"/(?:raw|media)/")
_RAW_HOST = "raw.githubusercontent.com"
_BRANCH_PREFIX = "refs/heads/"
_SHOWN_RAW = re.compile(r"(?:^|&)raw=(?:true|1)(?:&|$)")


class OwnRepository(NamedTuple):
    """Where the web shows the repository, and which branches the checkout stands for.

    `addresses` are host and path in lower case, without scheme: "github.com/owner/name".
    """

    addresses: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()


NOT_HOSTED = OwnRepository()


class HostedPlace(NamedTuple):
    """A file or directory of the repository that a web address shows.

    `path` is relative to the repository root, "" for the root. `raw` says that the file itself
    comes, not a page that shows it; `on_github` that GitHub makes that page. `query` comes
    without its `?`, `fragment` as written without its `#`, None if there is none.
    """

    path: str
    query: str
    fragment: str | None
    raw: bool
    on_github: bool


def hosted_place(value: str, own: OwnRepository) -> HostedPlace | None:
    """What of the repository a web address shows, at one of the branches of the checkout.

    None for the address of anything else: another repository, branch, tag or commit, an issue.
    """
    found = _address(own.addresses).fullmatch(value) if own.addresses else None
    if found is None:
        return None
    raw, on_github = bool(found["raw"]), "github" in found[0].lower().split("/")[2]
    if raw:
        path = _path(found["rest"].lstrip("/"), own.branches)
    elif found["rest"] in {"", "/"}:
        path = ""
    else:
        view, path = _view(
            found["rest"], own.branches, _GITHUB_VIEWS if on_github else _OTHER_VIEWS
        )
        raw = bool(_RAW_VIEW.search(view) or _SHOWN_RAW.search(found["query"] or ""))
    if path is None:
        return None
    return HostedPlace(path, found["query"] or "", found["fragment"], raw, on_github)


def _view(rest: str, branches: tuple[str, ...], views: tuple[str, ...]) -> tuple[str, str | None]:
    """How a page shows something, and its path; the path is None where none of these is shown."""
    for view in views:
        path = _path(rest.removeprefix(view), branches) if rest.startswith(view) else None
        if path is not None:
            return view, path
    return "", None


@lru_cache(maxsize=8)
def _address(addresses: tuple[str, ...]) -> re.Pattern[str]:
    pages = "|".join(re.escape(one) for one in addresses)
    raw = "|".join(
        re.escape(_RAW_HOST + one.removeprefix("github.com"))
        for one in addresses
        if one.startswith("github.com/")
    )
    return re.compile(
        rf"(?:https?:)?//(?:(?P<page>(?:www\.)?(?:{pages})(?:\.git)?)|(?P<raw>{raw or '(?!)'}))"
        r"(?P<rest>(?:/[^?#]*)?)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
        re.IGNORECASE | re.DOTALL,
    )


def _path(written: str, branches: tuple[str, ...]) -> str | None:
    """The path behind the name of one of these branches, which may have slashes in it."""
    decoded = unquote(written).removeprefix(_BRANCH_PREFIX)
    for branch in branches:
        if decoded == branch or decoded.startswith(f"{branch}/"):
            path = decoded[len(branch) + 1 :].rstrip("/")
            return path if not path or _is_plain(path) else None
    return None


def _is_plain(path: str) -> bool:
    """Whether no part of a path is empty, `.` or `..`; hosts take those in ways of their own."""
    return not {"", ".", ".."}.intersection(path.split("/"))
