"""From a `Document` to its `Page`: the anchors, destinations and the like that others need."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from mlsd_lint.document import Definition, Image, Link
from mlsd_lint.markdown.anchors import anchors
from mlsd_lint.repository_claims import repository_claims
from mlsd_lint.source import Span
from mlsd_lint.targets import is_external, is_template
from mlsd_lint.workspace import Destination, Page, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.config.settings import Dialect
    from mlsd_lint.document import Attribute, Document, Tag
    from mlsd_lint.source import Source
    from mlsd_lint.workspace import Form, Role

_ATTRIBUTES: dict[str, dict[str, Role]] = {
    "a": {"href": "attribute"},
    "area": {"href": "attribute"},
    "audio": {"src": "attribute"},
    "embed": {"src": "attribute"},
    "iframe": {"src": "attribute"},
    "img": {"src": "image", "srcset": "image"},
    "link": {"href": "attribute"},
    "object": {"data": "attribute"},
    "script": {"src": "attribute"},
    "source": {"src": "attribute", "srcset": "image"},
    "track": {"src": "attribute"},
    "video": {"src": "attribute", "poster": "image"},
}
_SRCSET_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*[^\s,]|[^\s,])(?:\s+[\d.]+[wxh])*\s*(?:,|$)")
_DIRECTIVE = re.compile(r"mlsd-lint-(disable-next-line|disable-file|disable|enable)(?:\s|$)")


def page(document: Document, dialect: Dialect) -> Page:
    """What the others keep of a document; `dialect` decides which anchors its headings have."""
    return Page(
        document.source.path,
        tuple(anchors(document, dialect)),
        destinations(document),
        suppressions(document),
        claims=repository_claims(document),
    )


def destinations(document: Document) -> tuple[Destination, ...]:
    """Everything in a document that points somewhere, in the order of the text.

    Where the document has a `<base href>`, `value` is what a relative destination means with it.
    """
    found = [
        *_of_links(document),
        *_of_definitions(document),
        *(one for tag in document.tags for one in _of_tag(document.source, tag)),
    ]
    found.sort(key=lambda one: one.span)
    base = _base(document)
    return tuple(_based(one, base) for one in found) if base else tuple(found)


def _of_links(document: Document) -> Iterator[Destination]:
    source = document.source
    kinds: tuple[tuple[type[Link], Role], ...] = ((Link, "link"), (Image, "image"))
    for kind, role in kinds:
        for link in document.of(kind):
            span = link.destination_span
            if span is not None:
                written = source.slice(span)
                form = "bare" if span == link.span else _form(source, span, link.span)
                yield Destination(link.destination, written, span, link.span, role, form)


def _of_definitions(document: Document) -> Iterator[Destination]:
    for definition in document.of(Definition):
        span = definition.destination_span
        written = document.source.slice(span)
        form = _form(document.source, span, definition.span)
        yield Destination(
            definition.destination, written, span, definition.span, "definition", form
        )


def _form(source: Source, span: Span, whole: Span) -> Form:
    if not source.text.startswith("<", span.start - 1):
        return "plain"
    return "autolink" if whole.start == span.start - 1 else "angled"


def _of_tag(source: Source, tag: Tag) -> Iterator[Destination]:
    roles = _ATTRIBUTES.get(tag.name)
    if roles is None:
        return
    for attribute in tag.attributes:
        role = roles.get(attribute.name)
        if role is None or attribute.value_span is None:
            continue
        before = source.text[attribute.value_span.start - 1]
        form: Form = '"' if before == '"' else "'" if before == "'" else "unquoted"
        for span in _value_spans(source, attribute, attribute.value_span):
            written = source.slice(span)
            value = html.unescape(written) if "&" in written else written
            yield Destination(value, written, span, tag.span, role, form)


def _value_spans(source: Source, attribute: Attribute, span: Span) -> Iterator[Span]:
    """The whole value, or each candidate of a `srcset` without its width or density."""
    if attribute.name != "srcset":
        yield span
        return
    for match in _SRCSET_CANDIDATE.finditer(source.text, span.start, span.end):
        yield Span(match.start(1), match.end(1))


def _base(document: Document) -> str:
    """The address that relative links start from; HTML minds the first such element only."""
    for tag in document.tags:
        if tag.name == "base" and (href := tag.attribute("href")) is not None:
            return href.value.strip()
    return ""


def _based(destination: Destination, base: str) -> Destination:
    value = destination.value
    if not value or is_external(value) or is_template(value) or is_template(base):
        return destination
    return destination._replace(value=urljoin(base, value))


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """The inline comments that silence rules, in the order of the text.

    `mlsd-lint-disable-next-line` holds for the next line that is neither blank nor such a
    comment alone, so that several can stand above one line; `mlsd-lint-disable-file` for the
    whole file, and `mlsd-lint-disable` until a `mlsd-lint-enable` that names the same code, or none. One comment whose codes are enabled at
    different places gives several suppressions.
    """
    found: list[Suppression] = []
    ranges: list[Suppression] = []
    text_lines: list[int] | None = None
    for comment in document.comments:
        directive = _DIRECTIVE.match(comment.text) if comment.closed else None
        if directive is None:
            continue
        codes = _codes(comment.text[directive.end() :])
        kind = directive.group(1)
        first = document.source.position(comment.span.start).line
        last = document.source.position(comment.span.end).line
        if kind == "enable":
            found += _closed(ranges, codes, last)
        elif kind == "disable":
            ranges.append(Suppression(codes, first, None, comment.span))
        elif kind == "disable-file":
            found.append(Suppression(codes, 1, None, comment.span))
        else:
            if text_lines is None:
                text_lines = _text_lines(document)
            place = bisect_right(text_lines, last)
            at_end = place == len(text_lines)
            end = len(document.source.line_starts) if at_end else text_lines[place]
            found.append(Suppression(codes, last + 1, end, comment.span))
    return tuple(sorted(found + ranges, key=lambda one: (one.span, one.first_line)))


def _codes(text: str) -> tuple[str, ...]:
    before_reason = text.partition("--")[0]
    return tuple(code for code in re.split(r"[\s,]+", before_reason) if code)


def _closed(ranges: list[Suppression], codes: tuple[str, ...], line: int) -> Iterator[Suppression]:
    """End the open ranges of these codes (of all, if none is named) at `line`."""
    names = {code.casefold() for code in codes}
    for index in reversed(range(len(ranges))):
        one = ranges[index]
        ended = tuple(code for code in one.codes if not names or code.casefold() in names)
        if names and not ended:
            continue
        yield one._replace(codes=ended, last_line=line)
        remaining = tuple(code for code in one.codes if code not in ended)
        if remaining:
            ranges[index] = one._replace(codes=remaining)
        else:
            del ranges[index]


def _text_lines(document: Document) -> list[int]:
    """The lines that say something: neither blank nor a comment to us alone."""
    source = document.source
    comments = directive_lines(document)
    return [
        number
        for number in range(1, len(source.line_starts) + 1)
        if number not in comments and source.line(number).strip()
    ]


def directive_lines(document: Document) -> frozenset[int]:
    """The lines that hold nothing but a comment to us, and the markers of quotes around it."""
    source = document.source
    lines: set[int] = set()
    for comment in document.comments:
        if not comment.closed or not _DIRECTIVE.match(comment.text):
            continue
        first = source.position(comment.span.start).line
        last = source.position(comment.span.end).line
        before = source.text[source.line_span(first).start : comment.span.start]
        behind = source.text[comment.span.end : source.line_span(last).end]
        if not before.strip(" \t>") and not behind.strip():
            lines.update(range(first, last + 1))
    return frozenset(lines)
