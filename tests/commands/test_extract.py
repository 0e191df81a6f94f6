from __future__ import annotations

import json

import jsonschema
import pytest

from command import run
from conftest import ROOT

CONFIGURATION = """\
[types.recipe]
files = "recipes/{number}.md"

[types.recipe.fields]
number = { type = "integer" }
title = { title = true }
weight = { front-matter = true, type = "number", required = false }
baked = { front-matter = true, type = "date", required = false }
ingredients.section = "Ingredients"
ingredients.entries = "{amount}g {name}"
ingredients.fields = { amount = { type = "integer" }, name = {} }
"""
BREAD = "# Bread\n\n## Ingredients\n\n- 500g flour\n- 10g *sea* salt\n"
DATA = {
    "number": 1,
    "title": "Bread",
    "weight": None,
    "baked": None,
    "ingredients": [{"amount": 500, "name": "flour"}, {"amount": 10, "name": "sea salt"}],
}


@pytest.fixture
def book(folder):
    folder.write({"mlsd-lint.toml": CONFIGURATION, "recipes/1.md": BREAD})
    return folder


def refused(constant):
    raise AssertionError(constant)


def parsed(text):
    return json.loads(text, parse_constant=refused)


def validate(folder, printed):
    assert folder.run("schema", "export").returncode == 0
    schema = json.loads((folder.path / "schemas/extract.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(printed)


def test_the_data_of_a_document(book):
    done = book.run("extract", "recipes/1.md")
    assert (done.returncode, done.stderr) == (0, "")
    printed = parsed(done.stdout)
    assert printed == {
        "documents": [{"path": "recipes/1.md", "type": "recipe", "valid": True, "data": DATA}]
    }
    validate(book, printed)


def test_the_whole_book_and_what_is_left_out(book):
    book.write({"README.md": "# Read me\n", "recipes/2.md": BREAD})
    done = book.run("extract")
    assert done.returncode == 0
    paths = [one["path"] for one in parsed(done.stdout)["documents"]]
    assert paths == ["recipes/1.md", "recipes/2.md"]
    assert done.stderr == "left out, for they have no document type: README.md\n"


def test_many_are_left_out(book):
    book.write({f"{number:02}.md": "# Page\n" for number in range(12)})
    assert book.run("extract").stderr.endswith("08.md, 09.md and 2 more\n")


def test_where_each_value_stands(book):
    printed = parsed(book.run("extract", "--spans").stdout)
    (one,) = printed["documents"]
    assert one["data"] == DATA
    lines = BREAD.splitlines()
    found = {}
    for pointer, span in one["spans"].items():
        start, end = span["start"], span["end"]
        if start["line"] == end["line"]:
            line = lines[start["line"] - 1]
            found[pointer] = line[start["column"] - 1 : end["column"] - 1]
    assert found["/title"] == "Bread"
    assert found["/ingredients/0/amount"] == "500"
    assert found["/ingredients/1/name"] == "*sea* salt"
    assert "/number" not in found  # that is the file's name
    validate(book, printed)


def test_a_document_that_is_not_as_its_type_says(book):
    text = BREAD.replace("500g flour", "some flour")
    book.write({"recipes/1.md": f"---\nweight: .inf\nbaked: 2026-01-31\n---\n\n{text}"})
    done = book.run("extract")
    assert done.returncode == 1
    (one,) = parsed(done.stdout)["documents"]
    assert one["valid"] is False
    assert one["data"]["title"] == "Bread"
    assert one["data"]["weight"] is None
    assert one["data"]["baked"] == "2026-01-31"
    assert done.stderr == (
        "recipes/1.md is not as its type says; `mlsd-lint check` tells what is wrong with it\n"
    )
    validate(book, {"documents": [one]})


@pytest.mark.parametrize("number", [".inf", "-.inf", ".nan"])
def test_a_number_that_json_cannot_say(book, number):
    book.write({"recipes/1.md": f"---\nweight: {number}\n---\n\n{BREAD}"})
    done = book.run("extract")
    (one,) = parsed(done.stdout)["documents"]
    assert one["data"]["weight"] is None
    validate(book, {"documents": [one]})


def test_characters_beyond_ascii_come_through_any_terminal(book):
    book.write({"recipes/1.md": BREAD.replace("Bread", "Brød 🍞")})
    done = book.run("extract")
    assert done.stdout.isascii()
    assert parsed(done.stdout)["documents"][0]["data"]["title"] == "Brød 🍞"


def test_nothing_has_a_type(book):
    book.write({"README.md": "# Read me\n"})
    done = book.run("extract", "README.md")
    assert (done.returncode, done.stdout) == (2, "")
    assert "left out, for they have no document type: README.md\n" in done.stderr
    assert "none of these documents has a type" in done.stderr


def test_a_type_that_does_not_exist(book):
    book.write({"recipes/2.md": f"---\ndocument-type: recipy\n---\n\n{BREAD}"})
    done = book.run("extract")
    assert done.returncode == 0
    assert done.stderr == 'left out: recipes/2.md:2: there is no document type "recipy"\n'


def test_a_document_of_two_types(book):
    book.write({"mlsd-lint.toml": f"{CONFIGURATION}\n[types.page]\nfiles = '*.md'\n"})
    done = book.run("extract")
    assert done.returncode == 2
    assert done.stderr.startswith("left out: recipes/1.md:1: ")
    assert '"recipe" and "page"' in done.stderr


@pytest.mark.parametrize(
    ("files", "arguments", "expected"),
    [
        ({"mlsd-lint.toml": "", "a.md": ""}, (), "no document types are configured"),
        ({}, ("nowhere.md",), "nowhere.md "),
        ({"recipes/1.md": "a\0"}, (), "NUL byte"),
        ({"mlsd-lint.toml": "types.a = 1"}, (), "types.a: expected a table"),
        ({}, ("--config", "none.toml"), "none.toml"),
    ],
)
def test_what_cannot_be_extracted(book, files, arguments, expected):
    book.write(files)
    done = book.run("extract", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert expected in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_booklet():
    done = run(ROOT, "extract", "--spans")
    assert done.returncode == 0, done.stderr
    printed = parsed(done.stdout)
    schema = json.loads((ROOT / "schemas/extract.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(printed)
    by_type: dict[str, list[dict]] = {}
    for one in printed["documents"]:
        by_type.setdefault(one["type"], []).append(one["data"])
        name = ROOT / f"schemas/types/{one['type']}.schema.json"
        jsonschema.Draft202012Validator(json.loads(name.read_text("utf-8"))).validate(one["data"])
    assert sorted(one["number"] for one in by_type["answer"]) == list(range(1, 28))
    assert len(by_type["exercises"][0]["questions"]) == 27
    assert len(by_type["case-studies"][0]["accounts"]) == 12
