"""`mlsd-lint check --online` as a user runs it, against hosts on loopback addresses."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from links.asking_the_web import COMMAND, book, environment, lines, run, seen
from mlsd_lint.cli import main
from mlsd_lint.links.storing.store import open_store
from web.behaviours import (
    basic_auth,
    bearer,
    cloudflare_403,
    file,
    in_turn,
    not_found,
    page,
    redirect,
    status,
    throttled,
    validated,
)
from web.clients import wait_until
from web.hostile import hang

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from web import Host

FILE = file()
CONCISE = ("--output-format", "concise")
# Runs before anything else in a process of Python's that has its folder on the path.
TRAP = """
import sys

class Trap:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {forbidden!r}:
            sys.stderr.write("imported " + name + chr(10))
        return None

sys.meta_path.insert(0, Trap())
"""
NO_NAMES = """
import socket

def none(host, *others, **more):
    raise socket.gaierror({error}, "not known")

socket.getaddrinfo = none
"""


def customized(folder: Path, code: str) -> dict[str, str]:
    """An environment in which the command runs this code first."""
    site = folder / "site"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": f"{site}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


def start(folder: Path, *flags: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *flags],
        cwd=folder,
        env={**environment(), **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def codes(result: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.split()[1] for line in lines(result)]


@pytest.fixture
def check(monkeypatch, capfd):
    """The same as `run`, but in this process, which spares a second's work of importing."""

    def checked(folder: Path, *flags: str, env: Mapping[str, str] | None = None):
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            for name in os.environ.keys() - environment().keys():
                patch.delenv(name)
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            code = main(["check", "--online", "--grammar", "none", *flags])
        output, errors = capfd.readouterr()
        return subprocess.CompletedProcess(flags, code, output, errors)

    return checked


# --- what it prints, and the exit code ---


def test_a_book_whose_links_are_good_passes(check, web, tmp_path):
    host = web.host(FILE)
    result = check(book(tmp_path, [host.url("/p")]))

    assert (result.returncode, result.stderr) == (0, "")
    assert "All checks passed" in result.stdout


def test_each_verdict_has_its_rule_and_only_a_dead_link_fails(check, web, tmp_path):
    hosts = {
        "L201": web.host(not_found()),
        "L202": web.host({"/p": redirect("/there", 301), "/there": FILE}),
        "L203": web.host(status(500)),
        "L204": web.host(cloudflare_403()),
        "L205": web.host(throttled("1000")),
        "L206": web.host({"/p": redirect("/", 302), "/": page()}),
        "L207": web.host(redirect("http://10.0.0.1/")),
    }
    folder = book(tmp_path, [host.url("/p") for host in hosts.values()])

    result = check(folder, *CONCISE)

    assert codes(result) == list(hosts)
    assert result.returncode == 1
    assert [line.split()[2] for line in lines(result)] == ["error:", "[*]", *["info:"] * 5]
    assert check(folder, *CONCISE, "--ignore", "L201").returncode == 0
    assert check(folder, *CONCISE, "--ignore", "L201", "--fail-on", "warning").returncode == 1


def test_json_has_the_url_the_verdict_and_the_evidence_of_every_place(check, web, tmp_path):
    host = web.host({"/p": redirect("/q", 302), "/q": redirect("/gone", 302)})
    folder = book(tmp_path, [host.url("/p")])
    (folder / "b.md").write_text(f"# B\n\nSee [it]({host.url('/p')}).\n", encoding="utf-8")

    result = check(folder, "--output-format", "json")

    found = json.loads(result.stdout)
    places = [(one["filename"], one["location"]["row"]) for one in found]
    assert sorted(places) == [("a.md", 3), ("b.md", 3)]
    for one in found:
        assert (one["code"], one["url"], one["verdict"]) == ("L201", host.url("/p"), "dead")
        evidence = one["evidence"]
        assert "404 from" in evidence["reason"]
        assert evidence["status"] == 404
        assert [hop["url"] for hop in evidence["chain"]] == [host.url("/p"), host.url("/q")]
        assert len(evidence["places"]) == 2
    assert seen(host) == "HEAD /p, HEAD /q, HEAD /gone, GET /gone, GET /p, GET /q"


