"""Rules for the sections of typed documents (S00x); `typed` finds what breaks them."""

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
