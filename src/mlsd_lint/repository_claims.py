"""What the entries of a list say of the repositories they link to, and what does not stay true.

Two things are looked for: how many stars a repository has, and that it is archived. They are
looked for in list items and table rows, and belong to the nearest link before them. What may be
said of something else is left out: a rating, the stars of the sky, a thing without a link.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import (
    CodeSpan,
    Emphasis,
    FootnoteReference,
    HtmlInline,
    Image,
    LineBreak,
    Link,
    List,
    ListItem,
    Strikethrough,
    Strong,
    Table,
    TableRow,
    Text,
)
from mlsd_lint.source import Span
from mlsd_lint.workspace import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlsd_lint.document import Document, Node, Tag
    from mlsd_lint.source import Source
    from mlsd_lint.workspace import Qualifier

# How a link, its end, emphasis and the end of a paragraph stand in the text that is searched.
_LINK, _LINK_END, _MARK, _BREAK = "\U000f0000", "\U000f0001", "\U000f0002", "\u2029"
_OURS = str.maketrans(dict.fromkeys(map(ord, (_LINK, _LINK_END, _MARK, _BREAK)), "\ufffd"))
# Every claim has one of these, and few texts have any; looking for a fixed text costs little.
_SIGNS = ("stars", "stargazers", "archived", ":star", "⭐", "★", "☆", "🌟")

_STAR = r"(?:[⭐★☆🌟]\ufe0f?|:star2?:)"
NUMBER = (
    r"(?<![\w.,/$€£#])(?<!\d[ \u00a0\u202f])(?<![\dk][-–—])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"(?P<unit>[ \u00a0]?[km](?!\w))?"
)
"""A number as it counts stars; to be searched for without regard to letter case."""

_QUALIFIED = (
    r"(?:\b(?P<over>over|more than|above)\s|(?P<more>[>≥])|(?P<tilde>[~≈])"
    r"|\b(?P<about>about|around|roughly|approximately|approx\.?|nearly|almost|circa|ca\.)\s)?\s*"
    rf"{NUMBER}(?P<plus>\+)?"
)
_COUNTED = re.compile(
    rf"{_QUALIFIED}\s*(?:(?:github[ -])?(?:stars|stargazers)\b(?!\s*(?:out of|/|rating|hotel))"
    rf"(?:\s+on github\b)?|{_STAR}(?!\s*(?:[~>]?\d|{_STAR})))",
    re.IGNORECASE,
)
_MARKED = re.compile(
    rf"(?:(?<![⭐★☆🌟\ufe0f:]){_STAR}|\bstars?\s*[:=])\s*{_QUALIFIED}"
    rf"(?![\w%/]|[.,]\d|\s*(?:{_STAR}|stars))",
    re.IGNORECASE,
)
_SEEN = re.compile(
    rf"[^.;{_LINK}{_BREAK}]{{0,60}}?\b(?:seen|as of|checked)\s+(?:on\s+)?(?P<date>"
    r"\d{4}(?:-\d{2}){0,2}|(?:\d{1,2} )?[A-Z][a-z]+\.?(?: \d{1,2},)? \d{4})\b"
)
_SINCE = r"(?:\s+(?:since|in|on|as of|repo|repository|project)\b[^()\[\]]{0,40})?"
_ARCHIVED = re.compile(
    rf"\(\s*(?:now |currently )?archived{_SINCE}\s*\)|\[\s*(?:now )?archived{_SINCE}\s*\]"
    rf"|{_MARK}(?:now )?archived{_SINCE}\s*(?:[.:!]{_MARK}|{_MARK}"
    rf"(?=\s*(?:$|[.:;,!()\[\]|–—-]|{_BREAK}|(?:since|in|on)\s+\S*\d)))"
    # A sentence of its own, or behind "and", but not "if its repository is archived".
    r"|(?:(?<=[^\w\s])|(?<=\band)|(?<=\bbut)|(?<=\bthough))\s*(?:the|this|its)\s+"
    r"(?:repo|repository)\s+(?:was|is|has been)\s+(?:now )?archived\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(rf"[.!?]\s+|{_BREAK}")
# What may stand between the link, or the beginning of a sentence, and "12k stars" without a
# comma: words that lead from the repository to its stars, and none that could have stars itself.
_LEADING = re.compile(
    rf"[\W{_LINK_END}]*(?:(?:it|which|that|this|the|its|repo|repository|project|library|tool"
    r"|framework|package|already|now|currently|also|and|has|have|had|with|got|gained|earned"
    r"|gathered|reached|is|at|github)\W+)*",
    re.IGNORECASE,
)
# "A library with 12k stars", but not "repositories with over 12k stars".
_POSSESSING = re.compile(r"(?<![s\W])\s+(?:with|having|boasting)\s+\Z", re.IGNORECASE)
# A repository, one of its folders or who starred it; not an issue, which is archived by itself.
_REPOSITORY = re.compile(
    r"(?:https?:)?//[^/?#]+/[^/?#]+/[^/?#]+(?:/|/tree/[^?#]*|/stargazers/?)?(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_STARS = "⭐★☆🌟:"
_YEAR = re.compile(r"(?:19|20)\d\d")
_HIGHEST_RATING = 5
_POWERS = {"": 1, "k": 1000, "m": 1_000_000}


class _Entry(NamedTuple):
    """An entry's own words; `places` has where each of their characters starts and ends.

    `links` are the destinations of the links by the index of their character.
    """

    text: str
    places: list[tuple[int, int]]
    links: dict[int, str]

    @property
    def only_link(self) -> str:
        """The link of an entry that has just one, or else ""."""
        return next(iter(self.links.values())) if len(self.links) == 1 else ""


def repository_claims(document: Document) -> tuple[Claim, ...]:
    """What a document's entries claim of what they link to, in the order of the text.

    An item without a link below one that has just one counts the stars of that.
    """
    signs = _signs(document.source.text)
    if not signs:
        return ()
    found: list[Claim] = []
    above: dict[int, str] = {}
    tags = {tag.span.start: tag for tag in document.tags}
    for node in (*document.of(ListItem), *document.of(TableRow)):
        if bisect_left(signs, node.span.start) == bisect_left(signs, node.span.end):
            continue
        entry = _entry(document.source, tags, node)
        link = above.get(node.span.start, "")
        below = entry.only_link if entry.links else link
        for inner in node.children:
            if isinstance(inner, List):
                above |= {item.span.start: below for item in inner.children}
        found += _claims(document.source, entry, link)
    return tuple(sorted(found, key=lambda one: one.span))


def _signs(text: str) -> list[int]:
    """Where something is written that may be (part of) a claim, in order; no badge's address."""
    lowered = text.lower()
    lowered = lowered if len(lowered) == len(text) else text
    places = (found.start() for sign in _SIGNS for found in re.finditer(sign, lowered))
    return sorted(at for at in places if lowered[at - 1 : at] != "/")


