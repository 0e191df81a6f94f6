"""What can become of a link, and the evidence for it. Plain values, cheap to import."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(StrEnum):
    """What became of a link; only DEAD says that a reader who follows it finds nothing."""

    OK = "ok"
    MOVED = "moved"
    DEAD = "dead"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    THROTTLED = "throttled"
    SOFT_404 = "soft-404"
    UNVERIFIED = "unverified"


class Hop(NamedTuple):
    """One redirect that was followed: the address that answered, and with which status."""

    url: str
    status: int


class Repository(NamedTuple):
    """What GitHub's API says of a repository.

    `url` is its address today, which differs from the one asked for if it was renamed.
    """

    url: str
    stars: int
    archived: bool


class Answer(NamedTuple):
    """What is known of one web address, whatever fragment a link to it has.

    `reason` is one line for a reader, without a period: "404 from example.org after HEAD and
    GET". No URL in here holds a user name or password. `status` is the last HTTP status, 0 if
    none came; `chain` the redirects that were followed, in order, and `final` the address that
    answered in the end ("" if none did), with the fragment that the last redirect brought, if any. `permanent` says that every redirect of the chain is for
    good (301 or 308), `same_kind` that the page at its end is of the kind that the address
    promised and no login, consent, error or root page, so that a link may be rewritten to it.

    `anchors` are the names that a fragment can have, as written in the page, None if the page was
    not read for them. `scripted` says that a program in the page makes its anchors, so that a
    missing name proves nothing. `texts` says of each text fragment that was asked for
    (`:~:text=…`, as written) whether it was found.

    `asked` is when the question was asked, in seconds since the epoch. `failures` counts the
    failures in a row, over earlier runs too, each long enough after the one before; `failing_since`
    is when the first of them was seen, 0.0 if it does not fail. `etag` and `last_modified` are the
    validators of a page that was ok, "" for none. `counted` is when the last failure that counts
    was seen, in seconds since the epoch. `cut` says that the page was not read to its end, so that
    a missing name proves nothing either. `doubtful` says that the failure may be due to this
    program, and proves nothing of the page however often it comes.
    """

    verdict: Verdict
    reason: str
    status: int = 0
    chain: tuple[Hop, ...] = ()
    final: str = ""
    permanent: bool = False
    same_kind: bool = False
    anchors: tuple[str, ...] | None = None
    scripted: bool = False
    texts: Mapping[str, bool] = {}
    asked: float = 0.0
    failures: int = 0
    failing_since: float = 0.0
    etag: str = ""
    last_modified: str = ""
    repository: Repository | None = None
    archive: str = ""
    counted: float = 0.0
    cut: bool = False
    doubtful: bool = False


class Judgement(NamedTuple):
    """What is said of one link as written, fragment and all.

    `url` is the address as written, but without user name and password. `fragment_missing` says
    that the page answers and has no such anchor.
    """

    url: str
    verdict: Verdict
    reason: str
    answer: Answer
    fragment_missing: bool = False
