"""A baseline accepts what is there, says what is gone, and lets everything else through."""

from __future__ import annotations

import subprocess

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
    assert (
        "there is no baseline accepted.txt; `mlsd-lint check --write-baseline` writes it\n"
        in said.errors
    )
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
    assert "accepted.txt:2: this is not UTF-8 text; save it as UTF-8, or" in book.check().errors
    assert book.check("--write-baseline").errors == book.check().errors
    (book.folder / "accepted.txt").write_text("  L101 0123456789abcdef0123456789abcdef 1 x\n")
    assert "accepted.txt:1: no path of a document stands before" in book.check().errors
    (book.folder / "accepted.txt").unlink()
    (book.folder / "accepted.txt").mkdir()
    assert "cannot read the baseline accepted.txt" in book.check().errors
    assert book.check("--write-baseline").code == 2


def test_another_file_is_not_written_over(book):
    """Whoever gives the setting the name of a document must not lose it."""
    book.write({"mlsd-lint.toml": SETTINGS.replace("accepted.txt", "b.md")})
    said = book.check("--write-baseline")
    assert said.code == 2
    assert "b.md is no baseline, so it was left as it is; name another file" in said.errors
    assert (book.folder / "b.md").read_text() == "# B\n\n[y](no.md)\n"


@pytest.mark.parametrize("content", ["", "\n", "# of another time\n", baseline.render([])])
def test_an_empty_baseline_accepts_nothing_and_is_written_over(book, content):
    before = lines(book)
    (book.folder / "accepted.txt").write_text(content)
    assert len(book.new()) == 3
    assert book.check("--write-baseline").code == 0
    assert lines(book) == before


def damaged(kind, text):
    heading, *documents = text.split("\n\n")
    return {
        "another order": "\n\n".join([heading, *reversed(documents)]),
        "line endings of Windows": text.replace("\n", "\r\n"),
        "a byte order mark": f"\ufeff{text}",
        "tabs": text.replace("  L", "\tL"),
        "everything twice": text + text,
        "no comments": "\n\n".join(documents),
    }[kind]


@pytest.mark.parametrize(
    "kind",
    [
        *("another order", "line endings of Windows", "a byte order mark"),
        *("tabs", "everything twice", "no comments"),
    ],
)
def test_what_editors_and_merges_make_of_it_says_the_same(book, kind):
    file = book.folder / "accepted.txt"
    before = file.read_bytes()
    file.write_bytes(damaged(kind, before.decode()).encode())
    assert file.read_bytes() != before
    said = book.check()
    assert (said.code, said.errors) == (0, "")
    assert said.output.endswith("3 accepted by the baseline.\n")
    assert book.check("--write-baseline").code == 0
    assert file.read_bytes() == before


@pytest.mark.parametrize("union", [False, True])
def test_two_branches_that_both_write_it(book, union):
    """With a driver that keeps the lines of both sides there is no conflict, and nothing is lost."""
    if union:
        book.write({".gitattributes": "accepted.txt merge=union\n"})
    several = "# A\n\n[1](1.md)\n\n[2](2.md)\n\n[3](3.md)\n"
    book.write({"a.md": several})
    book.check("--write-baseline")
    book.commit()
    changed = {  # beside each other, both in the file and in the baseline
        "first": several.replace("[1](1.md)", "1"),
        "second": several.replace("[2](2.md)", "2") + "\n[4](4.md)\n",
    }
    for branch, text in changed.items():
        book.git("switch", "--quiet", "--create", branch, "main")
        book.write({"a.md": text})
        book.check("--write-baseline")
        book.commit()
    merged = subprocess.run(["git", "merge", "--quiet", "first"], cwd=book.folder, check=False)
    assert (merged.returncode == 0) == union
    book.write({"a.md": changed["second"].replace("[1](1.md)", "1")})
    said = book.check()
    if union:
        assert (said.code, "2 findings of accepted.txt no longer occur" in said.errors) == (0, True)
        assert book.check("--write-baseline").errors.startswith("accepted.txt accepts 3 findings")
    else:
        assert said.code == 2
        assert "left from a merge with conflicts; keep the findings of both sides" in said.errors


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