def _claims(source: Source, entry: _Entry, above: str) -> Iterator[Claim]:
    taken: list[tuple[int, int]] = []
    for pattern in (_MARKED, _COUNTED):
        for found in pattern.finditer(entry.text):
            count = _count(found)
            start = found.end() - len(found[0].lstrip())
            free = all(found.end() <= first or start >= last for first, last in taken)
            if count is None or not free:
                continue
            if pattern is _COUNTED and not _follows(entry.text, start, found[0]):
                continue
            taken.append((start, found.end()))
            yield from _claim(source, entry, above, (start, found.end()), count)
    for found in _ARCHIVED.finditer(entry.text):
        start = found.end() - len(found[0].lstrip())
        yield from _claim(source, entry, above, (start, found.end()), None)


def _claim(
    source: Source,
    entry: _Entry,
    above: str,
    place: tuple[int, int],
    count: tuple[int, int, Qualifier] | None,
) -> Iterator[Claim]:
    """The claim, if it is clear which link it is about."""
    start, end = place
    destination = _subject(entry, above if count else "", start, end)
    if not _REPOSITORY.fullmatch(destination.strip()):
        return
    span = Span(entry.places[start][0], entry.places[end - 1][1])
    seen = _SEEN.match(entry.text, end)
    stars, precision, qualifier = count or (None, 1, "")
    yield Claim(
        destination,
        source.slice(span),
        span,
        stars,
        precision,
        qualifier,
        seen["date"] if seen and count else "",
    )


