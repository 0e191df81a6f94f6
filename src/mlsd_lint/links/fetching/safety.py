"""Which network addresses are no part of the web, so that no request goes to them.

A document must not be able to make the machine that checks it ask its own network for things.
The addresses are those of IANA's special-purpose registries (RFC 6890) and what embeds them.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from ipaddress import IPv4Network, IPv6Network

    Network = IPv4Network | IPv6Network

_METADATA = "the address at which clouds keep the secrets of a machine"
_PRIVATE = "a private address"
_LOOPBACK = "a loopback address"
_LINK_LOCAL = "a link-local address"
_RESERVED = "a reserved address"
_DOCUMENTATION = "an address for documentation"
_BENCHMARKING = "an address for benchmarking"
_MULTICAST = "a multicast address"
_UNSPECIFIED = "an address of no machine"

# The first that matches holds, so exact addresses stand before the networks around them.
_FORBIDDEN = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("169.254.169.254/32", _METADATA),
        ("169.254.170.2/32", _METADATA),
        ("100.100.100.200/32", _METADATA),
        ("168.63.129.16/32", _METADATA),  # Azure's, though it looks like any other
        ("0.0.0.0/8", _UNSPECIFIED),
        ("10.0.0.0/8", _PRIVATE),
        ("100.64.0.0/10", "an address shared within a provider's network"),
        ("127.0.0.0/8", _LOOPBACK),
        ("169.254.0.0/16", _LINK_LOCAL),
        ("172.16.0.0/12", _PRIVATE),
        ("192.0.0.0/24", _RESERVED),
        ("192.0.2.0/24", _DOCUMENTATION),
        ("192.88.99.0/24", _RESERVED),
        ("192.168.0.0/16", _PRIVATE),
        ("198.18.0.0/15", _BENCHMARKING),
        ("198.51.100.0/24", _DOCUMENTATION),
        ("203.0.113.0/24", _DOCUMENTATION),
        ("224.0.0.0/4", _MULTICAST),
        ("255.255.255.255/32", "the broadcast address"),
        ("240.0.0.0/4", _RESERVED),
        ("fd00:ec2::254/128", _METADATA),
        ("fd20:ce::254/128", _METADATA),
        ("::/128", _UNSPECIFIED),
        ("::1/128", _LOOPBACK),
        ("64:ff9b:1::/48", _PRIVATE),
        ("100::/64", _RESERVED),
        ("2001:2::/48", _BENCHMARKING),
        ("2001:10::/28", _RESERVED),
        ("2001:db8::/32", _DOCUMENTATION),
        ("3fff::/20", _DOCUMENTATION),
        ("5f00::/16", _RESERVED),
        ("fc00::/7", _PRIVATE),
        ("fe80::/10", _LINK_LOCAL),
        ("fec0::/10", _PRIVATE),
        ("ff00::/8", _MULTICAST),
    )
)
_GLOBAL_UNICAST = ip_network("2000::/3")
_TRANSLATED = ip_network("64:ff9b::/96")


def networks(values: Iterable[str]) -> tuple[Network, ...]:
    """The networks that may be asked although they are forbidden, from how they are written.

    Raises:
        ValueError: one of them is no network.
    """
    return tuple(ip_network(value.strip(), strict=False) for value in values)


def forbidden(ip: str, allowed: Sequence[Network]) -> str:
    """Why no request may go to this IP address: "a loopback address"; "" if one may.

    An IPv6 address that carries an IPv4 address (mapped, 6to4, Teredo, NAT64) is as
    forbidden as the one that it carries, and allowed where that one is.
    """
    return _reason(ip, tuple(allowed))


@lru_cache(maxsize=4096)
def _reason(ip: str, allowed: tuple[Network, ...]) -> str:
    try:
        address = ip_address(ip)
    except ValueError:
        return "no IP address"
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return _LINK_LOCAL
    if _is_in(address, allowed):
        return ""
    return _own_reason(address) or _carried_reason(address, allowed)


def _own_reason(address: IPv4Address | IPv6Address) -> str:
    carried = _carried(address)
    for network, reason in _FORBIDDEN:
        if address in network:
            return reason
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST and not carried:
        return _RESERVED
    return ""


def _carried_reason(address: IPv4Address | IPv6Address, allowed: Sequence[Network]) -> str:
    for carried in _carried(address):
        if not _is_in(carried, allowed):
            reason = _own_reason(carried)
            if reason:
                return f"{reason} in the form of IPv6"
    return ""


def _carried(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    if isinstance(address, IPv4Address):
        return ()
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if address in _TRANSLATED:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return ()


def _is_in(address: IPv4Address | IPv6Address, allowed: Iterable[Network]) -> bool:
    return any(address in network for network in allowed)
