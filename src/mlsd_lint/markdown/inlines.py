"""The inline parser: tokens in the order of the text, each knowing where it starts and ends.

It keeps mistune's state, table of rules and index of closing delimiters, and replaces the loop:
a token starts where the one before it ended, so nothing is ever searched for afterwards.

Until a state is finished its `items` are of three kinds: a literal (a range of `src`), a run of
delimiters whose meaning is not known yet, or a finished node.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from mistune.core import InlineState
from mistune.inline_parser import InlineParser

from mlsd_lint.document import CodeSpan, HtmlInline, LineBreak, Link, Node, Text
from mlsd_lint.markdown import autolinks
from mlsd_lint.markdown.brackets import Bracket, close_bracket
from mlsd_lint.markdown.emphasis import Run, match_runs
from mlsd_lint.markdown.entities import ENTITY, ESCAPABLE, decode_entity, unescape_entities
from mlsd_lint.markdown.html import INLINE_TAG, add_inline_markup
from mlsd_lint.markdown.nesting import assemble, bare_link, text_runs
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from re import Match

    from mlsd_lint.document import Comment, Definition, Tag, UnresolvedReference
    from mlsd_lint.markdown.content import Content

_RUNS = {character: re.compile(re.escape(character) + "+") for character in "*_~`"}
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^<>\x00-\x20]*+)>")
_AUTO_EMAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*+)>"
)
_DECLARATION = re.compile(r"<![A-Za-z]")
_TRIGGERS = r"\\`*_~!\[\]<&\n\x00"


# Most text has none of these, and needs no state at all.
_MARKUP = re.compile(rf"[{_TRIGGERS}@]|://|www\.|WWW\.")


class References:
    """What a document's references are resolved against, and what its inlines yield besides."""

    def __init__(self) -> None:
        self.definitions: dict[str, Definition] = {}
        self.footnotes: set[str] = set()
        self.tags: list[Tag] = []
        self.comments: list[Comment] = []
        self.unresolved: list[UnresolvedReference] = []


class SpanState(InlineState):
    """mistune's inline state, with the way back to the file.

    `hidden` tells that an address stood in brackets, where it might have been part of a link.
    """

    def __init__(self, content: Content, references: References, *, in_table: bool = False) -> None:
        super().__init__({})
        self.src = content.src
        self.content = content
        self.references = references
        self.in_table = in_table
        self.items: list[Any] = []
        self.runs: list[Run] = []
        self.open_brackets: list[Bracket] = []
        self.link_openers: list[Bracket] = []
        self.pending: dict[int, UnresolvedReference] = {}
        self.depths: dict[int, int] = {}
        self.hidden = False


