"""The booklet's types on the booklet: clean as it is, and each slip reported in its place."""

import re
import shutil
import tomllib

import pytest

from conftest import ROOT
from mlsd_lint.cache import open_cache
from mlsd_lint.config.toml_text import toml_key, toml_value
from projects import concise, diagnose


@pytest.fixture(scope="session")
def booklet(tmp_path_factory):
    """A copy of the booklet, with its types and nothing else configured."""
    folder = tmp_path_factory.mktemp("booklet")
    for name in ("content", "answers"):
        shutil.copytree(ROOT / name, folder / name)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mlsd-lint"]
    types = "".join(
        f"types.{toml_key(name)} = {toml_value(one)}\n" for name, one in settings["types"].items()
    )
    required = f"require-type = {toml_value(settings['require-type'])}\n"
    (folder / "mlsd-lint.toml").write_text(required + types, "utf-8")
    return folder


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """What each page holds, so that of all but the one that a slip is in it is read once."""
    opened = open_cache(tmp_path_factory.mktemp("cache"))
    yield opened
    opened.close()


def said(folder, cache, path, old, new):
    """What is said of the booklet after a change in one file, which is undone again."""
    file = folder / path
    text = file.read_text("utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {path}"
    file.write_text(text.replace(old, new, 1), "utf-8")
    try:
        return concise(diagnose(folder, "S,X", cache=cache))
    finally:
        file.write_text(text, "utf-8")


def test_it_is_clean(booklet):
    assert diagnose(booklet, "S,X") == []


CASES = "content/case-studies.md"
GUIDE = "content/resources.md"
QUESTIONS = "content/exercises.md"


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (CASES, "(Robert Chang, Airbnb, 2017)", "(Robert Chang, Airbnb, 20x7)",
         ":21:27 S011 year: expected a whole number"),
        (CASES, "(Robert Chang, Airbnb, 2017)", "(Robert Chang, Airbnb, 1017)",
         ':21:27 S011 year: expected a whole number from 1900 to 2100 or "n.d.", found "1017"'),
        (CASES, "(Robert Chang, Airbnb, 2017)", "(Airbnb, 2017)", "4 S010 this entry has no "),
        (CASES, "\n2. [Using", "\n3. [Using", "1 S014 entry 2 has the number 3"),
        (GUIDE, "## Books", "## Book", '4 S002 section "Book" looks like "Books"'),
        (GUIDE, "(Andriy Burkov, True Positive, 2020)", "(Andriy Burkov, True Positive)",
         "3 S010 this entry has no "),
        (GUIDE, "general system design with", "(10k+ stars) general system design with",
         "S010 this entry has no seen"),
        (GUIDE, "https://github.com/stas00/ml-engineering", "htps:/stas00/ml-engineering",
         "S011 "),
        (QUESTIONS, "\n27. You have", "\n28. You have", "1 S014 entry 27 has the number 28"),
        (QUESTIONS, "[Worked answer to question 5](../answers/q5.md)", "An answer will follow.",
         "S010 this entry has no link to answers/*.md"),
        ("answers/q3.md", "## Serving", "## Service", "S00"),
        ("answers/q3.md", "A shopper orders groceries online", "A shopper orders groceries",
         "X003 question.text differs from text in content/exercises.md"),
        ("answers/q3.md", "# Question 3:", "# Question 4:",
         '1:12 S017 the title says number "4"'),
        ("answers/q3.md", "```mermaid", "```text", "S013 mermaid code block"),
        ("answers/q3.md", "Assumptions, to be confirmed:", "TODO: list the assumptions.",
         'S006 "TODO" stands where a text is to come'),
        ("content/toc.md", "   - [Compute requirements](research-vs-production.md#compute-requirements)\n",
         "", "X004 the lines below are not the headings of content/research-vs-production.md"),
        ("content/toc.md", "   - [A feature store for training and serving](../answers/feature-store.md)\n",
         "", 'answers/feature-store.md:1:3 X002 no document of type "contents" refers to'),
        ("content/research-vs-production.md", "### Resources", "### Resource",
         '26:5 S002 section "Resource" looks like "Resources"'),
    ],
)  # fmt: skip
def test_a_slip_is_found(booklet, cache, path, old, new, expected):
    lines = said(booklet, cache, path, old, new).splitlines()
    assert any(expected in line for line in lines), lines
    assert len(lines) <= 3, lines


def test_an_answer_that_is_missing(booklet):
    file = booklet / "answers/q27.md"
    text = file.read_text("utf-8")
    file.unlink()
    try:
        found = concise(diagnose(booklet, "S,X"))
    finally:
        file.write_text(text, "utf-8")
    assert re.search(r'content/exercises\.md:\d+:\d+ X002 .*"27"', found)
    assert re.search(r"content/exercises\.md:\d+:\d+ X001 ", found)
