"""Books of other kinds, each described in TOML and in Python, with the same findings."""

from __future__ import annotations

import pytest

from typed_books import found

RECIPE = """\
[types.recipe]
files = "recipes/*.md"

[types.recipe.fields]
title = { title = true }
serves = { front-matter = true, type = "integer", minimum = 1 }

[types.recipe.fields.ingredients]
section = "Ingredients"
entries = ["{amount} {unit} {name}[, {how}]"]
minimum = 2
unique = "name"

[types.recipe.fields.ingredients.fields]
amount = { type = "number" }
unit = { choices = ["g", "ml", "piece"] }
name = {}
how = { required = false }

[types.recipe.fields.steps]
section = "Steps"
entries = true
numbered = true
minimum = 1
"""
RECIPE_IN_PYTHON = """\
from typing import Annotated, Literal

from pydantic import Field

from mlsd_lint.typed import Entries, FrontMatter, Part, Section, Title, TypedDocument


class Ingredient(Part):
    amount: float
    unit: Literal["g", "ml", "piece"]
    name: str
    how: str | None = None


class Recipe(TypedDocument):
    title: Annotated[str, Title()]
    serves: Annotated[int, FrontMatter()] = Field(ge=1)
    ingredients: Annotated[
        list[Ingredient],
        Section("Ingredients"),
        Entries("{amount} {unit} {name}[, {how}]", unique="name"),
    ] = Field(min_length=2)
    steps: Annotated[list[str], Section("Steps"), Entries(numbered=True)] = Field(min_length=1)
"""
GOOD_RECIPE = """\
---
serves: 4
---

# Plum Pie

## Ingredients

- 500 g plums, halved
- 1.5 ml vanilla
- 2 piece egg

## Steps

1. Mix.
2. Bake.
"""
RECIPE_MISTAKES = {
    ("serves: 4", "serves: none"): "2:9 S011",
    ("serves: 4", "serves: 0"): "2:9 S011",
    ("# Plum Pie", "Plum Pie"): "S010",
    ("500 g", "some g"): "9:3 S011",
    ("1.5 ml", "1.5 cups"): "10:7 S011",
    ("- 2 piece egg", "- eggs"): "11:",
    ("2 piece egg", "2 piece plums"): "11:11 S016",
    ("## Ingredients", "## Ingredient"): "7:4 S002",
    ("## Steps", "## Steps\n\n1. Wash.\n\n## Steps"): "S004",
    ("2. Bake.", "3. Bake."): "16:1 S014",
    ("1. Mix.\n2. Bake.\n", ""): "13:4 S005",
    ("- 1.5 ml vanilla\n- 2 piece egg\n", ""): "S013",
}

DECISION = """\
[types.decision]
files = "decisions/{number}-*.md"

[types.decision.fields]
number = { type = "integer" }
title = { title = "{number}. {title}" }
status = { paragraph = "Status: {status}", choices = ["proposed", "accepted", "superseded"] }
date = { paragraph = "Date: {date}", type = "date" }
context = { section = "Context" }
decision = { section = "Decision" }

[types.decision.fields.supersedes]
paragraph = "Supersedes: {supersedes}"
type = "integer"
required = false
refers-to = "decision.number"
"""
DECISION_IN_PYTHON = """\
import datetime
from typing import Annotated, Literal

from mlsd_lint.typed import Paragraph, Refers, Section, Title, TypedDocument


class Decision(TypedDocument):
    number: int
    title: Annotated[str, Title("{number}. {title}")]
    status: Annotated[
        Literal["proposed", "accepted", "superseded"], Paragraph("Status: {status}")
    ]
    date: Annotated[datetime.date, Paragraph("Date: {date}")]
    context: Annotated[str, Section("Context")]
    decision: Annotated[str, Section("Decision")]
    supersedes: Annotated[
        int | None, Paragraph("Supersedes: {supersedes}"), Refers("decision.number")
    ] = None
"""
GOOD_DECISION = """\
# 2. Use files

Status: accepted

Date: 2026-03-01

Supersedes: 1

## Context

Much.

## Decision

We do.
"""
FIRST_DECISION = GOOD_DECISION.replace("2. Use", "1. Use").replace("Supersedes: 1\n\n", "")
DECISION_MISTAKES = {
    ("# 2. Use", "# 3. Use"): "1:3 S017",
    ("# 2. Use files", "# Use files"): "1:3 S01",
    ("accepted", "agreed"): "3:9 S011",
    ("Status: accepted\n\n", ""): "S010",
    ("2026-03-01", "1 March 2026"): "5:7 S011",
    ("2026-03-01", "2026-13-01"): "5:7 S011",
    ("Supersedes: 1", "Supersedes: 9"): "7:13 X001",
    ("Supersedes: 1", "Supersedes: one"): "7:13 S011",
    ("## Context\n\nMuch.\n\n", ""): "S001",
    ("Much.\n", ""): "9:4 S005",
    ("## Decision", "## Consequences"): "13:4 S002",
}

