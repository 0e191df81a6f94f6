"""External links: what became of them, one rule for each verdict (L2).

The rules read what was found out; they ask nobody, and say nothing in a run that asks nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Edit, Finding, Fix, LinkEvidence, Severity
from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.registry import online_rule
from mlsd_lint.rules.rewriting import rewritten
from mlsd_lint.urls import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.links.verdicts import Judgement
    from mlsd_lint.workspace import Destination, Page, Workspace


def judged(page: Page, workspace: Workspace) -> Iterator[tuple[Destination, Judgement]]:
    """The external links of a page of which something is known, in the order of the text."""
    for destination in page.destinations:
        judgement = workspace.judgements.get(destination.value)
        if judgement is not None:
            yield destination, judgement


def evidence(judgement: Judgement) -> LinkEvidence:
    """What a finding about a link carries along."""
    answer = judgement.answer
    return LinkEvidence(
        judgement.url,
        judgement.verdict,
        judgement.reason,
        answer.status,
        answer.chain,
        answer.final,
        answer.asked,
        answer.failures,
        answer.failing_since,
        answer.archive,
    )


def _of(
    verdict: Verdict, page: Page, workspace: Workspace
) -> Iterator[tuple[Destination, Judgement]]:
    for destination, judgement in judged(page, workspace):
        if judgement.verdict is verdict and not judgement.fragment_missing:
            yield destination, judgement


def _finding(
    destination: Destination, judgement: Judgement, advice: str, fix: Fix | None = None
) -> Finding:
    return Finding(
        destination.span,
        f"link to {judgement.url}: {judgement.reason}",
        advice,
        fix,
        evidence=evidence(judgement),
    )


@online_rule("L201", "dead-link", Severity.ERROR)
def dead_link(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An external link leads to a page that is there.

    A link is called dead where a reader who follows it finds nothing: the server says 404 or 410
    to the very request that a browser sends, or the name of the host does not exist any more.
    Whatever else goes wrong counts only when it has gone wrong several times, days apart (see
    `links.confirm-failures`); until then the link is suspect.

    Bad:
        See [the paper](https://papers.example/gone.pdf).

    Good:
        See [the paper](https://papers.example/here.pdf).
    """
    for destination, judgement in _of(Verdict.DEAD, page, workspace):
        archive = judgement.answer.archive
        copy = f"; a copy is at {archive}" if archive else ""
        advice = f"Link to where the page is now, or keep only the text{copy}."
        yield _finding(destination, judgement, advice)


