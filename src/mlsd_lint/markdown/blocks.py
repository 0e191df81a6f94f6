"""The block parser: line by line, each line against the blocks that are open.

mistune cuts the text of a container out and parses it as a document of its own, so it must guess
where lazy continuation lines end. This parser keeps mistune's table of rules and its dispatch,
but follows the specification's own strategy (CommonMark 0.31, appendix): every rule works on the
file's text itself, so that every offset it meets is already a place in the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from mistune.block_parser import BlockParser

from mlsd_lint.markdown.building import (
    Building,
    ClosedBreak,
    ClosedHeading,
    OpenFence,
    OpenFootnote,
    OpenHtml,
    OpenIndented,
    OpenItem,
    OpenList,
    OpenParagraph,
    OpenQuote,
    OpenTable,
)
from mlsd_lint.markdown.content import trimmed_end
from mlsd_lint.markdown.html import BLANK_LINE, html_block_closing
from mlsd_lint.markdown.lines import LineState, close_paragraph
from mlsd_lint.markdown.tables import read_delimiter_row, split_row
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from re import Match

    from mistune.core import BlockState

_STARTERS = frozenset("#`~><-_*+=[0123456789")
_BLANKS = re.compile(r"[ \t]*")


class LineParser(BlockParser):
    """mistune's block parser, fed with lines."""

    SPECIFICATION: ClassVar[dict[str, str]] = {
        "setext": r"(?:=+|-+)[ \t]*\Z",
        "fence": r"(?:`{3,}(?=[^`]*\Z)|~{3,})",
        "atx": r"#{1,6}(?=[ \t]|\Z)",
        "quote": r">",
        "break": r"(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)\Z",
        "html": r"<(?=[A-Za-z/!?])",
        "footnote": r"\[\^[^\]\s]+\]:",
        "item": r"(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]|\Z)",
    }

    def __init__(self) -> None:
        super().__init__()
        self.rules = list(self.SPECIFICATION)
        self._starts = self.compile_sc(self.rules[1:])
        self._starts_or_underline = self.compile_sc(self.rules)

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:  # noqa: ARG002  # mistune's signature
        """Read every line of `state`, which must be a `LineState`, and close what is open."""
        if not isinstance(state, LineState):
            raise TypeError("the line parser needs a LineState")
        while state.line < len(state.starts) and state.starts[state.line] < len(state.src):
            self._read_line(state)
            state.line += 1
        state.line_end = len(state.src)
        state.matched = 0
        state.close_unmatched()

    def _read_line(self, state: LineState) -> None:
        state.line_end = state.ends[state.line]
        state.base = 0
        state.skip_blanks(state.starts[state.line], 0)
        state.matched = _match_containers(state) if state.stack else 0
        leaf = state.leaf
        if leaf is not None and state.matched == len(state.stack) and _continue_raw(state, leaf):
            return
        if self._start_blocks(state):
            _add_text(state)

    def _start_blocks(self, state: LineState) -> bool:
        """Open every block that starts on this line; whether the line is still to be placed."""
        text, end = state.src, state.line_end
        started = False
        while state.position < end:
            if state.column - state.base >= 4:
                return not _start_indented(state)
            if text[state.position] not in _STARTERS:
                return True
            pattern = self._starts_or_underline if state.interrupts_paragraph else self._starts
            match = pattern.match(text, state.position, end)
            if match is None or self.parse_method(match, state) is None:
                return True
            started = True
        return not started

    def parse_setext(self, match: Match[str], state: LineState) -> int | None:
        """Turn the paragraph above an underline into a heading (section 4.3)."""
        paragraph = state.leaf
        if type(paragraph) is not OpenParagraph:
            return None
        state.leaf = None
        if not close_paragraph(state, paragraph):
            # What stood above was definitions only (example 215): the line starts afresh.
            other = self._starts.match(state.src, state.position, state.line_end)
            return self.parse_method(other, state) if other else None
        siblings = state.container.children
        siblings.pop()
        span = Span(paragraph.start, state.position + len(match[0].rstrip(" \t")))
        level = 1 if match[0][0] == "=" else 2
        lines = paragraph.lines
        heading = ClosedHeading(span, paragraph.first_line, level, "setext", lines)
        heading.last_line = state.line
        siblings.append(heading)
        return _end_line(state)

    def parse_atx(self, match: Match[str], state: LineState) -> int:
        """Read a heading that starts with `#` (section 4.2)."""
        text = state.src
        level = len(match[0])
        end = trimmed_end(text, match.end(), state.line_end)
        start = _skip(text, match.end(), end)
        content_end = start + len(text[start:end].rstrip("#"))
        if start < content_end < end and text[content_end - 1] not in " \t":
            content_end = end
        content_end = trimmed_end(text, start, content_end)
        span = Span(state.position, max(end, match.end()))
        state.add(ClosedHeading(span, state.line, level, "atx", [start, content_end]))
        return _end_line(state)

    def parse_fence(self, match: Match[str], state: LineState) -> int:
        """Open a fenced code block (section 4.5)."""
        text = state.src
        end = max(trimmed_end(text, match.end(), state.line_end), match.end())
        info_start = _skip(text, match.end(), end)
        info = Span(info_start, end) if info_start < end else None
        state.add_leaf(OpenFence(state.position, end, state.line, match[0], info))
        return _end_line(state)

    def parse_quote(self, match: Match[str], state: LineState) -> int:  # noqa: ARG002  # likewise
        """Open a quote (section 5.1)."""
        quote = OpenQuote(state.position, state.position + 1, state.line)
        state.push(quote)
        _pass_quote_marker(state, quote)
        return state.position

    def parse_break(self, match: Match[str], state: LineState) -> int:
        """Read a thematic break (section 4.1)."""
        end = state.position + len(match[0].rstrip(" \t"))
        state.add(ClosedBreak(state.position, end, state.line))
        return _end_line(state)

    def parse_html(self, match: Match[str], state: LineState) -> int | None:
        """Open a block of raw HTML (section 4.6)."""
        start, end = match.start(), state.line_end
        in_paragraph = type(state.leaf) is OpenParagraph
        closing = html_block_closing(state.src, start, end, in_paragraph=in_paragraph)
        if closing is None:
            return None
        block = OpenHtml(start, end, state.line, closing)
        state.add_leaf(block)
        if closing is not BLANK_LINE and closing.search(state.src, start, end):
            state.leaf = None
        return _end_line(state)

    def parse_footnote(self, match: Match[str], state: LineState) -> int:
        """Open a footnote definition, as GitHub reads it."""
        start, end = match.span()
        label = Span(start + 2, end - 2)
        state.push(OpenFootnote(start, end, state.line, label))
        state.skip_blanks(end, state.column + end - start)
        state.base = state.column
        return state.position

    def parse_item(self, match: Match[str], state: LineState) -> int | None:
        """Open a list item, and its list where there is none to continue (sections 5.2, 5.3)."""
        text, line_end = state.src, state.line_end
        start, end = match.span()
        number = int(text[start : end - 1]) if end - start > 1 or text[start] not in "-*+" else None
        content = _skip(text, end, line_end)
        empty = content == line_end
        if state.interrupts_paragraph and (empty or number not in (None, 1)):
            return None
        delimiter = text[end - 1]
        parent = state.container
        if type(parent) is not OpenList or parent.delimiter != delimiter:
            state.push(OpenList(start, end, state.line, delimiter))
        indent = state.column - state.base
        after_marker = state.column + end - start
        state.skip_blanks(end, after_marker)
        padding = state.column - after_marker
        if empty or padding > 4:
            padding = 1
        state.base = after_marker + padding
        width = indent + end - start + padding
        state.push(OpenItem(Span(start, end), state.line, number, width))
        return state.position


