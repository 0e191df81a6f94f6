"""The store answers only what was asked, loses nothing that was kept, and stops no run."""

from __future__ import annotations

import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_lint.links.judging.confirming import Confirmation, confirmed
from mlsd_lint.links.storing import store as store_module
from mlsd_lint.links.storing import store_file
from mlsd_lint.links.storing.store import NO_STORE, Asked, covers, open_store
from mlsd_lint.links.verdicts import Answer, Hop, Repository, Verdict

DAY = 86400.0
NOW = 1_800_000_000.0
PAGE = Asked("https://example.net/page", "context")
OK = Answer(Verdict.OK, "200 from example.net", 200, final=PAGE.key, asked=NOW)


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "cache", clock=lambda: NOW)
    assert not opened.remark
    yield opened
    opened.close()


def again(store, tmp_path):
    store.close()
    return open_store(tmp_path / "cache", clock=lambda: NOW)


def rows(directory):
    with closing(sqlite3.connect(directory / "links.sqlite")) as connection:
        return connection.execute("SELECT key, context, asked FROM answers").fetchall()


# One answer


def test_an_answer_is_found_until_it_expires(store):
    store.keep(PAGE, OK, NOW + 10)
    assert store.lookup(PAGE, (), NOW + 9.9) == OK
    assert store.lookup(PAGE, (), NOW + 10) is None
    assert store.earlier(PAGE) == OK


def test_an_answer_is_found_by_the_next_run(store, tmp_path):
    store.keep(PAGE, OK, NOW + 10)
    with closing(again(store, tmp_path)) as reopened:
        assert reopened.lookup(PAGE, (), NOW) == OK


def test_what_holds_no_time_is_there_for_its_streak_only(store):
    failed = OK._replace(
        verdict=Verdict.SUSPECT, failures=2, failing_since=NOW - DAY, counted=NOW - 5
    )
    store.keep(PAGE, failed, failed.asked)
    assert store.lookup(PAGE, (), NOW) is None
    assert store.earlier(PAGE) == failed


def test_an_answer_without_anchors_says_nothing_of_one(store):
    store.keep(PAGE, OK, NOW + 10)
    assert store.lookup(PAGE, ["there"], NOW) is None
    read = OK._replace(anchors=("here",), texts={":~:text=a": True})
    store.keep(PAGE, read, NOW + 10)
    assert store.lookup(PAGE, ["there"], NOW) == read
    assert store.lookup(PAGE, ["there", ":~:text=a"], NOW) == read
    assert store.lookup(PAGE, ["there", ":~:text=b"], NOW) is None


def test_anchors_are_read_only_where_one_is_wanted(store):
    read = OK._replace(anchors=("here",))
    store.keep(PAGE, read, NOW + 10)
    assert store.lookup(PAGE, (), NOW) == OK
    assert store.earlier(PAGE) == read


def test_what_could_not_be_asked_takes_nobodys_place(store):
    store.keep(PAGE, OK, NOW - 1)
    late = Answer(Verdict.UNVERIFIED, "not reached within 10m", asked=NOW + 1)
    store.keep(PAGE, late, late.asked)
    assert store.earlier(PAGE) == OK
    store.keep(PAGE, late, late.asked + 1)
    assert store.earlier(PAGE) == late


def test_an_older_answer_never_overwrites_a_newer_one(store):
    store.keep(PAGE, OK, NOW + 10)
    store.keep(PAGE, OK._replace(verdict=Verdict.SUSPECT, failures=3, asked=NOW - 1), NOW + 99)
    assert store.earlier(PAGE) == OK
    newer = OK._replace(reason="again", asked=NOW + 1)
    store.keep(PAGE, newer, NOW + 10)
    assert store.earlier(PAGE) == newer


def test_one_of_another_context_is_none(store):
    store.keep(PAGE, OK, NOW + 10)
    assert store.lookup(PAGE._replace(context="other"), (), NOW) is None
    assert store.earlier(PAGE._replace(context="other")) is None
    assert store.lookup(Asked(PAGE.key + PAGE.context, ""), (), NOW) is None


# Clocks


