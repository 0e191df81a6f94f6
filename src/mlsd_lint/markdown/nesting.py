"""From the flat items of an inline state to nodes within nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlsd_lint.document import Emphasis, Link, Node, Strikethrough, Strong, Text
from mlsd_lint.markdown.autolinks import Bare, find_in_text
from mlsd_lint.markdown.emphasis import Run
from mlsd_lint.markdown.entities import ENTITY, decode_entity
from mlsd_lint.markdown.errors import MAX_INLINE_NESTING, RefusedError

if TYPE_CHECKING:
    from mlsd_lint.markdown.content import Content
    from mlsd_lint.markdown.inlines import SpanState


def text_runs(content: Content, start: int, end: int) -> tuple[Text, ...]:
    """A range of text in which only entities are resolved, each of them a run of its own."""
    src = content.src
    if "&" not in src[start:end]:
        return (Text(content.span(start, end), text=src[start:end]),)
    runs: list[Text] = []
    for entity in ENTITY.finditer(src, start, end):
        text = decode_entity(entity[0])
        if text is None:
            continue
        if entity.start() > start:
            span = content.span(start, entity.start())
            runs.append(Text(span, text=src[start : entity.start()]))
        start = entity.end()
        runs.append(Text(content.span(entity.start(), start), text=text))
    if start < end:
        runs.append(Text(content.span(start, end), text=src[start:end]))
    return tuple(runs)


def bare_link(content: Content, bare: Bare) -> Link:
    """The link that an address in plain text is. Escapes and entities in it mean themselves."""
    address = content.src[bare.start : bare.end]
    span = content.span(bare.start, bare.end)
    return Link(
        span,
        (Text(span, text=address),),
        form="bare",
        destination=bare.prefix + address,
        destination_span=span,
        text_span=span,
    )


class _Assembly:
    """The nodes made so far, and the emphasis that is still open around them."""

    def __init__(self, state: SpanState, *, addresses: bool) -> None:
        self.state = state
        self.may_hold_addresses = addresses and (state.hidden or "@" in state.src)
        self.nodes: list[Node] = []
        self.open: list[tuple[list[Node], int]] = []
        self.start = 0
        self.end = 0
        self.deepest = 0

    def add_literal(self, start: int, end: int) -> None:
        """Add a range of plain text to the one before it, if that ends where this starts."""
        if self.end == start and self.start < self.end:
            self.end = end
        else:
            self.flush()
            self.start, self.end = start, end

    def flush(self) -> None:
        """Make nodes of the plain text that is waiting."""
        start, end = self.start, self.end
        if start == end:
            return
        self.start = end
        state = self.state
        content = state.content
        if self.may_hold_addresses:
            for bare in find_in_text(state.src, start, end):
                if bare.start > start:
                    self.add_text(content, start, bare.start)
                self.nodes.append(bare_link(content, bare))
                start = bare.end
        if start < end:
            self.add_text(content, start, end)

    def add_text(self, content: Content, start: int, end: int) -> None:
        """Add a text node."""
        self.nodes.append(Text(content.span(start, end), text=content.src[start:end]))

    def add_run(self, run: Run) -> None:
        """Close and open what a run of delimiters closes and opens."""
        position = run.start
        for used in run.closes:
            self.flush()
            position += used
            self._close(run.character, used, position)
        if run.left:
            self.add_literal(position, position + run.left)
            position += run.left
        for used in reversed(run.opens):
            self.flush()
            self.open.append((self.nodes, position))
            self.nodes = []
            position += used
            self.note_depth(0, self.state.content.at(position))

    def note_depth(self, below: int, offset: int) -> None:
        """Remember how deep nodes lie in each other, and refuse what is too deep."""
        depth = len(self.open) + below
        if depth > self.deepest:
            self.deepest = depth
            if depth > MAX_INLINE_NESTING:
                raise RefusedError(
                    f"emphasis and images are nested more than {MAX_INLINE_NESTING} levels deep",
                    offset,
                )

    def _close(self, character: str, used: int, end: int) -> None:
        children = tuple(self.nodes)
        self.nodes, start = self.open.pop()
        span = self.state.content.span(start, end)
        kind = Strikethrough if character == "~" else Strong if used == 2 else Emphasis
        self.nodes.append(kind(span, children))


def assemble(state: SpanState, items: list[Any], *, addresses: bool) -> tuple[Node, ...]:
    """The nodes of `items`; with `addresses`, also those of addresses in plain text.

    Without, this is the text of a link or image, and its depth is noted for the node around it.
    """
    if len(items) == 1 and type(items[0]) is tuple and not addresses:
        start, end = items[0]
        state.depth = 0
        return (Text(state.content.span(start, end), text=state.src[start:end]),)
    assembly = _Assembly(state, addresses=addresses)
    depths = state.depths
    for item in items:
        kind = type(item)
        if kind is tuple:
            if item[0] < item[1]:
                assembly.add_literal(*item)
        elif kind is Run:
            assembly.add_run(item)
        else:
            assembly.flush()
            assembly.nodes.append(item)
            if depths and item.span.start in depths:
                assembly.note_depth(depths[item.span.start], item.span.start)
    assembly.flush()
    state.depth = assembly.deepest
    return tuple(assembly.nodes)
