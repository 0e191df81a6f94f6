"""TLS: the contexts that all connections share, and why a certificate was not trusted."""

from __future__ import annotations

import asyncio
import os
import ssl
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mlsd_lint.links.fetching.failures import FetchError
from mlsd_lint.links.fetching.streams import Stream

if TYPE_CHECKING:
    from collections.abc import Mapping

# Of OpenSSL's x509_vfy.h; the module ssl has no names for them.
_NO_CHECK_TIME = 0x200000
_NOT_YET_VALID = 9
_EXPIRED = 10
_SELF_SIGNED = 18
_UNKNOWN_ISSUER = frozenset({2, 19, 20, 21, 27})
_REVOKED = 23
_WRONG_NAME = frozenset({62, 64})

_SECOND_LOOK_SECONDS = 5.0


class Trust:
    """Which certificates are trusted: those of SSL_CERT_FILE or SSL_CERT_DIR, else certifi's."""

    @cached_property
    def context(self) -> ssl.SSLContext:
        """What all connections are secured with; made when first needed, which takes a while.

        Raises:
            FetchError: what is trusted cannot be read ("setup").
        """
        import httpx

        try:
            return httpx.create_ssl_context()
        except OSError as error:  # ssl.SSLError is one
            raise FetchError("setup", _no_trust(error)) from None

    @cached_property
    def _lenient(self) -> ssl.SSLContext:
        """Accepts what has expired or has another name, only for its certificate to be read."""
        import httpx

        context = httpx.create_ssl_context()
        context.check_hostname = False
        context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
        return context

    async def explain(self, error: OSError, host: str, peer: tuple[str, int] | None) -> FetchError:
        """Why no secure connection to `host` came about.

        For the date at which a certificate expired, or the name that it is for, the server at
        `peer` (IP address and port) is connected to once more, and sent nothing. None if there is
        no way to it, as behind a proxy; then the reason is without them.
        """
        if not isinstance(error, ssl.SSLCertVerificationError):
            return _no_tls(error)
        code = error.verify_code
        known = _of_itself(code)
        if known:
            return FetchError("trust" if code in _UNKNOWN_ISSUER else "tls", known)
        certificate = await self._certificate(host, peer)
        if code in _WRONG_NAME:
            return FetchError("tls", _wrong_name(certificate, host))
        if code == _EXPIRED:
            return FetchError("tls", f"certificate expired{_on(certificate, 'notAfter')}")
        if code == _NOT_YET_VALID:
            day = _on(certificate, "notBefore", "until")
            return FetchError("tls", f"certificate is not valid{day or ' yet'}")
        return FetchError("tls", "certificate is not valid")

    async def _certificate(self, host: str, peer: tuple[str, int] | None) -> Mapping[str, Any]:
        if peer is None:
            return {}
        try:
            async with asyncio.timeout(_SECOND_LOOK_SECONDS):
                _, stream = await asyncio.get_running_loop().create_connection(Stream, *peer)
                try:
                    await stream.start_tls(self._lenient, host)
                    return stream.get_extra_info("ssl_object").getpeercert() or {}
                finally:
                    stream.abort()
        except (OSError, ValueError):  # TimeoutError is an OSError
            return {}


def _no_trust(error: OSError) -> str:
    named = [name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)]
    place = f"that {named[0]} names" if named else "that are trusted"
    said = "" if isinstance(error, ssl.SSLError) else error.strerror
    why = f": {said.lower()}" if said else ""
    return f"the certificates {place} cannot be read{why}"


def _of_itself(code: int) -> str:
    """What the code of OpenSSL says without another look."""
    if code == _SELF_SIGNED:
        return "certificate is signed by nobody but itself"
    if code in _UNKNOWN_ISSUER:
        return "certificate is from an unknown issuer, or comes without the issuer's own"
    if code == _REVOKED:
        return "certificate was revoked"
    return ""


def _no_tls(error: OSError) -> FetchError:
    if not isinstance(error, ssl.SSLError):
        return FetchError("reset", "connection reset while it was being secured")
    if error.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"}:
        return FetchError("tls", "no secure connection: the server does not speak TLS there")
    if error.reason and "ALERT" in error.reason:
        return FetchError("trust", "no secure connection: the server refuses the handshake")
    return FetchError("trust", "no secure connection came about")


def _on(certificate: Mapping[str, Any], moment: str, preposition: str = "on") -> str:
    if moment not in certificate:
        return ""
    seconds = ssl.cert_time_to_seconds(certificate[moment])
    return f" {preposition} {datetime.fromtimestamp(seconds, UTC).date().isoformat()}"


def _wrong_name(certificate: Mapping[str, Any], host: str) -> str:
    names = [name for kind, name in certificate.get("subjectAltName", ()) if kind == "DNS"]
    names += [name for kind, name in certificate.get("subjectAltName", ()) if kind == "IP Address"]
    if not names:
        return f"certificate is not for {host}"
    others = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"certificate is for {names[0]}{others}, not {host}"
