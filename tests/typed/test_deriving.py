from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_lint.config.types import TypeDeclaration
from mlsd_lint.config.validation import validate
from mlsd_lint.markdown import parse
from mlsd_lint.page import page
from mlsd_lint.source import Source
from mlsd_lint.typed.deriving import derive, files_of
from mlsd_lint.typed.deriving_entries import identifier
from mlsd_lint.typed.fitting import as_toml, fitted
from projects import diagnose, write_files

RECIPE = """\
---
servings: 4
rating: 4.5
tested: true
date: 2026-03-01
tags: [soup, winter]
sub-title: Warm
---
# Pumpkin soup

It warms.

## Ingredients

- 500 g pumpkin
- 2 cups water
- 1.5 tsp salt

## Step 1: Cut

Cut it.

```sh
cut pumpkin
```

## Step 2: Boil

Boil it.

```sh
boil pumpkin
```

## Nutrition

| Nutrient | Per portion | Grams |
| --- | --- | --- |
| Fat | 3.5 | 3 |
| Salt | 1 | |
"""


def derived(text: str, path: str = "page.md") -> dict:
    """The type of an example, read back from the TOML that is proposed."""
    document = parse(Source(path, text))
    proposal = derive(document, files_of(path))
    toml = as_toml("page", fitted(proposal, document, page(document, "github").anchors))
    read = tomllib.loads(toml)
    checked = validate(read, None).types["page"]
    assert isinstance(checked, TypeDeclaration)
    return read["types"]["page"]


def test_a_recipe():
    assert derived(RECIPE, "recipes/soup.md") == {
        "files": "recipes/soup.md",
        "fields": {
            "servings": {"front-matter": True, "type": "integer"},
            "rating": {"front-matter": True, "type": "number"},
            "tested": {"front-matter": True, "type": "boolean"},
            "date": {"front-matter": True, "type": "date"},
            "tags": {"front-matter": True, "repeated": True},
            "sub_title": {"front-matter": "sub-title"},
            "title": {"title": True},
            "introduction": {"text": True},
            "ingredients": {
                "section": "Ingredients",
                "entries": "{amount} {unit} {name}",
                "minimum": 1,
                "fields": {"amount": {"type": "number"}, "unit": {}, "name": {}},
            },
            "step": {
                "section": "Step {number}: {title}",
                "repeated": True,
                "fields": {
                    "number": {"type": "integer"},
                    "title": {},
                    "text": {"text": True},
                    "sh_code": {"code": "sh"},
                },
            },
            "nutrition": {
                "section": "Nutrition",
                "rows": True,
                "minimum": 1,
                "fields": {
                    "nutrient": {},
                    "per_portion": {"type": "number"},
                    "grams": {"type": "integer", "required": False},
                },
            },
        },
    }


@pytest.mark.parametrize(
    ("path", "glob", "number"),
    [
        ("answers/q27.md", "answers/q{number}.md", "27"),
        ("decisions/0012-use-postgres.md", "decisions/{number}-*.md", "0012"),
        ("a1/readme.md", "a1/readme.md", ""),
        ("notes-2026-v3.md", "notes-2026-v{number}.md", "3"),
    ],
)
def test_files(path, glob, number):
    assert files_of(path) == (glob, number)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Question 27: why pans stick", "Question {number}: {title}"),
        ("27. Why", "{number}. {title}"),
        ("[A] 27: Why", "\\[A\\] {number}: {title}"),
        ("Answer 27", True),
        ("Why 5 pans stick", True),
        ("Why pans stick", True),
    ],
)
def test_the_title_says_the_number(heading, title):
    made = derived(f"# {heading}\n\nText.\n", "q27.md")
    assert made["fields"]["title"] == {"title": title}
    assert made["fields"]["number"] == {"type": "integer"}


def entries_of(*items: str, marker: str = "- ") -> dict:
    numbered = marker == "1. "
    lines = [
        f"{index}. {item}" if numbered else marker + item for index, item in enumerate(items, 1)
    ]
    return derived("# Page\n\n## List\n\n" + "\n".join(lines) + "\n")["fields"]["list"]


BOOK = "[A](https://a.org) (Ann B and C. D, Press, 2020): good"


