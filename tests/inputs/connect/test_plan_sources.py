"""What would be sent is known, bounded and permitted before anything is."""

from __future__ import annotations

import pytest
from measuring import SMALL, configured, plan_one
from msgspec.structs import replace

from poc_gate.errors import UsageError
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.presets import PRESETS, find_preset
from poc_gate.inputs.connect.interface import Limits, connectors, find_connector
from poc_gate.inputs.connect.local_config import Binding, LocalConfig
from poc_gate.inputs.connect.results.sources_text import plan_lines
from poc_gate.inputs.connect.run.plan_sources import plan_source, unusable_trust

_RATES = {"table": "t", "key": "k"}


def _remote(**options: str) -> Declaration:
    return Declaration(
        "db", "postgresql", url="postgresql://reader@db.example.org/app", options={**_RATES, **options}
    )


@pytest.mark.parametrize("environment", ["prod", "production", "PROD", "live", ""])
def test_production_and_what_may_be_production_needs_permission(environment):
    declared = _remote(environment=environment) if environment else _remote()
    refused = plan_one(declared)
    assert refused.state == "refused"
    assert "--allow-prod" in refused.reasons[0]
    assert plan_one(declared, allow_prod=True).state == "ready"


def test_a_stated_test_environment_is_enough():
    assert plan_one(_remote(environment="staging")).state == "ready"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_plan_stays_within_every_default_budget(preset):
    plan = plan_source(_remote(environment="test"), LocalConfig(), preset)
    assert plan.target.limits == Limits(rate=10, connections=4, bytes=256 * 10**6, wall=120, timeout=5)
    assert (plan.calls + plan.cold) / plan.target.limits.rate <= 120
    assert plan.most_bytes <= 256 * 10**6
    assert plan.calls == preset.calls


def test_what_the_owner_tolerates_and_the_caller_asks_only_lower_the_rate():
    declared = Declaration(
        "db", "postgresql", url="postgresql://localhost/app", options=_RATES, tolerated_rate=2.0
    )
    plan = plan_source(declared, LocalConfig(), find_preset("standard"), rate=50.0)
    assert plan.target.limits.rate == 2.0
    assert plan.calls + plan.cold <= 2.0 * 120
    slower = plan_source(_remote(environment="test"), LocalConfig(), find_preset("quick"), rate=0.5)
    assert slower.target.limits.rate == 0.5