@online_rule("L202", "moved-link", Severity.WARNING, fixable=True)
def moved_link(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An external link leads to its page, not to where the page was.

    A redirect that is meant to stay (301 or 308) is kept up for as long as somebody remembers it.
    Temporary redirects are not reported. The fix writes the new address if every redirect on the
    way is for good and ends at a page of the same kind, never at a login, a consent form, an error
    or the front page of the site. The fragment of the link is kept.

    Bad:
        See [the guide](https://docs.example/old#setup).

    Good:
        See [the guide](https://docs.example/new#setup).
    """
    for destination, judgement in _of(Verdict.MOVED, page, workspace):
        url = _new_address(destination, judgement)
        written = rewritten(destination, url) if url else None
        if url is None or written is None:
            advice = "Open it, and link to where its content is now."
            yield _finding(destination, judgement, advice)
            continue
        fix = Fix("Put the new address there", (Edit(destination.span, written),))
        yield _finding(destination, judgement, f"Link to {url}.", fix)


def _new_address(destination: Destination, judgement: Judgement) -> str | None:
    """Where the link may be rewritten to, with its fragment; None if it should not be."""
    answer = judgement.answer
    if not (answer.permanent and answer.same_kind and answer.final):
        return None
    if masked(destination.value) != destination.value:
        return None  # whether a password holds there too, its owner has to say
    _, mark, fragment = destination.value.strip().partition("#")
    return answer.final if "#" in answer.final else f"{answer.final}{mark}{fragment}"


@online_rule("L203", "suspect-link", Severity.INFO)
def suspect_link(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An external link is answered.

    A server that answers with an error, too late or not at all may be back tomorrow, so this is a
    note. It becomes dead-link when it has failed `links.confirm-failures` times in a row, each at
    least `links.confirm-interval` after the one before.

    Bad:
        See [the report](https://reports.example/down).

    Good:
        See [the report](https://reports.example/up).
    """
    for destination, judgement in _of(Verdict.SUSPECT, page, workspace):
        advice = "Open it yourself; if it goes on failing, it will be called dead."
        yield _finding(destination, judgement, advice)


@online_rule("L204", "blocked-link", Severity.INFO)
def blocked_link(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An external link is open to programs.

    Many sites turn programs away, or ask for a login, and show the page to a person all the same.
    Nothing follows from that for a reader, so this is a note.

    Bad:
        See [the profile](https://network.example/profile).

    Good:
        See [the profile](https://network.example/public).
    """
    for destination, judgement in _of(Verdict.BLOCKED, page, workspace):
        yield _finding(destination, judgement, "Open it yourself: only a person can tell.")


@online_rule("L205", "throttled-link", Severity.INFO)
def throttled_link(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An external link is answered at the pace at which its host is asked.

    The host wants fewer requests than it was sent, even after it was waited for as long as
    `links.max-wait` allows. A longer `interval` for it in `links.hosts` helps.

    Bad:
        See [the entry](https://wiki.example/busy).

    Good:
        See [the entry](https://wiki.example/idle).
    """
    for destination, judgement in _of(Verdict.THROTTLED, page, workspace):
        advice = "Check again later, or give its host a longer interval in links.hosts."
        yield _finding(destination, judgement, advice)


@online_rule("L206", "soft-404-link", Severity.INFO)
def soft_404_link(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An external link shows the page that it promises, not one that says it is not there.

    Some sites answer with success whatever they are asked for, and say only in the text that there
    is nothing, or send every lost reader to their front page. A program can be wrong about that,
    so this is a note. `links.soft-404` switches the search for such pages off.

    Bad:
        See [the course](https://school.example/course/nowhere).

    Good:
        See [the course](https://school.example/course/ml).
    """
    for destination, judgement in _of(Verdict.SOFT_404, page, workspace):
        advice = "Open it; if its content is gone, link to where it is now."
        yield _finding(destination, judgement, advice)


@online_rule("L207", "unverified-link", Severity.INFO)
def unverified_link(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An external link can be checked.

    It was not asked, because its address is one of a private network or the time for the check
    was over; or the answer does not tell, as with anchors that a program in the page makes.
    Nothing is known against the link.

    Bad:
        See [the loop](https://code.example/train.py#L10).

    Good:
        See [the loop](https://code.example/train.py).
    """
    for destination, judgement in _of(Verdict.UNVERIFIED, page, workspace):
        yield _finding(destination, judgement, "Open it yourself if it matters.")


@online_rule("L208", "missing-remote-anchor", Severity.WARNING)
def missing_remote_anchor(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """The fragment of an external link names an anchor of its page.

    The page is there, was read to its end and has no such place, so the reader lands at the top of
    it. Usually a heading was renamed. Of pages whose anchors are made by a program nothing is said.

    Bad:
        See [how to install](https://docs.example/guide#instal).

    Good:
        See [how to install](https://docs.example/guide#install).
    """
    for destination, judgement in judged(page, workspace):
        if judgement.fragment_missing:
            advice = "Open the page, and link to the anchor that it has now."
            yield _finding(destination, judgement, advice)


@online_rule("L209", "archived-repository", Severity.INFO)
def archived_repository(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """A repository that is recommended is still looked after.

    An archived repository can be read and nothing more: no bug in it will be mended. That may be
    all that a link needs, so this is a note. It is known only when GitHub's API is asked, which
    takes a token. An entry of a list that calls the repository archived says enough.

    Bad:
        See [the tracker](https://github.example/team/archived).

    Good:
        - [the tracker](https://github.example/team/active)
        - [the old tracker](https://github.example/team/archived) (archived)
    """
    said = {claim.destination for claim in page.claims if claim.stars is None}
    for destination, judgement in judged(page, workspace):
        repository = judgement.answer.repository
        if repository is not None and repository.archived and destination.value not in said:
            yield Finding(
                destination.span,
                f"link to {judgement.url}: its repository is archived",
                "Say that it is archived, or link to what has taken its place.",
                evidence=evidence(judgement),
            )
