"""Reading the text of a Mermaid flowchart: its nodes, its edges, and what is broken in it.

It follows what Mermaid 11 accepts. Where something is not known here, reading stops and says so
(`Flowchart.complete`): a later Mermaid may have a meaning for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from mlsd_lint.rules.mermaid_labels import (
    LINK,
    OPENER,
    BrokenStatementError,
    Problem,
    read_label,
    read_quoted,
)
from mlsd_lint.rules.mermaid_text import Stretch

SPACE = re.compile(r"[ \t]*")
BLANK = re.compile(r"\s*")
BETWEEN = re.compile(r"[\s;]*")
REST = re.compile(r"[^\n]*")
TO_SEPARATOR = re.compile(r"[^\n;]*")
KEYWORD = re.compile(
    r"(?P<word>subgraph|end|style|linkStyle|classDef|class|click)(?=[\s;]|\Z)"
    r"|(?P<skipped>direction[ \t]+(?:TB|TD|BT|RL|LR)\b[^\n]*"
    r"|accTitle\s*:[^\n]*|accDescr\s*:[^\n]*|accDescr\s*\{[^}]*\}?)"
)
IDENTIFIER = re.compile(r"(?:[\w!#$%&'*+.`?\\/,]|:(?!::)|-(?![->.])|=(?!=))+")
RESERVED = re.compile(
    r"(?:flowchart-elk|flowchart|graph|subgraph|end|style|linkStyle|classDef|class|interpolate"
    r"|_self|_blank|_parent|_top)\b|(?:call|click|href)(?=\s)",
    re.ASCII,
)
LINK_START = re.compile(r"\s*[xo<]?(--|==|-\.)[ \t]*")
LINK_END = {
    "--": re.compile(r"--+[-xo>][ \t]*"),
    "==": re.compile(r"==+[=xo>][ \t]*"),
    "-.": re.compile(r"(?<!\.)\.+-[xo>]?[ \t]*"),
}
LINK_NAME = re.compile(r'[ \t]*([^\s"@]+)@(?=[^{"])')
AND = re.compile(r"[ \t]+&[ \t]+")
CLASS_NAME = re.compile(r":::[\w,-]+")
NODE_DATA = re.compile(r'@\{((?:"[^"]*"|[^}"])*)\}')
DATA_LABEL = re.compile(r'\blabel\s*:\s*(?:"([^"]*)"|\'([^\']*)\'|([^,}\n"]+))')
SUBGRAPH_NAME = re.compile(r'[^\[\](){}"\n;]*')
REFERENCE = {
    "style": re.compile(r"[ \t]+([^\s;]+)[ \t]+\S"),
    "class": re.compile(r"[ \t]+([^\s;]+)[ \t]+[\w-]+[ \t]*(?=[;\n]|\Z)"),
    "click": re.compile(r"[ \t]+([^\s;]+)[ \t]+\S"),
}
STYLED_LINKS = re.compile(r"[ \t]+(\d+(?:,\d+)*)[ \t]")
WORD = re.compile(r"[^\s,]+")


class NodeUse(NamedTuple):
    """A node where it is named; `label` is None where it is given none."""

    name: str
    place: Stretch
    label: str | None


class Reference(NamedTuple):
    """A node's name in a `style`, `class` or `click` statement."""

    keyword: str
    name: str
    place: Stretch


class StyledLink(NamedTuple):
    """The number of a link in a `linkStyle` statement, and how many links stand before it."""

    number: int
    place: Stretch
    links: int


@dataclass(frozen=True)
class Flowchart:
    """What a flowchart's text says. `complete` is False if some of it was not understood."""

    problems: tuple[Problem, ...]
    reserved: tuple[Stretch, ...]
    nodes: tuple[NodeUse, ...]
    subgraphs: frozenset[str]
    links: frozenset[str]
    references: tuple[Reference, ...]
    styled_links: tuple[StyledLink, ...]
    complete: bool


class _UnknownSyntaxError(Exception):
    """Something that is not known here."""


