"""What can be wrong with settings of external links that have the right types."""

from __future__ import annotations

import json
import re
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from mlsd_lint.config.durations import seconds
from mlsd_lint.config.links import host_settings, link_settings
from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from dataclasses import Field

    from mlsd_lint.config.links import HostSettings, LinkSettings
    from mlsd_lint.config.problems import Place, Problem

_NAME = r"\$\{[A-Za-z_][A-Za-z0-9_]*\}"
_REFERENCES = re.compile(rf"(?:{_NAME})+")
_REFERENCES_AND_COLON = re.compile(rf"(?:{_NAME})+(?::(?:{_NAME})*)?")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SECRET_HEADER = re.compile(
    r"authorization|cookie|token|key|secret|password|credential", re.IGNORECASE
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|//")
_WEB_ADDRESS = re.compile(r"https?://(?P<user>[^\s/?#@]*@)?[^\s/?#@:][^\s#]*", re.IGNORECASE)
_HOST_PATTERN = re.compile(
    r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)(?::(?:[0-9]{1,5}|\*))?(?:/\S*)?"
)
_NAMED_HOST = re.compile(r"(?:\*\.)?[^\s*/]+(?::\*)?(?=/|\Z)")
_IN_THE_ENVIRONMENT = "a secret does not belong in a file"


def problems(settings: LinkSettings) -> Iterator[Problem]:
    """What is wrong with values of the right types, each in a clause; places are below `links`."""
    yield from _of_fields(settings, link_settings())
    for index, pattern in enumerate(settings.exclude):
        if message := _wrong_with_exclusion(pattern):
            yield ("exclude", index), pattern, message
    for index, network in enumerate(settings.allow_addresses):
        if message := _wrong_with_network(network):
            yield ("allow-addresses", index), network, message
    if settings.user_agent is not None and not _is_header_text(settings.user_agent):
        yield ("user-agent",), None, "expected one line of ASCII that is not blank"
    yield from _keep_problems(settings.keep)
    addresses = {
        "repository": (settings.repository, "https://github.com/owner/name"),
        "archive": (settings.archive, "https://web.archive.org"),
    }
    for key, (address, example) in addresses.items():
        if address is not None and (message := _wrong_with_address(address, example)):
            yield (key,), None, message
    for pattern, host in settings.hosts.items():
        yield from _host_problems(("hosts", pattern), pattern, host)


def _of_fields(
    settings: LinkSettings | HostSettings, known: Mapping[str, Field[Any]]
) -> Iterator[Problem]:
    """Numbers that are too small, and times that are none."""
    for key, one in known.items():
        value, minimum = getattr(settings, one.name), one.metadata["minimum"]
        if value is None:
            continue
        if minimum is not None and value < minimum:
            yield (key,), None, f"expected {minimum} or more, found {value}"
        if one.metadata["time"]:
            message = _wrong_with_time(value, positive=one.metadata["time"] == "positive")
            if message:
                yield (key,), None, message


def _wrong_with_time(text: str, *, positive: bool = False) -> str:
    try:
        length = seconds(text)
    except ValueError as error:
        return str(error)
    return (
        f"expected more than no time at all, found {_quoted(text)}"
        if positive and not length
        else ""
    )


def _keep_problems(keep: Mapping[str, str]) -> Iterator[Problem]:
    verdicts = [one.value for one in Verdict]
    for verdict, time in keep.items():
        if verdict not in verdicts:
            guess = nearest(verdict.lower().replace("_", "-"), verdicts)
            hint = f"did you mean {guess!r}?" if guess else f"there are {', '.join(verdicts)}"
            yield ("keep", verdict), None, f"there is no such verdict; {hint}"
        elif message := _wrong_with_time(time):
            yield ("keep", verdict), None, message


def _wrong_with_exclusion(pattern: str) -> str:
    if not pattern or re.search(r"\s", pattern):
        return f"expected a web address with * for anything, found {_quoted(pattern)}"
    if pattern.startswith("*") or _SCHEME.match(pattern):
        return ""
    written = f"{_quoted(f'https://{pattern}')} or {_quoted(f'*{pattern}')}"
    return f"{_quoted(pattern)} matches no web address; write {written}"


def _wrong_with_network(text: str) -> str:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        advice = "write the addresses that the name has"
        if text.lower() == "localhost":
            advice = 'write "127.0.0.0/8" and "::1"'
        elif re.match(r"[0-9.:/]+\Z", text) or not text.strip():
            advice = ""
        found = f"expected a network, such as 10.0.0.0/8, found {_quoted(text)}"
        return f"{found}; {advice}" if advice else found
    address = text.partition("/")[0]
    if "/" in text and ip_address(address) != network.network_address:
        return f'{_quoted(text)} is one address with the size of a network; write "{network}"'
    return ""


def _wrong_with_address(text: str, example: str) -> str:
    found = _WEB_ADDRESS.fullmatch(text)
    if found is None:
        # Not shown: what is no address may hold a password all the same.
        return f"expected a web address, such as {example}"
    if found["user"]:
        return f"{_IN_THE_ENVIRONMENT}; write the address without what stands before @"
    return ""


def _host_problems(place: Place, pattern: str, host: HostSettings) -> Iterator[Problem]:
    if message := _wrong_with_host(pattern):
        yield place, None, message
    for key, value, message in _of_fields(host, host_settings()):
        yield (*place, *key), value, message
    if host.basic_auth is not None and not _REFERENCES_AND_COLON.fullmatch(host.basic_auth):
        advice = "write ${USER}:${PASSWORD}, and set USER and PASSWORD in the environment"
        yield (*place, "basic-auth"), None, f"{_IN_THE_ENVIRONMENT}; {advice}"
    if host.token is not None and not _REFERENCES.fullmatch(host.token):
        advice = "write ${TOKEN} and nothing else, and set TOKEN in the environment"
        yield (*place, "token"), None, f"{_IN_THE_ENVIRONMENT}; {advice}"
    for name, value in host.headers.items():
        if message := _wrong_with_header(name, value):
            yield (*place, "headers", name), None, message
    if host.basic_auth is not None and host.token is not None:
        yield place, None, "of basic-auth and token only one can be sent; write the one to keep"
    secret = any(map(_SECRET_HEADER.search, host.headers))
    if (secret or host.basic_auth or host.token) and not _NAMED_HOST.match(pattern):
        advice = "write it, as docs.example.org or *.example.org"
        yield place, None, f"secrets go to no host that is not named; {advice}"


def _wrong_with_host(pattern: str) -> str:
    scheme = _SCHEME.match(pattern)
    bare = pattern[scheme.end() :] if scheme else pattern
    if "@" in bare.partition("/")[0]:
        return f"{_IN_THE_ENVIRONMENT}; write the host alone, and basic-auth under it"
    if not _HOST_PATTERN.fullmatch(bare):
        return "expected a host, such as docs.example.org, or one with a path, example.org/api/*"
    return f"a host stands here without its scheme; write {bare}" if scheme else ""


def _wrong_with_header(name: str, value: str) -> str:
    if not _HEADER.fullmatch(name):
        return "this is no name of a header; it has letters, digits and hyphens"
    if value and not _is_header_text(value):
        return "expected one line of ASCII"
    if "${" in re.sub(_NAME, "", value):
        return "${ starts no name of a variable here; write ${NAME}"
    if _SECRET_HEADER.search(name) and not re.search(_NAME, value):
        return f"{_IN_THE_ENVIRONMENT}; write ${{NAME}}, and set NAME in the environment"
    return ""


def _is_header_text(text: str) -> bool:
    return bool(text.strip()) and text.isascii() and text.isprintable()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
