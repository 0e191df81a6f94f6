"""`mlsd-lint check` reads prose, with the engines that users have."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from projects import write_files

COMMAND = [sys.executable, "-X", "importtime", "-m", "mlsd_lint", "check"]
PAGE = """# Caching

> The model is loaded from the
> the cache, which teh client recieves.

An *empty* invaldiatted takes a hour.
"""


def run(folder, *arguments, **options):
    """Run the command; `imported` are the modules that it imported."""
    done = subprocess.run(
        [*COMMAND, "--output-format", "concise", "--select", "P,M09", "--isolated", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        **options,
    )
    lines = done.stderr.splitlines()
    done.imported = {line.rpartition("|")[2].strip() for line in lines if "import time:" in line}
    done.said = [line for line in lines if "import time:" not in line]
    return done


def found(done):
    return [line.split(": ")[0].replace("a.md:", "") for line in done.stdout.splitlines()[:-1]]


@pytest.fixture
def book(tmp_path):
    write_files(tmp_path, {"a.md": PAGE})
    return tmp_path


EVERYTHING = ["3:28", "4:20", "4:31", "6:12", "6:31"]


def test_findings_stand_at_their_words(book):
    done = run(book)
    assert done.returncode == 1
    assert found(done) == EVERYTHING
    assert done.stdout.splitlines()[0] == (
        "a.md:3:28: P001 error: “the the” is written twice (harper:RepeatedWords)"
    )


def test_without_an_engine_nothing_is_said_and_none_is_imported(book):
    done = run(book, "--grammar", "none", "--no-cache")
    assert done.returncode == 0
    assert "harper" not in done.imported


def test_json_names_the_rules_of_the_engines(book):
    done = run(book, "--output-format", "json")
    told = {one["code"]: one for one in json.loads(done.stdout)}
    assert told["P001"]["engines"] == ["harper:RepeatedWords"]
    assert told["P003"]["engines"] == ["typos:misspelling", "harper:SpellCheck"]


def test_engines_start_only_for_what_nobody_has_read(book):
    assert "harper" in run(book).imported
    again = run(book)
    assert found(again) == EVERYTHING
    assert again.imported.isdisjoint({"harper", "mistune", "pydantic"})
    first, quote, last = PAGE.split("\n\n")
    write_files(book, {"a.md": f"{first}\n\n{last}\n{quote}\n\nNow `code`.\n\n{last}"})
    write_files(book, {"b.md": PAGE})
    fresh = run(book)
    assert "harper" in fresh.imported  # for "Now \ufffc."
    write_files(book, {"a.md": f"{first}\n\n{quote}\n\nNow `other`.\n\n{last}"})
    moved = run(book)
    assert "mistune" in moved.imported
    assert "harper" not in moved.imported
    assert len(moved.stdout.splitlines()) == 2 * len(EVERYTHING) + 1


def test_safe_fixes_do_not_touch_spelling(book):
    run(book, "--fix")
    mended = PAGE.replace("a hour", "an hour")  # "the\n> the" stands in two lines
    assert (book / "a.md").read_text("utf-8") == mended
    run(book, "--fix", "--unsafe-fixes")
    mended = mended.replace("teh", "the").replace("recieves", "receives")
    assert (book / "a.md").read_text("utf-8") == mended


def test_a_new_word_of_the_book_is_noticed_at_once(book):
    assert "6:12" in found(run(book))
    write_files(book, {"vocabulary.txt": "invaldiatted\n"})
    done = run(book)
    assert "6:12" not in found(done)
    assert "harper" not in done.imported
    write_files(book, {"vocabulary.txt": "invaldiatted\nnever\n"})
    assert "vocabulary.txt:2:1" in found(run(book))


def test_what_a_comment_keeps_from_being_read(book):
    silent = "<!-- mlsd-lint-disable P -->\n\nTeh the the.\n\n<!-- mlsd-lint-enable P -->\n"
    useless = "\n<!-- mlsd-lint-disable-next-line P001 -->\nAll is well here.\n"
    write_files(book, {"a.md": f"# A\n\n{silent}{useless}"})
    done = run(book, "-v")
    assert found(done) == ["9:1"]  # the comment that silences nothing
    assert "prose: passages that had to be read: typos 2, harper 2" in done.said


def test_standard_input_is_read(book):
    done = run(book, "-", "--stdin-filename", "new.md", input="# New\n\nIt is is new.\n")
    assert done.stdout.startswith("new.md:3:4: P001")


def test_files_in_which_all_rules_of_prose_are_off_are_not_read(book):
    done = run(book, "--per-file-ignores", "a.md:P")
    assert done.returncode == 0
    assert "harper" not in done.imported


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"harper/__init__.py": "raise ImportError('no such wheel')\n"}, "no such wheel"),
        ({"harper/__init__.py": "import nothing_of_that_name\n"}, "harper-py"),
    ],
)
def test_an_engine_that_is_missing_is_no_pass(book, files, expected):
    write_files(book, {f"site/{name}": text for name, text in files.items()})
    environment = {**os.environ, "PYTHONPATH": str(book / "site")}
    for _ in range(2):  # such a run is not replayed
        done = run(book, "--exit-zero", env=environment)
        assert done.returncode == 2
        assert "All checks passed" not in done.stdout
        (said,) = done.said
        assert said.startswith("mlsd-lint: prose was not checked: ")
        assert expected in said
        assert "--grammar none" in said
        assert "P003" in done.stdout  # the other engine is heard


def test_a_vocabulary_that_cannot_be_read_is_said(book):
    (book / "vocabulary.txt").write_bytes(b"\xff\xfe\n")
    done = run(book)
    assert done.returncode == 2
    assert "vocabulary.txt is not UTF-8" in done.said[-1]


def test_rules_of_engines_are_switched_off_by_name(book):
    write_files(book, {"my.toml": '[prose]\ndisable = ["harper:RepeatedWords"]\n'})
    done = subprocess.run(
        [*COMMAND, "--config", "my.toml", "--output-format", "concise", "--select", "P"],
        cwd=book,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert found(done) == EVERYTHING[1:]


@pytest.mark.skipif(sys.platform == "win32", reason="LanguageTool is not started there")
def test_the_folder_of_languagetool_starts_from_the_configuration(book):
    write_files(
        book, {"mlsd-lint.toml": '[prose.languagetool]\nfolder = "tools"\n', "in/b.md": "# B\n"}
    )
    done = subprocess.run(
        [sys.executable, "-m", "mlsd_lint", "check", "--grammar", "languagetool", "b.md"],
        cwd=book / "in",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert f"no languagetool-server.jar in {book / 'tools'}" in done.stderr
