"""What a closing bracket makes of the text since its opening one (CommonMark 0.31, section 6.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

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
    identifier = normalize_label(src[label.start : label.end]) if label is not None else ""
    if label is not None:
        definition = state.references.definitions.get(identifier)
        if definition is not None:
            fields = _reference_fields(state, label, form, definition)
            return _finish(state, opener, close, label.after, fields)
    if _is_footnote(state, opener, close):
        return _finish_footnote(state, opener, close)
    if label is not None and identifier and form != "shortcut" and identifier[0] != "^":
        _note_unresolved(state, opener, label)
    return None


def _finish_inline(state: SpanState, opener: Bracket, close: int, target: Target) -> int:
    content, src = state.content, state.src
    part, title = target.destination, target.title
    fields: dict[str, Any] = {
        "form": "inline",
        "destination": unescape(src[part.start : part.end]),
        "destination_span": content.span(part.start, part.end),
    }
    if title is not None:
        fields["title"] = unescape(src[title.start : title.end])
        fields["title_span"] = content.span(title.start, title.end)
    return _finish(state, opener, close, target.after, fields)


def _reference_fields(
    state: SpanState, label: Part, form: LinkForm, definition: Definition
) -> dict[str, Any]:
    return {
        "form": form,
        "destination": definition.destination,
        "destination_span": None,
        "title": definition.title,
        "label": state.src[label.start : label.end],
        "label_span": state.content.span(label.start, label.end),
        "definition": definition.span,
    }


def _finish(
    state: SpanState, opener: Bracket, close: int, after: int, fields: dict[str, Any]
) -> int:
    """Put a link or an image in the place of the items since its opening bracket."""
    children = _take_children(state, opener)
    span = state.content.span(opener.start, after)
    text_span = state.content.span(opener.end, close)
    if opener.image:
        alt = "".join([plain_text(child) for child in children])
        state.items.append(Image(span, children, text_span=text_span, alt=alt, **fields))
    else:
        state.items.append(Link(span, children, text_span=text_span, **fields))
        # A link holds no other link: what is still open may only become an image.
        for bracket in state.link_openers:
            bracket.active = False
        state.link_openers.clear()
    state.depths[span.start] = state.depth + 1
    state.pending.pop(opener.start, None)
    return after


def _take_children(state: SpanState, opener: Bracket) -> tuple[Node, ...]:
    """The nodes since the opening bracket, which are the items' no longer."""
    runs = state.runs[opener.runs :]
    if runs:
        del state.runs[opener.runs :]
        match_runs(runs)
    items = state.items[opener.items + 1 :]
    del state.items[opener.items :]
    return assemble(state, items, addresses=False)


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
