"""What a document of a type can have wrong: its sections, its values, its entries (S).

The findings are made by `typed`, while it reads a document as its type says.
"""

from __future__ import annotations

from mlsd_lint.diagnostics import Severity
from mlsd_lint.registry import type_rule

MISSING_SECTION = type_rule(
    "S001",
    "missing-section",
    Severity.ERROR,
    """A document has the sections that its type asks for.

    A reader who knows one document of a type knows where to look in all of them. If a section
    stands there under a name that is nearly right, that heading is reported instead (S002).

    Bad:
        # Pancakes

        ## Ingredients

        Flour, milk and eggs.

    Good:
        # Pancakes

        ## Ingredients

        Flour, milk and eggs.

        ## Steps

        Mix and fry.

    Both:
        === mlsd-lint.toml
        [types.recipe]
        files = ["page.md"]

        [types.recipe.fields]
        ingredients = { section = "Ingredients" }
        steps = { section = "Steps" }
    """,
)

UNKNOWN_SECTION = type_rule(
    "S002",
    "unknown-section",
    Severity.ERROR,
    """A document has no sections that its type does not know.

    A section under a misspelt heading is not found by anything that looks for it, and what stands
    under it is checked by nothing. `other-sections = "allow"` permits further sections.

    Bad:
        # Pancakes

        ## Ingredient

        Flour, milk and eggs.

    Good:
        # Pancakes

        ## Ingredients

        Flour, milk and eggs.

    Both:
        === mlsd-lint.toml
        [types.recipe]
        files = ["page.md"]

        [types.recipe.fields]
        ingredients = { section = "Ingredients" }
    """,
)

MISPLACED_SECTION = type_rule(
    "S003",
    "misplaced-section",
    Severity.ERROR,
    """The sections of a document stand in the order of its type.

    The fewest sections that would have to move are reported.

    Bad:
        # Pancakes

        ## Steps

        Mix and fry.

        ## Ingredients

        Flour, milk and eggs.

    Good:
        # Pancakes

        ## Ingredients

        Flour, milk and eggs.

        ## Steps

        Mix and fry.

    Both:
        === mlsd-lint.toml
        [types.recipe]
        files = ["page.md"]

        [types.recipe.fields]
        ingredients = { section = "Ingredients" }
        steps = { section = "Steps" }
    """,
)

REPEATED_SECTION = type_rule(
    "S004",
    "repeated-section",
    Severity.ERROR,
    """A section that its type has once stands in a document once.

    Of two sections with one heading only the first is read.

    Bad:
        # Pancakes

        ## Steps

        Mix.

        ## Steps

        Fry.

    Good:
        # Pancakes

        ## Steps

        Mix and fry.

    Both:
        === mlsd-lint.toml
        [types.recipe]
        files = ["page.md"]

        [types.recipe.fields]
        steps = { section = "Steps" }
    """,
)

EMPTY_SECTION = type_rule(
    "S005",
    "empty-section",
    Severity.ERROR,
    """A section that a type asks for says something.

    A heading with nothing under it is a promise that the page does not keep. Further headings, a
    comment and a line across say nothing.

    Bad:
        # Pancakes

        ## Steps

    Good:
        # Pancakes

        ## Steps

        Mix and fry.

    Both:
        === mlsd-lint.toml
        [types.recipe]
        files = ["page.md"]

        [types.recipe.fields]
        steps = { section = "Steps" }
    """,
)

PLACEHOLDER_TEXT = type_rule(
    "S006",
    "placeholder-text",
    Severity.ERROR,
    """A document of a type says what it has to say, not that somebody will.

    Reported are words that only stand in for a text: `TODO`, `TBD`, `FIXME`, `lorem ipsum`,
    "coming soon", and what a template says is to be filled in. Code is not looked at.

    Bad:
        # Pancakes

        ## Steps

        TODO: ask grandmother.

    Good:
        # Pancakes

        ## Steps

        Mix and fry.

    Both:
        === mlsd-lint.toml
        [types.recipe]
        files = ["page.md"]

        [types.recipe.fields]
        steps = { section = "Steps" }
    """,
)

MISSING_VALUE = type_rule(
    "S010",
    "missing-value",
    Severity.ERROR,
    """A document, a section or an entry has every value that its type requires.

    What is missing is reported at what it is missing from.

    Bad:
        # Books

        - [Dune](https://example.com/dune)

    Good:
        # Books

        - [Dune](https://example.com/dune) (Frank Herbert)

    Both:
        === mlsd-lint.toml
        [types.books]
        files = ["page.md"]

        [types.books.fields.books]
        entries = "{link} ({author})"

        [types.books.fields.books.fields]
        link = { type = "link" }
        author = {}
    """,
)

