"""Words and short phrases that stand twice in a row.

Harper has a rule for that, RepeatedWords, which passes over nouns and phrases; this one stands in
for it, under its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.prose.engine import Match
from mlsd_lint.prose.harper.profile import CODES, REPEATED
from mlsd_lint.prose.words.known import names

if TYPE_CHECKING:
    from collections.abc import Iterator

_GLUE = r"\w'’.,:;/\\@#=~+*|<>){}\[\]^$%&-"
_WORD = r"[^\W\d_]++(?:['’][^\W\d_]++)?"
_TWICE = re.compile(
    rf"(?<![{_GLUE}])(?<!\w\()({_WORD}(?:\s++{_WORD}){{0,2}})\s++\1(?![\w'’/\\@#=~+*|<>{{\[^-])(?![.:]\w)",
    re.IGNORECASE,
)
_QUOTATION_MARKS = frozenset("\"“”'‘’")
# What is rightly said twice, or is at least no slip.
_ON_PURPOSE = names(
    "had that do so very many much really no far again long bye ha more knock blah her you it"
)
_WINDOW = 120  # characters that are looked at
# "where the wall is is what we want to know"
_BEFORE_A_CLAUSE = re.compile(
    r"\b(?:where|what|who|how|why|which|whatever|all)\b[^.!?]*\Z", re.IGNORECASE
)
# "again and again and", "step by step by"
_LINKING = names("and or but by after upon on to than")


def repeated(text: str) -> Iterator[Match]:
    """What stands twice in a row in a text and is surely a slip, from left to right."""
    for match in _TWICE.finditer(text):
        first = match[1]
        second = match[0][-len(first) :]
        if _is_slip(first, second, text, match):
            start, end = match.span()
            shown = " ".join(match[0].split())
            message = f"“{shown}” is written twice."
            yield Match(start, end, CODES[REPEATED], REPEATED, message, (first,))


def _is_slip(first: str, second: str, text: str, match: re.Match[str]) -> bool:
    words = first.lower().split()
    if second != second.lower() or (first != second and not _begins_sentence(text, match.start())):
        return False
    if len(words) == 1 and (words[0] in _ON_PURPOSE or len(words[0]) == 1):
        return False
    if words == ["is"] and _BEFORE_A_CLAUSE.search(
        text, max(match.start() - _WINDOW, 0), match.start()
    ):
        return False
    if len(words) > 1 and (words[-1] in _LINKING or len(set(words)) == 1):
        return False
    around = (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
    return not all(mark in _QUOTATION_MARKS for mark in around)  # words that are spoken of


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(start - 4, 0) : start].rstrip('"“‘( ')
    return start == 0 or not before or before[-1] in ".!?:\n"
