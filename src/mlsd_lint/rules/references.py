"""Reference links (L1): each has its definition, and each definition its links."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.document import Definition, Image, Link
from mlsd_lint.nearest import nearest
from mlsd_lint.registry import document_rule
from mlsd_lint.targets import looks_like_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document

_SUBSCRIPTED = re.compile(r"[A-Za-z0-9_\])]")


@document_rule("L104", "undefined-reference", Severity.ERROR)
def undefined_reference(document: Document) -> Iterator[Finding]:
    """A reference link names a label that is defined in the document.

    Without its definition `[text][label]` is shown with all its brackets. A lone `[label]` is
    ordinary text, and so is a subscript such as `grid[i][j]`, or brackets in a link's text.

    Bad:
        See [the setup][instal].

        [install]: https://example.org/install

        It is [short][install].

    Good:
        See [the setup][install].

        [install]: https://example.org/install
    """
    labels = [definition.label for definition in document.of(Definition)]
    links = [link.span for link in document.of(Link)]
    starts = [link.start for link in links]
    text = document.source.text
    for reference in document.unresolved:
        before = text[max(reference.span.start - 1, 0) : reference.span.start]
        if not reference.image and _SUBSCRIPTED.match(before):
            continue
        before_it = bisect_left(starts, reference.span.start) - 1
        if before_it >= 0 and reference.span.end < links[before_it].end:
            continue
        near = nearest(reference.label, labels)
        yield Finding(
            reference.span,
            f"there is no definition of [{reference.label}]"
            + (f"; did you mean [{near}]?" if near else ""),
            _advice(reference.label),
        )


def _advice(label: str) -> str:
    if looks_like_address(label):
        return "An address goes in parentheses: [text](address)."
    return f"Define it in a line of its own, `[{label}]: address`."


@document_rule("L105", "unused-definition", Severity.WARNING)
def unused_definition(document: Document) -> Iterator[Finding]:
    """A reference definition is used by a link or an image.

    What nobody links to is not shown: either the link was lost, or the definition is left over.
    The idiom `[//]: # (a comment)` is taken for the comment that it is.

    Bad:
        No link here.

        [install]: https://example.org/install

    Good:
        See [how to install it][install].

        [install]: https://example.org/install

        [//]: # (reviewed in May)
    """
    used = {link.definition for link in (*document.of(Link), *document.of(Image))}
    identifiers = {
        definition.identifier
        for definition in document.of(Definition)
        if definition.span in used or definition.destination_span in used
    }
    for definition in document.of(Definition):
        if definition.identifier not in identifiers and not _is_comment(definition):
            yield Finding(
                definition.span,
                f"nothing links to [{definition.label}]",
                "Link to it, or remove the definition.",
            )


@document_rule("L106", "duplicate-definition", Severity.WARNING)
def duplicate_definition(document: Document) -> Iterator[Finding]:
    """A label is defined once.

    The first definition wins and the others do nothing (CommonMark example 204). Labels are
    equal whatever their case and spacing.

    Bad:
        See [how to install it][install].

        [install]: https://example.org/install
        [Install]: https://example.org/new/install

    Good:
        See [how to install it][install].

        [install]: https://example.org/install
    """
    first: dict[str, Definition] = {}
    for definition in document.of(Definition):
        winner = first.setdefault(definition.identifier, definition)
        if winner is definition or _is_comment(definition):
            continue
        line = document.source.position(winner.span.start).line
        same = winner.destination == definition.destination
        yield Finding(
            definition.span,
            f"[{definition.label}] is already defined in line {line}"
            + ("" if same else ", with another destination"),
            "Remove this definition." if same else "Keep one of the two, or rename this one.",
        )


def _is_comment(definition: Definition) -> bool:
    """Whether a definition is one of the ways to write a comment: `[//]: # (words)`."""
    return definition.destination in {"", "#"} or definition.label.strip("/") == ""
