"""The store's file: opening it, and setting aside what cannot be used.

It holds since when links have been failing, which no run can find out again. So a file that
cannot be read, or that another version has written, is renamed and never deleted.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.cache import make_directory
from mlsd_lint.links.storing import answer_rows

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "links.sqlite"
LAYOUT = 1
PATIENCE = 5.0  # seconds that another process is waited for

TROUBLE = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the latter where a damaged text stands in the message of an error."""

_PARTS = ("", "-wal", "-shm")
_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_ERROR,  # a table is not what it should be
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FORMAT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_MISMATCH,
    }
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_TABLES = {
    "answers": answer_rows.TABLE,
    "hosts": """
        origin TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, noted REAL NOT NULL,
        expires REAL NOT NULL, PRIMARY KEY (origin, name)
    """,
}


class Identity(NamedTuple):
    """Device and inode of a file."""

    device: int
    inode: int


class AnotherLayoutError(sqlite3.DatabaseError):
    """The file is a database that this version did not lay out."""

    def __init__(self, layout: int) -> None:
        super().__init__(layout)
        self.layout = layout


def open_file(file: Path) -> tuple[sqlite3.Connection, str]:
    """A connection to the file, made with its directory if need be, and a remark for the user.

    Raises:
        OSError, sqlite3.Error, UnicodeDecodeError: it cannot be used.
    """
    make_directory(file.parent)
    seen = identity(file)
    try:
        return _connect(file), ""
    except AnotherLayoutError as error:
        aside = set_aside(file, seen, f"layout-{error.layout}")
        problem = "was written by another version of mlsd-lint"
    except TROUBLE as error:
        if not is_damage(error):
            raise
        aside = set_aside(file, seen, "broken")
        problem = "is damaged"
    return _connect(file), set_aside_remark(file, problem, aside)


def set_aside_remark(file: Path, problem: str, aside: str) -> str:
    """What the user is told of a file that was renamed; `aside` is its new name, "" for none."""
    kept = f" and was renamed to {aside}" if aside else ""
    return f"{file} {problem}{kept}; what it knew of links is asked again"


def is_damage(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Whether the file itself is at fault, and not the disk, a permission or another process."""
    if isinstance(error, UnicodeDecodeError):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # a text that is no UTF-8
        return type(error) is sqlite3.OperationalError
    return code & 0xFF in _DAMAGE


def set_aside(file: Path, seen: Identity | None, why: str) -> str:
    """Rename the file, and what belongs to it, to `links.sqlite.<why>-<n>`; its new name.

    "" if it is not the one that was seen: another process was faster.
    """
    if seen is None or identity(file) != seen:
        return ""
    number = 1
    while (aside := file.with_name(f"{file.name}.{why}-{number}")).exists():
        number += 1
    file.rename(aside)
    for part in _PARTS[1:]:
        with suppress(FileNotFoundError):
            file.with_name(file.name + part).rename(aside.with_name(aside.name + part))
    return aside.name


def identity(file: Path) -> Identity | None:
    """Which file this is, whatever its name; None if there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return Identity(status.st_dev, status.st_ino)


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    try:
        _check_layout(connection)
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        _lay_out(connection)
        connection.execute(f"SELECT {', '.join(answer_rows.WRITTEN)} FROM answers LIMIT 0")  # noqa: S608  # our own names
        connection.execute("SELECT origin, name, value, noted, expires FROM hosts LIMIT 0")
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once, and a commit cost no wait for the disk.

    Where the file system cannot do that, SQLite goes on with its other journal. Two that begin
    at once may meet here, and SQLite does not wait for this by itself.
    """
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.01)
        else:
            return


def _layout(connection: sqlite3.Connection) -> int:
    layout: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return layout


def _check_layout(connection: sqlite3.Connection) -> None:
    """See that there is our layout or none.

    Before another one is renamed, it is made one file that nobody else has open: SQLite would
    lose what is still in its journal, or delete that of its successor.
    """
    layout = _layout(connection)
    if layout != LAYOUT and connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        if _layout(connection) == LAYOUT:  # laid out by another process, meanwhile
            return
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        raise AnotherLayoutError(layout)


def _lay_out(connection: sqlite3.Connection) -> None:
    if _layout(connection) == LAYOUT:
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _layout(connection) == LAYOUT:  # by another process, meanwhile
            return
        for name, columns in _TABLES.items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
