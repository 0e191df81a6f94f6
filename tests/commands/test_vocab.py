from __future__ import annotations

import json
import os
import stat
import subprocess
import sys

import pytest

from command import run
from mlsd_lint.commands.suggesting import as_json, as_lines, as_table
from mlsd_lint.commands.vocab import HEAD
from mlsd_lint.prose.suggestions import Occurrence, Suggestion

BOOK = {
    "mlsd-lint.toml": "",
    "one.md": "# Caching\n\nThe kubeflowish cache asks Memcachexd, and Memcachexd asks the disk.\n",
    "two.md": "# Serving\n\n> Kubeflowish pods and\n> a kubeflowish’s node. `zzqx` costs.\n\n"
    "<!-- mlsd-lint-disable-next-line P004 -->\nThe blorptic one is meant.\n",
}


def give(folder, text, *arguments):
    """Run the command with something on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "mlsd_lint", *arguments],
        cwd=folder.path,
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        check=False,
    )


def words(folder, name="vocabulary.txt"):
    return (folder.path / name).read_bytes().decode()


def suggestion(word, times=1, files=1, path="a.md", text=None):
    text = word if text is None else text
    return Suggestion(word, times, files, Occurrence(word, path, 3, text.index(word) + 1, text))


def test_vocab_alone_says_what_it_can_do(folder):
    result = folder.run("vocab")
    assert result.returncode == 0
    assert "suggest" in result.stdout
    assert "add" in result.stdout
    assert folder.names() == set()


def test_add_makes_the_file_and_says_so(folder):
    result = folder.run("vocab", "add", "kubeflow", "Node.js", "Airflow")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "Added 3 words to vocabulary.txt: Airflow, kubeflow, Node.js.\n"
    assert words(folder) == f"{HEAD}Airflow\nkubeflow\nNode.js\n"
    assert folder.names() == {"vocabulary.txt"}


def test_add_says_what_is_not_needed_and_then_leaves_the_file_alone(folder):
    folder.write({"vocabulary.txt": "b\na\n\nLLM"})
    before = (folder.path / "vocabulary.txt").stat()
    result = folder.run("vocab", "add", "LLM", "LLMs", "B")
    assert result.returncode == 0
    assert result.stdout == (
        "In vocabulary.txt already: LLM.\n"
        "Not needed: LLMs, which “LLM” makes right.\n"
        "Not needed: B, which “b” makes right.\n"
    )
    assert words(folder) == "b\na\n\nLLM"
    after = (folder.path / "vocabulary.txt").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_add_keeps_mark_endings_comments_mode_and_link(folder):
    folder.write({"real.txt": "\ufeff# Names\r\nYan # an author\r\n# of Huyen\r\nZeta\r\n"})
    real = folder.path / "real.txt"
    real.chmod(0o640)
    (folder.path / "vocabulary.txt").symlink_to("real.txt")
    result = folder.run("vocab", "add", "Huyen")
    assert result.stdout == "Added 1 word to vocabulary.txt: Huyen.\n"
    assert words(folder, "real.txt") == (
        "\ufeff# Names\r\nHuyen\r\nYan # an author\r\n# of Huyen\r\nZeta\r\n"
    )
    assert (folder.path / "vocabulary.txt").is_symlink()
    if os.name == "posix":
        assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("data lake", "“data lake” is more than one word. Make each word an entry of its own"),
        ("LLM,", "“LLM,” is no word. Write “LLM”."),
        ("", "“” is no word. Remove it."),
        ("a\u200bb", "“a�b” holds a character that is not seen (U+200B). Type the word anew."),
    ],
)
def test_add_refuses_what_is_no_word_and_adds_nothing(folder, given, said):
    result = folder.run("vocab", "add", "right", given)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert "nothing was added" in result.stderr
    assert folder.names() == set()


def test_add_reads_words_and_the_lines_of_suggest_from_standard_input(folder):
    text = "\ufeff# chosen\r\nkubeflow\t3\t2\ta.md:3:1\tthe kubeflow pod\r\n\r\nC# # a language\r\n"
    result = give(folder, text, "vocab", "add", "LLM", "-")
    assert result.returncode == 0
    assert words(folder) == f"{HEAD}C#\nkubeflow\nLLM\n"
    result = give(folder, "good\ndata lake\tx\n", "vocab", "add", "-")
    assert result.returncode == 2
    assert b"line 2 of standard input: " in result.stderr
    assert "good" not in words(folder)
    result = give(folder, b"Zo\xeb", "vocab", "add", "-")
    assert result.returncode == 2
    assert b"standard input is not UTF-8 text" in result.stderr
    result = give(folder, "", "vocab", "add", "-")
    assert (result.returncode, result.stdout) == (0, b"No words were given.\n")


def test_add_writes_where_the_configuration_says(folder):
    folder.write({"mlsd-lint.toml": 'prose.vocabulary = "words/own.txt"\n', "deep/x.md": "# X\n"})
    for configuration in ([], ["--config", "mlsd-lint.toml"]):
        result = folder.run("vocab", "add", "kubeflow", *configuration)
        assert result.returncode == 0
    assert "In words" in result.stdout
    assert words(folder, "words/own.txt") == f"{HEAD}kubeflow\n"


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda file: file.write_bytes(b"Zo\xeb\n"), "is not UTF-8 text (line 1)"),
        (lambda file: file.mkdir(), "cannot read the vocabulary"),
    ],
)
def test_add_names_a_vocabulary_that_cannot_be_read(folder, prepare, said):
    prepare(folder.path / "vocabulary.txt")
    result = folder.run("vocab", "add", "kubeflow")
    assert result.returncode == 2
    assert said in result.stderr
    assert "vocabulary.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_suggest_lists_unknown_words_and_what_is_added_is_listed_no_more(folder):
    folder.write(BOOK)
    result = folder.run("vocab", "suggest")
    assert result.returncode == 0
    assert [line.split("\t")[:4] for line in result.stdout.splitlines()] == [
        ["kubeflowish", "3", "2", "one.md:3:5"],
        ["Memcachexd", "2", "1", "one.md:3:28"],
    ]
    assert "2 unknown words in 2 files." in result.stderr
    chosen = result.stdout.splitlines()[0]
    assert give(folder, chosen, "vocab", "add", "-").returncode == 0
    result = folder.run("vocab", "suggest", "--output-format", "json")
    (one,) = json.loads(result.stdout)
    assert one == {
        "word": "Memcachexd",
        "kind": "name",
        "count": 2,
        "files": 1,
        "example": {
            "filename": "one.md",
            "location": {"row": 3, "column": 28},
            "text": "The kubeflowish cache asks Memcachexd, and Memcachexd asks the disk.",
        },
    }
    assert folder.run("vocab", "add", "Memcachexd").returncode == 0
    result = folder.run("vocab", "suggest")
    assert (result.stdout, result.stderr) == ("", "No unknown words in 2 files.\n")


def test_suggest_reads_the_files_that_are_named_and_shows_paths_from_here(folder):
    folder.write({name: text for name, text in BOOK.items() if name != "one.md"})
    folder.write({"part/one.md": BOOK["one.md"], "broken.md": "a\0b"})
    part = run(folder.path / "part", "vocab", "suggest", "../two.md")
    assert part.returncode == 0
    assert [line.split("\t")[:4] for line in part.stdout.splitlines()] == [
        ["kubeflowish", "2", "1", "../two.md:4:5"]
    ]
    whole = folder.run("vocab", "suggest")
    assert whole.returncode == 2
    assert "broken.md" in whole.stderr
    assert whole.stdout.startswith("kubeflowish\t3\t2\tpart/one.md:3:5\t")


def test_suggest_says_when_nothing_can_be_suggested(folder):
    folder.write({**BOOK, "mlsd-lint.toml": 'prose.grammar = "none"\n'})
    result = folder.run("vocab", "suggest")
    assert result.returncode == 2
    assert "prose.grammar is none" in result.stderr
    (folder.path / "one.md").unlink()
    (folder.path / "two.md").unlink()
    result = folder.run("vocab", "suggest", "--grammar", "harper")
    assert result.returncode == 2
    assert "no Markdown files" in result.stderr


def test_the_table_has_words_then_names_and_keeps_to_the_width():
    text = "There is a long line in which the word kubeflow stands about in the middle of it all."
    found = [suggestion("kubeflow", 12, 3, text=text), suggestion("LLM", 4, 2)]
    assert as_table(found, 70) == (
        "word      times  files  example\n"
        "kubeflow     12      3  a.md:3:40  …ch the word kubeflow stands about…\n"
        "\n"
        "name      times  files  example\n"
        "LLM           4      2  a.md:3:1  LLM\n"
    )
    for width in range(60, 140):
        assert max(map(len, as_table(found, width).splitlines())) <= width
        assert "kubeflow stands" in as_table(found, width)
    assert as_table([], 80) == ""


def test_lines_for_a_pipe_have_five_columns_whatever_the_text():
    text = "tab\there \x1b[31mred kubeflow\u202e"
    (line,) = as_lines([suggestion("kubeflow", path="a\tb\n.md", text=text)]).splitlines()
    assert len(line.split("\t")) == 5
    assert "\x1b" not in line
    assert json.loads(as_json([suggestion("kubeflow", text=text)]))[0]["example"]["text"] == text
