"""What documents know of each other: pages, and the tree of files they stand in.

A `Page` is what is kept of a document for the others: its anchors and where it points. It is
small, goes into the cache, and is all that a workspace rule sees of a document; so an unchanged
document is never parsed again to check a link into it.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from mlsd_lint.own_repository import NOT_HOSTED
from mlsd_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mlsd_lint.config.settings import Configuration
    from mlsd_lint.files import Files
    from mlsd_lint.links.verdicts import Judgement
    from mlsd_lint.own_repository import OwnRepository
    from mlsd_lint.source import Span

Made = TypeVar("Made")
Role = Literal["link", "image", "definition", "attribute"]
Form = Literal["plain", "angled", "autolink", "bare", '"', "'", "unquoted"]


class Anchor(NamedTuple):
    """A place in a document that a fragment can name.

    `name` is the fragment that reaches it (not percent-encoded, case as written). `slug` is the
    name it would have if no earlier heading had taken it: `name` may be `setup-1` where `slug`
    is `setup`. `origin` is "heading" for a generated anchor, "custom" for a heading's own
    `{#id}`, "html" for an `id` or `name` attribute. `span` is the heading's text, or the
    attribute's value.
    """

    name: str
    slug: str
    origin: Literal["heading", "custom", "html"]
    span: Span


class Destination(NamedTuple):
    """A place in a document that points somewhere.

    `value` is the destination with entities and escapes decoded, percent-encoding kept;
    `written` is the text under `span`; `whole` is the span of the link, image, definition or tag.
    A reference link has none of its own: its definition does. An autolink is a `link`; what HTML
    shows as a picture (`<img src>`, a `srcset` candidate, a `poster`) is an `image`, and any other
    `href`, `src` or the like an `attribute`. `form` is how it is written, which decides what has
    to be escaped in it: in Markdown plainly or in angle brackets, as an autolink or as a bare
    address; in HTML behind a quote (`"` or `'`) or unquoted.
    """

    value: str
    written: str
    span: Span
    whole: Span
    role: Role
    form: Form = "plain"


class Suppression(NamedTuple):
    """An inline comment that silences rules on some lines (both from 1, inclusive).

    `last_line` is None up to the end of the file. `codes` are as written; empty means all.
    """

    codes: tuple[str, ...]
    first_line: int
    last_line: int | None
    span: Span


class Snippet(NamedTuple):
    """A text that a relation compares: the field it stands in, as written, and its place."""

    field: str
    text: str
    span: Span


class End(NamedTuple):
    """One end of a relation between documents, in one of them.

    `refers` tells the end that refers from the one referred to; both have the same `key` if they
    belong together. `line` and `column` (from 1) are where `span` starts; `depth` is a heading's
    level, 0 for anything else; of an end that refers, how many levels of entries can lie below. `asked` says what is referred to, `back` whether everything has to be.
    `declared_in` and `declared_line` are the place of the declaration, "" and 0 if unknown.
    """

    relation: str
    refers: bool
    key: str
    span: Span
    line: int
    column: int
    depth: int
    texts: tuple[Snippet, ...]
    asked: str
    back: bool
    declared_in: str
    declared_line: int


Qualifier = Literal["", "about", "over"]


class Claim(NamedTuple):
    """What an entry says of the repository that it links to, and what may change.

    `destination` is the link's `Destination.value`, `text` what is written under `span`. `stars`
    is how many it has, None for the claim that it is archived. `precision` is what the last digit
    stands for: 100 in "12.3k". `seen` is the day as written on which it was so, "" if not said.
    """

    destination: str
    text: str
    span: Span
    stars: int | None
    precision: int = 1
    qualifier: Qualifier = ""
    seen: str = ""


UseKind = Literal["spelling", "product", "term", "english", "acronym", "expansion", "vocabulary"]


class Use(NamedTuple):
    """A place in prose where a word stands that documents should agree about.

    `kind` says why it is kept: it is a `spelling` that is wrong in this book, a `product` whose
    maker writes it otherwise, one way to write a `term`, a word that is foreign to some `english`,
    an `acronym` or its `expansion`, or it is in the `vocabulary`. `key` is what uses of one thing
    share: how it is spelled here, the preferred spelling of the term, the word in lower case, the
    letters of the acronym, the entry.
    `written` is what stands under `span`, LF for a line break with the markers of quotes behind
    it; `line` (from 1) is where it starts.
    """

    kind: UseKind
    key: str
    written: str
    span: Span
    line: int


@dataclass(frozen=True)
class Page:
    """What is kept of one document for the others; see the module's docstring."""

    path: str
    anchors: tuple[Anchor, ...] = ()
    destinations: tuple[Destination, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    ends: tuple[End, ...] = ()
    claims: tuple[Claim, ...] = ()
    uses: tuple[Use, ...] = ()


class Entry(NamedTuple):
    """A file or directory that exists: its path from the root in the letter case it really has."""

    path: str
    is_directory: bool


@dataclass
class Tree:
    """The directories and files of one state of the repository, as links may ask for them.

    It looks at a directory or file once. Paths are POSIX, relative to the repository root,
    without `.` and `..`; the root itself is "".
    """

    files: Files
    _listings: dict[str, Mapping[str, bool] | None] = field(default_factory=dict)
    _lines: dict[str, int | None] = field(default_factory=dict)
    _found: dict[str, Entry | None] = field(
        default_factory=lambda: {"": Entry("", is_directory=True)}
    )

    def entries(self, directory: str) -> Mapping[str, bool] | None:
        """The names in a directory, True for a directory; None if there is no such directory."""
        if directory not in self._listings:
            self._listings[directory] = self.files.entries(directory)
        return self._listings[directory]

    def find(self, path: str) -> Entry | None:
        """The entry at `path`; if there is none, the one whose path differs only in case.

        The answer is the same on every system, whether or not its file system minds case. What
        a submodule holds is not known, so anything is found there.
        """
        if path not in self._found:
            waiting = [path]
            while (above := posixpath.dirname(waiting[-1])) not in self._found:
                waiting.append(above)
            for one in reversed(waiting):
                folder, name = posixpath.split(one)
                self._found[one] = self._below(self._found[folder], name)
        return self._found[path]

    def _below(self, folder: Entry | None, name: str) -> Entry | None:
        if folder is None or not folder.is_directory:
            return None
        if folder.path and self.files.is_opaque(folder.path):
            return Entry(posixpath.join(folder.path, name), "." not in name)
        entries = self.entries(folder.path)
        if entries is None:
            return None
        actual = name if name in entries else _other_case(name, entries)
        if actual is None:
            return None
        return Entry(posixpath.join(folder.path, actual), entries[actual])

    def line_count(self, path: str) -> int | None:
        """How many lines a file has; None for what cannot be read as UTF-8 text."""
        if path not in self._lines:
            self._lines[path] = _line_count(self.files.content(path))
        return self._lines[path]


def _line_count(content: bytes | None) -> int | None:
    try:
        text = None if content is None else content.decode("utf-8")
    except ValueError:
        return None
    if not text:
        return None if text is None else 0
    # A line ending ends a line; it begins none at the end of the file.
    return len(Source("", text).line_starts) - text.endswith(("\n", "\r"))


def _other_case(name: str, entries: Mapping[str, bool]) -> str | None:
    folded = name.casefold()
    return next((other for other in sorted(entries) if other.casefold() == folded), None)


@dataclass(frozen=True)
class Workspace:
    """Everything a workspace rule may look at.

    `pages` holds the checked documents and every Markdown file that one of them links into.
    `book` names those that are checked; the others are context. `judgements` says what became of
    external links, by `Destination.value`; it is empty in a run that does not go online. `own` is
    where the web shows the repository.
    """

    configuration: Configuration
    tree: Tree
    pages: Mapping[str, Page]
    book: frozenset[str]
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    own: OwnRepository = NOT_HOSTED
    _made: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def book_pages(self) -> Iterator[Page]:
        """The checked documents, in the order of their paths."""
        for path in sorted(self.book & self.pages.keys()):
            yield self.pages[path]

    def uses(self, kind: UseKind) -> Iterator[tuple[str, Use]]:
        """The uses of a kind in the book, each with the path of its document, in order."""
        for page in self.book_pages():
            for use in page.uses:
                if use.kind == kind:
                    yield page.path, use

    def once(self, make: Callable[[Workspace], Made]) -> Made:
        """What `make` gives for this workspace; called once, however many pages ask for it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made
