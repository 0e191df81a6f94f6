"""A form with one part left out: what an entry looks like whose author forgot that part."""

import pytest

from mlsd_lint.typed.patterns import parse_pattern, without, written


@pytest.mark.parametrize(
    ("pattern", "name", "left"),
    [
        ("{link} ({author})", "author", "{link}"),
        ("{link} ({author}): {about}", "author", "{link}: {about}"),
        ("{link} ({author}, {year})", "author", "{link} ({year})"),
        ("{link} ({author}, {year})", "year", "{link} ({author})"),
        ("{link} ({author}, {year}): {about}", "year", "{link} ({author}): {about}"),
        ("{a} ({b}, {c}, {d}): {e}", "c", "{a} ({b}, {d}): {e}"),
        ("{link} - {about}", "about", "{link}"),
        ("{link} - {about}", "link", "{about}"),
        (r"\[{status}\] {title}", "status", "{title}"),
        ("{title}\n\n{about}", "about", "{title}"),
        ("see({page})[, {note}]", "page", "see, {note}"),
    ],
)
def test_what_parts_it_from_its_neighbor_goes_with_it(pattern, name, left):
    assert left in map(written, without(parse_pattern(pattern).forms[0], name))
