"""Anchors that several headings of a page claim (H004)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint import targets
from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.own_repository import hosted_place
from mlsd_lint.registry import workspace_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mlsd_lint.workspace import Anchor, Page, Workspace


@workspace_rule("H004", "colliding-anchor", Severity.WARNING)
def colliding_anchor(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """Headings that something links to have anchors of their own.

    Two headings of the same words get `#setup` and `#setup-1`, in the order of the page. A link
    to `#setup` reaches the first, whichever was meant, and one to `#setup-1` reaches another
    place as soon as a heading is added, removed or moved. So do `C`, `C++` and `C#`. Headings
    that nothing links to may share a name: pages in which every section ends with "Further
    reading" are no mistake.

    Bad:
        # Guide

        See [the setup](#setup).

        ## Setup

        ## Usage

        ## Setup

    Good:
        # Guide

        See [the setup](#setup).

        ## Setup

        ## Usage

        ## Setup of the server
    """
    for base, same in _collisions(page.anchors).items():
        linked = _links_to(page, {anchor.name for anchor in same} | {base}, workspace)
        if linked:
            names = ", ".join(f"#{anchor.name}" for anchor in same[:4])
            more = ", …" if len(same) > 4 else ""
            yield Finding(
                same[1].span,
                f"{len(same)} headings of this page share the name #{base} ({names}{more}),"
                f" and {_who_links(linked)}",
                "Give them different words, or link to an `<a id>` of your own.",
            )


def _collisions(anchors: Iterable[Anchor]) -> dict[str, list[Anchor]]:
    by_slug: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        if anchor.origin == "heading" and anchor.slug:
            by_slug.setdefault(anchor.slug, []).append(anchor)
    return {base: same for base, same in by_slug.items() if len(same) > 1}


def _links_to(page: Page, names: set[str], workspace: Workspace) -> dict[str, str]:
    """The pages that link to one of these fragments of `page`, each with the first it links to."""
    linked: dict[str, str] = {}
    for name in names:
        for path, value in workspace.once(_fragment_links).get(name, ()):
            if path in linked:
                continue
            target = targets.resolve(path, value, workspace.configuration, workspace.own)
            entry = targets.find(target, workspace.tree) if target else None
            shown = entry and targets.shown_file(entry, workspace.tree, workspace.configuration)
            if shown == page.path:
                linked[path] = name
    return dict(sorted(linked.items(), key=lambda pair: (pair[0] != page.path, pair)))


def _fragment_links(workspace: Workspace) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The local links of the checked pages by their fragment: who links, and how."""
    from urllib.parse import unquote

    links: dict[str, dict[tuple[str, str], None]] = {}
    for page in workspace.book_pages():
        for destination in page.destinations:
            place, mark, fragment = destination.value.partition("#")
            if mark and fragment and (":" not in place or hosted_place(place, workspace.own)):
                links.setdefault(unquote(fragment), {})[(page.path, destination.value)] = None
    return {fragment: list(found) for fragment, found in links.items()}


def _who_links(linked: Mapping[str, str]) -> str:
    shown = [f"{path} links to #{name}" for path, name in list(linked.items())[:2]]
    more = len(linked) - len(shown)
    return ", ".join(shown) + (f", and {more} more" if more else "")
