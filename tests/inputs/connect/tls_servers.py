"""Real servers that speak TLS with a certificate of the tests: PostgreSQL, MariaDB, Redis, an S3 server, HTTPS, Kafka."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from kafka_servers import fill, tansu
from own_ca import Certificate, tls_in_front
from own_servers import JsonHandler, free_port, wait_for_port


class Answering(JsonHandler):
    """Answers every GET."""

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """Answer a GET."""
        self.answer({"meta": {"updated_at": time.time() - 600}})


@contextmanager
def https(certificate: Certificate, _folder: Path) -> Iterator[int]:
    """Yield the port of an HTTPS server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.socket = certificate.context().wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is what is tested
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _running(words: list[str], port: int, log: Path) -> Iterator[int]:
    with log.open("wb") as output:
        process = subprocess.Popen(words, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        wait_for_port(port, 60)
        yield port
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def _home(user: str) -> Iterator[tuple[Path, list[str]]]:
    """Yield a folder of that user, and the words in front of a server that refuses to run as root."""
    with tempfile.TemporaryDirectory(prefix="poc-gate-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder, []
            return
        owner = pwd.getpwnam(user)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        yield folder, ["runuser", "-u", user, "--"]


def _copy(certificate: Certificate, folder: Path) -> None:
    """Put certificate and key into a server's folder, owned as the folder is."""
    about = folder.stat()
    for source, name in ((certificate.chain, "server.pem"), (certificate.key, "server.key")):
        shutil.copy(source, folder / name)
        os.chown(folder / name, about.st_uid, about.st_gid)
    (folder / "server.key").chmod(0o600)


@contextmanager
def postgres_tls(certificate: Certificate, _folder: Path) -> Iterator[int]:
    """Yield the port of PostgreSQL with a table, a role `reader` with a password, and TLS."""
    import psycopg

    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    with _home("postgres") as (folder, user):
        data, port = folder / "pg", free_port()
        make = [*user, str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder)
        _copy(certificate, data)
        rules = "host all postgres 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"
        (data / "pg_hba.conf").write_text(rules, encoding="ascii")
        settings = {
            "ssl": "on", "ssl_cert_file": "server.pem", "listen_addresses": "127.0.0.1", "unix_socket_directories": str(data),
            "fsync": "off",
        }  # fmt: skip
        words = [*user, str(programs / "postgres"), "-D", str(data), "-p", str(port)]
        words += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with _running(words, port, folder / "pg.log"):
            for _ in range(100):
                try:
                    db = psycopg.connect(
                        host="127.0.0.1", port=port, user="postgres", dbname="postgres", autocommit=True
                    )
                    break
                except psycopg.OperationalError:
                    time.sleep(0.1)
            with db:
                db.execute("create table claims (id int primary key)")
                db.execute("insert into claims select generate_series(1, 100)")
                db.execute("create role reader login password 'canary-tls-7QJX2'")
                db.execute("grant select on claims to reader")
            yield port


@contextmanager
def mariadb_tls(certificate: Certificate, _folder: Path) -> Iterator[int]:
    """Yield the port of MariaDB with a table, a user `reader` with a password, and TLS."""
    import pymysql

    with _home("mysql") as (folder, user):
        data, port = folder / "my", free_port()
        _copy(certificate, folder)
        make = [
            "mariadb-install-db",
            "--no-defaults",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
        ]
        subprocess.run([*user, *make], check=True, capture_output=True, cwd=folder)
        words = [
            *user, shutil.which("mariadbd") or "/usr/sbin/mariadbd", "--no-defaults", f"--datadir={data}", f"--port={port}",
            "--bind-address=127.0.0.1", f"--socket={data}/s.sock", f"--ssl-cert={folder}/server.pem",
            f"--ssl-key={folder}/server.key",
        ]  # fmt: skip
        with _running(words, port, folder / "my.log"):
            db = pymysql.connect(host="127.0.0.1", port=port, user="root", autocommit=True, ssl_disabled=True)
            with db.cursor() as cursor:
                cursor.execute("create database app")
                cursor.execute("create table app.claims (id int primary key)")
                cursor.execute("insert into app.claims values (1), (2), (3)")
                cursor.execute("create user reader@localhost identified by 'canary-tls-7QJX2' require ssl")
                cursor.execute("grant select on app.* to reader@localhost")
            db.close()
            yield port


@contextmanager
def redis_tls(certificate: Certificate, folder: Path) -> Iterator[int]:
    """Yield the port of Redis with keys and a password, that speaks TLS alone."""
    import redis

    port = free_port()
    words = [
        "redis-server", "--port", "0", "--tls-port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder),
        "--tls-cert-file", str(certificate.chain), "--tls-key-file", str(certificate.key), "--tls-auth-clients", "no",
        "--tls-ca-cert-file", str(certificate.chain), "--requirepass", "canary-tls-7QJX2",
    ]  # fmt: skip
    with _running(words, port, folder / "redis.log"):
        with redis.Redis(port=port, password="canary-tls-7QJX2", ssl=True, ssl_cert_reqs="none") as db:
            for number in range(50):
                db.set(f"policy:{number}", "x" * 100)
        yield port


@contextmanager
def s3_tls(certificate: Certificate, folder: Path) -> Iterator[int]:
    """Yield the port of an S3 server with objects, behind TLS."""
    import urllib.request

    from obstore import put
    from obstore.store import S3Store

    inner = free_port()
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(inner)]
    with _running(words, inner, folder / "s3.log"), tls_in_front(inner, certificate, at=0) as port:
        bucket = urllib.request.Request(f"http://127.0.0.1:{inner}/documents", method="PUT")
        urllib.request.urlopen(bucket, timeout=10).close()
        store = S3Store(
            "documents", endpoint=f"http://127.0.0.1:{inner}", region="us-east-1", skip_signature=True,
            virtual_hosted_style_request=False, client_options={"allow_http": True},
        )  # fmt: skip
        for number in range(30):
            put(store, f"claims/{number}", b"x" * 500)
        yield port


@contextmanager
def kafka_tls(certificate: Certificate, folder: Path) -> Iterator[int]:
    """Yield the port of a broker with records, behind TLS; the address that it tells its clients is that port."""
    outer = free_port()
    with tansu(folder, advertised=f"tcp://127.0.0.1:{outer}") as address:
        inner = int(address.rpartition(":")[2])
        with tls_in_front(inner, certificate, at=outer) as port:
            trusting = {"security.protocol": "SSL", "enable.ssl.certificate.verification": False}
            fill(f"127.0.0.1:{port}", "claims", partitions=1, records=50, apart=60, **trusting)
            yield port
