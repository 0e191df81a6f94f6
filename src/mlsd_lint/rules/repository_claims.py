"""What entries say of repositories, beside what GitHub says of them today (L210)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Edit, Finding, Fix, Severity
from mlsd_lint.registry import online_rule
from mlsd_lint.repository_claims import NUMBER
from mlsd_lint.rules.external_links import evidence
from mlsd_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.links.verdicts import Judgement, Repository
    from mlsd_lint.workspace import Claim, Page, Workspace

_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_POWERS = {"k": 1000, "m": 1_000_000}
# How far off a count may be, in percent of what is written, besides what rounding leaves open.
_TOLERANCE = {"": 10, "about": 20}
_FEW = 10  # stars that are gained or lost in a day


@online_rule("L210", "outdated-claim", Severity.WARNING, fixable=True)
def outdated_claim(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """What an entry says of a repository is so: how many stars it has, that it is archived.

    Readers choose by such numbers, and they age with every day. A count is outdated when it is
    more than a tenth off ("about 12k": a fifth), beyond what its own rounding leaves open; "over
    10,000" and "10k+" when there are no longer so many. "Archived" is wrong of a repository that
    takes changes again. That one was archived without being called so is for L209 to say.

    The claim must stand in a list item or a table row, behind the link to the repository, in a
    form such as "12.3k stars", "⭐ 1,234" or "(archived)". What it is compared with is asked of
    GitHub's API, so nothing is said without a token (GITHUB_TOKEN or GH_TOKEN). The fix writes
    the number of today, and not to a claim that says when it was seen.

    Bad:
        - [engine](https://github.example/ada/engine) (12.3k stars): computes tables.

    Good:
        - [engine](https://github.example/ada/engine) (over 10k stars): computes tables.
    """
    for claim in page.claims:
        judgement = workspace.judgements.get(claim.destination)
        repository = judgement.answer.repository if judgement else None
        if judgement is None or repository is None:
            continue
        if claim.stars is None:
            if not repository.archived:
                yield _not_archived(claim, judgement, repository)
        elif is_outdated(claim, claim.stars, repository.stars):
            yield _outdated(claim, judgement, repository)


def is_outdated(claim: Claim, written: int, stars: int) -> bool:
    """Whether a claim that says `written` is too far off for a repository with so many stars."""
    if abs(stars - written) < _FEW:
        return False
    if claim.qualifier == "over":
        return stars < written
    rounding = claim.precision / 2 if claim.precision > 1 else 0
    slack = rounding + written * _TOLERANCE[claim.qualifier] / 100
    return not written - slack <= stars <= written + slack


def _not_archived(claim: Claim, judgement: Judgement, repository: Repository) -> Finding:
    return Finding(
        claim.span,
        f'"{_shown(claim.text)}": {repository.url} is not archived',
        "Take the claim out, or link to the repository that is meant.",
        evidence=evidence(judgement),
    )


def _outdated(claim: Claim, judgement: Judgement, repository: Repository) -> Finding:
    when = f" (seen {claim.seen})" if claim.seen else ""
    has = f"{repository.stars:,} star{'' if repository.stars == 1 else 's'}"
    today = datetime.fromtimestamp(judgement.answer.asked, UTC).date().isoformat()
    edit = _edit(claim, repository.stars)
    right = _with(claim, edit)
    return Finding(
        claim.span,
        f'"{_shown(claim.text)}"{when}: {repository.url} has {has}',
        f'Write "{_shown(right)}" and when it was so, as in "(seen {today})", or leave the count out.',
        None if claim.seen else Fix(f'Write "{edit.replacement}"', (edit,), safe=False),
        evidence=evidence(judgement),
    )


def _shown(words: str) -> str:
    """Words that may run over several lines, in one."""
    return " ".join(words.split())


def _with(claim: Claim, edit: Edit) -> str:
    start, end = (place - claim.span.start for place in edit.span)
    return claim.text[:start] + edit.replacement + claim.text[end:]


def _edit(claim: Claim, stars: int) -> Edit:
    """The number of today in the place of the written one, and as exact as that."""
    found = _NUMBER.search(claim.text)
    start, end = found.span() if found else (0, len(claim.text))
    place = Span(claim.span.start + start, claim.span.start + end)
    unit = (found["unit"] or "") if found else ""
    power = _POWERS.get(unit.strip().lower(), 1)
    if power > 1 and stars >= power:
        decimals = len(found["number"].partition(".")[2]) if found else 0
        steps = stars / claim.precision
        whole = int(steps) if claim.qualifier == "over" else round(steps)
        return Edit(place, f"{whole * claim.precision / power:.{decimals}f}{unit}")
    if claim.qualifier:
        stars = _round(stars, down=claim.qualifier == "over")
    grouped = power > 1 or (found and "," in found["number"])
    return Edit(place, f"{stars:,}" if grouped else str(stars))


def _round(stars: int, *, down: bool) -> int:
    """A number to two digits, as one says it: "over 9,200"."""
    step: int = 10 ** max(len(str(stars)) - 2, 0)
    return (stars if down else stars + step // 2) // step * step
