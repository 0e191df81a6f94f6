"""Pages of GitHub that its API answers for: one question a repository, and no bot wall.

Only what is there is learned this way. Whatever the API does not find is asked for as a page,
since a token need not see all that its owner sees, and some pages the API does not know.

The API's answers are described at https://docs.github.com/rest: a repository that was renamed or
transferred is a 301 to `/repositories/ID`; a used up limit is a 403 or 429 with
`x-ratelimit-remaining: 0` and `x-ratelimit-reset` in seconds since the epoch.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote

from mlsd_lint.links.addresses import AddressError, follow, parse
from mlsd_lint.links.exchange import Reply
from mlsd_lint.links.verdicts import Answer, Hop, Repository, Verdict

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.exchange import Failure, Method

    Ask = Callable[[Method, Address, tuple[tuple[str, str], ...]], Awaitable[Reply | Failure]]

LARGEST_REPLY = 256 * 1024
"""How many bytes of the API's answer to GET are needed; a repository's are some 10,000."""

_SECONDARY_LIMIT = 60.0  # seconds that GitHub asks to wait where it does not say how long
_MOST_MOVES = 3
_OWNER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
# What of the API answers for a page below a repository's, by its first segment.
_WITH_THE_REPOSITORY = frozenset(
    {"", "branches", "commits", "issues", "pulls", "releases", "stargazers", "tags"}
)
_PAGES = {
    "issues": (re.compile(r"issues/([1-9][0-9]{0,9})"), r"/issues/\1"),
    "pull": (
        re.compile(r"pull/([1-9][0-9]{0,9})(?:/(?:checks|commits|files))?"),
        r"/pulls/\1",
    ),
    "releases": (re.compile(r"releases/tag/(.+)"), r"/releases/tags/\1"),
    "commit": (re.compile(r"commit/([0-9a-fA-F]{7,40})"), r"/commits/\1"),
}
_FILE = re.compile(r"(?:blob|tree)/(?P<branch>[^/]+)(?P<path>(?:/.+)?)")
# First segments of the site's own pages, which no user or organization can be called.
_SITE_PAGES = frozenset(
    {
        *("about", "account", "apps", "blog", "codespaces", "collections", "contact", "copilot"),
        *("customer-stories", "enterprise", "events", "explore", "features", "issues", "join"),
        *("login", "logout", "marketplace", "mobile", "new", "notifications", "organizations"),
        *("orgs", "partners", "premium-support", "pricing", "pulls", "readme", "resources"),
        *("search", "security", "sessions", "settings", "signup", "site", "solutions", "sponsors"),
        *("stars", "team", "teams", "topics", "trending", "users", "watching", "why-github"),
    }
)


class Access(NamedTuple):
    """How GitHub is asked; `api` and `server` are web addresses without a slash at their end."""

    token: str
    api: str = "https://api.github.com"
    server: str = "https://github.com"

    def headers(self, address: Address) -> tuple[tuple[str, str], ...]:
        """What a request to the API carries; the token goes nowhere else."""
        if not address.url.startswith(f"{self.api}/"):
            return ()
        return (
            ("accept", "application/vnd.github+json"),
            ("x-github-api-version", "2022-11-28"),
            ("authorization", f"Bearer {self.token}"),
        )


def access(environment: Mapping[str, str]) -> Access | None:
    """How GitHub's API is asked, says the environment; None without a token."""
    token = environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN")
    if not token:
        return None
    api = environment.get("GITHUB_API_URL") or "https://api.github.com"
    server = environment.get("GITHUB_SERVER_URL") or "https://github.com"
    try:
        api, server = parse(api).url.rstrip("/"), parse(server).url.rstrip("/")
    except AddressError:
        return None
    return Access(token.strip(), api, server)


class GitHubQuestion(NamedTuple):
    """A page of GitHub, and what of the API answers for it.

    `subject` is the API's address of the repository or user, and `detail` what is asked behind it,
    "" if that it is there says everything. `repository` is "owner/name", "" for a user; `rest`
    what the page's address has behind that. `feature` is the field of the repository that must
    not be false.
    """

    url: str
    subject: str
    repository: str
    rest: str = ""
    detail: str = ""
    feature: str = ""


