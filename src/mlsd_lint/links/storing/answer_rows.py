"""Answers as rows of the store's table, and back.

What most answers have stands in columns of its own, since thousands of rows are read at once; the
rest is one column that is mostly empty. SQLite takes no lone surrogates in its text: a text that
has some is kept as bytes.
"""

from __future__ import annotations

import json
from sys import intern
from typing import TYPE_CHECKING, Any

from mlsd_lint.links.verdicts import Answer, Hop, Repository, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = """
    key TEXT NOT NULL, context TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
    status INTEGER NOT NULL, flags INTEGER NOT NULL, final TEXT, asked REAL NOT NULL,
    expires REAL NOT NULL, failures INTEGER NOT NULL, etag TEXT NOT NULL,
    last_modified TEXT NOT NULL, more TEXT, anchors TEXT, PRIMARY KEY (key, context)
"""
"""The columns. `final` is null where it is the key; the anchors come last, so that a row is read
without them."""

WRITTEN = (
    *("key", "context", "verdict", "reason", "status", "flags", "final", "asked", "expires"),
    *("failures", "etag", "last_modified", "more", "anchors"),
)
READ = "key, verdict, reason, status, flags, final, asked, failures, etag, last_modified, more"

_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_FLAGS = [(bool(n & 1), bool(n & 2), bool(n & 4), bool(n & 8)) for n in range(16)]
_ENCODED = 16
_DOUBTFUL = 32
_EMPTY: Mapping[str, bool] = {}


def text(value: str) -> str | bytes:
    """A text as SQLite takes it."""
    if value.isascii():
        return value
    encoded = value.encode("utf-8", "surrogatepass")
    try:
        encoded.decode()
    except UnicodeDecodeError:
        return encoded
    return value


def string(value: Any) -> str:
    """What `text` made something else of, if it did."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def row_of(key: str, context: str, answer: Answer, expires: float) -> tuple[object, ...]:
    """The values of the columns `WRITTEN`."""
    flags = answer.permanent | answer.same_kind << 1 | answer.scripted << 2 | answer.cut << 3
    final = None if answer.final == key else answer.final
    texts = (key, answer.reason, final or "", answer.etag, answer.last_modified)
    if any(isinstance(text(value), bytes) for value in texts):
        flags |= _ENCODED
    if answer.doubtful:
        flags |= _DOUBTFUL
    return (
        text(key),
        text(context),
        answer.verdict.value,
        text(answer.reason),
        answer.status,
        flags,
        None if final is None else text(final),
        answer.asked,
        expires,
        answer.failures,
        text(answer.etag),
        text(answer.last_modified),
        _more_of(answer),
        None if answer.anchors is None else _anchors_column(answer.anchors),
    )


def answer_of(row: tuple[Any, ...]) -> Answer | None:
    """The answer in the columns `READ`, and `anchors` if they were read too.

    None if the row does not make sense; a file can be damaged where SQLite does not see it.
    """
    try:
        return _answer_of(row)
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _answer_of(row: tuple[Any, ...]) -> Answer:
    if row[4] & _ENCODED:
        row = tuple(string(value) for value in row[:11]) + row[11:]
    key, verdict, reason, status, flags, final, asked, failures, etag, last_modified, more = row[
        :11
    ]
    permanent, same_kind, scripted, cut = _FLAGS[flags & ~(_ENCODED | _DOUBTFUL)]
    anchors = None if len(row) == 11 or row[11] is None else _anchors(row[11])
    answer = Answer._make(  # of a tuple, this costs half of a call with 20 arguments
        (
            _VERDICTS[verdict],
            intern(reason),  # thousands have the same
            status,
            (),
            key if final is None else final,
            permanent,
            same_kind,
            anchors,
            scripted,
            _EMPTY,
            asked,
            failures,
            0.0,
            etag,
            last_modified,
            None,
            "",
            0.0,
            cut,
            flags & _DOUBTFUL != 0,
        )
    )
    return answer if more is None else _with_more(answer, json.loads(more))


def _anchors_column(anchors: tuple[str, ...]) -> str | bytes:
    """Anchors as lines, which are read fast, or as JSON where they do not make lines."""
    lines = "".join(f"{anchor}\n" for anchor in anchors)
    if lines.count("\n") == len(anchors) and isinstance(text(lines), str):
        return lines
    return json.dumps(anchors).encode()


def _anchors(column: str | bytes) -> tuple[str, ...]:
    if isinstance(column, bytes):
        return tuple(json.loads(column))
    return tuple(column.split("\n")[:-1])


def _more_of(answer: Answer) -> str | None:
    more = {
        "chain": answer.chain,
        "texts": dict(answer.texts),
        "failing_since": answer.failing_since,
        "repository": answer.repository,
        "archive": answer.archive,
        "counted": answer.counted,
    }
    more = {name: value for name, value in more.items() if value}
    return json.dumps(more) if more else None


def _with_more(answer: Answer, more: dict[str, Any]) -> Answer:
    repository = more.pop("repository", None)
    return answer._replace(
        chain=tuple(Hop(url, status) for url, status in more.pop("chain", ())),
        repository=Repository(*repository) if repository else None,
        **more,
    )
