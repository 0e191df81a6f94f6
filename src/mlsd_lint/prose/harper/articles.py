"""Whether “a” or “an” before a word is surely the wrong one."""

from __future__ import annotations

import re

from mlsd_lint.prose.words.known import names

_PLAIN = re.compile(r"[A-Za-z]?[a-z]{1,}(?:['’-][A-Za-z]+)*")
# Whoever says "httpx" letter by letter says "an httpx".
_HAS_VOWEL = re.compile(r".{0,2}[aeiouy]", re.IGNORECASE)
_ACRONYM = re.compile(r"([A-Z]{2,})s?(?=\W|$)")
_LETTERS_WITH_A_VOWEL_SOUND = frozenset("AEFHILMNORSX")
# Acronyms that some say as words, though they look as if nobody could.
_SAID_IN_TWO_WAYS = frozenset({"SQL", "SCSI", "NLTK", "SMTP", "FTSE", "LVMH", "MPEG", "RST"})
_SAID_AS_LETTERS = frozenset(
    {"UI", "UID", "UDP", "UK", "UN", "URI", "URL", "US", "USB", "UTF", "UUID", "UX"}
)
# What follows a letter that is a name, as in "after A and before B".
_NO_NOUN_FOLLOWS = names("""
    after all also am among an and are as at be because before by can does equals for from had has
    have if in into is it its of on onto or over than that the then to under unless until up was
    were when where which while will with i you we they he she us our
    """)


def is_right_article(article: str, before: str, after: str) -> bool:
    """Whether an article is to be changed that stands between these words."""
    word = after.strip("“”‘’\"'()*,;:.!?")
    if after[:1] in "(),;:.!?" or word.lower() in _NO_NOUN_FOLLOWS:
        return False
    if article == "A" and before and before[-1] not in '.!?:"“':
        return False
    acronym = _ACRONYM.match(word)
    if acronym:
        return _acronym_takes_other(article.lower(), acronym[1])
    if len(word) == 1 or re.fullmatch(r"[A-Za-z]-\w.*", word):
        return False
    # Some drop the h of those; a name may begin as “you” does (Uvicorn) or as “up” does (Ubuntu).
    if word.lower().startswith(("hist", "herb", "hotel")) or word.startswith("U"):
        return False
    return _PLAIN.fullmatch(word) is not None and _HAS_VOWEL.match(word) is not None


def _acronym_takes_other(article: str, acronym: str) -> bool:
    """Whether an acronym takes the other article, however it is spoken."""
    spelled_out = "an" if acronym[0] in _LETTERS_WITH_A_VOWEL_SOUND else "a"
    if spelled_out == article or acronym in _SAID_IN_TWO_WAYS:
        return False
    if acronym in _SAID_AS_LETTERS:
        return True
    no_vowel = not set(acronym) & set("AEIOUY")
    as_word = "an" if acronym[0] in "AEIO" else "a"
    return no_vowel or (as_word == spelled_out and acronym[0] != "U")
