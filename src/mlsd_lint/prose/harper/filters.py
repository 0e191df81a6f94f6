"""Findings of Harper's that are wrong for a reason which its rules do not see.

Harper reads plain text. That a word is a part of a path, that a letter is the name of a variable,
that a sentence lost a word to a code span, or is the title of a paper, is seen here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.harper.articles import is_right_article
from mlsd_lint.prose.harper.profile import ARTICLE
from mlsd_lint.prose.words.known import names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mlsd_lint.prose.blocks import Kind

_FRAGMENTS: frozenset[Kind] = frozenset({"heading", "table cell", "alternative text"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NEXT = re.compile(r"\s*(\S+)")
_NEXT_WORD = re.compile(r" [a-z]{2,}")
_LAST = re.compile(r"(\S+)\s*\Z")
_QUOTED = re.compile(r'"[^"]{1,300}"|“[^“”]{1,300}”')
_GLUE_BEFORE = frozenset("-_/\\@#.:=~+*&%$|<>({[^")
_GLUE_AFTER = frozenset("-_/\\@#=~+*|<>({[^")
# A capital within a finding: the title of something, or a sentence that begins there.
_HAS_NAME = re.compile(r"(?<=\s)[A-Z][a-z]")
_MOST = 0.6  # of the words of a title begin with a capital
_LETTERS_OF_A_TITLE_WORD = 4
_WINDOW = 120  # characters before a finding that are looked at


def is_fragment(kind: Kind, text: str) -> bool:
    """Whether a passage is no sentence: a heading, a table cell, the title of something."""
    return kind in _FRAGMENTS or _is_title(text)


def is_surely_right(text: str, rule: str, start: int, end: int) -> bool:
    """Whether nothing speaks against what a rule finds at these offsets."""
    if OBJECT in text[start:end] or _is_glued(text, start, end):
        return False
    if rule != ARTICLE:
        if _touches_object(text, start, end) or _is_in_quotation(text, start, end):
            return False
        if _HAS_NAME.search(text, start + 1, end):
            return False
    check = _CHECKS.get(rule)
    return check is None or check(text, start, end)


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether it is a part of a path, a file name, a formula or a word with hyphens."""
    if start and text[start - 1] in _GLUE_BEFORE and not text[start].isspace():
        return True
    after = text[end : end + 2]
    return bool(after) and (after[0] in _GLUE_AFTER or (after[0] in ".:" and after[1:2].isalnum()))


def _touches_object(text: str, start: int, end: int) -> bool:
    return OBJECT in _before(text, start) or OBJECT in _after(text, end)


def _before(text: str, start: int) -> str:
    """The word before an offset, with what is glued to it."""
    found = _LAST.search(text[max(start - _WINDOW, 0) : start])
    return found[1] if found else ""


def _after(text: str, end: int) -> str:
    found = _NEXT.match(text, end)
    return found[1] if found else ""


def _is_in_quotation(text: str, start: int, end: int) -> bool:
    quotations = _quotations(text)
    before = bisect_right(quotations, start, key=itemgetter(0))
    return before > 0 and end <= quotations[before - 1][1]


@lru_cache(maxsize=8)  # a text of a megabyte has thousands of findings
def _quotations(text: str) -> list[tuple[int, int]]:
    return [one.span() for one in _QUOTED.finditer(text)]


def _is_title(text: str) -> bool:
    words = [one[0] for one in _WORD.finditer(text) if len(one[0]) >= _LETTERS_OF_A_TITLE_WORD]
    capitals = sum(1 for word in words if word[0].isupper())
    return len(words) > 1 and capitals >= _MOST * len(words)


def _is_article(text: str, start: int, end: int) -> bool:
    return is_right_article(text[start:end], _before(text, start), _after(text, end))


