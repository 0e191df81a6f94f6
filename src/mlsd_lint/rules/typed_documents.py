"""Rules for the types of documents, and their front matter (S02x); `typed` finds what breaks them."""

from __future__ import annotations

from mlsd_lint.diagnostics import Severity
from mlsd_lint.registry import type_rule

AMBIGUOUS_TYPE = type_rule(
    "S020",
    "ambiguous-type",
    Severity.ERROR,
    """A document has one type.

    One that the `files` of two types match is checked as neither. Narrow one of them, or name the
    type in the document's front matter: `document-type: recipe`.

    Bad:
        # Pancakes
        === mlsd-lint.toml
        [types.recipe]
        files = ["*.md"]

        [types.page]
        files = ["page.md"]

    Good:
        # Pancakes
        === mlsd-lint.toml
        [types.recipe]
        files = ["recipes/*.md"]

        [types.page]
        files = ["page.md"]
    """,
)

UNTYPED_DOCUMENT = type_rule(
    "S021",
    "untyped-document",
    Severity.ERROR,
    """Where every document is to have a type, one without is checked by nobody.

    `require-type` names the files that must have one.

    Bad:
        === answers/a4.md
        # An answer under a wrong name

    Good:
        === answers/q4.md
        # An answer

    Both:
        === mlsd-lint.toml
        require-type = ["answers/"]

        [types.answer]
        files = ["answers/q*.md"]
    """,
)

BROKEN_FRONT_MATTER = type_rule(
    "S022",
    "broken-front-matter",
    Severity.ERROR,
    """The front matter of a document can be read.

    From front matter that is no YAML or TOML nothing is read at all: the document has none of the
    values it gives, and a site generator stops at it.

    Bad:
        ---
        title: [unclosed
        ---

        # Pancakes

    Good:
        ---
        title: "[closed]"
        ---

        # Pancakes

    Both:
        === mlsd-lint.toml
        [types.recipe]
        files = ["page.md"]
    """,
)
