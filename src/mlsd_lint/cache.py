"""What earlier runs found out, in one SQLite file that may be deleted at any time.

Six things are kept, each only for the question it answered:

- the name of the *program* that is installed, under the state of its files;
- a *configuration* that was found valid, under its text;
- a *document*: its page and the diagnostics of its own rules, under the digest of its content
  and of everything else they depend on (`context`: version and configuration);
- the *prose* of a document: what the engines found there, under its content and theirs;
- a *passage*: what one engine found in a text, wherever that stands;
- a *run*: what it printed and its exit code, under everything that was asked, together with a
  stamp of every file and directory it looked at. While all stamps hold, the run is replayed; one
  that told of the web only as long as that may be told again.

A stamp holds while size, modification time, change time and inode are the same. What changed
within two seconds of being looked at might change again unseen (git calls it racy), so its
content is compared instead; so is everything whose times moved.

The cache never stops a run: where it cannot be used, the work is done without it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint.digests import NOTHING, content_digest, listing_digest
from mlsd_lint.listing import list_directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FILE_NAME = "cache.sqlite"
LAYOUT = 6
RACY_NANOSECONDS = 2_000_000_000
KEPT_PROGRAMS = 8
KEPT_RUNS = 8
KEPT_CONTEXTS = 8  # a comparison has one for each side
KEPT_DAYS = 60  # for a passage, since it was last new
_SECONDS_A_DAY = 86_400
_ASKED_AT_ONCE = 500  # SQLite limits how many values one statement may have
LARGEST_OUTPUT = 64 * 1024 * 1024  # code points


class Stamp(NamedTuple):
    """What a file or directory was like; `content` is "" where nothing was there.

    `state` is (size, mtime, ctime, inode) in bytes and nanoseconds, empty if it is not to be
    trusted and only `content` counts.
    """

    path: str
    state: tuple[int, ...]
    content: str


class Run(NamedTuple):
    """What a run printed, and its exit code."""

    output: str
    errors: str
    exit_code: int


class Cache(NamedTuple):
    """An open cache; every method does nothing, or finds nothing, when the file cannot be used."""

    connection: sqlite3.Connection | None

    def program(self, installed: str) -> str | None:
        """The name of the program whose files have the state `installed`."""
        with _forgiving():
            row = self._one("SELECT name FROM programs WHERE installed = ?", installed)
            return None if row is None else row[0]
        return None

    def save_program(self, installed: str, name: str) -> None:
        """Keep the name of a program; the oldest ones make room."""
        self._write(
            "INSERT OR REPLACE INTO programs (installed, name) VALUES (?, ?)", [(installed, name)]
        )
        self._write(
            "DELETE FROM programs WHERE rowid <= (SELECT max(rowid) FROM programs) - ?",
            [(KEPT_PROGRAMS,)],
        )

    def run(self, key: str) -> Run | None:
        """The run saved under `key`, if everything it looked at is as it was."""
        with _forgiving():
            row = self._one(
                "SELECT output, errors, exit_code, stamps, expires FROM runs WHERE key = ?", key
            )
            if row is None or (row[4] is not None and row[4] <= time.time()):
                return None
            stamps = [
                Stamp(path, tuple(state), content) for path, state, content in json.loads(row[3])
            ]
            fresh = verify(stamps)
            if fresh is None:
                return None
            if fresh != stamps:
                self._write("UPDATE runs SET stamps = ? WHERE key = ?", [(json.dumps(fresh), key)])
            return Run(*row[:3])
        return None

    def save_run(
        self, key: str, run: Run, stamps: Iterable[Stamp], expires: float | None = None
    ) -> None:
        """Keep a run; the oldest ones make room.

        `expires` is when it no longer holds though no file has changed, in seconds since the epoch.
        """
        if len(run.output) > LARGEST_OUTPUT:
            return
        self._write(
            "INSERT OR REPLACE INTO runs (output, errors, exit_code, stamps, expires, key)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(*run, json.dumps(list(stamps)), expires, key)],
        )
        self._write(
            "DELETE FROM runs WHERE rowid <= (SELECT max(rowid) FROM runs) - ?", [(KEPT_RUNS,)]
        )

    def configuration(self, key: str) -> str | None:
        """The valid configuration saved under `key`, encoded."""
        with _forgiving():
            row = self._one("SELECT encoded FROM configurations WHERE key = ?", key)
            return None if row is None else row[0]
        return None

    def save_configuration(self, key: str, encoded: str) -> None:
        """Keep a valid configuration; there is one, since checking another costs little."""
        self._write("DELETE FROM configurations", [()])
        self._write("INSERT INTO configurations (key, encoded) VALUES (?, ?)", [(key, encoded)])

    def documents(self, context: str) -> dict[str, tuple[str, str]]:
        """All documents saved in this context: path to (content digest, encoded document)."""
        with _forgiving():
            if self.connection is not None:
                rows = self.connection.execute(
                    "SELECT path, digest, encoded FROM documents WHERE context = ?", (context,)
                )
                return {path: (content, encoded) for path, content, encoded in rows}
        return {}

    def save_documents(self, context: str, documents: Mapping[str, tuple[str, str]]) -> None:
        """Keep documents: path to (content digest, encoded document).

        One whose path is not Unicode cannot be kept.
        """
        self._write(
            "INSERT OR REPLACE INTO documents (context, path, digest, encoded) VALUES (?, ?, ?, ?)",
            [
                (context, path, *document)
                for path, document in documents.items()
                if _is_unicode(path)
            ],
        )
        self._write("INSERT OR REPLACE INTO contexts (context) VALUES (?)", [(context,)])
        self._write(
            "DELETE FROM contexts WHERE rowid <= (SELECT max(rowid) FROM contexts) - ?",
            [(KEPT_CONTEXTS,)],
        )
        self._write(
            "DELETE FROM documents WHERE context NOT IN (SELECT context FROM contexts)", [()]
        )

    def prose(self, context: str) -> dict[str, tuple[str, str]]:
        """What was found in the prose of documents in this context: path to (digest, encoded)."""
        with _forgiving():
            if self.connection is not None:
                rows = self.connection.execute(
                    "SELECT path, digest, encoded FROM prose WHERE context = ?", (context,)
                )
                return {path: (content, encoded) for path, content, encoded in rows}
        return {}

    def save_prose(self, context: str, documents: Mapping[str, tuple[str, str]]) -> None:
        """Keep what was found in the prose of documents: path to (content digest, encoded)."""
        self._write(
            "INSERT OR REPLACE INTO prose (context, path, digest, encoded) VALUES (?, ?, ?, ?)",
            [(context, path, *one) for path, one in documents.items() if _is_unicode(path)],
        )
        self._write(
            "DELETE FROM prose WHERE context NOT IN"
            " (SELECT context FROM prose GROUP BY context ORDER BY max(saved) DESC LIMIT ?)",
            [(KEPT_CONTEXTS,)],
        )

    def passages(self, engine: str, digests: Iterable[str]) -> dict[str, str]:
        """What an engine (its fingerprint) found in passages: digest to encoded matches."""
        found: dict[str, str] = {}
        with _forgiving():
            waiting = list(digests) if self.connection is not None else []
            while waiting and self.connection is not None:
                some, waiting = waiting[:_ASKED_AT_ONCE], waiting[_ASKED_AT_ONCE:]
                marks = ",".join("?" * len(some))
                query = (
                    f"SELECT digest, encoded FROM passages WHERE engine = ? AND digest IN ({marks})"  # noqa: S608  # only question marks
                )
                found |= dict(self.connection.execute(query, (engine, *some)))
        return found

    def save_passages(self, engine: str, passages: Mapping[str, str]) -> None:
        """Keep what an engine (its fingerprint) found: digest to encoded matches."""
        today = int(time.time()) // _SECONDS_A_DAY
        self._write(
            "INSERT OR REPLACE INTO passages (engine, digest, encoded, day) VALUES (?, ?, ?, ?)",
            [(engine, passage, encoded, today) for passage, encoded in passages.items()],
        )
        self._write("DELETE FROM passages WHERE day < ?", [(today - KEPT_DAYS,)])

    def _one(self, query: str, key: str) -> tuple[Any, ...] | None:
        if self.connection is None:
            return None
        row: tuple[Any, ...] | None = self.connection.execute(query, (key,)).fetchone()
        return row

    def _write(self, statement: str, rows: list[tuple[object, ...]]) -> None:
        if self.connection is not None:
            with _forgiving(), self.connection:
                self.connection.executemany(statement, rows)

    def close(self) -> None:
        """Close the file."""
        if self.connection is not None:
            self.connection.close()


def _is_unicode(path: str) -> bool:
    """Whether a path holds no bytes that are not UTF-8, which Python keeps as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in path)