def test_an_answer_from_a_clock_that_was_ahead_is_asked_again(store):
    ahead = OK._replace(asked=NOW + 30 * DAY)
    store.keep(PAGE, ahead, NOW + 37 * DAY)
    store.keep_host_fact("https://example.net", "honest", "yes", NOW + 60 * DAY)
    assert store.lookup(PAGE, (), NOW) is None
    assert store.host_fact("https://example.net", "honest", NOW - DAY) is None
    store.keep(PAGE, OK, NOW + 10)
    assert store.lookup(PAGE, (), NOW) == OK


def test_clocks_that_differ_a_little_do_no_harm(store):
    store.keep(PAGE, OK._replace(asked=NOW + 60), NOW + DAY)
    assert store.lookup(PAGE, (), NOW) is not None
    store.keep(PAGE, OK, NOW + DAY)
    assert store.lookup(PAGE, (), NOW).asked == NOW + 60


# Hosts


def test_what_is_known_of_a_host_has_its_own_time(store):
    origin = "https://example.net:8443"
    store.keep_host_fact(origin, "crawl-delay", "2.5", NOW + 10)
    store.keep_host_fact(origin, "honest", "no", NOW + 20)
    assert store.host_fact(origin, "crawl-delay", NOW) == "2.5"
    assert store.host_fact(origin, "crawl-delay", NOW + 10) is None
    assert store.host_fact(origin, "honest", NOW + 10) == "no"
    assert store.host_fact("https://example.net", "honest", NOW) is None
    store.keep_host_fact(origin, "honest", "yes", NOW + 20)
    assert store.host_fact(origin, "honest", NOW) == "yes"


# The whole run


def test_a_run_holds_until_the_first_of_its_answers_expires(store):
    others = [Asked(f"https://example.net/{n}", f"context {n % 2}") for n in range(20)]
    for number, asked in enumerate(others):
        store.keep(asked, OK, NOW + 100 - number)
    assert store.earliest_expiry(others) == NOW + 81
    assert store.earliest_expiry(others[:3]) == NOW + 98
    assert store.earliest_expiry([*others, PAGE]) == 0.0
    assert store.earliest_expiry([]) == float("inf")
    assert NO_STORE.earliest_expiry([PAGE]) == 0.0


@pytest.mark.parametrize("wanted", [1, 5, 400, 401, 900])
def test_many_are_looked_up_at_once(store, wanted):
    everything = [Asked(f"https://example.net/{n}", f"context {n % 3}") for n in range(1000)]
    for asked in everything:
        store.keep(asked, OK._replace(reason=asked.key), NOW + 10)
    some = random.Random(wanted).sample(everything, wanted)  # noqa: S311  # the same each time
    found = store.lookup_all({n: (asked, ()) for n, asked in enumerate(some)}, NOW)
    assert {n: answer.reason for n, answer in found.items()} == {
        n: asked.key for n, asked in enumerate(some)
    }


# Any answer

texts = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["\ud800", "a\udfffb", "🦊", "", "\0", "a\nb", "\n", "é", "\u2028", "x" * 5000]
)
times = st.floats(0, 4e9)
answers = st.builds(
    Answer,
    verdict=st.sampled_from(Verdict),
    reason=texts,
    status=st.integers(0, 999),
    chain=st.lists(st.builds(Hop, texts, st.integers(300, 399)), max_size=3).map(tuple)
    | st.builds(lambda hop: (hop,) * 3000, st.builds(Hop, texts, st.integers(300, 399))),
    final=texts,
    permanent=st.booleans(),
    same_kind=st.booleans(),
    anchors=st.none() | st.lists(texts, max_size=5).map(tuple),
    scripted=st.booleans(),
    texts=st.dictionaries(texts, st.booleans(), max_size=3),
    asked=times,
    failures=st.integers(0, 10**6),
    failing_since=times,
    etag=texts,
    last_modified=texts,
    repository=st.none() | st.builds(Repository, texts, st.integers(0, 10**7), st.booleans()),
    archive=texts,
    counted=times,
    cut=st.booleans(),
    doubtful=st.booleans(),
)


