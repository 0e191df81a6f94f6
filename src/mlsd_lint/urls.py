"""Web addresses as text: what two of them have in common, and what they carry along.

Nothing here changes an address that is written or fetched; `comparable` is only ever compared.
The parts are those of RFC 3986, appendix B.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WEB_ADDRESS = re.compile(
    r"(?P<scheme>https?):/{2}(?P<authority>[^/?#]*)(?P<path>[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_SCHEMELESS = re.compile(r"//(?P<authority>[^/?#]*)")
_DEFAULT_PORT = {"http": ":80", "https": ":443"}
_PERCENT_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SLASH = r"(?:\\?/|&sol;|&#0*47;|&#[xX]0*2[fF];)"
_AT = r"(?:\\?@|&commat;|&#0*64;|&#[xX]0*40;)"
_USER = re.compile(rf"({_SLASH}{{2}})((?:(?!{_SLASH})(?:&#|[^\s/?#]))+){_AT}")
_SEPARATOR = re.compile(r"&amp;|&")

# Parameters that say how a reader came to a page, and never which page it is.
_TRACKING_PREFIXES = ("utm_", "hsa_", "pk_campaign", "pk_kwd", "mtm_")
_TRACKING = frozenset(
    {
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid"),
        *("twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok"),
        *("_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking", "_openstat"),
        *("oly_anon_id", "oly_enc_id", "vero_id", "vero_conv", "wickedid", "_ga", "_gl"),
        *("srsltid", "epik", "irclickid", "rb_clickid", "s_cid", "ss_email_id"),
    }
)

# Services whose addresses hide where they lead, and stop leading there when the service does.
# An address that only its own site gives out (youtu.be, aka.ms, doi.org) hides nothing, and
# where the service's own pages live on the same host (short.io) the host proves nothing.
_SHORTENERS = frozenset(
    {
        *("adf.ly", "amzn.to", "bit.do", "bit.ly", "buff.ly", "clck.ru"),
        *("cutt.ly", "db.tt", "dlvr.it", "fb.me", "git.io", "goo.gl", "hubs.la", "hubs.ly"),
        *("ht.ly", "is.gd", "j.mp", "lnkd.in", "mcaf.ee", "nyti.ms", "ow.ly", "po.st", "qr.ae"),
        *("rb.gy", "rebrand.ly", "s.id", "shorturl.at", "snip.ly", "soo.gd", "spr.ly"),
        *("surl.li", "t.cn", "t.co", "t.ly", "tiny.cc", "tiny.one", "tinyurl.com", "tr.im"),
        *("trib.al", "u.to", "url.cn", "v.gd", "vk.cc", "wp.me", "x.co", "zpr.io"),
    }
)


class Parameter(NamedTuple):
    """One parameter of a query as written: its name, and where it starts and ends in the URL."""

    name: str
    start: int
    end: int


def is_web(url: str) -> bool:
    """Whether an address is http or https, in any letter case."""
    return url[:8].lower().startswith(("http://", "https://"))


def host(url: str) -> str:
    """The host of a web address in lower case and ASCII, without user and port; "" if none."""
    if url.startswith("https://"):  # nearly all of them; spares the expression
        authority = url[8:].partition("/")[0].partition("?")[0].partition("#")[0]
    else:
        found = _WEB_ADDRESS.match(url)
        authority = found["authority"] if found else ""
    name = authority.rpartition("@")[2]
    literal, bracket, _ = name.partition("]")
    name = literal + bracket if name.startswith("[") else name.partition(":")[0]
    return _in_ascii(name.lower().rstrip("."))


def comparable(url: str) -> str:
    """A form that two web addresses share when they lead to the same thing.

    Left out: http or https, `www.`, letter case of the host, user, default port, a slash at the
    path's end, tracking parameters, an empty query or fragment, a text fragment (`#:~:text=`).
    Percent-encoding is brought to one form (RFC 3986, 6.2.2). Kept: letter case of the path, the
    order of parameters, the fragment, which on many sites is the page.
    """
    found = _WEB_ADDRESS.fullmatch(url)
    if found is None:
        return url
    name = host(url).removeprefix("www.")
    port = re.search(r":\d+\Z", found["authority"])
    if port and port[0] != _DEFAULT_PORT[found["scheme"].lower()]:
        name += port[0]
    path = _decoded(found["path"]).rstrip("/")
    query = "&".join(
        _decoded(pair)
        for pair in (found["query"] or "").split("&")
        if pair and not is_tracking(pair.partition("=")[0])
    )
    fragment = _decoded(found["fragment"] or "").partition(":~:")[0]
    return name + path + ("?" + query if query else "") + ("#" + fragment if fragment else "")


def is_tracking(name: str) -> bool:
    """Whether a query parameter of this name only says how a reader came to the page."""
    folded = name.lower()
    return folded in _TRACKING or folded.startswith(_TRACKING_PREFIXES)


def is_shortened(url: str) -> bool:
    """Whether a web address is one that a shortening service gave out; its home page is none."""
    if host(url).removeprefix("www.") not in _SHORTENERS:
        return False
    found = _WEB_ADDRESS.match(url)
    return found is not None and found["path"].strip("/") != ""


def parameters(written: str) -> tuple[Parameter, ...]:
    """The parameters of a web address as it stands in Markdown or HTML.

    `&amp;` separates as `&` does, a backslash escape belongs to a name without its backslash.
    """
    found = _WEB_ADDRESS.fullmatch(written)
    if found is None or found["query"] is None:
        return ()
    start, last = found.span("query")
    parts = []
    for separator in _SEPARATOR.finditer(written, start, last):
        parts.append((start, separator.start()))
        start = separator.end()
    parts.append((start, last))
    return tuple(
        Parameter(_ESCAPED.sub(r"\1", written[start:end].partition("=")[0]), start, end)
        for start, end in parts
    )


def without_tracking(written: str) -> str:
    """A web address as written without its tracking parameters; all else byte for byte."""
    found = parameters(written)
    kept = [at for at, one in enumerate(found) if not is_tracking(one.name)]
    if len(kept) == len(found):
        return written
    before, after = written[: found[0].start], written[found[-1].end :]
    if not kept:
        return before.removesuffix("?") + after
    first, *others = kept
    pieces = [written[found[first].start : found[first].end]]
    pieces += [written[found[at - 1].end : found[at].end] for at in others]
    return before + "".join(pieces) + after


def masked(text: str) -> str:
    """Text in which users and passwords of addresses are asterisks, as many as there were letters.

    An address is found as Markdown and HTML may write it: with escapes, with entities, and
    without its scheme.
    """
    if "@" not in text and "&" not in text:
        return text
    return _USER.sub(_mask, text)


def without_user(url: str) -> str:
    """A web address without the user and password in front of its host; all else as it is."""
    found = _WEB_ADDRESS.match(url) or _SCHEMELESS.match(url)
    if found is None or "@" not in found["authority"]:
        return url
    start, end = found.span("authority")
    return url[:start] + found["authority"].rpartition("@")[2] + url[end:]


def _mask(found: re.Match[str]) -> str:
    before, user = found[1], found[2]
    return before + "*" * len(user) + found[0][len(before) + len(user) :]


def _in_ascii(name: str) -> str:
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _decoded(text: str) -> str:
    """Percent-encoding in one form: none for what never needs it, capitals for the rest."""
    if "%" not in text:
        return text
    return _PERCENT_ENCODED.sub(_one_form, text)


def _one_form(encoded: re.Match[str]) -> str:
    char = chr(int(encoded[0][1:], 16))
    return char if char in _UNRESERVED else encoded[0].upper()
