"""How each host is asked: the settings of `links.hosts`, compiled for addresses.

A pattern is a host, with or without a port and a path behind it, and `*` in it stands for
anything. Addresses are matched without their scheme, a path with its query or without.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import quote

from mlsd_lint.config.durations import seconds
from mlsd_lint.links.host_names import HostError, ascii_host
from mlsd_lint.links.scheduling import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mlsd_lint.config.links import HostSettings, LinkSettings
    from mlsd_lint.links.addresses import Address

_PATTERN = re.compile(
    r"(?P<host>\[[^\]/]*\]|[^:/]*)(?::(?P<port>[0-9*]*))?(?P<path>/.*)?", re.DOTALL
)
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]")


_NUMERIC = re.compile(r"[0-9.]+|\[.*\]")

_LOGIN = "Authorization"

_Value = TypeVar("_Value")


class Asking(NamedTuple):
    """How an address is asked.

    `queue` is the queue of the schedule that it stands in; all addresses in one have the same
    `limits`. `timeout` is in seconds. `headers` come besides those that every request has. They
    may hold secrets: they are for this address alone, and never shown.
    """

    queue: str
    limits: Limits
    timeout: float
    headers: tuple[tuple[str, str], ...]


class _Header(NamedTuple):
    name: str
    value: str
    secret: bool  # it comes from the environment


class _Rule(NamedTuple):
    """A pattern and what it says, with None for what it does not say.

    `place` is what it has behind the host. `headers` have their name in lower case as key, and
    None as value where they cannot be sent.
    """

    pattern: str
    host: re.Pattern[str]
    port: str
    path: re.Pattern[str] | None
    place: str
    concurrency: int | None
    interval: float | None
    timeout: float | None
    headers: Mapping[str, _Header | None]

    def is_at(self, address: Address) -> bool:
        port_is_right = self.port in {"", "*", str(address.port)}
        return port_is_right and self.host.fullmatch(address.host) is not None

    def leads_to(self, target: str) -> bool:
        return self.path is None or self.path.fullmatch(target) is not None


class HostRules:
    """The settings of hosts and paths, with the variables of an environment put in.

    `warnings` are lines for the user, one for each header that cannot be sent: which setting, why,
    and what follows. The value of a variable is in none of them.
    """

    def __init__(self, settings: LinkSettings, environment: Mapping[str, str]) -> None:
        warnings: list[str] = []
        rules = [
            _compiled(pattern, host, environment, warnings.append)
            for pattern, host in settings.hosts.items()
        ]
        # The longest first, and of those as long the one with the fewest `*`.
        rules.sort(key=lambda rule: (-len(rule.pattern), rule.pattern.count("*")))
        self._rules = rules
        self._at: dict[tuple[str, int], list[_Rule]] = {}
        self._limits = Limits(settings.host_concurrency, seconds(settings.host_interval))
        self._timeout = seconds(settings.timeout)
        self.warnings = tuple(warnings)

    def __call__(self, address: Address) -> Asking:
        """How an address is asked: each key as the longest pattern says that has it.

        A port or a path makes a queue of its own where its pattern says how much may be asked at
        once or how often; all else of a host shares one queue, whatever is said of it.
        """
        rules = [rule for rule in self._rules_at(address) if rule.leads_to(address.target)]
        if not rules:
            return Asking(address.host, self._limits, self._timeout, ())
        return Asking(
            queue=address.host + " + ".join(_limiting_places(rules)),
            limits=Limits(
                _first((rule.concurrency for rule in rules), self._limits.concurrency),
                _first((rule.interval for rule in rules), self._limits.interval),
            ),
            timeout=_first((rule.timeout for rule in rules), self._timeout),
            headers=_merged(rules, address),
        )

    def _rules_at(self, address: Address) -> list[_Rule]:
        key = (address.host, address.port)
        if key not in self._at:
            self._at[key] = [rule for rule in self._rules if rule.is_at(address)]
        return self._at[key]


def _first(values: Iterable[_Value | None], otherwise: _Value) -> _Value:
    return next((value for value in values if value is not None), otherwise)


def _limiting_places(rules: Sequence[_Rule]) -> list[str]:
    """The ports and paths that an address's limits hold for, so that no others share its queue."""
    concurrency = next((rule for rule in rules if rule.concurrency is not None), None)
    interval = next((rule for rule in rules if rule.interval is not None), None)
    limiting = [rule for rule in rules if rule is concurrency or rule is interval]
    return [rule.place for rule in limiting if rule.place]


