"""What documents say of each other as their types want it: counterparts, and equal texts (X)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Edit, Finding, Fix, Related, Severity
from mlsd_lint.nearest import nearest
from mlsd_lint.outline import quoted_words
from mlsd_lint.registry import workspace_rule
from mlsd_lint.rules.contents import listed_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlsd_lint.workspace import End, Page, Snippet, Workspace

    ByRelation = Mapping[str, Mapping[str, list[tuple[str, End]]]]

_QUOTES = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')
_LIST_MARKER = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+", re.MULTILINE)


@workspace_rule("X001", "no-counterpart", Severity.ERROR)
def no_counterpart(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """What a document refers to exists in the documents that its type names.

    An answer without a question, a decision that supersedes one nobody made, an entry of the
    table of contents for a section that was renamed.

    Bad:
        === questions.md
        # Questions

        1. Why?
        === a2.md
        # An answer

    Good:
        === questions.md
        # Questions

        1. Why?
        === a1.md
        # An answer

    Both:
        === mlsd-lint.toml
        [types.questions]
        files = "questions.md"

        [types.questions.fields.questions]
        entries = "{text}"
        fields = { number = { type = "integer" }, text = {} }

        [types.answer]
        files = "a{number}.md"

        [types.answer.fields]
        number = { type = "integer", refers-to = "questions.questions.number" }
    """
    referred = workspace.once(_referred_to)
    listed = workspace.once(listed_documents)
    for end in page.ends:
        known = referred.get(end.relation, {})
        if end.refers and end.key.partition("#")[0] in listed:
            continue  # the whole list of headings is compared (X004)
        if end.refers and end.key not in known:
            guess = nearest(end.key, list(known))
            hint = f'; did you mean "{guess}"?' if guess and not end.key.isdigit() else ""
            yield Finding(
                end.span,
                f'there is no {end.asked} "{end.key}"{hint}',
                related=_declared(end),
            )


@workspace_rule("X002", "unreferenced", Severity.ERROR)
def unreferenced(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """What has to be referred to is: a question has its answer, a chapter its line in the contents.

    A reader finds what is referred to; a page that nothing leads to is read by nobody. Reported is
    what lacks its counterpart, since there is no other place to report it at.

    Bad:
        === questions.md
        # Questions

        1. Why?
        2. How?
        === a1.md
        # An answer

    Good:
        === questions.md
        # Questions

        1. Why?
        === a1.md
        # An answer

    Both:
        === mlsd-lint.toml
        [types.questions]
        files = "questions.md"

        [types.questions.fields.questions]
        entries = "{text}"
        fields = { number = { type = "integer" }, text = {} }

        [types.answer]
        files = "a{number}.md"

        [types.answer.fields.number]
        type = "integer"
        refers-to = "questions.questions.number"
        back = true
    """
    referring = workspace.once(_referring)
    listed = workspace.once(listed_documents)
    for end in page.ends:
        if end.depth and page.path in listed:
            continue  # the table of contents is reported (X004), which can be mended there
        if not end.refers and end.back and end.key not in referring.get(end.relation, {}):
            kind = end.relation.partition(" → ")[0]
            what = f'{end.asked} "{end.key}"' if end.key.isdigit() else f'"{end.key}"'
            yield Finding(
                end.span,
                f'no document of type "{kind}" refers to {what}',
                "Add what refers to it, or remove it.",
                related=_declared(end),
            )


@workspace_rule("X003", "differing-text", Severity.ERROR, fixable=True)
def differing_text(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """What two documents say alike stays alike, such as a question and the head of its answer.

    Typographic quotes, white space and list markers make no difference.

    Bad:
        === questions.md
        # Questions

        1. Why do pans stick?
        === a1.md
        # An answer

        Why do pens stick?

    Good:
        === questions.md
        # Questions

        1. Why do pans stick?
        === a1.md
        # An answer

        Why do pans stick?

    Both:
        === mlsd-lint.toml
        [types.questions]
        files = "questions.md"

        [types.questions.fields.questions]
        entries = "{text}"
        fields = { number = { type = "integer" }, text = {} }

        [types.answer]
        files = "a{number}.md"

        [types.answer.fields.number]
        type = "integer"
        refers-to = "questions.questions.number"
        same = { question = "text" }

        [types.answer.fields.question]
        paragraph = true
    """
    referred = workspace.once(_referred_to)
    for end in page.ends:
        others = referred.get(end.relation, {}).get(end.key, []) if end.refers else []
        for path, other in others[:1]:
            for mine, theirs in zip(end.texts, other.texts, strict=True):
                if comparable(mine.text) != comparable(theirs.text):
                    yield _difference(mine, theirs, path, other)


def _difference(mine: Snippet, theirs: Snippet, path: str, other: End) -> Finding:
    here = Related(path, other.line, "the text it repeats")
    if not mine.text:
        message = f"{mine.field} is missing; {path} has {quoted_words(comparable(theirs.text))}"
        return Finding(mine.span, message, "Make the two texts equal.", related=(here,))
    fix = Fix(f"Copy it from {path}", (Edit(mine.span, _copied(theirs.text)),))
    return Finding(
        mine.span,
        f"{mine.field} differs from {theirs.field} in {path}: {_first_difference(mine, theirs)}",
        "Make the two texts equal.",
        fix if theirs.text else None,
        (here,),
    )


def _copied(text: str) -> str:
    """A text as it stands at the beginning of lines; its own list items keep their order."""
    first, *rest = text.replace("\r\n", "\n").split("\n")
    margins = [len(line) - len(line.lstrip()) for line in rest if line.strip()]
    margin = min(margins, default=0)
    return "\n".join([first, *(line[margin:] for line in rest)])


def comparable(text: str) -> str:
    """A text without what makes no difference: quote style, white space, list markers."""
    return " ".join(_LIST_MARKER.sub("", text.translate(_QUOTES)).split())


def _first_difference(mine: Snippet, theirs: Snippet) -> str:
    here, there = comparable(mine.text).split(), comparable(theirs.text).split()
    for index, word in enumerate(here):
        if index >= len(there):
            return f"{quoted_words(' '.join(here[index:]))} at its end is too much"
        if word != there[index]:
            found = " ".join(here[index : index + 3])
            wanted = " ".join(there[index : index + 3])
            return f"{quoted_words(found)} for {quoted_words(wanted)}"
    return f"{quoted_words(' '.join(there[len(here) :]))} is missing at its end"


def _declared(end: End) -> tuple[Related, ...]:
    if not end.declared_in:
        return ()
    return (Related(end.declared_in, end.declared_line, "declared here"),)


def _referred_to(workspace: Workspace) -> ByRelation:
    return _ends(workspace, refers=False)


def _referring(workspace: Workspace) -> ByRelation:
    return _ends(workspace, refers=True)


def _ends(workspace: Workspace, *, refers: bool) -> ByRelation:
    found: dict[str, dict[str, list[tuple[str, End]]]] = {}
    for page in workspace.book_pages():
        for end in page.ends:
            if end.refers == refers:
                found.setdefault(end.relation, {}).setdefault(end.key, []).append((page.path, end))
    return found
