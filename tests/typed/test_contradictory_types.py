"""Types that contradict themselves: refused with the place in the configuration and what to change."""

from __future__ import annotations

import pytest

from typed_books import check, found, refused

RECIPE = '\n[types.recipe]\nfiles = "recipes/*.md"\nfields = { title = { title = true } }\n'
IN_TOML = {
    'a = { section = "Notes" }\nb = { section = "Notes" }': (
        "5: types.t.fields.b: 'a' and 'b' are both the section 'Notes'"
    ),
    'a = { refers-to = "recipee" }': (
        "4: types.t.fields.a: it refers to the type 'recipee', which does not exist; "
        "did you mean 'recipe'?"
    ),
    'a = { refers-to = "recipe.titel" }': (
        "4: types.t.fields.a: it refers to 'recipe.titel', but there is no field 'titel'; "
        "did you mean 'title'?"
    ),
    'a = { refers-to = "recipe.title", same = { b = "title" } }': (
        "4: types.t.fields.a: same: there is no field 'b' beside it"
    ),
    'a = { refers-to = "recipe.title", same = { a = "text" } }': (
        "4: types.t.fields.a: same: there is no field 'text' beside recipe.title"
    ),
    'a = { title = "Step {number" }': (
        "4: types.t.fields.a: the pattern 'Step {number' cannot be read: "
        "an unpaired brace at column 6; write '\\{'"
    ),
    'a = { entries = ["{x}", "({x} [{y}"], fields = { x = {} } }': (
        "4: types.t.fields.a: the pattern '({x} [{y}' cannot be read: "
        "'[' without ']' at column 6; write '\\[' for the sign"
    ),
    'a = { entries = "{x}{y}", fields = { x = {}, y = {} } }': (
        "4: types.t.fields.a: in the pattern '{x}{y}' nothing parts {x} from {y}"
    ),
    'a = { entries = "{x}[ - ]{y}", fields = { x = {}, y = {} } }': (
        "4: types.t.fields.a: in the pattern '{x}[ - ]{y}' nothing parts {x} from {y}"
    ),
    'a = { entries = "[{x}]", fields = { x = {} } }': (
        "4: types.t.fields.a: the pattern '[{x}]' cannot be read: it would match the empty text"
    ),
    'a = { entries = "{x} by {z}", fields = { x = {} } }': (
        "4: types.t.fields.a: the pattern '{x} by {z}' names {z}, which no field of A takes"
    ),
    'a = { entries = "{x}", fields = { x = {}, y = {} } }': (
        "4: types.t.fields.a: every entry must have 'y', but no pattern has {y}"
    ),
    'a = { entries = "{x}", sorted = "nmae", fields = { x = {}, name = { required = false } } }': (
        "4: types.t.fields.a: entries are sorted by 'nmae', but they have no such field; "
        "did you mean 'name'?"
    ),
    'a = { entries = "{x}", unique = "y", fields = { x = {} } }': (
        "4: types.t.fields.a: entries are unique by 'y', but they have no such field"
    ),
    "a = { title = true, numbered = true }": (
        "4: types.t.fields.a: numbered is about entries, and this field has none"
    ),
    'a = { title = "Step {number}: {a}" }': (
        "4: types.t.fields.a: the pattern 'Step {number}: {a}' names {number}, "
        "which no field of T takes"
    ),
    'a = { section = "First\\n\\nSecond" }': (
        "4: types.t.fields.a: the pattern 'First\\n\\nSecond' has an empty line, "
        "and a heading never has one"
    ),
    'a = { paragraph = "{a}\\n\\nSecond" }': (
        "4: types.t.fields.a: the pattern '{a}\\n\\nSecond' has an empty line, "
        "and a paragraph never has one"
    ),
    'a = { title = true, pattern = "(" }': (
        "4: types.t.fields.a: the regular expression '(' cannot be read: "
        "missing ), unterminated subpattern at position 0"
    ),
    'a = { title = true, pattern = "(?=a)" }': (
        "4: types.t.fields.a: the regular expression '(?=a)' cannot be read: "
        "look-around, including look-ahead and look-behind, is not supported"
    ),
    'a = { matches = "(" }': (
        "4: types.t.fields.a: the expression '(' cannot be read: "
        "missing ), unterminated subpattern at position 0"
    ),
    "a = { title = true, text = true }": (
        "4: types.t.fields.a: a field has one place, and this one has title and text"
    ),
    "a = { title = true, minimum = 3 }": (
        "4: types.t.fields.a: minimum and maximum count values or bound a number; this is one text"
    ),
    '"a-b" = { title = true }': (
        "4: types.t.fields.a-b: 'a-b' is no name of a field: "
        "use letters, digits and _, a letter first"
    ),
    'a = { section = "Steps" }\n[types.t.fields.b.fields.c]\nsection = "{d}"': (
        "5: types.t.fields.b.fields.c: the pattern '{d}' names {d}, which no field of B takes"
    ),
}


@pytest.mark.parametrize("fields", IN_TOML)
def test_a_type_in_toml(tmp_path, fields):
    types = f'[types.t]\nfiles = "*.md"\n[types.t.fields]\n{fields}\n{RECIPE}'
    said = refused(tmp_path, {"mlsd-lint.toml": types, "a.md": "# A\n"})
    assert said == f"mlsd-lint.toml:{IN_TOML[fields]}"