def test_every_field_of_an_answer_is_tried():
    """A field that is added must be kept, too."""
    assert set(Answer._fields) == {
        *("verdict", "reason", "status", "chain", "final", "permanent", "same_kind", "anchors"),
        *("scripted", "texts", "asked", "failures", "failing_since", "etag", "last_modified"),
        *("repository", "archive", "counted", "cut", "doubtful"),
    }


@settings(deadline=None, max_examples=60)
@given(asked=st.builds(Asked, texts, texts), answer=answers)
def test_any_answer_comes_back_as_it_was(tmp_path_factory, asked, answer):
    directory = tmp_path_factory.mktemp("any")
    with closing(open_store(directory, clock=lambda: 4e9)) as store:
        store.keep(asked, answer, 5e9)
    with closing(open_store(directory, clock=lambda: 4e9)) as store:
        assert not store.remark
        found = store.earlier(asked)
        assert found == answer
        assert type(found.verdict) is Verdict
        assert found._replace(anchors=None) == store.lookup(asked, (), 4e9)._replace(anchors=None)
        fresh = store.lookup(asked, ("x",), 4e9)
        assert fresh == (answer if covers(answer, ("x",)) else None)


fragments = st.sets(st.sampled_from(["", "a", "b", ":~:text=a", ":~:text=b"]))
few = st.builds(
    Asked, st.sampled_from(["k", "kc", "K", "k\ud800", "", "k "]), st.sampled_from("c,")
)


@settings(deadline=None, max_examples=60)
@given(
    kept=st.lists(st.tuples(few, answers, times), max_size=8),
    wanted=st.dictionaries(st.integers(), st.tuples(few, fragments), max_size=8),
    now=times,
)
def test_no_answer_is_found_for_another_question(tmp_path_factory, kept, wanted, now):
    directory = tmp_path_factory.mktemp("other")
    model = {}
    with closing(open_store(directory, clock=lambda: 4e9)) as store:
        for asked, answer, until in kept:
            store.keep(asked, answer, until)
            silent = answer.verdict is Verdict.UNVERIFIED and until <= answer.asked
            if not silent and (asked not in model or answer.asked >= model[asked][0].asked):
                model[asked] = answer, until
        found = store.lookup_all(wanted, now)
        expected = {}
        for name, (asked, ones) in wanted.items():
            answer, until = model.get(asked, (None, 0.0))
            if answer and until > now and answer.asked <= now + 300 and covers(answer, ones):
                expected[name] = answer if ones else answer._replace(anchors=None)
        assert found == expected
        assert {asked: store.earlier(asked) for asked in model} == {
            asked: answer for asked, (answer, _) in model.items()
        }


# Killed at any moment

KEEPER = """
import sys, time
from pathlib import Path
from mlsd_lint.links.storing import store_file
from mlsd_lint.links.storing.store import Asked, open_store
from mlsd_lint.links.verdicts import Answer, Verdict
store_file.PATIENCE = 60.0
store = open_store(Path(sys.argv[1]))
print("remark", store.remark, flush=True) if store.remark else None
for number in range(int(sys.argv[3])):
    key = f"https://example.net/{sys.argv[2]}/{number}"
    now = time.time()
    answer = Answer(Verdict.OK, "200", 200, asked=now, anchors=("a" * 50,) * (number % 40))
    store.keep(Asked(key, ""), answer, now + 1000)
    print(key, flush=True)
store.close()
"""


def keeper(directory, name, count):
    return subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(directory), str(name), str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def integrity(directory):
    with closing(sqlite3.connect(directory / "links.sqlite")) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall()


def test_killed_at_any_moment_it_has_lost_nothing_that_was_reported(tmp_path):
    directory = tmp_path / "cache"
    chance = random.Random(5)  # noqa: S311  # any moments will do
    reported = set()
    for number in range(24):
        children = [keeper(directory, f"{number}-{n}", 10**6) for n in range(1 + number % 2)]
        reported.update(
            children[0].stdout.readline().strip() for _ in range(chance.randint(1, 120))
        )
        for child in children:
            child.send_signal(signal.SIGKILL)
        for child in children:
            with child:
                # The last line may have been cut short.
                reported.update(line[:-1] for line in child.stdout if line.endswith("\n"))
        with closing(open_store(directory)) as store:
            assert not store.remark
            questions = {key: (Asked(key, ""), ()) for key in reported}
            assert set(store.lookup_all(questions, time.time())) == reported
        assert integrity(directory) == [("ok",)]
    assert len(reported) > 1000
    assert sorted(path.name for path in directory.iterdir()) == [
        ".gitignore",
        "CACHEDIR.TAG",
        "links.sqlite",
    ]


