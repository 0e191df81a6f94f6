"""Plain clients, to show what hosts do."""

from __future__ import annotations

import socket
from http.client import HTTPConnection


def ask(host, target="/", method="GET", headers=None):
    """One answer, by a connection of its own: status, headers, body."""
    connection = HTTPConnection(host.ip, host.port, timeout=10)
    try:
        connection.request(method, target, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def talk(host, method="GET", *, limit=200_000, patience=0.3, request=True):
    """What comes over a plain socket, and how that ends."""
    received = b""
    with socket.create_connection((host.ip, host.port), timeout=patience) as client:
        if request:
            head = f"{method} / HTTP/1.1\r\nHost: {host.authority}\r\nConnection: close\r\n\r\n"
            client.sendall(head.encode())
        try:
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
