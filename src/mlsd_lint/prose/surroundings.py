"""What is around a word: whether it is the book's own, or part of a name, a path or a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.document import Image, Link
from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.urls import is_web

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mlsd_lint.document import Document
    from mlsd_lint.source import Span

_NAME_WORDS = 2  # a link of so many words names something, a longer one is its title
_QUOTATION = re.compile(r"\"[^\"\n]{1,300}\"|“[^“”]{1,300}”|«[^«»]{1,300}»")
_QUOTATION_MARK = re.compile(r"[\"“«]")
_JOINING = frozenset("_@#$\\~\u00ad\u200b\u2060")
_IN_PATHS = _JOINING | frozenset("/=-")
_NEXT_WORD = re.compile(r"[ ’'s-]{1,3}(?:(?:of|for|and|&) )?([^\W_])")
_PREVIOUS_WORD = re.compile(r"([^\W_])[^\W_]*(?:[’']s)?[ -](?:(?:of|for|and|&) )?\Z")
_COMMAND = re.compile(r"\b(?:install|import|pip|conda|brew|apt|npm|require)\s\Z")
_OPENING = 4  # how many quotation marks and spaces may stand before a sentence
_LONGEST = 40  # how far a word before is looked for, in code points


class Links(NamedTuple):
    """Where the texts of links to the web are that are titles, and those that are names."""

    titles: Ranges
    names: Ranges


class Ranges(NamedTuple):
    """Ranges that do not overlap, in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def hold(self, offset: int) -> bool:
        """Whether an offset is within one of them."""
        index = bisect_right(self.starts, offset) - 1
        return index >= 0 and offset < self.ends[index]


def links(document: Document) -> Links:
    """The texts of a document's links to the web."""
    titles: list[Span] = []
    names: list[Span] = []
    for link in document.of(Link):
        if type(link) is not Image and is_web(link.destination) and link.form != "bare":
            words = len(document.source.slice(link.text_span).split())
            (names if words <= _NAME_WORDS else titles).append(link.text_span)
    return Links(_ranges(titles), _ranges(names))


def _ranges(spans: Sequence[Span]) -> Ranges:
    ordered = sorted(spans)
    return Ranges(tuple(one.start for one in ordered), tuple(one.end for one in ordered))


def quotations(text: str) -> Callable[[int], bool]:
    """Tells of an offset into a text whether it is between quotation marks."""
    if not _QUOTATION_MARK.search(text):
        return lambda _: False
    spans = [match.span() for match in _QUOTATION.finditer(text)]
    return Ranges(tuple(one[0] for one in spans), tuple(one[1] for one in spans)).hold


def begins_sentence(text: str, start: int) -> bool:
    """Whether what starts here is the first word of a sentence, a heading or a table cell."""
    before = text[max(start - _OPENING, 0) : start].rstrip(" \"'“‘(*")
    return not before or before[-1] in f".!?:;…|–—\n{OBJECT}"


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital letter stands beside another one, as in the name of a place.

    Before the first word of a sentence, which has its capital letter from there, nothing counts.
    """
    if text[start].islower():
        return False
    following = _NEXT_WORD.match(text, end)
    if following and following[1].isupper():
        return True
    if begins_sentence(text, start):
        return False
    before = _PREVIOUS_WORD.search(text[max(start - _LONGEST, 0) : start])
    return before is not None and before[1].isupper()


def is_joined(text: str, start: int, end: int) -> bool:
    """Whether what is around makes a word part of an identifier, a file name or an address."""
    before, behind = text[start - 1 : start], text[end : end + 2]
    if before in _JOINING or behind[:1] in _JOINING:
        return True
    if before == "." and text[start - 2 : start - 1].isalnum():
        return True
    return behind[:1] in {".", ":"} and behind[1:].isalnum()  # numpy.linalg, cuda:0


def is_identifier(text: str, start: int, end: int) -> bool:
    """Whether a word in lower case stands as in a path, a slug, an option or a command."""
    before, behind = text[start - 1 : start], text[end : end + 2]
    if before in _IN_PATHS or before == ".":
        return True
    if behind[:1] in _IN_PATHS and behind[1:].isalnum():
        return True
    return bool(_COMMAND.search(text[max(start - 12, 0) : start]))
