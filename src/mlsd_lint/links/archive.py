"""Copies of dead pages: the one nearest to when the link was added.

An archive in the manner of the Wayback Machine is asked for `/web/<time>/<url>` and redirects to
the copy that is nearest to that time. When a link was added, git knows.
"""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mlsd_lint.links.addresses import AddressError, follow, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from mlsd_lint.links.exchange import Reply

GIT_TIME = 10.0
"""How long git may look at one file, in seconds."""

_GIT = (
    *("git", "--no-pager", "--no-optional-locks"),
    *("-c", "core.fsmonitor=false"),  # starts no program
    *("-c", "protocol.allow=never"),  # a partial clone fetches nothing
)
# A hook is run with these; they would name another repository than the one asked about.
_OF_ANOTHER_REPOSITORY = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
    | {"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE"}
)
_LINE = re.compile(rb"([0-9a-f]{40,64}) [0-9]+ ([0-9]+)(?: [0-9]+)?")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_COPY = re.compile(r".*/web/[0-9]{4,14}(?:[a-z]{2}_)?/[^/].*", re.DOTALL)


def added(root: Path, path: str, line: int) -> datetime | None:
    """When a line was written as it is; None if that is not known, see `all_added`."""
    return all_added(root, path, [line]).get(line)


def all_added(root: Path, path: str, lines: Collection[int]) -> dict[int, datetime]:
    """When each of these lines of a file was written as it is: the date of its author, in UTC.

    `path` is relative to `root`, a directory in a repository; lines are 1-based. A line is left
    out that is not committed yet, or older than a shallow clone reaches; so are all if git cannot
    tell: there is none, the file is not in a repository, or it takes longer than `GIT_TIME`.
    """
    wanted = sorted({line for line in lines if line > 0})
    if not wanted:
        return {}
    ranges = [f"-L{first},{last}" for first, last in _runs(wanted)]
    output = _git(root, "blame", "--porcelain", "--no-textconv", *ranges, "--", path)
    if not output:
        return {}
    dates, boundaries, places = _blamed(output)
    if boundaries.intersection(places.values()):
        beyond = _shallow(root)
        dates = {commit: date for commit, date in dates.items() if commit not in beyond}
    return {line: dates[places[line]] for line in wanted if places.get(line) in dates}


def archive_request_target(archive: str, url: str, when: datetime) -> str:
    """The URL that redirects to the copy of `url` nearest to a time; `archive` is a setting."""
    time = when.astimezone(UTC)
    stamp = f"{time.year:04}{time:%m%d%H%M%S}"
    return f"{archive.rstrip('/')}/web/{stamp}/{url.partition('#')[0]}"


def copy_in(reply: Reply, archive: str) -> str:
    """The address of the copy that the archive's answer leads to; "" if it has none.

    An archive that answers with the copy itself says in Content-Location which one it is.
    """
    if reply.status in _REDIRECTS:
        location = reply.headers.get("location", "").strip()
    elif reply.status == 200:
        location = reply.headers.get("content-location", "").strip()
    else:
        return ""
    try:
        place = parse(archive.rstrip("/") + "/")
        copy = follow(place, location)
    except AddressError:
        return ""
    return copy.url if copy.host == place.host and _COPY.fullmatch(copy.target) else ""


def _runs(lines: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of lines without a gap."""
    first = last = lines[0]
    for line in lines[1:]:
        if line != last + 1:
            yield first, last
            first = line
        last = line
    yield first, last


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing if it fails."""
    environment = {
        name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY
    }
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and the path stands behind --
            [*_GIT, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=GIT_TIME,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return b""
    return b"" if done.returncode else done.stdout


def _blamed(output: bytes) -> tuple[dict[bytes, datetime], set[bytes], dict[int, bytes]]:
    """The dates of commits, those with no parent here, and the commit of each line.

    See git-blame(1), "The porcelain format". What is not committed has a commit of zeros.
    """
    dates: dict[bytes, datetime] = {}
    boundaries: set[bytes] = set()
    places: dict[int, bytes] = {}
    commit = b""
    for line in output.split(b"\n"):
        if line.startswith(b"\t"):
            continue
        if found := _LINE.fullmatch(line):
            commit = found[1]
            places[int(found[2])] = commit
        elif line == b"boundary":
            boundaries.add(commit)
        elif line.startswith(b"author-time ") and commit.strip(b"0"):
            date = _date(line.removeprefix(b"author-time "))
            if date is not None:
                dates[commit] = date
    return dates, boundaries, places


def _date(seconds: bytes) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _shallow(root: Path) -> set[bytes]:
    """The commits whose parents a shallow clone does not have; see gitrepository-layout(5)."""
    file = _git(root, "rev-parse", "--git-path", "shallow")
    try:
        return set((root / os.fsdecode(file.removesuffix(b"\n"))).read_bytes().split())
    except (OSError, ValueError):
        return set()
