"""What passes between a client and the web: requests as seen, answers as bytes and steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import NamedTuple

HTML = "text/html; charset=utf-8"
NO_BODY = {204, 304}


@dataclass(frozen=True)
class Seen:
    """One request as it came in.

    `target` holds the bytes of the request line, decoded as latin-1. `headers` have lower-case
    names; those that came several times are joined with ", ". `at` is when its head was read, in
    seconds of time.monotonic. `number` counts the requests of this path (without its query) to
    this host from 1, HEAD and GET together, `host_number` those of all its paths. `connection`
    numbers the connections of the whole web from 1.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    ip: str
    connection: int
    number: int
    host_number: int
    tls: bool = False
    http2: bool = False

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]


class End(Enum):
    """How an answer ends, where it does not end as it should."""

    RESET = "the connection is reset (RST)"
    CLOSE = "the connection is closed (FIN)"
    HALF_CLOSE = "nothing more is sent (FIN), but the connection stays open for reading"
    HANG = "nothing more happens until the client leaves"


class Wait(NamedTuple):
    """Nothing is sent for so many seconds; ends at once if the client leaves."""

    seconds: float


class Tunnel(NamedTuple):
    """What the client sends goes to a server, and the other way round.

    `to_client` and `to_server` are sent first.
    """

    ip: str
    port: int
    to_client: bytes = b""
    to_server: bytes = b""


@dataclass(frozen=True)
class Response:
    """A well-behaved answer, which keeps the connection; as a behaviour it answers everything.

    Content-Length is added unless the headers have it or Transfer-Encoding. To HEAD goes the head.
    Header values are bytes, or text that is sent as latin-1.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str | bytes] = field(default_factory=dict)

    def __call__(self, _seen: Seen) -> Response:
        return self

    def header_fields(self) -> list[tuple[bytes, bytes]]:
        names = {name.lower() for name in self.headers}
        fields = [
            (name.encode("latin-1"), value if isinstance(value, bytes) else value.encode("latin-1"))
            for name, value in self.headers.items()
        ]
        if not names & {"content-length", "transfer-encoding"} and self.status not in NO_BODY:
            fields.append((b"Content-Length", b"%d" % len(self.body)))
        return fields

    def encoded(self, method: str) -> bytes:
        lines = [b"HTTP/1.1 %d %s" % (self.status, phrase(self.status))]
        lines += [b"%s: %s" % field for field in self.header_fields()]
        body = b"" if method == "HEAD" or self.status in NO_BODY else self.body
        return b"\r\n".join(lines) + b"\r\n\r\n" + body


def joined(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by lower-case name; those that come several times are joined with ", "."""
    headers: dict[str, str] = {}
    for written, value in fields:
        name = written.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def phrase(status: int) -> bytes:
    try:
        return HTTPStatus(status).phrase.encode()
    except ValueError:
        return b"Whatever"


Step = bytes | Response | Wait | End | Tunnel
Answer = Response | bytes | Iterable[Step]
Behaviour = Callable[[Seen], Answer]


def steps(answer: Answer) -> Iterable[Step]:
    return (answer,) if isinstance(answer, Response | bytes) else answer
