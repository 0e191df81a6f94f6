"""The settings of external links: `[tool.mlsd-lint.links]`."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # pydantic reads the annotations
from dataclasses import dataclass, field
from typing import Any

from mlsd_lint.config.types import kebab


def _about(description: str) -> Mapping[str, Any]:
    return {"description": description}


@dataclass(frozen=True, kw_only=True)
class HostSettings:
    """How the hosts or paths that a pattern matches are asked, where it differs from the rest."""

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    concurrency: int | None = field(
        default=None, metadata=_about("How many requests it is sent at once.")
    )
    interval: str | None = field(
        default=None,
        metadata=_about("The least time between the beginnings of two requests, such as 1s."),
    )
    timeout: str | None = field(
        default=None, metadata=_about("How long one request may take, such as 20s.")
    )
    headers: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_about(
            "Headers that it is sent; ${NAME} stands for a variable of the environment."
        ),
    )
    basic_auth: str | None = field(
        default=None,
        metadata=_about("User and password from the environment, such as ${USER}:${PASSWORD}."),
    )
    token: str | None = field(
        default=None, metadata=_about("A bearer token from the environment, such as ${TOKEN}.")
    )


@dataclass(frozen=True, kw_only=True)
class LinkSettings:
    """How external links are checked. Times are written with their unit: 200ms, 20s, 10m, 3d."""

    __pydantic_config__ = {"alias_generator": kebab, "extra": "forbid"}  # noqa: RUF012  # pydantic's name

    exclude: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Web addresses that are not asked, with * for anything: https://example.org/private/*."
        ),
    )
    concurrency: int = field(
        default=64, metadata=_about("How many requests are under way at once, to all hosts.")
    )
    host_concurrency: int = field(
        default=4, metadata=_about("How many requests one host is sent at once.")
    )
    host_interval: str = field(
        default="200ms",
        metadata=_about("The least time between the beginnings of two requests to one host."),
    )
    timeout: str = field(default="20s", metadata=_about("How long one request may take."))
    retries: int = field(
        default=2,
        metadata=_about("How often a request is repeated after a failure that may pass."),
    )
    max_time: str | None = field(
        default=None,
        metadata=_about("How long the whole check may take; what is left then is unverified."),
    )
    max_wait: str = field(
        default="2m",
        metadata=_about("The longest that a host is waited for that asks to come back later."),
    )
    max_redirects: int = field(
        default=10, metadata=_about("How many redirects are followed for one link.")
    )
    max_body: int = field(
        default=4 * 1024 * 1024,
        metadata=_about("How many bytes of a page are read at most, after decompression."),
    )
    user_agent: str | None = field(
        default=None,
        metadata=_about(
            "What requests say of their sender; it should hold an address to complain to."
        ),
    )
    crawl_delay: bool = field(
        default=True, metadata=_about("Keep the Crawl-delay that a host's robots.txt asks for.")
    )
    soft_404: bool = field(
        default=True,
        metadata=_about("Look for pages that say they do not exist with the status of success."),
    )
    allow_addresses: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "Networks that may be asked although they are private, loopback or the like: "
            "127.0.0.0/8."
        ),
    )
    confirm_failures: int = field(
        default=3,
        metadata=_about(
            "After how many failures in a row a link is dead that does not answer with 404 or 410."
        ),
    )
    confirm_interval: str = field(
        default="3d",
        metadata=_about("The least time between two failures that count."),
    )
    keep: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_about(
            "How long an answer is used before it is asked again, by verdict; the default is 7d "
            "for ok and moved, 1d for blocked and soft-404, and 0s for the others."
        ),
    )
    repository: str | None = field(
        default=None,
        metadata=_about(
            "The web address of the repository itself, whose files are looked for in the checkout "
            "instead; if it is not given, that of the remote origin."
        ),
    )
    archive: str = field(
        default="https://web.archive.org",
        metadata=_about("Where copies of dead pages are looked for, with --suggest-archives."),
    )
    hosts: Mapping[str, HostSettings] = field(
        default_factory=dict,
        metadata=_about(
            "Settings of single hosts (docs.example.org, *.example.org) and paths "
            "(example.org/api/*); the longest pattern that matches holds, key by key."
        ),
    )