def test_time_that_is_over_is_said_and_no_error(check, web, tmp_path):
    host = web.host(hang())
    folder = book(tmp_path, [host.url("/p")])

    result = check(folder, *CONCISE, "--max-time", "300ms")

    assert result.returncode == 0
    assert codes(result) == ["L207"]
    assert "not reached within 0.3 seconds" in result.stdout


@pytest.mark.parametrize("value", ["soon", "5", "-1s", "0s"])
def test_a_max_time_that_is_none_is_refused(check, tmp_path, value):
    result = check(book(tmp_path, []), f"--max-time={value}")

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("mlsd-lint: --max-time: ")
    assert result.stderr.count("\n") == 1


def test_without_a_network_it_says_so_once_and_could_not_check(tmp_path):
    folder = book(tmp_path, [f"https://a{number}.zz/" for number in range(5)])

    result = run(
        folder, *CONCISE, env=customized(tmp_path, NO_NAMES.format(error="socket.EAI_AGAIN"))
    )

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "mlsd-lint: external links were not checked: no name resolves here; is there a network?\n"
    )


def test_without_a_network_no_name_is_called_dead_and_nothing_is_kept(web, tmp_path):
    folder = book(tmp_path, ["https://a.zz/", "https://b.zz/"])
    env = customized(tmp_path, NO_NAMES.format(error="socket.EAI_NONAME"))

    assert run(folder, *CONCISE, env=env).returncode == 2
    with sqlite3.connect(folder / ".mlsd_lint_cache" / "links.sqlite") as store:
        assert store.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    store.close()


def test_a_run_that_reaches_nobody_ends_before_it_has_asked_for_every_name(
    check, tmp_path, monkeypatch
):
    done = threading.Event()
    names = set()

    def failing(name, *others, **more):
        names.add(name)
        if len(names) > 40 and name != b"example.com":
            done.wait(120)
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr("socket.getaddrinfo", failing)
    folder = book(tmp_path, [f"https://a{number}.zz/" for number in range(200)])

    result = check(folder, *CONCISE)
    done.set()

    assert len(names) < 200
    assert (result.returncode, result.stderr.count("no name resolves here")) == (2, 1)
    assert "L20" not in result.stdout


def test_a_network_that_goes_on_the_way_makes_no_name_dead(check, web, monkeypatch, tmp_path):
    there = web.host({"/p": page()}, name="there.zz")
    asked = []

    def going(name, *others, **more):
        asked.append(name.decode() if isinstance(name, bytes) else name)
        if asked == ["there.zz"]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (there.ip, 0))]
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr("socket.getaddrinfo", going)
    # One request at a time, so that the name which is there is asked for first.
    folder = book(tmp_path, [there.url("/p"), "http://late.zz/"], "links.concurrency = 1\n")

    result = check(folder, *CONCISE)

    assert asked == ["there.zz", "late.zz", "there.zz"]
    assert "L207 info: link to http://late.zz/: name does not resolve, but" in result.stdout
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        (
            "HTTPS_PROXY",
            "http://me:secret@127.0.0.1:9",
            "the proxy 127.0.0.1:9 cannot be reached: ",
        ),
        ("HTTPS_PROXY", "nonsense://", "HTTPS_PROXY or ALL_PROXY holds no address of a proxy"),
        ("SSL_CERT_FILE", "/no/such/file", "the certificates that SSL_CERT_FILE names cannot be "),
    ],
)
def test_what_is_wrong_with_the_environment_is_said_once_and_held_against_no_link(
    check, tmp_path, name, value, reason
):
    folder = book(tmp_path, [f"https://127.0.0.{number}:9/" for number in range(1, 9)])

    result = check(folder, *CONCISE, env={name: value})

    assert result.returncode == 2
    assert "L20" not in result.stdout
    assert result.stderr.startswith(f"mlsd-lint: external links were not checked: {reason}")
    assert result.stderr.count("\n") == 1
    assert "secret" not in result.stderr
    with sqlite3.connect(folder / ".mlsd_lint_cache" / "links.sqlite") as store:
        assert store.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    store.close()


