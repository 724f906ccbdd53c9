"""TLS against real servers: verified with a named CA, refused in named states without, never switched off in silence."""

from __future__ import annotations

import pytest
from measuring import SMALL, configured, measure_one, plan_one, value_of
from own_ca import Authority
from own_servers import free_port
from tls_servers import https, kafka_tls, mariadb_tls, postgres_tls, redis_tls, s3_tls

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.failure_words import tls_state
from poc_gate.inputs.connect.local_config import Binding, LocalConfig, Trust, read_local_config
from poc_gate.inputs.connect.measure_sources import RunOptions, measure_sources
from poc_gate.inputs.connect.results.sources_text import plan_lines

SECRET = "canary-tls-7QJX2"
_LOOKUP = {"table": "claims", "key": "id"}
SERVERS = {
    "https": (https, "rest", "https://127.0.0.1:{port}/x", {}),
    "postgres": (postgres_tls, "postgresql", "postgresql://reader@127.0.0.1:{port}/postgres", {"sslmode": "verify-full", **_LOOKUP}),
    "mariadb": (mariadb_tls, "mariadb", "mysql://reader@127.0.0.1:{port}/app", {"tls": "yes", **_LOOKUP}),
    "redis": (redis_tls, "redis", "rediss://127.0.0.1:{port}/0", {}),
    "s3": (s3_tls, "s3", "s3://documents/claims", {"endpoint": "https://127.0.0.1:{port}"}),
    "kafka": (kafka_tls, "kafka", "kafka://127.0.0.1:{port}/claims", {"security": "SSL"}),
}  # fmt: skip
_WITH_PASSWORD = {"https", "postgres", "mariadb", "redis", "s3"}
_TELL_NO_REASON = {"postgres", "kafka"}
"""libpq and librdkafka say that a certificate was refused, not why."""
_NEEDS_PROGRAMS = {"postgres", "mariadb", "redis"}
EVERY = [
    pytest.param(name, marks=[pytest.mark.servers] if name in _NEEDS_PROGRAMS else []) for name in SERVERS
]


def _declared(name: str, port: int, **more: str) -> Declaration:
    _, system, url, options = SERVERS[name]
    return Declaration(
        "x",
        system,
        url=url.format(port=port),
        credential="env:POC_TLS" if name in _WITH_PASSWORD else "",
        options={key: text.format(port=port) for key, text in {**options, **more}.items()},
    )


def _config(ca: str = "", user: str = "reader") -> LocalConfig:
    trusts = (Trust(("127.0.0.1",), ca),) if ca else ()
    base = configured(rate=60, timeout=3.0, bindings=(Binding("env:POC_TLS", ("127.0.0.1",), user),))
    return LocalConfig(base.bindings, trusts, base.limits)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def secret(monkeypatch):
    monkeypatch.setenv("POC_TLS", SECRET)


@pytest.mark.parametrize("name", EVERY)
def test_a_server_is_verified_by_the_named_ca_and_refused_without_it(name, authority, secret, tmp_path):
    with SERVERS[name][0](authority.certificate(f"good-{name}"), tmp_path) as port:
        user = "" if name == "redis" else "reader"
        trusted = measure_one(_declared(name, port), _config(str(authority.pem), user))
        assert trusted.state in {"measured", "stopped"}, trusted.reason
        assert (value_of(trusted, "p50") or 0) > 0, trusted
        assert "server verified" in trusted.server["encryption"]
        alone = measure_one(_declared(name, port), _config())
        assert alone.state == "not-measured"
        assert alone.reason.startswith(("certificate-untrusted: ", "certificate-refused: ")), alone.reason
        assert alone.reason.startswith("certificate-refused") == (name in _TELL_NO_REASON)
        assert "[[tls]]" in alone.reason
        assert SECRET not in alone.reason


@pytest.mark.parametrize("name", ["https", pytest.param("postgres", marks=pytest.mark.servers),
                                  pytest.param("redis", marks=pytest.mark.servers), "kafka", "s3"])  # fmt: skip
@pytest.mark.parametrize("fault", ["certificate-wrong-name", "certificate-expired"])
def test_a_bad_certificate_is_a_named_state_with_the_next_step(name, fault, authority, secret, tmp_path):
    bad = authority.certificate(
        f"{fault}-{name}",
        name="other.example.org" if fault == "certificate-wrong-name" else "127.0.0.1",
        expired=fault == "certificate-expired",
    )
    with SERVERS[name][0](bad, tmp_path) as port:
        report = measure_one(_declared(name, port), _config(str(authority.pem)))
    assert report.state == "not-measured"
    told = (f"{fault}: ", "certificate-refused: ") if name in _TELL_NO_REASON else f"{fault}: "
    assert report.reason.startswith(told), report.reason
    assert " -> " in report.reason


