"""From what servers answered to a verdict with its reason. Pure: no clock, no network.

What proves that a link is dead is narrow: 404 or 410 to a GET, or a name that does not exist.
Whatever else goes wrong is `suspect` until `confirming.confirmed` has seen it often enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint import urls
from mlsd_lint.links.exchange import Failure, Reply
from mlsd_lint.links.judging import (
    bot_walls,
    file_kinds,
    fragments,
    html_pages,
    redirects,
    soft_404,
)
from mlsd_lint.links.verdicts import Answer, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.exchange import Exchange, FailureKind
    from mlsd_lint.links.judging.landings import Landing

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
# 412 and 418 are what some hosts say to programs; no request has a precondition that 412 answers.
_REFUSALS = {
    402: "asks for money: 402",
    407: "the proxy asks for a login: 407",
    412: "412: the host refuses programs",
    418: "418: the host refuses programs",
    430: "430: the host refuses programs",
    451: "451: the host may not show it here, by law",
    401: "asks for a login: 401",
    403: "403: the host refuses programs or strangers",
    999: "bot wall: 999",
}
_THROTTLED = frozenset({420, 429})
_PASSING_FAILURES: frozenset[FailureKind] = frozenset(
    {"resolver", "connect", "timeout", "reset", "local"}
)
_METHOD_MATTERS: frozenset[FailureKind] = frozenset({"timeout", "reset", "protocol"})
# What a browser may well cope with.
_DOUBTFUL: frozenset[FailureKind] = frozenset({"trust", "protocol"})
_LASTING_ERRORS = frozenset({501, 505})
_LONGEST_VALIDATOR = 512


def redirect_of(reply: Reply) -> str | None:
    """The Location of a redirect, as the server wrote it; None if the reply redirects nowhere."""
    if reply.status not in _REDIRECTS:
        return None
    return reply.headers.get("location", "").strip() or None


def settles(exchange: Exchange) -> bool:
    """Whether a HEAD was answered so that a GET would tell nothing more.

    True for success and redirects, and for failures that any request would meet (the name, the
    address, the connection, the certificate). A page's text and anchors are another matter.
    """
    outcome = exchange.outcome
    if isinstance(outcome, Failure):
        return outcome.kind not in _METHOD_MATTERS
    if redirect_of(outcome) is not None or outcome.status == 304:
        return True
    # By 202 walls promise a challenge, and only its page tells whose it is.
    return 200 <= outcome.status < 300 and outcome.status != 202 and not bot_walls.wall(outcome)


def may_pass(outcome: Reply | Failure) -> bool:
    """Whether the same request may fare better in a moment.

    A challenge is no such thing: repeating it makes a program look worse.
    """
    if isinstance(outcome, Failure):
        return outcome.kind in _PASSING_FAILURES
    passing = outcome.status in {408, 429} or (
        500 <= outcome.status < 600 and outcome.status not in _LASTING_ERRORS
    )
    return passing and not bot_walls.wall(outcome)


def judge(
    promised: Address,
    trail: Sequence[Exchange],
    *,
    asked: float,
    stopped: str = "",
    wanted: Collection[str] = (),
    look_for_soft_404: bool = True,
) -> Answer:
    """What became of the address `promised`, asked at `asked` (seconds since the epoch).

    `trail` holds every exchange in the order in which they were made, HEAD and GET of one address
    both. `stopped` says why its last redirect was not followed: "circle" if it leads to an address
    asked before, "too-many", or else what `addresses.follow` said of it. `wanted` are the fragments, as
    written, that links ask for. The streak of failures is left as it is: see `confirmed`.
    """
    journey = redirects.journey(trail)
    chain, last = journey.chain, journey.last
    if last is None:
        return Answer(Verdict.UNVERIFIED, "not asked", asked=asked)
    outcome = last.outcome
    base = Answer(Verdict.UNVERIFIED, "", chain=chain, permanent=journey.permanent, asked=asked)
    if isinstance(outcome, Failure):
        verdict, reason = _of_failure(outcome, journey)
        doubtful = outcome.kind in _DOUBTFUL
        return base._replace(verdict=verdict, reason=journey.told(reason), doubtful=doubtful)
    base = base._replace(status=outcome.status, final=last.url)
    if stopped:
        verdict, reason = redirects.stopped_short(stopped, trail, journey)
        return base._replace(verdict=verdict, reason=reason, doubtful=True)
    sign = bot_walls.wall(outcome)
    if sign:
        reason = f"bot wall: {outcome.status} with {sign}"
        return base._replace(verdict=Verdict.BLOCKED, reason=journey.told(reason))
    if not 200 <= outcome.status < 300:
        verdict, reason = _of_status(outcome, journey)
        return base._replace(verdict=verdict, reason=journey.told(reason))
    return _of_page(base, promised, outcome, journey, wanted, look_for_soft_404)


def _of_failure(failure: Failure, journey: redirects.Journey) -> tuple[Verdict, str]:
    if failure.kind == "name":
        return Verdict.DEAD, failure.reason
    if failure.kind in {"forbidden", "local", "setup"}:
        return Verdict.UNVERIFIED, f"not asked: {failure.reason}"
    if failure.kind == "proxy":
        return Verdict.UNVERIFIED, failure.reason
    return Verdict.SUSPECT, failure.reason + _times(journey)


def _of_status(reply: Reply, journey: redirects.Journey) -> tuple[Verdict, str]:
    status = reply.status
    said = f"{status} from {journey.host}"
    if status in {300, 304}:
        return Verdict.OK, said
    if status in _REFUSALS:
        return Verdict.BLOCKED, _REFUSALS[status]
    if status in _THROTTLED or (status == 503 and "retry-after" in reply.headers):
        return Verdict.THROTTLED, f"{said}{_times(journey)}: it wants fewer requests"
    if status in _GONE:
        methods = journey.methods
        verdict = Verdict.DEAD if "GET" in methods else Verdict.SUSPECT
        return verdict, f"{said} after {' and '.join(methods)}"
    return _of_another_status(status, said, journey)


def _of_another_status(status: int, said: str, journey: redirects.Journey) -> tuple[Verdict, str]:
    if status in _REDIRECTS:
        return Verdict.SUSPECT, f"{said} without a Location"
    if 400 <= status < 500 and status != 408:
        return Verdict.BLOCKED, f"{said}{_times(journey)}: it refuses the request"
    return Verdict.SUSPECT, said + _times(journey)


def _times(journey: redirects.Journey) -> str:
    return f", {journey.attempts} times" if journey.attempts > 1 else ""


def _of_page(
    base: Answer,
    promised: Address,
    reply: Reply,
    journey: redirects.Journey,
    wanted: Collection[str],
    look_for_soft_404: bool,  # noqa: FBT001  # see judge
) -> Answer:
    page = html_pages.read(reply) if _read_for_its_text(reply, journey) else None
    landing = redirects.landing(promised.url, journey)
    if look_for_soft_404:
        gone = landing.gone or (soft_404.says(page, urls.host(journey.url)) if page else "")
        if gone:
            return base._replace(verdict=Verdict.SOFT_404, reason=gone)
    verdict, reason = _of_success(reply, journey, landing)
    answer = base._replace(
        verdict=verdict,
        reason=reason,
        final=journey.url + ("#" + journey.fragment if journey.fragment else ""),
        same_kind=bool(journey.chain)
        and not landing.unlike
        and file_kinds.alike(promised.url, journey.url, reply.headers),
        etag="" if journey.chain else _validator(reply, "etag"),
        last_modified="" if journey.chain else _validator(reply, "last-modified"),
    )
    if page is None:
        return answer._replace(cut=bool(reply.body) and not reply.complete)
    return answer._replace(
        anchors=page.names,
        scripted=page.scripted,
        cut=page.cut or not reply.complete,
        texts=fragments.found_texts(page, wanted),
    )


def _read_for_its_text(reply: Reply, journey: redirects.Journey) -> bool:
    last = journey.last
    return last is not None and last.method == "GET" and html_pages.is_html(reply)


def _of_success(reply: Reply, journey: redirects.Journey, landing: Landing) -> tuple[Verdict, str]:
    if not journey.chain:
        return Verdict.OK, f"{reply.status} from {journey.host}"
    what = f", {landing.unlike}" if landing.unlike else ""
    if journey.moved_to:
        return Verdict.MOVED, journey.moved_reason + what
    return Verdict.OK, f"{reply.status} from {journey.host}, reached by {journey.way}{what}"


def _validator(reply: Reply, name: str) -> str:
    value = reply.headers.get(name, "")
    usable = len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if usable else ""
