"""Links inside the repository (L1): what they name exists, in that spelling, at that place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint import targets
from mlsd_lint.diagnostics import Edit, Finding, Fix, Severity
from mlsd_lint.document import Definition, Image, Link
from mlsd_lint.nearest import nearest, unmistakable
from mlsd_lint.registry import document_rule, workspace_rule
from mlsd_lint.rules.suggestions import existing_near, quoted, spelled_as
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document
    from mlsd_lint.targets import Target
    from mlsd_lint.workspace import Destination, Entry, Page, Workspace

_LINES = re.compile(r"L(?P<first>\d+)(?:C\d+)?(?:-L?(?P<last>\d+)(?:C\d+)?)?")
_WEB = ("http://", "https://", "mailto:")
_GITHUB_PREFIX = "user-content-"
_TEXT_FRAGMENT = ":~:"


class Local(NamedTuple):
    """A destination inside the repository, what it means, and what stands there, if anything."""

    destination: Destination
    target: Target
    entry: Entry | None

    @property
    def other_case(self) -> bool:
        """Whether something stands there, but in another letter case."""
        return self.entry is not None and self.entry.path not in self.target.candidates


def local_destinations(page: Page, workspace: Workspace) -> tuple[Local, ...]:
    """The page's destinations that name something in the repository, in their order."""
    known = workspace.once(_no_pages_yet)
    if page.path not in known:
        known[page.path] = tuple(_local_destinations(page, workspace))
    return known[page.path]


def _no_pages_yet(_: Workspace) -> dict[str, tuple[Local, ...]]:
    return {}


def _local_destinations(page: Page, workspace: Workspace) -> Iterator[Local]:
    for destination in page.destinations:
        if not workspace.own.addresses and destination.value.startswith(_WEB):
            continue  # spares the expressions; there are tens of thousands
        value = destination.value
        target = targets.resolve(page.path, value, workspace.configuration, workspace.own)
        if target is not None:
            yield Local(destination, target, targets.find(target, workspace.tree))


def written_path(destination: Destination) -> str:
    """The path of a destination as its author wrote it, without query and fragment."""
    return re.split("[?#]", destination.written, maxsplit=1)[0]