def test_a_name_server_that_is_silent_holds_up_the_end_no_longer_than_is_set(
    check, tmp_path, monkeypatch
):
    done = threading.Event()

    def silent(name, *others, **more):
        if name != b"a.zz":
            done.wait(120)
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr("socket.getaddrinfo", silent)
    monkeypatch.setattr("mlsd_lint.links.session._NAME_SERVER", 0.2)
    folder = book(tmp_path, ["https://a.zz/", "https://b.zz/"])
    began = time.monotonic()

    result = check(folder, "--max-time", "4s")
    done.set()

    assert time.monotonic() - began < 110  # and not until the name server answers
    assert (result.returncode, result.stderr.count("no name resolves here")) == (2, 1)


@pytest.mark.parametrize("text", ["", "# Nothing\n", "# Local\n\n[here](#local)\n"])
def test_a_document_without_external_links_asks_nobody(tmp_path, text):
    folder = book(tmp_path, [])
    (folder / "a.md").write_text(text, encoding="utf-8")

    result = run(
        folder, "-v", env=customized(tmp_path, TRAP.format(forbidden={"httpx", "httpcore"}))
    )

    assert result.returncode == 0
    assert "0 asked with 0 requests" in result.stderr
    assert "imported" not in result.stderr


def test_a_run_that_is_not_online_knows_of_no_link_and_imports_nothing_for_it(web, tmp_path):
    host = web.host(not_found())
    folder = book(tmp_path, [host.url("/p")])
    trap = customized(tmp_path, TRAP.format(forbidden={"httpx", "httpcore", "selectolax", "rich"}))
    assert run(folder, *CONCISE).returncode == 1

    offline = [one for one in COMMAND if one != "--online"]
    result = subprocess.run(
        offline,
        cwd=folder,
        env={**environment(), **trap},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0
    assert result.stderr == ""
    assert "L2" not in result.stdout


# --- which links are asked ---


def test_a_link_that_is_silenced_wherever_it_stands_is_not_asked(check, web, tmp_path):
    host = web.host(not_found())
    folder = book(tmp_path, [], 'per-file-ignores = { "b.md" = ["L2"] }\n')
    text = f"""# Links

<!-- mlsd-lint-disable-next-line L2 -->
[one]({host.url("/silenced")})

<!-- mlsd-lint-disable-next-line L2 -->
[two]({host.url("/partly")})

[three]({host.url("/partly")})

<!-- mlsd-lint-disable-next-line L201 -->
[four]({host.url("/one-rule")})
"""
    (folder / "a.md").write_text(text, encoding="utf-8")
    (folder / "b.md").write_text(f"# B\n\n[x]({host.url('/ignored')})\n", encoding="utf-8")

    result = check(folder, *CONCISE)

    assert {one.path for one in host.log} == {"/robots.txt", "/partly", "/one-rule"}
    assert [line.split(":")[:2] for line in lines(result)] == [["a.md", "9"]], result.stdout


def test_links_are_asked_only_if_a_rule_wants_to_know(check, web, tmp_path):
    host = web.host(not_found())
    folder = book(tmp_path, [host.url("/p")])

    assert check(folder, "--select", "H", "--no-cache").returncode == 0
    assert check(folder, "--ignore", "L2", "--no-cache").returncode == 0
    assert seen(host) == ""
    assert check(folder, "--select", "L2", "--no-cache").returncode == 1
    assert seen(host) == "HEAD /p, GET /p"


def test_excluded_and_reserved_addresses_and_templates_are_not_asked(check, web, tmp_path):
    host = web.host(not_found())
    links = [host.url("/private/x"), host.url("/{id}"), "https://example.org/x", "mailto:a@b.zz"]
    folder = book(tmp_path, links, f'links.exclude = ["{host.url("/private/*")}"]')

    result = check(folder, "-v")

    assert result.returncode == 0
    assert "0 asked with 0 requests" in result.stderr
    assert seen(host) == ""


def test_a_link_to_the_repository_itself_is_answered_from_the_checkout(check, web, tmp_path):
    host = web.host(FILE)
    (tmp_path / "new.md").write_text("# New\n", encoding="utf-8")
    links = [host.url("/crew/book/blob/main/new.md"), host.url("/crew/book/blob/main/gone.md")]
    settings = f'links.repository = "{host.url("/crew/book")}"\nbranches = ["main"]\n'
    folder = book(tmp_path, links, settings.partition("\n")[0])

    result = check(folder, *CONCISE)

    assert seen(host) == ""
    assert [line.split(":")[1] for line in lines(result)] == ["4"], result.stdout


# --- what is kept ---


def test_a_second_run_asks_nothing_that_is_kept_and_replays_without_a_client(web, tmp_path):
    hosts = [web.host(FILE), web.host({"/p": redirect("/q", 301), "/q": page()})]
    folder = book(tmp_path, [host.url("/p") for host in hosts])
    first = run(folder, *CONCISE)
    asked = len(web.log)
    assert codes(first) == ["L202"]
    trap = customized(
        tmp_path, TRAP.format(forbidden={"httpx", "httpcore", "mistune", "pydantic", "selectolax"})
    )

    second = run(folder, *CONCISE, env=trap)

    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert len(web.log) == asked
    (folder / "b.md").write_text(f"# B\n\n[b]({hosts[0].url('/p')})\n", encoding="utf-8")
    trap = customized(tmp_path, TRAP.format(forbidden={"httpx", "httpcore"}))
    third = run(folder, "-v", env=trap)
    assert "2 known from earlier runs, 0 asked with 0 requests" in third.stderr
    assert "imported" not in third.stderr
    assert len(web.log) == asked


def test_of_many_links_only_the_dead_one_is_asked_again(check, web, tmp_path):
    good, dead = [web.host(FILE) for _ in range(8)], web.host(not_found())
    folder = book(tmp_path, [host.url("/p") for host in (*good, dead)])

    results = [check(folder, *CONCISE) for _ in range(2)]

    assert results[0].stdout == results[1].stdout
    assert [seen(host) for host in good] == ["HEAD /p"] * 8
    assert seen(dead) == "HEAD /p, GET /p, HEAD /p, GET /p"


def test_recheck_asks_again(check, web, tmp_path):
    host = web.host(FILE)
    folder = book(tmp_path, [host.url("/p")])

    for flags in ((), (), ("--recheck",)):
        assert check(folder, *flags).returncode == 0

    assert seen(host) == "HEAD /p, HEAD /p"


def test_a_link_that_is_mended_passes_at_once(check, web, tmp_path):
    host = web.host(not_found())
    folder = book(tmp_path, [host.url("/p")])
    assert check(folder).returncode == 1
    host.behaviour = FILE
    assert check(folder).returncode == 0


@pytest.mark.parametrize(
    ("given", "header"),
    [
        ({"etag": '"v1"'}, "if-none-match"),
        ({"last_modified": "Sun, 06 Nov 1994 08:49:37 GMT"}, "if-modified-since"),
    ],
    ids=["etag", "last-modified"],
)
def test_an_answer_that_expired_is_asked_whether_it_still_holds(
    check, web, tmp_path, given, header
):
    host = web.host(validated(**given))
    folder = book(tmp_path, [host.url("/p#one")], 'links.keep = { ok = "0s" }')

    results = [check(folder, *CONCISE) for _ in range(2)]

    assert [result.returncode for result in results] == [0, 0]
    assert seen(host) == "GET /p, GET /p"
    assert [header in one.headers for one in host.log] == [False, True]
    (folder / "a.md").write_text(f"# A\n\n[x]({host.url('/p#two')})\n", encoding="utf-8")
    assert codes(check(folder, *CONCISE)) == ["L208"]


def test_what_another_question_was_answered_is_not_used(check, web, tmp_path):
    host = web.host(bearer("good", FILE))
    settings = (
        f'links.hosts."{host.ip}".token = "${{DOCS_TOKEN}}"\nlinks.keep = {{ blocked = "1d" }}'
    )
    folder = book(tmp_path, [host.url("/p")], settings)

    refused = check(folder, *CONCISE, env={"DOCS_TOKEN": "bad"})
    accepted = check(folder, *CONCISE, env={"DOCS_TOKEN": "good"})
    again = check(folder, *CONCISE, env={"DOCS_TOKEN": "bad"})

    assert [codes(one) for one in (refused, again)] == [["L204"]] * 2
    assert "L204" not in accepted.stdout
    assert seen(host) == "HEAD /p, GET /p, HEAD /p"


def test_failures_are_counted_over_runs_until_they_are_believed(check, web, tmp_path):
    host = web.host(status(500))
    settings = 'links.confirm-failures = 3\nlinks.confirm-interval = "0s"'
    folder = book(tmp_path, [host.url("/p")], settings)

    results = [check(folder, *CONCISE) for _ in range(3)]

    assert [codes(result) for result in results] == [["L203"], ["L203"], ["L201"]]
    assert "(3 failures): 500 from" in results[2].stdout
    host.behaviour = FILE
    assert check(folder).returncode == 0
    host.behaviour = status(500)
    (folder / ".mlsd_lint_cache" / "links.sqlite").unlink()
    assert codes(check(folder, *CONCISE)) == ["L203"]


def test_no_cache_keeps_nothing(check, web, tmp_path):
    host = web.host(FILE)
    folder = book(tmp_path, [host.url("/p")])

    for _ in range(2):
        check(folder, "--no-cache")

    assert seen(host) == "HEAD /p, HEAD /p"
    assert not (folder / ".mlsd_lint_cache").exists()


def test_two_runs_at_once_share_a_store(check, web, tmp_path):
    hosts = [web.host(FILE, latency=0.02) for _ in range(30)]
    folder = book(tmp_path, [host.url("/p") for host in hosts])

    patient = customized(
        tmp_path, "from mlsd_lint.links.storing import store_file\nstore_file.PATIENCE = 60.0\n"
    )
    processes = [start(folder, "-v", env=patient) for _ in range(3)]
    ends = [process.communicate(timeout=300) for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], ends
    asked = len(web.log)
    (folder / "b.md").write_text("# B\n", encoding="utf-8")
    assert "30 known from earlier runs, 0 asked" in check(folder, "-v").stderr
    assert len(web.log) == asked
    store = sqlite3.connect(folder / ".mlsd_lint_cache" / "links.sqlite")
    assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.execute("SELECT count(*) FROM answers").fetchone() == (30,)
    store.close()


# --- fixes ---


def test_fix_writes_where_a_link_moved_and_the_next_check_agrees(check, web, tmp_path):
    host = web.host(
        {
            "/old": redirect("/middle", 301),
            "/middle": redirect("/new?a=1&b=2", 308),
            "/new": page("part"),
        }
    )
    folder = book(tmp_path, [host.url("/old#part"), host.url("/old")])

    fixed = check(folder, "--fix")

    assert fixed.returncode == 0
    text = (folder / "a.md").read_text(encoding="utf-8")
    new = host.url("/new?a=1&b=2")
    assert [line.partition("](")[2] for line in text.splitlines()[2:]] == [
        f"<{new}#part>)",
        f"<{new}>)",
    ]
    assert {one.number for one in host.log} == {1}
    assert check(folder, "--fail-on", "info").returncode == 0


@pytest.mark.parametrize(
    "behaviours",
    [
        {"/p": redirect("/q", 301), "/q": redirect("/new", 302), "/new": page()},
        {"/p": redirect("/q", 302), "/q": redirect("/new", 301), "/new": page()},
        {"/p": redirect("/login?next=/p", 301), "/login": page()},
        {"/p": redirect("/", 301), "/": page()},
        {"/p": redirect("/404", 301), "/404": page()},
        {"/p": redirect("/paper.pdf", 301), "/paper.pdf": basic_auth("a", "b", FILE)},
    ],
    ids=["then for now", "for now first", "login", "front page", "error page", "refused"],
)
def test_fix_leaves_a_link_alone_whose_new_address_is_not_sure(check, web, tmp_path, behaviours):
    host = web.host(behaviours)
    folder = book(tmp_path, [host.url("/p")])
    before = (folder / "a.md").read_bytes()

    check(folder, "--fix", "--unsafe-fixes")

    assert (folder / "a.md").read_bytes() == before


def test_diff_shows_the_new_address_and_writes_nothing(check, web, tmp_path):
    host = web.host({"/p": redirect("/new", 301), "/new": page()})
    folder = book(tmp_path, [host.url("/p")])
    before = (folder / "a.md").read_bytes()

    result = check(folder, "--diff")

    assert f"+- [link 1](<{host.url('/new')}>)" in result.stdout
    assert (folder / "a.md").read_bytes() == before


# --- interruptions, pipes and terminals ---


def _many_and_a_silent_one(web, folder: Path) -> tuple[Host, Host]:
    dead, silent = web.host(not_found()), web.host(hang())
    links = [*(dead.url(f"/{number}") for number in range(5)), silent.url("/p")]
    book(
        folder,
        links,
        'links.timeout = "300s"\nlinks.crawl-delay = false\nlinks.keep = { dead = "1h" }',
    )
    return dead, silent


def kept(folder: Path) -> int:
    """How many answers the store has."""
    file = folder / ".mlsd_lint_cache" / "links.sqlite"
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=60)) as store:
        return store.execute("SELECT count(*) FROM answers").fetchone()[0]


