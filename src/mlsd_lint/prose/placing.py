"""Prose in a run: which documents are read, and what is reported of what was found in them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mlsd_lint import suppressions
from mlsd_lint.diagnostics import Edit, Finding, Fix, Severity, place
from mlsd_lint.indexing import decode
from mlsd_lint.prose.checking import Manuscript
from mlsd_lint.registry import all_rules
from mlsd_lint.rules.prose import SPELLING
from mlsd_lint.rules.vocabulary import (
    UNUSED_VOCABULARY,
    WRONG_VOCABULARY_LINE,
    superfluous,
    unused,
    wrong_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mlsd_lint.diagnostics import Diagnostic
    from mlsd_lint.project import Project
    from mlsd_lint.prose.readings import ProseFinding, Reading
    from mlsd_lint.prose.vocabulary import Vocabulary
    from mlsd_lint.source import Source
    from mlsd_lint.workspace import Page

SAYING_MORE = frozenset({"P009", "P010", "P012"})
"""Rules that say of a word what it should be, where a dictionary would only not know it."""


def manuscripts(
    project: Project,
    pages: Iterable[Page],
    digests: Mapping[str, str],
    read: Callable[[str], bytes],
) -> list[Manuscript]:
    """The documents to read: those in which some rule about prose is on.

    `digests` has those of their contents, and `read` gives the content of a root-relative path.
    """
    rules = all_rules()
    wanted = {code for code, rule in project.rules.items() if rule.scope == "prose"}
    found = []
    for page in pages:
        if wanted <= project.ignored(page.path):
            continue
        silenced = suppressions.silenced(page.suppressions, rules)
        source = partial(_source, page.path, read)
        found.append(Manuscript(page.path, digests[page.path], source, silenced))
    return found


def _source(path: str, read: Callable[[str], bytes]) -> Source:
    return decode(read(path), path)


def diagnostics(
    project: Project, source: Source, reading: Reading, others: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """What was found in a document, but for words of which one of the `others` says more."""
    explained = [one.span for one in others if one.code in SAYING_MORE]
    for one in reading.findings:
        start, end = one.span
        known = one.code in SPELLING and any(
            start < span.end and span.start < end for span in explained
        )
        if not known:
            yield place(all_rules()[one.code], _severity(project, one), source, _finding(one))


def of_vocabulary(
    project: Project, vocabulary: Vocabulary, pages: Iterable[Page]
) -> Iterator[Diagnostic]:
    """What is wrong with the vocabulary itself, where `pages` are all of the book."""
    used = {one.key for page in pages for one in page.uses if one.kind == "vocabulary"}
    found = [
        *((UNUSED_VOCABULARY, one) for one in unused(vocabulary, used)),
        *((UNUSED_VOCABULARY, one) for one in superfluous(vocabulary)),
        *((WRONG_VOCABULARY_LINE, one) for one in wrong_lines(vocabulary)),
    ]
    for rule, finding in found:
        yield place(rule, project.indexing.severity(rule), vocabulary.source, finding)


def _severity(project: Project, finding: ProseFinding) -> Severity:
    """How grave it is: one level more where engines agree, unless the user has settled that.

    That a second dictionary lacks a word, too, says little: a term is in none, and near to the same
    word in each.
    """
    rule = all_rules()[finding.code]
    settled = project.indexing.severity(rule)
    if not finding.agreed or finding.code in SPELLING or settled != rule.severity:
        return settled
    return list(Severity)[max(settled.rank - 1, 0)]


def _finding(finding: ProseFinding) -> Finding:
    fix = None
    if finding.replacement is not None:
        edit = Edit(finding.span, finding.replacement)
        fix = Fix(f"Write “{finding.replacement}”", (edit,), safe=finding.safe)
    return Finding(finding.span, finding.message, finding.help, fix, engines=finding.engines)
