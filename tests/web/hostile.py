"""What breaks HTTP or the connection, ready-made: each is called, and gives a behaviour."""

from __future__ import annotations

import functools
import itertools
import zlib
from typing import TYPE_CHECKING, Literal

from web.behaviours import page
from web.messages import HTML, End, Response, Seen, Step, Wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from web.messages import Answer, Behaviour

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def script(*steps: Step) -> Behaviour:
    """The same steps for every request, then the connection is closed."""
    return lambda _seen: steps


# --- connections ---


def reset() -> Behaviour:
    """The request is read, and the connection reset without a byte."""
    return script(End.RESET)


def close() -> Behaviour:
    """The request is read, and the connection closed without a byte."""
    return script(End.CLOSE)


def hang() -> Behaviour:
    """The request is read and never answered."""
    return script(End.HANG)


def stops_halfway() -> Behaviour:
    """A head that promises 1,000 bytes, ten of them, then nothing more; the connection stays."""
    return script(OK + b"Content-Length: 1000\r\n\r\n0123456789", End.HANG)


def half_closed() -> Behaviour:
    """Likewise, but the server says that it will send no more (FIN), and goes on reading."""
    return script(OK + b"Content-Length: 1000\r\n\r\n0123456789", End.HALF_CLOSE)


def cut_short() -> Behaviour:
    """A head that promises 1,000 bytes, ten of them, then the connection is closed."""
    return script(OK + b"Content-Length: 1000\r\n\r\n0123456789", End.CLOSE)


def reset_halfway() -> Behaviour:
    return script(OK + b"Content-Length: 1000\r\n\r\n0123456789", Wait(0.05), End.RESET)


# --- slow and endless ---


def trickled_head(seconds: float = 1.0) -> Behaviour:
    """A well-formed answer of which the head comes byte by byte, one each so many seconds."""
    data = Response(200, b"ok").encoded("GET")
    return lambda _seen: _trickle(data, seconds)


def trickled_body(seconds: float = 1.0, length: int = 100_000) -> Behaviour:
    """A head at once, then the body byte by byte, one each so many seconds."""
    head = OK + b"Content-Length: %d\r\n\r\n" % length
    return _streamed(head, lambda: _trickle(b"x" * length, seconds))


def endless_body() -> Behaviour:
    """An HTML page without end, as fast as the client reads; its only id is "first"."""
    first = _chunk(b'<h1 id="first">First</h1>')
    more = _chunk(b"<p>More.</p>\n" * 5_000)
    return _streamed(OK + CHUNKED, lambda: itertools.chain([first], itertools.repeat(more)))


def endless_head() -> Behaviour:
    """A head with one short header after the other, without end."""

    def answer(_seen: Seen) -> Answer:
        batches = (range(start, start + 100) for start in itertools.count(0, 100))
        return itertools.chain([OK], map(_short_headers, batches))

    return answer


def gigantic_header(size: int = 50_000_000) -> Behaviour:
    """A head with one header of so many bytes, and a good page after it."""
    pieces = itertools.repeat(b"x" * 50_000, size // 50_000)
    end = b"\r\nContent-Length: 2\r\n\r\nok"
    return lambda _seen: itertools.chain([OK + b"X-Long: "], pieces, [end])


def endless_informational(status: int = 103) -> Behaviour:
    """100 Continue, 103 Early Hints and the like, without end."""
    return lambda _seen: itertools.repeat(b"HTTP/1.1 %d Wait\r\n\r\n" % status * 100)


# --- bodies that are not what the head says ---


def bomb(coding: Literal["gzip", "deflate"] = "gzip", gigabytes: int = 4) -> Behaviour:
    """A page of spaces: about 1 MB on the wire for each gigabyte that it becomes."""
    start, block, end = _bomb_parts(coding)
    repeats = gigabytes * 1024
    length = len(start) + len(block) * repeats + len(end)
    head = OK + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (coding.encode(), length)
    return _streamed(
        head, lambda: itertools.chain([start], itertools.repeat(block, repeats), [end])
    )


def false_encoding(coding: str = "gzip") -> Behaviour:
    """A plain page that is said to be compressed."""
    return Response(200, page().body, {"Content-Type": HTML, "Content-Encoding": coding})


def broken_chunks() -> Behaviour:
    """A body whose second chunk has no length that can be read."""
    return _streamed(OK + CHUNKED, lambda: [b"4\r\nGood\r\nXYZ\r\nbad\r\n0\r\n\r\n"])


def too_long() -> Behaviour:
    """A body of more bytes than Content-Length says."""
    return _streamed(OK + b"Content-Length: 5\r\n\r\n", lambda: [b"0123456789" * 10])


def until_close(behaviour: Response) -> Behaviour:
    """The same page without a length, as old servers send it: it ends with the connection."""
    head = b"HTTP/1.0 %d OK\r\nContent-Type: text/html\r\n\r\n" % behaviour.status
    return _streamed(head, lambda: [behaviour.body])


def malformed_status_line(line: bytes = b"HTTP/1.1 OK 200") -> Behaviour:
    return script(line + b"\r\nContent-Length: 2\r\n\r\nok")


def no_http(data: bytes = b"SSH-2.0-OpenSSH_9.6\r\n") -> Behaviour:
    """Another protocol's greeting in place of an answer."""
    return script(data)


# --- how they are made ---


def _streamed(head: bytes, body: Callable[[], Iterable[Step]]) -> Behaviour:
    """A head, and its body unless it was asked for with HEAD; then the connection is closed."""

    def answer(seen: Seen) -> Answer:
        return [head] if seen.method == "HEAD" else itertools.chain([head], body())

    return answer


def _trickle(data: bytes, seconds: float) -> Iterator[Step]:
    for byte in data:
        yield bytes([byte])
        yield Wait(seconds)


def _short_headers(numbers: Iterable[int]) -> bytes:
    return b"".join(b"X-Header-%d: %d\r\n" % (number, number) for number in numbers)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


@functools.cache
def _bomb_parts(coding: str) -> tuple[bytes, bytes, bytes]:
    """A start, a block of 1 MiB that can follow itself, and an end; the checksum is wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    spaces = b" " * (1 << 20)
    start = packer.compress(spaces) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(spaces) + packer.flush(zlib.Z_FULL_FLUSH)
    return start, block, packer.flush()
