"""What kind of place a redirect leads to, as far as its address tells.

A word tells only where it is new: a link to a page about logins may well redirect to one.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from mlsd_lint import urls

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_](?:[a-z]{2}|[a-z]{4}|[0-9]{3})){0,2}", re.IGNORECASE)
# The languages that sites have front pages in; "new" and "api" have the form of one, too.
_LANGUAGES = frozenset(
    {
        *("ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr"),
        *("he", "hi", "hr", "hu", "id", "it", "ja", "ka", "ko", "lt", "lv", "ms", "nb", "nl"),
        *("nn", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh"),
    }
)
_EXTENSION = re.compile(r"\.(?:html?|php\d?|aspx?|jspx?|cfm|cgi|do|shtml)\Z")
_LETTERS = re.compile(r"[^a-z0-9]+")

# Folded by `_folded`: without what is not a letter or a digit, so "page-not-found" is here too.
_ERROR_PAGES = frozenset(
    {
        *("404", "404page", "page404", "404error", "error404", "404notfound", "410", "http404"),
        *("notfound", "pagenotfound", "filenotfound", "notfoundpage", "nopage", "missingpage"),
        *("error", "errorpage", "pageerror", "sorry404", "nichtgefunden", "seitenichtgefunden"),
        *("pageintrouvable", "introuvable", "noencontrado", "paginanoencontrada"),
        *("paginanaoencontrada", "paginanontrovata", "nietgevonden", "genericerror"),
    }
)
_LOGIN_PAGES = frozenset(
    {
        *("login", "signin", "logon", "userlogin", "loginform", "wplogin", "weblogin", "logins"),
        *("auth", "oauth", "oauth2", "authorize", "authenticate", "sso", "saml", "saml2", "cas"),
        *("signup", "register", "sessions", "accountlogin", "accountslogin", "checkpoint"),
        *("consent", "cookieconsent", "cookies", "cookiewall", "cookieabsent", "privacygate"),
        *("agegate", "ageverification", "captcha", "challenge", "validatecaptcha", "authwall"),
        *("paywall", "subscribe"),
    }
)
_LOGIN_HOSTS = frozenset(
    {
        *("accounts", "account", "login", "logon", "signin", "auth", "oauth", "sso", "idp", "id"),
        *("identity", "consent", "guce", "cas", "passport", "shibboleth", "authentication"),
    }
)
_RETURN_KEYS = frozenset(
    {
        *("continue", "returnurl", "returnto", "return", "next", "redirecturi", "redirecturl"),
        *("redirectto", "redirect", "returnpath", "returnuri", "goto", "destination", "service"),
        *("backurl", "callbackurl", "samlrequest", "returnlocation", "originurl"),
        *("sessionredirect",),
        *("cookieset", "cookieabsent", "forwardurl", "targeturl", "desturl", "fromurl"),
    }
)
_STATUS_KEYS = frozenset({"error", "status", "code", "err", "statuscode", "errorcode"})
_COOKIE_ERRORS = frozenset({"cookiesnotsupported", "nocookies", "cookiesdisabled"})
_PARKING = (
    *("sedo.com", "sedoparking.com", "hugedomains.com", "dan.com", "afternic.com", "bodis.com"),
    *("parkingcrew.net", "parklogic.com", "above.com", "domainmarket.com", "buydomains.com"),
    *("undeveloped.com", "uniregistry.com", "domainnamesales.com", "brandbucket.com"),
    *("parked.com", "smartname.com", "parkingpage.namecheap.com", "dynadot.com", "epik.com"),
    *("skenzo.com", "voodoo.com", "rook.io", "ztomy.com", "domains.atom.com", "squadhelp.com"),
    *("perfectdomain.com", "efty.com", "forsale.godaddy.com", "ww1.parking.com"),
    *("expireddomains.com",),
)
_FRONT_PAGES = frozenset(
    {"index", "home", "homepage", "default", "main", "welcome", "start", "site", "web", "www"}
)


class Landing(NamedTuple):
    """Where redirects end.

    `unlike` says, in a clause, what it is that no link should be rewritten to: "a login page";
    "" for a page like any other. `gone` is the reason to take what was asked for as gone although
    the answer says success, "" if there is none.
    """

    unlike: str = ""
    gone: str = ""


def landing(asked: str, final: str, fragment: str, way: str) -> Landing:
    """What redirects from `asked` to `final` lead to; `way` tells of them in a clause.

    `fragment` is the one that the last redirect came with: a page of a program, where the path
    is the root, or a part of a page that a link rewritten to `final` would lose.
    """
    here, there = _Place.of(asked), _Place.of(final)
    if _is_parking(there.host) and not _is_parking(here.host):
        return Landing("a page of names for sale", f"{way}, where names of hosts are for sale")
    if _is_error(there) and not _names_error(here):
        return Landing("an error page", f"{way}, an error page")
    login = _login(here, there)
    if login:
        return Landing(login)
    if there.is_front and not here.is_front and not fragment:
        if _same_site(here.host, there.host):
            return Landing("the front page", f"{way}, the front page")
        return Landing("a front page")
    return Landing(_part(here, there, fragment))


def _part(here: _Place, there: _Place, fragment: str) -> str:
    """A clause if it is less than what the link was to: one passage, or one language."""
    if fragment:
        return "a part of a page"
    return "the page in one language" if _chosen_language(here, there) else ""


class _Place(NamedTuple):
    host: str
    segments: tuple[str, ...]  # of the path, lower case, decoded, none of them empty
    query: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, url: str) -> _Place:
        try:
            parts = urlsplit(url)
        except ValueError:
            return cls(urls.host(url), (), ())
        segments = tuple(part for part in unquote(parts.path).lower().split("/") if part)
        try:
            pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
        except ValueError:
            pairs = []
        return cls(urls.host(url), segments, tuple(pairs))

    @property
    def keys(self) -> frozenset[str]:
        """The names of the query's parameters, folded."""
        return frozenset(_folded(key) for key, _ in self.query)

    @property
    def pages(self) -> tuple[str, ...]:
        """The segments, folded, without extension; an index page is its folder."""
        names = [_folded(_EXTENSION.sub("", segment)) for segment in self.segments]
        return tuple(names[:-1] if names and names[-1] in {"index", "default"} else names)

    @property
    def is_front(self) -> bool:
        """Whether it is the front page of a host, be it in one language."""
        if any(not urls.is_tracking(key) for key, _ in self.query):
            return False
        if not self.segments:
            return True
        if len(self.segments) > 2:
            return False
        rest = self.segments[1:] if _is_language(self.segments[0]) else self.segments
        names = [_folded(_EXTENSION.sub("", segment)) for segment in rest]
        return all(name in _FRONT_PAGES for name in names) and len(names) < 2