def test_an_interrupted_run_prints_and_keeps_what_is_known(check, web, tmp_path):
    dead, silent = _many_and_a_silent_one(web, tmp_path)
    process = start(tmp_path, *CONCISE)
    wait_until(lambda: len(silent.log) == 1 and len(dead.log) == 10 and kept(tmp_path) == 5)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=120)

    assert process.returncode == 130, errors
    found = [line.split()[1] for line in output.splitlines()[:-1]]
    assert found == ["L201"] * 5 + ["L207"]
    assert "not reached before the interruption" in output
    assert errors == "mlsd-lint: interrupted; what is said above is what is known\n"
    store = open_store(tmp_path / ".mlsd_lint_cache")
    store.close()
    assert store.remark == ""
    silent.behaviour = FILE
    again = check(tmp_path, "-v", *CONCISE)
    assert "5 known from earlier runs, 1 asked" in again.stderr
    assert (codes(again), len(dead.log)) == (["L201"] * 5, 10)


def test_a_second_interruption_ends_it_at_once(web, tmp_path):
    _, silent = _many_and_a_silent_one(web, tmp_path)
    process = start(tmp_path)
    wait_until(lambda: len(silent.log) == 1)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)

    assert process.returncode in {130, -signal.SIGINT}
    assert "Traceback" not in errors


