from __future__ import annotations

import json
import tomllib

import jsonschema
import pytest

from conftest import ROOT
from mlsd_lint.commands import schema
from mlsd_lint.config.schema import configuration_schema

CONFIGURATION = """\
[types.recipe]
files = "recipes/*.md"
description = "How to cook something."

[types.recipe.fields]
title = { title = true, description = "What it is called." }
weight = { front-matter = true, type = "number" }
ingredients.section = "Ingredients"
ingredients.entries = "{amount}g {name}"
ingredients.fields = { amount = { type = "integer" }, name = {} }
"""
NAMES = {
    "configuration.schema.json",
    "report.schema.json",
    "extract.schema.json",
    "types/recipe.schema.json",
}

# Some findings have a place beside their own, some have a fix.
PAGE = """\
# Bread #

A [ padded link ](https://example.com/).
See <https://example.com/a> and <https://example.com/a>.
[missing](nowhere.md)

### Too deep

[a]: https://example.com/1
[a]: https://example.com/2
"""


def read(folder, name):
    return json.loads((folder.path / name).read_text("utf-8"))


def test_export_writes_a_schema_of_everything(folder):
    folder.write({"mlsd-lint.toml": CONFIGURATION, "recipes/bread.md": ""})
    done = folder.run("schema", "export")
    assert (done.returncode, done.stderr) == (0, "")
    written = {line.partition(": ")[0] for line in done.stdout.splitlines()}
    assert written == {f"schemas/{name}" for name in NAMES}
    ids = set()
    for name in NAMES:
        text = (folder.path / "schemas" / name).read_text("utf-8")
        one = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(one)
        assert one["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert one["title"]
        assert one["description"]
        assert text == json.dumps(one, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        ids.add(one["$id"])
    assert ids == {
        f"urn:mlsd-lint:{name}" for name in ("configuration", "report", "extract", "type:recipe")
    }
    assert folder.run("schema", "export").stdout == ""


def test_a_type_is_described_in_its_own_words(folder):
    folder.write({"mlsd-lint.toml": CONFIGURATION})
    folder.run("schema", "export", "--directory", "elsewhere")
    recipe = read(folder, "elsewhere/types/recipe.schema.json")
    assert recipe["description"] == "How to cook something."
    assert recipe["properties"]["title"]["description"] == "What it is called."
    validator = jsonschema.Draft202012Validator(recipe)
    bread = {"title": "Bread", "weight": 1.5, "ingredients": [{"amount": 500, "name": "flour"}]}
    assert validator.is_valid(bread)
    assert validator.is_valid(bread | {"weight": None})  # an infinite one
    assert not validator.is_valid(bread | {"ingredients": [{"amount": "some", "name": "flour"}]})
    assert not validator.is_valid({key: bread[key] for key in ("title", "weight")})


def test_check_says_which_file_is_not_as_it_would_be_written(folder):
    folder.write({"mlsd-lint.toml": CONFIGURATION})
    folder.run("schema", "export")
    fresh = folder.run("schema", "check")
    assert (fresh.returncode, fresh.stdout, fresh.stderr) == (0, "", "")
    (folder.path / "schemas/report.schema.json").unlink()
    folder.write(
        {
            "mlsd-lint.toml": CONFIGURATION.replace("weight", "mass")
            .replace("recipe]", "dish]")
            .replace("types.recipe.", "types.dish."),
            "schemas/types/other.schema.json": '{"$id": "urn:other"}',
            "schemas/types/broken.schema.json": "[",
        }
    )
    done = folder.run("schema", "check")
    advice = "; run `mlsd-lint schema export`\n"
    assert done.returncode == 1
    assert done.stdout == (
        f"schemas/report.schema.json: missing{advice}"
        f"schemas/extract.schema.json: out of date{advice}"
        f"schemas/types/dish.schema.json: missing{advice}"
        f"schemas/types/recipe.schema.json: there is no such type{advice}"
    )
    assert folder.run("schema", "export").returncode == 0
    assert folder.run("schema", "check").returncode == 0
    left = {path.name for path in (folder.path / "schemas/types").iterdir()}
    assert left == {"dish.schema.json", "other.schema.json", "broken.schema.json"}


def test_line_endings_of_a_checkout_do_not_matter(folder):
    folder.write({"mlsd-lint.toml": CONFIGURATION})
    folder.run("schema", "export")
    for name in NAMES:
        file = folder.path / "schemas" / name
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert folder.run("schema", "check").returncode == 0


def test_without_types_there_are_three(folder):
    folder.write({"mlsd-lint.toml": ""})
    folder.run("schema", "export")
    assert folder.names() == {"mlsd-lint.toml"} | {
        f"schemas/{name}" for name in NAMES if "types" not in name
    }
    validator = jsonschema.Draft202012Validator(read(folder, "schemas/extract.schema.json"))
    assert validator.is_valid({"documents": []})
    assert not validator.is_valid({"documents": [{}]})


def test_the_name_of_a_type_stays_in_the_folder(folder):
    folder.write({"mlsd-lint.toml": "[types.'../ü']\nfiles = 'a.md'\nfields.title.title = true"})
    assert folder.run("schema", "export").returncode == 0
    one = read(folder, "schemas/types/..%2F%C3%BC.schema.json")
    assert one["$id"] == "urn:mlsd-lint:type:..%2F%C3%BC"
    assert folder.run("schema", "check").returncode == 0


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("types.a = { files = 'a.md', fields.t = { titel = 1 } }", "unknown key 'titel'"),
        ("types.a = { files = 'a.md', model = 'nowhere:A' }", "mlsd-lint.toml:1: types.a.model: "),
    ],
)
def test_a_wrong_type(folder, configuration, expected):
    folder.write({"mlsd-lint.toml": configuration})
    for action in ("export", "check"):
        done = folder.run("schema", action)
        assert done.returncode == 2
        assert expected in done.stderr
        assert folder.names() == {"mlsd-lint.toml"}


