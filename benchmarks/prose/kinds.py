"""The kinds of errors that are planted: where one can stand, and what it looks like.

Each takes a text that is right and a source of chance, and gives a change after which it is wrong,
or None if the text has no place for it. The patterns ask for the words around, so that what comes
out is surely wrong: "in the cache" without its article is still English, "is a model" is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from misspelled import is_word, misspellings

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence


class Change(NamedTuple):
    """What to put from `start` to `end` of a text; if nothing, the place is `between` two words."""

    start: int
    end: int
    text: str
    note: str
    between: bool = False


class Kind(NamedTuple):
    """A kind of error, and how many are planted."""

    name: str
    number: int
    change: Callable[[str, random.Random], Change | None]


class Pattern(NamedTuple):
    """Group 1 of the expression is replaced; what is flagged may be all that the expression matches.

    `replacement` is a text, or a function of what stood there.
    """

    expression: re.Pattern[str]
    replacement: Callable[[str], str]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WORD = re.compile(r"(?<![\w’'￼/.-])[a-z]+(?![\w’'￼/-]|\.\w)")


def misspelling(text: str, chance: random.Random) -> Change | None:
    """A word as people misspell it; a wrong spelling one edit away counts four times."""
    places = [word for word in _WORD.finditer(text) if misspellings(word[0])]
    if not places:
        return None
    word = chance.choice(places)
    known = misspellings(word[0])
    weights = [weight for _, weight in known]
    wrong = chance.choices([spelling for spelling, _ in known], weights)[0]
    return _replacing(word, wrong)


def swapped_letters(text: str, chance: random.Random) -> Change | None:
    """Two neighbouring letters within a word of five or more change places: no word comes out."""
    return _swapped(text, chance, giving_word=False)


def swapped_into_word(text: str, chance: random.Random) -> Change | None:
    """Two neighbouring letters within a word change places: another word comes out."""
    return _swapped(text, chance, giving_word=True)


def repeated_word(text: str, chance: random.Random) -> Change | None:
    """A word stands twice, in two of three cases one of the small ones."""
    small = chance.random() < 2 / 3
    places = [
        word
        for word in _WORD.finditer(text)
        if (word[0] in _SMALL) is small and word[0] not in _RIGHTLY_REPEATED
    ]
    if not places:
        return None
    word = chance.choice(places)
    return _replacing(word, f"{word[0]} {word[0]}")


def repeated_phrase(text: str, chance: random.Random) -> Change | None:
    """Two small words stand twice: "of the of the"."""
    return _by_pattern(_PHRASES, text, chance)


def wrong_article(text: str, chance: random.Random) -> Change | None:
    """A for an, or an for a."""
    return _by_pattern(_ARTICLES, text, chance)


def its(text: str, chance: random.Random) -> Change | None:
    """It's for its, or its for it is."""
    return _by_pattern(_ITS, text, chance)


def agreement(text: str, chance: random.Random) -> Change | None:
    """A verb in the number that its subject is not in."""
    return _by_pattern(_AGREEMENT, text, chance)


def missing_word(text: str, chance: random.Random) -> Change | None:
    """A sentence without a small word that it needs."""
    return _by_pattern(_MISSING, text, chance)


def homophone(text: str, chance: random.Random) -> Change | None:
    """A word that sounds or looks like the right one, and is wrong in its place."""
    return _by_pattern(_HOMOPHONES, text, chance)


# Those with few places come first.
KINDS = (
    Kind("its and it's", 30, its),
    Kind("wrong homophone", 50, homophone),
    Kind("missing word", 40, missing_word),
    Kind("agreement", 50, agreement),
    Kind("swapped letters, giving a word", 10, swapped_into_word),
    Kind("a and an", 40, wrong_article),
    Kind("doubled phrase", 20, repeated_phrase),
    Kind("repeated word", 50, repeated_word),
    Kind("swapped letters", 60, swapped_letters),
    Kind("misspelling", 150, misspelling),
)

_SMALL = _words("the a an of to in on is are and for with by from as at it be or can not")
_RIGHTLY_REPEATED = _words("that had so very many long no")


def _replacing(match: re.Match[str], text: str) -> Change:
    return Change(match.start(), match.end(), text, f"{match[0]} > {text}")


