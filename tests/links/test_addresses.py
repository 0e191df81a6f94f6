"""Addresses go out as they are written, and every spelling of a host comes to one."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.links.addresses import AddressError, follow, is_localhost, is_reserved, parse

PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))
TARGET_CHARS = PRINTABLE.replace("#", "")
LABELS = st.text(string.ascii_lowercase + string.digits + "-_", min_size=1, max_size=20)
HOSTS = st.lists(LABELS, min_size=1, max_size=4).map(lambda labels: ".".join((*labels, "test")))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    "target",
    [
        "/x%2Fy?u=a%26b",
        "/%7euser/%2f%2F",
        "/a/../b/./c",
        "//a//b//",
        "/?",
        "/??a=?b",
        "/a|b[c]'d\"e`f^g{h}\\i<j>",
        "/p;a=1/~x?[]=|&%zz=%",
        "/@user:80/x@y",
    ],
)
def test_target_goes_out_byte_for_byte(target):
    address = parse(f"http://example.net{target}#frag")

    assert (address.target, address.fragment) == (target, "frag")
    assert address.url == f"http://example.net{target}"


@given(HOSTS, st.text(TARGET_CHARS, max_size=80))
def test_no_printable_byte_of_a_target_is_changed(host, rest):
    assert parse(f"https://{host}/{rest}").target == f"/{rest}"


@given(TEXT)
def test_every_text_is_an_address_of_sendable_bytes_or_is_refused(text):
    for value in (text, f"http://h/{text}", f"http://{text}/", f"//{text}"):
        try:
            address = parse(value)
        except AddressError:
            continue
        assert re.fullmatch(r"/[\x21-\x22\x24-\x7e]*|/", address.target)
        assert re.fullmatch(r"[\x21-\x7e]+", address.host)
        assert 0 < address.port < 65536
        assert parse(address.url) == address._replace(fragment="", credentials="")


@given(TEXT)
def test_every_location_leads_somewhere_or_is_refused(location):
    try:
        there = follow(parse("http://h.test/a/b?c#d"), location)
    except AddressError:
        return
    assert re.fullmatch(r"/[\x21-\x22\x24-\x7e]*", there.target)
    assert there.scheme in {"http", "https"}


@given(HOSTS, st.text(TARGET_CHARS, max_size=40), st.text(PRINTABLE, max_size=20))
def test_absolute_location_is_taken_byte_for_byte(host, rest, fragment):
    there = follow(parse("https://here.test/x#kept"), f"http://{host}/{rest}#{fragment}")

    assert (there.host, there.target, there.fragment) == (host, f"/{rest}", fragment)


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("http://h", "/"),
        ("http://h#f", "/"),
        ("http://h?q", "/?q"),
        ("http://h/ä b?ö", "/%C3%A4%20b?%C3%B6"),
        ("http://h/日本", "/%E6%97%A5%E6%9C%AC"),
        ("  http://h/x  ", "/x"),
        ("http://h/\N{NO-BREAK SPACE}", "/%C2%A0"),
    ],
)
def test_what_no_request_line_can_hold_is_encoded(written, target):
    assert parse(written).target == target


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("http://EXAMPLE.Net./", "example.net"),
        ("http://münchen.de", "xn--mnchen-3ya.de"),
        ("http://MÜNCHEN.DE", "xn--mnchen-3ya.de"),
        ("http://m%C3%BCnchen.de", "xn--mnchen-3ya.de"),
        ("http://xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("http://日本語。jp", "xn--wgv71a119e.jp"),
        ("http://i❤.ws", "xn--i-7iq.ws"),
        ("http://a_b.test", "a_b.test"),
        ("http:///h.test/x", "h.test"),
        ("//h.test/x", "h.test"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://0177.1/", "127.0.0.1"),
        ("http://0x7f000001", "127.0.0.1"),
        ("http://0x7F.0.0.0x1", "127.0.0.1"),
        ("http://127.1/", "127.0.0.1"),
        ("http://127.0.1.", "127.0.0.1"),
        ("http://１２７.0.0.1/", "127.0.0.1"),
        ("http://%31%32%37.1/", "127.0.0.1"),
        ("http://0/", "0.0.0.0"),  # noqa: S104  # it is refused
        ("http://0xA9FEA9FE/", "169.254.169.254"),
        ("http://[::1]/", "[::1]"),
        ("http://[0:0:0::0:1]:80/", "[::1]"),
        ("http://[::ffff:127.0.0.1]/", "[::ffff:7f00:1]"),
        ("http://[2001:DB8::A]/", "[2001:db8::a]"),
    ],
)
def test_every_spelling_of_a_host_comes_to_one(written, host):
    assert parse(written).host == host


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("ftp://h/", "ftp: is not fetched"),
        ("mailto:a@h", "mailto: is not fetched"),
        ("/x", "no host"),
        ("http:", "no host"),
        ("http://", "no host"),
        ("http:///", "no host"),
        ("http://:80/", "no host"),
        ("http://user@/", "no host"),
        ("http://./", "no host"),
        ("http://a..b/", "two dots"),
        ("http://a b/", "a space"),
        ("http://a\\b/", "cannot hold"),
        ("http://h\\@evil.test/", "backslash"),
        ("http://a<b/", "cannot hold"),
        ("http://℀.test/", "cannot hold"),
        ("http://h:99999/", "port 99999"),
        ("http://h:0/", "port 0"),
        ("http://h:x/", "cannot hold"),
        ("http://256.1.1.1/", "IPv4"),
        ("http://1.2.3.4.5/", "IPv4"),
        ("http://4294967296/", "IPv4"),
        ("http://09.1/", "IPv4"),
        ("http://a.1/", "IPv4"),
        ("http://[::1%25eth0]/", "zone"),
        ("http://[::1%eth0]/", "zone"),
        ("http://[::1/", "bracket"),
        ("http://[1.2.3.4]/", "IPv6"),
        ("http://[v1.x]/", "IPv6"),
        ("http://h/\x00", "control"),
        ("http://h/a\nb", "control"),
        ("http://h/\x7f", "control"),
        ("http://h/\ud800", "half a character"),
        (f"http://{'a' * 64}.test/", "too long"),
        (f"http://{'a.' * 127}test/", "too long"),
        (f"http://{'ä' * 64}.test/", "punycode"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(written, reason):
    with pytest.raises(AddressError, match=re.escape(reason)):
        parse(written)


@pytest.mark.parametrize(
    ("written", "url", "origin"),
    [
        ("http://h:80/x", "http://h/x", "http://h:80"),
        ("https://h:443/x", "https://h/x", "https://h:443"),
        ("https://h:80/x", "https://h:80/x", "https://h:80"),
        ("http://h:/x", "http://h/x", "http://h:80"),
        ("http://h:0080/x", "http://h/x", "http://h:80"),
        ("https://[::1]:8443", "https://[::1]:8443/", "https://[::1]:8443"),
    ],
)
def test_default_port_is_shown_in_the_origin_only(written, url, origin):
    address = parse(written)

    assert (address.url, address.origin) == (url, origin)


def test_credentials_are_kept_apart():
    address = parse("https://us%65r:p%40ss%3A@h.test/x")

    assert address.credentials == "user:p@ss:"
    assert address.url == "https://h.test/x"
    assert address.key != parse("https://h.test/x").key
    assert address.key != parse("https://user:other@h.test/x").key
    assert "p@ss" not in address.key
    assert parse("https://h.test/x#y").key == "https://h.test/x"


@pytest.mark.parametrize("userinfo", ["", ":"])
def test_empty_credentials_are_none(userinfo):
    assert parse(f"http://{userinfo}@h/").credentials == ""


def test_last_at_sign_ends_the_credentials():
    address = parse("http://a@b:c@h.test/")

    assert (address.host, address.credentials) == ("h.test", "a@b:c")


# RFC 3986, section 5.4, but for the scheme: `g:h` is another one, and refused.
RFC_3986 = {
    "g": "/b/c/g",
    "./g": "/b/c/g",
    "g/": "/b/c/g/",
    "/g": "/g",
    "?y": "/b/c/d;p?y",
    "g?y": "/b/c/g?y",
    "#s": "/b/c/d;p?q",
    "g#s": "/b/c/g",
    "g?y#s": "/b/c/g?y",
    ";x": "/b/c/;x",
    "g;x": "/b/c/g;x",
    "g;x?y#s": "/b/c/g;x?y",
    ".": "/b/c/",
    "./": "/b/c/",
    "..": "/b/",
    "../": "/b/",
    "../g": "/b/g",
    "../..": "/",
    "../../": "/",
    "../../g": "/g",
    "../../../g": "/g",
    "../../../../g": "/g",
    "/./g": "/g",
    "/../g": "/g",
    "g.": "/b/c/g.",
    ".g": "/b/c/.g",
    "g..": "/b/c/g..",
    "..g": "/b/c/..g",
    "./../g": "/b/g",
    "./g/.": "/b/c/g/",
    "g/./h": "/b/c/g/h",
    "g/../h": "/b/c/h",
    "g;x=1/./y": "/b/c/g;x=1/y",
    "g;x=1/../y": "/b/c/y",
    "g?y/./x": "/b/c/g?y/./x",
    "g?y/../x": "/b/c/g?y/../x",
    "g#s/../x": "/b/c/g",
    "http:g": "/b/c/g",
}


@pytest.mark.parametrize(("location", "target"), RFC_3986.items())
def test_relative_location(location, target):
    there = follow(parse("http://a/b/c/d;p?q"), location)

    assert (there.host, there.target) == ("a", target)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("//g.test", "http://g.test/"),
        ("//g.test/a/../b", "http://g.test/b"),
        ("https://g.test/a/../b", "https://g.test/a/../b"),
        ("HTTPS://G.test:443/x%2Fy", "https://g.test/x%2Fy"),
        ("https:///g.test/x", "https://g.test/x"),
        ("/a b", "http://a/a%20b"),
        ("/a//../b", "http://a/a/b"),
        ("//g.test:8080", "http://g.test:8080/"),
    ],
)
def test_location_elsewhere(location, url):
    assert follow(parse("http://a/b/c"), location).url == url


@pytest.mark.parametrize(
    ("sent", "url"),
    [
        ("/ü".encode(), "http://a/%C3%BC"),
        (b"/\xfc", "http://a/%FC"),
        ("//münchen.de/ü".encode(), "http://xn--mnchen-3ya.de/%C3%BC"),
        ("/x?q=日本".encode(), "http://a/x?q=%E6%97%A5%E6%9C%AC"),
    ],
)
def test_bytes_of_a_location_header_are_recovered(sent, url):
    assert follow(parse("http://a/b"), sent.decode("latin-1")).url == url


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "redirects to file:, which is not fetched"),
        ("javascript:alert(1)", "redirects to javascript:"),
        ("mailto:a@b", "redirects to mailto:"),
        ("", "without saying where to"),
        (" \t", "without saying where to"),
        ("http://", "cannot be asked: the address has no host"),
        ("https:/x", "no host"),
        ("http://[", "bracket"),
        ("http://h:99999/", "no port 99999"),
        ("//a..b/", "two dots"),
        ("/x\x01", "control"),
    ],
)
def test_location_that_leads_nowhere(location, reason):
    with pytest.raises(AddressError, match=re.escape(reason)):
        follow(parse("http://a/b"), location)


@pytest.mark.parametrize(
    ("location", "fragment"),
    [("/x", "kept"), ("/x#", ""), ("/x#new", "new"), ("http://b/", "kept")],
)
def test_fragment_is_inherited_if_the_location_has_none(location, fragment):
    assert follow(parse("http://a/b#kept"), location).fragment == fragment


@pytest.mark.parametrize(
    ("location", "credentials"),
    [
        ("/x", "me:secret"),
        ("http://a:80/x", "me:secret"),
        ("https://a/x", ""),
        ("http://a:81/x", ""),
        ("http://b/x", ""),
        ("//b/x", ""),
        ("http://you:word@b/x", "you:word"),
    ],
)
def test_credentials_stay_with_their_origin(location, credentials):
    assert follow(parse("http://me:secret@a/b"), location).credentials == credentials


@pytest.mark.parametrize(
    ("host", "reserved", "local"),
    [
        ("example.com", True, False),
        ("www.example.org", True, False),
        ("a.b.example.net", True, False),
        ("x.test", True, False),
        ("x.example", True, False),
        ("example", True, False),
        ("x.invalid", True, False),
        ("localhost", True, True),
        ("app.localhost", True, True),
        ("notexample.com", False, False),
        ("example.com.de", False, False),
        ("latest", False, False),
        ("127.0.0.1", False, False),
    ],
)
def test_reserved_names(host, reserved, local):
    assert (is_reserved(host), is_localhost(host)) == (reserved, local)
