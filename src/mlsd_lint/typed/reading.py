"""What reading one document as a type needs at every step, and where it notes what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.diagnostics import Finding, Related
from mlsd_lint.document import Definition, Image, plain_text
from mlsd_lint.typed.values import Items, Record, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_lint.diagnostics import Fix
    from mlsd_lint.document import Document, Link
    from mlsd_lint.registry import Rule
    from mlsd_lint.source import Source, Span
    from mlsd_lint.typed.flat_text import FlatText
    from mlsd_lint.typed.matching import Range
    from mlsd_lint.typed.shapes import Declared, Field
    from mlsd_lint.typed.values import Location, Value


class Problem(NamedTuple):
    """Something a document has wrong as a document of its type; `location` is in its values."""

    location: Location
    rule: Rule
    finding: Finding


@dataclass
class Reading:
    """One document being read.

    `anchors` are the fragments of headings by their text's span, `root` is the absolute path of
    the repository root. `explained` are the places of values whose lack a problem elsewhere
    explains, such as a column that a table does not have.
    """

    document: Document
    anchors: Mapping[Span, str]
    root: str = ""
    problems: list[Problem] = field(default_factory=list)
    explained: set[Location] = field(default_factory=set)

    @property
    def source(self) -> Source:
        """The text of the document."""
        return self.document.source

    def report(  # noqa: PLR0913  # a problem has that many sides
        self,
        rule: Rule,
        location: Location,
        span: Span,
        message: str,
        help_text: str = "",
        *,
        declared: Declared | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Note a problem, and where the type says what is expected."""
        related: tuple[Related, ...] = ()
        if declared is not None:
            path = declared.from_root(self.root)
            related = (Related(path, declared.line, "declared here"),)
        finding = Finding(span, message, help_text, fix, related)
        self.problems.append(Problem(location, rule, finding))

    @cached_property
    def _destinations(self) -> Mapping[Span, Span]:
        return {one.span: one.destination_span for one in self.document.of(Definition)}

    def link(self, node: Link) -> Record:
        """The values of a link or an image; a reference's address stands in its definition."""
        span = node.destination_span
        if span is None and node.definition is not None:
            span = self._destinations.get(node.definition)
        url = Scalar(span or node.span, node.destination)
        if isinstance(node, Image):
            return Record(node.span, {"alt": Scalar(node.text_span, node.alt), "url": url})
        title = Scalar(node.text_span, " ".join(plain_text(node).split()))
        return Record(node.span, {"title": title, "url": url})

    def part(self, one: Field, flat: FlatText, where: Range) -> Value:
        """The value of a named part."""
        if one.kind.content != "text":
            return self.link(flat.nodes[where.start])
        if one.separators:
            return _separated(flat, where, one.separators)
        piece = flat.piece(*where)
        return Scalar(piece.span, piece.value)


def _separated(flat: FlatText, where: Range, separators: tuple[str, ...]) -> Items:
    """The values between separators; the longest separator that fits somewhere counts."""
    longest_first = sorted(separators, key=len, reverse=True)
    pieces = []
    start = index = where.start
    while index < where.end:
        found = next((one for one in longest_first if flat.text.startswith(one, index)), None)
        if found is None:
            index += 1
            continue
        pieces.append(flat.piece(start, index))
        start = index = index + len(found)
    pieces.append(flat.piece(start, where.end))
    whole = flat.piece(*where)
    return Items(whole.span, [Scalar(one.span, one.value) for one in pieces])
