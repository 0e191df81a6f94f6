"""The baseline: findings that a book has and that are accepted for now, in a file beside it.

    # What is accepted here … (comments are written anew each time)

    docs/guide.md
      L101 5e0c3a91… 2 [the setup](missing.md)

Behind the path of a document stand its findings: the rule, the fingerprint as the JSON formats have
it, how often this occurs there, and what it points at, for people. Only the number of a finding
matters, not its line, so the file changes only when findings do. Paths are relative to the
repository root.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.errors import UsageError
from mlsd_lint.fingerprints import plain_fingerprints
from mlsd_lint.reporters.terminal import one_line
from mlsd_lint.rules.unchecked import COULD_NOT_CHECK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from mlsd_lint.diagnostics import Diagnostic

_FIRST_LINE = "# Findings of mlsd-lint that are accepted here, so that only new ones are reported."
_HEAD = f"""\
{_FIRST_LINE}
# `mlsd-lint check --write-baseline` writes this file anew.
"""
_ENTRY = re.compile(r"\s+(?P<code>[A-Z]\d{3}) (?P<name>[0-9a-f]{32}) (?P<count>[1-9]\d*)(?: .*)?")
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")
_TEXT_WIDTH = 60  # code points
_WRITE = "`mlsd-lint check --write-baseline`"
_REFRESH = f"{_WRITE} writes the file anew"
_LEFT_FROM_A_MERGE = "this is left from a merge with conflicts; keep the findings of both sides, and take out this line"


class Accepted(NamedTuple):
    """A finding that is accepted `times` times in the document at `path`.

    `text` is what it points at, shortened: for people, not for comparing.
    """

    path: str
    code: str
    text: str
    fingerprint: str
    times: int


class BaselineError(UsageError):
    """The baseline cannot be read; the message names the file and the line."""


class Applied(NamedTuple):
    """Findings without those that a baseline accepts.

    `accepted` has the fingerprints of those; `gone` says what no longer occurs, with how often.
    """

    reported: tuple[Diagnostic, ...]
    accepted: frozenset[str]
    gone: tuple[Accepted, ...]


def load(file: Path, name: str) -> tuple[Accepted, ...]:
    """What the baseline in a file accepts; `name` is how messages call it.

    Raises:
        BaselineError: it is not there, cannot be read or has a line that says nothing.
    """
    entries, problems = _parsed(_read(file, name))
    for line, problem in problems:
        raise BaselineError(f"{name}:{line}: {problem}")
    return tuple(entries)


def salvaged(file: Path, name: str) -> tuple[Accepted, ...]:
    """What can be read of a baseline that is to be written anew.

    Raises:
        BaselineError: it is no text, another file than a baseline, or something that cannot be read.
    """
    if not file.exists():
        return ()
    text = _read(file, name)
    entries = tuple(_parsed(text)[0])
    if not entries and not text.startswith(_FIRST_LINE) and _has_more_than_comments(text):
        raise BaselineError(
            f"{name} is no baseline, so it was left as it is; name another file in the setting baseline"
        )
    return entries


def _has_more_than_comments(text: str) -> bool:
    return any(line.strip() and not line.startswith("#") for line in text.splitlines())


def _read(file: Path, name: str) -> str:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError:
        raise BaselineError(f"there is no baseline {name}; {_WRITE} writes it") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = f"this is not UTF-8 text; save it as UTF-8, or remove it, and {_WRITE} writes it"
        raise BaselineError(f"{name}:{line}: {problem}") from None
    except OSError as error:
        raise BaselineError(f"cannot read the baseline {name}: {error.strerror}") from None


def _parsed(text: str) -> tuple[list[Accepted], list[tuple[int, str]]]:
    """The entries, and what is wrong by line (from 1)."""
    entries: list[Accepted] = []
    problems: list[tuple[int, str]] = []
    path = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _ENTRY.fullmatch(line.rstrip("\r"))
        if found and path:
            text, count = line[found.end("count") :].strip(), int(found["count"])
            entries.append(Accepted(path, found["code"], text, found["name"], count))
        elif _CONFLICT.match(line):
            problems.append((number, _LEFT_FROM_A_MERGE))
        elif found:
            problem = f"no path of a document stands before this finding; {_REFRESH}"
            problems.append((number, problem))
        elif line[0].isspace():
            problem = f"this is no finding: rule, fingerprint, count, text; {_REFRESH}"
            problems.append((number, problem))
        else:
            path = _unquoted(line.rstrip())
            if not path:
                problems.append((number, f"this is no path; {_REFRESH}"))
    return entries, problems


def render(entries: Iterable[Accepted]) -> str:
    """The text of a baseline."""
    lines = [_HEAD]
    path = None
    for one in sorted(entries):
        if one.path != path:
            path = one.path
            lines.append(f"\n{_quoted(path)}\n")
        lines.append(f"  {one.code} {one.fingerprint} {one.times} {one.text}".rstrip() + "\n")
    return "".join(lines)


def of_findings(diagnostics: Sequence[Diagnostic]) -> list[Accepted]:
    """What accepts these findings (in the order of `in_order`).

    What could not be checked is never accepted.
    """
    plain = plain_fingerprints(diagnostics)
    counts = Counter(plain)
    first = dict(zip(reversed(plain), reversed(diagnostics), strict=True))
    return [
        Accepted(one.path, one.code, _text(one), name, counts[name])
        for name, one in first.items()
        if one.code not in COULD_NOT_CHECK
    ]


def apply(
    entries: Iterable[Accepted],
    diagnostics: Sequence[Diagnostic],
    looked_for: Callable[[Accepted], bool],
) -> Applied:
    """Take accepted findings out, of equal ones the first.

    `looked_for` says whether a run would have found what an entry accepts, so that it is known to
    be gone if it was not found.
    """
    left: Counter[str] = Counter()
    about: dict[str, Accepted] = {}
    for entry in entries:
        left[entry.fingerprint] = max(left[entry.fingerprint], entry.times)
        about[entry.fingerprint] = entry
    reported, accepted = [], set()
    for name, one in zip(plain_fingerprints(diagnostics), diagnostics, strict=True):
        if left[name] > 0 and one.code not in COULD_NOT_CHECK:
            left[name] -= 1
            accepted.add(one.fingerprint)
        else:
            reported.append(one)
    gone = (about[name]._replace(times=count) for name, count in left.items() if count > 0)
    return Applied(tuple(reported), frozenset(accepted), tuple(sorted(filter(looked_for, gone))))


def _text(one: Diagnostic) -> str:
    start = one.start.column - 1 - one.excerpt.skipped
    end = one.end.column - 1 - one.excerpt.skipped if one.end.line == one.start.line else None
    pointed_at = one_line(one.excerpt.text[start:end]) or one_line(one.excerpt.text)
    short = pointed_at[:_TEXT_WIDTH]
    return short if short == pointed_at else f"{short}…"


def _quoted(path: str) -> str:
    """A path on a line of its own; one that would be mistaken there is written as JSON."""
    plain = path.isprintable() and path == path.strip() and not path.startswith(("#", '"'))
    return path if plain and not _CONFLICT.match(path) else json.dumps(path)


def _unquoted(line: str) -> str:
    if not line.startswith('"'):
        return line
    try:
        path = json.loads(line)
    except ValueError:
        return ""
    return path if isinstance(path, str) else ""


def remarks(gone: Sequence[Accepted], name: str) -> Iterator[str]:
    """What is said of entries that accept nothing any more."""
    if not gone:
        return
    number = sum(one.times for one in gone)
    first = f"{gone[0].code} in {one_line(gone[0].path)}"
    if number == 1:
        yield f"1 finding of {name} no longer occurs ({first}); {_WRITE} takes it out"
    else:
        what = f"{number:,} findings of {name} no longer occur"
        yield f"{what} (such as {first}); {_WRITE} takes them out"