@contextmanager
def _forgiving() -> Iterator[None]:
    """A cache that another process holds, that was cut short or cannot be written is no error."""
    with suppress(sqlite3.Error, ValueError, TypeError, OSError):
        yield


NO_CACHE = Cache(None)


def open_cache(directory: Path) -> Cache:
    """Open the cache in `directory`, making both; a file that is no cache is replaced."""
    file = directory / FILE_NAME
    try:
        make_directory(directory)
        return Cache(_connect(file))
    except sqlite3.DatabaseError:
        with suppress(OSError, sqlite3.Error):
            file.unlink()
            return Cache(_connect(file))
    except OSError:
        pass
    return NO_CACHE


def make_directory(directory: Path) -> None:
    """Make the directory of the cache, marked as ours; another run may do so at the same time.

    Raises:
        OSError: it cannot be made, or holds something else.
    """
    marker, ignore = directory / "CACHEDIR.TAG", directory / ".gitignore"
    if marker.exists():
        return
    directory.mkdir(parents=True, exist_ok=True)
    if any(entry != ignore for entry in directory.iterdir()) and not marker.exists():
        raise FileExistsError(17, "holds something else", str(directory))
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    marker.write_text(
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by mlsd-lint; it can be deleted.\n",
        encoding="utf-8",
    )


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=2)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        if layout != LAYOUT:
            _lay_out(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _lay_out(connection: sqlite3.Connection) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.executescript(
            f"""
            BEGIN;
            DROP TABLE IF EXISTS documents;
            DROP TABLE IF EXISTS contexts;
            DROP TABLE IF EXISTS runs;
            DROP TABLE IF EXISTS programs;
            DROP TABLE IF EXISTS configurations;
            DROP TABLE IF EXISTS prose;
            DROP TABLE IF EXISTS passages;
            CREATE TABLE programs (installed TEXT UNIQUE, name TEXT);
            CREATE TABLE configurations (key TEXT, encoded TEXT);
            CREATE TABLE documents (
                context TEXT, path TEXT, digest TEXT, encoded TEXT, PRIMARY KEY (context, path)
            ) WITHOUT ROWID;
            CREATE TABLE prose (
                context TEXT, path TEXT, digest TEXT, encoded TEXT,
                saved REAL DEFAULT (julianday()), PRIMARY KEY (context, path)
            ) WITHOUT ROWID;
            CREATE TABLE passages (
                engine TEXT, digest TEXT, encoded TEXT, day INTEGER, PRIMARY KEY (engine, digest)
            ) WITHOUT ROWID;
            CREATE TABLE contexts (context TEXT UNIQUE);
            CREATE TABLE runs (
                key TEXT UNIQUE, output TEXT, errors TEXT, exit_code INTEGER, stamps TEXT,
                expires REAL
            );
            PRAGMA user_version = {LAYOUT};
            COMMIT;
            """
        )


def stamp(path: str, content: str, began: int) -> Stamp:
    """The stamp of a file or directory that was looked at during a run.

    Args:
        path: absolute path.
        content: the digest of what was seen there, "" for nothing.
        began: when the run began, in nanoseconds since the epoch.
    """
    state = file_state(path)
    if state and max(state[1], state[2]) > began - RACY_NANOSECONDS:
        state = ()
    return Stamp(path, state, content)


def verify(stamps: list[Stamp]) -> list[Stamp] | None:
    """The same stamps, brought up to date, if everything still is as it was; None if not."""
    began = time.time_ns()
    fresh = []
    for old in stamps:
        if old.state and file_state(old.path) == old.state:
            fresh.append(old)
            continue
        if _content(old.path) != old.content:
            return None
        fresh.append(stamp(old.path, old.content, began))
    return fresh


def file_state(path: str) -> tuple[int, ...]:
    """Size, mtime, ctime and inode of what is at a path, see `Stamp`; () if nothing is."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ()
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _content(path: str) -> str:
    """The digest of a regular file's content or a directory's listing, "" for anything else."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            return listing_digest(list_directory(Path(path)))
        if stat.S_ISREG(mode):
            return content_digest(Path(path).read_bytes())
    except (OSError, ValueError):
        pass
    return NOTHING
