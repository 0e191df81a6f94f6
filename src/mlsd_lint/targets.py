"""Where a destination points inside the repository; nothing here looks at the disk but `find`.

What a link means is decided once, here: the rules, the engine (which pages must be read for
their anchors) and the fixes all ask `resolve`.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from mlsd_lint.own_repository import NOT_HOSTED, hosted_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlsd_lint.config.settings import Configuration, Dialect
    from mlsd_lint.own_repository import HostedPlace, OwnRepository
    from mlsd_lint.workspace import Entry, Tree

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".rmd", ".qmd")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TEMPLATE = re.compile(
    r"\{[^{}]*\}"  # {id}, ${BASE}, {{ site.url }}, {% link x.md %}
    r"|\{\{|\{%|<%|<\?"
    r"|%(?![0-9A-Fa-f]{2})[A-Za-z_]\w*%"
    # %BASE%/x is a variable although "BA" could be an encoded byte; in %E4%BD it is one
    r"|%[A-Za-z_]\w*%(?![0-9A-Fa-f]{2})"
)
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|mailto:|www\.|/\w|\.{1,2}/|#\w)\S*"
    r"|[^\s/:?#][^\s:?#]*\.(?:md|markdown|html?|pdf|txt|ipynb|py|rst|svg|png|jpe?g|gif|webp)"
    r"(?:[?#]\S*)?",
    re.IGNORECASE,
)
_RENDERED_SUFFIX = ".html"
_LINE_FRAGMENT = re.compile(r"L\d")
# What GitHub calls the place of the README in the page of a directory, which has no such heading.
_README_FRAGMENTS = frozenset({"readme", "readme-ov-file"})
_OTHER_TAB = re.compile(r"(?:^|&)tab=(?!readme-ov-file)", re.IGNORECASE)
_LEADING_PARENTS = re.compile(r"(?:\.\./)*")
# A README is shown two levels below its repository's address (…/blob/main/README.md), so
# `../../issues` is a page of the host there.
_HOST_PAGES = frozenset(
    {
        *("actions", "archive", "blame", "blob", "branches", "commit", "commits", "compare"),
        *("contributors", "deployments", "discussions", "edit", "fork", "forks", "graphs"),
        *("issues", "labels", "milestone", "milestones", "network", "new", "packages", "projects"),
        *("pull", "pulls", "pulse", "raw", "releases", "search", "security", "stargazers"),
        *("subscription", "tags", "tree", "watchers", "wiki", "zipball"),
    }
)


class Target(NamedTuple):
    """Where a local destination points.

    `candidates` are paths relative to the repository root (POSIX, no `.` or `..`, "" for the
    root itself) in the order in which they are to be tried: seen from the page, then from each
    asset root. Where pages are rendered to files (every dialect but github), `page.html` may be
    `page.md`. `itself` says that no path was written (`#anchor`, `?plain=1`), so the only
    candidate is the page. `directory` says that the path ends in a slash. `query` comes without
    its `?`; `fragment` without its `#` and percent-decoded, None if there is none, or if
    nothing is known of such fragments. `outside` says that the path leaves the repository when
    seen from the page. `hosted` says that the destination is the web address under which the
    repository's host shows it, `raw` that only a file will do, since no page shows it.
    """

    candidates: tuple[str, ...]
    query: str = ""
    fragment: str | None = None
    itself: bool = False
    directory: bool = False
    outside: bool = False
    hosted: bool = False
    raw: bool = False


def is_template(value: str) -> bool:
    """Whether a program still has to fill in this destination, such as `{{ site.url }}/x`."""
    return ("{" in value or "%" in value or "<" in value) and _TEMPLATE.search(value) is not None


def is_external(value: str) -> bool:
    """Whether a destination has a scheme (`https:`, `mailto:`) or a host (`//example.org`)."""
    if value.startswith(("https://", "http://", "//")):
        return True
    return ":" in value and _SCHEME.match(value) is not None


def is_markdown(path: str) -> bool:
    """Whether a path has a file name extension of Markdown."""
    return path.lower().endswith(MARKDOWN_SUFFIXES)


def looks_like_address(words: str) -> bool:
    """Whether words without a space can hardly be anything but a destination."""
    return _ADDRESS.fullmatch(words) is not None


def resolve(
    page_path: str, value: str, configuration: Configuration, own: OwnRepository = NOT_HOSTED
) -> Target | None:
    """Where `value`, as written in the page at `page_path`, points in the repository.

    None if it points nowhere in it: an external address, a template, a page of the repository's
    host (`../../issues`), or nothing at all. A web address under which the host of `own` shows a
    file or directory of the checked branch points at that. `value` has entities and escapes
    decoded and its percent-encoding kept, as `Destination.value` has.
    """
    roots = Roots(configuration.root, configuration.asset_roots, configuration.dialect)
    return _resolve(page_path, value.strip(), roots, own)


class Roots(NamedTuple):
    """What of the settings decides where a link leads."""

    root: str
    asset_roots: tuple[str, ...]
    dialect: Dialect


@lru_cache(maxsize=1 << 17)  # a link is asked for by several rules, and in a comparison twice
def _resolve(page_path: str, value: str, roots: Roots, own: OwnRepository) -> Target | None:
    if not value or is_template(value):
        return None
    if is_external(value):
        place = hosted_place(value, own)
        return None if place is None else _hosted(place, roots)
    rest, mark, encoded_fragment = value.partition("#")
    fragment = unquote(encoded_fragment) if mark else None
    encoded_path, _, query = rest.partition("?")
    if not encoded_path:
        return Target((page_path,), query, fragment, itself=True)
    path = unquote(encoded_path)
    if path.startswith("/"):
        return _root_relative(path, query, fragment, roots)
    return _page_relative(page_path, path, query, fragment, roots)


def _hosted(place: HostedPlace, roots: Roots) -> Target:
    fragment = None if place.raw or place.fragment is None else unquote(place.fragment)
    if fragment is not None and not _is_known_there(fragment, place, roots):
        fragment = None
    return Target((place.path,), place.query, fragment, hosted=True, raw=place.raw)


def _is_known_there(fragment: str, place: HostedPlace, roots: Roots) -> bool:
    """Whether the checkout can say if a page of the host has this fragment.

    The anchors of headings are known as the dialect makes them, which need not be the host's.
    """
    if _LINE_FRAGMENT.match(fragment):
        return True
    if not place.on_github or roots.dialect != "github":
        return False
    if is_markdown(place.path):
        return True
    return fragment.lower() not in _README_FRAGMENTS and not _OTHER_TAB.search(place.query)


def _root_relative(path: str, query: str, fragment: str | None, roots: Roots) -> Target:
    below = posixpath.normpath("/" + path.lstrip("/"))[1:]
    above = (roots.root, *roots.asset_roots)
    candidates = _candidates((_join(root, below) for root in above), roots)
    return Target(candidates, query, fragment, directory=_names_directory(path))


def _page_relative(
    page_path: str, path: str, query: str, fragment: str | None, roots: Roots
) -> Target | None:
    place = _join(page_path.rpartition("/")[0], path)
    outside = _escapes(place)
    if outside and _is_host_page(place):
        return None
    places = [place, *(_join(root, path) for root in roots.asset_roots)]
    candidates = _candidates([one for one in places if not _escapes(one)], roots)
    return Target(candidates, query, fragment, directory=_names_directory(path), outside=outside)


def _join(directory: str, path: str) -> str:
    folder = directory.strip("/")
    joined = posixpath.normpath(f"{folder}/{path}" if folder else path)
    return "" if joined == "." else joined


def _escapes(path: str) -> bool:
    return path == ".." or path.startswith("../")


def _is_host_page(path: str) -> bool:
    parents = _LEADING_PARENTS.match(path + "/")
    depth = parents.end() // 3 if parents else 0
    first = path[depth * 3 :].partition("/")[0]
    return depth == 2 and (not first or first in _HOST_PAGES)


def _names_directory(path: str) -> bool:
    return path.endswith(("/", "/.", "/..")) or path in {".", ".."}


def _candidates(paths: Iterable[str], roots: Roots) -> tuple[str, ...]:
    """The paths, each followed by the Markdown file that it is made from, if it is a made one."""
    if roots.dialect == "github":
        return tuple(dict.fromkeys(paths))
    found: dict[str, None] = {}
    for path in paths:
        found[path] = None
        if path.endswith(_RENDERED_SUFFIX):
            found[path.removesuffix(_RENDERED_SUFFIX) + ".md"] = None
    return tuple(found)


def find(target: Target, tree: Tree) -> Entry | None:
    """What stands at a target: the first candidate that exists.

    If none exists, the first whose path differs from an existing one only in letter case: the
    entry's path is then not among the candidates.
    """
    other_case = None
    for candidate in target.candidates:
        entry = tree.find(candidate)
        if entry is None or (target.directory and not entry.is_directory):
            continue
        if target.raw and entry.is_directory:
            continue
        if entry.path == candidate:
            return entry
        other_case = other_case or entry
    return other_case


def shown_file(entry: Entry, tree: Tree, configuration: Configuration) -> str | None:
    """The file a reader sees at `entry`: the file itself, or the directory's index file.

    None for a directory without one. Index files are tried in the configuration's order.
    """
    if not entry.is_directory:
        return entry.path
    names = tree.entries(entry.path) or {}
    index = next((name for name in configuration.index_files if names.get(name) is False), None)
    return None if index is None else posixpath.join(entry.path, index)
