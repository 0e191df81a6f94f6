"""Archived copies of pages that are dead, each as near as can be to when its link was written."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.indexing import UncheckedError, decode
from mlsd_lint.links.addresses import AddressError, parse
from mlsd_lint.links.archive import all_added, archive_request_target, copy_in
from mlsd_lint.links.exchange import Reply
from mlsd_lint.links.fetching.fetcher import Fetcher
from mlsd_lint.links.requesting import Requests
from mlsd_lint.links.session import stopping
from mlsd_lint.links.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.collecting import LinkPlace
    from mlsd_lint.links.session import Terms
    from mlsd_lint.links.turns import Turn

ALTOGETHER = 60.0
"""How long an archive is asked for copies in one run, in seconds."""


class Lost(NamedTuple):
    """A page that is dead, by its address, and when the first link to it was written."""

    url: str
    when: datetime


class Found(NamedTuple):
    """The addresses of copies, by the keys of the pages that they are of.

    `finished` says that the archive was asked for all of them, `interrupted` that the user did not
    let it.
    """

    copies: dict[str, str]
    finished: bool
    interrupted: bool


def written(root: Path, places: Iterable[LinkPlace]) -> dict[LinkPlace, datetime]:
    """When each link was written, says git; now, where it does not know.

    Place's paths are relative to `root`. Git is asked once for each file.
    """
    by_path: dict[str, list[LinkPlace]] = {}
    for place in places:
        by_path.setdefault(place.path, []).append(place)
    now = datetime.now(UTC)
    dates: dict[LinkPlace, datetime] = {}
    for path, some in by_path.items():
        lines = _lines(root, path, some)
        added = all_added(root, path, lines.values())
        dates |= {place: added.get(lines.get(place, 0), now) for place in some}
    return dates


def _lines(root: Path, path: str, places: Iterable[LinkPlace]) -> dict[LinkPlace, int]:
    try:
        source = decode((root / path).read_bytes(), path)
    except (OSError, UncheckedError):  # standard input, under a name that is no file
        return {}
    return {
        place: source.position(place.start).line
        for place in places
        if place.start <= len(source.text)
    }


def find_copies(lost: Mapping[str, Lost], terms: Terms) -> Found:
    """The copies of pages; those that have none, or not in time, are left out."""
    return asyncio.run(_find(lost, terms))


async def _find(lost: Mapping[str, Lost], terms: Terms) -> Found:
    copies: dict[str, str] = {}
    turns = Turns(terms.limits.concurrency)
    until = turns.now() + min(ALTOGETHER, terms.max_time or ALTOGETHER)
    archive = terms.settings.archive
    async with Fetcher(terms.limits) as fetcher:
        requests = Requests(terms.settings, terms.hosts, fetcher, turns, until)

        async def look(key: str, address: Address, turn: Turn) -> None:
            exchange = await requests.exchange(turn, "GET", address)
            copy = copy_in(exchange.outcome, archive) if isinstance(exchange.outcome, Reply) else ""
            if copy:
                copies[key] = copy

        for key, page in lost.items():
            try:
                address = parse(archive_request_target(archive, page.url, page.when))
            except AddressError:
                continue
            turns.put(requests.queue(address), partial(look, key, address))
        with stopping(turns) as interrupted:
            finished = await turns.run(until)
    return Found(copies, finished, interrupted.is_set())
