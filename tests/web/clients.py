"""Plain clients, to show what hosts do."""

from __future__ import annotations

import socket
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import Message

    from web.hosts import Host


def ask(
    host: Host, target: str = "/", method: str = "GET", headers: Mapping[str, str] | None = None
) -> tuple[int, Message, bytes]:
    """One answer, by a connection of its own: status, headers, body."""
    connection = HTTPConnection(host.ip, host.port, timeout=60)
    try:
        connection.request(method, target, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def talk(
    host: Host, method: str = "GET", *, limit: int = 200_000, patience: float = 60
) -> tuple[bytes, str]:
    """What comes over a plain socket, and how that ends: "closed", "reset", or not by itself.

    "open" if nothing came for `patience` seconds, "more" if it was longer than `limit`. No method:
    no request.
    """
    head = f"{method} / HTTP/1.1\r\nHost: {host.authority}\r\nConnection: close\r\n\r\n"
    received = b""
    try:
        with socket.create_connection((host.ip, host.port), timeout=patience) as client:
            client.sendall(head.encode() if method else b"")
            while len(received) < limit:
                data = client.recv(65_536)
                if not data:
                    return received, "closed"
                received += data
    except ConnectionResetError:
        return received, "reset"
    except TimeoutError:
        return received, "open"
    return received, "more"


def wait_until(condition: Callable[[], bool]) -> None:
    """For what the web comes to know a moment after its client; fails after a minute."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in a minute"
        time.sleep(0.005)
