"""What came of a body, decompressed as far as it is wanted.

httpx decompresses everything that has come before it hands on a byte of it, so a few kilobytes
can fill the memory; here no more is decompressed than is kept.
"""

from __future__ import annotations

import zlib

_GZIP = 16 + zlib.MAX_WBITS
_ENCODINGS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}
_GZIP_BEGINNING = b"\x1f\x8b"
# Compressed data can be longer than what it holds, and nothing but padding; not by much if honest.
_PADDING = 64 * 1024


class Body:
    """A body of at most `limit` bytes after decompression, put together from its parts.

    `encoding` is the value of Content-Encoding. What is not compressed with gzip or deflate, or
    more than once, cannot be read and leaves nothing. `is_damaged` says that what came is not
    compressed as the header says.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._limit = limit
        self._content = bytearray()
        self._room = limit + _PADDING
        self._start = b""
        layers = [one.strip().lower() for one in encoding.split(",")]
        layers = [one for one in layers if one not in {"", "identity", "none"}]
        self.is_damaged = len(layers) > 1 or any(one not in _ENCODINGS for one in layers)
        self._layer = "" if self.is_damaged or not layers else layers[0]
        self._inflater: zlib._Decompress | None = None

    @property
    def content(self) -> bytes:
        """What there is of it by now."""
        return bytes(memoryview(self._content)[: self._limit])

    @property
    def wants_more(self) -> bool:
        """Whether another part could change anything."""
        return not self.is_damaged and len(self._content) <= self._limit and self._room > 0

    def is_complete(self) -> bool:
        """Whether it is all there, given that no more parts will come."""
        if self.is_damaged or len(self._content) > self._limit or self._room <= 0:
            return False
        if not self._layer:
            return True
        if self._inflater is None:  # an empty body needs no compression
            return not self._start
        return self._inflater.eof

    def add(self, part: bytes) -> None:
        """Take in the next part as it came."""
        self._room -= len(part)
        if self.is_damaged:
            return
        if not self._layer:
            self._content += part[: self._limit + 1 - len(self._content)]
            return
        try:
            self._inflate(part)
        except zlib.error:
            self.is_damaged = True

    def _inflate(self, part: bytes) -> None:
        if self._inflater is None:
            part = self._start + part
            if len(part) < 2:
                self._start = part
                return
            self._inflater = zlib.decompressobj(_window(self._layer, part))
        while part and self.wants_more:
            if self._inflater.eof:
                if self._layer == "deflate" or not part.startswith(_GZIP_BEGINNING):
                    return  # what stands behind the end is left alone, as browsers do
                self._inflater = zlib.decompressobj(_GZIP)
            self._content += self._inflater.decompress(part, self._limit + 1 - len(self._content))
            part = self._inflater.unconsumed_tail or self._inflater.unused_data


def _window(layer: str, beginning: bytes) -> int:
    """How zlib is to read it: servers send "deflate" with and without zlib's header."""
    if layer != "deflate":
        return _GZIP
    has_header = beginning[0] & 0x0F == 8 and int.from_bytes(beginning[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