class Hold(NamedTuple):
    """The API wants no more questions before `until`, in seconds since the epoch."""

    until: float


def plan(address: Address, access: Access) -> GitHubQuestion | None:
    """What to ask of the API for this page; None where only the page itself can tell.

    The API knows nothing of a page's anchors. Where those are wanted, the page is asked, and the
    API only about its `GitHub.repository`.
    """
    if address.credentials or not _is_on(_server(access.server), address):
        return None
    path, mark, query = address.target.partition("?")
    owner, _, below = path.strip("/").partition("/")
    if not _OWNER.fullmatch(owner) or owner.lower() in _SITE_PAGES or "//" in path:
        return None
    if not below:
        return GitHubQuestion(address.url, f"{access.api}/users/{owner}", "", path + mark + query)
    name, _, page = below.partition("/")
    detail = _detail(page)
    if detail is None or not _NAME.fullmatch(name) or name.endswith(".git"):
        return None
    repository = f"{owner}/{name}"
    return GitHubQuestion(
        url=address.url,
        subject=f"{access.api}/repos/{repository}",
        repository=repository,
        rest=path.removeprefix(f"/{repository}") + mark + query,
        detail=detail,
        feature="has_issues" if page == "issues" else "",
    )


_server = lru_cache(maxsize=4)(parse)


def _is_on(server: Address, address: Address) -> bool:
    """Whether the server shows this page, if only behind a redirect to https or from www."""
    if address.host.removeprefix("www.") != server.host:
        return False
    if (address.scheme, address.port) == (server.scheme, server.port):
        return True
    return (server.scheme, server.port, address.port) == ("https", 443, 80)


def _detail(page: str) -> str | None:
    """What is asked of a repository for the page below it; "" for nothing, None if it is unknown.

    A branch whose name has slashes is not found this way, and then asked for as a page.
    """
    if page in _WITH_THE_REPOSITORY:
        return ""
    first = page.partition("/")[0]
    if first in _PAGES:
        known, detail = _PAGES[first]
        found = known.fullmatch(page)
        return found.expand(detail) if found else None
    file = _FILE.fullmatch(page)
    return f"/contents{file['path']}?ref={_as_value(file['branch'])}" if file else None


@lru_cache(maxsize=256)
def _as_value(branch: str) -> str:
    return quote(unquote(branch), safe="")


def read(
    question: GitHubQuestion, reply: Reply, access: Access, asked: float = 0.0
) -> Answer | None:
    """What the API's answer about the subject says of the page, if that says everything.

    None where the page itself has to be asked. `asked` is in seconds since the epoch.
    """
    facts = _facts(reply)
    if facts is None or facts.get(question.feature) is False:
        return None
    known = Answer(
        Verdict.OK,
        f"{reply.status} from {parse(access.api).netloc}",
        status=200,
        final=question.url,
        asked=asked,
    )
    if not question.repository:
        return _at(known, question, access.server + question.rest)
    name = facts.get("full_name")
    stars, archived = facts.get("stargazers_count"), facts.get("archived")
    if not (isinstance(name, str) and isinstance(stars, int) and isinstance(archived, bool)):
        return None
    renamed = name.lower() != question.repository.lower()
    written = name if renamed else question.repository
    page = f"{access.server}/{written}{question.rest}"
    repository = Repository(f"{access.server}/{name}", stars, archived)
    return _at(known._replace(repository=repository), question, page)


def _at(known: Answer, question: GitHubQuestion, page: str) -> Answer:
    """The answer for a page whose address today is `page`."""
    if page == question.url:
        return known
    return known._replace(
        verdict=Verdict.MOVED,
        reason=f"301 to {page}",
        chain=(Hop(question.url, 301),),
        final=page,
        permanent=True,
        same_kind=True,
    )


def _facts(reply: Reply) -> dict[str, Any] | None:
    if reply.status != 200:
        return None
    try:
        facts = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None


