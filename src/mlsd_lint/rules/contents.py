"""The table of contents against the documents it lists: their headings, all, in order (X)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from mlsd_lint.diagnostics import Edit, Finding, Fix, Related, Severity
from mlsd_lint.outline import quoted_words
from mlsd_lint.registry import workspace_rule
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlsd_lint.workspace import End, Page, Workspace

_STEP = 2  # columns by which a bullet's text stands behind the bullet


@workspace_rule("X004", "stale-contents", Severity.ERROR, fixable=True)
def stale_contents(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A table of contents lists the headings of each document that it lists, in their order.

    That holds for a type whose entries refer to documents and to their headings, and back; for as
    many levels of headings as its entries have levels of lists in them. The fix writes the lines
    below a document anew.

    Bad:
        === toc.md
        # Contents

        - [Frying](frying.md)
          - [Eating](frying.md#eating)
          - [Pans](frying.md#pans)
        === frying.md
        # Frying

        ## Pans

        ## Heat

        ## Eating

    Good:
        === toc.md
        # Contents

        - [Frying](frying.md)
          - [Pans](frying.md#pans)
        === frying.md
        # Frying

        ## Pans

    Both:
        === mlsd-lint.toml
        [types.chapter]
        files = "frying.md"
        fields = { title = { title = true }, headings = { headings = true } }

        [types.contents]
        files = "toc.md"

        [types.contents.fields.entries]
        entries = "{link}"

        [types.contents.fields.entries.fields.link]
        type = "link"
        refers-to = ["chapter", "chapter.headings"]
        back = true
        same = { "link.title" = "title" }

        [types.contents.fields.entries.fields.lines]
        entries = "{link}"
        required = false

        [types.contents.fields.entries.fields.lines.fields.link]
        type = "link"
        refers-to = ["chapter", "chapter.headings"]
        back = true
        same = { "link.title" = "title" }
    """
    ends = [end for end in page.ends if end.refers and end.back]
    for index, end in enumerate(ends):
        wanted = _headings(end, workspace)
        if not wanted:
            continue
        listed = _listed(ends[index + 1 :], end)
        if [one.key for one in listed] == [one.key for one in wanted]:
            continue
        yield Finding(
            end.span,
            f"the lines below are not the headings of {end.key}: {_difference(listed, wanted)}",
            "List its headings in their order.",
            _rebuilt(page, end, listed, wanted),
            (Related(end.key, wanted[0].line, "its first heading"),),
        )


def listed_documents(workspace: Workspace) -> frozenset[str]:
    """The documents that some table of contents lists together with headings of them."""
    return frozenset(
        end.key
        for page in workspace.book_pages()
        for end in page.ends
        if end.refers and end.back and _headings(end, workspace)
    )


def _headings(end: End, workspace: Workspace) -> list[End]:
    """The headings of the document that an entry names; none if it names anything else."""
    target = workspace.pages.get(end.key) if "#" not in end.key else None
    found = [
        one
        for one in (target.ends if target else ())
        if one.relation == end.relation and not one.refers and one.depth and "#" in one.key
    ]
    top = min((one.depth for one in found), default=0)
    return [one for one in found if one.depth < top + end.depth]


def _listed(following: Sequence[End], end: End) -> list[End]:
    """The entries below an entry that name headings of the same document."""
    listed = []
    for one in following:
        if not one.key.startswith(f"{end.key}#") or one.relation != end.relation:
            break
        listed.append(one)
    return listed


def _difference(listed: Sequence[End], wanted: Sequence[End]) -> str:
    here, there = [one.key for one in listed], [one.key for one in wanted]
    missing = [one for one in wanted if one.key not in here]
    gone = [one for one in listed if one.key not in there]
    parts = []
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        parts.append(f"{_shown(missing[0])}{more} not listed")
    if gone:
        more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
        parts.append(f"{_shown(gone[0])}{more} not there")
    return ", ".join(parts) or "their order differs"


def _shown(end: End) -> str:
    return quoted_words(_title(end) or end.key.partition("#")[2])


def _title(end: End) -> str:
    return next((one.text for one in end.texts if one.text), "")


def _rebuilt(page: Page, end: End, listed: Sequence[End], wanted: Sequence[End]) -> Fix | None:
    """The lines written anew; None where something else stands among them, or a title is odd."""
    together = all(one.line == end.line + 1 + index for index, one in enumerate(listed))
    titles = [_title(one) for one in wanted]
    if not together or not all(titles) or any("[" in one or "]" in one for one in titles):
        return None
    top = min(one.depth for one in wanted)
    target = quote(posixpath.relpath(end.key, posixpath.dirname(page.path) or "."))
    lines = [
        f"\n{' ' * (end.column - 1 + _STEP * (one.depth - top))}"
        f"- [{title}]({target}#{quote(one.key.partition('#')[2])})"
        for one, title in zip(wanted, titles, strict=True)
    ]
    place = Span(end.span.end, listed[-1].span.end if listed else end.span.end)
    return Fix(f"List the headings of {end.key}", (Edit(place, "".join(lines)),))