class SpanParser(InlineParser):
    """mistune's inline parser; each rule returns the offset behind what it read, or None."""

    STARTS: ClassVar[dict[str, str]] = {
        "backslash": "\\",
        "code": "`",
        "delimiters": "*_~",
        "bracket": "[",
        "image": "!",
        "closing": "]",
        "angle": "<",
        "entity": "&",
        "newline": "\n",
        "nul": "\x00",
        "url": ":",
        "www": "wW",
    }

    def __init__(self) -> None:
        super().__init__()
        self.rules = list(self.STARTS)
        self._by_character = {
            character: getattr(self, "parse_" + rule)
            for rule, characters in self.STARTS.items()
            for character in characters
        }

    def read(
        self, content: Content, references: References, *, in_table: bool = False
    ) -> tuple[Node, ...]:
        """The inlines of a block, in order, with everything resolved."""
        src = content.src
        if not _MARKUP.search(src):
            return (Text(content.span(0, len(src)), text=src),)
        state = SpanState(content, references, in_table=in_table)
        self._scan(state)
        if state.runs:
            match_runs(state.runs)
        state.references.unresolved += state.pending.values()
        return assemble(state, state.items, addresses=True)

    def _scan(self, state: SpanState) -> None:
        src, items = state.src, state.items
        search = _triggers("://" in src, "www." in src or "WWW." in src).search
        by_character = self._by_character
        position = 0
        while match := search(src, position):
            start = match.start()
            if start > position:
                items.append((position, start))
            after = by_character[src[start]](match, state)
            if after is None:
                after = start + 1
                items.append((start, after))
            position = after
        if position < len(src):
            items.append((position, len(src)))

    def parse_backslash(self, match: Match[str], state: SpanState) -> int | None:
        """A backslash escape, or a hard line break (sections 2.4 and 6.7)."""
        start = match.start()
        after = state.src[start + 1 : start + 2]
        if after == "\n":
            _add_break(state, start, start + 1, hard=True)
        elif after in ESCAPABLE:
            state.items.append(Text(state.content.span(start, start + 2), text=after))
        else:
            return None
        return start + 2

    def parse_entity(self, match: Match[str], state: SpanState) -> int | None:
        """An entity or a numeric character reference (section 2.5)."""
        entity = ENTITY.match(state.src, match.start())
        text = decode_entity(entity[0]) if entity else None
        if entity is None or text is None:
            return None
        state.items.append(Text(state.content.span(*entity.span()), text=text))
        return entity.end()

    def parse_nul(self, match: Match[str], state: SpanState) -> int:
        """A NUL, which reads as U+FFFD (section 2.3)."""
        state.items.append(Text(state.content.span(*match.span()), text="\ufffd"))
        return match.end()

    def parse_newline(self, match: Match[str], state: SpanState) -> int:
        """The end of a line, hard behind two spaces (sections 6.7 and 6.8)."""
        end = start = match.start()
        items = state.items
        if items and type(items[-1]) is tuple:
            first, last = items[-1]
            start = first + len(state.src[first:last].rstrip(" "))
            items[-1] = (first, start)
        _add_break(state, start, end, hard=end - start >= 2)
        return match.end()

    def parse_code(self, match: Match[str], state: SpanState) -> int:
        """Inline code (section 6.1)."""
        src, start = state.src, match.start()
        marker = _RUNS["`"].match(src, start)[0]  # type: ignore[index]  # starts with one
        after = start + len(marker)
        end = state.delimiters.code_end(marker, after)
        if end is None:
            state.items.append((start, after))
            return after
        code = src[after:end].replace("\n", " ").replace("\x00", "\ufffd")
        if state.in_table:
            code = code.replace("\\|", "|")
        if code[:1] == " " == code[-1:] and code.strip(" "):
            code = code[1:-1]
        end += len(marker)
        state.items.append(CodeSpan(state.content.span(start, end), text=code))
        return end

    def parse_delimiters(self, match: Match[str], state: SpanState) -> int:
        """A run of delimiters, to be matched when the block or the link around it is complete."""
        src, start = state.src, match.start()
        end = _RUNS[src[start]].match(src, start).end()  # type: ignore[union-attr]
        run = Run(src, start, end)
        if (run.can_open or run.can_close) and (run.character != "~" or run.size <= 2):
            state.runs.append(run)
            state.items.append(run)
        else:
            state.items.append((start, end))
        return end

    def parse_bracket(self, match: Match[str], state: SpanState) -> int:
        """What may start a link."""
        return self._open_bracket(state, match.start(), 1)

    def parse_image(self, match: Match[str], state: SpanState) -> int | None:
        """What may start an image."""
        start = match.start()
        if not state.src.startswith("[", start + 1):
            return None
        return self._open_bracket(state, start, 2)

    def _open_bracket(self, state: SpanState, start: int, size: int) -> int:
        bracket = Bracket(start, start + size, len(state.items), len(state.runs))
        if state.open_brackets:
            state.open_brackets[-1].nested = True
        state.open_brackets.append(bracket)
        if not bracket.image:
            state.link_openers.append(bracket)
        state.items.append((start, start + size))
        return start + size

    def parse_closing(self, match: Match[str], state: SpanState) -> int | None:
        """What may end a link, an image or a footnote reference."""
        return close_bracket(state, match.start())

    def parse_angle(self, match: Match[str], state: SpanState) -> int | None:
        """An autolink (section 6.5) or raw HTML (section 6.6)."""
        src, start = state.src, match.start()
        for pattern, prefix in ((_AUTOLINK, ""), (_AUTO_EMAIL, "mailto:")):
            address = pattern.match(src, start)
            if address:
                span = state.content.span(*address.span(1))
                link = Link(
                    state.content.span(start, address.end()),
                    text_runs(state.content, *address.span(1)),
                    form="autolink",
                    destination=prefix + unescape_entities(address[1]),
                    destination_span=span,
                    text_span=span,
                )
                state.items.append(link)
                return address.end()
        end = _html_end(state, start)
        if end is not None:
            state.items.append(HtmlInline(state.content.span(start, end)))
            references = state.references
            add_inline_markup(state.content, start, end, references.tags, references.comments)
        return end

    def parse_url(self, match: Match[str], state: SpanState) -> int | None:
        """A bare address with a scheme (GFM)."""
        items = state.items
        if not items or type(items[-1]) is not tuple or items[-1][1] != match.start():
            return None
        floor = items[-1][0]
        bare = autolinks.find_url(state.src, match.start(), floor, len(state.src))
        if bare is None or _in_brackets(state):
            return None
        if bare.start > floor:
            items[-1] = (floor, bare.start)
        else:
            items.pop()
        items.append(bare_link(state.content, bare))
        return bare.end

    def parse_www(self, match: Match[str], state: SpanState) -> int | None:
        """A bare address that starts with `www.` (GFM)."""
        bare = autolinks.find_www(state.src, match.start(), len(state.src))
        if bare is None or _in_brackets(state):
            return None
        state.items.append(bare_link(state.content, bare))
        return bare.end


