"""What the web answered, over many runs: one SQLite file that two runs may use at once.

An answer is used only for the question that it answered. A commit follows every answer, so that
what was reported is never lost, however the run ends. The store never stops a run: where the file
cannot be used, the work goes on without it, and `Store.remark` says so.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_lint.links.storing import answer_rows, store_file
from mlsd_lint.links.storing.answer_rows import answer_of, row_of, text
from mlsd_lint.links.storing.keeping import covers
from mlsd_lint.links.verdicts import Answer, Verdict

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import (
        Callable,
        Collection,
        Hashable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from pathlib import Path
    from typing import TypeVar

    Name = TypeVar("Name", bound=Hashable)

__all__ = ["NO_STORE", "Asked", "Store", "covers", "open_store"]

AHEAD = 300.0
"""Seconds by which clocks may differ; what was noted later than that is from a wrong clock."""

KEPT_EXPIRED = 90 * 24 * 3600.0  # seconds
KEPT_STREAK = 365 * 24 * 3600.0  # seconds
MOST_ANSWERS = 500_000

_AT_ONCE = 400
_SEARCH_SHARE = 8  # reading a row in passing costs so much less than searching it

_COLUMNS = ", ".join(answer_rows.WRITTEN)
_KEEP = f"""
    INSERT INTO answers ({_COLUMNS}) VALUES ({", ".join("?" for _ in answer_rows.WRITTEN)})
    ON CONFLICT (key, context)
    DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in answer_rows.WRITTEN[2:])}
    WHERE excluded.asked >= answers.asked OR answers.asked > ?