def _first_person(text: str, start: int, end: int) -> bool:
    """Whether “i” is whoever writes: not the number of a step, as in “from step i to the last”."""
    if _after(text, end).lower() in _BEHIND_A_NUMBER:
        return False
    return bool(_NEXT_WORD.match(text, end)) and text[start - 1 : start] in ("", " ")


_BEHIND_A_NUMBER = names("and as at for from in is of on or that then to with")


def _sentence_start(text: str, start: int, end: int) -> bool:
    before = text[max(start - _WINDOW, 0) : start]
    ended = re.search(r"(?<![\w.])([a-z]{3,})[.!?] +\Z", before)
    if ended is None or ended[1] in _SHORTENED:
        return False
    return text[start:end] in _BEGINNINGS


# Words that begin sentences; another one may be the name of something that is written so.
_BEGINNINGS = names("""
    the an it its this that these those we you they he she our your their his her my there here
    in on at for from to of with by as and but or so if when while where what which who how why
    is are was were do does did can could should would will not no each every all any some many
    most more such one two both first second after before because since although though however
    then thus also only even just let use see note
    """)
_SHORTENED = names("etc incl excl approx resp vol sec fig eqn max min avg est dept inc ltd")


def _its(text: str, start: int, end: int) -> bool:
    """Whether “its” is “it is”: not before a participle that may as well describe a noun."""
    after = _after(text, end).lower().rstrip(",.;:!?")
    if after.endswith("ed"):
        return False
    if not after.endswith("ing"):
        return True
    before = _before(text, start).lower()
    return not before or before[-1] in ",.;:!?" or before in _CLAUSE


_CLAUSE = names("because if that when so but think as while since where says say then")


def _possessive_its(text: str, start: int, _end: int) -> bool:
    """Whether “it's” is “its”: not where a clause can begin."""
    before = _before(text, start).lower()
    return bool(before) and before[-1] not in ",.;:!?-–—(" and before not in _BEFORE_A_CLAUSE


_BEFORE_A_CLAUSE = _CLAUSE | names("know knows mean means see sees think thinks sure hope")


def _infinitive(text: str, start: int, _end: int) -> bool:
    return _before(text, start).lower() not in _PREPOSITIONAL


# What has “to” behind it as a preposition, so that no infinitive need follow.
_PREPOSITIONAL = names("""
    due thanks owing prior according compared similar equal equals close closer related relative
    subject up back access added adds addition applied applies apply contrary respond responds
    response switch switched switches convert converts converted refer refers map maps mapped
    limited belongs belong next led leads lead opposed amount amounts linked key attributed
    committed conform conforms conforming dedicated used sent send sends comes come came moves moved move from leading adapted
    adapt adapts attached attention approach approaches resistant exposed exposure transition
    """)


def _noun_or_verb(text: str, start: int, end: int) -> bool:
    return not text[start:end].lower().startswith("weight")


def _phrasal(text: str, start: int, end: int) -> bool:
    """Whether “to setup” is a verb: not a noun, as in “to setup, teardown” and “to backup”."""
    return (
        text[end : end + 1] not in tuple(",.;:)") and _before(text, start).lower() in _BEFORE_A_VERB
    )


_BEFORE_A_VERB = names(
    "to will can could should must would may might you we they i cannot can't don't"
)


def _degree(text: str, start: int, end: int) -> bool:
    """Whether “to” is “too”: not in “from cheap to expensive” or “up to then”."""
    words = text[max(start - _WINDOW, 0) : start].lower().split()[-6:]
    return "from" not in words and words[-1:] != ["up"] and _after(text, end) != "then"


def _too(text: str, start: int, end: int) -> bool:
    """Whether “too” is “to”, not in “will too need it”, or “to” is “too”, not in “set to large”."""
    before = _before(text, start).lower()
    return before not in _MODAL if text[start:end].lower() == "too" else before in _BEING


_MODAL = names("will can could should must would may might")
_BEING = names("is are was were be been being it's that's not")


