from __future__ import annotations

import json
import shutil
import tomllib

import pytest

from mlsd_lint.config.toml_text import toml_key, toml_value

RECIPES = """\
[types.recipe]
files = "recipes/*.md"

[types.recipe.fields]
title = { title = true }
servings = { front-matter = true, type = "integer" }
kind = { front-matter = true, choices = ["soup", "cake"] }
course = { pattern = "^[A-Z]$" }
introduction = { text = true, description = "Say when one eats it." }

[types.recipe.fields.ingredients]
section = "Ingredients"
entries = "{amount} {unit} {name}[ ({remark})]"
sorted = "name"
unique = "name"
minimum = 3
fields = { amount = { type = "number" }, unit = {}, name = {}, remark = { required = false } }

[types.recipe.fields.steps]
section = "Step {number}: {title}"
repeated = true
minimum = 2
fields = { number = { type = "integer" }, title = {}, text = { text = true }, shell = { code = "sh" } }

[types.recipe.fields.table]
section = "Nutrition"
rows = { per_portion = "Per portion" }
fields = { nutrient = {}, per_portion = { type = "number" } }
"""


@pytest.fixture
def booklet(folder, pytestconfig):
    """A copy of the booklet with its types, which also have files that are not there yet."""
    root = pytestconfig.rootpath
    for name in ("content", "answers"):
        shutil.copytree(root / name, folder.path / name)
    types = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["mlsd-lint"]["types"]
    types["chapter"]["files"] = [*types["chapter"]["files"], "content/chapter-*.md"]
    types["design"]["files"] = [*types["design"]["files"], "answers/*-design.md"]
    types["case-studies"]["files"] = [types["case-studies"]["files"], "content/studies-*.md"]
    types["resources"]["files"] = [types["resources"]["files"], "content/resources-*.md"]
    pairs = "".join(f"{toml_key(name)} = {toml_value(one)}\n" for name, one in types.items())
    folder.write({"mlsd-lint.toml": f"[types]\n{pairs}"})
    return folder


def structural(folder, path: str) -> dict[str, list[str]]:
    """The messages about the form of a document, by code."""
    done = folder.run("check", "--grammar", "none", "--output-format", "json", "--exit-zero", path)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = {}
    for one in json.loads(done.stdout):
        if not one["code"].startswith("X"):
            found.setdefault(one["code"], []).append(one["message"])
    return found


def test_an_answer_repeats_its_question(booklet):
    answer = booklet.path / "answers" / "q27.md"
    question = answer.read_text().split("## Clarify")[0].split("## Question\n")[1]
    answer.unlink()
    done = booklet.run("new", "answer", "27")
    assert done.returncode == 0, done.stderr
    assert "answers/q27.md" in done.stdout
    text = answer.read_text()
    assert text.startswith("# Question 27: FILL IN")
    assert text.split("## Clarify")[0].split("## Question\n")[1].split() == question.split()
    found = structural(booklet, "answers/q27.md")
    assert found.keys() == {"S006", "S013"}
    assert [message.split(":")[0] for message in found["S013"]] == ["words"]


@pytest.mark.parametrize("number", [1, 4, 24])
def test_a_question_is_repeated_with_its_parts(booklet, number):
    (booklet.path / "answers" / f"q{number}.md").unlink()
    assert booklet.run("new", "answer", str(number)).returncode == 0
    path = f"answers/q{number}.md"
    done = booklet.run("check", "--output-format", "json", "--exit-zero", path)
    assert not [one for one in json.loads(done.stdout) if one["code"] == "X003"]


def test_an_answer_to_no_question_is_a_template(booklet):
    assert booklet.run("new", "answer", "28").returncode == 0
    assert "FILL IN: text." in (booklet.path / "answers" / "q28.md").read_text()
    assert structural(booklet, "answers/q28.md").keys() == {"S006", "S013"}


@pytest.mark.parametrize(
    ("kind", "name", "path"),
    [
        ("chapter", "three", "content/chapter-three.md"),
        ("chapter", "content/chapter-three.md", "content/chapter-three.md"),
        ("chapter", "content/chapter-three", "content/chapter-three.md"),
        ("design", "cache", "answers/cache-design.md"),
        ("case-studies", "more", "content/studies-more.md"),
        ("resources", "more", "content/resources-more.md"),
    ],
)
def test_a_template_has_the_form_of_its_type(booklet, kind, name, path):
    done = booklet.run("new", kind, name)
    assert done.returncode == 0, done.stderr
    found = structural(booklet, path)
    assert found.keys() <= {"S006", "S013"}
    assert len(found["S006"]) > 5
    assert all(message.startswith("words:") for message in found.get("S013", ()))


def test_a_type_of_toml(folder):
    folder.write({"mlsd-lint.toml": RECIPES})
    done = folder.run("new", "recipe", "pan cakes")
    assert done.returncode == 0, done.stderr
    assert folder.names() == {"mlsd-lint.toml", "recipes/pan cakes.md"}
    text = (folder.path / "recipes" / "pan cakes.md").read_text()
    assert "FILL IN: Say when one eats it." in text
    assert "## Step 2: FILL IN title 2" in text
    assert structural(folder, "recipes").keys() == {"S006"}


def test_another_file_has_the_type_that_its_path_does_not_tell(folder):
    folder.write({"mlsd-lint.toml": RECIPES})
    assert folder.run("new", "recipe", "soup", "-o", "drafts/soup.md").returncode == 0
    assert folder.names() == {"mlsd-lint.toml", "drafts/soup.md"}
    assert (
        (folder.path / "drafts" / "soup.md").read_text().startswith("---\ndocument-type: recipe\n")
    )
    assert structural(folder, "drafts").keys() == {"S006"}


def test_from_a_folder_below(booklet):
    (booklet.path / "answers" / "q3.md").unlink()
    below = type(booklet)(booklet.path / "answers")
    done = below.run("new", "answer", "q3.md")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Wrote q3.md.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("answer", "1"), "answers/q1.md exists already"),
        (("anser", "1"), "there is no document type 'anser'; did you mean 'answer'?"),
        (("answer", "one"), "number: expected a whole number, found 'one'"),
        (("answer", "1/2"), "no document of type 'answer' can be called '1/2'"),
        (("answer", "../q1.md"), "no document of type 'answer'"),
        (("contents", "other"), "it is content/toc.md"),
    ],
)
def test_what_cannot_be_written(booklet, arguments, said):
    before = {path: path.read_bytes() for path in booklet.path.rglob("*.md")}
    done = booklet.run("new", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert {path: path.read_bytes() for path in booklet.path.rglob("*.md")} == before


def test_without_types(folder):
    folder.write({"mlsd-lint.toml": ""})
    done = folder.run("new", "answer", "1")
    assert done.returncode == 2
    assert "mlsd-lint derive" in done.stderr
