"""Rules for the values and entries of typed documents (S01x); `typed` finds what breaks them."""

from __future__ import annotations

from mlsd_lint.diagnostics import Severity
from mlsd_lint.registry import type_rule

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