def _skip(text: str, start: int, end: int) -> int:
    """The offset of the first character that is neither a space nor a tab."""
    return _BLANKS.match(text, start, end).end()  # type: ignore[union-attr]


def _end_line(state: LineState) -> int:
    state.position = state.line_end
    return state.line_end


def _pass_quote_marker(state: LineState, quote: OpenQuote) -> None:
    after = state.position + 1
    column = state.column + 1
    quote.end = after
    quote.last_line = state.line
    state.base = column
    if after < state.line_end and state.src[after] in " \t":
        state.base += 1
    state.skip_blanks(after, column)


def _match_containers(state: LineState) -> int:
    """How many of the open containers this line continues (section 5, and appendix, phase 1)."""
    for index, container in enumerate(state.stack):
        if isinstance(container, OpenItem | OpenFootnote):
            if state.position == state.line_end:
                if type(container) is OpenItem and not container.children:
                    return index
            elif state.column - state.base >= container.width:
                state.base += container.width
            else:
                return index
        elif type(container) is OpenQuote:
            if (
                state.position < state.line_end
                and state.src[state.position] == ">"
                and state.column - state.base < 4
            ):
                _pass_quote_marker(state, container)
            else:
                return index
    return len(state.stack)


def _continue_raw(state: LineState, leaf: Building) -> bool:
    """Add the line to the code or HTML that is open; False if it does not belong there."""
    blank = state.position == state.line_end
    if type(leaf) is OpenFence:
        leaf.end = state.line_end
        leaf.last_line = state.line
        if not blank and state.src[state.position] == leaf.fence[0]:
            _close_fence(state, leaf)
        return True
    if type(leaf) is OpenHtml:
        if blank and leaf.closing is BLANK_LINE:
            return False
        leaf.lines += (state.position, state.line_end)
        leaf.end = state.line_end
        leaf.last_line = state.line
        closing = leaf.closing
        if closing is not BLANK_LINE and closing.search(state.src, state.position, state.line_end):
            state.leaf = None
        return True
    if type(leaf) is OpenIndented:
        if blank:
            return True
        if state.column - state.base >= 4:
            leaf.end = state.line_end
            leaf.last_line = state.line
            return True
    return False


