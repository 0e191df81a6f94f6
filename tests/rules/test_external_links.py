"""What is said of external links: one thing for each verdict, as the configuration wants it."""

from __future__ import annotations

import pytest

from judgements import judged, moved
from mlsd_lint.diagnostics import Severity
from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.registry import all_rules
from projects import concise, diagnose, write_files

URL = "https://site.example/page"
RULES = {
    Verdict.DEAD: ("L201", Severity.ERROR),
    Verdict.MOVED: ("L202", Severity.WARNING),
    Verdict.SUSPECT: ("L203", Severity.INFO),
    Verdict.BLOCKED: ("L204", Severity.INFO),
    Verdict.THROTTLED: ("L205", Severity.INFO),
    Verdict.SOFT_404: ("L206", Severity.INFO),
    Verdict.UNVERIFIED: ("L207", Severity.INFO),
}


def found(folder, text, *judgements, select="L2", settings=""):
    write_files(folder, {"page.md": text, "mlsd-lint.toml": settings})
    known = {one.url: one for one in judgements}
    return diagnose(folder, select, judgements=known)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_each_verdict_is_said_by_one_rule(tmp_path, verdict):
    shown = found(tmp_path, f"[a]({URL})\n", judged(URL, verdict, "the reason"))
    expected = [] if verdict is Verdict.OK else [(*RULES[verdict], f"link to {URL}: the reason")]
    assert [(one.code, one.severity, one.message) for one in shown] == expected
    assert all(one.evidence.verdict is verdict for one in shown)


def test_only_dead_links_make_a_check_fail_by_default():
    grave = {one.code for one in all_rules().values() if one.scope == "online"}
    errors = {code for code in grave if all_rules()[code].severity is Severity.ERROR}
    assert errors == {"L201"}


def test_a_missing_anchor_is_said_once(tmp_path):
    url = f"{URL}#instal"
    one = judged(url, Verdict.SUSPECT, "the page has no anchor #instal", missing=True)
    (shown,) = found(tmp_path, f"[a]({url})\n", one)
    assert (shown.code, shown.severity) == ("L208", Severity.WARNING)
    assert shown.message == f"link to {url}: the page has no anchor #instal"


def test_each_verdict_can_be_configured(tmp_path):
    text = f"[a]({URL}) [b]({URL}2) [c]({URL}3)\n"
    shown = found(
        tmp_path,
        text,
        judged(URL, Verdict.DEAD, "404"),
        judged(f"{URL}2", Verdict.BLOCKED, "403"),
        moved(f"{URL}3", "https://site.example/new"),
        settings='severity = { dead-link = "info", L204 = "error" }\nignore = ["moved-link"]\n',
    )
    assert [(one.code, one.severity) for one in shown] == [
        ("L201", Severity.INFO),
        ("L204", Severity.ERROR),
    ]


def test_a_copy_of_a_dead_page_is_named(tmp_path):
    copy = "https://archive.example/2024/https://site.example/page"
    (shown,) = found(tmp_path, f"<{URL}>\n", judged(URL, Verdict.DEAD, "404", archive=copy))
    assert copy in shown.help
    assert shown.evidence.archive == copy


SILENCED = f"<!-- mlsd-lint-disable-next-line L201 -->\n[a]({URL})\n"


def test_a_comment_about_a_link_is_not_called_unused_offline(tmp_path):
    write_files(tmp_path, {"page.md": SILENCED})
    assert diagnose(tmp_path, "L2,unused-suppression") == []


def test_a_comment_about_a_link_that_is_alive_is_not_called_unused(tmp_path):
    dead, alive = judged(URL, Verdict.DEAD, "404"), judged(URL, Verdict.OK, "200")
    select = "L2,unused-suppression"
    assert found(tmp_path, SILENCED, dead, select=select) == []
    # Had it been silenced for good, it would not have been asked.
    assert found(tmp_path, SILENCED, alive, select=select) == []


def test_a_comment_about_no_link_to_the_web_is_called_unused_online(tmp_path):
    page = f"{SILENCED}\n<!-- mlsd-lint-disable-next-line L201 -->\nno link\n"
    alive = judged(URL, Verdict.OK, "200")
    (shown,) = found(tmp_path, page, alive, select="L2,unused-suppression")
    assert shown.message == "this comment silences no L201"


def test_the_places_of_one_address_are_told_in_order_over_files(tmp_path):
    files = {f"{name}.md": f"# {name}\n\n[x]({URL}#{name})\n" for name in "cab"}
    write_files(tmp_path, files)
    known = {f"{URL}#{name}": judged(f"{URL}#{name}", Verdict.DEAD, "404") for name in "abc"}
    shown = diagnose(tmp_path, "L201", judgements=known)
    assert concise(shown).splitlines() == [
        f"{name}.md:3:5 L201 link to {URL}#{name}: 404" for name in "abc"
    ]
    assert {one.evidence.places for one in shown} == {
        (("a.md", 3, 5), ("b.md", 3, 5), ("c.md", 3, 5))
    }
    assert [[one.path for one in of.related] for of in shown] == [
        ["b.md", "c.md"],
        ["a.md", "c.md"],
        ["a.md", "b.md"],
    ]
