"""Fetching from the test's own web, one request at a time."""

from __future__ import annotations

import asyncio
import gc
import socket
import warnings

from mlsd_lint.links.addresses import parse
from mlsd_lint.links.exchange import Request
from mlsd_lint.links.fetching.fetcher import Fetcher, FetchLimits
from mlsd_lint.links.fetching.safety import networks
from web import behaviours

LOOPBACK = networks(["127.0.0.0/8", "::1"])
PAGE = behaviours.page("a")


def fetcher(web=None, *, allowed=LOOPBACK, names=()):
    known = {name: [ip] for name, ip in web.names.items()} if web else {}
    known.update(names)

    async def resolve(name):
        if name not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return known[name]

    return Fetcher(FetchLimits("checker/1 (+https://h.test)", allowed), resolve)


def request(url, method="GET", *, limit=100_000, timeout=60.0, headers=()):
    return Request(method, parse(url), headers, timeout, limit)


def fetch(url, method="GET", *, web=None, allowed=LOOPBACK, names=(), **how):
    async def run():
        async with fetcher(web, allowed=allowed, names=names) as fetching:
            outcome = await fetching.fetch(request(url, method, **how))
        await no_connection_left()
        return outcome

    return asyncio.run(run(), debug=True)


async def no_connection_left():
    """No task but this one is left, and no transport that nobody closed."""
    assert asyncio.all_tasks() == {asyncio.current_task()}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gc.collect()