@pytest.mark.parametrize(
    ("items", "pattern"),
    [
        ((BOOK, BOOK), "{link} ({authors}, {source}, {year}): {about}"),
        (("[A](https://a.org) - a", "[B](https://b.org) - b"), "{link} - {about}"),
        (("[A](https://a.org) — a", "[B](https://b.org) — b"), "{link} — {about}"),
        (("[A](https://a.org): a (b)",), "{link}: {about}"),
        (("[A](https://a.org) (2019)",), "{link} ({year})"),
        (("[A](https://a.org) `Airbnb` `2016`",), "{link} `{source}` `{year}`"),
        (("[A](https://a.org)", "[B](https://b.org)"), "{link}"),
        (("**Recall**: found of all", "**Precision**: right of found"), "**{term}**: {about}"),
        (("2.5 g salt", "1 g pepper"), "{amount} {unit} {name}"),
        (("2 eggs", "1 onion"), "{amount} {name}"),
        (("(a) How?", "(b) Why?"), "({letter}) {text}"),
        (("Mix it", "Fry it: hot"), True),
        (("[A](https://a.org) is good", "[B](https://b.org) is better"), "{link} {about}"),
        (
            ("[A](https://a.org) - a", "[B](https://b.org) - b", "Nothing like it"),
            ["{link} - {about}", "{about}"],
        ),
    ],
)
def test_entries(items, pattern):
    assert entries_of(*items)["entries"] == pattern


def test_numbers_and_order():
    assert entries_of("z", "a", marker="1. ")["numbered"] is True
    assert "numbered" not in entries_of("z", "a")
    links = [f"[{name}](https://{name}.org) - {name}" for name in ("z", "b", "c", "d", "e", "a")]
    assert entries_of(*sorted(links))["sorted"] == "link.title"
    assert "sorted" not in entries_of(*links)
    assert "sorted" not in entries_of(*sorted(links)[:4])


def test_a_year_that_is_not_always_one():
    fields = entries_of(BOOK, BOOK.replace("2020", "n.d."), BOOK)
    assert fields["entries"] == [
        "{link} ({authors}, {source}, {year}): {about}",
        "{link} ({remark}): {about}",
    ]
    assert fields["fields"]["year"] == {"type": "integer", "required": False}


def test_a_catalogue_is_sections_of_one_kind():
    kinds = "".join(f"## Kind {name}\n\n- [A](https://a.org) - a\n\n" for name in "qwertyuiop")
    assert derived(f"# List\n\n{kinds}")["fields"]["sections"] == {
        "section": "{title}",
        "repeated": True,
        "fields": {
            "title": {},
            "entries": {
                "entries": "{link} - {about}",
                "minimum": 1,
                "fields": {"link": {"type": "link"}, "about": {}},
            },
        },
    }


def test_what_no_pattern_can_say_is_let_pass():
    made = derived("# Page\n\n## A [link](https://a.org)\n\nText.\n\n## Plain\n\nText.\n")
    assert made["other-sections"] == "allow"
    assert [one.get("section") for one in made["fields"].values()] == [None, "Plain"]


@given(st.text(max_size=20), st.lists(st.text(max_size=5)))
def test_a_name_is_one_and_new(words, taken):
    name = identifier(words, taken)
    assert name.isidentifier()
    assert name not in taken


LINES = st.sampled_from(
    [
        "# Title", "# Other title", "## Part", "## Part", "## Step 1: a", "## Step 2: b", "### In it",
        "## 3. c", "## Chapter 4", "## [x] {y}", "## [l](https://a.org)", "#", "## json", "**Bold**",
        "*Resources*", "Text.", "- a", "- [A](https://a.org) - a", "1. b", "2. c", "- 2 g salt", "> quote",
        "| A | B |\n| --- | --- |\n| 1 | x |", "| A | A |\n| --- | --- |", "```sh\nls\n```", "```\nx\n```",
        "<div>", "![i](i.png)", "- ```sh\n  ls\n  ```", "-", "[a]: https://a.org", "***", "Part\n====",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(LINES, max_size=12))
def test_every_example_is_of_its_type(blocks):
    text = "\n\n".join(blocks) + "\n"
    document = parse(Source("p7.md", text))
    anchors = page(document, "github").anchors
    made = fitted(derive(document, files_of("p7.md")), document, anchors)
    toml = as_toml("p", made)
    read = tomllib.loads(toml)["types"]["p"]
    assert read == {"fields": read.get("fields", {}), **made}
    assert list(read.get("fields", {})) == list(made["fields"])
    assert fitted(made, document, anchors) == made
    validate(tomllib.loads(toml), None)


def test_the_command_checks_it_the_same(tmp_path):
    write_files(tmp_path, {"recipes/soup.md": RECIPE})
    document = parse(Source("recipes/soup.md", RECIPE))
    made = derive(document, files_of("recipes/soup.md"))
    write_files(tmp_path, {"mlsd-lint.toml": as_toml("recipe", made)})
    assert diagnose(tmp_path, "S") == []
    wrong = RECIPE.replace("500 g pumpkin", "much pumpkin").replace("## Step 2: Boil", "## Boil")
    write_files(tmp_path, {"recipes/soup.md": wrong})
    assert {one.code for one in diagnose(tmp_path, "S")} >= {"S002"}
    assert len(diagnose(tmp_path, "S")) >= 2
