"""What hosts ask for: Retry-After, Crawl-delay, and the pauses between attempts."""

import math
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.links.politeness import backoff, crawl_delay, retry_after

NOW = datetime(1994, 11, 6, 8, 49, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0),
        (" 0\t", 0.0),
        ("1.5", 1.5),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 37.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 37.0),
        ("Sun Nov  6 08:49:37 1994", 37.0),
        ("Sun Nov 16 08:49:00 1994", 10 * 86400.0),
        ("Sun, 06 Nov 1994 08:49:60 GMT", 59.0),
        ("Sun, 06 Nov 1994 08:48:59 GMT", 0.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Friday, 06-Nov-45 08:49:00 GMT", 0.0),  # more than 50 years ahead: 1945
    ],
)
def test_retry_after_in_all_its_forms(value, expected):
    assert retry_after(value, NOW) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "-1",
        "+5",
        "1e3",
        "0x10",
        "٣",
        "inf",
        "nan",
        "soon",
        "120, 120",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Now 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "1994-11-06T08:49:37Z",
    ],
)
def test_retry_after_that_is_junk_says_nothing(value):
    assert retry_after(value, NOW) is None


def test_a_two_digit_year_is_the_nearest_one():
    now = datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert retry_after("Friday, 01-Jan-00 00:00:00 GMT", now) == 1.0


@given(st.integers(0, 10**6))
def test_retry_after_reads_the_dates_that_servers_write(seconds):
    written = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert retry_after(written, NOW) == seconds


@given(st.one_of(st.text(), st.from_regex(r"[0-9]{1,6000}", fullmatch=True)))
def test_retry_after_is_a_time_to_wait_or_nothing(value):
    wait = retry_after(value, NOW)
    assert wait is None or (wait >= 0 and math.isfinite(wait))


@given(st.integers(1, 10**9), st.randoms())
def test_backoff_is_bounded(attempt, chance):
    assert 0 <= backoff(attempt, chance) <= min(30.0, 2.0 ** min(attempt - 1, 40))


def test_backoff_spreads_and_grows():
    chance = Random(1)  # noqa: S311  # the same numbers every time
    means = [sum(backoff(n, chance) for _ in range(2000)) / 2000 for n in (1, 2, 3, 9)]
    assert means == pytest.approx([0.5, 1.0, 2.0, 15.0], rel=0.1)
    assert len({backoff(3, chance) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (b"", None),
        (b"User-agent: *\nCrawl-delay: 10", 10.0),
        (b"\xef\xbb\xbfUser-agent: *\r\nCrawl-delay: 1.5\r\n", 1.5),
        (b"User-agent: *\rCrawl-delay: .5\r", 0.5),
        (b"USER-AGENT : * # all\n\n  crawl-DELAY:3# seconds", 3.0),
        (b"User-agent: mlsd-lint\nCrawl-delay: 2\nUser-agent: *\nCrawl-delay: 9", 2.0),
        (b"User-agent: MLSD-Lint/1.0\nCrawl-delay: 2", 2.0),
        (b"User-agent: mlsd\nCrawl-delay: 2\nUser-agent: *\nCrawl-delay: 9", 9.0),
        (b"User-agent: mlsd-linter\nCrawl-delay: 2", None),
        (b"User-agent: other\nUser-agent: *\nAllow: /\nCrawl-delay: 4", 4.0),
        # Its own group holds alone, even where it says nothing of a delay.
        (b"User-agent: mlsd-lint\nDisallow: /x\n\nUser-agent: *\nCrawl-delay: 9", None),
        (b"User-agent: mlsd-lint\n\nUser-agent: *\nCrawl-delay: 9", 9.0),
        # Several groups are one.
        (
            b"User-agent: *\nDisallow:\n\nUser-agent: a\nAllow: /\n\nUser-agent: *\nCrawl-delay: 6",
            6.0,
        ),
        (b"User-agent: *\nCrawl-delay: 6\nUser-agent: b\nUser-agent: *\nCrawl-delay: 7", 7.0),
        (b"User-agent: a\nSitemap: https://h/x\nUser-agent: *\nCrawl-delay: 6", 6.0),
        (b"Crawl-delay: 5\nUser-agent: *\nDisallow: /", None),
        (b"User-agent: *\nCrawl-delay: soon\nCrawl-delay: -1\nCrawl-delay: 1e9", None),
        (b"User-agent: *\nCrawl-delay 8", None),
        (b"User-agent: *\nCrawl-delay: 0", 0.0),
        (b"\xff\xfe\x00<html>\nUser-agent: *\nCrawl-delay: 2", 2.0),
    ],
)
def test_crawl_delay(robots, expected):
    assert crawl_delay(robots) == expected


def test_crawl_delay_reads_half_a_megabyte_and_no_half_number():
    start = b"User-agent: *\nCrawl-delay: 2\n"
    ending = b"\nCrawl-delay: 1"
    padding = b"#" * (500 * 1024 - len(start) - len(ending))
    assert crawl_delay(start + padding + ending + b"000") == 2.0
    assert crawl_delay(b"#" * (500 * 1024) + b"\n" + start) is None


@given(st.binary())
def test_crawl_delay_is_a_time_or_nothing(data):
    for robots in (data, b"User-agent: *\nCrawl-delay:" + data):
        delay = crawl_delay(robots)
        assert delay is None or (delay >= 0 and math.isfinite(delay))
