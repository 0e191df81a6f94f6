"""What hosts can do, ready-made: each is called, and gives a behaviour (pages, redirects, refusals).

What breaks HTTP or the connection is in `hostile`.
"""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Literal

from web.messages import HTML, Response, Seen, Wait, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from web.messages import Answer, Behaviour

# --- how behaviours combine ---


def routes(table: Mapping[str, Behaviour], otherwise: Behaviour | None = None) -> Behaviour:
    """By target (path and query), else by path, else `otherwise`, which is 404 if not given."""
    unknown = otherwise or not_found()
    return lambda seen: table.get(seen.target, table.get(seen.path, unknown))(seen)


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """The first for the first request of a path, the second for the second; the last stays."""
    return lambda seen: behaviours[min(seen.number, len(behaviours)) - 1](seen)


def in_turn_of_host(*behaviours: Behaviour) -> Behaviour:
    """Likewise, but whatever the paths of the requests are."""
    return lambda seen: behaviours[min(seen.host_number, len(behaviours)) - 1](seen)


def by_method(*, head: Behaviour, get: Behaviour) -> Behaviour:
    return lambda seen: (head if seen.method == "HEAD" else get)(seen)


def slow(seconds: float, behaviour: Behaviour) -> Behaviour:
    """The same, but so many seconds later."""
    return lambda seen: (Wait(seconds), *steps(behaviour(seen)))


def if_header(name: str, value: str, then: Behaviour, otherwise: Behaviour) -> Behaviour:
    """One or the other, by whether the request has this header with this value in it."""
    return lambda seen: (then if value in seen.headers.get(name.lower(), "") else otherwise)(seen)


# --- pages and files ---


def html(body: str, *, title: str = "A page", status: int = 200) -> Response:
    text = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return Response(status, text.encode(), {"Content-Type": HTML})


def page(*ids: str, names: tuple[str, ...] = (), title: str = "A page") -> Response:
    """An HTML page with elements of these ids, and anchors of these names."""
    headings = "".join(f'<h2 id="{name}">Section {name}</h2><p>Text.</p>' for name in ids)
    anchors = "".join(f'<a name="{name}">Anchor {name}</a>' for name in names)
    return html(f"<h1>{title}</h1>{headings}{anchors}", title=title)


def github_page(*ids: str) -> Response:
    """A page whose ids have the prefix that GitHub gives those of a README."""
    return page(*(f"user-content-{name}" for name in ids), title="A README")


def scripted_page() -> Response:
    """A page whose anchors are made by a program when it is shown."""
    script = "for (const n of ['one', 'two']) { const h = document.createElement('h2'); h.id = n; "
    script += "document.getElementById('root').append(h); }"
    return html(f'<div id="root"></div><script>{script}</script>', title="Scripted")


def file(content: bytes = b"%PDF-1.7 ...", kind: str = "application/pdf") -> Response:
    return Response(200, content, {"Content-Type": kind})


def text(content: str) -> Response:
    return file(content.encode(), "text/plain; charset=utf-8")


def validated(etag: str = "", last_modified: str = "") -> Behaviour:
    """A page with these validators, and 304 for who has it already."""
    headers = {"Content-Type": HTML, "ETag": etag, "Last-Modified": last_modified}
    headers = {name: value for name, value in headers.items() if value}

    def answer(seen: Seen) -> Answer:
        same = etag and seen.headers.get("if-none-match") == etag
        if "if-none-match" not in seen.headers:
            same = last_modified and seen.headers.get("if-modified-since") == last_modified
        return Response(304, b"", headers) if same else Response(200, page("one").body, headers)

    return answer


def crawl_delay(seconds: str, agent: str = "*", *, disallow: str = "") -> Response:
    """A robots.txt; put it at /robots.txt."""
    return text(f"User-agent: {agent}\nDisallow: {disallow}\nCrawl-delay: {seconds}\n")


# --- plain refusals ---


def status(code: int, headers: Mapping[str, str | bytes] | None = None) -> Response:
    """A short page that says what the status says."""
    body = html(f"<h1>Status {code}</h1>", title=f"Status {code}").body
    return Response(code, body, {"Content-Type": HTML, **(headers or {})})


