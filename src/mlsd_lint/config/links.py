"""The settings of external links: `[tool.mlsd-lint.links]`."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # pydantic reads the annotations
from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any

from mlsd_lint.config.types import kebab


def _about(description: str, example: str = "", minimum: int | None = None) -> Mapping[str, Any]:
    return {"description": description, "example": example, "minimum": minimum, "time": ""}


def _time(description: str, example: str = "", *, positive: bool = False) -> Mapping[str, Any]:
    """What there is to say of a time; `positive` if it cannot be 0s."""
    return {**_about(description, example), "time": "positive" if positive else "any"}


@dataclass(frozen=True, kw_only=True)
class HostSettings:
    """How the hosts or paths that a pattern matches are asked, where it differs from the rest."""

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    concurrency: int | None = field(
        default=None, metadata=_about("How many requests it is sent at once.", minimum=1)
    )
    interval: str | None = field(
        default=None,
        metadata=_time("The least time between the beginnings of two requests, such as 1s."),
    )
    timeout: str | None = field(
        default=None,
        metadata=_time("How long one request may take, such as 20s.", positive=True),
    )
    headers: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_about(
            "Headers that it is sent; `${NAME}` stands for a variable of the environment."
        ),
    )
    basic_auth: str | None = field(
        default=None,
        metadata=_about("User and password from the environment, such as `${USER}:${PASSWORD}`."),
    )
    token: str | None = field(
        default=None, metadata=_about("A bearer token from the environment, such as `${TOKEN}`.")
    )


@dataclass(frozen=True, kw_only=True)
class LinkSettings:
    """How external links are checked. Times are written with their unit: 200ms, 20s, 10m, 3d."""

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    exclude: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Web addresses that are not asked, with `*` for anything.",
            'links.exclude = ["https://example.org/private/*"]',
        ),
    )
    concurrency: int = field(
        default=64,
        metadata=_about(
            "How many requests are under way at once, to all hosts.", "links.concurrency = 32", 1
        ),
    )
    host_concurrency: int = field(
        default=4,
        metadata=_about(
            "How many requests one host is sent at once.", "links.host-concurrency = 2", 1
        ),
    )
    host_interval: str = field(
        default="200ms",
        metadata=_time(
            "The least time between the beginnings of two requests to one host.",
            'links.host-interval = "1s"',
        ),
    )
    timeout: str = field(
        default="20s",
        metadata=_time("How long one request may take.", 'links.timeout = "30s"', positive=True),
    )
    retries: int = field(
        default=2,
        metadata=_about(
            "How often a request is repeated after a failure that may pass.",
            "links.retries = 1",
            0,
        ),
    )
    max_time: str | None = field(
        default=None,
        metadata=_time(
            "How long the whole check may take; what is left then is unverified.",
            'links.max-time = "10m"',
            positive=True,
        ),
    )
    max_wait: str = field(
        default="2m",
        metadata=_time(
            "The longest that a host is waited for that asks to come back later.",
            'links.max-wait = "5m"',
        ),
    )
    max_redirects: int = field(
        default=10,
        metadata=_about(
            "How many redirects are followed for one link.", "links.max-redirects = 5", 0
        ),
    )
    max_body: int = field(
        default=2 * 1024 * 1024,
        metadata=_about(
            "How many bytes of a page are read at most, after decompression.",
            "links.max-body = 1048576",
            1024,
        ),
    )
    user_agent: str | None = field(
        default=None,
        metadata=_about(
            "What requests say of their sender; it should hold an address to complain to.",
            'links.user-agent = "our-book (https://example.org/contact)"',
        ),
    )
    crawl_delay: bool = field(
        default=True,
        metadata=_about(
            "Keep the Crawl-delay that a host's robots.txt asks for.", "links.crawl-delay = false"
        ),
    )
    soft_404: bool = field(
        default=True,
        metadata=_about(
            "Look for pages that say they do not exist with the status of success.",
            "links.soft-404 = false",
        ),
    )
    allow_addresses: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Networks that may be asked although they are private, loopback or the like.",
            'links.allow-addresses = ["127.0.0.0/8"]',
        ),
    )
    confirm_failures: int = field(
        default=3,
        metadata=_about(
            "After how many failures in a row a link is dead that does not answer with 404 or 410.",
            "links.confirm-failures = 5",
            1,
        ),
    )
    confirm_interval: str = field(
        default="3d",
        metadata=_time(
            "The least time between two failures that count.", 'links.confirm-interval = "1d"'
        ),
    )
    keep: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_about(
            "How long an answer is used before it is asked again, by verdict; the default is 7d "
            "for ok and moved, 1d for blocked and soft-404, and 0s for the others.",
            'links.keep = { ok = "14d", suspect = "1h" }',
        ),
    )
    repository: str | None = field(
        default=None,
        metadata=_about(
            "The web address of the repository itself, whose files are looked for in the checkout "
            "instead; if it is not given, that of the remote origin.",
            'links.repository = "https://github.com/owner/name"',
        ),
    )
    archive: str = field(
        default="https://web.archive.org",
        metadata=_about(
            "Where copies of dead pages are looked for, with --suggest-archives.",
            'links.archive = "https://archive.example.org"',
        ),
    )
    hosts: Mapping[str, HostSettings] = field(
        default_factory=dict,
        metadata=_about(
            "Settings of single hosts (`docs.example.org`, `*.example.org`) and "
            "paths (`example.org/api/*`); the longest pattern that matches holds, key by key.",
            'links.hosts."docs.example.org" = { interval = "1s", token = "${DOCS_TOKEN}" }',
        ),
    )


def link_settings() -> dict[str, Field[Any]]:
    """The fields of `LinkSettings` by their keys in TOML, in the order of their declaration."""
    return _by_key(LinkSettings)


def host_settings() -> dict[str, Field[Any]]:
    """The fields of `HostSettings` by their keys in TOML, in the order of their declaration."""
    return _by_key(HostSettings)


def _by_key(kind: type[Any]) -> dict[str, Field[Any]]:
    return {kebab(one.name): one for one in fields(kind)}


def plain_links(settings: LinkSettings) -> dict[str, Any]:
    """All values by TOML key, made of strings, numbers, lists and dicts; what is not set is left out."""
    values = _plain(settings)
    values["hosts"] = {pattern: _plain(one) for pattern, one in settings.hosts.items()}
    return values


def _plain(settings: LinkSettings | HostSettings) -> dict[str, Any]:
    values = {kebab(name): value for name, value in asdict(settings).items() if value is not None}
    return {key: list(one) if isinstance(one, tuple) else one for key, one in values.items()}


def restore_links(values: Mapping[str, Any]) -> LinkSettings:
    """The settings that `plain_links` made these values of; nothing is checked again."""
    known = _by_name(values)
    known["hosts"] = {
        pattern: HostSettings(**_by_name(one)) for pattern, one in values["hosts"].items()
    }
    return LinkSettings(**known)


def _by_name(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key.replace("-", "_"): tuple(one) if isinstance(one, list) else one
        for key, one in values.items()
    }
