"""One comparison: states of the repository are checked, and what is new is reported.

Each is checked as a whole, by the same configuration and with the same cache. An old one takes from
the new one what is the same: documents, and what was found in their prose.
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
from mlsd_lint.gate.comparing import compare, known_too
from mlsd_lint.gate.git import Git
from mlsd_lint.gate.past import Past, folders_of, side, with_words
from mlsd_lint.gate.states import State
from mlsd_lint.gathering import Contents, gather

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from mlsd_lint.cache import Cache
    from mlsd_lint.diagnostics import Comparison, Diagnostic
    from mlsd_lint.discovery.folders import Folders
    from mlsd_lint.engine import Outcome, Services
    from mlsd_lint.files import Files
    from mlsd_lint.gate.git_objects import Known
    from mlsd_lint.gate.past import Discover
    from mlsd_lint.gate.revisions import Base
    from mlsd_lint.gathering import Gathered
    from mlsd_lint.links.collecting import LinkPlace
    from mlsd_lint.links.verdicts import Judgement
    from mlsd_lint.project import Project


@dataclass
class Gate:
    """Checks what a change does; one for a run, however often it checks.

    `discover` finds the documents of the whole book among some folders.
    """

    project: Project
    base: Base
    cache: Cache
    discover: Discover

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
        return folders_of(self.files) if isinstance(self.files, State) else DISK

    @cached_property
    def files(self) -> Files:
        """The files of the change: those of the work tree, or what is staged."""
        opaque = Opaque(self._known.submodules, self._left_out)
        if not self.base.staged:
            return Disk(self.project.root, opaque)
        snapshot = git_objects.at_index(self.git, self.base.commit, self._past.snapshot)
        opaque = Opaque(snapshot.submodules, self._left_out)
        differing = git_objects.differing(self.git, "")
        return State(self.project.root, snapshot, differing, self._objects, opaque)

    @cached_property
    def _pasts(self) -> list[Past]:
        """The commits of the base, the first of them the one that the change is compared with."""
        made = (self.project, self._objects, self._left_out, self.cache, self.discover)
        return [Past(one, *made) for one in (self.base.commit, *self.base.others)]

    @property
    def _past(self) -> Past:
        return self._pasts[0]

    @cached_property
    def _known(self) -> Known:
        return git_objects.known(self.git)

    @cached_property
    def _left_out(self) -> frozenset[str]:
        """What is not checked out, and was not made again by somebody."""
        root = self.project.root
        return frozenset(one for one in self._known.left_out if not os.path.lexists(root / one))

    @property
    def had_documents(self) -> bool:
        """Whether there were documents when the change began."""
        return bool(self._past.book)

    def was_there(self, path: str) -> bool:
        """Whether the change begins with something at a root-relative path."""
        snapshot = self._past.snapshot
        return path in snapshot.files or path in snapshot.folders

    def outcome(
        self,
        named: Collection[str],
        book: Collection[str],
        wanted: Callable[[str], bool],
        overlay: Mapping[str, bytes],
        services: Services,
    ) -> Outcome:
        """Check all sides; the report has what is new.

        Args:
            named: root-relative files to check besides the book.
            book: the files of the configured book.
            wanted: whether findings in the document at a root-relative path are reported.
            overlay: contents to take instead of those of the change, by root-relative path.
            services: what is asked besides.
        """
        project = with_words(self.project, self.files) if self.base.staged else self.project
        contents = Contents(project, self.files, overlay)
        there = [path for path in book if not self.files.is_opaque(path)]
        now = gather(contents, {*there, *named}, there, self.cache)
        before = [past.gathered(now, named) for past in self._pasts]
        new = engine.judge(now, _only_new_links(services, before, self.project))
        comparison = self._comparison(now, new, services)
        left_out = {path for path in before[0].reported if _is_left_out(path, now)}
        comparison = replace(
            comparison,
            new=_only(comparison.new, wanted),
            fixed=_only(comparison.fixed, lambda path: wanted(path) and path not in left_out),
            known=_only(comparison.known, wanted),
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
        indexed = new.indexed + sum(one.contents.indexed for one in before)
        return replace(new, report=report, files=files, indexed=indexed)

    def _comparison(self, now: Gathered, new: Outcome, services: Services) -> Comparison:
        """What is new on the whole: what no commit of the base had."""
        changed = side(now, new)

        def compared(past: Past) -> Comparison:
            old = past.side(now, new, services)
            return compare(old, changed, self.base.name, past.commit)

        found = compared(self._past)
        for past in self._pasts[1:]:
            found = known_too(found, compared(past), changed) if found.new else found
        return found


def _only(
    diagnostics: Sequence[Diagnostic], wanted: Callable[[str], bool]
) -> tuple[Diagnostic, ...]:
    return tuple(one for one in diagnostics if wanted(one.path))


def _is_left_out(path: str, now: Gathered) -> bool:
    """Whether a file is there, but is no document of the book any more: that mends nothing."""
    entry = None if path in now.indexed else now.tree.find(path)
    return entry is not None and entry.path == path and not entry.is_directory


def _only_new_links(services: Services, before: Iterable[Gathered], project: Project) -> Services:
    """The services, asked only for external links that stood nowhere in the book before."""
    if services.links is None:
        return services
    from mlsd_lint.links.collecting import link_places

    ask, own = services.links, project.hosting.repository
    known = {
        link.value.strip()
        for one in before
        for page in one.pages
        for link in link_places(page, project.configuration, own)
    }

    def ask_new(places: Sequence[LinkPlace]) -> Mapping[str, Judgement]:
        return ask([one for one in places if one.value.strip() not in known])

    return services._replace(links=ask_new)
