"""Text that was to be a link (L1), and links whose text says nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Edit, Finding, Fix, Severity
from mlsd_lint.document import Image, Link, plain_text
from mlsd_lint.registry import document_rule
from mlsd_lint.rules.nearly import near_links
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document
    from mlsd_lint.rules.nearly import NearLink, Slip

_SAYS: dict[Slip, tuple[str, str]] = {
    "space before destination": (
        "a space between ] and ( keeps this from being a link",
        "Remove the space.",
    ),
    "colon before destination": (
        "a colon between ] and ( keeps this from being a link",
        "Remove the colon, or for a definition the parentheses.",
    ),
    "definition in parentheses": (
        "the parentheses become a part of this definition's address",
        "Remove the parentheses, or for a link the colon.",
    ),
    "brackets swapped": (
        "this is no link: its brackets and parentheses are swapped",
        "Write [text](address).",
    ),
    "no opening bracket": (
        "this is no link: the [ before its text is missing",
        "Put [ where the text of the link begins.",
    ),
    "bracket too many": (
        "this is no link: there is a ] too many behind its text",
        "Remove one.",
    ),
    "no closing bracket": (
        "this is no link: the ] behind its text is missing",
        "Put ] before the parenthesis.",
    ),
    "no closing parenthesis": (
        "this is no link: the ) behind its address is missing",
        "Put ) behind the address.",
    ),
    "broken title": (
        "this is no link: its title is not closed, or something stands behind it",
        'Write [text](address "title").',
    ),
    "link in link": (
        "this is no link: its text holds another link",
        "Keep one of the two.",
    ),
}
_SAYS_NOTHING = frozenset(
    (
        *("click", "click here", "click this", "click this link", "go here", "here", "in here"),
        *("learn more", "link", "links", "more", "more here", "more info", "more information"),
        *("on this page", "over here", "read here", "read more", "read this", "right here"),
        *("see here", "see more", "see this", "this", "this link", "this one", "this page"),
        *("this site", "this website", "that", "url"),
        *("aqui", "aquí", "hier", "ici", "qui", "здесь", "тут"),
        *("这里", "這裡", "这儿", "此处", "此處", "点击这里", "點擊這裡", "ここ", "こちら"),
    )
)
_EDGES = " \t\r\n.,:;!?…→»›>«‹<()[]\"'*_"
_ADDRESS_AS_TEXT = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@document_rule("L108", "space-in-destination", Severity.ERROR, fixable=True)
def space_in_destination(document: Document) -> Iterator[Finding]:
    """A destination has no space in it, or stands in angle brackets.

    At the space the destination is over for CommonMark, and since no title follows, the whole is
    no link: readers see its brackets. `[a](my%20file.md)` and `[a](<my file.md>)` are links. The
    fix writes `%20`; it makes a link of what was text, so it is applied only on request.

    Bad:
        See [the notes](https://example.org/my notes.html).

    Good:
        See [the notes](https://example.org/my%20notes.html) or
        [the same](<https://example.org/my notes.html>).
    """
    text = document.source.text
    for near in near_links(document):
        if near.slip != "space in destination":
            continue
        address = text[near.address_span.start : near.address_span.end]
        right = re.sub(r"[ \t]", "%20", address)
        yield Finding(
            near.span,
            f'the space in "{address}" keeps this from being a link',
            f"Write it as {right} or <{address}>.",
            Fix("Write the space as %20", (Edit(near.address_span, right),), safe=False),
        )


@document_rule("L109", "near-link", Severity.ERROR, fixable=True)
def near_link(document: Document) -> Iterator[Finding]:
    """What is written almost like a link is one.

    One character too many or too few and readers see brackets where a link was meant. Only text
    is looked at, never code, and only if what stands for the address looks like one. The fix
    makes a link of what was text, so it is applied only on request.

    Bad:
        See [the paper] (https://example.org/paper), (the code)[https://example.org/code]
        and [the talk](https://example.org/talk

    Good:
        See [the paper](https://example.org/paper), [the code](https://example.org/code)
        and [the talk](https://example.org/talk). An array is `a[i] (see below)`.
    """
    for near in near_links(document):
        if near.slip in _SAYS:
            message, advice = _SAYS[near.slip]
            yield Finding(near.span, message, advice, _fix(near))


def _fix(near: NearLink) -> Fix | None:
    if near.slip in {"space before destination", "colon before destination"}:
        return Fix("Close the gap", (Edit(near.gap_span, ""),), safe=False)
    if near.slip == "bracket too many":
        bracket = near.gap_span.start - 1
        return Fix("Remove a ]", (Edit(Span(bracket, bracket + 1), ""),), safe=False)
    if near.slip == "no closing bracket":
        return Fix("Write the ]", (Edit(near.gap_span, "]"),), safe=False)
    if near.slip == "no closing parenthesis":
        missing = Span(near.address_span.end, near.span.end)
        return Fix("Write the )", (Edit(missing, ")"),), safe=False)
    if near.slip == "brackets swapped":
        first, last, middle = near.span.start, near.span.end - 1, near.gap_span.start
        edits = (
            Edit(Span(first, first + 1), "["),
            Edit(Span(middle - 1, middle + 1), "]("),
            Edit(Span(last, last + 1), ")"),
        )
        return Fix("Swap brackets and parentheses", edits, safe=False)
    return None


@document_rule("L112", "vague-link-text", Severity.WARNING)
def vague_link_text(document: Document) -> Iterator[Finding]:
    """The text of a link says where it leads.

    Who jumps from link to link, with a screen reader or by eye, reads "here, here, here". An
    address as the text of a link to itself says no more. The whole text must be such a word;
    an address that was simply written out (`https://…` or `<https://…>`) is a choice and is
    left alone.

    Bad:
        The numbers are [here](https://example.org/numbers) and at
        [https://example.org/all/numbers](https://example.org/all/numbers).

    Good:
        Here are [the numbers of May](https://example.org/numbers): <https://example.org/all>.
    """
    for link in document.of(Link):
        if link.form in {"autolink", "bare"} or _shows_an_image(link):
            continue
        words = plain_text(link).strip(_EDGES)
        if not link.children:
            message = "this link has no text"
        elif " ".join(words.casefold().split()) in _SAYS_NOTHING:
            message = f'link text "{words}" does not say where it leads'
        elif _ADDRESS_AS_TEXT.fullmatch(words):
            message = "the text of this link is an address"
        else:
            continue
        yield Finding(link.span, message, "Name the page or the thing it leads to.")


def _shows_an_image(link: Link) -> bool:
    return any(isinstance(node, Image) for node in link.walk())


@document_rule("L114", "padded-link-text", Severity.WARNING, fixable=True)
def padded_link_text(document: Document) -> Iterator[Finding]:
    """The text of a link begins and ends without spaces.

    The space is underlined with the link. The fix removes it where there is another one, or
    punctuation, on the other side of the bracket.

    Bad:
        See [ the paper ](https://example.org/paper).

    Good:
        See [the paper](https://example.org/paper).
    """
    text = document.source.text
    for link in document.of(Link):
        if link.form in {"autolink", "bare"}:
            continue
        words = text[link.text_span.start : link.text_span.end]
        if words == words.strip() or not words.strip():
            continue
        yield Finding(
            link.span,
            "the text of this link begins or ends with a space",
            "Put the space outside the brackets.",
            _trim(text, link, words),
        )


def _trim(text: str, link: Link, words: str) -> Fix | None:
    before = text[max(link.span.start - 1, 0) : link.span.start]
    after = text[link.span.end : link.span.end + 1]
    if words != words.lstrip() and before.isalnum():
        return None
    if words != words.rstrip() and after.isalnum():
        return None
    return Fix("Remove the space", (Edit(link.text_span, words.strip()),))