def hold_until(reply: Reply, now: float) -> float | None:
    """When the API may be asked again that refused because of a limit; None if it did not.

    `now` and the result are in seconds since the epoch.
    """
    if reply.status not in {403, 429}:
        return None
    wait = reply.headers.get("retry-after", "").strip()
    if wait.isascii() and wait.isdigit():
        return now + int(wait[:9])
    reset = reply.headers.get("x-ratelimit-reset", "").strip()
    if reply.headers.get("x-ratelimit-remaining", "").strip() == "0" and reset.isdigit():
        return max(float(int(reset[:12])), now)
    if reply.status == 429 or b"secondary rate limit" in reply.body.lower():
        return now + _SECONDARY_LIMIT
    return None


class GitHub:
    """GitHub's API in one run: each repository and user is asked about once.

    `ask` sends one request, to the API and nowhere else, and follows no redirect. `refused` is why
    the API is no longer asked, "" while it is.
    """

    def __init__(self, access: Access, ask: Ask, clock: Callable[[], float] = time.time) -> None:
        self.access = access
        self.refused = ""
        self._ask = ask
        self._clock = clock
        self._held_until = 0.0
        self._subjects: dict[str, Reply | None] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def answer(self, question: GitHubQuestion) -> Answer | Hold | None:
        """What the API says of the page, that it is not to be asked now, or None: ask the page."""
        asked = self._clock()
        subject = await self._subject(question.subject)
        if isinstance(subject, Hold) or subject is None:
            return subject
        answer = read(question, subject, self.access, asked)
        if answer is None or not question.detail:
            return answer
        name = answer.repository.url.removeprefix(self.access.server) if answer.repository else ""
        reply = await self._exchange("HEAD", f"{self.access.api}/repos{name}{question.detail}")
        if isinstance(reply, Hold) or reply is None:
            return reply
        return answer if reply.status == 200 else None

    async def repository(self, question: GitHubQuestion) -> Repository | Hold | None:
        """What the API says of the repository of a page that is asked itself; None if nothing."""
        subject = await self._subject(question.subject)
        if isinstance(subject, Hold) or subject is None:
            return subject
        answer = read(question._replace(feature=""), subject, self.access)
        return answer.repository if answer else None

    async def _subject(self, url: str) -> Reply | Hold | None:
        """What the API says of a repository or user, asked by one coroutine for all."""
        async with self._asking.setdefault(url.lower(), asyncio.Lock()):
            if url.lower() not in self._subjects:
                reply = await self._followed(url)
                if isinstance(reply, Hold):
                    return reply
                self._subjects[url.lower()] = _only_facts(reply)
            return self._subjects[url.lower()]

    async def _followed(self, url: str) -> Reply | Hold | None:
        for _ in range(_MOST_MOVES):
            reply = await self._exchange("GET", url)
            if not isinstance(reply, Reply) or reply.status not in {301, 302, 307, 308}:
                return reply
            try:
                url = follow(parse(url), reply.headers.get("location", "")).url
            except AddressError:
                return None
        return None

    async def _exchange(self, method: Method, url: str) -> Reply | Hold | None:
        address = parse(url)
        headers = self.access.headers(address)
        if self.refused or not headers:
            return None
        if self._clock() < self._held_until:
            return Hold(self._held_until)
        reply = await self._ask(method, address, headers)
        if not isinstance(reply, Reply):
            return None
        if reply.status == 401:
            self.refused = f"{address.netloc} does not accept the token in GITHUB_TOKEN (401)"
        until = hold_until(reply, self._clock())
        if until is None:
            return reply
        self._held_until = max(self._held_until, until)
        return Hold(until)


def _only_facts(reply: Reply | None) -> Reply | None:
    """The reply without the many things it says that nobody asked for."""
    facts = _facts(reply) if reply is not None else None
    if reply is None or facts is None:
        return None
    wanted = ("full_name", "stargazers_count", "archived", "has_issues")
    kept = json.dumps({key: facts[key] for key in wanted if key in facts})
    return reply._replace(headers={}, body=kept.encode())