def _triggers(url: bool, www: bool) -> re.Pattern[str]:  # noqa: FBT001  # the cache's key
    """The pattern that finds where a rule may start; addresses only where the text has any."""
    return _TRIGGER_PATTERNS[url, www]


_TRIGGER_PATTERNS = {
    (False, False): re.compile(f"[{_TRIGGERS}]"),
    (True, False): re.compile(f"[{_TRIGGERS}:]"),
    (False, True): re.compile(f"[{_TRIGGERS}]|{autolinks.WWW}"),
    (True, True): re.compile(f"[{_TRIGGERS}:]|{autolinks.WWW}"),
}


def _in_brackets(state: SpanState) -> bool:
    """Whether this may be the text of a link, which holds no other; remembered for later."""
    inside = bool(state.open_brackets) and state.open_brackets[-1].active
    state.hidden = state.hidden or inside
    return inside


def _add_break(state: SpanState, start: int, newline: int, *, hard: bool) -> None:
    content = state.content
    end = content.at(newline)
    end += 2 if content.text.startswith("\r\n", end) else 1
    state.items.append(LineBreak(Span(content.at(start), end), hard=hard))


def _html_end(state: SpanState, start: int) -> int | None:
    """Where the raw HTML that starts here ends; None if there is none."""
    src = state.src
    if src.startswith("<!--", start):
        if src.startswith((">", "->"), start + 4):
            return src.index(">", start) + 1
        return _after(state, "-->", start + 4)
    if src.startswith("<?", start):
        return _after(state, "?>", start + 2)
    if src.startswith("<![CDATA[", start):
        return _after(state, "]]>", start + 9)
    if _DECLARATION.match(src, start):
        return _after(state, ">", start + 2)
    tag = INLINE_TAG.match(src, start)
    return tag.end() if tag else None


def _after(state: SpanState, marker: str, start: int) -> int | None:
    end = state.delimiters.find(marker, start)
    return None if end is None else end + len(marker)
