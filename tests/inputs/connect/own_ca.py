"""A certification authority of the tests' own: its certificate, and servers' certificates good and bad."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
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
    """Yield a port that speaks TLS and passes on, in clear, to `port` of this machine.

    One event loop serves every connection: OpenSSL lets no two threads read and write one connection at once.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def converse(client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        try:
            there, asks = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            answers.close()
            return
        await asyncio.gather(_pass_on(client, asks), _pass_on(there, answers))

    async def begin() -> asyncio.Server:
        return await asyncio.start_server(converse, "127.0.0.1", at, ssl=certificate.context())

    async def end() -> None:
        server.close()
        for _ in range(3):  # a task that is cancelled before it begins leaves its connection open
            await asyncio.sleep(0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # A connection whose handshake has not ended belongs to no task yet; left open it would be warned of in a later test.
        for transport in list(getattr(loop, "_transports", {}).values()):
            transport.abort()
        for _ in range(3):
            await asyncio.sleep(0)

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(10)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    """Send on what arrives until it ends, all of it, and then close."""
    try:
        while words := await source.read(65536):
            sink.write(words)
            await sink.drain()
    except OSError:
        pass
    finally:
        sink.close()
