"""What a fragment asks of a page, and what is said of a link that has one."""

from __future__ import annotations
from typing import TYPE_CHECKING
from mlsd_lint.links.verdicts import Answer, Judgement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from mlsd_lint.links.html_pages import Page


def needs_page(url: str, fragment: str) -> bool:
    """Whether the page has to be read for a fragment, as written."""
    return bool(fragment)


def found_texts(page: Page, wanted: Collection[str]) -> Mapping[str, bool]:
    return {}


def judgement(url: str, fragment: str, answer: Answer) -> Judgement:
    return Judgement(url, answer.verdict, answer.reason, answer)