@pytest.mark.servers
def test_postgres_without_verification_is_said(authority, secret, tmp_path):
    with postgres_tls(authority.certificate("require"), tmp_path) as port:
        report = measure_one(_declared("postgres", port, sslmode="require"), _config())
    assert report.state in {"measured", "stopped"}, report.reason
    assert report.server["encryption"] == "TLS, server not verified (sslmode require)"


@pytest.mark.servers
def test_a_server_without_tls_is_told_and_gets_no_password(postgres, mariadb, vectors, secret):
    for name, port in (("postgres", postgres.port), ("mariadb", mariadb.port), ("https", vectors.port)):
        report = measure_one(_declared(name, port), _config())
        assert report.state == "not-measured"
        assert report.reason.startswith("tls-not-spoken: "), (name, report.reason)


def test_over_a_network_postgres_is_verified_unless_something_else_is_stated():
    options = {**_LOOKUP, "environment": "test"}
    config = LocalConfig((Binding("env:POC_TLS", ("db.example.org",), "reader"),))

    def reasons(**more: str) -> str:
        declared = Declaration(
            "x", "postgresql", url="postgresql://r@db.example.org/app", credential="env:POC_TLS", options={**options, **more}
        )  # fmt: skip
        return " ".join(plan_one(declared, config).reasons)

    assert reasons() == ""
    assert reasons(sslmode="require") == ""
    for weak in ("disable", "allow", "prefer"):
        assert "not sent without encryption" in reasons(sslmode=weak)
    assert "must be one of disable" in reasons(sslmode="none")


def test_the_ca_comes_from_the_local_configuration_alone(authority, tmp_path):
    """A manifest must not be able to say whom to trust: it could name who listens in."""
    plan = plan_one(_declared("https", free_port(), ca=str(authority.pem)), _config())
    assert "'ca' is not known" in " ".join(plan.reasons)
    plan = plan_one(_declared("https", free_port()), _config(str(authority.pem)))
    assert f"trusts     the certificates in {authority.pem}, no others" in "\n".join(plan_lines([plan]))
    for content in (None, b"no certificate"):
        path = tmp_path / "ca.pem"
        if content:
            path.write_bytes(content)
        plan = plan_one(_declared("https", free_port()), _config(str(path)))
        assert plan.state == "refused"
        assert "correct [[tls]] ca" in " ".join(plan.reasons)


@pytest.mark.parametrize("content", [None, b""])
@pytest.mark.parametrize("name", SERVERS)
def test_a_ca_that_is_emptied_or_removed_after_the_plan_is_a_named_state(
    name, content, authority, secret, tmp_path
):
    ca = tmp_path / "ca.pem"
    ca.write_bytes(authority.pem.read_bytes())
    declared, config = _declared(name, free_port()), _config(str(ca), "" if name == "redis" else "reader")
    plan = plan_one(declared, config)
    assert plan.state == "ready", plan.reasons
    ca.unlink() if content is None else ca.write_bytes(content)
    options = RunOptions(SMALL, config, now="2026-11-23T10:00:00+00:00")
    report = measure_sources([plan], [declared], options, tell=lambda _what, _share: None)[0].sources[0]
    assert report.state == "not-measured"
    assert report.reason.startswith("certificate-file-unusable: "), report.reason


def test_the_local_configuration_reads_whom_to_trust():
    config = read_local_config(
        b'[[tls]]\nhosts = ["*.Internal", "db:5433"]\nca = "file:/etc/ssl/x.pem"\n', "poc-gate.sources.toml"
    )
    assert config.trusts == (Trust(("*.internal", "db:5433"), "/etc/ssl/x.pem"),)
    with pytest.raises(InvalidInputError) as caught:
        read_local_config(b"[[tls]]\nhosts = []\nverify = false\n", "poc-gate.sources.toml")
    for part in ("unknown key verify", "at least one host", "ca must be the path"):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)", "certificate-expired"),
        ("certificate verify failed: Hostname mismatch, certificate is not valid for 'a'", "certificate-wrong-name"),
        ('server certificate for "a" does not match host name "b"', "certificate-wrong-name"),
        ("certificate verify failed: unable to get local issuer certificate", "certificate-untrusted"),
        ("SSL error: certificate verify failed", "certificate-refused"),
        ("invalid peer certificate: UnknownIssuer", "certificate-untrusted"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", "tls-not-spoken"),
        ("No certificates found in `root_certificate` input", "certificate-file-unusable"),
        ("connection refused", ""),
        ("unknown column 'certificate' in field list", ""),
    ],
)  # fmt: skip
def test_drivers_words_are_recognised(words, state):
    assert tls_state(words) == state
