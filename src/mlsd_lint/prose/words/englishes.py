"""Words that the Englishes of the world spell differently.

A spelling is foreign to an English only if it is plainly another's: "catalog" and "catalogue" are
both at home in America, "organize" and "organise" in Britain, so neither is reported there; and
"analyses" is in America the plural of "analysis".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlsd_lint.config.prose import English

ENGLISHES: Final[Mapping[English, str]] = {
    "american": "American",
    "british": "British",
    "australian": "Australian",
    "canadian": "Canadian",
}
"""The Englishes, and what a reader calls each; where nothing decides, the first ones come first."""

_SHORT: dict[str, English] = {
    "a": "american",
    "b": "british",
    "u": "australian",
    "c": "canadian",
}

# colour, colours, coloured, colouring; what lies behind the first line has no other form.
_OUR = """
    arm behavi cand clam col demean endeav enam fav ferv flav harb hon hum lab misbehavi neighb od
    parl ranc rig rum sav savi splend succ tum val vap vig ard discol
"""
_OUR_ALONE = """
    behavio:al behavio:ally behavio:ism behavio:ist colo:ful colo:fully colo:less favo:able favo:ably
    favo:ite favo:ites flavo:ful flavo:ings hono:able hono:ably humo:less labo:er labo:ers
    multicolo:ed neighbo:hood neighbo:hoods neighbo:ly odo:less unfavo:able unfavo:ably watercolo:
"""
_RE = "calib cent fib epicent lit lust meag sab somb spect kilomet millimet centimet nanomet"
_DOUBLED_L = """
    bevel cancel channel chisel counsel dial dishevel duel enamel equal fuel funnel grovel initial
    jewel label level marshal marvel model mislabel panel parcel pedal pencil quarrel ravel
    relabel remodel rival shovel shrivel signal snorkel spiral stencil swivel total towel travel
    tunnel unravel
"""
_ISE = """
    agon amort anonym antagon apolog author binar brutal canonical capital categor central character
    civil colon commercial computer conceptual container contextual crystal custom decentral
    denormal depersonal deserial destabil digit discret dramat econom emphas energ epitom equal
    external factor familiar fantas final formal general global harmon hospital hypothes ideal
    immun incentiv individual industrial initial institutional internal international item jeopard
    legal liberal linear local material maxim mechan memor memo minim mobil modern modular monet
    monopol moral national neutral normal operational optim organ parallel parametr patron penal
    personal polar popular priorit privat production professional quant random rational real recogn
    reinitial renormal reorgan reparametr revital revolution sanit scrutin sensit serial social
    special stabil standard steril stigmat subsid summar symbol sympath synchron synthes
    systemat tabular tantal templat terror theor token trivial union unstandard urban util
    vector verbal victim virtual visual vocal
"""
_YSE = "anal reanal paral catal electrol hydrol dial"
# Two spellings, and the Englishes to which the first and the second is foreign: a American,
# b British, u Australian, c Canadian.
_PAIRS = """
    aging ageing - a, aluminum aluminium bu ac, anemia anaemia bu a, anesthesia anaesthesia bu a,
    anesthetic anaesthetic bu a, artifact artefact - a, artifacts artefacts - a, check cheque - a,
    checks cheques - a, cozy cosy bu a, defense defence buc a, defenses defences buc a,
    distill distil bu a, distills distils bu a, encyclopedia encyclopaedia - a,
    enroll enrol bu a, enrolls enrols bu a, enrollment enrolment bu a,
    enrollments enrolments bu a, estrogen oestrogen bu a, fetus foetus - a, fulfill fulfil bu a,
    fulfills fulfils bu a, fulfillment fulfilment bu a, gray grey buc a, grays greys buc a,
    grayish greyish buc a, grayscale greyscale - a, hemoglobin haemoglobin bu a,
    installment instalment bu a, installments instalments bu a, jewelry jewellery buc a,
    learned learnt - a, leukemia leukaemia bu a, license licence - a, licenses licences - a,
    maneuver manoeuvre bu a, maneuvers manoeuvres bu a, marvelous marvellous buc a,
    math maths - ac, meter metre - a, meters metres - a, mold mould buc a, molded moulded buc a,
    molding moulding buc a, molds moulds buc a, offense offence buc a, offenses offences buc a,
    pajamas pyjamas - a, pediatric paediatric bu a, plow plough bu a, plowed ploughed bu a,
    practice practise - a, practiced practised buc a, practices practises - a,
    practicing practising buc a, pretense pretence buc a, program programme - ac,
    programs programmes - ac, skeptic sceptic bu ac, skeptical sceptical bu ac,
    skepticism scepticism bu ac, skeptics sceptics bu ac, skillful skilful bu a,
    skillfully skilfully bu a, smolder smoulder buc a, sulfur sulphur - a, tire tyre - ac,
    tires tyres - ac, while whilst - a, willful wilful bu a, woolen woollen buc a