"""  # noqa: S608  # our own column names


class Asked(NamedTuple):
    """A question: the address, and the digest of whatever else changes the answer.

    `key` is `Address.key`. `context` names the User-Agent, headers and credentials, the settings
    and the way of asking; an answer given in one context is none in another.
    """

    key: str
    context: str


class Store:
    """An open store, used by one thread. No method raises because of the file.

    `remark` is "" or one line for the user: what was wrong with the file, and what became of it.
    """

    def __init__(
        self,
        file: Path | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.remark = ""
        self._file = file
        self._clock = clock
        self._connection: sqlite3.Connection | None = None
        self._identity: store_file.Identity | None = None
        self._writes = file is not None
        self._kept = False
        if file is not None:
            self._open(file)

    def lookup(self, asked: Asked, fragments: Collection[str], now: float) -> Answer | None:
        """The answer that holds at `now` (seconds since the epoch) and covers the fragments."""
        return self.lookup_all({asked: (asked, fragments)}, now).get(asked)

    def lookup_all(
        self, questions: Mapping[Name, tuple[Asked, Collection[str]]], now: float
    ) -> dict[Name, Answer]:
        """Of these questions, whatever the caller calls them, those that need not be asked.

        Anchors are read only for questions with fragments; other answers have None.
        """
        found: dict[Name, Answer] = {}
        for (context, wants_anchors), group in _grouped(questions).items():
            columns = f"{answer_rows.READ}, anchors" if wants_anchors else answer_rows.READ
            for row in self._rows(columns, context, list(group), now, now + AHEAD):
                names = group[answer_rows.string(row[0])]
                # With the caller's own key, since many answers hold it, too.
                answer = answer_of((text(questions[names[0]][0].key), *row[1:]))
                if answer is None:
                    continue
                for name in names:
                    if not wants_anchors or covers(answer, questions[name][1]):
                        found[name] = answer
        return found

    def earlier(self, asked: Asked) -> Answer | None:
        """The last answer to a question, however old: for its validators and its streak."""
        rows = self._read(
            f"SELECT {answer_rows.READ}, anchors FROM answers WHERE key = ? AND context = ?",  # noqa: S608  # our own column names
            (text(asked.key), text(asked.context)),
        )
        return answer_of(rows[0]) if rows else None

    def keep(self, asked: Asked, answer: Answer, expires: float) -> None:
        """Keep an answer until `expires` (seconds since the epoch); it is safe on return.

        An answer to the same question that was asked later stays. One that is `unverified` and
        does not hold says nothing, and takes nobody's place.
        """
        if answer.verdict is Verdict.UNVERIFIED and expires <= answer.asked:
            return
        row = row_of(asked.key, asked.context, answer, expires)
        self._write(_KEEP, (*row, self._clock() + AHEAD))

    def host_fact(self, origin: str, name: str, now: float) -> str | None:
        """What is known of an origin under this name, if it holds at `now`."""
        rows = self._read(
            "SELECT value FROM hosts WHERE origin = ? AND name = ? AND expires > ? AND noted <= ?",
            (text(origin), text(name), now, now + AHEAD),
        )
        return answer_rows.string(rows[0][0]) if rows else None

    def keep_host_fact(self, origin: str, name: str, value: str, expires: float) -> None:
        """Keep what was found out about an origin until `expires`; the last one to keep wins."""
        self._write(
            "INSERT OR REPLACE INTO hosts (origin, name, value, noted, expires)"
            " VALUES (?, ?, ?, ?, ?)",
            (text(origin), text(name), text(value), self._clock(), expires),
        )

    def earliest_expiry(self, questions: Iterable[Asked]) -> float:
        """Until when the answers to all these questions hold, in seconds since the epoch.

        0.0 if one of them has no answer, infinity if there are no questions.
        """
        earliest = float("inf")
        contexts: dict[str, set[str]] = {}
        for asked in questions:
            contexts.setdefault(asked.context, set()).add(asked.key)
        for context, keys in contexts.items():
            found = 0
            for _, expires in self._rows("key, expires", context, list(keys), 0.0, float("inf")):
                found += 1
                earliest = min(earliest, expires)
            if found < len(keys):
                return 0.0
        return earliest

    def prune(self, now: float) -> None:
        """Let go of what expired long ago; since when a link fails is kept for longer.

        Should there still be too much, the answers that were asked first go, too.
        """
        self._write(
            "DELETE FROM answers WHERE expires < ? AND (failures = 0 OR asked < ?)",
            (now - KEPT_EXPIRED, now - KEPT_STREAK),
        )
        self._write("DELETE FROM hosts WHERE expires < ?", (now,))
        self._write(
            "DELETE FROM answers WHERE (SELECT count(*) FROM answers) > ? AND rowid IN ("
            "SELECT rowid FROM answers ORDER BY failures > 0 DESC, asked DESC LIMIT -1 OFFSET ?)",
            (MOST_ANSWERS, MOST_ANSWERS),
        )

    def forget(self) -> int | None:
        """Let go of all that the web can be asked again; how many failing links are left.

        Since when a link fails cannot be asked again. None if the file cannot be used.
        """
        self._write("DELETE FROM answers WHERE failures = 0", ())
        self._write("DELETE FROM hosts", ())
        self._write(
            "UPDATE answers SET expires = 0, etag = '', last_modified = '', anchors = NULL", ()
        )
        self._write("VACUUM", ())
        rows = self._read("SELECT count(*) FROM answers", ())
        return rows[0][0] if rows and self._writes else None

    def close(self) -> None:
        """Prune, if anything was kept, and close the file."""
        if self._kept:
            self.prune(self._clock())
        self._close()

    def _rows(
        self, columns: str, context: str, keys: Sequence[str], now: float, latest: float
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of these keys that expire after `now`; all are read in passing if that is less work."""
        holds = "context = ? AND expires > ? AND asked <= ?"
        values = (text(context), now, latest)
        select = f"SELECT {columns} FROM answers WHERE"  # noqa: S608  # our own column names
        (last,) = next(iter(self._read("SELECT max(rowid) FROM answers", ())), (None,))
        if last is None:
            return
        if len(keys) * _SEARCH_SHARE >= last:
            wanted = set(map(text, keys))
            for row in self._read_in_passing(f"{select} {holds}", values):
                if row[0] in wanted:
                    yield row
            return
        for start in range(0, len(keys), _AT_ONCE):
            some = [text(key) for key in keys[start : start + _AT_ONCE]]
            among = f"key IN ({', '.join('?' * len(some))})"
            yield from self._read(f"{select} {among} AND {holds}", (*some, *values))

    def _open(self, file: Path) -> None:
        try:
            self._connection, remark = store_file.open_file(file)
            self._identity = store_file.identity(file)
        except (OSError, *store_file.TROUBLE) as error:
            self._writes = False
            remark = f"{file} cannot be used ({error}); every link is asked again"
        self._remark(remark)

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(*store_file.TROUBLE):
                self._connection.close()
        self._connection = None

    def _read(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self._connection is not None:
            with self._forgiving():
                return self._connection.execute(query, values).fetchall()
        return []

    def _read_in_passing(self, query: str, values: tuple[object, ...]) -> Iterator[tuple[Any, ...]]:
        """The rows one after the other, since all together may take much memory."""
        if self._connection is not None:
            with self._forgiving():
                yield from self._connection.execute(query, values)

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        if self._connection is not None and self._writes:
            with self._forgiving():
                self._connection.execute(statement, values)
                self._kept = True

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        try:
            yield
        except store_file.TROUBLE as error:
            if store_file.is_damage(error) and self._file is not None:
                self._replace(self._file)
            else:
                self._writes = False
                self._remark(f"{self._file}: answers of this run are not kept any more ({error})")

    def _replace(self, file: Path) -> None:
        """Go on with a new file in the place of one that turned out to be damaged."""
        self._close()
        with suppress(OSError):
            aside = store_file.set_aside(file, self._identity, "broken")
            self._remark(store_file.set_aside_remark(file, "is damaged", aside))
        self._open(file)

    def _remark(self, remark: str) -> None:
        self.remark = self.remark or remark


NO_STORE = Store()


def open_store(directory: Path, *, clock: Callable[[], float] = time.time) -> Store:
    """The store in a cache directory, both made if need be."""
    return Store(directory / store_file.FILE_NAME, clock=clock)


def _grouped(
    questions: Mapping[Name, tuple[Asked, Collection[str]]],
) -> dict[tuple[str, bool], dict[str, list[Name]]]:
    """The names of questions by context, whether they want anchors, and key."""
    groups: dict[tuple[str, bool], dict[str, list[Name]]] = {}
    for name, (asked, fragments) in questions.items():
        group = groups.setdefault((asked.context, bool(fragments)), {})
        group.setdefault(asked.key, []).append(name)
    return groups