def test_a_file_where_the_folder_should_be(folder):
    folder.write({"mlsd-lint.toml": "", "schemas": ""})
    done = folder.run("schema", "export")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_the_schemas_of_this_repository_are_up_to_date(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    import argparse

    arguments = argparse.Namespace(action="check", directory=None, config="pyproject.toml")
    assert schema.run(arguments) == 0, capsys.readouterr().out


def test_an_editor_that_completes_pyproject_toml_takes_ours():
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mlsd-lint"]
    assert table["types"]
    validator = jsonschema.Draft202012Validator(configuration_schema())
    validator.validate(table)
    table["types"]["answer"]["fields"] = {"t": {"section": "T", "fields": {"u": {"titel": True}}}}
    (error,) = validator.iter_errors(table)
    assert list(error.path) == ["types", "answer", "fields", "t", "fields", "u"]
    assert "'titel' was unexpected" in error.message


def test_the_schema_of_reports_is_that_of_a_real_one(folder):
    folder.write(
        {
            "mlsd-lint.toml": CONFIGURATION,
            "recipes/bread.md": PAGE,
            "recipes/again.md": "---\nweight: many\n---\n\n# Again\n\n## Ingredients\n\n- flour\n",
        }
    )
    folder.run("schema", "export")
    validator = jsonschema.Draft202012Validator(read(folder, "schemas/report.schema.json"))
    done = folder.run("check", "--output-format", "json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert any(one["fix"] for one in report)
    assert any(one["related"] for one in report)
    assert any(one["help"] for one in report)
    validator.validate(report)
    lines = folder.run("check", "--output-format", "json-lines").stdout.splitlines()
    assert [json.loads(line) for line in lines] == report
    for line in lines:
        validator.validate(json.loads(line))
    validator.validate([])
    for key in report[0]:
        without = {name: value for name, value in report[0].items() if name != key}
        assert not validator.is_valid([without]), key
    assert not validator.is_valid([report[0] | {"more": 1}])
    assert not validator.is_valid([report[0] | {"location": {"row": 0, "column": 1}}])