def _subject(entry: _Entry, above: str, start: int, end: int) -> str:
    """The link that is meant: the nearest before, or the entry's only one if it comes next."""
    before = [index for index in entry.links if index < start]
    if before:
        return entry.links[max(before)]
    if not entry.links:
        return above
    follows = not re.search(r"\w", entry.text[end : min(entry.links)])
    return entry.only_link if follows else ""


def _count(found: re.Match[str]) -> tuple[int, int, Qualifier] | None:
    """How many stars are meant, what the last digit stands for, and how exact it is meant to be.

    None for what is a rating (4.5) or a year rather than a count.
    """
    number, unit = found["number"], (found["unit"] or "").strip().lower()
    whole, _, decimals = number.replace(",", "").partition(".")
    if len(whole) + len(decimals) > 9 or len(decimals) > 3 or (decimals and not unit):
        return None
    precision = _POWERS[unit] // 10 ** len(decimals)
    stars = int(whole + decimals) * precision
    around = found.string[max(found.start() - 1, 0) : found.end() + 1]
    in_brackets = around.startswith("(") and around.endswith(")")
    year = found[0][0] in _STARS and _YEAR.fullmatch(number) and not in_brackets
    if stars <= _HIGHEST_RATING or year:
        return None
    if found["over"] or found["more"] or found["plus"]:
        return stars, precision, "over"
    return stars, precision, "about" if found["about"] or found["tilde"] else ""


def _follows(text: str, start: int, words: str) -> bool:
    """Whether a count that starts here is said of the link before it, not of another thing."""
    before = text[:start].rstrip()
    if not before or not before[-1].isalnum():
        return True
    if _POSSESSING.search(text, 0, start) and re.search(r"\dk|github", words, re.IGNORECASE):
        return True
    since = max(before.rfind(_LINK_END), before.rfind(_LINK)) + 1
    for end in _SENTENCE_END.finditer(text, since, start):
        since = end.end()
    return _LEADING.fullmatch(text, since, start) is not None


def _entry(source: Source, tags: Mapping[int, Tag], node: Node) -> _Entry:
    """The words of an item or row, without those of the items below it."""
    writer = _Writer(source, tags)
    for child in node.children:
        writer.add(child)
    return _Entry("".join(writer.text), writer.places, writer.links)


class _Writer:
    """Collects the words of an entry."""

    def __init__(self, source: Source, tags: Mapping[int, Tag]) -> None:
        self.source = source
        self.tags = tags
        self.text: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.links: dict[int, str] = {}

    def add(self, node: Node) -> None:
        """Add what a reader reads of this node."""
        if isinstance(node, Text | CodeSpan):
            self._words(node.text, node.span)
        elif isinstance(node, HtmlInline):
            self._tag(node)
        elif isinstance(node, Image | LineBreak | Strikethrough | FootnoteReference):
            self._character(" ", *node.span)
        elif isinstance(node, Link):
            self.links[len(self.text)] = node.destination
            self._enclosed(node, _LINK, _LINK_END)
        elif isinstance(node, Emphasis | Strong):
            self._enclosed(node, _MARK, _MARK)
        elif not isinstance(node, List | Table):  # their items and rows are entries themselves
            self._enclosed(node, _BREAK, _BREAK)

    def _tag(self, node: HtmlInline) -> None:
        tag = self.tags.get(node.span.start)
        if tag is not None and tag.name == "a":
            href = tag.attribute("href")
            if not tag.closing:
                self.links[len(self.text)] = href.value if href else ""
            self._character(_LINK_END if tag.closing else _LINK, *node.span)
        elif tag is not None and tag.name in {"b", "strong", "i", "em"}:
            self._character(_MARK, *node.span)
        else:
            self._character(" ", *node.span)

    def _enclosed(self, node: Node, opening: str, closing: str) -> None:
        self._character(opening, node.span.start, node.span.start)
        for child in node.children:
            self.add(child)
        self._character(closing, node.span.end, node.span.end)

    def _words(self, words: str, span: Span) -> None:
        plain = words.translate(_OURS)
        if self.source.slice(span) == words:
            self.text.extend(plain)
            self.places.extend((at, at + 1) for at in range(span.start, span.end))
            return
        for character in plain:  # an entity, an escape, or code between its backticks
            self._character(character, *span)

    def _character(self, character: str, start: int, end: int) -> None:
        self.text.append(character)
        self.places.append((start, end))
