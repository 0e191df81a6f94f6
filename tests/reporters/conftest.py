"""Reports to render: one from real sources through `place`, and diagnostics made by hand."""

from collections.abc import Callable

import pytest

from mlsd_lint.diagnostics import (
    Diagnostic,
    Edit,
    Excerpt,
    Finding,
    Fix,
    Report,
    Severity,
    place,
)
from mlsd_lint.ordering import in_order
from mlsd_lint.registry import Rule
from mlsd_lint.source import Position, Source, Span

SKIPPED_LEVEL = Rule(
    "H003",
    "skipped-level",
    Severity.WARNING,
    "document",
    """Heading levels go down one at a time.

    A reader who navigates by headings looks for what is missing.

    Bad:
        # Title

        ````
        ### Deep
        ````

    Good:
        # Title

        →## Next
    """,
)
MISSING_ANCHOR = Rule(
    "L103",
    "missing-anchor",
    Severity.ERROR,
    "workspace",
    """A link's fragment names an anchor of its target.""",
    fixable=True,
)
WEAK_TEXT = Rule("L110", "weak-link-text", Severity.INFO, "document", "Link text says something.")
UNREADABLE = Rule("E001", "unreadable-file", Severity.ERROR, "engine", "A file can be read.")
RULES = {rule.code: rule for rule in (UNREADABLE, SKIPPED_LEVEL, MISSING_ANCHOR, WEAK_TEXT)}

GUIDE = Source(
    "content/guide.md",
    "# Guide\n"
    "\n"
    "### First steps\n"
    "\n"
    "Read [how](setup.md#instal) first.\n"
    "\n"
    "1.\t表 and 👩‍🔧 fix ⚠️ then [here](a.md)\n"
    "> a quote that opens `code\n"
    "> and never closes\n"
    "\n"
    + "A long line. " * 12
    + "It says [here](b.md), far to the right"
    + ", and so on" * 12
    + ".\n",
)
HOSTILE = Source(
    "content/we|ird\x1b[2J@name.md", "Text \x1b]0;title\x07 and \u202etxet\u202c.\r\nEnd"
)


@pytest.fixture(scope="session")
def sample() -> Report:
    """Six diagnostics of every severity in two files, and one of a file that was never read."""
    guide = GUIDE.text
    anchor = _span(GUIDE, "instal")
    diagnostics = [
        place(
            MISSING_ANCHOR,
            Severity.ERROR,
            GUIDE,
            Finding(
                anchor,
                "No heading in `setup.md` has the anchor `instal`",
                "The nearest is `install`",
                Fix("Write `install`", (Edit(anchor, "install"),)),
            ),
        ),
        place(
            SKIPPED_LEVEL,
            Severity.WARNING,
            GUIDE,
            Finding(_span(GUIDE, "### First steps"), "A level 3 heading follows one of level 1"),
        ),
        place(
            WEAK_TEXT,
            Severity.INFO,
            GUIDE,
            Finding(_span(GUIDE, "here"), "The text `here` says nothing", "Name the target"),
        ),
        place(
            WEAK_TEXT,
            Severity.INFO,
            GUIDE,
            Finding(
                Span(guide.rindex("[here]") + 1, guide.rindex("[here]") + 5),
                "The text `here` says nothing",
                fix=Fix("Use the target's title", (Edit(Span(3, 3), "x"),), safe=False),
            ),
        ),
        place(
            SKIPPED_LEVEL,
            Severity.ERROR,
            GUIDE,
            Finding(_span(GUIDE, "`code\n> and never closes"), "Two lines, one of them shown"),
        ),
        place(
            SKIPPED_LEVEL,
            Severity.WARNING,
            HOSTILE,
            Finding(
                _span(HOSTILE, "\x1b]0;title\x07"),
                "Ask @octocat, see #123 at https://example.org/a|b\nor \x1b[31m<b>*not*</b>",
            ),
        ),
        place(
            UNREADABLE,
            Severity.ERROR,
            Source("content/gone.md", ""),
            Finding(Span(0, 0), "`content/gone.md` cannot be read: no such file"),
        ),
    ]
    return Report(in_order(diagnostics), 26, "content", RULES)


def _span(source: Source, text: str) -> Span:
    start = source.text.index(text)
    return Span(start, start + len(text))


@pytest.fixture(scope="session")
def make() -> Callable[..., Diagnostic]:
    """A function that makes a diagnostic, its parts given by name or left as they are."""

    def made(**parts: object) -> Diagnostic:
        plain = Diagnostic(
            path="docs/page.md",
            start=Position(3, 5),
            end=Position(3, 9),
            code="H003",
            name="skipped-level",
            severity=Severity.WARNING,
            message="A message",
            help="",
            fix=None,
            excerpt=Excerpt("The text of the line", 0),
            span=Span(24, 28),
            fingerprint="0123456789abcdef0123456789abcdef",
        )
        return plain._replace(**parts)

    return made


@pytest.fixture(scope="session")
def report_of() -> Callable[..., Report]:
    """A function that makes a report of diagnostics, as they are and in their order."""

    def report(*diagnostics: Diagnostic) -> Report:
        return Report(diagnostics, 26, ".", RULES)

    return report
