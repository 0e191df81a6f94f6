"""Acronyms that a chapter does not explain (P013)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Related, Severity
from mlsd_lint.registry import workspace_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlsd_lint.workspace import Page, Workspace


@workspace_rule("P013", "unexpanded-acronym", Severity.INFO)
def unexpanded_acronym(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An acronym is explained where a chapter first uses it.

    Who opens a book in the middle has not read the explanation in another chapter. Write
    "retrieval-augmented generation (RAG)" or "RAG (retrieval-augmented generation)". Letters that
    everybody knows (API, CPU, SQL) need none; `prose.acronyms` adds those that every reader of
    this book knows. A heading may use an acronym before the text explains it.

    A chapter is a document with a title, two sections and 150 words of running text: short pages
    and lists of links are not looked at.

    Bad:
        # Answering questions

        A support team answers the same questions every day. Most answers stand in the manual
        already, but few people read a manual when they are in a hurry, and those who do often miss
        the page that would have helped them. A program that finds the page, and says in two
        sentences what is on it, saves time on both sides.

        ## Finding the page

        The manual is cut into passages of a few hundred words. Each passage is turned into a vector
        once, and each question when it is asked; the passages whose vectors are nearest to that of
        the question are shown to the model. This is called RAG.
        It needs no training, and a new page of the manual counts as soon as it is stored.

        ## Writing the answer

        The model is told to use nothing but the passages, and to say so if they do not hold the
        answer. Every sentence it writes names the passage that it comes from, so that a reader can
        look it up. Answers without such a passage are not shown to anybody.

    Good:
        # Answering questions

        A support team answers the same questions every day. Most answers stand in the manual
        already, but few people read a manual when they are in a hurry, and those who do often miss
        the page that would have helped them. A program that finds the page, and says in two
        sentences what is on it, saves time on both sides.

        ## Finding the page

        The manual is cut into passages of a few hundred words. Each passage is turned into a vector
        once, and each question when it is asked; the passages whose vectors are nearest to that of
        the question are shown to the model. This is called retrieval-augmented generation (RAG).
        It needs no training, and a new page of the manual counts as soon as it is stored.

        ## Writing the answer

        The model is told to use nothing but the passages, and to say so if they do not hold the
        answer. Every sentence it writes names the passage that it comes from, so that a reader can
        look it up. Answers without such a passage are not shown to anybody.
    """
    elsewhere = workspace.once(_expansions)
    later = {use.key: use.line for use in page.uses if use.kind == "expansion"}
    for use in page.uses:
        if use.kind != "acronym":
            continue
        place = (page.path, later[use.key]) if use.key in later else elsewhere.get(use.key)
        related = (Related(*place, "explained here"),) if place else ()
        yield Finding(
            use.span,
            f"“{use.key}” is used before this chapter explains it"
            if use.key in later
            else f"“{use.key}” is not explained in this chapter",
            "Write what it stands for where it is first used, or add it to prose.acronyms.",
            related=related,
        )


def _expansions(workspace: Workspace) -> Mapping[str, tuple[str, int]]:
    """Where each acronym is explained first in the book, of those that a page also leaves open."""
    found: dict[str, tuple[str, int]] = {}
    for path, use in workspace.uses("expansion"):
        found.setdefault(use.key, (path, use.line))
    return found
