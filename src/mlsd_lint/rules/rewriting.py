"""An address in the place of another: written so that it reads as itself there.

The grammar is that of CommonMark 0.31 (links 6.3, autolinks 6.5, HTML 6.6), and of GFM's tables
and extended autolinks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsd_lint.workspace import Destination

_SPACE = re.compile(r"[\x00-\x20\x7f]")
# Code spans, tags and table cells are found before links are: what could begin or end one of
# those is written as an entity.
_STRUCTURE = {"<": "&lt;", ">": "&gt;", "`": "&#96;", "|": "&#124;"}
_IN_MARKDOWN = str.maketrans({**_STRUCTURE, "\\": "\\\\"})
_IN_QUOTES = str.maketrans({**_STRUCTURE, "&": "&amp;", '"': "&quot;", "'": "&#39;"})
_MAYBE_ENTITY = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_NEEDS_ENTITY = re.compile(rf"[<>`|]|{_MAYBE_ENTITY.pattern}")
_PARENTHESIS = re.compile(r"([()])")
_MOST_PARENTHESES = 32
# A bare address of nothing else ends where it is meant to, whatever stands behind it, and has no
# mark of emphasis that is one inside brackets.
_BARE = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?"
    r"(?:[/?#](?:[A-Za-z0-9/:.?=&%#+$@,!'();-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*)?"
)
_BARE_END = re.compile(r"[A-Za-z0-9/=%#+$@)-]\Z")
_ENTITY_IN_BARE = re.compile(r"&#?[A-Za-z0-9]*(?:;|\Z)")


def rewritten(destination: Destination, url: str) -> str | None:
    """What is to be written in the place of a destination so that it leads to `url`.

    None if nothing can be that leaves everything around it as it is.
    """
    if "\n" in url or "\r" in url or (destination.form != "angled" and _SPACE.search(url)):
        return None
    if destination.form in {"plain", "angled"}:
        written = _MAYBE_ENTITY.sub("&amp;", url).translate(_IN_MARKDOWN)
        return written if _balanced(url) else _PARENTHESIS.sub(r"\\\1", written)
    if destination.form in {"bare", "autolink"}:
        return _autolink(url, bare=destination.form == "bare")
    if destination.role == "image" and url.endswith(","):
        return None  # it may stand in a srcset, where that begins another picture
    written = url.translate(_IN_QUOTES)
    return written.replace("=", "&#61;") if destination.form == "unquoted" else written


def _autolink(url: str, *, bare: bool) -> str | None:
    if bare and _is_bare(url):
        return url
    if _NEEDS_ENTITY.search(url):
        return None  # GitHub reads entities in autolinks, other renderers do not
    return f"<{url}>" if bare else url


def _is_bare(url: str) -> bool:
    return (
        _BARE.fullmatch(url) is not None
        and _BARE_END.search(url) is not None
        and _ENTITY_IN_BARE.search(url) is None
        and _balanced(url)
    )


def _balanced(url: str) -> bool:
    """Whether every parenthesis has its counterpart, as deep as a destination may have them."""
    depth = 0
    for found in _PARENTHESIS.findall(url):
        depth += 1 if found == "(" else -1
        if not 0 <= depth <= _MOST_PARENTHESES:
            return False
    return depth == 0
