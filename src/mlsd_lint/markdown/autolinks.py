"""GFM's extended autolinks: addresses in plain text, without angle brackets (GFM, section 6.9).

Where the specification and GitHub's own renderer differ, this follows the renderer: a scheme may
follow anything but a letter, and a host behind a scheme needs no full stop.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SCHEME = re.compile(r"(?<![A-Za-z])(?:https?|ftp)\Z", re.IGNORECASE)
# A name of the domain name system has at most 253 characters; a longer run is none.
_HOST = re.compile(r"[^\W_][\w.-]{0,252}+(?![\w.-])")
_REST = re.compile(r"[^\s<]*+")
_REST_IN_BRACKETS = re.compile(r"[^\s<\[\]]*+")
_ENTITY_TAIL = re.compile(r"&[A-Za-z0-9]+;\Z")
_TRAILING = frozenset("?!.,:*_~'\"")
_LONGEST_LOCAL = 256
_LOCAL_TAIL = re.compile(r"[A-Za-z0-9._+-]+\Z")
_MAIL_HOST = re.compile(r"[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)++(?!@)")
_MAIL_SCHEME = re.compile(r"(?<![A-Za-z])(?:mailto|xmpp):\Z", re.IGNORECASE)
_RESOURCE = re.compile(r"/[A-Za-z0-9@.]++")

#: Where an address without a scheme may start.
WWW = r"(?<![^\s*_~(\[\]])(?:www|WWW)\."
_MARKS = re.compile(rf"://|@|{WWW}")


class Bare(NamedTuple):
    """An address in plain text: its range, and what goes before it to make a destination."""

    start: int
    end: int
    prefix: str


def find_url(
    src: str, colon: int, floor: int, limit: int, *, bracketed: bool = False
) -> Bare | None:
    """The address whose scheme ends at `colon`; it lies between `floor` and `limit`.

    In brackets (`bracketed`) an address ends before the next bracket.
    """
    if not src.startswith("://", colon):
        return None
    scheme = _SCHEME.search(src, max(floor, colon - 6), colon)
    host = _HOST.match(src, colon + 3, limit) if scheme else None
    if scheme is None or host is None or not _valid_host(host[0]):
        return None
    end = _end(src, scheme.start(), host.end(), limit, bracketed=bracketed)
    return Bare(scheme.start(), end, "") if end > colon + 3 else None


def find_www(src: str, start: int, limit: int, *, bracketed: bool = False) -> Bare | None:
    """The address that starts with `www.` at `start`."""
    host = _HOST.match(src, start, limit)
    if host is None or len(host[0]) == 4 or not _valid_host(host[0]):
        return None
    end = _end(src, start, host.end(), limit, bracketed=bracketed)
    return Bare(start, end, "http://") if end > start + 4 else None


def _valid_host(host: str) -> bool:
    """Whether no underscore stands in the last two parts of a host."""
    return "_" not in host or "_" not in "".join(host.rstrip(".").split(".")[-2:])


def _end(src: str, start: int, after_host: int, limit: int, *, bracketed: bool) -> int:
    """Where an address ends: before white space, `<`, and punctuation that ends a sentence."""
    rest = _REST_IN_BRACKETS if bracketed else _REST
    end = rest.match(src, after_host, limit).end()  # type: ignore[union-attr]  # matches anything
    excess = {
        ")": src.count(")", start, end) - src.count("(", start, end),
        "]": src.count("]", start, end) - src.count("[", start, end),
    }
    while end > start:
        last = src[end - 1]
        if last in _TRAILING:
            end -= 1
        elif excess.get(last, 0) > 0:
            excess[last] -= 1
            end -= 1
        elif last == ";":
            entity = _ENTITY_TAIL.search(src, max(start, end - 40), end)
            end = entity.start() if entity else end - 1
        else:
            break
    return end


def find_in_text(src: str, start: int, limit: int) -> list[Bare]:
    """Every address in a range of plain text: mail addresses, and what brackets had hidden."""
    found: list[Bare] = []
    floor = position = start
    while mark := _MARKS.search(src, position, limit):
        position = mark.end()
        if mark[0] == "@":
            bare = _find_mail(src, mark.start(), floor, limit)
        elif mark[0] == "://":
            bare = find_url(src, mark.start(), floor, limit, bracketed=True)
        else:
            bare = find_www(src, mark.start(), limit, bracketed=True)
        if bare is not None:
            found.append(bare)
            floor = position = bare.end
    return found


def _find_mail(src: str, at: int, floor: int, limit: int) -> Bare | None:
    local = _LOCAL_TAIL.search(src, max(floor, at - _LONGEST_LOCAL), at)
    host = _MAIL_HOST.match(src, at + 1, limit)
    if local is None or host is None:
        return None
    start, end = local.start(), host.end()
    if src[end - 1] in "-_" or src[start - 1 : start] == "/":
        return None
    scheme = _MAIL_SCHEME.search(src, max(floor, start - 8), start)
    if scheme is None:
        return Bare(start, end, "mailto:")
    if scheme[0].lower() == "xmpp:":
        resource = _RESOURCE.match(src, end, limit)
        end = resource.end() if resource else end
    return Bare(scheme.start(), end, "")
