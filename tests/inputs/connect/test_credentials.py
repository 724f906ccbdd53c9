"""A planted secret never surfaces, and goes to no host that the local configuration does not name."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import threading
from typing import ClassVar
from urllib.parse import quote

import pytest
from measuring import configured, measure_file, measure_one, plan_one
from own_servers import DelayServer, JsonHandler, serving
from sources_runs import PROGRAM, SENT, binding, environment, write_budget, write_manifest

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.connect.credentials import resolve_credential
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.interface import RefusedError
from poc_gate.inputs.connect.local_config import Binding, LocalConfig, read_local_config
from poc_gate.inputs.connect.results.sources_file import write_sources
from poc_gate.text.secrets.scrub import Scrubber

CANARY = "canary/S3cr&t+Zq8-plant"
SPELLINGS = (
    CANARY,
    quote(CANARY, safe=""),
    base64.b64encode(CANARY.encode()).decode(),
    CANARY.encode().hex(),
)


def test_a_canary_is_scrubbed_in_every_spelling():
    scrubber = Scrubber([CANARY])
    for spelling in SPELLINGS:
        assert spelling not in scrubber.scrub(f"failed: {spelling} was refused")


@pytest.mark.parametrize(
    "text",
    [
        "connect to postgresql://reader:hunter2-canary@db/app failed",
        "GET https://api.example.org/x?token=hunter2-canary failed",
        "Authorization: Bearer hunter2-canary",
        "password='hunter2-canary'",
        'api_key="hunter2-canary"',
        "X-Amz-Signature=hunter2-canary&x=1",
    ],
)
def test_a_canary_nobody_told_of_is_scrubbed_where_it_is_named_as_one(text):
    assert "hunter2-canary" not in Scrubber().scrub(text)


def test_a_canary_does_not_surface_when_connecting_fails(monkeypatch, capfd):
    monkeypatch.setenv("POC_CANARY", CANARY)
    config = configured(timeout=1.0, bindings=(Binding("env:POC_CANARY", ("127.0.0.1",), "reader"),))
    for system, url in (
        ("postgresql", "postgresql://127.0.0.1:1/app"),
        ("mysql", "mysql://127.0.0.1:1/app"),
        ("redis", "redis://127.0.0.1:1/0"),
        ("rest", "http://127.0.0.1:1/x"),
    ):
        declared = Declaration(
            "x",
            system,
            url=url,
            credential="env:POC_CANARY",
            options={"table": "t", "key": "k"} if "sql" in system else {},
        )
        content = write_sources(measure_file(declared, config)).decode()
        assert '"not-measured"' in content
        assert not any(spelling in content for spelling in SPELLINGS)
    out, err = capfd.readouterr()
    assert not any(spelling in out + err for spelling in SPELLINGS)


def test_a_canary_that_a_server_echoes_does_not_reach_the_file(monkeypatch, delays):
    monkeypatch.setenv("POC_CANARY", CANARY)
    delays.start("failing")
    config = configured(bindings=(Binding("env:POC_CANARY", ("127.0.0.1",)),))
    declared = Declaration(
        "x", "rest", url=f"http://127.0.0.1:{delays.port}/{quote(CANARY)}", credential="env:POC_CANARY"
    )
    content = write_sources(measure_file(declared, config)).decode()
    assert any(CANARY in str(headers) for headers in delays.truth()["headers"]), (
        "the secret was really sent to its host"
    )
    assert not any(spelling in content for spelling in SPELLINGS)


def test_a_canary_in_the_environment_and_manifest_stays_out_of_the_command_line(tmp_path, delays):
    delays.start("failing")
    write_manifest(
        tmp_path,
        f"{{id: rates, system: rest, url: 'http://127.0.0.1:{delays.port}/x', credential: env:POC_CANARY}}",
        "{id: moved, system: rest, url: 'https://elsewhere.example.org/x', credential: env:POC_CANARY,"
        " probe: {environment: test}}",
    )
    write_budget(tmp_path, binding("env:POC_CANARY"))
    done = subprocess.run(
        [*PROGRAM, *SENT],
        cwd=tmp_path,
        capture_output=True,
        env=environment(POC_CANARY=CANARY),
        timeout=60,
        check=False,
    )
    everything = done.stdout + done.stderr + (tmp_path / "out.json").read_bytes()
    assert done.returncode == 4, done.stderr
    assert not any(spelling.encode() in everything for spelling in SPELLINGS)
    states = {
        source["id"]: source["state"]
        for source in json.loads((tmp_path / "out.json").read_bytes())["sources"]
    }
    assert states == {"rates": "not-measured", "moved": "refused"}


def test_a_redirect_is_not_followed_and_gets_no_credential(monkeypatch, delays):
    monkeypatch.setenv("POC_CANARY", CANARY)
    delays.start("fixed:1")
    with DelayServer("fixed:1") as other:
        config = configured(bindings=(Binding("env:POC_CANARY", (f"127.0.0.1:{delays.port}",)),))
        declared = Declaration(
            "x", "rest", url=f"http://127.0.0.1:{delays.port}/redirect", credential="env:POC_CANARY"
        )
        report = measure_one(declared, config)
        assert other.truth()["headers"] == []
    assert report.state == "not-measured"
    assert "redirects are not followed" in report.reason


def test_an_imported_host_gets_nothing(monkeypatch):
    """The credential is bound to one host; a manifest or contract that names another gets a refusal."""
    monkeypatch.setenv("POC_CANARY", CANARY)
    config = configured(bindings=(Binding("env:POC_CANARY", ("db.internal", "*.data.internal")),))
    for host in ("evil.example.org", "db.internal.evil.org", "data.internal.evil.org"):
        declared = Declaration(
            "x", "postgresql", url=f"postgresql://r@{host}/d", credential="env:POC_CANARY",
            options={"table": "t", "key": "k", "environment": "test"},
        )  # fmt: skip
        plan = plan_one(declared, config)
        assert plan.state == "refused"
        assert f"not bound to {host}" in plan.reasons[0]
        assert CANARY not in str(plan)
    bound = Declaration(
        "x", "postgresql", url="postgresql://r@a.data.internal/d", credential="env:POC_CANARY",
        options={"table": "t", "key": "k", "environment": "test"},
    )  # fmt: skip
    assert plan_one(bound, config).state == "ready"


def test_every_kafka_broker_must_be_bound():
    config = configured(bindings=(Binding("env:POC_CANARY", ("a.internal",), "u"),))
    declared = Declaration(
        "x", "kafka", url="kafka://a.internal/t", credential="env:POC_CANARY",
        options={"brokers": "a.internal:9092,b.evil.org:9092", "environment": "test"},
    )  # fmt: skip
    assert "not bound to b.evil.org" in plan_one(declared, config).reasons[0]


def test_an_address_as_credential_must_be_on_the_same_host(monkeypatch):
    config = LocalConfig((Binding("env:POC_DSN", ("db.internal",)),))
    dsn = {"POC_DSN": f"postgresql://reader:{quote(CANARY, safe='')}@db.internal/app"}
    secret = resolve_credential("env:POC_DSN", "db.internal", 5432, config, Scrubber(), dsn)
    assert (secret.user, secret.text) == ("reader", CANARY)
    assert CANARY not in repr(secret)
    with pytest.raises(RefusedError, match="another host"):
        resolve_credential(
            "env:POC_DSN",
            "db.internal",
            5432,
            config,
            Scrubber(),
            {"POC_DSN": "postgresql://r:pppp@evil/app"},
        )


def test_files_and_commands_give_credentials_only_when_bound(tmp_path):
    (tmp_path / "secret").write_text(CANARY + "\n", encoding="utf-8")
    for reference in (f"file:{tmp_path}/secret", f"cmd:cat {tmp_path}/secret"):
        bound = LocalConfig((Binding(reference, ("h",)),))
        assert resolve_credential(reference, "h", 1, bound, Scrubber()).text == CANARY
        with pytest.raises(RefusedError, match="not bound"):
            resolve_credential(reference, "h", 1, LocalConfig(), Scrubber())
    marker = tmp_path / "ran"
    with pytest.raises(RefusedError):
        resolve_credential(f"cmd:touch {marker}", "h", 1, LocalConfig(), Scrubber())
    assert not marker.exists(), "a command that nobody bound must never run"


def test_the_local_configuration_tells_all_its_faults():
    content = b"""