def _is_language(segment: str) -> bool:
    return _LANGUAGE.fullmatch(segment) is not None and re.split("[-_]", segment)[0] in _LANGUAGES


def _folded(text: str) -> str:
    return _LETTERS.sub("", text.lower())


def _is_parking(host: str) -> bool:
    return any(host == name or host.endswith("." + name) for name in _PARKING)


def _is_error(place: _Place) -> bool:
    if place.pages and place.pages[-1] in _ERROR_PAGES:
        return True
    if "aspxerrorpath" in place.keys:
        return True
    return any(_folded(key) in _STATUS_KEYS and value == "404" for key, value in place.query)


def _names_error(place: _Place) -> bool:
    return any("error" in page or "404" in page or "notfound" in page for page in place.pages)


def _login(here: _Place, there: _Place) -> str:
    """A clause if it is a page that stands before others: a login, a consent, a captcha."""
    known = {*here.pages, *here.host.split("."), *here.keys}
    labels = there.host.split(".")[:-2]
    if any(_folded(value) in _COOKIE_ERRORS for _, value in there.query):
        return "a page that asks for cookies"
    if any(page in _LOGIN_PAGES and page not in known for page in there.pages):
        return "a login or consent page"
    if here.host != there.host and any(
        label in _LOGIN_HOSTS and label not in known for label in labels
    ):
        return "a login or consent page"
    if there.keys & _RETURN_KEYS - known:
        return "a page on the way to another"
    return ""


def _same_site(asked: str, reached: str) -> bool:
    """Whether `reached` is the host asked, or the one whose part it is.

    The other way round proves nothing: example.org/blog may well have become blog.example.org.
    """
    here, there = asked.removeprefix("www."), reached.removeprefix("www.")
    return here == there or (here.endswith("." + there) and "." in there)


def _chosen_language(here: _Place, there: _Place) -> bool:
    """Whether the host chose a language that the link, for all its readers, left open."""
    if not there.segments or len(there.segments) < 2:
        return False
    languages = [one for one in there.segments if _LANGUAGE.fullmatch(one) and "-" in one]
    return any(one not in here.segments for one in languages) and not any(
        _LANGUAGE.fullmatch(one) and ("-" in one or len(one) == 2) for one in here.segments
    )