@workspace_rule("L101", "missing-target", Severity.ERROR)
def missing_target(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A link into the repository names a file or directory that exists.

    A reader who follows it gets "page not found". Links are followed as GitHub does: seen from
    the page, or from the repository root (setting `root`) if they begin with a slash; the
    folders named in `asset-roots` are tried after that. External links, templates such as
    `{{ site.url }}/x` and images (L111) are not looked at here.

    A web address of the repository itself, such as `https://github.com/owner/name/blob/main/x.md`,
    is answered from the checkout, offline and online alike, so a link to a file that this very
    change adds is right. That goes for the default branch, the one that is checked out and HEAD.
    The repository's address is that of the remotes `origin` and `upstream`, unless the setting
    `links.repository` names it.

    Bad:
        See [the setup](docs/instal.md).

        === docs/install.md
        # Install

    Good:
        See [the setup](docs/install.md) and [all documents](docs/).

        === docs/install.md
        # Install
    """
    for local in local_destinations(page, workspace):
        if local.entry is None and local.destination.role != "image" and not local.target.outside:
            yield missing(page, workspace, local, "link to")


def missing(page: Page, workspace: Workspace, local: Local, what: str) -> Finding:
    """The finding that nothing stands at a destination, with the nearest thing that does."""
    hosted = local.target.hosted
    near = existing_near("" if hosted else page.path, local.target, workspace)
    written = written_path(local.destination)
    kind = "no such directory" if local.target.directory else "no such file"
    where = " in the repository" if hosted else ""
    suggestion = f'; did you mean "{near}"?' if near else ""
    return Finding(
        local.destination.whole,
        f'{what} "{written}": there is {kind}{where}{suggestion}',
        "Correct the path, or add what is missing.",
    )


@workspace_rule("L102", "wrong-case", Severity.ERROR, fixable=True)
def wrong_case(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A link writes a file's name in the letter case that it has.

    On a Mac or on Windows `readme.md` opens `README.md`; on GitHub and on most web servers it
    is not found. The answer is the same on every system that this check runs on.

    Bad:
        See [the setup](docs/Install.md).

        === docs/install.md
        # Install

    Good:
        See [the setup](docs/install.md).

        === docs/install.md
        # Install
    """
    for local in local_destinations(page, workspace):
        if local.other_case and local.destination.role != "image":
            yield other_case(local, "link to")


def other_case(local: Local, what: str) -> Finding:
    """The finding that a destination is written in another letter case than what stands there."""
    actual = local.entry.path if local.entry else ""
    written = written_path(local.destination)
    right = spelled_as(written, actual)
    named = right or actual
    return Finding(
        local.destination.whole,
        f'{what} "{written}": the name is written "{named}"',
        "Write the name in its own letter case: most servers tell the cases apart.",
        _replace_path(local.destination, written, right),
    )


def _replace_path(destination: Destination, written: str, right: str | None) -> Fix | None:
    if right is None or destination.written != destination.value:
        return None
    start = destination.span.start
    return Fix(f'Write "{right}"', (Edit(Span(start, start + len(written)), right),))


@workspace_rule("L103", "missing-anchor", Severity.ERROR, fixable=True)
def missing_anchor(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A fragment names an anchor of the page it leads to.

    Otherwise the reader lands at the top of the page and has to search. Anchors are those of
    headings, as the `dialect` makes them, and the ids and names in raw HTML. A link to a
    directory is one to its index file. Of files that are not Markdown nothing is known.

    Where only case or punctuation differ from exactly one anchor, or a letter or two and no other
    anchor comes close, the fix writes that anchor.

    Bad:
        See [the setup](#Set_up).

        ## Set up

    Good:
        See [the setup](#set-up).

        ## Set up
    """
    for local in local_destinations(page, workspace):
        fragment = _page_fragment(local)
        shown = _shown_page(page, workspace, local) if fragment else None
        if shown is not None and fragment:
            names = _names(shown, workspace)
            if not _reaches(fragment, names, workspace.configuration.dialect):
                yield _missing_anchor(page, shown, local.destination, fragment)


def _names(page: Page, workspace: Workspace) -> set[str]:
    known = workspace.once(_no_names_yet)
    if page.path not in known:
        known[page.path] = {anchor.name for anchor in page.anchors}
    return known[page.path]


def _no_names_yet(_: Workspace) -> dict[str, set[str]]:
    return {}


def _page_fragment(local: Local) -> str | None:
    """The fragment, if it names a place in a rendered page."""
    fragment = (local.target.fragment or "").partition(_TEXT_FRAGMENT)[0]
    if fragment.lower() == "top" or "plain=1" in local.target.query:
        return None
    return fragment


def _shown_page(page: Page, workspace: Workspace, local: Local) -> Page | None:
    if local.target.itself:
        return page
    if local.entry is None:
        return None
    shown = targets.shown_file(local.entry, workspace.tree, workspace.configuration)
    return workspace.pages.get(shown) if shown is not None else None


def _reaches(fragment: str, names: set[str], dialect: str) -> bool:
    if fragment in names:
        return True
    return dialect == "github" and fragment.removeprefix(_GITHUB_PREFIX) in names


def _missing_anchor(page: Page, shown: Page, destination: Destination, fragment: str) -> Finding:
    names = [anchor.name for anchor in shown.anchors]
    where = "this page has" if shown is page else f"{shown.path} has"
    near = nearest(fragment, names)
    advice = "Correct the fragment, or give the place an anchor."
    if _LINES.fullmatch(fragment):
        advice = f'To show a line of a Markdown file, write "?plain=1#{fragment}".'
    return Finding(
        destination.whole,
        f'link to "#{fragment}": {where} no such anchor'
        + (f'; did you mean "#{near}"?' if near else ""),
        advice,
        _replace_fragment(destination, unmistakable(fragment, names)),
    )


def _replace_fragment(destination: Destination, name: str | None) -> Fix | None:
    if name is None or destination.written != destination.value:
        return None
    right = quoted(name)
    start = destination.span.start + destination.written.index("#") + 1
    return Fix(f'Write "#{right}"', (Edit(Span(start, destination.span.end), right),))


@document_rule("L107", "empty-destination", Severity.ERROR)
def empty_destination(document: Document) -> Iterator[Finding]:
    """A link or an image leads somewhere.

    `[text]()` is drawn as a link and does nothing. It is usually a link that was to be filled
    in later.

    Bad:
        See [the setup]().

    Good:
        See [the setup](docs/install.md).

        === docs/install.md
        # Install
    """
    for link in (*document.of(Link), *document.of(Image)):
        if not link.destination.strip() and link.definition is None:
            kind = "image" if isinstance(link, Image) else "link"
            yield Finding(link.span, f"this {kind} has no destination", _FILL_IN)
    for definition in document.of(Definition):
        if not definition.destination.strip() and definition.title is None:
            message = f"the definition of [{definition.label}] has no destination"
            yield Finding(definition.span, message, _FILL_IN)
    for tag in document.tags:
        name = {"a": "href", "img": "src"}.get(tag.name)
        attribute = tag.attribute(name) if name else None
        if attribute is not None and not attribute.value.strip():
            yield Finding(tag.span, f"the {name} of this <{tag.name}> is empty", _FILL_IN)


_FILL_IN = "Write where it leads, or leave only the text."


@workspace_rule("L113", "outside-repository", Severity.ERROR)
def outside_repository(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A relative link stays inside the repository.

    What lies above its root is on your disk, not in anyone else's copy. Links such as
    `../../issues`, which GitHub resolves to a page of the repository, are left alone.

    Bad:
        See [the notes](../notes/setup.md).

    Good:
        See [the issues](../../issues) and [the start](/page.md).
    """
    for local in local_destinations(page, workspace):
        if local.target.outside and local.entry is None:
            written = written_path(local.destination)
            yield Finding(
                local.destination.whole,
                f'link to "{written}": it leaves the repository',
                "Link to a file of the repository, or to a web address.",
            )


@workspace_rule("L115", "line-past-end", Severity.ERROR)
def line_past_end(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A link to a line of a file names a line that the file has.

    `#L10`, `#L10-L20` and `#L3C5` lead to lines on GitHub; in a Markdown file only with
    `?plain=1` before them. A line behind the end means that the file changed after the link was
    made, so the lines before it may be the wrong ones too.

    Bad:
        See [the loop](src/train.py#L10-L20).

        === src/train.py
        print("one line")

    Good:
        See [the call](src/train.py#L1) and [this line](page.md?plain=1#L1).

        === src/train.py
        print("one line")
    """
    for local in local_destinations(page, workspace):
        lines = _LINES.fullmatch(local.target.fragment or "")
        if lines is None or local.entry is None or local.entry.is_directory:
            continue
        path = local.entry.path
        if targets.is_markdown(path) and "plain=1" not in local.target.query:
            continue
        named = max(int(lines["first"]), int(lines["last"] or 0))
        count = workspace.tree.line_count(path)
        if count is not None and named > count:
            there_are = "there is 1 line" if count == 1 else f"there are {count} lines"
            yield Finding(
                local.destination.whole,
                f"link to line {named} of {path}: {there_are}",
                "Look up the lines that were meant, or link to a commit.",
            )