def _close_fence(state: LineState, leaf: OpenFence) -> None:
    line = state.src[state.position : state.line_end].rstrip(" \t")
    long_enough = len(line) >= len(leaf.fence)
    if long_enough and state.column - state.base < 4 and not line.strip(leaf.fence[0]):
        leaf.closed = True
        leaf.end = state.position + len(line)
        state.leaf = None


def _start_indented(state: LineState) -> bool:
    """Open indented code (section 4.4); it never interrupts a paragraph, lazy or not."""
    if type(state.leaf) is OpenParagraph:
        return False
    state.add_leaf(OpenIndented(state.position, state.line_end, state.line))
    return True


def _add_text(state: LineState) -> None:
    """Place a line on which no block starts."""
    start, end = state.position, state.line_end
    if start == end:
        state.close_unmatched()
        return
    leaf = state.leaf
    continues = state.matched == len(state.stack)
    if type(leaf) is OpenParagraph:
        if not (continues and _start_table(state, leaf)):
            leaf.add(start, end, state.line)
    elif continues and type(leaf) is OpenTable:
        leaf.add(start, trimmed_end(state.src, start, end), state.line)
    else:
        state.add_leaf(OpenParagraph(start, end, state.line))


def _start_table(state: LineState, paragraph: OpenParagraph) -> bool:
    """Make the paragraph's last line a table's header, if this line is a delimiter row."""
    text, start = state.src, state.position
    if text[start] not in "|:-" or state.column - state.base >= 4:
        return False
    end = trimmed_end(text, start, state.line_end)
    alignments = read_delimiter_row(text[start:end])
    if alignments is None:
        return False
    header_start = paragraph.lines[-2]
    header = Span(header_start, trimmed_end(text, header_start, paragraph.lines[-1]))
    if "|" not in text[header.start : header.end] + text[start:end]:
        return False
    if len(split_row(text, header)) != len(alignments):
        return False
    del paragraph.lines[-2:]
    if not paragraph.lines:
        state.container.children.pop()
        state.leaf = None
    else:
        paragraph.last_line -= 1
    table = OpenTable(header.start, end, state.line - 1, header, alignments)
    table.last_line = state.line
    state.add_leaf(table)
    return True
