"""Web addresses as text: when two are one, and what is cut off without touching the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.urls import (
    comparable,
    host,
    is_shortened,
    is_web,
    masked,
    parameters,
    without_tracking,
    without_user,
)

SAME = [
    ("http://Example.COM/a", "https://example.com/a"),
    ("https://www.example.com/a/", "https://example.com/a"),
    ("https://example.com:443/", "https://example.com"),
    ("http://example.com:80", "https://example.com/"),
    ("https://me@example.com/a", "https://example.com/a"),
    ("https://example.com/%7euser/%e4", "https://example.com/~user/%E4"),
    ("https://example.com/a?utm_source=x&b=1", "https://example.com/a?b=1"),
    ("https://example.com/a?", "https://example.com/a#"),
    ("https://example.com/a#:~:text=words", "https://example.com/a"),
    ("http://münchen.de/x", "http://xn--mnchen-3ya.de/x"),
]
DIFFERENT = [
    ("https://example.com/a", "https://example.com/A"),
    ("https://example.com/a?x=1&y=2", "https://example.com/a?y=2&x=1"),
    ("https://example.com/a#one", "https://example.com/a#two"),
    ("https://example.com:8080/", "https://example.com/"),
    ("https://example.com/a%2Fb", "https://example.com/a/b"),
    ("https://a.example.com/", "https://example.com/"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_place(one, other):
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_place(one, other):
    assert comparable(one) != comparable(other)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Example.com:8443/x", "example.com"),
        ("HTTP://user:secret@example.com.?q", "example.com"),
        ("https://[::1]:80/x", "[::1]"),
        ("mailto:someone@example.com", ""),
        ("//example.com/x", ""),
        ("https://", ""),
        ("https://" + "ü" * 80 + ".de", "ü" * 80 + ".de"),
    ],
)
def test_host(url, expected):
    assert host(url) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://h/p?utm_campaign=A&utm_source=B/", "https://h/p"),
        ("https://h/p?fbclid=Iw-1#part", "https://h/p#part"),
        ("https://h/p?a=1&utm_source=x&b=2", "https://h/p?a=1&b=2"),
        ("https://h/p?a=1&amp;utm_source=x&amp;b=%2f", "https://h/p?a=1&amp;b=%2f"),
        ("https://h/p?utm_source=x&a", "https://h/p?a"),
        ("https://h/p?a=1&utm_source=x", "https://h/p?a=1"),
        (r"https://h/p?utm\_source=x&b\_c=2", r"https://h/p?b\_c=2"),
        ("https://h/p?a=1&&UTM_Source=x&&", "https://h/p?a=1&&&"),
        ("https://h/p?", "https://h/p?"),
        ("https://h/utm_source=x", "https://h/utm_source=x"),
        ("https://h/p#?utm_source=x", "https://h/p#?utm_source=x"),
        ("other:p?utm_source=x", "other:p?utm_source=x"),
    ],
)
def test_without_tracking(written, expected):
    assert without_tracking(written) == expected


pairs = st.sampled_from(["a=1", "utm_source=x", "b", "", "fbclid=%20", "c=a%26b", "gclid"])


@given(st.lists(pairs, max_size=6), st.sampled_from(["", "#f", "#?utm_x=1"]))
def test_what_stays_is_untouched_and_nothing_else_goes(query, fragment):
    written = "https://h/p?" + "&".join(query) + fragment
    kept = [pair for pair in query if not pair.startswith(("utm_", "fbclid", "gclid"))]
    cleaned = without_tracking(written)
    if len(kept) == len(query):
        assert cleaned == written
    else:
        assert cleaned == "https://h/p" + ("?" + "&".join(kept) if kept else "") + fragment
    assert without_tracking(cleaned) == cleaned
    assert comparable(cleaned) == comparable(written)


@given(st.text(alphabet="htps:/?&=#utm_ x%.[]@ü", max_size=40))
def test_nothing_raises(text):
    for url in (text, "http://" + text, "https://" + text):
        comparable(url)
        host(url)
        is_shortened(url)
        assert is_web(url) or url == text
        assert all(url[one.start : one.end].startswith(one.name) for one in parameters(url))


@pytest.mark.parametrize("url", ["https://bit.ly/2x", "http://www.tinyurl.com/x", "HTTPS://T.CO/a"])
def test_shortened(url):
    assert is_shortened(url)


@pytest.mark.parametrize(
    "url",
    ["https://bit.ly", "https://bit.ly/", "https://youtu.be/x", "https://rabbit.ly/x", "bit.ly/x"],
)
def test_not_shortened(url):
    assert not is_shortened(url)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://me:sesame@example.org/a.", "see https://*********@example.org/a."),
        ("//token@example.org", "//*****@example.org"),
        ("HTTP://a:b@c@example.org:80", "HTTP://*****@example.org:80"),
        (r"[t](https:\/\/me:sesame\@example.org)", r"[t](https:\/\/**********@example.org)"),
        ("https://me:sesame&commat;example.org", "https://*********&commat;example.org"),
        ("https:&#47;&#x2f;me:sesame&#64;x.org", "https:&#47;&#x2f;*********&#64;x.org"),
        ("https://a@b.org https://c@d.org", "https://*@b.org https://*@d.org"),
        ("https://medium.com/@me?to=you@x.org#a@b", "https://medium.com/@me?to=you@x.org#a@b"),
        ("git@github.com:owner/name, me@x.org", "git@github.com:owner/name, me@x.org"),
        ("https://example.org and me@x.org", "https://example.org and me@x.org"),
    ],
)
def test_users_and_passwords_are_masked(text, expected):
    assert masked(text) == expected


@given(st.text("/\\&;#@:a1 sol47", max_size=60))
def test_a_masked_text_is_as_long_and_stays_as_it_is(text):
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once
    assert all(one in {"*", other} for one, other in zip(once, text, strict=True))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://me:sesame@example.org/a@b?c@d#e@f", "https://example.org/a@b?c@d#e@f"),
        ("http://a@b@example.org:80", "http://example.org:80"),
        ("//me@example.org/x", "//example.org/x"),
        ("HTTPS://@example.org", "HTTPS://example.org"),
        ("https://example.org/@me", "https://example.org/@me"),
        ("mailto:me@example.org", "mailto:me@example.org"),
    ],
)
def test_an_address_without_its_user(url, expected):
    assert without_user(url) == expected
