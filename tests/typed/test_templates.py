from __future__ import annotations

import json

import pytest

from mlsd_lint.config.toml_text import toml_value
from mlsd_lint.errors import UsageError
from mlsd_lint.typed.beginnings import path_of
from mlsd_lint.typed.templates import Beginnings, template
from mlsd_lint.typed.types import load_types
from projects import diagnose, write_files


def type_of(fields, files="page.md", **more):
    declared = {"files": files, "fields": fields, **more}
    return load_types(json.dumps([{"page": declared}, [], ".", "", "", {}, {}])).types["page"]


def written(tmp_path, fields, **known) -> str:
    """The template of a type, of which check says nothing but what is to be filled in."""
    text = template(type_of(fields), Beginnings("page.md", **known))
    toml = f'[types.page]\nfiles = "page.md"\nfields = {toml_value(fields)}\n'
    write_files(tmp_path, {"page.md": text, "mlsd-lint.toml": toml})
    assert {one.code for one in diagnose(tmp_path, "S")} <= {"S006"}
    return text


TITLE = {"title": {"title": True}}


def test_sections_in_order_with_what_they_are_for(tmp_path):
    fields = {
        **TITLE,
        "why": {"section": "Why", "description": "Say what it is for."},
        "how": {"section": "How", "required": False},
    }
    assert written(tmp_path, fields) == (
        "# FILL IN\n\n## Why\n\nFILL IN: Say what it is for.\n\n## How\n\nFILL IN\n"
    )


def test_front_matter(tmp_path):
    fields = {
        **TITLE,
        "status": {"front-matter": True, "choices": ["draft", "done"], "description": "How far."},
        "on": {"front-matter": "made-on", "type": "date"},
        "tags": {"front-matter": True, "repeated": True},
        "portions": {"type": "integer", "minimum": 2},
    }
    assert written(tmp_path, fields).startswith(
        '---\nstatus: "draft"  # FILL IN: How far.\nmade-on: 2000-01-01  # FILL IN: on.\n'
        'tags: ["FILL IN tags"]  # FILL IN: tags.\nportions: 2  # FILL IN: portions.\n---\n\n# FILL IN\n'
    )


@pytest.mark.parametrize(
    ("entries", "parts", "line"),
    [
        ("{name}: {about}", {"name": {}, "about": {}}, "- FILL IN name: FILL IN about"),
        ("{n} g {name}", {"n": {"type": "number"}, "name": {}}, "- 1 g FILL IN name"),
        ("{year}[, {by}]", {"year": {"type": "integer"}, "by": {}}, "- 2000, FILL IN by"),
        ("({letter}) {text}", {"letter": {"pattern": "^[a-z]$"}, "text": {}}, "- (a) FILL IN text"),
        ("{link}", {"link": {"type": "link"}}, "- [FILL IN](https://example.org/1)"),
        ("`{flag}`", {"flag": {}}, "- `FILL IN flag`"),
    ],
)
def test_an_entry_has_the_form_of_its_pattern(tmp_path, entries, parts, line):
    parts = {name: one | {"required": name != "by"} for name, one in parts.items()}
    fields = {**TITLE, "list": {"section": "List", "entries": entries, "fields": parts}}
    assert written(tmp_path, fields).endswith(f"## List\n\n{line}\n")


def test_as_many_entries_as_there_must_be(tmp_path):
    entries = {"entries": True, "minimum": 3, "numbered": True}
    text = written(tmp_path, {**TITLE, "steps": {"section": "Steps", **entries}})
    assert text.endswith("1. FILL IN\n2. FILL IN\n3. FILL IN\n")


def test_entries_of_several_forms_and_two_paragraphs(tmp_path):
    entries = {
        "section": "List",
        "entries": ["{link}\n\n{about}", "{about}"],
        "fields": {"link": {"type": "link", "required": False}, "about": {}},
        "numbered": True,
    }
    assert written(tmp_path, {**TITLE, "list": entries}).endswith(
        "1. [FILL IN](https://example.org/1)\n\n   FILL IN about\n\n2. FILL IN about\n"
    )


def test_a_text_that_is_copied_stands_as_it_is(tmp_path):
    fields = {
        **TITLE,
        "question": {
            "section": "Question",
            "fields": {
                "text": {"paragraph": True},
                "parts": {"entries": True, "required": False},
            },
        },
    }
    copied = {("question", "text"): "Why?", ("question", "parts"): "one\n- two"}
    assert written(tmp_path, fields, copied=copied).endswith("\n\nWhy?\n\n- one\n- two\n")
    copied[("question", "parts")] = ""
    assert written(tmp_path, fields, copied=copied).endswith("\n\nWhy?\n")


def test_code_and_links_to_what_there_is(tmp_path):
    write_files(tmp_path, {"docs/a.md": "# A\n", "docs/b.md": "# B\n"})
    fields = {
        **TITLE,
        "run": {"section": "Run", "code": "sh"},
        "see": {
            "section": "See",
            "links": "docs/*.md",
            "repeated": True,
            "type": "link",
            "minimum": 2,
        },
    }
    text = written(tmp_path, fields, files=["docs/a.md", "docs/b.md"])
    assert "```sh\nFILL IN\n```" in text
    assert text.endswith("- [FILL IN](docs/a.md)\n- [FILL IN](docs/b.md)\n")


def test_a_model_that_holds_itself_ends():
    from mlsd_lint.models.chapter import Chapter
    from mlsd_lint.typed.shapes import shape_of
    from mlsd_lint.typed.types import Type

    text = template(Type("chapter", ("c.md",), shape_of(Chapter)), Beginnings("c.md"))
    assert text.count("\n## ") == 2


@pytest.mark.parametrize(
    ("files", "name", "path"),
    [
        ("answers/q{number}.md", "28", "answers/q28.md"),
        ("answers/q{number}.md", "answers/q28.md", "answers/q28.md"),
        ("{year}/{number}.md", "2026/3", "2026/3.md"),
        ("recipes/*.md", "soup", "recipes/soup.md"),
        ("/recipes/", "soup", "recipes/soup.md"),
        ("recipes/**", "soup.md", "recipes/soup.md"),
        ("**/notes/*.md", "a", "notes/a.md"),
        ("content/toc.md", "toc", "content/toc.md"),
    ],
)
def test_the_path_of_a_name(files, name, path):
    parts = {name: {"type": "integer"} for name in ("number", "year") if f"{{{name}}}" in files}
    assert path_of(type_of({**TITLE, **parts}, files), name) == path


@pytest.mark.parametrize("name", ["1/2", "../1", "", "a/../1"])
def test_a_name_that_no_document_can_have(name):
    made = type_of({**TITLE, "number": {}}, "answers/q{number}.md")
    with pytest.raises(UsageError, match=r"answers/q\{number\}\.md"):
        path_of(made, name)
