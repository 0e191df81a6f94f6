"""What a change adds or breaks is found, wherever it stands; what was there before is not."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from mlsd_lint.gate.git_objects import Objects
from mlsd_lint.links.online import Online
from mlsd_lint.prose import checking

BOOK = {
    "guide.md": "# Guide\n\nSee [the setup](setup.md#install) and [what is lost](lost.md).\n",
    "setup.md": "# Setup\n\n## Install\n\nText.\n",
}
LONG = "".join(f"Line {number} of a chapter that is long enough.\n\n" for number in range(20))


@pytest.fixture
def book(repository):
    repository.commit(BOOK)
    return repository


def test_nothing_changed_is_nothing_new(book):
    said = book.check("--since", "HEAD", "--output-format", "concise")
    assert said.code == 0
    assert said.output == ("Nothing new: 2 files checked. Since HEAD: 0 new, 0 fixed, 1 known.\n")


def test_a_heading_that_is_gone_breaks_the_link_in_a_file_that_nobody_touched(book):
    book.write({"setup.md": "# Setup\n\n## Installation\n"})
    assert book.new("--since", "HEAD") == [("guide.md", "L103", 3)]
    assert book.summary("--since", "HEAD") == "1 new, 0 fixed, 1 known"


def test_what_moved_down_is_not_new(book):
    book.write({"guide.md": BOOK["guide.md"].replace("See", "New text.\n\nAs before, see")})
    assert book.new("--since", "HEAD") == []


def test_a_file_that_is_gone_breaks_links_and_takes_its_findings_along(book):
    (book.folder / "setup.md").unlink()
    assert book.new("--since", "HEAD") == [("guide.md", "L101", 3)]
    book.commit(BOOK | {"more.md": "# More\n\n[x](gone.md)\n"})
    (book.folder / "more.md").unlink()
    assert book.summary("--since", "HEAD") == "0 new, 1 fixed, 1 known"


def test_what_is_mended_is_counted(book):
    book.write({"lost.md": "# Found\n"})
    assert book.summary("--since", "HEAD") == "0 new, 1 fixed, 0 known"


def test_verbose_shows_the_rest_as_context(book):
    book.commit({"more.md": "# More\n\n[x](gone.md)\n"})
    book.write({"more.md": "# More\n\n[y](none.md)\n"})
    said = book.check("--since", "HEAD", "-v", "--output-format", "concise")
    known = 'known: guide.md:3:39: L101 error: link to "lost.md": there is no such file\n'
    assert known in said.errors
    assert 'fixed: more.md:3:1: L101 error: link to "gone.md": there is no such' in said.errors
    assert "compared with: HEAD at " in said.errors
    assert "lost.md" not in said.output
    assert said.code == 1


def test_the_third_of_equal_findings_is_new_if_there_were_two(book):
    two = "# Two\n\n[x](no.md) one\n\n[x](no.md) two\n"
    book.commit({"two.md": two})
    book.write({"two.md": two + "\n[x](no.md) three\n"})
    assert book.new("--since", "HEAD") == [("two.md", "L101", 7)]
    book.write({"two.md": two.replace("# Two\n", "# Two\n\n[x](no.md) zero\n")})
    assert book.new("--since", "HEAD") == [("two.md", "L101", 3)]
    book.write({"two.md": two.replace("[x](no.md) one\n\n", "")})
    assert book.summary("--since", "HEAD") == "0 new, 1 fixed, 2 known"


@pytest.mark.parametrize("tracked", [True, False])
def test_a_renamed_document_is_still_the_same(book, tracked):
    book.commit({"a.md": f"# A\n\n{LONG}[x](gone.md)\n\n[x](gone.md)\n"})
    (book.folder / "part").mkdir()
    if tracked:
        book.git("mv", "a.md", "part/b.md")
    else:
        (book.folder / "a.md").rename(book.folder / "part/b.md")
    assert book.new("--since", "HEAD") == []
    text = (book.folder / "part/b.md").read_text("utf-8").replace("Line 3", "A new line")
    book.write({"part/b.md": text + "\n[x](gone.md)\n"})
    assert [one[:2] for one in book.new("--since", "HEAD")] == [("part/b.md", "L101")]
    assert book.summary("--since", "HEAD") == "1 new, 0 fixed, 3 known"


def test_a_document_that_moves_away_from_what_it_links_to_is_new(book):
    book.commit({"a.md": f"# A\n\n{LONG}[x](setup.md)\n"})
    (book.folder / "part").mkdir()
    book.git("mv", "a.md", "part/a.md")
    assert [one[:2] for one in book.new("--since", "HEAD")] == [("part/a.md", "L101")]


def test_a_section_that_moved_to_another_document_is_not_new(book):
    section = "\n## Moved\n\nAs [they](they.md) say.\n"
    book.commit({"a.md": f"# A\n{section}", "b.md": "# B\n"})
    book.write({"a.md": "# A\n", "b.md": f"# B\n{section}"})
    assert book.new("--since", "HEAD") == []
    book.write({"a.md": f"# A\n{section}"})  # copied is not moved
    assert book.new("--since", "HEAD") == [("b.md", "L101", 5)]


def test_an_untracked_document_is_part_of_the_change_and_an_ignored_one_is_not(book):
    book.commit({".gitignore": "drafts/\n"})
    book.write({"drafts/a.md": "[x](gone.md)\n", "b.md": "# B\n\n[x](gone.md)\n"})
    assert book.new("--since", "HEAD") == [("b.md", "L101", 3)]


def test_globs_decide_on_both_sides(book):
    settings = (book.folder / "mlsd-lint.toml").read_text("utf-8")
    book.commit({"old/a.md": "# A\n\n[x](gone.md)\n"})
    book.write({"mlsd-lint.toml": f'{settings}exclude = ["old/"]\n'})
    assert book.summary("--since", "HEAD") == "0 new, 0 fixed, 1 known"
    book.commit()
    book.write({"mlsd-lint.toml": settings})
    assert book.summary("--since", "HEAD") == "0 new, 0 fixed, 2 known"


def test_paths_filter_what_is_reported(book):
    book.write(
        {
            "setup.md": "# Setup\n\n[x](no.md)\n",
            "part/a.md": "# A\n\n[x](no.md)\n",
            "part/deep/b.md": "# B\n\n[x](no.md)\n",
        }
    )
    assert book.new("--since", "HEAD", "guide.md") == [("guide.md", "L103", 3)]
    assert book.new("--since", "HEAD", "part") == [
        ("part/a.md", "L101", 3),
        ("part/deep/b.md", "L101", 3),
    ]
    assert len(book.new("--since", "HEAD", ".")) == 4
    assert len(book.new("--since", "HEAD", "setup.md", "part/a.md")) == 2


def test_without_a_configuration_the_whole_folder_is_compared(book):
    (book.folder / "mlsd-lint.toml").unlink()
    book.write({"setup.md": "# Setup\n"})
    found = book.new("--since", "HEAD", "--select", "L1", "guide.md")
    assert found == [("guide.md", "L103", 3)]


def test_a_path_that_the_change_took_away_is_no_error(book):
    (book.folder / "setup.md").unlink()
    assert book.new("--since", "HEAD", "setup.md") == []
    said = book.check("--since", "HEAD", "never.md")
    assert said.code == 2
    assert "never.md does not exist" in said.output


def test_a_path_outside_of_the_repository(book):
    (book.folder.parent / "x.md").write_text("# X\n")
    for paths in (["../x.md"], ["../x.md", "guide.md"]):
        said = book.check("--since", "HEAD", "--config", "mlsd-lint.toml", *paths)
        assert said.code == 2
        assert "--since and --staged need a git repository" in said.errors


def test_all_documents_gone_is_not_nothing_to_check(book):
    for name in BOOK:
        (book.folder / name).unlink()
    assert book.summary("--since", "HEAD") == "0 new, 1 fixed, 0 known"
    book.commit()
    assert "no Markdown files" in book.check("--since", "HEAD").errors


def test_what_could_not_be_checked_before_either_is_known(book):
    (book.folder / "bad.md").write_bytes(b"\xff")
    book.commit()
    assert book.new("--since", "HEAD") == []
    (book.folder / "worse.md").write_bytes(b"# A\n\n\xff")
    said = book.check("--since", "HEAD", "--output-format", "concise")
    assert said.code == 2
    assert "worse.md:3:1: E002" in said.output
    assert "bad.md" not in said.output


def test_fix_mends_only_what_is_new(book):
    book.commit({"a.md": "# A\n\n[x](Setup.md)\n"})
    book.write({"a.md": "# A\n\n[x](Setup.md)\n\n[y](SETUP.md)\n"})
    assert book.new("--since", "HEAD") == [("a.md", "L102", 5)]
    assert "+[y](setup.md)" in book.check("--since", "HEAD", "--diff").output
    said = book.check("--since", "HEAD", "--fix")
    assert said.code == 0
    assert (book.folder / "a.md").read_text() == "# A\n\n[x](Setup.md)\n\n[y](setup.md)\n"


def test_add_ignore_silences_only_what_is_new(book):
    book.write({"a.md": "# A\n\n[x](gone.md)\n"})
    assert book.check("--since", "HEAD", "--add-ignore").code == 0
    assert "mlsd-lint-disable" in (book.folder / "a.md").read_text()
    assert (book.folder / "guide.md").read_text() == BOOK["guide.md"]
    assert book.new("--since", "HEAD") == []


def test_standard_input_is_compared_with_the_file_of_that_name(book, monkeypatch):
    def given(text):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))

    given(BOOK["guide.md"] + "\n[x](gone.md)\n")
    arguments = ("--since", "HEAD", "-", "--stdin-filename", "guide.md")
    assert book.new(*arguments) == [("guide.md", "L101", 5)]
    given("# Setup\n")  # which breaks a link elsewhere, but that is not asked for
    assert book.new("--since", "HEAD", "-", "--stdin-filename", "setup.md") == []


def test_unchanged_documents_cost_nothing_and_neither_side_evicts_the_other(book):
    book.write({"setup.md": "# Setup\n\n## Install\n\nMore text.\n"})
    book.check("--since", "HEAD")
    for _ in range(2):
        said = book.check("--since", "HEAD", "-v")
        assert "files: 2 checked, 0 of them parsed" in said.errors
    assert "0 of them parsed" in book.check("-v").errors


def test_git_is_asked_only_for_what_differs(book, monkeypatch):
    asked = []
    real = Objects.content
    monkeypatch.setattr(
        Objects, "content", lambda self, oid, limit: (asked.append(oid), real(self, oid, limit))[1]
    )
    book.write({"setup.md": "# Setup\n\n## Install\n\nMore text.\n"})
    book.check("--since", "HEAD")
    assert asked == [book.git("rev-parse", "HEAD:setup.md")]


def test_external_links_are_asked_about_only_where_they_are_new(book, monkeypatch):
    asked = []
    monkeypatch.setattr(
        Online, "__call__", lambda _, places: asked.extend(one.value for one in places) or {}
    )
    book.commit({"web.md": "# Web\n\n<https://a.test/1> <https://a.test/2>\n"})
    book.write(
        {
            "web.md": "# Web\n\n<https://a.test/1>\n",
            "b.md": "# B\n\n<https://a.test/2> <https://a.test/3> <https://a.test/3#x>\n",
        }
    )
    book.check("--since", "HEAD", "--online", "--select", "L2")
    assert asked == ["https://a.test/3", "https://a.test/3#x"]


def test_prose_is_compared_too(book, monkeypatch):
    settings = 'select = ["P001"]\nfail-on = "info"\n'
    book.commit({"mlsd-lint.toml": settings, "a.md": "# A\n\nThis is is old.\n"})
    book.write({"a.md": "# A\n\nThis is is old.\n\nThat was was new.\n"})
    arguments = ("--since", "HEAD", "--grammar", "harper")
    assert book.new(*arguments) == [("a.md", "P001", 5)]
    reads = []
    real = checking._text
    monkeypatch.setattr(
        checking, "_text", lambda one, codes: (reads.append(one.path), real(one, codes))[1]
    )
    said = book.check(*arguments, "-v")
    assert reads == []  # the cache has both sides
    assert "harper 0\n" in said.errors
    assert "1 new, 0 fixed, 1 known" in said.output


def test_watching_a_change(book):
    command = [sys.executable, "-m", "mlsd_lint", "check", "--since", "HEAD", "--watch"]
    arguments = ["--grammar", "none", "--output-format", "concise"]
    with subprocess.Popen(
        [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert "0 new, 0 fixed, 1 known" in process.stdout.readline()
            book.write({"setup.md": "# Setup\n"})
            assert "guide.md:3:5: L103" in process.stdout.readline()
            assert "1 new, 0 fixed, 1 known" in process.stdout.readline()
        finally:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
    assert process.returncode == 130
