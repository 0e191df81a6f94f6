"""The settings of hosts and paths, as addresses meet them."""

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.config.links import HostSettings, LinkSettings
from mlsd_lint.links.addresses import parse
from mlsd_lint.links.hosts import HostRules
from mlsd_lint.links.scheduling import Limits

USUAL = Limits(4, 0.2)


def rules(hosts, environment=None):
    settings = {pattern: HostSettings(**one) for pattern, one in hosts.items()}
    return HostRules(LinkSettings(hosts=settings), environment or {})


def matches(pattern, url):
    return rules({pattern: {"timeout": "1s"}})(parse(url)).timeout == 1.0


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("docs.example.org", "https://docs.example.org/x?y"),
        ("Docs.Example.org", "http://DOCS.example.org:8080"),
        ("*.example.org", "https://a.b.example.org"),
        ("example.org:8443", "https://example.org:8443/x"),
        ("example.org:443", "https://example.org/x"),
        ("example.org:*", "https://example.org:99/x"),
        ("example.org/api/*", "https://example.org/api/"),
        ("example.org/api/*", "https://example.org:99/api/x?y/z"),
        ("example.org/*.pdf", "https://example.org/a/b.pdf"),
        ("example.org/*.pdf", "https://example.org/a/b.pdf?page=1"),
        ("example.org/x?y=*", "https://example.org/x?y=2"),
        ("*.example.org:81/a*", "http://x.example.org:81/abc"),
        ("münchen.de", "https://xn--mnchen-3ya.de"),
        ("*.xn--mnchen-3ya.de", "https://www.MÜNCHEN.de"),
        ("*.MÜNCHEN.de/ü*", "https://www.münchen.de/%C3%BCx"),
        ("127.0.0.1", "http://127.1"),
        ("[::1]:81/x*", "http://[0:0::1]:81/xy"),
    ],
)
def test_a_pattern_matches(pattern, url):
    assert matches(pattern, url)


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("*.example.org", "https://example.org"),
        ("*.example.org", "https://notexample.org"),
        ("example.org", "https://www.example.org"),
        ("example.org", "https://example.org.evil.net"),
        ("example.org", "https://evil.net/example.org"),
        ("example.org", "https://example.org@evil.net"),
        ("exampleXorg", "https://example.org"),
        ("example.org:8443", "https://example.org"),
        ("example.org/api/*", "https://example.org/api"),
        ("example.org/api", "https://example.org/apiary"),
        ("example.org/api/*", "https://example.org/API/x"),
        ("example.org/api/*", "https://example.org/?/api/x"),
        ("exa mple", "https://example.org"),
    ],
)
def test_a_pattern_does_not_match(pattern, url):
    assert not matches(pattern, url)


def test_the_longest_pattern_holds_key_by_key():
    asking = rules(
        {
            "docs.example.org/api/*": {"timeout": "5s", "headers": {"x-b": "3"}},
            "*.example.org": {"interval": "1s", "concurrency": 9, "headers": {"X-A": "1"}},
            "docs.example.org": {"concurrency": 2, "headers": {"X-B": "2", "X-A": "2"}},
        }
    )
    assert asking(parse("https://docs.example.org/api/1")) == (
        "docs.example.org",
        Limits(2, 1.0),
        5.0,
        (("X-A", "2"), ("x-b", "3")),
    )
    assert asking(parse("https://a.example.org/api/1")) == (
        "a.example.org",
        Limits(9, 1.0),
        20.0,
        (("X-A", "1"),),
    )
    assert asking(parse("https://example.net")) == ("example.net", USUAL, 20.0, ())


def test_of_two_patterns_as_long_the_one_with_fewer_stars_holds():
    asking = rules({"*.example.org": {"concurrency": 1}, "a.example.org": {"concurrency": 2}})
    assert asking(parse("https://a.example.org")).limits.concurrency == 2


def test_a_path_or_port_with_limits_makes_a_queue():
    asking = rules(
        {
            "example.org": {"interval": "3s"},
            "*.example.org/api/*": {"interval": "1s"},
            "*.example.org:81": {"concurrency": 1},
            "*.example.org/private/*": {"headers": {"X": "y"}},
        }
    )
    assert asking(parse("https://a.example.org/api/1")).queue == "a.example.org/api/*"
    assert asking(parse("https://b.example.org/api/1")).queue == "b.example.org/api/*"
    assert asking(parse("http://a.example.org:81/x")).queue == "a.example.org:81"
    assert asking(parse("http://a.example.org:81/api/")).queue == "a.example.org/api/* + :81"
    assert asking(parse("https://a.example.org:82/api")).queue == "a.example.org"
    assert asking(parse("https://a.example.org/private/x")).queue == "a.example.org"
    assert asking(parse("https://example.org/api/1")).queue == "example.org"


