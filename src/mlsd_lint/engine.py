"""One run: from a project and paths to a report. Everything else is asked from here, in order.

paths -> discovery -> indexing (one file alone, cached): `gather`
      -> external links, if they are asked -> prose, if it is read
      -> workspace rules -> selection -> Report: `judge`

A comparison gathers and judges two states of the repository; the second takes what it can from
the first.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from mlsd_lint import suppressions
from mlsd_lint.diagnostics import Diagnostic, Report, place
from mlsd_lint.files import Disk
from mlsd_lint.gathering import Contents, gather
from mlsd_lint.indexing import Indexed, UncheckedError
from mlsd_lint.ordering import in_order
from mlsd_lint.prose.readings import Reading
from mlsd_lint.registry import all_rules
from mlsd_lint.rules.unchecked import COULD_NOT_CHECK
from mlsd_lint.workspace import Page, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from mlsd_lint.cache import Cache
    from mlsd_lint.files import Files
    from mlsd_lint.gathering import Gathered
    from mlsd_lint.links.collecting import LinkPlace
    from mlsd_lint.links.verdicts import Judgement
    from mlsd_lint.project import Project
    from mlsd_lint.prose.checking import Manuscript
    from mlsd_lint.registry import Rule, WorkspaceCheck

    AskLinks = Callable[[Sequence[LinkPlace]], Mapping[str, Judgement]]
    ReadProse = Callable[[Sequence[Manuscript]], Mapping[str, Reading]]


class Services(NamedTuple):
    """What a run asks for that takes its time and may fail; what is None is not asked.

    `links` finds out what became of external links, `prose` what is wrong with prose.
    """

    links: AskLinks | None = None
    prose: ReadProse | None = None


NO_SERVICES = Services()


UNREAD = Reading()


@dataclass(frozen=True)
class Outcome:
    """A report, and what it depended on.

    `files` and `asked` hold digests by root-relative path: of the files that were read, and of
    the directories and files that links asked for. `indexed` counts the files that had to be
    parsed because the cache did not know them. `readings` is what was found in prose, by path.
    """

    report: Report
    files: Mapping[str, str]
    asked: Mapping[str, str]
    indexed: int
    readings: Mapping[str, Reading] = field(default_factory=dict)


def check(
    project: Project,
    paths: Iterable[str],
    book: Collection[str],
    cache: Cache,
    overlay: Mapping[str, bytes] | None = None,
    services: Services = NO_SERVICES,
) -> Outcome:
    """Check documents as they are on the disk.

    Args:
        project: where and how.
        paths: the root-relative files to report on.
        book: every file of the configured book: what the others are checked against.
        cache: what earlier runs found out.
        overlay: contents to take instead of what is on the disk, by root-relative path.
        services: what is asked besides.
    """
    contents = Contents(project, Disk(project.root), overlay or {})
    return judge(gather(contents, paths, book, cache), services)


def judge(gathered: Gathered, services: Services = NO_SERVICES) -> Outcome:
    """What there is to say about gathered documents; `services` are asked besides."""
    contents = gathered.contents
    project, reported, indexed = contents.project, gathered.reported, gathered.indexed
    workspace = Workspace(
        project.configuration,
        gathered.tree,
        {path: one.page for path, one in indexed.items() if one.page is not None},
        frozenset(reported) | gathered.book,
        own=project.hosting.repository,
    )
    rules = rules_that_run(project, services)
    if services.links is not None:
        places = [link for page in gathered.pages for link in _places(project, page, contents)]
        workspace = replace(workspace, judgements=services.links(places))
    readings: Mapping[str, Reading] = {}
    if services.prose is not None:
        readings = _readings(project, gathered.pages, contents, services.prose)
    diagnostics: list[Diagnostic] = []
    for path in reported:
        reading = readings.get(path, UNREAD)
        try:
            found = _of_one(project, indexed[path], workspace, contents, rules, reading)
        except UncheckedError as error:
            found = list(error.indexed(project.indexing).diagnostics)
        diagnostics += _selected(project, path, found)
    if gathered.book <= set(reported):
        diagnostics += _of_vocabulary(project, workspace, contents.files)
    report = Report(
        in_order(diagnostics),
        len(reported),
        _working_directory(project.root),
        project.rules,
        str(project.root).replace(os.sep, "/"),
        Counter(one.verdict for one in workspace.judgements.values()),
    )
    seen = contents.files.seen
    return Outcome(report, contents.read_digests, seen, contents.indexed, readings)


def _of_vocabulary(project: Project, workspace: Workspace, files: Files) -> list[Diagnostic]:
    """What is wrong with the words of the book, which only a check of all of it can tell."""
    from mlsd_lint.prose import placing, vocabulary
    from mlsd_lint.prose.preparing import vocabulary_file

    file = vocabulary_file(project)
    path = project.relative(file)
    words = vocabulary.parse(vocabulary.decode(files.content(path) or b"", file), path)
    found = placing.of_vocabulary(project, words, workspace.pages.values())
    return _selected(project, path, list(found))


def rules_that_run(project: Project, services: Services) -> dict[str, Rule]:
    """The selected rules that run: those that need a service only where it is there."""
    missing = {
        *(() if services.links else ("online",)),
        *(() if services.prose else ("prose",)),
    }
    return {code: one for code, one in project.rules.items() if one.scope not in missing}


def _readings(
    project: Project, pages: Iterable[Page], contents: Contents, read: ReadProse
) -> Mapping[str, Reading]:
    """What is wrong with the prose of pages, by their paths."""
    from mlsd_lint.prose.placing import manuscripts

    return read(manuscripts(project, pages, contents.digests, contents.read))


def _places(project: Project, page: Page, contents: Contents) -> Iterator[LinkPlace]:
    """The external links of a page, but for those of which nothing could be said anyway."""
    from mlsd_lint.links.collecting import link_places

    online = {code for code, one in project.rules.items() if one.scope == "online"}
    wanted = online - project.ignored(page.path)
    if not wanted:
        return
    places = link_places(page, project.configuration, project.hosting.repository)
    if not page.suppressions:
        yield from places
        return
    try:
        source = contents.source(page.path)
    except UncheckedError:  # which is said when the page is reported on
        return
    silenced = suppressions.silenced(page.suppressions, all_rules())
    for link in places:
        if not wanted <= silenced(source.position(link.start).line):
            yield link


def _of_one(
    project: Project,
    indexed: Indexed,
    workspace: Workspace,
    contents: Contents,
    rules: Mapping[str, Rule],
    reading: Reading,
) -> list[Diagnostic]:
    found = list(indexed.diagnostics)
    if indexed.page is None:
        return found
    found += _workspace_diagnostics(project, indexed.page, workspace, contents, rules)
    if reading.findings:
        from mlsd_lint.prose import placing

        source = contents.source(indexed.page.path)
        found += [*placing.diagnostics(project, source, reading, found)]
    return _suppress(project, indexed.page, found, contents, rules, reading.unread)


def _workspace_diagnostics(
    project: Project,
    page: Page,
    workspace: Workspace,
    contents: Contents,
    rules: Mapping[str, Rule],
) -> Iterator[Diagnostic]:
    source = None
    for rule in rules.values():
        if rule.scope not in {"workspace", "online"}:
            continue
        for finding in cast("WorkspaceCheck", rule.check)(page, workspace):
            source = source or contents.source(page.path)
            yield place(rule, project.indexing.severity(rule), source, finding)


def _suppress(
    project: Project,
    page: Page,
    diagnostics: list[Diagnostic],
    contents: Contents,
    ran: Mapping[str, Rule],
    unread: Collection[int],
) -> list[Diagnostic]:
    if not page.suppressions:
        return diagnostics
    source = contents.source(page.path)
    unasked = {"prose": unread}
    if any(rule.scope == "online" for rule in ran.values()):
        from mlsd_lint.links.collecting import link_places

        places = link_places(page, project.configuration, project.hosting.repository)
        unasked["online"] = {source.position(link.start).line for link in places}
    result = suppressions.suppress(diagnostics, page.suppressions, all_rules(), ran, unasked)
    return [
        *result.kept,
        *(
            place(rule, project.indexing.severity(rule), source, finding)
            for rule, finding in result.remarks
        ),
    ]


def _selected(project: Project, path: str, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Those whose rule is on in this file; what could not be checked is always said."""
    on = (COULD_NOT_CHECK | project.rules.keys()) - project.ignored(path)
    return [diagnostic for diagnostic in diagnostics if diagnostic.code in on]


def _working_directory(root: Path) -> str:
    try:
        return os.path.relpath(Path.cwd(), root).replace(os.sep, "/")
    except ValueError:  # they are on different drives
        return "."
