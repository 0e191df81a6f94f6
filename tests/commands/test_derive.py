from __future__ import annotations

import shutil
import tomllib

import pytest

BOOKLET = [
    "content/toc.md",
    "content/case-studies.md",
    "content/exercises.md",
    "content/resources.md",
    "content/research-vs-production.md",
    "answers/q1.md",
    "answers/q27.md",
    "answers/rag-support.md",
]
CORPORA = [
    "applied-ml/README.md",
    "awesome-production-machine-learning/README.md",
    "system-design-primer/README.md",
    "system-design-primer/solutions/system_design/mint/README.md",
]


def assert_example_passes(folder, path: str) -> dict:
    """The proposed types, of which the example is one without any finding."""
    done = folder.run("derive", path)
    assert done.returncode == 0, done.stderr
    folder.write({"mlsd-lint.toml": done.stdout})
    checked = folder.run("check", "--select", "S", "--ignore", "S006", "--no-cache", path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    types = tomllib.loads(done.stdout)["types"]
    assert len(types) == 1
    return types


@pytest.mark.parametrize("path", BOOKLET)
def test_a_page_of_the_booklet_passes(folder, pytestconfig, path):
    (folder.path / path).parent.mkdir()
    shutil.copy(pytestconfig.rootpath / path, folder.path / path)
    assert_example_passes(folder, path)


@pytest.mark.parametrize("path", CORPORA)
def test_a_real_list_passes(folder, shared, path):
    shutil.copy(shared / "corpora" / path, folder.path / "README.md")
    types = assert_example_passes(folder, "README.md")
    assert types["readme"]["fields"]


def test_a_misspelt_section_of_another_page_is_found(folder, pytestconfig):
    answers = pytestconfig.rootpath / "answers"
    folder.write({"answers/q27.md": (answers / "q27.md").read_text()})
    types = assert_example_passes(folder, "answers/q27.md")
    assert types["answer"]["files"] == "answers/q{number}.md"
    text = (answers / "q27.md").read_text().replace("Question 27", "Question 28")
    folder.write({"answers/q28.md": text.replace("## Serving", "## Servings")})
    checked = folder.run("check", "--select", "S", "--output-format", "concise")
    assert 'S002 error: section "Servings" looks like "Serving"' in checked.stdout


def test_the_name_of_the_type(folder):
    folder.write({"My notes.md": "# Notes\n\nText.\n"})
    assert "\n[types.my-notes]\n" in folder.run("derive", "My notes.md").stdout
    assert "\n[types.note]\n" in folder.run("derive", "My notes.md", "--name", "note").stdout
    quoted = folder.run("derive", "My notes.md", "--name", "a note").stdout
    assert list(tomllib.loads(quoted)["types"]) == ["a note"]


@pytest.mark.parametrize("text", ["", "\n", "Text.\n", "# A\n\n# B\n"])
def test_an_example_with_little_in_it(folder, text):
    folder.write({"page.md": text})
    done = folder.run("derive", "page.md")
    assert done.returncode == 0, done.stderr
    tomllib.loads(done.stdout)


def test_what_cannot_be_read(folder):
    folder.write({"latin.md": "x"})
    (folder.path / "latin.md").write_bytes(b"\xe9")
    folder.write({"broken.md": "---\na: [\n---\n# A\n"})
    for name, said in (
        ("none.md", "does not exist"),
        ("latin.md", "is not UTF-8"),
        ("broken.md", "the front matter cannot be read"),
    ):
        done = folder.run("derive", name)
        assert done.returncode == 2
        assert said in done.stderr
