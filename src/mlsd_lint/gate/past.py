"""The book as it was at a commit, checked as it is checked today."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mlsd_lint import engine
from mlsd_lint.files import Opaque
from mlsd_lint.gate import git_objects
from mlsd_lint.gate.comparing import Side
from mlsd_lint.gate.states import State
from mlsd_lint.gate.walking import StateFolders
from mlsd_lint.gathering import Contents, Gathered, gather
from mlsd_lint.prose import vocabulary
from mlsd_lint.prose.preparing import vocabulary_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from mlsd_lint.cache import Cache
    from mlsd_lint.discovery.folders import Folders
    from mlsd_lint.discovery.walk import Discovered
    from mlsd_lint.engine import Outcome, Services
    from mlsd_lint.files import Files
    from mlsd_lint.gate.git_objects import Objects, Snapshot
    from mlsd_lint.project import Project
    from mlsd_lint.prose.checking import Manuscript
    from mlsd_lint.prose.readings import Reading

    Discover = Callable[[Folders], Discovered]


@dataclass
class Past:
    """The book at a commit, "" for none; one for a run, however often it checks.

    `left_out` is what is not checked out, as far as nobody has made it again. `discover` finds the
    documents of the whole book among some folders.
    """

    commit: str
    project: Project
    objects: Objects
    left_out: frozenset[str]
    cache: Cache
    discover: Discover
    _gathered: Gathered | None = None
    _outcome: Outcome | None = None

    @cached_property
    def snapshot(self) -> Snapshot:
        """What git has at the commit."""
        return git_objects.at_commit(self.objects.git, self.commit)

    @cached_property
    def files(self) -> State:
        """The files at the commit."""
        git, commit = self.objects.git, self.commit
        differing = git_objects.differing(git, commit) if commit else frozenset[str]()
        opaque = Opaque(self.snapshot.submodules, self.left_out)
        state = State(self.project.root, self.snapshot, differing, self.objects, opaque)
        words = vocabulary_file(self.project)
        path = self.project.relative(words)
        try:
            vocabulary.decode(state.content(path) or b"", words)
        except vocabulary.VocabularyError:  # which this change has mended, or it would be said
            state.opaque = replace(opaque, files=opaque.files | {path})
        return state

    @cached_property
    def book(self) -> list[str]:
        """The documents of the book at the commit."""
        return self.discover(folders_of(self.files)).files_from(self.project.root)

    def gathered(self, now: Gathered, named: Collection[str]) -> Gathered:
        """The book's documents and the `named` ones; those that are as in `now` come from there."""
        if self._gathered is None:
            also = {path for path in named if path in self.snapshot.files}
            project = with_words(now.contents.project, self.files)
            contents = Contents(project, self.files)
            known = now if project is now.contents.project else None
            self._gathered = gather(contents, {*self.book, *also}, self.book, self.cache, known)
        return self._gathered

    def side(self, now: Gathered, new: Outcome, services: Services) -> Side:
        """What there was to find; what was found in prose that is as in `now` comes from `new`."""
        before = self.gathered(now, ())
        if self._outcome is None:
            self._outcome = _judged(before, now, new, services)
        return side(before, self._outcome)


def with_words(project: Project, files: Files) -> Project:
    """The project; with the words of the vocabulary among `files`, if the one on the disk lacks some.

    Only what is wrong with the vocabulary itself depends on that: whether its words are used.

    Raises:
        VocabularyError: the vocabulary cannot be read.
    """
    file = vocabulary_file(project)
    content = files.content(project.relative(file)) or b""
    words = frozenset(
        one.text for one in vocabulary.parse(vocabulary.decode(content, file)).entries
    )
    known = project.words
    if known is None:
        known = frozenset(one.text for one in vocabulary.load(file).entries)
    return project if words <= known else replace(project, words=words)


def folders_of(state: State) -> StateFolders:
    """The folders of a state, for a walk through them."""
    return StateFolders(str(state.root).replace(os.sep, "/"), state)


def side(gathered: Gathered, outcome: Outcome) -> Side:
    """Documents and what was found in them, as one side of a comparison."""
    return Side(outcome.report.diagnostics, gathered.reported, gathered.contents.source)


def _judged(before: Gathered, now: Gathered, new: Outcome, services: Services) -> Outcome:
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