# Several at once


@pytest.mark.parametrize("writers", [2, 4])
def test_several_runs_write_at_once(tmp_path, writers):
    directory = tmp_path / "cache"
    children = [keeper(directory, name, 300) for name in range(writers)]
    printed = [child.communicate()[0].split() for child in children]
    assert [child.returncode for child in children] == [0] * writers
    assert {key for key, _, _ in rows(directory)} == {key for keys in printed for key in keys}
    assert len(rows(directory)) == 300 * writers
    assert integrity(directory) == [("ok",)]


def test_however_many_runs_ask_it_is_one_answer(tmp_path):
    directory = tmp_path / "cache"
    children = [keeper(directory, "same", 300) for _ in range(3)]
    for child in children:
        child.communicate()
    assert len(rows(directory)) == 300


def test_one_run_reads_what_another_writes(tmp_path):
    with (
        closing(open_store(tmp_path, clock=lambda: NOW)) as one,
        closing(open_store(tmp_path, clock=lambda: NOW)) as other,
    ):
        for number in range(200):
            asked = Asked(f"https://example.net/{number}", "")
            one.keep(asked, OK, NOW + 10)
            assert other.lookup(asked, (), NOW) == OK
        assert not one.remark + other.remark


def test_a_directory_that_another_run_is_just_making(tmp_path):
    (tmp_path / ".gitignore").write_text("*\n")
    with closing(open_store(tmp_path)) as store:
        assert not store.remark


def test_two_runs_at_once_count_one_failure(tmp_path):
    """However their readings and writings lie between each other."""
    confirmation = Confirmation(failures=3, interval=DAY)
    before = OK._replace(
        verdict=Verdict.SUSPECT, asked=NOW, failures=1, failing_since=NOW, counted=NOW
    )
    orders = set(itertools.permutations(["read 0", "read 1", "keep 0", "keep 1"]))
    for number, order in enumerate(sorted(orders)):
        if order.index("read 0") > order.index("keep 0"):
            continue
        if order.index("read 1") > order.index("keep 1"):
            continue
        asked = Asked(f"https://example.net/{number}", "")
        runs = [open_store(tmp_path, clock=lambda: NOW + 2 * DAY) for _ in range(2)]
        runs[0].keep(asked, before, NOW)
        earlier = {}
        for step, run in (one.split() for one in order):
            at = NOW + 2 * DAY + int(run)
            if step == "read":
                earlier[run] = runs[int(run)].earlier(asked)
            else:
                failed = Answer(Verdict.SUSPECT, "refused", asked=at)
                counted = confirmed(failed, earlier[run], confirmation, at)
                runs[int(run)].keep(asked, counted, at)
        assert runs[0].earlier(asked).failures == 2
        assert runs[0].earlier(asked).verdict is Verdict.SUSPECT
        for run in runs:
            run.close()


