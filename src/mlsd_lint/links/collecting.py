"""Which web addresses the links of a book lead to: each one a question, asked once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.links.addresses import Address, AddressError, is_reserved, parse
from mlsd_lint.links.judging.fragments import needs_page
from mlsd_lint.targets import is_template, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mlsd_lint.config.links import LinkSettings
    from mlsd_lint.config.settings import Configuration
    from mlsd_lint.own_repository import OwnRepository
    from mlsd_lint.workspace import Page

_NO_FRAGMENTS: frozenset[str] = frozenset()  # one for all: an empty set, too, takes memory
_WEB = ("https://", "http://", "//")


class LinkPlace(NamedTuple):
    """A place that links to the web: the destination's value, and where it starts.

    `path` is relative to the repository root; `start` is an offset in code points.
    """

    value: str
    path: str
    start: int


class Question(NamedTuple):
    """A web address, and the fragments of it that its page has to be read for (without `#`)."""

    address: Address
    fragments: frozenset[str]


class Collected(NamedTuple):
    """What there is to ask: questions by `Address.key`, and what each destination's value is.

    A value that cannot be asked has a clause that says why instead of an address.
    """

    questions: dict[str, Question]
    addresses: dict[str, Address | str]


def link_places(
    page: Page, configuration: Configuration, own: OwnRepository
) -> Iterator[LinkPlace]:
    """The destinations of a page that lead to the web, in the order of the text.

    Left out: templates, what lies in the repository itself, and what the settings exclude.
    """
    excluded = _excluded(configuration.links.exclude)
    for one in page.destinations:
        value = one.value.strip()
        if not value[:8].lower().startswith(_WEB) or is_template(value) or excluded(value):
            continue
        if resolve(page.path, value, configuration, own) is None:
            yield LinkPlace(one.value, page.path, one.span.start)


def _excluded(patterns: Sequence[str]) -> Callable[[str], bool]:
    if not patterns:
        return lambda _: False
    globs = (
        "".join(".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", one))
        for one in patterns
    )
    expression = re.compile("|".join(f"(?:{one})" for one in globs), re.IGNORECASE | re.DOTALL)
    return lambda value: expression.fullmatch(value) is not None


def collect(values: Iterable[str], settings: LinkSettings) -> Collected:
    """The questions behind these destinations, in the order in which they are first asked."""
    addresses: dict[str, Address | str] = {}
    first: dict[str, Address] = {}
    fragments: dict[str, set[str]] = {}
    for value in values:
        if value in addresses:
            continue
        try:
            address = parse(value)
        except AddressError as error:
            addresses[value] = str(error)
            continue
        if _is_for_documentation(address, settings):
            continue
        addresses[value] = address
        key = address.key
        first.setdefault(key, address)
        if address.fragment and needs_page(address.url, address.fragment):
            fragments.setdefault(key, set()).add(address.fragment)
    questions = {
        key: Question(
            address._replace(fragment="") if address.fragment else address,
            frozenset(fragments[key]) if key in fragments else _NO_FRAGMENTS,
        )
        for key, address in first.items()
    }
    return Collected(questions, addresses)


def _is_for_documentation(address: Address, settings: LinkSettings) -> bool:
    """Whether the host is no host but an example (RFC 2606, RFC 6761)."""
    if address.host == "localhost" and settings.allow_addresses:
        return False
    return is_reserved(address.host)