def _wanting(text: str, start: int, end: int) -> bool:
    """Whether “to” is missing: behind what no noun can follow."""
    wanting = text[start:end].lower().split()[0] in _WANTING
    return wanting and _after(text, end).lower() != "help"


_WANTING = names("want wants wanted able unable going trying hoping supposed")


def _mass_noun(text: str, start: int, end: int) -> bool:
    words = text[start:end].lower().split()
    return any(word.removesuffix("s") in _MASS for word in words)


_MASS = names("""
    advice equipment evidence feedback furniture hardware homework information knowledge luggage
    progress research software traffic
    """)


def _one_of(text: str, start: int, _end: int) -> bool:
    """Whether “one of the” has no plural: not in “one of the two large sites”, nor before a name."""
    words = text[start : start + _WINDOW].split(" ")
    ends = (at for at, word in enumerate(words) if word.lower() in _BEHIND_A_NOUN)
    noun = words[: next(ends, len(words))][:_WORDS_OF_A_NOUN]
    return not text[start].isupper() and not any(
        re.fullmatch(r"\w*[^\Ws]s\W*", one) for one in noun
    )


_WORDS_OF_A_NOUN = 4
_BEHIND_A_NOUN = names("and are by can for from has in is of on that to was were which who with")


def _everyone(text: str, _start: int, end: int) -> bool:
    return _after(text, end).lower() != "of"


def _ellipsis(text: str, start: int, end: int) -> bool:
    """Whether dots are no range, as in `1..9`."""
    return not (text[start - 1 : start].isalnum() and text[end : end + 1].isalnum())


def _possessive(text: str, start: int, _end: int) -> bool:
    """Whether “there” is “their”: not in “planning there moves on”, “is there time”, “there needs”."""
    before = re.split(r"[^\w']", _before(text, start).lower())[-1]
    return text[start].islower() and not before.endswith("ing") and before not in _BEFORE_THERE


_BEFORE_THERE = _BEING | names("and but or so that if where when")


def _has_subject(text: str, start: int, _end: int) -> bool:
    """Whether the pronoun before a verb is its subject, not the object of “using it”."""
    words = text[max(start - _WINDOW, 0) : start].lower().split()
    before = words[-2] if len(words) > 1 else ""
    return not before or before[-1] in ",.;:!?" or before in _CLAUSE | _BEFORE_A_SUBJECT


_BEFORE_A_SUBJECT = names("and or what which who how why though although also until unless whether")


def _a_while(text: str, _start: int, end: int) -> bool:
    return _after(text, end).lower().rstrip(",.;:!?") not in {"ago", "back", "since"}


def _existential(text: str, _start: int, end: int) -> bool:
    """Whether “their” is “there”: not in “your job, not their, job”."""
    return text[end : end + 1] == " "


def _agreement(text: str, start: int, end: int) -> bool:
    return "enough" not in (text[start:end] + " " + _after(text, end)).lower().split()


_CHECKS: Mapping[str, Callable[[str, int, int], bool]] = {
    ARTICLE: _is_article,
    "AWhile": _a_while,
    "CapitalizePersonalPronouns": _first_person,
    "EllipsisLength": _ellipsis,
    "Everyone": _everyone,
    "InflectedVerbAfterTo": _infinitive,
    "ItsContraction": _its,
    "ItsPossessive": _possessive_its,
    "MassNouns": _mass_noun,
    "MissingTo": _wanting,
    "NounVerbConfusion": _noun_or_verb,
    "OneOfTheSingular": _one_of,
    "PhrasalVerbAsCompoundNoun": _phrasal,
    "PronounInflectionBe": _has_subject,
    "PronounVerbAgreement": _has_subject,
    "SentenceCapitalization": _sentence_start,
    "TheirToThere": _existential,
    "ThereIsAgreement": _agreement,
    "ToLoseTooLoose": _degree,
    "ThereToTheir": _possessive,
    "ToTwoToo": _too,
}
