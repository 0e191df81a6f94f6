"""What is sent to a server and what comes back: plain values, between fetching and judging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_lint.links.addresses import Address

Method = Literal["HEAD", "GET"]
FailureKind = Literal[
    "name",  # the name does not resolve, says the name server
    "resolver",  # the name server itself did not answer
    "forbidden",  # the address is private, loopback or the like, and was not asked
    "connect",  # refused, unreachable, or no connection in time
    "timeout",  # connected, but no answer in time
    "reset",  # the connection ended before the answer did
    "tls",  # the certificate is not valid, or no secure connection came about
    "trust",  # nor did it here, but browsers know more issuers and ciphers
    "protocol",  # what came back is no HTTP, or more of it than is read
    "proxy",  # the proxy did not let it through
    "local",  # this machine could not: no network of the host's kind, too many files open
    "setup",  # what the environment says of proxies or certificates is of no use
]


class Request(NamedTuple):
    """One request to one server.

    `headers` come besides those that every request has. `timeout` bounds all of it, from
    resolving the name to the last byte that is read, in seconds. `body_limit` is how many bytes
    of the body are read at most, counted after decompression; 0 reads none of it.
    """

    method: Method
    address: Address
    headers: tuple[tuple[str, str], ...]
    timeout: float
    body_limit: int


class Reply(NamedTuple):
    """What a server answered.

    `headers` have lower-case names; those that came several times are joined with ", ". `body` is
    decompressed and at most as long as the request's limit; `complete` says that it ended by
    itself, before any limit of bytes or time. `seconds` is how long it took.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool
    seconds: float


class Failure(NamedTuple):
    """Why there was no answer, in a clause for a reader: "certificate expired on 2026-03-01"."""

    kind: FailureKind
    reason: str
    seconds: float = 0.0


class Exchange(NamedTuple):
    """One request of a trail, and what came of it after all its retries."""

    method: Method
    url: str
    outcome: Reply | Failure
    attempts: int = 1
