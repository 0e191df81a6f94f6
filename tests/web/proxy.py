"""A forward proxy to the hosts of the web, and to nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from web.behaviours import status
from web.messages import Tunnel

if TYPE_CHECKING:
    from web.hosts import Web
    from web.messages import Answer, Behaviour, Seen

HOP_BY_HOP = {"connection", "proxy-connection", "proxy-authorization", "keep-alive"}


def forward(web: Web) -> Behaviour:
    """Goes where an absolute URL or CONNECT says, 502 where that is no host of the web."""

    def answer(seen: Seen) -> Answer:
        url = urlsplit(seen.target if seen.method != "CONNECT" else f"//{seen.target}")
        ip = web.names.get(url.hostname or "", url.hostname)
        if ip is None or ip not in {host.ip for host in web.hosts} or url.port != web.port:
            return status(502)
        if seen.method == "CONNECT":
            return [Tunnel(ip, web.port, to_client=b"HTTP/1.1 200 Connected\r\n\r\n")]
        return [Tunnel(ip, web.port, to_server=_for_the_server(seen))]

    return answer


def _for_the_server(seen: Seen) -> bytes:
    """The request as it goes on: the path for a target, and one answer a connection."""
    target = "/" + seen.target.split("://", 1)[1].partition("/")[2]
    headers = {name: value for name, value in seen.headers.items() if name not in HOP_BY_HOP}
    headers["connection"] = "close"
    lines = [f"{seen.method} {target} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + seen.body