def _swapped(text: str, chance: random.Random, *, giving_word: bool) -> Change | None:
    shortest = 4 if giving_word else 5
    places = [
        (word, swapped)
        for word in _WORD.finditer(text)
        if len(word[0]) >= shortest and word[0] not in _SWAPPED_AND_RIGHT
        for swapped in _swaps(word[0])
        if is_word(swapped) is giving_word
    ]
    if not places:
        return None
    word, swapped = chance.choice(places)
    return _replacing(word, swapped)


_SWAPPED_AND_RIGHT = frozenset({"calendar"})


def _swaps(word: str) -> list[str]:
    """The word with two letters swapped, but for the first one: few people miss that."""
    return [
        f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
        for at in range(1, len(word) - 1)
        if word[at] != word[at + 1]
    ]


def _by_pattern(patterns: Sequence[Pattern], text: str, chance: random.Random) -> Change | None:
    """A change by one of the patterns that the text has, each as likely as the others."""
    possible = [
        (pattern, matches)
        for pattern in patterns
        if (matches := list(pattern.expression.finditer(text)))
    ]
    if not possible:
        return None
    pattern, matches = chance.choice(possible)
    match = chance.choice(matches)
    wrong = pattern.replacement(match[1])
    note = f"{match[1].strip()} > {wrong.strip() or 'nothing'}"
    if not wrong:
        return Change(match.start(1), match.end(1), "", note, between=True)
    start, end = match.span()
    changed = match[0][: match.start(1) - start] + wrong + match[0][match.end(1) - start :]
    return Change(start, end, changed, note)


def _pattern(expression: str, **replacements: str) -> Pattern:
    """Each word of group 1 becomes the one given for it; `_any` stands for those not given."""
    known = {word.strip("_"): other for word, other in replacements.items()}
    return Pattern(re.compile(expression), lambda word: known.get(word, known.get("any", "")))


_PHRASES = (
    Pattern(
        re.compile(r"\b((?:of|in|to|for|on|with|from|by|at) (?:the|a|an|this|its))\b(?= [a-z])"),
        lambda phrase: f"{phrase} {phrase}",
    ),
)
_ARTICLES = (
    _pattern(r"\b(a)(?= [bcdfgjklmnpqrstvwz][a-z]+\b)", a="an"),
    _pattern(r"\b(an)(?= [aeio][a-z]+\b)", an="a"),
)
_ITS = (
    _pattern(r"\b(its)(?= [a-z]{3,}\b)", its="it's"),
    _pattern(r"\b(its)(?= [a-z]{3,}\b)", its="it’s"),
    Pattern(re.compile(r"\b([Ii]t is)(?= [a-z])"), lambda words: f"{words[0]}ts"),
)

_VERBS = "|".join(
    _words("""
    need take make give mean show say work read come become learn know tell run see get ask help
    change start keep hold fail depend fall grow find want send write leave cost
""")
)
_NOUN = r"(?!(?:data|team|staff|company|firm|committee|public|audience|rest|majority|half|number|group|family|pair|lot|few)\b)[a-z]{3,}"
_ONE = rf"(?:[Ii]t|[Ss]he|[Hh]e|[Tt]his|[Nn]obody|[Ee]verybody|(?:[Tt]he|[Ee]ach|[Ee]very) {_NOUN}[a-rt-z])"
_MANY = (
    r"(?:[Tt]hey|[Ww]e|[Yy]ou|[Tt]hese|[Tt]hose|"
    r"(?:[Tt]he|[Tt]hese|[Tt]hose|[Tt]wo|[Tt]hree|[Mm]ost|[Aa]ll|[Mm]any) "
    r"(?!series|means|news)[a-z]{3,}[a-rt-z]s)"
)
_AGREEMENT = (
    _pattern(rf"\b{_ONE} (is)\b(?! it\b)", is_="are"),
    _pattern(rf"\b{_ONE} (has|was)\b", has="have", was="were"),
    _pattern(rf"\b{_MANY} (are|have|were)\b", are="is", have="has", were="was"),
    Pattern(
        re.compile(rf"\b(?:[Ii]t|[Ss]he|[Hh]e|[Nn]obody|[Ee]verybody|which|who) ((?:{_VERBS})s)\b"),
        lambda verb: verb[:-1],
    ),
    Pattern(
        re.compile(rf"\b(?:[Tt]hey|[Ww]e|[Yy]ou|[Pp]eople|[Uu]sers) ({_VERBS})\b"),
        lambda verb: f"{verb}s",
    ),
)

