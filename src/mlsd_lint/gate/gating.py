"""One comparison: both states of the repository are checked, and what is new is reported.

Both sides are checked as a whole, by the same configuration and with the same cache. The old one
takes from the new one what is the same: documents, and what was found in their prose.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint import engine
from mlsd_lint.digests import NOTHING, content_digest
from mlsd_lint.discovery.folders import DISK
from mlsd_lint.files import ON_DISK, Disk, Opaque, content_of
from mlsd_lint.gate import git_objects
from mlsd_lint.gate.comparing import Side, compare
from mlsd_lint.gate.git import Git
from mlsd_lint.gate.states import State
from mlsd_lint.gate.walking import StateFolders
from mlsd_lint.gathering import Contents, Gathered, gather

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from mlsd_lint.cache import Cache
    from mlsd_lint.discovery.folders import Folders
    from mlsd_lint.discovery.walk import Discovered
    from mlsd_lint.engine import Outcome, Services
    from mlsd_lint.files import Files
    from mlsd_lint.gate.git_objects import Known, Snapshot
    from mlsd_lint.gate.revisions import Base
    from mlsd_lint.links.collecting import LinkPlace
    from mlsd_lint.links.verdicts import Judgement
    from mlsd_lint.project import Project
    from mlsd_lint.prose.checking import Manuscript
    from mlsd_lint.prose.readings import Reading

    Discover = Callable[[Folders], Discovered]


@dataclass
class Gate:
    """Checks what a change does; one for a run, however often it checks.

    `discover` finds the documents of the whole book among some folders.
    """

    project: Project
    base: Base
    cache: Cache
    discover: Discover
    _before: Gathered | None = None
    _outcome_before: Outcome | None = None

    def __post_init__(self) -> None:
        self.git = Git(self.project.root)
        index = self.git.index_file
        content = content_of(Path(index))
        self.seen = {index: NOTHING if content is None else content_digest(content)}
        """The digest of the index by its path: what a comparison depends on besides files."""
        self._objects = git_objects.Objects(self.git)

    def close(self) -> None:
        """End what reads objects of git."""
        self._objects.close()

    @cached_property
    def folders(self) -> Folders:
        """The folders in which the change is: the disk, or what is staged."""
        return self._folders(self.files) if isinstance(self.files, State) else DISK

    @cached_property
    def files(self) -> Files:
        """The files of the change: those of the work tree, or what is staged."""
        opaque = Opaque(self._known.submodules, self._left_out)
        if not self.base.staged:
            return Disk(self.project.root, opaque)
        snapshot = git_objects.at_index(self.git, self.base.commit, self._snapshot)
        opaque = Opaque(snapshot.submodules, self._left_out)
        differing = git_objects.differing(self.git, "")
        return State(self.project.root, snapshot, differing, self._objects, opaque)

    @cached_property
    def _old_files(self) -> State:
        commit = self.base.commit
        differing = git_objects.differing(self.git, commit) if commit else frozenset[str]()
        opaque = Opaque(self._snapshot.submodules, self._left_out)
        return State(self.project.root, self._snapshot, differing, self._objects, opaque)

    @cached_property
    def _snapshot(self) -> Snapshot:
        return git_objects.at_commit(self.git, self.base.commit)

    @cached_property
    def _known(self) -> Known:
        return git_objects.known(self.git)

    @cached_property
    def _left_out(self) -> frozenset[str]:
        """What is not checked out, and was not made again by somebody."""
        root = self.project.root
        return frozenset(one for one in self._known.left_out if not os.path.lexists(root / one))

    def _folders(self, state: State) -> StateFolders:
        return StateFolders(str(self.project.root).replace(os.sep, "/"), state)

    @property
    def had_documents(self) -> bool:
        """Whether there were documents when the change began."""
        return bool(self._book_before)

    @cached_property
    def _book_before(self) -> list[str]:
        return self.discover(self._folders(self._old_files)).files_from(self.project.root)

    def was_there(self, path: str) -> bool:
        """Whether the change begins with something at a root-relative path."""
        return path in self._snapshot.files or path in self._snapshot.folders

    def outcome(
        self,
        named: Collection[str],
        book: Collection[str],
        wanted: Callable[[str], bool],
        overlay: Mapping[str, bytes],
        services: Services,
    ) -> Outcome:
        """Check both sides; the report has what is new.

        Args:
            named: root-relative files to check besides the book.
            book: the files of the configured book.
            wanted: whether findings in the document at a root-relative path are reported.
            overlay: contents to take instead of those of the change, by root-relative path.
            services: what is asked besides.
        """
        contents = Contents(self.project, self.files, overlay)
        there = [path for path in book if not self.files.is_opaque(path)]
        now = gather(contents, {*there, *named}, there, self.cache)
        if self._before is None:
            self._before = self._gathered_before(now, named)
        new = engine.judge(now, _only_new_links(services, self._before, self.project))
        if self._outcome_before is None:
            self._outcome_before = self._judged_before(self._before, now, new, services)
        comparison = compare(
            _side(self._before, self._outcome_before),
            _side(now, new),
            self.base.name,
            self.base.commit,
        )
        comparison = replace(
            comparison,
            new=tuple(one for one in comparison.new if wanted(one.path)),
            fixed=tuple(one for one in comparison.fixed if wanted(one.path)),
            known=tuple(one for one in comparison.known if wanted(one.path)),
        )
        report = replace(
            new.report,
            diagnostics=comparison.new,
            files=sum(map(wanted, now.reported)),
            comparison=comparison,
        )
        files = {
            path: one
            for path, one in new.files.items()
            if contents.version(path) in {ON_DISK, None} or not self.base.staged
        }
        indexed = new.indexed + self._before.contents.indexed
        return replace(new, report=report, files=files, indexed=indexed)

    def _gathered_before(self, now: Gathered, named: Collection[str]) -> Gathered:
        """The documents at the base, those taken from `now` that are the same."""
        files = self._old_files
        also = {path for path in named if path in files.snapshot.files}
        contents = Contents(self.project, files)
        book = self._book_before
        return gather(contents, {*book, *also}, book, self.cache, now)

    def _judged_before(
        self, before: Gathered, now: Gathered, new: Outcome, services: Services
    ) -> Outcome:
        if services.prose is None:
            return engine.judge(before)
        read = services.prose

        def readings(manuscripts: Sequence[Manuscript]) -> Mapping[str, Reading]:
            known, others = {}, {}
            for one in manuscripts:
                if one.path in new.readings and now.has(one.path, before.contents):
                    known[one.path] = new.readings[one.path]
                else:
                    others[f"/{one.path}"] = one
            # Under the name of no document, so that the cache keeps what it has of the new one.
            found = read([one._replace(path=path) for path, one in others.items()])
            return known | {path.removeprefix("/"): one for path, one in found.items()}

        return engine.judge(before, engine.Services(prose=readings))


def _side(gathered: Gathered, outcome: Outcome) -> Side:
    return Side(outcome.report.diagnostics, gathered.reported, gathered.contents.source)


def _only_new_links(services: Services, before: Gathered, project: Project) -> Services:
    """The services, asked only for external links that stood nowhere in the book before."""
    if services.links is None:
        return services
    from mlsd_lint.links.collecting import link_places

    ask, own = services.links, project.hosting.repository
    known = {
        link.value.strip()
        for page in before.pages
        for link in link_places(page, project.configuration, own)
    }

    def ask_new(places: Sequence[LinkPlace]) -> Mapping[str, Judgement]:
        return ask([one for one in places if one.value.strip() not in known])

    return services._replace(links=ask_new)
