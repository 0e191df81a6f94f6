"""The first half of a run: the documents of one state of the repository, each by itself.

paths -> contents -> indexing, cached -> what they link into, likewise
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlsd_lint import encoding, targets
from mlsd_lint.digests import NOTHING, content_digest, digest
from mlsd_lint.indexing import Indexed, UncheckedError, decode, index_all
from mlsd_lint.rules.unchecked import UNREADABLE
from mlsd_lint.source import Source
from mlsd_lint.workspace import Page, Tree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mlsd_lint.cache import Cache
    from mlsd_lint.files import Files
    from mlsd_lint.project import Project


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
        seen = content_digest(content)
        if self.read_digests.setdefault(path, seen) != seen:
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

    def digest(self, path: str) -> str:
        """The digest of what was read at a path, or of what stands in for it."""
        standing_in = self.overlay.get(path)
        return self.read_digests[path] if standing_in is None else content_digest(standing_in)

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
        digests[path] = contents.digest(path)
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
                path = _shown(project, tree, page, destination.value)
                if path is not None and path not in known and targets.is_markdown(path):
                    linked.add(path)
    return sorted(linked)


def _shown(project: Project, tree: Tree, page: Page, value: str) -> str | None:
    """The file that a link shows, if it leads to another one of the repository."""
    own = project.hosting.repository
    if not own.addresses and value.startswith(("https://", "http://")):
        return None
    target = targets.resolve(page.path, value, project.configuration, own)
    entry = targets.find(target, tree) if target and not target.itself else None
    return targets.shown_file(entry, tree, project.configuration) if entry else None
