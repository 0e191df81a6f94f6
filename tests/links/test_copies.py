"""Copies of dead pages, found by the command in an archive of the test's own."""

from __future__ import annotations

import json
import os
import signal
import subprocess

import pytest

from links.asking_the_web import COMMAND, book, environment, run
from web import behaviours, hostile
from web.clients import wait_until


@pytest.fixture
def archive(web):
    """An archive that has a copy of whatever it is asked for, made at the time asked for."""
    return web.host(lambda seen: behaviours.redirect(seen.target))


def commit(folder, date):
    who = {
        f"GIT_{role}_{key}": "a" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")
    }
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    for arguments in (["init", "-q"], ["add", "a.md"], ["commit", "-qm", "a"]):
        subprocess.run(
            ["git", *arguments], cwd=folder, env={**os.environ, **who, **dates}, check=True
        )


def settings(archive):
    return f'links.archive = "{archive.origin}"\n'


def test_a_dead_page_gets_the_copy_of_when_its_link_was_written(web, archive, tmp_path):
    site = web.host({"/there": behaviours.page()})
    book(tmp_path, [site.url("/gone"), site.url("/there")], settings(archive))
    commit(tmp_path, "2019-05-06T07:08:09+02:00")
    result = run(tmp_path, "--suggest-archives", "--output-format", "json", env=environment(web))
    (found,) = json.loads(result.stdout)
    copy = f"{archive.origin}/web/20190506050809/{site.url('/gone')}"
    assert found["evidence"]["archive"] == copy
    assert copy in found["help"]
    assert [one.target for one in archive.log] == [f"/web/20190506050809/{site.url('/gone')}"]


def test_no_archive_is_asked_unasked(web, archive, tmp_path):
    site = web.host({})
    book(tmp_path, [site.url("/gone")], settings(archive))
    assert run(tmp_path, env=environment(web)).returncode == 1
    assert archive.log == []


def test_an_archive_without_answer_takes_nothing_from_the_finding(web, tmp_path):
    site, silent = web.host({}), web.host(hostile.hang())
    quick = f'links.hosts."{silent.ip}".timeout = "2s"\n'
    book(tmp_path, [site.url("/gone")], settings(silent) + quick)
    result = run(tmp_path, "--suggest-archives", "--output-format", "concise", env=environment(web))
    assert result.returncode == 1
    assert "404 from" in result.stdout
    assert silent.log != []


def test_an_archive_that_is_not_asked_in_time_is_said_and_asked_again(web, tmp_path):
    site, silent = web.host({}), web.host(hostile.hang())
    keep = 'links.keep = { dead = "1h" }\n'
    book(tmp_path, [site.url("/gone")], settings(silent) + keep)
    flags = ("--suggest-archives", "--max-time", "4s")

    for times in (1, 2):
        result = run(tmp_path, *flags, env=environment(web))
        assert result.returncode == 1
        said = f"mlsd-lint: {silent.origin} was not asked for all copies in time\n"
        assert result.stderr == said
        assert len(silent.log) == times


def test_an_interruption_while_an_archive_is_asked_prints_what_is_known(web, tmp_path):
    site, silent = web.host({}), web.host(hostile.hang())
    book(tmp_path, [site.url("/gone")], settings(silent) + 'links.timeout = "300s"\n')
    process = subprocess.Popen(
        [*COMMAND, "--suggest-archives", "--output-format", "concise"],
        cwd=tmp_path,
        env=environment(web),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: silent.log != [])
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=120)

    assert process.returncode == 130
    assert "404 from" in output
    assert errors == "mlsd-lint: interrupted; what is said above is what is known\n"