RUNBOOK = """\
[types.runbook]
files = "runbooks/*.md"

[types.runbook.fields]
title = { title = true }

[types.runbook.fields.steps]
section = "Step {number}: {title}"
repeated = true
minimum = 1

[types.runbook.fields.steps.fields]
number = { type = "integer" }
title = {}
command = { code = "sh" }
rollback = { section = "Rollback" }
"""
RUNBOOK_IN_PYTHON = """\
from typing import Annotated

from pydantic import Field

from mlsd_lint.typed import Code, Part, Section, Title, TypedDocument


class Step(Part):
    number: int
    title: str
    command: Annotated[str, Code("sh")]
    rollback: Annotated[str, Section("Rollback")]


class Runbook(TypedDocument):
    title: Annotated[str, Title()]
    steps: Annotated[list[Step], Section("Step {number}: {title}")] = Field(min_length=1)
"""
GOOD_RUNBOOK = """\
# Restart

## Step 1: Stop

```sh
stop
```

### Rollback

Start it.

## Step 2: Start

```sh
start
```

**Rollback**

Stop it.
"""
RUNBOOK_MISTAKES = {
    ("## Step 2: Start", "## Step two: Start"): "13:",
    ("## Step 2: Start", "## Start"): "13:4 S002",
    ("### Rollback\n\nStart it.\n\n", ""): "3:4 S001",
    ("**Rollback**\n\nStop it.\n", ""): "13:4 S001",
    ("**Rollback**", "**Rolback**"): "S001",
    ("### Rollback", "### Rolback"): "9:5 S002",
    ("```sh\nstop", "```python\nstop"): "3:4 S010",
    ("Start it.\n", ""): "9:5 S005",
    ("Stop it.\n", ""): "19:1 S005",
    ("# Restart\n", ""): "S010",
    ("```sh\nstart\n```\n", ""): "13:4 S010",
}
BOOKS = {
    "recipe": (RECIPE, RECIPE_IN_PYTHON, "recipes/pie.md", GOOD_RECIPE, RECIPE_MISTAKES, {}),
    "decision": (
        *(DECISION, DECISION_IN_PYTHON, "decisions/0002-files.md", GOOD_DECISION),
        *(DECISION_MISTAKES, {"decisions/0001-none.md": FIRST_DECISION}),
    ),
    "runbook": (RUNBOOK, RUNBOOK_IN_PYTHON, "runbooks/a.md", GOOD_RUNBOOK, RUNBOOK_MISTAKES, {}),
}
CASES = [(book, old, new) for book in BOOKS for old, new in BOOKS[book][4]]


def both_ways(tmp_path, book, page):
    """What is found in a page by the type in TOML; that in Python finds the same."""
    toml, python, path, _, _, others = BOOKS[book]
    files = {path: page, **others}
    in_toml = found(tmp_path / "toml", {"mlsd-lint.toml": toml, **files})
    head = "\n".join(toml.splitlines()[:2])
    declared = f'{head}\nmodel = "{book}_book.models:{book.capitalize()}"\n'
    package = {f"{book}_book/__init__.py": "", f"{book}_book/models.py": python}
    in_python = found(tmp_path / "python", {"mlsd-lint.toml": declared, **package, **files})
    assert in_toml == in_python
    return in_toml


@pytest.mark.parametrize("book", BOOKS)
def test_a_good_document_has_no_findings(tmp_path, book):
    assert both_ways(tmp_path, book, BOOKS[book][3]) == ""


@pytest.mark.parametrize(("book", "old", "new"), CASES)
def test_a_mistake(tmp_path, book, old, new):
    path, good = BOOKS[book][2:4]
    assert old in good
    said = both_ways(tmp_path, book, good.replace(old, new, 1))
    assert BOOKS[book][4][old, new] in said
    assert said.startswith(path)
    assert len(set(said.splitlines())) == len(said.splitlines())
