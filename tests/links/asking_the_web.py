"""Asking the test's own web: in this process, or through the command as a user runs it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from mlsd_lint.config.links import LinkSettings
from mlsd_lint.links.answering import Answering, Wanted
from mlsd_lint.links.collecting import LinkPlace
from mlsd_lint.links.online import Online
from mlsd_lint.links.storing.store import NO_STORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mlsd_lint.links.verdicts import Judgement
    from web import Host, Web

COMMAND = (sys.executable, "-m", "mlsd_lint", "check", "--online", "--grammar", "none")
LOOPBACK = 'links.allow-addresses = ["127.0.0.0/8"]\n'
PAUSE = 0.5  # seconds: a pause that is long beside what a busy machine takes to get round to it
SLACK = 0.4  # seconds by which a gap in a log may be short, for what came before was seen late

_MADE_UP = re.compile(r"mlsd-lint-no-such-page-\w+")
_PROXIES = {f"{name}_PROXY" for name in ("HTTP", "HTTPS", "ALL", "NO")}
_UNWANTED = {"GITHUB_TOKEN", "GH_TOKEN", "GITHUB_API_URL", "GITHUB_SERVER_URL"}


def online(**given) -> Online:
    """What asks without pauses and robots.txt, patiently, and may ask the test's web.

    `given` are settings, `store`, `user_agent`, `max_time` (seconds) and `again`.
    """
    store = given.pop("store", NO_STORE)
    wanted = Wanted(
        user_agent=given.pop("user_agent", "a test"),
        max_time=given.pop("max_time", None),
        again=given.pop("again", False),
        progress=io.StringIO(),
    )
    quick = {
        "allow_addresses": ("127.0.0.0/8",),
        "timeout": "60s",
        "retries": 1,
        "host_interval": "0s",
        "max_wait": "3s",
        "crawl_delay": False,
    }
    return Online(Answering(LinkSettings(**{**quick, **given}), store, wanted))


def answers(urls: Iterable[str], **given) -> Mapping[str, Judgement]:
    """What becomes of links; `given` as for `online`."""
    return online(**given)([LinkPlace(url, "a.md", 0) for url in urls])


def answer(url: str, **given) -> Judgement:
    """What becomes of one link."""
    return answers([url], **given)[url]


def seen(host: Host) -> str:
    """The requests a host saw, in order: "HEAD /p, HEAD /?, GET /p".

    `?` stands for the page asked for to see whether the host denies what it does not have.
    """
    return ", ".join(f"{one.method} {_MADE_UP.sub('?', one.target)}" for one in list(host.log))


def book(folder: Path, urls: Iterable[str], settings: str = "") -> Path:
    """A folder with one document that has these links, one a line from line 3 on, and settings."""
    links = "".join(f"- [link {number}](<{url}>)\n" for number, url in enumerate(urls, 1))
    (folder / "a.md").write_text(f"# Links\n\n{links}", encoding="utf-8")
    quick = 'links.timeout = "60s"\nlinks.retries = 0\nlinks.host-interval = "0s"\n'
    defaults = [
        line for line in (LOOPBACK + quick).splitlines() if line.split(" = ")[0] not in settings
    ]
    content = "\n".join([*defaults, settings, ""])
    (folder / "mlsd-lint.toml").write_text(content, encoding="utf-8")
    return folder


def run(
    folder: Path, *flags: str, env: Mapping[str, str] | None = None, timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """The command's result in a folder; `env` comes besides what `environment` leaves."""
    return subprocess.run(
        [*COMMAND, *flags],
        cwd=folder,
        env={**environment(), **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def lines(result: subprocess.CompletedProcess[str]) -> list[str]:
    """The findings that `--output-format concise` printed, without its last line, the summary."""
    return result.stdout.splitlines()[:-1]


def environment(web: Web | None = None) -> dict[str, str]:
    """The environment, without what in it changes how links are asked; a web's hosts trusted."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key.upper() not in _PROXIES and key not in _UNWANTED
    }
    return {**kept, "SSL_CERT_FILE": web.ca_file} if web else kept