FILES = {
    "a{}.md": "{} in 'a{}.md' is no name",
    "a{2n}.md": "{2n} in 'a{2n}.md' is no name",
    "a{n}{n}.md": "the name {n} stands in 'a{n}{n}.md' twice",
    "{slug}.md": "{slug} is a part of the file's name that no field takes; write *",
}


@pytest.mark.parametrize("glob", FILES)
def test_captures_of_file_names(tmp_path, glob):
    types = f'[types.t]\nfiles = "{glob}"\nfields = {{ a = {{ title = true }} }}\n'
    said = refused(tmp_path, {"mlsd-lint.toml": types, "a.md": "# A\n"})
    assert "mlsd-lint.toml:2: types.t.files: " in said
    assert FILES[glob] in said


HEAD = "from typing import Annotated\nfrom mlsd_lint.typed import *\n"
IN_PYTHON = {
    ("nowhere.models:Recipe", ""): (
        "the module 'nowhere.models' cannot be imported: "
        "ModuleNotFoundError: No module named 'nowhere'"
    ),
    ("book_models", ""): "'book_models' is no import path; write my_book.models:Recipe",
    ("book_models:Recipe", "1 / 0\n"): (
        "the module 'book_models' cannot be imported: ZeroDivisionError: division by zero"
    ),
    ("book_models:Recipe", "class (\n"): (
        "the module 'book_models' cannot be imported: "
        "SyntaxError: invalid syntax (book_models.py, line 1)"
    ),
    ("book_models:Recipe", "raise SystemExit(0)\n"): (
        "the module 'book_models' cannot be imported: SystemExit: 0"
    ),
    ("book_models:Recip", HEAD + "class Recipe(TypedDocument): pass\n"): (
        "the module 'book_models' has no 'Recip'; did you mean 'Recipe'?"
    ),
    ("book_models:Recipe", "class Recipe: pass\n"): (
        "'book_models:Recipe' is no model: it has to be a TypedDocument"
    ),
    ("book_models:Recipe", HEAD + "class Recipe(Part): pass\n"): (
        "'book_models:Recipe' is no model: it has to be a TypedDocument"
    ),
    (
        "book_models:Recipe",
        HEAD + 'class Recipe(TypedDocument):\n    a: Annotated[str, Section("{x")]\n',
    ): "a: the pattern '{x' cannot be read: an unpaired brace at column 1; write '\\{'",
    (
        "book_models:Recipe",
        HEAD
        + 'class Recipe(TypedDocument):\n    a: Annotated[str, Section("X")]\n'
        + '    b: Annotated[str, Section("X")]\n',
    ): "b: 'a' and 'b' are both the section 'X'",
}


@pytest.mark.parametrize(("path", "module"), IN_PYTHON)
def test_a_type_in_python(tmp_path, path, module):
    types = f'[types.t]\nfiles = "*.md"\nmodel = "{path}"\n'
    said = refused(tmp_path, {"mlsd-lint.toml": types, "a.md": "# A\n", "book_models.py": module})
    assert said == f"mlsd-lint.toml:3: types.t.model: {IN_PYTHON[path, module]}"


def test_a_model_and_fields(tmp_path):
    types = '[types.t]\nfiles = "*.md"\nmodel = "a:B"\nfields = { a = { title = true } }\n'
    said = refused(tmp_path, {"mlsd-lint.toml": types, "a.md": "# A\n"})
    assert said == "mlsd-lint.toml:3: types.t.model: a type has a model or fields, not both"


TWO = """\
[types.recipe]
files = "recipes/*.md"
fields = { title = { title = true } }

[types.cake]
files = "recipes/*-cake.md"
fields = { title = { title = "{title} Cake" } }
"""


def test_a_document_of_two_types(tmp_path):
    files = {"mlsd-lint.toml": TWO, "recipes/plum-cake.md": "# Plum Pie\n"}
    said = 'recipes/plum-cake.md:1:3 S020 recipes/plum-cake.md is a document of two types, "recipe" and "cake"\n'
    assert found(tmp_path, files) == said


def test_the_front_matter_decides_between_two_types(tmp_path):
    page = "---\ndocument-type: cake\n---\n\n# Plum Pie\n"
    files = {"mlsd-lint.toml": TWO, "recipes/plum-cake.md": page}
    said = 'recipes/plum-cake.md:5:8 S012 expected "Cake" here, found "Pie"\n'
    assert found(tmp_path, files) == said


def test_the_front_matter_gives_a_type_to_a_file_of_none(tmp_path):
    page = "---\ndocument-type: cake\n---\n\n# Plum Pie\n"
    said = 'plums.md:5:8 S012 expected "Cake" here, found "Pie"\n'
    assert found(tmp_path, {"mlsd-lint.toml": TWO, "plums.md": page}) == said


def test_the_front_matter_names_a_type_that_does_not_exist(tmp_path):
    page = "---\ndocument-type: recipes\n---\n\n# Plum Pie\n"
    done = check(tmp_path, {"mlsd-lint.toml": TWO, "a.md": page}, "--output-format", "full")
    assert 'there is no document type "recipes"\n --> a.md:2:16\n' in done.stdout
    assert 'Did you mean "recipe"?' in done.stdout


def test_no_type_where_one_is_required(tmp_path):
    files = {"mlsd-lint.toml": 'require-type = ["*.md"]\n' + TWO, "a.md": "# A\n"}
    files["recipes/b.md"] = "# B\n"
    assert found(tmp_path, files) == "a.md:1:3 S021 a.md has no document type\n"
