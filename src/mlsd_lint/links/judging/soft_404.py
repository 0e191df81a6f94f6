"""Pages that say that they do not exist, with the status of success.

Pages about errors are many: an article may be called "Page not found: designing error pages".
So a title tells only if it is nothing but such a phrase and the site's name, and a heading only
on a page that says little else.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mlsd_lint.links.judging import soft_404_phrases

if TYPE_CHECKING:
    from mlsd_lint.links.judging.html_pages import Page

_LONGEST_TITLE = 120
_LONGEST_QUOTE = 80
# Lengths of a page's text, in characters: it says nothing, hardly anything, what a menu and a
# footer hold, and more than any missing page does.
_NOTHING = 200
_LITTLE = 1500
_MENUS = 4000
_ARTICLE = 12000
_WORKS = ("article", "book", "music.", "video.", "profile", "product")
# What stands between the title of a page and the name of its site.
_SEPARATORS = re.compile(
    r"\s+[-‐–—|·•»«:/\\~]+\s+|\s*[|·•»«｜]+\s*|[:：]\s*|\s+[-–—]|[-–—]\s+|[!?]\s+"
)
_NO_LETTERS = re.compile(r"[\W_]+")
_EXCLAMATIONS = frozenset({"home", "oops", "ooops", "sorry", "whoops", "uh oh", "error", "404"})
_FOR_SALE = re.compile(
    r"(?:this |the )?domain (?:name )?(?:is |may be )(?:for sale|parked)|buy this domain"
    r"|(?:diese )?domain (?:steht zum verkauf|zu verkaufen)|ce (?:nom de )?domaine est a vendre"
    r"|este dominio esta (?:a la|en) venta|questo dominio e in vendita"
)


def says(page: Page, host: str) -> str:
    """Why a page is taken to say that it does not exist, quoting it; "" if it does not.

    `host` is the host that answered: its name may stand in the title beside the phrase.
    """
    titles = (page.title, page.meta.get("og:title", ""))
    found = [title for title in titles if _is_for_sale(title, page, host)]
    found += [title for title in titles if _tells(title, page, host)]
    short = len(page.text) < _LITTLE and not _is_a_work(page)
    if not found and short and _phrase(page.heading, page, host) in _PLAIN:
        found.append(page.heading)
    return f'the page says "{_quoted(found[0])}"' if found else ""


def _tells(title: str, page: Page, host: str) -> bool:
    """Whether a title says that the page is missing, and the page itself does not object."""
    phrase = _phrase(title, page, host)
    length = len(page.text)
    if not phrase or length > _ARTICLE or _is_a_work(page):
        return False
    said_again = _phrase(page.heading, page, host) != ""
    unlisted = "noindex" in page.meta.get("robots", "").lower()
    if phrase in _AMBIGUOUS:
        return length < _NOTHING or (length < _LITTLE and (said_again or unlisted))
    return length < _MENUS or said_again or unlisted


def _is_a_work(page: Page) -> bool:
    return page.meta.get("og:type", "").lower().startswith(_WORKS)


def _phrase(title: str, page: Page, host: str) -> str:
    """The phrase that a title is, beside at most the site's name; "" if it says anything else."""
    if not title or len(title) > _LONGEST_TITLE:
        return ""
    whole = _folded(title)
    if whole in _PHRASES:
        return whole
    parts = [_folded(part) for part in _SEPARATORS.split(title)]
    phrases = [part for part in parts if part in _PHRASES]
    others = [part for part in parts if part and part not in _PHRASES]
    if phrases and all(_is_no_subject(part, page, host) for part in others):
        return max(phrases, key=lambda part: (part in _PLAIN, len(part)))
    return ""


def _is_no_subject(part: str, page: Page, host: str) -> bool:
    """Whether a part of a title is the site's name, or a mere exclamation."""
    declared = {_folded(page.meta.get(key, "")) for key in ("og:site_name", "application-name")}
    if part in _EXCLAMATIONS or part in declared:
        return True
    joined = part.replace(" ", "")
    labels = [_folded(label).replace(" ", "") for label in host.removeprefix("www.").split(".")]
    initials = "".join(word[0] for word in part.split())
    return any(
        label == initials
        or (len(joined) > 2 and joined in label)
        or (len(label) > 2 and label in joined and len(joined) <= 2 * len(label) + 6)
        for label in (*labels[:-1], "".join(labels))
    )


def _is_for_sale(title: str, page: Page, host: str) -> bool:
    said = _folded(title)
    if not said or len(page.text) > _MENUS:
        return False
    name = _folded(host.removeprefix("www."))
    return _FOR_SALE.fullmatch(said) is not None or (
        len(name) > 3 and said in {f"{name} is for sale", f"{name} for sale", f"{name} is parked"}
    )


def _folded(text: str) -> str:
    """Letters and digits only, without case and accents, words apart by one space."""
    decomposed = unicodedata.normalize("NFKD", text[: 2 * _LONGEST_TITLE].casefold())
    plain = "".join(one for one in decomposed if not unicodedata.combining(one))
    words = _NO_LETTERS.sub(" ", plain.replace("'", "").replace("’", ""))
    return unicodedata.normalize("NFC", words).strip()


def _quoted(text: str) -> str:
    text = "".join(one if one.isprintable() else " " for one in text)
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


_PLAIN = frozenset(_folded(line) for line in soft_404_phrases.PLAIN.split("\n") if line)
_AMBIGUOUS = frozenset(_folded(line) for line in soft_404_phrases.AMBIGUOUS.split("\n") if line)
_PHRASES = _PLAIN | _AMBIGUOUS