"""


class Pair(NamedTuple):
    """Two spellings of a word in lower case, each with the Englishes to which it is foreign."""

    first: str
    second: str
    first_foreign: frozenset[English]
    second_foreign: frozenset[English]


@cache
def own_spellings() -> Mapping[str, Mapping[English, str]]:
    """Each word in lower case that is foreign to some English, and how those spell it."""
    found: dict[str, dict[English, str]] = {}
    for pair in _pairs():
        for word, other, foreign in (
            (pair.first, pair.second, pair.first_foreign),
            (pair.second, pair.first, pair.second_foreign),
        ):
            for english in foreign:
                found.setdefault(word, {}).setdefault(english, other)
    return found


def foreign_words(english: English | None) -> Iterator[str]:
    """The words in lower case that are foreign to this English; for None, to any."""
    for word, spellings in own_spellings().items():
        if english is None or english in spellings:
            yield word


def _pairs() -> Iterator[Pair]:
    """Both spellings of each form, the American one first."""
    yield from _in_or()
    for stem in _RE.split():
        yield from _made(f"{stem}e", f"{stem}r", "r rs", "e es", "buc", "a")
    yield from _made("center", "centr", "ed ing", "ed ing", "buc", "a")
    for verb in _DOUBLED_L.split():
        endings = "ed ing er ers ings"
        yield from _made(verb, f"{verb}l", endings, endings, "buc", "a")
    for stem in _ISE.split():
        endings = "e ed es ing er ers ation ations able ational"
        yield from _made(f"{stem}iz", f"{stem}is", endings, endings, "u", "ac")
    for stem in _YSE.split():
        yield from _made(f"{stem}yz", f"{stem}ys", "e ed ing er ers", "e ed ing er ers", "bu", "ac")
        yield from _made(f"{stem}yz", f"{stem}ys", "es", "es", "bu", "-")
    for text in _PAIRS.split(","):
        first, second, *foreign = text.split()
        yield from _made(first, second, "_", "_", *foreign)


def _in_or() -> Iterator[Pair]:
    words = [f"{stem}o:{ending}" for stem in _OUR.split() for ending in ("", "s", "ed", "ing")]
    for word in (*words, *_OUR_ALONE.split()):
        start, _, ending = word.partition(":")
        yield from _made(f"{start}r", f"{start}ur", f"{ending}_", f"{ending}_", "buc", "a")


def _made(
    first: str, second: str, endings: str, other_endings: str, first_to: str, second_to: str
) -> Iterator[Pair]:
    """The two stems with each of their endings; `first_to` names to whom the first is foreign."""
    for ending, other in zip(endings.split(), other_endings.split(), strict=True):
        yield Pair(
            first + ending.rstrip("_"),
            second + other.rstrip("_"),
            frozenset(_SHORT[letter] for letter in first_to if letter in _SHORT),
            frozenset(_SHORT[letter] for letter in second_to if letter in _SHORT),
        )
