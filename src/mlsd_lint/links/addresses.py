"""Web addresses as they go out: taken apart without changing a byte that a server would see.

The parts are those of RFC 3986, appendix B. What is written in the path and the query is sent as
written, percent-encoding, dot segments and doubled slashes included; only what no request line
can hold is encoded. Hosts are brought to the one form that is asked for: ASCII, lower case, every
spelling of an IPv4 address as four decimal numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import NamedTuple
from urllib.parse import unquote

from mlsd_lint.digests import digest
from mlsd_lint.links.host_names import HostError, ascii_host

_REFERENCE = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?P<authority>/{2,}[^/?#]*)?"
    r"(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UNSENDABLE = re.compile(r"[^\x21-\x7e]+")
_PORT = re.compile(r":([0-9]*)\Z")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_RESERVED_DOMAINS = ("example.com", "example.org", "example.net", "test", "example", "invalid")


class AddressError(ValueError):
    """An address that cannot be asked, in a clause for the reader: "there is no port 99999"."""


class Address(NamedTuple):
    """A web address in the parts that are needed to ask for it.

    `host` is ASCII and in lower case, IPv6 in brackets; `port` is always given. `target` is path
    and query exactly as they go out. `fragment` is as written, without its `#`. `credentials` are
    "user:password" with percent-encoding decoded, "" for none; no other part holds them.
    """

    scheme: str
    host: str
    port: int
    target: str
    fragment: str = ""
    credentials: str = ""

    @property
    def url(self) -> str:
        """The address without fragment, credentials and default port: fit to be shown."""
        return f"{self.scheme}://{self.netloc}{self.target}"

    @property
    def netloc(self) -> str:
        """Host and port as the Host header has them: the default port is left out."""
        if self.port == _DEFAULT_PORTS[self.scheme]:
            return self.host
        return f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """What one connection can be used for: "https://host:port", with the port always."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def key(self) -> str:
        """What tells this question from every other; credentials are in it as a digest only."""
        if not self.credentials:
            return self.url
        return f"{self.url} {digest(self.origin, self.credentials)}"  # no address holds a space


def parse(value: str) -> Address:
    """The parts of an http or https address; `//host/x` is taken as https.

    Raises:
        AddressError: it is no address that can be asked, and why.
    """
    found = _reference(value)
    scheme = intern((found["scheme"] or "https").lower())
    if scheme not in _DEFAULT_PORTS:
        raise AddressError(f"{scheme}: is not fetched")
    if found["authority"] is None:
        raise AddressError("the address has no host")
    return _absolute(scheme, found, found["path"])


def follow(address: Address, location: str) -> Address:
    """Where a Location header leads from `address` (RFC 3986, section 5.2).

    `location` is as the header's bytes are in Latin-1. The fragment is kept if the header has none
    (RFC 9110, section 10.2.2), the credentials if the origin stays the same. An absolute address
    is taken byte for byte; dot segments are removed from a relative one only.

    Raises:
        AddressError: it leads nowhere that can be asked, and why.
    """
    found = _reference(_as_utf_8(location))
    if not found[0]:
        raise AddressError("redirects without saying where to")
    scheme = (found["scheme"] or address.scheme).lower()
    if scheme not in _DEFAULT_PORTS:
        raise AddressError(f"redirects to {scheme}:, which is not fetched")
    try:
        there = _resolved(address, scheme, found)
    except AddressError as error:
        raise AddressError(f"redirects to an address that cannot be asked: {error}") from None
    if found["fragment"] is None:
        there = there._replace(fragment=address.fragment)
    if not there.credentials and there.origin == address.origin:
        there = there._replace(credentials=address.credentials)
    return there


@lru_cache(maxsize=4096)  # a book links to few hosts often
def is_reserved(host: str) -> bool:
    """Whether no one ever answers at this name: it is kept for examples, or for this machine.

    Those of RFC 2606 and RFC 6761, `localhost` included; see `is_localhost`.
    """
    return is_localhost(host) or any(
        host == domain or host.endswith("." + domain) for domain in _RESERVED_DOMAINS
    )


def is_localhost(host: str) -> bool:
    """Whether a name stands for the machine that asks (RFC 6761, section 6.3)."""
    return host == "localhost" or host.endswith(".localhost")


def _reference(value: str) -> re.Match[str]:
    value = value.strip(" \t\r\n\f")
    if _CONTROL.search(value):
        raise AddressError("the address holds a control character")
    found = _REFERENCE.fullmatch(value)
    if found is None:  # every text is a reference
        raise AddressError("this is no address")
    return found


def _resolved(address: Address, scheme: str, found: re.Match[str]) -> Address:
    path = found["path"]
    if found["authority"] is not None:
        return _absolute(scheme, found, path if found["scheme"] else _without_dots(path))
    if scheme != address.scheme:
        raise AddressError("the address has no host")
    # A scheme without a host, as in `https:/path`, is what browsers take as relative.
    base, mark, query = address.target.partition("?")
    if path:
        merged = path if path.startswith("/") else base[: base.rindex("/") + 1] + path
        target = _without_dots(merged) + (found["query"] or "")
    else:
        target = base + (mark + query if found["query"] is None else found["query"])
    return address._replace(
        target=_sendable(target), fragment=found["fragment"] or "", credentials=""
    )


def _absolute(scheme: str, found: re.Match[str], path: str) -> Address:
    userinfo, _, place = found["authority"].lstrip("/").rpartition("@")
    if "\\" in userinfo:  # where browsers see the end of the host
        raise AddressError("the user name holds a backslash")
    name, port = _host_and_port(place, _DEFAULT_PORTS[scheme])
    try:
        host = ascii_host(name)
    except HostError as error:
        raise AddressError(str(error)) from None
    return Address(
        scheme=scheme,
        host=host,
        port=port,
        target=_sendable((path or "/") + (found["query"] or "")),
        fragment=found["fragment"] or "",
        credentials=_credentials(userinfo),
    )


def _host_and_port(place: str, default: int) -> tuple[str, int]:
    found = _PORT.search(place)
    if found is None:
        return place, default
    written = found[1].lstrip("0")
    if not found[1]:
        port = default
    elif not written or len(written) > 5 or int(written) > 65535:
        raise AddressError(f"there is no port {found[1][:20]}")
    else:
        port = int(written)
    return place[: found.start()], port


def _credentials(userinfo: str) -> str:
    if not userinfo:
        return ""
    user, _, password = userinfo.partition(":")
    decoded = [unquote(part, errors="surrogateescape") for part in (user, password)]
    return ":".join(decoded) if any(decoded) else ""


def _sendable(target: str) -> str:
    """Spaces and what is not ASCII as percent-encoded UTF-8; all else as it is."""
    if target.isascii() and " " not in target:
        return target
    return _UNSENDABLE.sub(_encoded, target)


def _encoded(found: re.Match[str]) -> str:
    try:
        # A byte of a header that is no UTF-8 is a surrogate here, and goes out as that byte.
        data = found[0].encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise AddressError("the address holds half a character") from None
    return "".join(f"%{byte:02X}" for byte in data)


def _as_utf_8(location: str) -> str:
    try:
        return location.encode("latin-1").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return location


def _without_dots(path: str) -> str:
    """A path without `.` and `..` segments (RFC 3986, section 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)
