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

from mlsd_lint import encoding, suppressions, targets
from mlsd_lint.diagnostics import Diagnostic, Report, in_order, place
from mlsd_lint.digests import NOTHING, content_digest, digest
from mlsd_lint.files import Disk
from mlsd_lint.indexing import Indexed, UncheckedError, decode, index_all
from mlsd_lint.prose.readings import Reading
from mlsd_lint.registry import all_rules
from mlsd_lint.rules.unchecked import COULD_NOT_CHECK, UNREADABLE
from mlsd_lint.source import Source
from mlsd_lint.workspace import Page, Tree, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from mlsd_lint.cache import Cache
    from mlsd_lint.files import Files
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


@dataclass
class Contents:
    """The files of one run; `overlay` stands in for what they hold.

    A file may be read twice, to index it and to show a place in it, but never as two contents.
    """

    project: Project
    files: Files
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    read_digests: dict[str, str] = field(default_factory=dict)
    indexed: int = 0

    def read(self, path: str) -> bytes:
        """The content of a root-relative path.

        Raises:
            UncheckedError: it cannot be read, or is no longer what it was in this run.
        """
        if path in self.overlay:
            return self.overlay[path]
        try:
            content = self.files.read(path, self.project.configuration.max_file_size)
        except UncheckedError:
            self.read_digests[path] = NOTHING
            raise
        if self.read_digests.setdefault(path, content_digest(content)) != content_digest(content):
            message = f"{path} changed while it was being checked"
            raise UncheckedError(UNREADABLE, message, Source(path, ""))
        return content

    def source(self, path: str) -> Source:
        """The text of a document.

        Raises:
            UncheckedError: it cannot be read, or is no text.
        """
        return decode(self.read(path), path)

    def version(self, path: str) -> str | None:
        """A name of the content at `path`, see `Files`; None for what an overlay stands in for."""
        return None if path in self.overlay else self.files.version(path)

    @property
    def digests(self) -> dict[str, str]:
        """The digests of everything that was read, and of what stands in for it."""
        return {
            **self.read_digests,
            **{path: content_digest(one) for path, one in self.overlay.items()},
        }


@dataclass(frozen=True)
class Gathered:
    """The documents of one state of the repository, each looked at by itself.

    `reported` are the paths of those to report on, `book` those of the configured book; `indexed`
    holds these and every other Markdown file that one of them links into.
    """

    contents: Contents
    tree: Tree
    reported: tuple[str, ...]
    book: frozenset[str]
    indexed: Mapping[str, Indexed]

    @property
    def pages(self) -> Iterator[Page]:
        """The pages to report on."""
        there = (self.indexed[path].page for path in self.reported)
        return (page for page in there if page is not None)

    def has(self, path: str, contents: Contents) -> bool:
        """Whether a document is here as it is there, as far as is known without reading it."""
        version = self.contents.version(path) if path in self.indexed else None
        return version is not None and version == contents.version(path)


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


def gather(
    contents: Contents,
    paths: Iterable[str],
    book: Collection[str],
    cache: Cache,
    known: Gathered | None = None,
) -> Gathered:
    """Read and index the documents to report on, the book, and what they link into.

    What is as in `known` is taken from there. Others are kept apart in the cache then, so that
    two states of a document have their places there.
    """
    reported = sorted(set(paths))
    tree = Tree(contents.files)
    indexed = _index(sorted({*reported, *book}), contents, cache, known)
    pages = (indexed[path].page for path in reported)
    context = _linked_into(contents.project, tree, pages, indexed)
    indexed |= _index(context, contents, cache, known)
    return Gathered(contents, tree, tuple(reported), frozenset(book), indexed)


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


def _index(
    paths: Iterable[str], contents: Contents, cache: Cache, known: Gathered | None
) -> dict[str, Indexed]:
    project = contents.project
    indexing = project.indexing
    context = digest(project.context, "compared") if known else project.context
    cached: Mapping[str, tuple[str, str]] | None = None
    indexed: dict[str, Indexed] = {}
    missing: list[tuple[str, bytes]] = []
    digests: dict[str, str] = {}
    for path in paths:
        if known and known.has(path, contents):
            indexed[path] = known.indexed[path]
            contents.read_digests[path] = known.contents.read_digests[path]
            continue
        try:
            content = contents.read(path)
        except UncheckedError as error:
            indexed[path] = error.indexed(indexing)
            continue
        digests[path] = content_digest(content)
        cached = cache.documents(context) if cached is None else cached
        digest_there, encoded = cached.get(path, ("", ""))
        if digest_there == digests[path]:
            indexed[path] = encoding.decode(path, encoded)
        else:
            missing.append((path, content))
    if missing:
        project.prepare()
    fresh = dict(index_all(missing, indexing))
    contents.indexed += len(fresh)
    if fresh:
        cache.save_documents(
            context,
            {path: (digests[path], encoding.encode(one)) for path, one in fresh.items()},
        )
    return indexed | fresh


def _linked_into(
    project: Project, tree: Tree, pages: Iterable[Page | None], known: Mapping[str, Indexed]
) -> list[str]:
    """The Markdown files that links with a fragment lead to and that are not indexed yet."""
    linked: set[str] = set()
    for page in pages:
        for destination in page.destinations if page else ():
            if page and "#" in destination.value:
                linked |= _shown(project, tree, page, destination.value)
    return sorted(linked.difference(known))


def _shown(project: Project, tree: Tree, page: Page, value: str) -> set[str]:
    target = targets.resolve(page.path, value, project.configuration, project.hosting.repository)
    entry = targets.find(target, tree) if target and not target.itself else None
    path = targets.shown_file(entry, tree, project.configuration) if entry else None
    return {path} if path and targets.is_markdown(path) else set()


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