_COUNTABLE = "|".join(
    _words("""
    model user person machine rule table query reader threshold classifier copy label customer
    dashboard metric batch list network question town city server song photo game member seller
    driver picture picker sentence letter candidate number
""")
)
_ADJECTIVE = "single|good|bad|small|large|new|different|second|simple|separate|fixed|short|long"
_MISSING = (
    _pattern(
        rf"\b(?:is|as|with|in|for|of|from|like|into|on|at) (an? )(?:(?:{_ADJECTIVE}) )?(?:{_COUNTABLE})\b"
    ),
    _pattern(
        r"\b(?:have|has|had|wants?|needs?|tries|able|going|likely|enough|used|ought) (to )[a-z]"
    ),
    _pattern(
        r"\b(?:[Oo]ne|[Ee]ach|[Ss]ome|[Mm]ost|[Mm]any|[Nn]one|[Ii]nstead|(?:the|a) (?:number|kind|"
        r"set|list|part|share|end|rest|sum|result|size|name|price)) (of )(?:the|these|this|its|those)\b"
    ),
    _pattern(r"\b(?:can|must|should|will|may|could|would|cannot) (be )[a-z]+ed\b"),
    _pattern(r"\b(?:[Ii]t|[Tt]here|[Hh]e|[Ss]he) (is )(?:an?|the|not|no)\b"),
    _pattern(r"\b(?:depends?|based|relies|rely) (on )(?:the|an?|what|how|which)\b"),
)

_HOMOPHONES = (
    _pattern(r"\b(than)\b", than="then"),
    _pattern(r"\band (then)\b", then="than"),
    _pattern(r"\b(their)(?= [a-z])", their="there"),
    _pattern(r"\b(their)(?= [a-z])", their="they're"),
    _pattern(r"\b([Tt]here) (?:is|are|was|were)\b", There="Their", there="their"),
    _pattern(r"\b(to)(?= (?:be|have|make|see|do|get|know)\b)", to="too"),
    _pattern(
        r"\b(too)(?= (?:many|much|few|late|long|large|small|little|often|high|low)\b)", too="to"
    ),
    _pattern(r"\b(your)(?= [a-z])", your="you're"),
    _pattern(r"\b(you are|you will)(?= [a-z])", any_="your"),
    _pattern(r"\b(whose)(?= [a-z])", whose="who's"),
    _pattern(
        r"\b(loses?|losing)\b",
        lose="loose",
        loses="looses",
        losing="loosing",
    ),
    _pattern(r"\b(affects?|affected)\b", affect="effect", affects="effects", affected="effected"),
    _pattern(r"\b(?:an|the|no|its|this|any) (effects?)\b", effect="affect", effects="affects"),
    _pattern(r"\b(whether)\b", whether="weather"),
    _pattern(r"\b(?:[Tt]hey|[Ww]e|which|who|there) (were)\b", were="where"),
    _pattern(r"\b(accepts?|accepted)\b", accept="except", accepts="excepts", accepted="excepted"),
    _pattern(r"\b(?:to|can|must|should|would|will|and|I|you|we) (choose)\b", choose="chose"),
    _pattern(r"\b(?:is|are|not) (quite)\b", quite="quiet"),
    _pattern(r"\b(passed) (?:through|by|on|to|the)\b", passed="past"),
    _pattern(r"\b(?:the|in the|last) (past)\b", past="passed"),
    _pattern(r"\b(piece)s? of\b", piece="peace"),
    _pattern(r"\b(?:the|of|in) (principle)s?\b", principle="principal"),
    _pattern(r"\b(?:[Ee]very|[Ee]ach|[Aa]|[Oo]ne|per|last|next) (week)\b", week="weak"),
    _pattern(r"\b(?:to|can|you|we|must) (buy)\b", buy="by"),
    _pattern(
        r"\b(?:to|can|you|we|must) (hear|know|write)\b", hear="here", know="no", write="right"
    ),
    _pattern(r"\b(?:to|the|an?|of) (advice|advise)\b", advice="advise", advise="advice"),
)
