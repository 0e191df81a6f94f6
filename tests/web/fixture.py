"""The fixture `web`, for a conftest to import."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from web import Web


@pytest.fixture
def web() -> Iterator[Web]:
    """A web without hosts; what its hosts' behaviours raise fails the test at its end."""
    if not has_many_loopback_addresses():
        pytest.skip("needs 127.0.0.2 and further, and this system has only 127.0.0.1")
    from web import Web

    with Web() as started:
        yield started


def has_many_loopback_addresses() -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.2", 0))
        except OSError:
            return False
    return True
