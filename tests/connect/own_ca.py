"""A certification authority of the tests' own: its certificate, and servers' certificates good and bad."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
    "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True)
class Certificate:
    """Files of one server's certificate and key."""

    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """Return what a Python server needs."""
        found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        found.load_cert_chain(self.chain, self.key)
        return found


class Authority:
    """Signs certificates into a folder; `pem` is what a client must trust."""

    def __init__(self, folder: Path, name: str = "poc-gate tests") -> None:
        """Make the key and the certificate that signs itself."""
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = dt.datetime.now(tz=dt.UTC)
        signed = (
            _builder(self._name, self._name, self._key, now - dt.timedelta(days=9), now + dt.timedelta(days=9))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**dict.fromkeys(_USES, False) | {"key_cert_sign": True}), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )  # fmt: skip
        self._signed = signed
        self.pem = folder / "ca.pem"
        self.pem.write_bytes(signed.public_bytes(serialization.Encoding.PEM))

    def certificate(self, file: str, *, name: str = "127.0.0.1", expired: bool = False) -> Certificate:
        """Return a certificate for a host's name or address, that ended yesterday if `expired`."""
        key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(tz=dt.UTC)
        end = now - dt.timedelta(days=1) if expired else now + dt.timedelta(days=5)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        try:
            alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            alternative = x509.DNSName(name)
        signed = (
            _builder(subject, self._name, key, now - dt.timedelta(days=8), end)
            .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
            )
            .sign(self._key, hashes.SHA256())
        )
        chain, secret = self._folder / f"{file}.pem", self._folder / f"{file}.key"
        chain.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return Certificate(chain, secret)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, begin: dt.datetime, end: dt.datetime
) -> x509.CertificateBuilder:  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
    )


@contextmanager
def tls_in_front(port: int, certificate: Certificate, *, at: int) -> Iterator[int]:
    """Yield a port that speaks TLS and passes on, in clear, to `port` of this machine."""
    server = socket.create_server(("127.0.0.1", at))
    context = certificate.context()
    opened: list[socket.socket] = [server]

    def serve() -> None:
        while True:
            try:
                raw, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=converse, args=(raw,), daemon=True).start()

    def converse(raw: socket.socket) -> None:
        try:
            client = context.wrap_socket(raw, server_side=True)
        except OSError:
            raw.close()
            return
        there = socket.create_connection(("127.0.0.1", port))
        opened.extend((client, there))
        threading.Thread(target=_pass_on, args=(client, there), daemon=True).start()
        _pass_on(there, client)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(server.getsockname()[1])
    finally:
        for one in opened:
            one.close()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    while True:
        try:
            words = source.recv(65536)
            if not words:
                break
            sink.sendall(words)
        except (OSError, ValueError):
            break
    for one in (source, sink):
        one.close()
