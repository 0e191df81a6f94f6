"""Images (L1): each has words for those who do not see it, and its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_lint.diagnostics import Finding, Severity
from mlsd_lint.document import Image
from mlsd_lint.registry import document_rule, workspace_rule
from mlsd_lint.rules.local_links import local_destinations, missing, other_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlsd_lint.document import Document, Tag
    from mlsd_lint.workspace import Page, Workspace

_SAY_WHAT = "Say in a few words what it shows."


@document_rule("L110", "missing-alt-text", Severity.WARNING)
def missing_alt_text(document: Document) -> Iterator[Finding]:
    """An image has a text for readers who do not see it.

    A screen reader reads it aloud, and it is shown where the image cannot be loaded. In HTML
    an empty `alt=""` says that an image is decoration, so only a missing `alt` is reported;
    Markdown's `![](…)` cannot say which was meant.

    Bad:
        ![](https://example.org/pipeline.png)

        <img src="https://example.org/pipeline.png">

    Good:
        ![From data to a served model](https://example.org/pipeline.png)

        <img src="https://example.org/line.png" alt="">
    """
    for image in document.of(Image):
        if not image.alt.strip():
            yield Finding(image.span, "this image has no alternative text", _SAY_WHAT)
    for tag in document.tags:
        if tag.name == "img" and not tag.closing and not _has_text(tag):
            advice = _SAY_WHAT + ' For mere decoration write alt="".'
            yield Finding(tag.span, "this <img> has no alt attribute", advice)


def _has_text(tag: Tag) -> bool:
    role = tag.attribute("role")
    hidden = tag.attribute("aria-hidden")
    return (
        tag.attribute("alt") is not None
        or tag.attribute("aria-label") is not None
        or (role is not None and role.value in {"presentation", "none"})
        or (hidden is not None and hidden.value == "true")
    )


@workspace_rule("L111", "missing-image", Severity.ERROR, fixable=True)
def missing_image(page: Page, workspace: Workspace) -> Iterator[Finding]:
    """An image's file exists, in the letter case in which it is written.

    Otherwise the reader sees a broken picture. Images are looked for beside the page, then in
    the folders named in `asset-roots`: where pages are served from another folder than the one
    they are written in, name that folder there. The fix mends letter case.

    Bad:
        ![From data to a served model](images/Pipeline.svg)

        === images/pipeline.svg
        <svg/>

    Good:
        ![From data to a served model](images/pipeline.svg)

        === images/pipeline.svg
        <svg/>
    """
    for local in local_destinations(page, workspace):
        if local.destination.role != "image" or local.target.outside or local.target.itself:
            continue
        if local.entry is None:
            yield missing(page, workspace, local, "image")
        elif local.other_case:
            yield other_case(local, "image")
