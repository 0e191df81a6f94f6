"""Why an exchange failed, in words: what httpcore, h11, h2, TLS and the system call it is not shown.

Their own messages can hold what was sent, so none of their text reaches a reader.
"""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING, Literal

import httpcore

if TYPE_CHECKING:
    from mlsd_lint.links.exchange import FailureKind

Phase = Literal["proxy", "resolving", "connecting", "securing", "asking"]
"""What an exchange waits for; "proxy" until there is a connection to one."""

_SYSTEM_ERRORS = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset while it was being made",
    errno.ECONNABORTED: "connection reset while it was being made",
    errno.EHOSTUNREACH: "no route to the host",
    errno.EHOSTDOWN: "no route to the host",
    errno.ENETUNREACH: "the network of the host cannot be reached",
    errno.EADDRNOTAVAIL: "the network of the host cannot be reached",
    errno.EAFNOSUPPORT: "this machine has no network of the host's kind",
    errno.ETIMEDOUT: "no connection in the time that the system allows",
    errno.EACCES: "this machine does not let the connection through",
    errno.EPERM: "this machine does not let the connection through",
    errno.EMFILE: "this machine has too many files open",
    errno.ENFILE: "this machine has too many files open",
}
_OF_THIS_MACHINE = frozenset(
    {
        *(errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT),
        *(errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE),
    }
)
_NO_SUCH_NAME = frozenset(
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name)
)
_TIMEOUTS: dict[Phase, tuple[FailureKind, str]] = {
    "proxy": ("setup", "no connection to the proxy within {:g} s"),
    "resolving": ("resolver", "the name server did not answer within {:g} s"),
    "connecting": ("connect", "no connection within {:g} s"),
    "securing": ("tls", "no secure connection within {:g} s"),
    "asking": ("timeout", "no answer within {:g} s"),
}


class FetchError(Exception):
    """An exchange that cannot go on, with the kind and the reason of the failure it ends in."""

    def __init__(self, kind: FailureKind, reason: str) -> None:
        super().__init__(reason)
        self.kind: FailureKind = kind
        self.reason = reason


def timed_out(phase: Phase, seconds: float) -> FetchError:
    """What to say of an exchange that was still in this phase after so many seconds."""
    kind, reason = _TIMEOUTS[phase]
    return FetchError(kind, reason.format(seconds))


def no_connection(errors: list[OSError]) -> FetchError:
    """What to say if no address of a host could be connected to; `errors` has one for each."""
    numbers = [error.errno or 0 for error in errors]
    # Where one address refuses and another has no route, the one that answers tells more.
    numbers.sort(key=lambda number: (number in _OF_THIS_MACHINE, number != errno.ECONNREFUSED))
    first = numbers[0] if numbers else 0
    kind: FailureKind = "local" if first in _OF_THIS_MACHINE else "connect"
    return FetchError(kind, _SYSTEM_ERRORS.get(first, "no connection"))


def no_address(error: OSError) -> FetchError:
    """What to say if a name could not be resolved."""
    if isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_NAME:
        return FetchError("name", "name does not resolve")
    if not isinstance(error, socket.gaierror) and error.errno in _OF_THIS_MACHINE:
        return FetchError("local", _SYSTEM_ERRORS[error.errno])
    return FetchError("resolver", "the name server did not answer")


def explained(error: Exception) -> FetchError:
    """What to say of an exception that ended an exchange before its answer."""
    if isinstance(error, FetchError):
        return error
    if isinstance(error, httpcore.ProxyError):
        status = str(error).partition(" ")[0]
        return FetchError("proxy", f"the proxy does not let it through: {status}")
    if isinstance(error, ImportError):
        return FetchError("setup", "a SOCKS proxy needs the package socksio")
    if isinstance(error, (httpcore.NetworkError, OSError)):
        return FetchError("reset", "connection reset before an answer")
    return _of_words(str(error) if isinstance(error, httpcore.RemoteProtocolError) else "")


def _of_words(said: str) -> FetchError:
    """What httpcore tells apart by its words only; if it changes them, the kind is less exact."""
    if "disconnected" in said:
        return FetchError("reset", "connection closed without an answer")
    if "StreamReset" in said or "ConnectionTerminated" in said:  # the ways of HTTP/2 to do so
        return FetchError("reset", "request broken off before an answer")
    if "too long" in said:
        return FetchError("protocol", "more headers than are read")
    return FetchError("protocol", "what came back is no valid HTTP")
