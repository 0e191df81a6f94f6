"""Addresses that no request goes to, in all their forms."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.links.fetching.safety import forbidden, networks

LOOPBACK = networks(["127.0.0.0/8"])
IPV4 = st.integers(0, 2**32 - 1).map(IPv4Address)


@pytest.mark.parametrize(
    ("ip", "reason"),
    [
        ("127.0.0.1", "a loopback address"),
        ("127.255.255.254", "a loopback address"),
        ("10.1.2.3", "a private address"),
        ("172.16.0.1", "a private address"),
        ("172.31.255.255", "a private address"),
        ("192.168.1.1", "a private address"),
        ("100.64.0.1", "shared"),
        ("100.127.255.255", "shared"),
        ("169.254.1.1", "a link-local address"),
        ("169.254.169.254", "clouds"),
        ("168.63.129.16", "clouds"),
        ("100.100.100.200", "clouds"),
        ("0.0.0.0", "no machine"),  # noqa: S104  # it is refused
        ("0.1.2.3", "no machine"),
        ("192.0.0.1", "reserved"),
        ("192.0.2.1", "documentation"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"),
        ("198.19.255.255", "benchmarking"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "no machine"),
        ("::1", "loopback"),
        ("fd00:ec2::254", "clouds"),
        ("fd12::1", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("2606:4700::1%eth0", "link-local"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
        ("2001:db8::1", "documentation"),
        ("3fff::1", "documentation"),
        ("2001:2::1", "benchmarking"),
        ("100::1", "reserved"),
        ("4000::1", "reserved"),
        ("64:ff9b:1::1", "private"),
        ("::ffff:127.0.0.1", "loopback address in the form of IPv6"),
        ("::ffff:a9fe:a9fe", "clouds"),
        ("::10.0.0.1", "reserved"),
        ("::8.8.8.8", "reserved"),
        ("::ffff:0:10.0.0.1", "reserved"),
        ("64:ff9b::10.0.0.1", "private"),
        ("64:ff9b::a9fe:a9fe", "clouds"),
        ("2002:7f00:1::", "loopback"),
        ("2002:a9fe:a9fe::1", "clouds"),
        ("2001:0:0a00:1::", "private"),
        ("2001:0:102:304::f5ff:fffe", "private"),
        ("name.test", "no IP address"),
        ("", "no IP address"),
    ],
)
def test_forbidden_with_the_reason(ip, reason):
    assert reason in forbidden(ip, ())


@pytest.mark.parametrize(
    "ip",
    [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.0.3.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_public_addresses_may_be_asked(ip):
    assert forbidden(ip, ()) == ""


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_allowed_networks(ip):
    assert forbidden(ip, LOOPBACK) == ""


@pytest.mark.parametrize("ip", ["::1", "10.0.0.1", "::ffff:10.0.0.1", "169.254.169.254"])
def test_what_is_allowed_is_only_that(ip):
    assert forbidden(ip, LOOPBACK)


@given(IPV4)
def test_what_python_calls_not_global_is_forbidden(ip):
    if not ip.is_global or ip.is_multicast:
        assert forbidden(str(ip), ())


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_what_python_calls_not_global_in_ipv6_is_forbidden(ip):
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        assert forbidden(str(ip), ()) or ip.ipv4_mapped or ip.teredo


@given(IPV4)
def test_an_address_within_another_is_as_forbidden_as_by_itself(ip):
    number = int(ip)
    forms = (
        f"::ffff:{ip}",
        str(IPv6Address((0x64FF9B << 96) + number)),
        str(IPv6Address((0x2002 << 112) + (number << 80) + 1)),
        str(IPv6Address((0x20010000 << 96) + (0x08080808 << 64) + (number ^ 0xFFFFFFFF))),
    )
    for form in forms:
        assert bool(forbidden(form, ())) == bool(forbidden(str(ip), ())), form


def test_networks_may_have_host_bits():
    assert forbidden("127.3.0.1", networks([" 127.0.0.1/8 ", "::1"])) == ""
    with pytest.raises(ValueError, match="nonsense"):
        networks(["nonsense"])
