"""Telling English from the other languages of Europe by their commonest words.

The list of misspellings is made from English text, and full of right words of other languages.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# None of these is a common word of the other group, or an abbreviation in English.
_ENGLISH: Final = _words("""
    the of and to is are was were be been it its this that these those with for from by at into
    you your we our they their he his she her not or as but if when which what how who why where
    can could will would should may must has have had does do more than there here then all each
""")
_OTHER: Final = _words("""
    der das und ist ein eine einen einer des dem den von zu mit auf für nicht oder sich auch wie
    wenn sie im aus bei nach über um als
    le la les un une du et en est sur pour par dans que qui avec aux ce cette sont ou vous nous
    el los las del con por para una su como más lo este esta
    os uma não na nos nas dos da ao em seu são
    il gli di che è una della nel dei sono
    het een voor niet te op zijn
    och att som på av är det til og af ikke
    ve bir bu için na je sa za że jest nie
    yang dan di dengan untuk ini dari pada dalam adalah tidak atau akan jika ang mga ng
""")


def is_other_language(text: str) -> bool:
    """Whether more of the words are plainly of another language than plainly English.

    A word with a letter that English lacks is of another language, unless it may be a name.
    """
    words = _WORD.findall(text)
    english = sum(word.lower() in _ENGLISH for word in words)
    other = sum(word.lower() in _OTHER or _is_foreign(word) for word in words)
    return english < other


def _is_foreign(word: str) -> bool:
    return not word.isascii() and word[0].islower()