other = 1
[budget]
rate = "10 GiB"
lanes = 4
[[credentials]]
reference = "hunter2-canary"
hosts = ["*"]
[[credentials]]
reference = "env:X"
hosts = []
colour = "red"
"""
    with pytest.raises(InvalidInputError) as caught:
        read_local_config(content, "poc-gate.sources.toml")
    text = str(caught.value)
    for part in (
        "key other",
        "budget.rate",
        "budget.lanes",
        "env:NAME",
        "pattern *",
        "at least one host",
        "colour",
    ):
        assert part in text


def test_the_local_configuration_sets_budgets():
    config = read_local_config(
        b'[budget]\nrate = "2 req/s"\nbytes = "1 MiB"\nconnections = 2\n', "poc-gate.sources.toml"
    )
    assert (config.limits.rate, config.limits.bytes, config.limits.connections) == (2.0, 1 << 20, 2)


class _Listening(JsonHandler):
    """Keeps the headers of every call and finds nothing."""

    heard: ClassVar[list[str]] = []

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """Answer a GET."""
        self.heard.append(str(self.headers))
        self.answer({}, 404)


def test_an_ambient_canary_of_the_cloud_goes_nowhere(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"):
        monkeypatch.setenv(name, "ambient-canary")
    monkeypatch.setenv("POC_S3", "bound-secret")
    with serving(_Listening) as port:
        options = {"endpoint": f"http://127.0.0.1:{port}"}
        config = configured(bindings=(Binding("env:POC_S3", ("127.0.0.1",), "bound-user"),))
        for credential in ("", "env:POC_S3"):
            measure_one(
                Declaration("x", "s3", url="s3://b/p", options=options, credential=credential), config
            )
    heard = " ".join(_Listening.heard)
    assert "bound-user" in heard
    assert "ambient-canary" not in heard


def test_an_ambient_canary_of_postgres_goes_nowhere(monkeypatch):
    """A server that asks for a password in clear gets none, whatever the environment holds."""
    monkeypatch.setenv("PGPASSWORD", "ambient-canary")
    heard: list[bytes] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        thread = threading.Thread(target=_ask_for_password, args=(server, heard), daemon=True)
        thread.start()
        port = server.getsockname()[1]
        declared = Declaration(
            "x", "postgresql", url=f"postgresql://r@127.0.0.1:{port}/d", options={"table": "t", "key": "k"}
        )
        report = measure_one(declared, configured(timeout=2.0))
        thread.join(10)
    assert report.state == "not-measured"
    assert heard, "the server was really asked"
    assert not any(b"ambient-canary" in words for words in heard)


def _ask_for_password(server: socket.socket, heard: list[bytes]) -> None:
    """Speak PostgreSQL up to the request for a clear-text password, and keep what comes then."""
    for _ in range(2):
        connection, _ = server.accept()
        with connection:
            connection.settimeout(5)
            words = connection.recv(4096)
            while words[4:8] in {b"\x04\xd2\x16/", b"\x04\xd2\x160"}:  # it asks for encryption first
                connection.sendall(b"N")
                words = connection.recv(4096)
            heard.append(words)
            connection.sendall(b"R\x00\x00\x00\x08\x00\x00\x00\x03")
            heard.append(connection.recv(4096))
        if len(heard) >= 2:
            return


def test_a_credential_is_not_sent_in_clear_over_a_network():
    config = configured(bindings=(Binding("env:X", ("*.example.org",), "u"),))
    for system, url in (
        ("redis", "redis://a.example.org/0"),
        ("mysql", "mysql://a.example.org/d"),
        ("rest", "http://a.example.org/x"),
        ("qdrant", "http://a.example.org/x"),
    ):
        options = {"environment": "test", **({"table": "t", "key": "k"} if system == "mysql" else {})}
        plan = plan_one(Declaration("x", system, url=url, credential="env:X", options=options), config)
        assert plan.state == "refused"
        assert "without encryption" in " ".join(plan.reasons)


def test_a_credential_file_without_end_is_refused():
    config = LocalConfig((Binding("file:/dev/zero", ("db",)),))
    with pytest.raises(RefusedError, match="holds more than 65,536 characters"):
        resolve_credential("file:/dev/zero", "db", 1, config, Scrubber())


def test_a_local_configuration_nested_without_end_is_told():
    with pytest.raises(InvalidInputError, match="nested too deeply"):
        read_local_config(b"a = " + b"[" * 50_000, "x.toml")


def test_an_object_store_is_dialled_at_its_endpoint_alone():
    """An address of a host would be taken as the name of a bucket, and Amazon's servers be asked."""
    declared = Declaration("x", "s3", url="http://127.0.0.1:9000/bucket", options={"environment": "test"})
    plan = plan_one(declared, configured())
    assert plan.state == "refused"
    assert "the address must be s3://BUCKET/prefix" in plan.reasons[0]