def not_found() -> Response:
    return status(404)


def soft_404(known: Mapping[str, Behaviour] | None = None) -> Behaviour:
    """A host that says 200 to everything, and "Page not found" for what it does not know."""
    missing = html("<h1>Page not found</h1><p>Sorry.</p>", title="Page not found")
    return routes(known or {}, otherwise=missing)


def basic_auth(user: str, password: str, then: Behaviour) -> Behaviour:
    expected = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    return _authorized(expected, then, 'Basic realm="web"')


def bearer(token: str, then: Behaviour) -> Behaviour:
    return _authorized(f"Bearer {token}", then, "Bearer")


def _authorized(expected: str, then: Behaviour, challenge: str) -> Behaviour:
    refusal = status(401, {"WWW-Authenticate": challenge})
    return lambda seen: (then if seen.headers.get("authorization") == expected else refusal)(seen)


# --- bot walls ---


def cloudflare_403() -> Response:
    return status(403, {"cf-mitigated": "challenge", "Server": "cloudflare"})


def cloudflare_503() -> Response:
    body = '<div class="cf-browser-verification"></div><script>window._cf_chl_opt={};</script>'
    return html(body, title="Just a moment...", status=503)


def waf_202() -> Response:
    return status(202, {"x-amzn-waf-action": "challenge"})


def status_999() -> Response:
    """What LinkedIn says to programs."""
    return status(999)


# --- come back later ---


def throttled(retry_after: str | Callable[[], str] | None = None, code: int = 429) -> Behaviour:
    """429 with Retry-After as given, made anew for each request if callable, none if None."""

    def answer(_seen: Seen) -> Answer:
        value = retry_after() if callable(retry_after) else retry_after
        return status(code, {} if value is None else {"Retry-After": value})

    return answer


def date_in(seconds: float, form: Literal["imf", "rfc850", "asctime"] = "imf") -> Callable[[], str]:
    """A date so far from the moment it is sent, in one of HTTP's three forms, for throttled().

    Dates have whole seconds: this one is rounded up.
    """

    def date() -> str:
        moment = datetime.fromtimestamp(-int(-(time.time() + seconds) // 1), UTC)
        if form == "imf":
            return format_datetime(moment, usegmt=True)
        if form == "rfc850":
            return moment.strftime("%A, %d-%b-%y %H:%M:%S GMT")
        return moment.strftime("%a %b ") + f"{moment.day:2d}" + moment.strftime(" %H:%M:%S %Y")

    return date


# --- redirects ---


def redirect(location: str | bytes | None, code: int = 302) -> Response:
    """To a path, an address or bytes of any kind; None leaves Location out."""
    return status(code, {} if location is None else {"Location": location})


def self_loop(code: int = 302) -> Behaviour:
    return lambda seen: redirect(seen.target, code)


def chain(length: int, then: Behaviour, code: int = 302) -> Behaviour:
    """So many redirects (?hop=1, ?hop=2, ...), then what `then` does."""

    def answer(seen: Seen) -> Answer:
        hop = int(seen.query.removeprefix("hop=") or 0)
        return redirect(f"{seen.path}?hop={hop + 1}", code) if hop < length else then(seen)

    return answer


def loop(length: int = 2, code: int = 302) -> Behaviour:
    """Redirects that come back to the first after so many."""

    def answer(seen: Seen) -> Answer:
        hop = (int(seen.query.removeprefix("hop=") or 0) + 1) % length
        return redirect(f"{seen.path}?hop={hop}" if hop else seen.path, code)

    return answer


def endless_redirects(code: int = 302) -> Behaviour:
    """Always on to an address that was not seen before."""
    return chain(10**9, not_found(), code)


def cookie_wall(then: Behaviour) -> Behaviour:
    """A redirect to itself that sets a cookie, without end for who does not send it back."""

    def wall(seen: Seen) -> Answer:
        return status(302, {"Location": seen.target, "Set-Cookie": "seen=1; Path=/"})

    return if_header("cookie", "seen=1", then, wall)
