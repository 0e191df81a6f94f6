"""The host of a web address in the one form that is asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote

_PLAIN = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\"#%/:<>?@\[\\\]^`{|}]")
_NUMBER = re.compile(r"0[xX][0-9A-Fa-f]*|[0-9]+")
_LONGEST_NAME = 253
_LONGEST_LABEL = 63


class HostError(ValueError):
    """A host that no one can be asked by, in a clause for the reader."""


@lru_cache(maxsize=4096)  # a book links to few hosts often
def ascii_host(name: str) -> str:
    """A host as written in an address, in ASCII and lower case, without a dot at its end.

    International names become punycode. Every form of an IPv4 address that inet_aton reads
    (`2130706433`, `0177.1`, `0x7f.1`) becomes four decimal numbers; IPv6 stays in brackets.

    Raises:
        HostError: there can be no such host.
    """
    if name.startswith("["):
        return _ipv6(name)
    if "%" in name:
        name = unquote(name, errors="surrogateescape")
    host = (name.lower() if name.isascii() else _punycode(name)).removesuffix(".")
    if not host:
        raise HostError("the address has no host")
    if not _PLAIN.fullmatch(host):
        _refuse(host)
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        return _ipv4(host)
    if len(host) > _LONGEST_NAME or any(len(one) > _LONGEST_LABEL for one in host.split(".")):
        raise HostError("the host's name is too long")
    return host


def _refuse(host: str) -> None:
    found = _FORBIDDEN.search(host)
    if found is not None:
        raise HostError(f"a host's name cannot hold {_shown(found[0])}")
    if not all(host.split(".")):
        raise HostError("the host's name has two dots in a row")


def _shown(char: str) -> str:
    if char == " ":
        return "a space"
    return f'"{char}"' if char.isprintable() else "a control character"


def _punycode(name: str) -> str:
    import idna  # brought by httpx; costs more than all the rest here

    try:
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        pass  # names that were given out under earlier rules, such as one of an emoji
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise HostError("the host's name cannot be written as punycode") from None


def _ipv6(name: str) -> str:
    if not name.endswith("]"):
        raise HostError("the host has no closing bracket")
    literal = name[1:-1]
    if "%" in literal:
        raise HostError("an IPv6 address with a zone means something on one machine only")
    try:
        return f"[{IPv6Address(literal).compressed}]"
    except AddressValueError:
        raise HostError("there is no such IPv6 address") from None


def _ipv4(host: str) -> str:
    parts = host.split(".")
    try:
        *leading, last = [_number(part) for part in parts]
    except ValueError:
        raise HostError("there is no such IPv4 address") from None
    if len(leading) > 3 or any(one > 255 for one in leading) or last >= 256 ** (4 - len(leading)):
        raise HostError("there is no such IPv4 address")
    value = last + sum(one << 8 * (3 - at) for at, one in enumerate(leading))
    return str(IPv4Address(value))


def _number(part: str) -> int:
    if not _NUMBER.fullmatch(part) or len(part) > _LONGEST_LABEL:
        raise ValueError(part)
    if part[:2].lower() == "0x":
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)
