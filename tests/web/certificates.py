"""Certificates for the hosts of the web, made once a process where first wanted."""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import ipaddress
import os
import ssl
import tempfile

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

A_DAY = dt.timedelta(days=1)


@functools.cache
def _authority() -> trustme.CA:
    return trustme.CA()


@functools.cache
def _unknown_authority() -> trustme.CA:
    return trustme.CA()


@functools.cache
def ca_file() -> str:
    """A file with the certificate of the authority to trust; it goes when the process ends."""
    descriptor, path = tempfile.mkstemp(suffix=".pem")
    with os.fdopen(descriptor, "wb") as file:
        file.write(_authority().cert_pem.bytes())
    atexit.register(os.unlink, path)
    return path


@functools.cache  # the same before and after midnight
def expired_on() -> dt.datetime:
    """When the expired certificates expired: midnight UTC, ten days ago."""
    today = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - 10 * A_DAY


def valid_from() -> dt.datetime:
    """When those that are not yet valid will be: midnight UTC, in ten days."""
    return expired_on() + 20 * A_DAY


def server_context(kind: str, ip: str, name: str, *, http2: bool) -> ssl.SSLContext:
    """What a host needs to speak TLS with a certificate of that kind."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if kind == "self-signed":
        _load_self_signed(context, ip)
    else:
        _certificate(kind, ip, name).configure_cert(context)
    context.set_alpn_protocols(["h2", "http/1.1"] if http2 else ["http/1.1"])
    return context


def _certificate(kind: str, ip: str, name: str) -> trustme.LeafCert:
    identities = [ip, name] if name else [ip]
    match kind:
        case "valid":
            return _authority().issue_cert(*identities)
        case "expired":
            before = expired_on() - 90 * A_DAY
            return _authority().issue_cert(*identities, not_before=before, not_after=expired_on())
        case "not-yet-valid":
            return _authority().issue_cert(
                *identities, not_before=valid_from(), not_after=valid_from() + 80 * A_DAY
            )
        case "wrong-name":
            return _authority().issue_cert("wrong.test")
        case "unknown-ca":
            return _unknown_authority().issue_cert(*identities)
    raise ValueError(f"no such kind of certificate: {kind}")


def _load_self_signed(context: ssl.SSLContext, ip: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ip)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - A_DAY)
        .not_valid_after(now + A_DAY)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(ip))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with tempfile.NamedTemporaryFile() as file:
        file.write(private + certificate.public_bytes(Encoding.PEM))
        file.flush()
        context.load_cert_chain(file.name)
