"""A baseline accepts what is there, says what is gone, and lets everything else through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.gate import baseline
from mlsd_lint.gate.baseline import Accepted

SETTINGS = 'select = ["L1", "H003", "E"]\nfail-on = "info"\nbaseline = "accepted.txt"\n'
LOST = "# A\n\n[x](lost.md)\n"


@pytest.fixture
def book(repository):
    repository.write(
        {
            "mlsd-lint.toml": SETTINGS,
            "a.md": LOST + "\n[x](lost.md)\n",
            "b.md": "# B\n\n[y](no.md)\n",
        }
    )
    said = repository.check("--write-baseline")
    assert said.code == 0
    assert "accepted.txt accepts 3 findings in 2 files." in said.errors
    return repository


def lines(book):
    return (book.folder / "accepted.txt").read_text("utf-8").splitlines()


def test_what_it_holds_is_not_reported(book):
    said = book.check()
    assert said.code == 0
    assert said.output == "All checks passed: 2 files checked. 3 accepted by the baseline.\n"
    assert said.errors == ""


def test_it_is_for_people_too(book):
    written = lines(book)
    assert [line for line in written if not line.startswith("#")][1:] == [
        "a.md",
        f"  L101 {written[4].split()[1]} 2 [x](lost.md)",
        "",
        "b.md",
        f"  L101 {written[7].split()[1]} 1 [y](no.md)",
    ]
    first = book.check("--output-format", "json", "--config", "mlsd-lint.toml")
    assert first.found == []
    (book.folder / "mlsd-lint.toml").write_text(SETTINGS.replace("baseline", "#"))
    assert written[4].split()[1] in book.check("--output-format", "json").output


def test_more_of_the_same_is_new(book):
    book.write({"a.md": "# A\n\n[x](lost.md) [x](lost.md)\n\n[x](lost.md)\n"})
    assert book.new() == [("a.md", "L101", 5)]


def test_lines_may_move(book):
    book.write({"a.md": "# A\n\nNew.\n\n[x](lost.md)\n\nMore.\n\n[x](lost.md)\n"})
    before = lines(book)
    assert book.new() == []
    book.check("--write-baseline")
    assert lines(book) == before


def test_what_is_gone_is_said_and_is_no_error(book):
    book.write({"a.md": LOST, "b.md": "# B\n"})
    said = book.check()
    assert said.code == 0
    assert said.errors == (
        "mlsd-lint: 2 findings of accepted.txt no longer occur (such as L101 in a.md); "
        "`mlsd-lint check --write-baseline` takes them out\n"
    )
    assert book.check() == said  # from the cache
    assert book.check("-q").errors == ""
    book.check("--write-baseline")
    assert len(lines(book)) == 5
    assert book.check().errors == ""
    (book.folder / "a.md").unlink()
    assert "1 finding of accepted.txt no longer occurs (L101 in a.md)" in book.check().errors


def test_what_was_not_looked_for_stays(book):
    book.write({"b.md": "# B\n"})
    assert book.check("a.md").errors == ""
    assert book.check("--select", "H003").errors == ""
    before = lines(book)
    book.check("--write-baseline", "a.md")
    book.check("--write-baseline", "--select", "H003")
    assert lines(book) == before
    book.check("--write-baseline", "b.md")
    assert len(lines(book)) == len(before) - 3


def test_what_could_not_be_checked_is_never_accepted(book):
    (book.folder / "bad.md").write_bytes(b"\xff")
    said = book.check("--write-baseline")
    assert said.code == 2
    assert "E002" in said.output
    assert "bad.md" not in lines(book)
    assert book.check().code == 2


def test_fix_leaves_alone_what_is_accepted(book):
    book.write({"a.md": "# A\n\n[x](B.md)\n"})
    book.check("--write-baseline")
    book.write({"a.md": "# A\n\n[x](B.md)\n\n[other](B.md)\n"})
    assert book.check("--fix").code == 0
    assert (book.folder / "a.md").read_text() == "# A\n\n[x](B.md)\n\n[other](b.md)\n"


def test_with_a_comparison(book):
    book.commit({"c.md": LOST})
    book.write({"a.md": LOST + "\n[new](none.md)\n"})
    said = book.check("--since", "HEAD", "--output-format", "concise")
    assert "a.md:5:1" in said.output
    assert said.output.endswith(
        "Since HEAD: 1 new, 1 fixed, 1 known. 2 accepted by the baseline.\n"
    )
    book.check("--write-baseline")
    assert book.new("--since", "HEAD") == []


def test_another_baseline_is_not_replayed(book):
    assert book.check().code == 0
    (book.folder / "accepted.txt").write_text("# nothing\n")
    assert len(book.new()) == 3


def test_none_there_is_said(book):
    (book.folder / "accepted.txt").unlink()
    said = book.check()
    assert said.code == 2
    assert "there is no baseline accepted.txt; `mlsd-lint check --write-baseline`" in said.errors
    book.write({"mlsd-lint.toml": ""})
    said = book.check("--write-baseline")
    assert said.code == 2
    assert "--write-baseline needs the setting that names the file" in said.errors


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  L101 xyz 1 text", "accepted.txt:6: this is no finding"),
        ("  L101 0123456789abcdef0123456789abcdef 0", "accepted.txt:6: this is no finding"),
        ("<<<<<<< HEAD", "accepted.txt:6: this is left from a merge with conflicts"),
        ("=======", "accepted.txt:6: this is left from a merge with conflicts"),
        ('"a.md', "accepted.txt:6: this is no path"),
    ],
)
def test_a_line_that_says_nothing_is_an_error_with_its_place(book, line, said):
    written = lines(book)
    (book.folder / "accepted.txt").write_text("\n".join([*written[:5], line, *written[5:]]))
    result = book.check()
    assert result.code == 2
    assert said in result.errors
    assert book.check("--write-baseline").code == 0
    assert lines(book) == written


def test_a_file_that_is_no_text_and_a_finding_without_a_path(book):
    (book.folder / "accepted.txt").write_bytes(b"#\n\xff")
    assert "accepted.txt:2: this is not UTF-8 text" in book.check().errors
    (book.folder / "accepted.txt").write_text("  L101 0123456789abcdef0123456789abcdef 1 x\n")
    assert "accepted.txt:1: no path of a document stands before" in book.check().errors
    (book.folder / "accepted.txt").unlink()
    (book.folder / "accepted.txt").mkdir()
    assert "cannot read the baseline accepted.txt" in book.check().errors
    assert book.check("--write-baseline").code == 2


NAMES = st.text(min_size=1, max_size=12).filter(lambda name: "\0" not in name)
ENTRIES = st.builds(
    Accepted,
    NAMES,
    st.sampled_from(["L101", "H003"]),
    st.sampled_from(["", "[x](y.md)", "— “text” — 7"]),
    st.integers(0, 2**128 - 1).map("{:032x}".format),
    st.integers(1, 10**6),
)


@given(st.lists(ENTRIES, max_size=8))
def test_what_is_written_is_read_back(tmp_path_factory, entries):
    file = tmp_path_factory.mktemp("baseline") / "accepted.txt"
    file.write_bytes(baseline.render(entries).encode())
    assert list(baseline.load(file, "accepted.txt")) == sorted(entries)


@given(st.lists(ENTRIES, max_size=8), st.randoms())
def test_the_order_of_entries_does_not_matter(entries, chance):
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert baseline.render(shuffled) == baseline.render(entries)
