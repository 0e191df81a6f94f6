"""What became of the links in the rules' examples and fixtures, by their addresses."""

from __future__ import annotations

from mlsd_lint.links.verdicts import Answer, Hop, Judgement, Repository, Verdict

ASKED = 1_790_000_000.0


def judged(url: str, verdict: Verdict, reason: str, *, missing: bool = False, **known) -> Judgement:
    """A judgement of a link; `known` are parts of its answer."""
    status = known.pop("status", 200)
    answer = Answer(verdict, reason, status=status, asked=ASKED, **known)
    return Judgement(url, verdict, reason, answer, missing)


def moved(url: str, to: str, **known) -> Judgement:
    """A link whose page has moved for good, to one of the same kind."""
    page = url.partition("#")[0]
    facts = {"permanent": True, "same_kind": True, "chain": (Hop(page, 301),), "final": to}
    return judged(url, Verdict.MOVED, f"301 to {to}", **{**facts, **known})


def _archived(url: str, *, archived: bool, stars: int = 1200) -> Judgement:
    reason = "200 from api.github.example"
    return judged(url, Verdict.OK, reason, final=url, repository=Repository(url, stars, archived))


JUDGEMENTS = {
    one.url: one
    for one in (
        judged(
            "https://papers.example/gone.pdf",
            Verdict.DEAD,
            "404 from papers.example after HEAD and GET",
            status=404,
            final="https://papers.example/gone.pdf",
            failures=1,
            failing_since=ASKED,
        ),
        judged(
            "https://papers.example/gone.pdf#page=3",
            Verdict.DEAD,
            "404 from papers.example after HEAD and GET",
            status=404,
            final="https://papers.example/gone.pdf",
            failures=1,
            failing_since=ASKED,
        ),
        judged(
            "https://nowhere.example/",
            Verdict.DEAD,
            "name does not resolve",
            status=0,
            archive="https://archive.example/2024/https://nowhere.example/",
        ),
        judged("https://papers.example/here.pdf", Verdict.OK, "200 from papers.example"),
        moved("https://docs.example/old#setup", "https://docs.example/new"),
        moved("http://docs.example/old", "https://docs.example/new"),
        moved("https://docs.example/members", "https://docs.example/login", same_kind=False),
        moved("https://docs.example/sometimes", "https://docs.example/now", permanent=False),
        judged("https://docs.example/new#setup", Verdict.OK, "200 from docs.example"),
        judged(
            "https://reports.example/down", Verdict.SUSPECT, "503 from reports.example, 3 times"
        ),
        judged("https://reports.example/up", Verdict.OK, "200 from reports.example"),
        judged("https://network.example/profile", Verdict.BLOCKED, "bot wall: 999"),
        judged("https://network.example/public", Verdict.OK, "200 from network.example"),
        judged("https://wiki.example/busy", Verdict.THROTTLED, "429 from wiki.example, 3 times"),
        judged("https://wiki.example/idle", Verdict.OK, "200 from wiki.example"),
        judged(
            "https://school.example/course/nowhere",
            Verdict.SOFT_404,
            'the page says "Page not found"',
        ),
        judged("https://school.example/course/ml", Verdict.OK, "200 from school.example"),
        judged(
            "https://code.example/train.py#L10",
            Verdict.UNVERIFIED,
            "line anchors are made by a program",
        ),
        judged("https://code.example/train.py", Verdict.OK, "200 from code.example"),
        judged(
            "https://docs.example/guide#instal",
            Verdict.SUSPECT,
            "the page has no anchor #instal; did you mean #install?",
            missing=True,
            anchors=("install", "usage"),
        ),
        judged(
            "https://docs.example/guide#zzz",
            Verdict.SUSPECT,
            "the page has no anchor #zzz",
            missing=True,
            anchors=("install", "usage"),
        ),
        judged("https://docs.example/guide#install", Verdict.OK, "200 from docs.example"),
        _archived("https://github.example/team/archived", archived=True),
        _archived("https://github.example/team/active", archived=False),
        _archived("https://github.example/ada/engine", archived=False, stars=15_020),
    )
}