HOSTS = st.sampled_from(["h.de", "*.h.de", "a.h.de", "*"])
PLACES = st.sampled_from(["", ":81", ":*", "/a*", "/*b", "/a/*", ":81/a*"])
SAID = st.fixed_dictionaries(
    {},
    optional={
        "concurrency": st.integers(1, 3),
        "interval": st.sampled_from(["1s", "2s"]),
        "timeout": st.just("9s"),
    },
)
URLS = [
    f"http://{host}{port}/{path}"
    for host in ("h.de", "a.h.de", "i.de")
    for port in ("", ":81")
    for path in ("", "a", "a/b", "b", "ab")
]


@given(st.dictionaries(st.builds(str.__add__, HOSTS, PLACES), SAID, max_size=6))
def test_all_addresses_of_a_queue_have_the_same_limits_and_host(hosts):
    compiled = rules(hosts)
    queues = {}
    for url in URLS:
        address = parse(url)
        asking = compiled(address)
        assert queues.setdefault(asking.queue, (asking.limits, address.host)) == (
            asking.limits,
            address.host,
        )


def test_secrets_come_from_the_environment_and_go_to_their_hosts_only():
    compiled = rules(
        {
            "a.example.org": {"token": "${TOKEN}"},
            "b.example.org": {"basic_auth": "${USER}:${PASSWORD}"},
            "c.example.org": {"headers": {"X-Key": "k=${TOKEN};${NOT A NAME}"}},
        },
        {"TOKEN": "${USER}", "USER": "ü", "PASSWORD": "p:q"},
    )
    assert compiled.warnings == ()
    # What a variable holds is not looked at for variables again.
    assert compiled(parse("https://a.example.org")).headers == (
        ("Authorization", "Bearer ${USER}"),
    )
    ((name, value),) = compiled(parse("https://b.example.org")).headers
    assert (name, b64decode(value.removeprefix("Basic ")).decode()) == ("Authorization", "ü:p:q")
    assert compiled(parse("https://c.example.org")).headers == (
        ("X-Key", "k=${USER};${NOT A NAME}"),
    )
    assert compiled(parse("https://example.org")).headers == ()


@pytest.mark.parametrize("environment", [{}, {"B": ""}])
def test_a_variable_that_is_not_set_leaves_the_header_out_and_is_said(environment):
    compiled = rules(
        {"*.example.org": {"token": "${A}"}, "docs.example.org": {"token": "${B}"}},
        {"A": "a", **environment},
    )
    # The secret of the others is not sent in its place.
    assert compiled(parse("https://docs.example.org")).headers == ()
    (warning,) = compiled.warnings
    assert warning == (
        'links.hosts."docs.example.org".token: B is not set in the environment; '
        "links there are asked without the header Authorization"
    )


@pytest.mark.parametrize("bad", ["\r", "\n", "\0", "\x7f", "\x1b", "\udc80"])
@pytest.mark.parametrize(
    "said", [{"token": "${A}"}, {"basic_auth": "${A}:${A}"}, {"headers": {"X": "${A}"}}]
)
def test_a_value_that_no_header_can_hold_is_not_sent_and_never_shown(bad, said):
    compiled = rules({"example.org": said}, {"A": f"hidden{bad}X-Evil: 1"})
    assert compiled(parse("https://example.org")).headers == ()
    (warning,) = compiled.warnings
    assert "hidden" not in warning
    assert "the value with A put in" in warning


def test_a_name_that_no_header_can_have_is_not_sent():
    compiled = rules({"example.org": {"headers": {"X\r\nY": "1", "": "2"}}})
    assert compiled(parse("https://example.org")).headers == ()
    assert len(compiled.warnings) == 2
    assert not any("\n" in line for line in compiled.warnings)


def test_a_secret_goes_over_http_only_to_a_host_named_by_its_number():
    host = {"token": "${A}", "headers": {"X-Open": "1"}}
    compiled = rules({"example.org": host, "127.0.0.2": host}, {"A": "s3cret"})
    for url in ("https://example.org", "http://127.0.0.2/"):
        assert ("Authorization", "Bearer s3cret") in compiled(parse(url)).headers
    assert compiled(parse("http://example.org")).headers == (("X-Open", "1"),)