def test_a_run_that_is_killed_loses_nothing_that_it_knew(check, web, tmp_path):
    dead, silent = _many_and_a_silent_one(web, tmp_path)
    process = start(tmp_path)
    wait_until(lambda: len(silent.log) == 1 and len(dead.log) == 10 and kept(tmp_path) == 5)
    process.kill()
    process.communicate(timeout=120)

    silent.behaviour = FILE
    assert "5 known from earlier runs, 1 asked" in check(tmp_path, "-v").stderr


def test_a_reader_that_goes_away_ends_it_quietly(web, tmp_path):
    host = web.host(not_found())
    folder = book(tmp_path, [host.url(f"/{n}") for n in range(400)], "links.crawl-delay = false")
    process = start(folder, *CONCISE)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()

    assert process.wait(120) == 1
    assert errors == ""


def at_a_terminal(folder: Path, *flags: str) -> str:
    main, side = pty.openpty()
    env = {**environment(), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(
        [*COMMAND, *flags], cwd=folder, stdout=subprocess.PIPE, stderr=side, env=env
    )
    os.close(side)
    output = b""
    try:
        while chunk := os.read(main, 65536):
            output += chunk
    except OSError:
        pass
    os.close(main)
    process.stdout.close()
    process.wait(120)
    return output.decode()


def test_progress_is_shown_at_a_terminal_and_nowhere_else(check, web, tmp_path):
    hosts = [web.host(FILE, latency=0.1), web.host(not_found(), latency=0.1)]
    links = [host.url(f"/{number}") for number in range(12) for host in hosts]
    folder = book(tmp_path, links, "links.crawl-delay = false")

    shown = at_a_terminal(folder, "--recheck")
    quiet = at_a_terminal(folder, "--recheck", "--quiet")
    piped = check(folder, "--recheck")

    assert "24" in shown
    assert hosts[1].ip in shown
    assert (quiet, piped.stderr) == ("", "")


# --- GitHub ---


def _github(web, **repositories):
    """A server of GitHub's kind: pages, and an API that knows these repositories."""
    facts = {
        f"/repos/crew/{name}": file(
            json.dumps(
                {
                    "full_name": f"crew/{name}",
                    "stargazers_count": 1200,
                    "archived": False,
                    "has_issues": True,
                    **more,
                }
            ).encode(),
            "application/json",
        )
        for name, more in repositories.items()
    }
    api = web.host(
        {path: bearer("t0ken", behaviour) for path, behaviour in facts.items()}, tls="valid"
    )
    server = web.host(not_found(), tls="valid")
    env = {
        **environment(web),
        "GITHUB_TOKEN": "t0ken",
        "GITHUB_API_URL": api.origin,
        "GITHUB_SERVER_URL": server.origin,
    }
    return api, server, env


def test_with_a_token_repositories_are_asked_of_the_api(check, web, tmp_path):
    api, server, env = _github(
        web, live={}, old={"archived": True}, renamed={"full_name": "crew/new"}
    )
    links = [server.url(f"/crew/{name}") for name in ("live", "old", "renamed", "gone")]
    folder = book(tmp_path, [*links, server.url("/crew/live/issues")])

    result = check(folder, *CONCISE, env=env)

    assert sorted(codes(result)) == ["L201", "L202", "L209"]
    assert f"301 to {server.origin}/crew/new" in result.stdout
    assert len([one for one in api.log if one.path == "/repos/crew/live"]) == 1
    assert {one.headers["authorization"] for one in api.log} == {"Bearer t0ken"}
    assert not [one for one in server.log if "authorization" in one.headers]
    assert {one.path for one in server.log} == {"/crew/gone"}


def test_without_a_token_the_pages_themselves_are_asked(check, web, tmp_path):
    api, server, env = _github(web, live={})
    server.behaviour = page()
    del env["GITHUB_TOKEN"]

    assert check(book(tmp_path, [server.url("/crew/live")]), env=env).returncode == 0
    assert (seen(api), {one.path for one in server.log} >= {"/crew/live"}) == ("", True)


def test_the_api_s_limit_is_waited_for_if_that_is_not_long(check, web, tmp_path):
    api, server, env = _github(web, live={})
    reset = str(int(time.time()) + 2)
    limit = status(403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset})
    api.behaviour = in_turn(limit, api.behaviour)

    result = check(book(tmp_path, [server.url("/crew/live")]), *CONCISE, env=env)

    assert (result.returncode, codes(result)) == (0, [])
    assert [one.path for one in api.log] == ["/repos/crew/live"] * 2
    assert seen(server) == ""


