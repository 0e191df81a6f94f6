"""The links of a catalogue: entries that repeat, and addresses that say too much or too little (C)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.diagnostics import Edit, Finding, Fix, Related, Severity
from mlsd_lint.document import (
    CodeSpan,
    Emphasis,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Strong,
    Text,
    plain_text,
)
from mlsd_lint.page import destinations
from mlsd_lint.registry import document_rule, workspace_rule
from mlsd_lint.urls import (
    comparable,
    host,
    is_shortened,
    is_tracking,
    is_web,
    parameters,
    without_tracking,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlsd_lint.document import Document, Node
    from mlsd_lint.source import Span
    from mlsd_lint.workspace import Page, Workspace

_DETAIL = re.compile(r"[:：].*", re.DOTALL)


class _EntryLink(NamedTuple):
    """A link in a list item. `entry` and `section` number the item and the section it is in."""

    link: Link
    entry: int
    section: int


@document_rule("C001", "duplicate-url", Severity.WARNING)
def duplicate_url(document: Document) -> Iterator[Finding]:
    """A list of resources links to each address once.

    An entry that is listed twice is read twice, and corrected once. Addresses are the same when
    they differ only in http or https, `www.`, letter case of the host, a slash at the end or
    tracking parameters; their fragments count. Of an entry that repeats another with several
    links one is reported.

    Only list items hold entries. A link in the middle of a sentence, behind a word, is none, nor
    is one that shows an image or names a person (`@name`).

    Sections that recur under the same heading, such as the "Further reading" of every chapter,
    cite rather than list: between two of them an address may return.

    Bad:
        # Papers

        - [Hidden technical debt](https://example.com/debt) 2015
        - [Test score](https://example.com/score) 2017
        - [Hidden technical debt](http://www.example.com/debt/) NeurIPS

    Good:
        # Papers

        - [Hidden technical debt](https://example.com/debt) NeurIPS 2015
        - [Test score](https://example.com/score) 2017
    """
    first: dict[tuple[str, int], _EntryLink] = {}
    reported: set[tuple[int, int]] = set()
    citing = _recurring_sections(document)
    for found in _entry_links(document):
        address = comparable(found.link.destination)
        shelf = found.section if found.section in citing else -1
        earlier = first.setdefault((address, shelf), found)
        if earlier is found or (earlier.entry, found.entry) in reported:
            continue
        reported.add((earlier.entry, found.entry))
        yield _duplicate(document, earlier, found)


def _duplicate(document: Document, earlier: _EntryLink, found: _EntryLink) -> Finding:
    span = found.link.destination_span or found.link.span
    url = found.link.destination
    if earlier.entry == found.entry:
        return Finding(
            span,
            f"this entry links to {url} twice",
            "Link to what the second one is meant to show, or remove it.",
        )
    line = document.source.position(earlier.link.span.start).line
    return Finding(
        span,
        f"{url} is already listed on line {line}",
        "Keep one of the two entries.",
        related=(Related(document.source.path, line, "the earlier entry"),),
    )


def _entry_links(document: Document) -> Iterator[_EntryLink]:
    """The web links that stand in list items, in order, each with its innermost item."""
    starts = [span.start for span, _ in _section_titles(document)]
    section = 0
    for entry, item in enumerate(document.of(ListItem)):
        while section < len(starts) and starts[section] < item.span.start:
            section += 1
        for link, before in _own_links(item):
            if is_web(link.destination) and _is_listed(link, before):
                yield _EntryLink(link, entry, section)


def _own_links(item: ListItem) -> Iterator[tuple[Link, str]]:
    """The links of an item, not those of an item nested in it, with the text before each."""
    stack: list[Node] = list(reversed(item.children))
    before = ""
    while stack:
        node = stack.pop()
        if type(node) is Link:
            yield node, before
            before = ""
        elif isinstance(node, Text | CodeSpan):
            before = node.text
        elif isinstance(node, Image):
            before = ""
        elif not isinstance(node, List):
            before = "" if isinstance(node, Paragraph) else before
            stack.extend(reversed(node.children))


def _is_listed(link: Link, before: str) -> bool:
    """Whether a link is (part of) an entry rather than of a sentence, a badge or a signature."""
    follows_word = before.rstrip()[-1:].isalnum()
    badge = all(isinstance(child, Image) for child in link.children)
    return not follows_word and not badge and not plain_text(link).startswith("@")


def _section_titles(document: Document) -> list[tuple[Span, str]]:
    """Headings, and emphasized lines that stand for them, with what they are about."""
    titles: list[tuple[Span, str]] = []
    for node in document.blocks:
        labelled = isinstance(node, Paragraph) and len(node.children) == 1
        if isinstance(node, Heading) or (
            labelled and isinstance(node.children[0], Emphasis | Strong)
        ):
            titles.append((node.span, _DETAIL.sub("", plain_text(node)).strip().casefold()))
    return titles


def _recurring_sections(document: Document) -> set[int]:
    """The numbers (from 1) of the sections whose title, up to a colon, occurs more than once."""
    titles = [title for _, title in _section_titles(document)]
    counts = Counter(titles)
    return {at for at, title in enumerate(titles, 1) if counts[title] > 1}


@document_rule("C002", "shortened-url", Severity.WARNING)
def shortened_url(document: Document) -> Iterator[Finding]:
    """A link leads to its page, not to a service that forwards to it.

    A shortened address hides where it leads, counts who follows it, and dies with the service
    (goo.gl has closed, git.io takes no new ones). Nobody can repair it then: the address of
    the page was never written down. Short addresses that a site gives its own pages, such as
    youtu.be or doi.org, are not reported.

    Bad:
        # Talks

        - [Monitoring in practice](https://bit.ly/3abcDEF)

    Good:
        # Talks

        - [Monitoring in practice](https://example.com/talks/monitoring)
    """
    for one in destinations(document):
        if is_web(one.value) and is_shortened(one.value):
            yield Finding(
                one.span,
                f"{one.value} hides its destination behind {host(one.value)}",
                "Open the link and write the address where it leads.",
            )


@document_rule("C003", "tracking-parameter", Severity.WARNING, fixable=True)
def tracking_parameter(document: Document) -> Iterator[Finding]:
    """A link carries nothing that only says how somebody came to the page.

    Parameters such as `utm_source` or `fbclid` were added by the newsletter or network where
    the link was found. They report every reader as one of its visitors, and make two addresses
    of one page. Only names that are used for nothing else are reported.

    Bad:
        # Papers

        - [Anatomy of an engine](https://example.com/engine?id=7&utm_source=letter&utm_medium=email)

    Good:
        # Papers

        - [Anatomy of an engine](https://example.com/engine?id=7)
    """
    for one in destinations(document):
        if "?" not in one.written:
            continue
        names = [found.name for found in parameters(one.written) if is_tracking(found.name)]
        if names:
            listed = ", ".join(f'"{name}"' for name in dict.fromkeys(names))
            yield Finding(
                one.span,
                f"link to {host(one.value)} carries the tracking parameter"
                f"{'s' if len(names) > 1 else ''} {listed}",
                f"Link to {without_tracking(one.written)}.",
                Fix(f"Remove {listed}", (Edit(one.span, without_tracking(one.written)),)),
            )


@workspace_rule("C004", "insecure-scheme", Severity.INFO, fixable=True)
def insecure_scheme(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A site that is linked with https in one place is linked with https everywhere.

    Over http anybody on the way can read and change the page. That the site answers https is
    known from the other link; a site that is linked with http only is left alone, since it may
    have nothing else. One page of a site may still differ, so the fix is not applied unasked.

    Bad:
        # Links

        - [Guide](https://example.com/guide)
        - [Manual](http://example.com/manual)

    Good:
        # Links

        - [Guide](https://example.com/guide)
        - [Manual](https://example.com/manual)
    """
    for one in page.destinations:
        if one.written[:7].lower() != "http://":
            continue
        name = host(one.value)
        secure = workspace.once(_secure_hosts).get(name)
        if secure is None:
            continue
        where = "elsewhere in this page" if page.path in secure else f"in {next(iter(secure))}"
        scheme_end = one.span.start + len("http")
        fix = Fix(
            "Link with https",
            (Edit(one.span._replace(start=scheme_end, end=scheme_end), "s"),),
            safe=False,
        )
        yield Finding(
            one.span, f"http link to {name}, which is linked with https {where}", "Use https.", fix
        )


def _secure_hosts(workspace: Workspace) -> Mapping[str, Mapping[str, None]]:
    """The hosts that are linked with https, each with the checked pages that do, in order."""
    hosts: dict[str, dict[str, None]] = {}
    for page in workspace.book_pages():
        for one in page.destinations:
            if one.value.startswith("https://"):
                hosts.setdefault(host(one.value), {})[page.path] = None
    return hosts