def test_a_reader_does_not_wait_for_a_writer(store, tmp_path):
    store.keep(PAGE, OK, NOW + 10)
    with closing(sqlite3.connect(tmp_path / "cache/links.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        assert store.lookup(PAGE, (), NOW) == OK
    assert not store.remark


def test_who_is_locked_out_goes_on_without(tmp_path, monkeypatch):
    monkeypatch.setattr(store_file, "PATIENCE", 0.05)
    with (
        closing(open_store(tmp_path, clock=lambda: NOW)) as store,
        closing(sqlite3.connect(tmp_path / "links.sqlite", isolation_level=None)) as writer,
    ):
        store.keep(PAGE, OK, NOW + 10)
        writer.execute("BEGIN IMMEDIATE")
        store.keep(PAGE, OK._replace(asked=NOW + 1), NOW + 10)
        assert "links.sqlite: answers of this run are not kept" in store.remark
        assert "\n" not in store.remark
        assert store.lookup(PAGE, (), NOW) == OK


# Files that cannot be used


def noise(number):
    chance = random.Random(number)  # noqa: S311  # the same noise each time

    def noisy(content):
        changed = bytearray(content)
        for _ in range(200):
            changed[chance.randrange(100, len(changed))] = chance.randrange(256)
        return bytes(changed)

    return noisy


DAMAGES = {
    "no database": lambda content: b"once upon a time\n" * len(content),
    "half": lambda content: content[: len(content) // 2],
    "odd length": lambda content: content[: len(content) - 777],
    "header only": lambda content: content[:100],
    "zeros": lambda content: bytes(len(content)),
    "no schema": lambda content: content[:100] + bytes(3996) + content[4096:],
    "pages swapped": lambda content: content[:4096] + content[8192:] + content[4096:8192],
    "no header": lambda content: bytes(range(100)) + content[100:],
    **{f"noise {number}": noise(number) for number in range(30)},
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_file_is_set_aside_and_stops_nothing(tmp_path, how):
    questions = [Asked(f"https://example.net/{n}", "context") for n in range(300)]
    with closing(open_store(tmp_path, clock=lambda: NOW)) as store:
        for asked in questions:
            store.keep(asked, OK._replace(reason=asked.key, anchors=("a" * 60,) * 10), NOW + 10)
    file = tmp_path / "links.sqlite"
    content = DAMAGES[how](file.read_bytes())
    file.write_bytes(content)
    with closing(open_store(tmp_path, clock=lambda: NOW)) as store:
        store.lookup_all({asked: (asked, ("x",)) for asked in questions}, NOW)
        for asked in questions:
            store.earlier(asked)
            store.keep(asked, OK._replace(asked=NOW + 1), NOW + 20)
        store.keep_host_fact("https://example.net", "honest", "yes", NOW + 1)
        remark = store.remark
    aside = sorted(tmp_path.glob("links.sqlite.*"))
    if aside:
        assert aside == [tmp_path / "links.sqlite.broken-1"]
        assert "is damaged and was renamed to links.sqlite.broken-1" in remark
        assert "\n" not in remark
    assert aside or how.startswith("noise ") or how == "pages swapped"
    with closing(open_store(tmp_path, clock=lambda: NOW)) as store:
        store.keep(PAGE, OK, NOW + 10)
        assert store.lookup(PAGE, (), NOW) == OK


def test_the_damaged_are_numbered(tmp_path):
    for _ in range(3):
        (tmp_path / "links.sqlite").write_bytes(b"nonsense" * 1000)
        if not (tmp_path / "CACHEDIR.TAG").exists():
            (tmp_path / "CACHEDIR.TAG").write_text("mlsd-lint")
        open_store(tmp_path).close()
    assert {path.name for path in tmp_path.glob("*broken*")} == {
        f"links.sqlite.broken-{n}" for n in (1, 2, 3)
    }


@pytest.mark.parametrize("how", ["noise", "half", "gone"])
def test_a_damaged_journal_stops_nothing(tmp_path, how):
    child = keeper(tmp_path / "cache", "x", 10**6)
    for _ in range(50):
        child.stdout.readline()
    child.kill()
    child.communicate()
    journal = tmp_path / "cache/links.sqlite-wal"
    content = journal.read_bytes()
    if how == "gone":
        journal.unlink()
    else:
        junk = bytes(range(1, 256)) * (len(content) // 255)
        journal.write_bytes(junk if how == "noise" else content[: len(content) // 2])
    with closing(open_store(tmp_path / "cache", clock=lambda: NOW)) as store:
        store.keep(PAGE, OK, NOW + 10)
        assert store.lookup(PAGE, (), NOW) == OK


def test_a_file_that_is_set_aside_takes_its_journal_along(tmp_path):
    file = tmp_path / "links.sqlite"
    for part in ("", "-wal", "-shm"):
        (tmp_path / f"links.sqlite{part}").write_text(f"old{part}")
    assert store_file.set_aside(file, store_file.identity(file), "broken") == (
        "links.sqlite.broken-1"
    )
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        f"links.sqlite.broken-1{part}": f"old{part}" for part in ("", "-wal", "-shm")
    }


def test_a_file_that_another_run_has_replaced_is_not_set_aside(tmp_path):
    file = tmp_path / "links.sqlite"
    file.write_text("damaged")
    seen = store_file.identity(file)
    (tmp_path / "new").write_text("good")
    (tmp_path / "new").replace(file)
    assert store_file.set_aside(file, seen, "broken") == ""
    assert file.read_text() == "good"


def test_a_layout_of_another_version_is_set_aside_whole(store, tmp_path):
    store.keep(PAGE, OK, NOW + 10)
    store.close()
    file = tmp_path / "cache/links.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with closing(open_store(tmp_path / "cache")) as reopened:
        assert "was written by another version of mlsd-lint and was renamed" in reopened.remark
        assert reopened.earlier(PAGE) is None
    with closing(sqlite3.connect(tmp_path / "cache/links.sqlite.layout-99-1")) as aside:
        assert aside.execute("SELECT key FROM answers").fetchall() == [(PAGE.key,)]


def test_a_layout_of_another_version_in_use_is_left_alone(store, tmp_path, monkeypatch):
    monkeypatch.setattr(store_file, "PATIENCE", 0.05)
    store.keep(PAGE, OK, NOW + 10)
    with closing(sqlite3.connect(tmp_path / "cache/links.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with closing(open_store(tmp_path / "cache")) as other:
        assert "cannot be used (database is locked)" in other.remark
        other.keep(PAGE, OK._replace(asked=NOW + 1), NOW + 10)
        assert other.lookup(PAGE, (), NOW) is None
    assert store.lookup(PAGE, (), NOW) == OK


def test_a_table_that_is_not_ours_is_set_aside(tmp_path):
    with closing(sqlite3.connect(tmp_path / "links.sqlite")) as connection:
        connection.execute("CREATE TABLE answers (question)")
        connection.execute(f"PRAGMA user_version = {store_file.LAYOUT}")
    (tmp_path / "CACHEDIR.TAG").write_text("mlsd-lint")
    with closing(open_store(tmp_path)) as store:
        assert "broken-1" in store.remark


@pytest.mark.parametrize("content", [b"", None], ids=["empty file", "no file"])
def test_an_empty_file_is_no_damage(tmp_path, content):
    (tmp_path / "CACHEDIR.TAG").write_text("mlsd-lint")
    if content is not None:
        (tmp_path / "links.sqlite").write_bytes(content)
    with closing(open_store(tmp_path)) as store:
        assert not store.remark


def everything_does_nothing(store):
    store.keep(PAGE, OK, NOW + 10)
    store.keep_host_fact("https://example.net", "honest", "yes", NOW + 10)
    assert store.lookup(PAGE, (), NOW) is None
    assert store.lookup_all({1: (PAGE, ())}, NOW) == {}
    assert store.earlier(PAGE) is None
    assert store.host_fact("https://example.net", "honest", NOW) is None
    assert store.earliest_expiry([PAGE]) == 0.0
    store.prune(NOW)
    store.close()


def test_no_store_keeps_nothing():
    everything_does_nothing(NO_STORE)
    assert not NO_STORE.remark


def test_where_no_directory_can_be_made_the_work_goes_on(tmp_path):
    (tmp_path / "file").write_text("x")
    store = open_store(tmp_path / "file/cache")
    assert "links.sqlite cannot be used" in store.remark
    everything_does_nothing(store)


def test_a_directory_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "precious.txt").write_text("x")
    store = open_store(tmp_path)
    assert "holds something else" in store.remark
    everything_does_nothing(store)
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


def test_a_directory_in_the_place_of_the_file_is_left_alone(tmp_path):
    (tmp_path / "CACHEDIR.TAG").write_text("mlsd-lint")
    (tmp_path / "links.sqlite").mkdir()
    store = open_store(tmp_path)
    assert "links.sqlite cannot be used (unable to open database file)" in store.remark
    everything_does_nothing(store)


FULL = """
import resource, sys
from pathlib import Path
from mlsd_lint.links.storing.store import Asked, open_store
from mlsd_lint.links.verdicts import Answer, Verdict
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
store = open_store(Path(sys.argv[1]))
for number in range(2000):
    key = f"https://example.net/{number}"
    answer = Answer(Verdict.OK, "200", 200, asked=1.0, anchors=("a" * 50,) * 10)
    store.keep(Asked(key, ""), answer, 2.0)
    if not store.remark:
        print(key)
print(store.remark, file=sys.stderr)
assert store.earlier(Asked("https://example.net/0", ""))
store.close()
"""


def test_when_the_disk_is_full_the_work_goes_on(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "cache")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert "answers of this run are not kept" in done.stderr
    assert integrity(tmp_path / "cache") == [("ok",)]
    assert {key for key, _, _ in rows(tmp_path / "cache")} >= set(done.stdout.split())
    with closing(open_store(tmp_path / "cache", clock=lambda: NOW)) as store:
        store.keep(PAGE, OK, NOW + 10)
        assert store.lookup(PAGE, (), NOW) == OK


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming another user takes root")
def test_in_a_folder_that_may_not_be_written_the_work_goes_on(tmp_path):
    with closing(open_store(tmp_path / "cache")) as store:
        store.keep(PAGE, OK, NOW + 10)
    (tmp_path / "cache").chmod(0o555)
    (tmp_path / "cache/links.sqlite").chmod(0o444)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    os.seteuid(65534)
    try:
        reader = open_store(tmp_path / "cache")
        everything_does_nothing(reader)
    finally:
        os.seteuid(0)
    assert "links.sqlite cannot be used" in reader.remark
    assert rows(tmp_path / "cache") == [(*PAGE, NOW)]


def test_where_readers_and_writers_exclude_each_other_all_is_kept(tmp_path, monkeypatch):
    real = sqlite3.connect

    def without_shared_memory(file, **options):
        return real(f"file:{file}?vfs=unix-dotfile", uri=True, **options)

    monkeypatch.setattr(sqlite3, "connect", without_shared_memory)
    with closing(open_store(tmp_path, clock=lambda: NOW)) as store:
        mode = store._connection.execute("PRAGMA journal_mode").fetchone()
        assert mode == ("delete",)
        store.keep(PAGE, OK, NOW + 10)
        assert store.lookup(PAGE, (), NOW) == OK
        assert not store.remark


# Letting go


def test_what_expired_long_ago_goes_and_streaks_stay_for_a_year(store, tmp_path):
    failing = OK._replace(verdict=Verdict.SUSPECT, failures=1)
    kept = {
        "expired long ago": (OK._replace(asked=NOW - 99 * DAY), NOW - 91 * DAY),
        "expired lately": (OK._replace(asked=NOW - 99 * DAY), NOW - 89 * DAY),
        "failed long ago": (failing._replace(asked=NOW - 366 * DAY), NOW - 366 * DAY),
        "failed this year": (failing._replace(asked=NOW - 364 * DAY), NOW - 364 * DAY),
    }
    for name, (answer, until) in kept.items():
        store.keep(Asked(name, ""), answer, until)
    store.close()
    assert {key for key, _, _ in rows(tmp_path / "cache")} == {
        "expired lately",
        "failed this year",
    }


def test_where_there_is_too_much_the_oldest_answers_go_before_any_streak(
    store, tmp_path, monkeypatch
):
    monkeypatch.setattr(store_module, "MOST_ANSWERS", 10)
    for number in range(20):
        store.keep(Asked(str(number), ""), OK._replace(asked=NOW + number), NOW + DAY)
    for number in range(3):
        failing = OK._replace(verdict=Verdict.DEAD, failures=1, asked=NOW - number)
        store.keep(Asked(f"failing {number}", ""), failing, NOW)
    store.close()
    assert {key for key, _, _ in rows(tmp_path / "cache")} == {
        *(f"failing {n}" for n in range(3)),
        *(str(n) for n in range(13, 20)),
    }