def test_a_limit_of_the_api_that_is_long_leaves_the_pages(check, web, tmp_path):
    api, server, env = _github(web, live={}, other={})
    server.behaviour = FILE
    reset = str(int(time.time()) + 3600)
    api.behaviour = status(403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset})
    links = [server.url(f"/crew/{name}") for name in ("live", "other")]

    result = check(book(tmp_path, links, "links.crawl-delay = false"), *CONCISE, env=env)

    assert (result.returncode, codes(result)) == (0, [])
    assert len(api.log) <= 2
    assert {one.path for one in server.log} == {"/crew/live", "/crew/other"}


def test_a_token_that_the_api_refuses_is_said_once_and_the_pages_are_asked(check, web, tmp_path):
    _, server, env = _github(web, live={}, other={})
    server.behaviour = FILE
    env["GITHUB_TOKEN"] = "wr0ng"  # noqa: S105  # no secret
    links = [server.url(f"/crew/{name}") for name in ("live", "other")]

    result = check(book(tmp_path, links, "links.crawl-delay = false"), *CONCISE, env=env)

    assert result.returncode == 0
    assert result.stderr.count("does not accept the token") == 1
    assert "wr0ng" not in result.stderr + result.stdout
    assert {one.path for one in server.log} == {"/crew/live", "/crew/other"}
