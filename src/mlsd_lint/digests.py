"""Short stable names for contents, so that two of them can be compared without keeping them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOTHING = ""
"""The name of a file or directory that is not there or cannot be read."""


def digest(*parts: str) -> str:
    """The name of these strings in this order: 32 hexadecimal digits."""
    return content_digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def content_digest(content: bytes) -> str:
    """The name of a content: 32 hexadecimal digits."""
    return blake2b(content, digest_size=16).hexdigest()


def code_digest(folder: Path) -> str:
    """The name of the Python files in a folder, for what they make and a cache keeps."""
    files = sorted(folder.glob("*.py"))
    return content_digest(b"\0".join([file.read_bytes() for file in files]))


def listing_digest(entries: Mapping[str, bool] | None) -> str:
    """The name of a directory's listing: its names, and which of them are directories."""
    if entries is None:
        return NOTHING
    return digest(*(f"{name}{'/' * entries[name]}" for name in sorted(entries)))