WRONG_VALUE = type_rule(
    "S011",
    "wrong-value",
    Severity.ERROR,
    """A value is what its type says: a number, a year, a date, one of a few words.

    Whatever reads the value later (a table, a search, a sorted list) would stumble over it. What
    only a model in Python can check is explained by the model.

    Bad:
        # Books

        - Dune, 19x5

    Good:
        # Books

        - Dune, 1965

    Both:
        === mlsd-lint.toml
        [types.books]
        files = ["page.md"]

        [types.books.fields.books]
        entries = "{title}, {year}"

        [types.books.fields.books.fields]
        title = {}
        year = { type = "integer" }
    """,
)

UNREADABLE_ENTRY = type_rule(
    "S012",
    "unreadable-entry",
    Severity.ERROR,
    """An entry, a heading or a paragraph has one of the forms that its type accepts.

    Reported is the place up to which the nearest form fits, with what that form wants there.

    Bad:
        # Books

        - Dune (Frank Herbert) 1965

    Good:
        # Books

        - Dune (Frank Herbert, 1965)

    Both:
        === mlsd-lint.toml
        [types.books]
        files = ["page.md"]

        [types.books.fields.books]
        entries = "{title} ({author}, {year})"

        [types.books.fields.books.fields]
        title = {}
        author = {}
        year = { type = "integer" }
    """,
)

WRONG_COUNT = type_rule(
    "S013",
    "wrong-count",
    Severity.ERROR,
    """There are as many entries, diagrams, links or words as a type asks for.

    A list with one step, or an answer of forty words, is usually one that was never finished.

    Bad:
        # Pancakes

        ## Steps

        1. Fry.

    Good:
        # Pancakes

        ## Steps

        1. Mix.
        2. Fry.

    Both:
        === mlsd-lint.toml
        [types.recipe]
        files = ["page.md"]

        [types.recipe.fields]
        steps = { section = "Steps", entries = "{text}", minimum = 2 }
    """,
)

ENTRY_NUMBERING = type_rule(
    "S014",
    "entry-numbering",
    Severity.ERROR,
    """Numbered entries count from 1 without a gap, through all lists of their section.

    Others refer to them by number.

    Bad:
        # Questions

        1. Why?

        Some words between.

        3. How?

    Good:
        # Questions

        1. Why?

        Some words between.

        2. How?

    Both:
        === mlsd-lint.toml
        [types.questions]
        files = ["page.md"]

        [types.questions.fields]
        questions = { entries = "{text}", numbered = true }
    """,
    fixable=True,
)

ENTRY_ORDER = type_rule(
    "S015",
    "entry-order",
    Severity.WARNING,
    """The entries of a list that is sorted are in alphabetical order.

    Case, punctuation and accents count only between names that are otherwise equal; `locale`
    names the language whose alphabet is meant. The fewest entries that have to move are reported.

    Bad:
        # Tools

        - beta
        - Alpha
        - gamma

    Good:
        # Tools

        - Alpha
        - beta
        - gamma

    Both:
        === mlsd-lint.toml
        [types.tools]
        files = ["page.md"]

        [types.tools.fields]
        tools = { entries = "{name}", sorted = true }
    """,
    fixable=True,
)

REPEATED_ENTRY = type_rule(
    "S016",
    "repeated-entry",
    Severity.ERROR,
    """A value that names an entry names one only.

    Whoever looks the name up finds the first entry and never learns of the second. Case, accents
    and hyphens make no difference.

    Bad:
        # Glossary

        - drift: the data change
        - drift: the world changes

    Good:
        # Glossary

        - data drift: the data change
        - concept drift: the world changes

    Both:
        === mlsd-lint.toml
        [types.glossary]
        files = ["page.md"]

        [types.glossary.fields.terms]
        entries = "{term}: {meaning}"
        unique = "term"

        [types.glossary.fields.terms.fields]
        term = {}
        meaning = {}
    """,
)

CONTRADICTION = type_rule(
    "S017",
    "contradicting-values",
    Severity.ERROR,
    """What a document says twice it says alike: in its file's name, title and front matter.

    The front matter may overrule the name of the file; the title may not differ from what holds.

    Bad:
        === q4.md
        # Question 3: fraud

    Good:
        === q4.md
        # Question 4: fraud

    Both:
        === mlsd-lint.toml
        [types.answer]
        files = ["q{number}.md"]

        [types.answer.fields]
        number = { type = "integer" }
        topic = { title = "Question {number}: {topic}" }
    """,
)

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