@pytest.mark.parametrize(
    ("declared", "state", "word"),
    [
        (Declaration("x", "mainframe", url="vsam://h"), "gap", "no connector for the system"),
        (Declaration("x", "postgresql"), "gap", "add `url:`"),
        (Declaration("x", "postgresql", contract_place="host=db"), "gap", "never contacted"),
        (Declaration("x", "postgresql", url="postgresql://r:secret-canary@localhost/app"), "refused", "carries a password"),
        (Declaration("x", "postgresql", url="postgresql://r@localhost:x/app"), "refused", "cannot be read"),
        (Declaration("x", "postgresql", url="postgresql://r@localhost/app", options={"tabel": "t"}), "refused", "'tabel' is not known"),
        (Declaration("x", "redis", url="redis://localhost/abc"), "refused", "must be a number"),
        (Declaration("x", "rest", url="http://localhost/a?api_key=1"), "refused", "credential in its query"),
        (Declaration("x", "rest", url="http://localhost", options={"method": "POST"}), "refused", "GET or HEAD"),
        (Declaration("x", "rest", url="http://localhost", options={"paths": "//evil.org/x"}), "refused", "stay on the host"),
        (Declaration("x", "qdrant", url="http://localhost", options={"collection": "../admin"}), "refused", "name the collection"),
        (Declaration("x", "vllm", url="http://localhost/v1"), "refused", "name the model"),
        (Declaration("x", "kafka", url="kafka://localhost"), "refused", "name the topic"),
        (Declaration("x", "sqlite", url="sqlite:///no-such.db"), "refused", "is not a file"),
        (Declaration("x", "nfs", url="/no/such/folder"), "refused", "does not exist"),
        (Declaration("x", "pgvector", url="postgresql://localhost/a", options={"vector": "v"}), "refused", "needs `table`"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_with_the_next_step(declared, state, word):
    plan = plan_one(declared)
    assert plan.state == state
    assert word in " ".join(plan.reasons)
    assert "secret-canary" not in str(plan)
    assert "secret-canary" not in "\n".join(plan_lines([plan]))


def test_a_source_whose_manifest_holds_a_secret_is_refused_with_the_way_out():
    plan = plan_one(Declaration("x", "rest", literal_secret="url"))
    assert plan.state == "refused"
    assert "`url` in the manifest holds a secret itself" in plan.reasons[0]
    assert "credential: env:NAME" in plan.reasons[0]


def test_a_missing_driver_is_a_gap_with_the_install_line(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    plan = plan_one(Declaration("x", "kafka", url="kafka://localhost/t"))
    assert plan.state == "gap"
    assert "pip install 'poc-gate[kafka]'" in plan.reasons[0]


def test_a_source_without_a_query_is_measured_for_what_it_can_tell():
    plan = plan_one(Declaration("x", "postgresql", url="postgresql://r@localhost/app"))
    assert plan.state == "ready"
    assert plan.calls == 0
    assert "probe: {table:" in "\n".join(plan_lines([plan]))


def test_a_plan_shows_host_budget_and_locks():
    text = "\n".join(plan_lines([plan_one(_remote(environment="test"), configured())]))
    for part in (
        "db.example.org:5432",
        'select * from "t" where "k" = :key',
        "at most",
        "lock 3",
        "credential none",
    ):
        assert part in text


def test_an_unknown_preset_names_the_others():
    with pytest.raises(UsageError, match="quick, standard, soak"):
        find_preset("huge")


@pytest.mark.parametrize("connector", connectors(), ids=lambda one: one.name)
def test_every_connector_keeps_the_contract(connector):
    """Has a summary, systems of its own, three different locks, documented options, a page in the docs."""
    from pathlib import Path

    assert connector.summary
    assert len(set(connector.locks)) == 3
    assert all(find_connector(system, "") is connector for system in connector.systems)
    assert all(option.meaning for option in connector.options)
    assert bool(connector.extra) == bool(connector.modules)
    if connector.extra:
        import tomllib

        project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
        assert connector.extra in project["project"]["optional-dependencies"]
    page = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")
    assert f"`{connector.name}`" in page


@pytest.mark.parametrize("system", ["nfs", "parquet", "sqlite", "duckdb"])
@pytest.mark.parametrize("path", ["/tmp/" + "x" * 300, "x" * 300, "a/" * 3000, "/tmp/a\0b"])
def test_a_path_that_no_file_can_have_refuses_its_source_alone(system: str, path: str) -> None:
    options = {"environment": "test", "query": "select 1", "table": "t", "key": "k"}
    plan = plan_one(
        Declaration("a", system, url=path, options=options if system in ("sqlite", "duckdb") else {})
    )
    assert plan.state == "refused"
    assert any("does not exist" in reason or "is not a file" in reason for reason in plan.reasons)


def test_what_an_address_names_is_what_is_dialled():
    declared = Declaration(
        "db",
        "postgresql",
        url="postgresql://reader@DB.example.org:6543/app",
        options={**_RATES, "environment": "test"},
    )
    plan = plan_one(declared)
    assert (plan.target.host, plan.target.port, plan.target.path, plan.hosts) == (
        "db.example.org",
        6543,
        "/app",
        (("db.example.org", 6543),),
    )
    assert (plan.target.option("user"), plan.target.url) == ("reader", "postgresql://DB.example.org:6543/app")
    nobody = plan_one(
        Declaration("db", "postgresql", url="postgresql://localhost/app", options={**_RATES, "user": "probe"})
    )
    assert (nobody.target.option("user"), nobody.target.port) == ("probe", 0)
    assert plan_one(Declaration("x", "postgresql", url="postgresql://r@localhost:x/app")).target.port == 0


def test_a_credential_goes_along_only_where_something_is_dialled(tmp_path):
    bound = configured(bindings=(Binding("env:DB", ("localhost",)),))
    remote = Declaration(
        "db", "postgresql", url="postgresql://r@localhost/app", options=_RATES, credential="env:DB"
    )
    plan = plan_one(remote, bound)
    assert (plan.state, plan.credential, plan.bindings) == ("ready", "env:DB", bound.bindings)
    assert plan_one(remote).state == "refused"
    local = plan_one(Declaration("f", "nfs", url=str(tmp_path), credential="env:DB"), bound)
    assert (local.state, local.credential, local.bindings) == ("ready", "", ())


def test_permission_for_production_is_never_the_default():
    assert plan_source(_remote(environment="prod"), LocalConfig(), SMALL).state == "refused"


@pytest.mark.parametrize(
    ("system", "url", "named"),
    [("mainframe", "vsam://h", "mainframe"), ("", "vsam://h", "vsam://h"), ("", "", "that is not named")],
)
def test_a_system_without_connector_is_named(system, url, named):
    assert (
        plan_one(Declaration("x", system, url=url))
        .reasons[0]
        .startswith(f"no connector for the system {named!r}; there are: ")
    )


def test_files_are_read_where_they_are_and_parquet_as_such(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.parquet").write_bytes(b"")

    def planned(url: str, folder: str = "") -> tuple[str, str]:
        plan = plan_one(Declaration("f", "nfs", url=url, folder=folder))
        assert plan.connector is not None
        return plan.connector.name, plan.target.path

    data = str(tmp_path / "data")
    assert planned(data) == ("files", data)
    assert planned(f"file://{data}") == ("files", data)
    assert planned("data", str(tmp_path)) == ("files", data)
    assert planned("file:///data", str(tmp_path)) == ("files", data)
    assert planned(f"{data}/a.parquet") == ("parquet", f"{data}/a.parquet")
    remote = plan_one(Declaration("o", "s3", url="s3://bucket/a.parquet"))
    assert remote.connector is not None
    assert remote.connector.name == "s3"


def test_where_production_may_be_is_said_as_it_was_stated():
    assert plan_one(_remote(environment="prod")).reasons == (
        "the environment is prod: --allow-prod permits it",
    )
    assert (
        plan_one(_remote())
        .reasons[0]
        .startswith("the environment is not stated: add `probe: {environment: test}`")
    )
    brokers = {"topic": "t", "brokers": "localhost:9092,db.example.org:9092"}
    mixed = plan_one(
        Declaration("k", "kafka", url="kafka://localhost:9092,db.example.org:9092", options=brokers)
    )
    assert mixed.environment == ""


def test_a_file_of_trusted_certificates_that_cannot_be_used_is_refused(tmp_path):
    empty = tmp_path / "ca.pem"
    empty.write_text("nothing\n")
    assert unusable_trust("") == ""
    assert (
        unusable_trust(str(empty))
        == f"the file of trusted certificates {empty} contains no certificate in PEM: correct [[tls]] ca in poc-gate.sources.toml"
    )
    gone = tmp_path / "gone.pem"
    assert unusable_trust(str(gone)).startswith(
        f"the file of trusted certificates {gone} No such file or directory: correct "
    )


def test_a_credential_that_would_go_in_the_clear_is_refused_when_planned():
    clear = Declaration("r", "redis", url="redis://db.example.org/0", options={"environment": "test"})
    assert plan_one(clear).state == "ready"
    bound = configured(bindings=(Binding("env:DB", ("db.example.org",)),))
    refused = plan_one(replace(clear, credential="env:DB"), bound)
    assert refused.state == "refused"
    assert "rediss" in refused.reasons[0]


def test_a_binding_that_is_missing_or_withheld_is_named():
    declared = Declaration(
        "db", "postgresql", url="postgresql://r@localhost/app", options=_RATES, credential="env:DB"
    )
    lines = '[[credentials]] reference = "env:DB" hosts = ["localhost"] in poc-gate.sources.toml'
    assert plan_one(declared).reasons == (f"env:DB is not bound to localhost: add {lines}",)
    held = replace(configured(), withheld="move {} to your own folder")
    assert plan_one(declared, held).reasons == (
        f"env:DB is not bound to localhost: move {lines} to your own folder",
    )
