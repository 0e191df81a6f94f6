"""Equal findings in two places are two; one whose text moved, or was edited around, is one."""

from __future__ import annotations

import pytest

from mlsd_lint.gate.places import seen_from_root

ONE = "We looked at this with the the greatest care, and we liked what we saw in the end."
MENDED = ONE.replace("the the", "the")
OTHER = "Nobody has ever said such things about the the other chapters of this same book."
PROSE = ("--since", "HEAD", "--select", "P001", "--grammar", "harper")


@pytest.fixture
def book(repository):
    repository.commit({"a.md": f"# A\n\n{ONE}\n\nMore is said below.\n"})
    return repository


def test_one_that_was_mended_does_not_pay_for_another(book):
    book.write({"a.md": f"# A\n\n{MENDED}\n\n{OTHER}\n"})
    assert book.new(*PROSE) == [("a.md", "P001", 5)]
    assert book.summary(*PROSE) == "1 new, 1 fixed, 0 known"
    book.write({"a.md": f"# A\n\n{MENDED}\n", "b.md": f"# B\n\n{OTHER}\n"})
    assert book.new(*PROSE) == [("b.md", "P001", 3)]


@pytest.mark.parametrize(
    "text",
    [
        f"# A\n\nMore is said below.\n\n{ONE}\n",
        f"# A\n\n{ONE.replace(' ', chr(10))}\n",
        f"# A\n\n> - {ONE}\n",
        f"# A\n\nToday we look at it with the the greatest care. {OTHER[:30]}\n",
        "# A\n\nThe the.\n".replace("The", "the"),
    ],
    ids=["moved", "wrapped anew", "in a list", "edited", "too short to tell"],
)
def test_the_same_one_is_known(book, text):
    book.write({"a.md": text})
    assert book.new(*PROSE) == []


def test_a_document_that_moved_with_its_links_corrected(repository):
    text = "# A\n\n[x](lost.md#y) ![p](img/p.png) <a href='h.md'>h</a>\n\n[r]: ./r.md\n\n[r]\n"
    repository.commit({"a.md": text, "mlsd-lint.toml": 'select = ["L1"]\n'})
    repository.git("rm", "--quiet", "a.md")
    moved = "# A\n\n[x](../lost.md#y) ![p](../img/p.png) <a href='../h.md'>h</a>\n\n[r]: ../r.md\n\n[r]\n"
    repository.write({"part/a.md": moved})
    assert repository.new("--since", "HEAD") == []
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 4 known"


@pytest.mark.parametrize(
    "text",
    [
        *("[x](https://a.test/b)", "[x](/b.md)", "[x](#b)", "[x](?plain=1)", "<https://a.test>"),
        *("[x](mailto:a@b.test)", "[x]()", "a + 'b'", "plain text", "[x]: //a.test/b"),
    ],
)
def test_only_relative_destinations_depend_on_the_folder(text):
    assert seen_from_root(text, "part/a.md") == text


def test_what_is_left_out_of_the_book_is_not_fixed(repository):
    repository.commit({"gen/a.md": "# A\n\n[x](lost.md)\n", "b.md": "# B\n"})
    repository.write({".gitignore": "gen/\n"})
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 0 known"
    (repository.folder / "gen/a.md").unlink()
    assert repository.summary("--since", "HEAD") == "0 new, 1 fixed, 0 known"


VOCABULARY = ("--since", "HEAD", "--select", "P01", "--fail-on", "info", "--grammar", "harper")


def test_a_word_that_is_taken_out_of_the_vocabulary_was_used(repository):
    repository.commit({"a.md": "# A\n\nThe frobnix runs.\n", "vocabulary.txt": "frobnix\nzzyx\n"})
    repository.write({"vocabulary.txt": "zzyx\n"})
    assert repository.summary(*VOCABULARY) == "0 new, 0 fixed, 1 known"
    repository.write({"vocabulary.txt": "frobnix\n"})
    assert repository.summary(*VOCABULARY) == "0 new, 1 fixed, 0 known"
    repository.write({"vocabulary.txt": "frobnix\nzzyx\nquuxly\n"})
    assert repository.new(*VOCABULARY) == [("vocabulary.txt", "P014", 3)]
    (repository.folder / "vocabulary.txt").unlink()
    assert repository.summary(*VOCABULARY) == "0 new, 1 fixed, 0 known"


def test_a_word_that_is_still_staged_is_used(repository):
    repository.commit({"a.md": "# A\n\nThe frobnix runs.\n", "vocabulary.txt": "frobnix\n"})
    repository.write({"vocabulary.txt": "frobnix\nzzyx\n"})
    repository.git("add", ".")
    repository.write({"vocabulary.txt": "zzyx\n"})
    staged = ("--staged", *VOCABULARY[2:])
    assert repository.new(*staged) == [("vocabulary.txt", "P014", 2)]


def test_a_vocabulary_that_was_no_text_is_mended(repository):
    (repository.folder / "vocabulary.txt").write_bytes(b"frobnix\n\xff\n")
    repository.commit({"a.md": "# A\n\nThe frobnix runs.\n"})
    assert "is not UTF-8 text (line 2)" in repository.check("--since", "HEAD").errors
    repository.write({"vocabulary.txt": "frobnix\n"})
    assert repository.new(*VOCABULARY) == []


def test_stricter_rules_judge_both_sides(repository):
    repository.commit({"a.md": "# A\n\n[x](lost.md)\n", "mlsd-lint.toml": 'select = ["H"]\n'})
    repository.write({"mlsd-lint.toml": 'select = ["L1"]\n'})
    assert repository.summary("--since", "HEAD") == "0 new, 0 fixed, 1 known"


def test_of_many_equal_words_the_one_in_another_place_is_new(repository):
    lines = [f"Section {n} tells of the the {n}th thing that happened then." for n in range(60)]
    repository.commit({"a.md": "# A\n\n" + "\n\n".join(lines) + "\n"})
    shuffled = [f"Now {one.lower()}" for one in reversed(lines)]
    shuffled[7] = OTHER
    repository.write({"a.md": "# A\n\n" + "\n\n".join(shuffled) + "\n"})
    assert repository.new(*PROSE) == [("a.md", "P001", 17)]
