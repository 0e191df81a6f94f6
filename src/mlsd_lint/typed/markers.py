"""Where in the Markdown a field is found: what stands in a field's `Annotated[…]`.

    question: Annotated[str, Section("Question")]

A field without a marker is a named part: of the file's name (or a key of the front matter) in a
document, of the heading's pattern in a section, of the entry's pattern in a list. Patterns are
those of `patterns`. Places are looked for in the *scope* of the model: the document, the section
under a heading, the list item.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # users read the annotations
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Title:
    """The first-level heading of the document, or the heading of the section."""

    pattern: str = ""


@dataclass(frozen=True)
class Section:
    """The part under a heading, or under a paragraph that is nothing but emphasis.

    Its sections stand in a document in the order of the fields. On a list, any number of
    sections have this heading; on an optional field, the section may be missing.
    """

    heading: str


@dataclass(frozen=True)
class Text:
    """Everything in the scope up to its first declared section, as written."""


@dataclass(frozen=True)
class Paragraph:
    """The first paragraph that has one of these forms, or the first at all; on a list, each."""

    patterns: tuple[str, ...] = ()

    def __init__(self, *patterns: str) -> None:
        object.__setattr__(self, "patterns", patterns)


@dataclass(frozen=True)
class Entries:
    """The items of the lists in the scope, each in one of these forms.

    `numbered`: they count from 1 without a gap. `sorted_by`: they are in alphabetical order of
    this field ("" for the whole entry, None for any order), in the `locale`'s alphabet.
    """

    patterns: tuple[str, ...]
    numbered: bool = False
    sorted_by: str | None = None
    unique: str | None = None
    locale: str = ""

    def __init__(
        self,
        *patterns: str,
        numbered: bool = False,
        sorted_by: str | None = None,
        unique: str | None = None,
        locale: str = "",
    ) -> None:
        for name, value in (
            ("patterns", patterns),
            ("numbered", numbered),
            ("sorted_by", sorted_by),
            ("unique", unique),
            ("locale", locale),
        ):
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Rows:
    """The rows of the tables in the scope; a field takes the cell under the heading it names.

    `columns` maps fields to column headings where they differ by more than case and `_`.
    """

    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Code:
    """The fenced code blocks in the scope with this language ("" for any)."""

    language: str = ""


@dataclass(frozen=True)
class Links:
    """The links in the scope whose destination, from the root, matches this glob ("" for all)."""

    to: str = ""


@dataclass(frozen=True)
class Matches:
    """Every place in the scope's text that this regular expression matches.

    Its named groups are the parts of the field's model.
    """

    expression: str


@dataclass(frozen=True)
class Words:
    """How many words of prose the scope has."""


@dataclass(frozen=True)
class Headings:
    """The headings in the scope, at any depth, but for those with these words."""

    without: tuple[str, ...] = ()

    def __init__(self, *without: str) -> None:
        object.__setattr__(self, "without", without)


@dataclass(frozen=True)
class FrontMatter:
    """A key of the front matter, by default the field's own name."""

    key: str = ""


@dataclass(frozen=True)
class Separated:
    """A named part that lists several values, parted by any of these."""

    separators: tuple[str, ...]

    def __init__(self, *separators: str) -> None:
        object.__setattr__(self, "separators", separators or (",",))


@dataclass(frozen=True)
class Refers:
    """Each value occurs elsewhere: `to` are types, or paths of fields in them.

    `Refers("exercises.questions.number")` compares values; a link compares where it leads, with a
    document (`Refers("chapter")`) or with a section of it (`Refers("chapter.sections")`, or
    `"chapter.sections*"` for the sections within those too). With several, one of them is enough.
    `back`: each of those is referred to by some value here. `same`: fields beside this one that
    repeat the text of fields there, up to quotes, white space and list markers.
    """

    to: tuple[str, ...]
    back: bool = False
    same: Mapping[str, str] = field(default_factory=dict)

    def __init__(self, *to: str, back: bool = False, same: Mapping[str, str] | None = None) -> None:
        object.__setattr__(self, "to", to)
        object.__setattr__(self, "back", back)
        object.__setattr__(self, "same", same or {})


Place = (
    Title
    | Section
    | Text
    | Paragraph
    | Entries
    | Rows
    | Code
    | Links
    | Matches
    | Words
    | Headings
    | FrontMatter
)