class _ReservedWordError(Exception):
    """A word of Mermaid's own where a node's name is expected."""

    def __init__(self, place: Stretch) -> None:
        super().__init__(place)
        self.place = place


@lru_cache(maxsize=64)  # several rules look at one diagram
def read_flowchart(text: str, start: int) -> Flowchart:
    """Read a flowchart's statements, from `start` (behind its type and direction) on."""
    reader = _Reader(text, start)
    reader.read()
    whole = reader.complete and not reader.problems and not reader.reserved
    # Where a statement is broken, a `subgraph` or `end` may be what it breaks.
    problems = sorted(reader.problems) or (reader.unbalanced if whole else [])
    return Flowchart(
        problems=tuple(problems),
        reserved=tuple(reader.reserved),
        nodes=tuple(node for node in reader.nodes if node.name not in reader.links),
        subgraphs=frozenset(reader.subgraphs),
        links=frozenset(reader.links),
        references=tuple(reader.references),
        styled_links=tuple(reader.styled_links),
        complete=whole and not problems,
    )


class _Reader:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.position = start
        self.problems: list[Problem] = []
        self.reserved: list[Stretch] = []
        self.nodes: list[NodeUse] = []
        self.subgraphs: set[str] = set()
        self.links: set[str] = set()
        self.references: list[Reference] = []
        self.styled_links: list[StyledLink] = []
        self.link_count = 0
        self.open_subgraphs: list[Stretch] = []
        self.unbalanced: list[Problem] = []
        self.complete = True

    def read(self) -> None:
        self._skip(BETWEEN)
        while self.position < len(self.text):
            line_end = REST.match(self.text, self.position)
            try:
                self._statement()
            except BrokenStatementError as error:
                self.problems.append(error.problem)
                self.position = line_end.end() if line_end else len(self.text)
            except _ReservedWordError as error:
                self.reserved.append(error.place)
                self.position = line_end.end() if line_end else len(self.text)
            except _UnknownSyntaxError:
                self.complete = False
                return
            self._skip(BETWEEN)
        for place in self.open_subgraphs:
            self.unbalanced.append(
                Problem(place, "`subgraph` is not closed", "Close it with a line `end`.")
            )

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self.text, self.position)
        if match is None:
            return False
        self.position = match.end()
        return True

    def _statement(self) -> None:
        keyword = KEYWORD.match(self.text, self.position)
        if keyword is None:
            self._chain()
            return
        place = Stretch(*keyword.span())
        self.position = keyword.end()
        word = keyword["word"]
        if word == "subgraph":
            self.open_subgraphs.append(place)
            self._subgraph()
        elif word == "end":
            self._end(place)
        elif word:
            self._reference(word)

    def _end(self, place: Stretch) -> None:
        if LINK.match(self.text, self.position):
            raise _ReservedWordError(place)
        if self.open_subgraphs:
            self.open_subgraphs.pop()
        else:
            self.unbalanced.append(
                Problem(place, "`end` closes nothing: no `subgraph` is open here", "Remove it.")
            )
        self._end_of_statement()

    def _subgraph(self) -> None:
        self._skip(SPACE)
        start = self.position
        if self._at('"'):
            self.position = read_quoted(self.text, start).end
        else:
            self._skip(SUBGRAPH_NAME)
        self.subgraphs.add(self.text[start : self.position].strip().strip('"`'))
        following = Stretch(self.position, self.position + 1)
        bracket = self._slice(following)
        if bracket == "[":
            self._label(following)
        elif bracket in (*"(){}]",):
            raise BrokenStatementError(
                Problem(
                    following,
                    f"`{bracket}` cannot stand in a subgraph's title without quotes",
                    'Put the title in quotes: `subgraph "…"`.',
                )
            )
        self._end_of_statement()

    def _reference(self, keyword: str) -> None:
        """A statement about nodes or links that are drawn elsewhere."""
        line = REST.match(self.text, self.position)
        if keyword == "click" and line and line[0].count('"') % 2:
            raise _UnknownSyntaxError
        named = REFERENCE[keyword].match(self.text, self.position) if keyword in REFERENCE else None
        if named:
            for name in _words(named):
                self.references.append(Reference(keyword, self._slice(name), name))
        if keyword == "linkStyle":
            numbers = STYLED_LINKS.match(self.text, self.position)
            for place in _words(numbers) if numbers else ():
                number = self._slice(place)
                if len(number) < 9:
                    self.styled_links.append(StyledLink(int(number), place, self.link_count))
        self._skip(REST if keyword == "click" else TO_SEPARATOR)

    def _chain(self) -> None:
        """Nodes and the links between them."""
        before = self._nodes()
        while self._link():
            after = self._nodes()
            self.link_count += before * after
            before = after
        self._end_of_statement()

    def _end_of_statement(self) -> None:
        self._skip(SPACE)
        following = Stretch(self.position, self.position + 1)
        character = self._slice(following)
        if character in (")", "]", "}"):
            raise BrokenStatementError(
                Problem(
                    following,
                    f"`{character}` closes nothing",
                    "Remove it, or open its bracket before it.",
                )
            )
        if character in ("(", "[", "{", "|"):
            raise BrokenStatementError(
                Problem(
                    following,
                    f"`{character}` cannot stand here",
                    "A node's label follows its id without a space, a link's stands between "
                    "two `|` directly behind its arrow.",
                )
            )
        if character not in ("", ";", "\n"):
            raise _UnknownSyntaxError

    def _nodes(self) -> int:
        """Read `A & B & C`; how many they are."""
        self._node()
        count = 1
        while self._skip(AND):
            self._node()
            count += 1
        return count

    def _node(self) -> None:
        reserved = RESERVED.match(self.text, self.position)
        if reserved:
            raise _ReservedWordError(Stretch(*reserved.span()))
        name = IDENTIFIER.match(self.text, self.position)
        if name is None:
            self._end_of_statement()
            raise _UnknownSyntaxError
        place = Stretch(*name.span())
        self.position = place.end
        opener = OPENER.match(self.text, self.position)
        label = None
        if opener:
            label = self._label(Stretch(*opener.span()))
        self._skip(CLASS_NAME)
        if self._at("@{"):
            data = NODE_DATA.match(self.text, self.position)
            if data is None:
                raise _UnknownSyntaxError
            written = DATA_LABEL.search(data[1])
            if written:
                label = next(filter(None, written.groups()), "")
            self.position = data.end()
            self._skip(CLASS_NAME)
        self.nodes.append(NodeUse(name[0], place, label))

    def _link(self) -> bool:
        named = LINK_NAME.match(self.text, self.position)
        if named and LINK_START.match(self.text, named.end()):
            self.links.add(named[1])
            self.position = named.end()
        if self._skip(LINK):
            if self._at("|"):
                self._label(Stretch(self.position, self.position + 1))
        elif start := LINK_START.match(self.text, self.position):
            self._link_text(start)
        else:
            return False
        self._skip(BLANK)
        return True

    def _link_text(self, start: re.Match[str]) -> None:
        """The text within a link, as in `-- text -->`."""
        self.position = start.end()
        if self._at('"'):
            self.position = read_quoted(self.text, self.position).end
        end = LINK_END[start[1]].search(self.text, self.position)
        if end is None or "\n" in self.text[self.position : end.start()]:
            raise _UnknownSyntaxError
        self.position = end.end()

    def _label(self, opener: Stretch) -> str:
        label = read_label(self.text, opener)
        self.position = label.end
        return label.text

    def _at(self, text: str) -> bool:
        return self.text.startswith(text, self.position)

    def _slice(self, place: Stretch) -> str:
        return self.text[place.start : place.end]


def _words(match: re.Match[str]) -> list[Stretch]:
    """The words of a match's first group, which commas separate."""
    return [Stretch(*word.span()) for word in WORD.finditer(match.string, *match.span(1))]