def _merged(rules: Sequence[_Rule], address: Address) -> tuple[tuple[str, str], ...]:
    """The headers of all, one of a name; a longer pattern's that cannot be sent hides others.

    What comes from the environment goes over https only, unless a network is said to be trusted
    by naming the host as a number: anyone on the way could read it.
    """
    merged: dict[str, _Header | None] = {}
    for rule in reversed(rules):
        merged.update(rule.headers)
    open_way = address.scheme != "https" and not _NUMERIC.fullmatch(address.host)
    return tuple(
        (header.name, header.value)
        for header in merged.values()
        if header is not None and not (header.secret and open_way)
    )


def _compiled(
    pattern: str, host: HostSettings, environment: Mapping[str, str], warn: Callable[[str], None]
) -> _Rule:
    found = _PATTERN.fullmatch(pattern)
    name, port, path = (found["host"], found["port"], found["path"]) if found else (pattern, "", "")
    name = _ascii_pattern(name)
    path = "".join(char if char.isascii() else quote(char) for char in path or "")
    place = (f":{port}" if port else "") + path
    return _Rule(
        pattern=name + place,
        host=re.compile(_glob(name)),
        port=port or "",
        path=re.compile(_glob(path) + r"(?:\?.*)?", re.DOTALL) if path else None,
        place=place,
        concurrency=host.concurrency,
        interval=None if host.interval is None else seconds(host.interval),
        timeout=None if host.timeout is None else seconds(host.timeout),
        headers=dict(_headers(f'links.hosts."{pattern}"', host, environment, warn)),
    )


def _ascii_pattern(name: str) -> str:
    """A host as addresses have it. Each part of it by itself, if others are not known."""
    try:
        if "*" not in name:
            return ascii_host(name)
        parts = (part if part.isascii() else ascii_host(part) for part in name.split("."))
        return ".".join(parts).lower()
    except HostError:
        return name.lower()  # no address has such a host


def _glob(text: str) -> str:
    return ".*".join(re.escape(part) for part in text.split("*"))


def _headers(
    title: str, host: HostSettings, environment: Mapping[str, str], warn: Callable[[str], None]
) -> Iterator[tuple[str, _Header | None]]:
    """The headers that a pattern gives, by their name in lower case; a later one holds."""
    for name, template in host.headers.items():
        if not _HEADER_NAME.fullmatch(name):
            warn(f"{title}.headers: {name!a} is no name of a header, and is not sent")
            continue
        value = _filled(f"{title}.headers.{name}", name, template, environment, warn)
        secret = _VARIABLE.search(template) is not None
        yield name.lower(), None if value is None else _Header(name, value, secret)
    if host.basic_auth is not None:
        pair = _filled(f"{title}.basic-auth", _LOGIN, host.basic_auth, environment, warn)
        yield _LOGIN.lower(), None if pair is None else _Header(_LOGIN, _basic(pair), secret=True)
    if host.token is not None:
        token = _filled(f"{title}.token", _LOGIN, host.token, environment, warn)
        bearer = f"Bearer {token}"
        yield _LOGIN.lower(), None if token is None else _Header(_LOGIN, bearer, secret=True)


def _basic(pair: str) -> str:
    user, _, password = pair.partition(":")
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")


def _filled(
    title: str,
    header: str,
    template: str,
    environment: Mapping[str, str],
    warn: Callable[[str], None],
) -> str | None:
    """A header's value with its variables put in; None if it cannot be sent, which is said."""
    follows = f"links there are asked without the header {header}"
    # A pipeline that may not know a secret has an empty variable in its place.
    names = dict.fromkeys(_VARIABLE.findall(template))
    missing = [name for name in names if not environment.get(name)]
    if missing:
        be = "are" if len(missing) > 1 else "is"
        warn(f"{title}: {' and '.join(missing)} {be} not set in the environment; {follows}")
        return None
    value = _VARIABLE.sub(lambda found: environment[found[1]], template)
    if _UNSENDABLE.search(value):
        filled = f" with {' and '.join(names)} put in" if names else ""
        warn(f"{title}: the value{filled} has a line break or control character in it; {follows}")
        return None
    return value
