"""What a closing bracket makes of the text since its opening one (CommonMark 0.31, section 6.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.document import (
    Definition,
    FootnoteReference,
    Image,
    Link,
    LinkForm,
    Node,
    UnresolvedReference,
    plain_text,
)
from mlsd_lint.markdown.emphasis import match_runs
from mlsd_lint.markdown.entities import unescape
from mlsd_lint.markdown.links import (
    MAX_LABEL,
    Part,
    Target,
    normalize_label,
    read_inline_target,
    read_label,
)
from mlsd_lint.markdown.nesting import assemble

if TYPE_CHECKING:
    from mlsd_lint.markdown.inlines import SpanState

_FOOTNOTE_LABEL = re.compile(r"\^[^\[\]\s]+\Z")


class Bracket:
    """An opening bracket: `end` is where its text starts; `items` and `runs` are counts then."""

    __slots__ = ("active", "end", "image", "items", "nested", "runs", "start")

    def __init__(self, start: int, end: int, items: int, runs: int) -> None:
        self.start = start
        self.end = end
        self.items = items
        self.runs = runs
        self.image = end - start == 2
        self.active = True
        self.nested = False


def close_bracket(state: SpanState, close: int) -> int | None:
    """End the link, image or footnote reference that ends here; the offset behind it."""
    if not state.open_brackets:
        return None
    opener = state.open_brackets.pop()
    if opener.active and not opener.image:
        state.link_openers.pop()
    if not opener.active:
        return None
    src = state.src
    if src.startswith("(", close + 1):
        target = read_inline_target(src, close + 2)
        if target is not None:
            return _finish_inline(state, opener, close, target)
    return _close_reference(state, opener, close)


def _close_reference(state: SpanState, opener: Bracket, close: int) -> int | None:
    src = state.src
    form: LinkForm
    label = read_label(src, close + 1) if src.startswith("[", close + 1) else None
    if label is not None:
        form = "full"
    else:
        form = "collapsed" if src.startswith("[]", close + 1) else "shortcut"
        if not opener.nested and close - opener.end <= MAX_LABEL:
            label = Part(opener.end, close, close + (3 if form == "collapsed" else 1))
    if label is not None:
        identifier = normalize_label(src[label.start : label.end])
        definition = state.references.definitions.get(identifier)
        if definition is not None:
            return _finish_reference(state, opener, close, label, form, definition)
    if _is_footnote(state, opener, close):
        return _finish_footnote(state, opener, close)
    if label is not None and form != "shortcut" and src[label.start] != "^":
        _note_unresolved(state, opener, label)
    return None


def _finish_inline(state: SpanState, opener: Bracket, close: int, target: Target) -> int:
    content, src = state.content, state.src
    part, title = target.destination, target.title
    children = _take_children(state, opener)
    span = content.span(opener.start, target.after)
    destination = unescape(src[part.start : part.end])
    destination_span = content.span(part.start, part.end)
    text_span = content.span(opener.end, close)
    title_text = unescape(src[title.start : title.end]) if title else None
    title_span = content.span(title.start, title.end) if title else None
    node: Link
    if opener.image:
        node = Image(
            span,
            children,
            form="inline",
            destination=destination,
            destination_span=destination_span,
            text_span=text_span,
            title=title_text,
            title_span=title_span,
            alt=_alternative(children),
        )
    else:
        node = Link(
            span,
            children,
            form="inline",
            destination=destination,
            destination_span=destination_span,
            text_span=text_span,
            title=title_text,
            title_span=title_span,
        )
    _finish(state, opener, node)
    return target.after


def _finish_reference(
    state: SpanState,
    opener: Bracket,
    close: int,
    label: Part,
    form: LinkForm,
    definition: Definition,
) -> int:
    content = state.content
    children = _take_children(state, opener)
    span = content.span(opener.start, label.after)
    text_span = content.span(opener.end, close)
    label_text = state.src[label.start : label.end]
    label_span = content.span(label.start, label.end)
    node: Link
    if opener.image:
        node = Image(
            span,
            children,
            form=form,
            destination=definition.destination,
            destination_span=None,
            text_span=text_span,
            title=definition.title,
            label=label_text,
            label_span=label_span,
            definition=definition.span,
            alt=_alternative(children),
        )
    else:
        node = Link(
            span,
            children,
            form=form,
            destination=definition.destination,
            destination_span=None,
            text_span=text_span,
            title=definition.title,
            label=label_text,
            label_span=label_span,
            definition=definition.span,
        )
    _finish(state, opener, node)
    return label.after


def _take_children(state: SpanState, opener: Bracket) -> tuple[Node, ...]:
    """The nodes since the opening bracket, which are the items' no longer."""
    runs = state.runs[opener.runs :]
    if runs:
        del state.runs[opener.runs :]
        match_runs(runs)
    items = state.items[opener.items + 1 :]
    del state.items[opener.items :]
    return assemble(state, items, addresses=False)


def _alternative(children: tuple[Node, ...]) -> str:
    return "".join(plain_text(child) for child in children)


def _finish(state: SpanState, opener: Bracket, node: Node) -> None:
    state.items.append(node)
    state.depths[node.span.start] = state.depth + 1
    state.pending.pop(opener.start, None)
    if type(node) is Link:
        # A link holds no other link: what is still open may only become an image.
        for bracket in state.link_openers:
            bracket.active = False
        state.link_openers.clear()


def _is_footnote(state: SpanState, opener: Bracket, close: int) -> bool:
    src = state.src
    if not src.startswith("^", opener.end) or not state.references.footnotes:
        return False
    label = src[opener.end : close]
    if not _FOOTNOTE_LABEL.match(label):
        return False
    return normalize_label(label[1:]) in state.references.footnotes


def _finish_footnote(state: SpanState, opener: Bracket, close: int) -> int:
    start = opener.end - 1
    label = state.src[opener.end + 1 : close]
    span = state.content.span(start, close + 1)
    del state.items[opener.items :]
    del state.runs[opener.runs :]
    if opener.image:
        state.items.append((opener.start, start))
    state.items.append(FootnoteReference(span, label=label, identifier=normalize_label(label)))
    state.pending.pop(start, None)
    return close + 1


def _note_unresolved(state: SpanState, opener: Bracket, label: Part) -> None:
    content = state.content
    # Where the label turns out to be the text of a link of its own, `_finish` takes this back.
    key = label.start - 1 if label.start > opener.end else -1 - opener.start
    state.pending[key] = UnresolvedReference(
        content.span(opener.start, label.after),
        state.src[label.start : label.end],
        content.span(label.start, label.end),
        opener.image,
    )
