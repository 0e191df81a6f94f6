"""When a link was added, asked of real repositories; and where the copy is."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.links import archive as archive_module
from mlsd_lint.links.archive import added, all_added, archive_request_target, copy_in
from mlsd_lint.links.exchange import Reply

ARCHIVE = "https://web.archive.org"
DEAD = "https://gone.example.net/a%2Fb?x=1&y=%20"


class Repository:
    """A repository whose commits are made at the times that a test names."""

    def __init__(self, path):
        self.path = path
        path.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments, **environment):
        who = {"NAME": "A", "EMAIL": "a@example.net"}
        names = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
        subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env={**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, **environment},
            check=True,
            capture_output=True,
        )

    def write(self, name, *lines):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def commit(self, year):
        self.git("add", "-A")
        when = f"{year}-05-06T07:08:09+0200"
        later = f"{year + 1}-01-01T00:00:00Z"
        self.git("commit", "-qm", "x", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=later)


def may(year):
    return datetime(year, 5, 6, 5, 8, 9, tzinfo=UTC)


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "book")
    made.write("page.md", "one", "two", "three")
    made.commit(2015)
    made.write("page.md", "one", "new", "two", "three", "four", "boundary", "author-time 7")
    made.commit(2019)
    return made


def test_each_line_has_the_date_of_its_author(repository):
    assert all_added(repository.path, "page.md", [1, 2, 3, 5, 7]) == {
        1: may(2015),
        2: may(2019),
        3: may(2015),
        5: may(2019),
        7: may(2019),
    }
    assert added(repository.path, "page.md", 1) == may(2015)


def test_one_blame_answers_for_all_lines(repository, monkeypatch):
    calls = []
    real = subprocess.run

    def counted(*arguments, **options):
        calls.append(arguments)
        return real(*arguments, **options)

    monkeypatch.setattr(subprocess, "run", counted)
    assert len(all_added(repository.path, "page.md", [2, 5, 6, 6])) == 3
    assert len(calls) == 1


def test_a_line_that_is_not_committed_has_no_date(repository):
    repository.write("page.md", "one", "mine", "two", "three")
    assert all_added(repository.path, "page.md", [1, 2, 3]) == {1: may(2015), 3: may(2015)}


def test_a_file_that_git_does_not_know_has_no_dates(repository):
    repository.write("fresh.md", "one")
    assert added(repository.path, "fresh.md", 1) is None
    assert added(repository.path, "none.md", 1) is None
    repository.git("add", "-A")
    assert added(repository.path, "fresh.md", 1) is None


@pytest.mark.parametrize("line", [0, -1, 99])
def test_a_line_that_is_not_there_has_no_date(repository, line):
    assert added(repository.path, "page.md", line) is None


def test_what_is_older_than_a_shallow_clone_has_no_date(repository, tmp_path):
    repository.write("page.md", "newest", "one", "new")
    repository.commit(2022)
    source = f"file://{repository.path}"
    repository.git("clone", "-q", "--depth", "2", source, str(tmp_path / "shallow"))
    assert all_added(tmp_path / "shallow", "page.md", [1, 2, 3]) == {1: may(2022)}
    assert all_added(repository.path, "page.md", [1, 2, 3]) == {
        1: may(2022),
        2: may(2015),
        3: may(2019),
    }


@pytest.mark.parametrize(
    "name",
    ["-p", "--help.md", "a b.md", "ü.md", ":(glob)*.md", "*.md", "a\nb.md", '"q".md', "d/e/f.md"],
)
def test_paths_with_odd_names(repository, name):
    repository.write(name, "only")
    repository.commit(2020)
    assert added(repository.path, name, 1) == may(2020)


def test_a_path_that_is_not_unicode(repository):
    (repository.path / os.fsdecode(b"\xff.md")).write_text("x\n", encoding="utf-8")
    repository.commit(2020)
    assert added(repository.path, os.fsdecode(b"\xff.md"), 1) == may(2020)
    assert added(repository.path, "a\0b", 1) is None


def test_a_folder_inside_a_repository(repository):
    repository.write("docs/page.md", "one")
    repository.commit(2021)
    assert added(repository.path / "docs", "page.md", 1) == may(2021)


def test_outside_of_any_repository(tmp_path):
    (tmp_path / "page.md").write_text("x\n", encoding="utf-8")
    assert added(tmp_path, "page.md", 1) is None
    assert added(tmp_path / "none", "page.md", 1) is None


def test_without_git(repository, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert added(repository.path, "page.md", 1) is None


def test_git_that_takes_too_long_is_not_waited_for(repository, monkeypatch, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setattr(archive_module, "GIT_TIME", 0.2)
    assert added(repository.path, "page.md", 1) is None


def test_the_environment_of_a_hook_names_no_other_repository(repository, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert added(repository.path, "page.md", 1) == may(2015)


def test_no_program_that_the_repository_names_is_started(repository, tmp_path):
    mark = tmp_path / "started"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    for name in ("core.fsmonitor", "diff.x.textconv", "core.pager", "diff.external"):
        repository.git("config", name, str(program))
    (repository.path / ".git/info/attributes").write_text("*.md diff=x\n", encoding="utf-8")
    assert added(repository.path, "page.md", 1) == may(2015)
    assert not mark.exists()


def test_a_date_that_is_no_time_is_none():
    assert archive_module._date(b"99999999999999999999") is None
    assert archive_module._date(b"x") is None


# The archive

WHEN = datetime(2019, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=2)))


def test_it_is_asked_for_the_time_in_utc_and_the_url_as_it_is():
    expected = f"{ARCHIVE}/web/20190506050809/{DEAD}"
    assert archive_request_target(ARCHIVE, DEAD, WHEN) == expected
    assert archive_request_target(ARCHIVE + "/", DEAD + "#there", WHEN) == expected


def reply(status, **headers):
    return Reply(status, {k.replace("_", "-"): v for k, v in headers.items()}, b"", True, 0.1)  # noqa: FBT003  # complete


COPY = f"{ARCHIVE}/web/20190501000000/{DEAD}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "copy"),
    [
        (COPY, COPY),
        (COPY.removeprefix(ARCHIVE), COPY),
        (COPY.removeprefix("https:"), COPY),
        (
            COPY.replace("https://web", "http://web", 1),
            COPY.replace("https://web", "http://web", 1),
        ),
        (f"/web/20190501000000id_/{DEAD}", f"{ARCHIVE}/web/20190501000000id_/{DEAD}"),
        (f"https://user:secret@web.archive.org/web/2019/{DEAD}", f"{ARCHIVE}/web/2019/{DEAD}"),
        ("/web/20190501000000/http://h/ü x", f"{ARCHIVE}/web/20190501000000/http://h/%C3%BC%20x"),
        ("", ""),
        ("/", ""),
        ("/login", ""),
        ("/web/*/https://gone.example.net/", ""),
        ("/web/20190501000000/", ""),
        (f"https://elsewhere.example.net/web/20190501000000/{DEAD}", ""),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
        ("/web/20190501000000/\x1b[2J", ""),
    ],
)
def test_the_redirect_leads_to_the_copy(status, location, copy):
    assert copy_in(reply(status, location=location.encode().decode("latin-1")), ARCHIVE) == copy


def test_an_archive_below_a_path():
    location = f"/all/web/20190501000000/{DEAD}"
    expected = f"http://127.0.0.1:8080/all/web/20190501000000/{DEAD}"
    assert copy_in(reply(302, location=location), "http://127.0.0.1:8080/all/") == expected


@pytest.mark.parametrize("status", [200, 403, 404, 429, 500, 503])
def test_where_there_is_no_copy_there_is_no_address(status):
    assert copy_in(reply(status), ARCHIVE) == ""


def test_an_archive_that_answers_with_the_copy_says_which():
    assert copy_in(reply(200, content_location=COPY), ARCHIVE) == COPY
    assert copy_in(reply(404, content_location=COPY), ARCHIVE) == ""


@given(st.text(), st.text(min_size=1))
def test_nothing_that_an_archive_says_raises_or_is_unfit_to_show(location, archive):
    for place in (ARCHIVE, archive):
        found = copy_in(
            reply(302, location=location.encode("utf-8", "replace").decode("latin-1")), place
        )
        assert found == "" or (found.isascii() and found.isprintable() and " " not in found)
