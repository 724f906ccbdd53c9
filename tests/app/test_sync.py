"""A manifest falls behind its repository: each difference is named with both places, and what people wrote stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from forked_command import run_command

from poc_gate.app.gate.drift_findings import drift_findings
from poc_gate.app.inspect.drift import Sync, compare_with_repository
from poc_gate.app.inspect.show_drift import sync_json, sync_text
from poc_gate.errors import UsageError
from poc_gate.inputs.repository.reading import Certainty

CODE = """\
import redis
from langchain_openai import ChatOpenAI
from langchain.agents import create_agent
from langchain_core.tools import tool

cache = redis.Redis(host="cache")
model = ChatOpenAI(model="{model}", max_tokens=800)


@tool
def refund_order(order: str) -> str:
    \"\"\"Refund.\"\"\"
    return "done"


agent = create_agent(model, tools=[refund_order])
"""
MANIFEST = """\
apiVersion: poc-gate/v1
pilot: {name: shop, uses: [llm, agent]}
model: {name: gpt-4o-mini, hosting: hosted}
agent: {tools: [refund_order]}
security: {output_cap: 800 tok, egress: [{name: api.openai.com}]}
sources:
  - id: session-cache
    system: redis
"""


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(CODE.format(model="gpt-4o-mini"))
    (tmp_path / "pilot.yaml").write_text(MANIFEST)
    return tmp_path


def test_a_manifest_that_says_what_the_code_says_is_in_step(pilot: Path) -> None:
    found = compare_with_repository(pilot)
    assert found.drifts == ()
    assert found.compared >= 4


def test_a_model_changed_in_code_is_named_with_both_places(pilot: Path) -> None:
    (pilot / "app.py").write_text(CODE.format(model="gpt-4.1"))
    (drift,) = compare_with_repository(pilot).drifts
    assert (drift.kind, drift.subject, drift.stated, drift.found) == (
        "changed",
        "model.name",
        "gpt-4o-mini",
        "gpt-4.1",
    )
    assert drift.stated_at.line == 3
    assert str(drift.found_at) == "app.py:7:26"


def test_a_new_source_tool_and_destination_are_differences(pilot: Path) -> None:
    more = (
        'import psycopg\nimport httpx\n\n\n@tool\ndef send_mail(to: str) -> str:\n    """Send."""\n'
        "    httpx.post('https://mail.partner.io/v1')\n    return ''\n\n\ndb = psycopg.connect('postgresql://db/x')\n"
    )
    (pilot / "app.py").write_text(CODE.format(model="gpt-4o-mini") + more)
    kinds = {(drift.kind, drift.found) for drift in compare_with_repository(pilot).drifts}
    assert kinds == {
        ("new-source", "postgresql"),
        ("new-destination", "mail.partner.io"),
        ("added", "send_mail"),
    }


def test_the_command_exits_with_its_own_code_and_writes_nothing(pilot: Path) -> None:
    (pilot / "app.py").write_text(CODE.format(model="gpt-4.1"))
    before = (pilot / "pilot.yaml").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "poc_gate", "sync", str(pilot), "--format", "json", "-q"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 13, done.stderr
    assert json.loads(done.stdout)["differences"][0]["subject"] == "model.name"
    assert (pilot / "pilot.yaml").read_bytes() == before


def _git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def test_a_change_that_leaves_the_manifest_behind_is_a_regression(pilot: Path) -> None:
    (pilot / ".gitignore").write_text("out.json\n")
    _git(pilot, "init", "-q", "-b", "main")
    _git(pilot, "add", "-A")
    _git(pilot, "commit", "-qm", "first")
    command = ["assess", str(pilot), "--machine", "l4-24gb", "--base-ref", "main", "--ratchet", "--repository", str(pilot), "--quiet"]  # fmt: skip
    alike = run_command(command)
    assert "X09" not in alike.stderr
    (pilot / "app.py").write_text(CODE.format(model="gpt-4.1") + "\nimport psycopg\n\npsycopg.connect('x')\n")
    moved = run_command(command)
    lines = [line for line in moved.stderr.splitlines() if "X09-matches-repository" in line]
    assert any("app.py:7" in line and "model.name is gpt-4o-mini; the repository says gpt-4.1" in line and "pilot.yaml:3" in line for line in lines)  # fmt: skip
    assert any("source postgresql is not listed" in line for line in lines)
    assert (
        moved.returncode == alike.returncode == 11
    )  # the verdict comes first: this manifest proves too little


def test_what_the_change_does_not_touch_is_nobodys_regression(pilot: Path) -> None:
    (pilot / "app.py").write_text(CODE.format(model="gpt-4.1"))
    _git(pilot, "init", "-q", "-b", "main")
    _git(pilot, "add", "-A")
    _git(pilot, "commit", "-qm", "apart already")
    (pilot / "notes.md").write_text("Nothing of the model.\n")
    assert drift_findings(pilot / "pilot.yaml", pilot, "main") == ()
    assert [one.subject for one in drift_findings(pilot / "pilot.yaml", pilot, "")] == ["model.name"]


def test_a_repository_without_history_cannot_be_compared_with_a_base(pilot: Path) -> None:
    with pytest.raises(UsageError, match="no git repository"):
        drift_findings(pilot / "pilot.yaml", pilot, "main")


STRANGER = {
    "requirements.txt": "openai==1.2\nqdrant-client==1.9\nlangchain-core==0.3\nfastapi==0.1\n",
    "app/main.py": (
        "from fastapi import FastAPI\nfrom langchain_core.tools import tool\nfrom openai import OpenAI\nfrom qdrant_client import QdrantClient\n\n"
        "app, client, store = FastAPI(), OpenAI(), QdrantClient(url='http://qdrant:6333')\n\n\n@tool\ndef search_orders(query: str):\n    return store.query_points(query)\n\n\n"
        "def answer():\n    return client.chat.completions.create(model='gpt-4o-2024-08-06', messages=[], tools=[search_orders])\n"
    ),
    "k8s/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - {name: shop, image: 'registry.example.com/shop:1.4.2'}\n",
    "pilot.yaml": (
        "apiVersion: poc-gate/v1\npilot:\n  name: shop\nmodel:\n  name: gpt-4o-2024-08-06\nsources:\n  - id: qdrant\n    system: qdrant\n"
        "target:\n  replicas: 2\nagent:\n  tools: [search_orders]\nsecurity:\n  egress:\n    - name: api.openai.com\n"
    ),
}


@pytest.mark.parametrize(
    ("path", "old", "new", "stated", "found"),
    [
        ("app/main.py", "gpt-4o-2024-08-06", "gpt-4.1-2025-04-14", "pilot.yaml:5:9", "app/main.py:15:49"),
        ("k8s/deployment.yaml", "replicas: 2", "replicas: 5", "pilot.yaml:10:13", "k8s/deployment.yaml:5:13"),
        ("app/main.py", "def answer", "import redis\nredis.Redis()\n\n\ndef answer", "pilot.yaml:6:1", "app/main.py:15:1"),
        ("app/main.py", "def answer", "@tool\ndef cancel_order(order: str):\n    client.delete(order)\n\n\ndef answer", "pilot.yaml:12:10", "app/main.py:15:1"),
        ("app/main.py", "def answer", "import requests\nrequests.get('https://api.partner-co.io/v1')\n\n\ndef answer", "pilot.yaml:14:3", "app/main.py:15:1"),
    ],
    ids=["model", "replicas", "source", "tool", "destination"],
)  # fmt: skip
def test_each_kind_of_change_names_both_places(
    path: str, old: str, new: str, stated: str, found: str, tmp_path: Path
) -> None:
    for name, text in STRANGER.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert compare_with_repository(tmp_path / "pilot.yaml").drifts == ()
    changed = (tmp_path / path).read_text().replace(old, new)
    (tmp_path / path).write_text(changed)
    drifts = compare_with_repository(tmp_path / "pilot.yaml").drifts
    assert len(drifts) == 1
    assert str(drifts[0].stated_at).endswith(stated)
    assert str(drifts[0].found_at) == found


def test_lists_that_the_manifest_leaves_open_are_named(tmp_path: Path) -> None:
    for name, text in STRANGER.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    manifest = STRANGER["pilot.yaml"].partition("agent:")[0]
    (tmp_path / "pilot.yaml").write_text(manifest)
    sync = compare_with_repository(tmp_path / "pilot.yaml")
    assert sync.drifts == ()
    assert {one.subject: one.shown for one in sync.unsaid} == {
        "agent.tools": ("search_orders",),
        "security.egress": ("api.openai.com",),
    }
    assert "not compared: the manifest does not say agent.tools" in sync_text(sync)


def test_a_manifest_that_init_has_just_written_is_in_step(tmp_path: Path) -> None:
    """A source that files only suggest waits in a comment: it is named as not compared until somebody decides."""
    (tmp_path / "app.py").write_text(CODE.format(model="gpt-4o-mini"))
    (tmp_path / ".env.example").write_text("DATABASE_URL=postgresql://app@db.internal/app\n")
    written = run_command(["init", ".", "--defaults"], cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    manifest = tmp_path / "pilot.yaml"
    assert "# - id: postgresql" in manifest.read_text()
    sync = compare_with_repository(manifest)
    assert sync.drifts == ()
    assert "whether postgresql is a source" in {one.subject for one in sync.unsaid}
    manifest.write_text("".join(line for line in manifest.read_text().splitlines(keepends=True) if "postgresql" not in line))  # fmt: skip
    assert [drift.subject for drift in compare_with_repository(manifest).drifts] == ["postgresql"]


_CHARTS = {
    f"charts/{name}/{path}": text
    for name in ("bot", "desk")
    for path, text in (
        ("Chart.yaml", f"apiVersion: v2\nname: {name}\nversion: 0.1.0\n"),
        ("values.yaml", "replicas: 1\n"),
        ("templates/deployment.yaml", f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  replicas: {{{{ .Values.replicas }}}}\n  template:\n    spec:\n      containers:\n      - name: {name}\n        image: acme/{name}:1\n"),
    )
}  # fmt: skip


@pytest.fixture
def two_charts(pilot: Path) -> Path:
    """Both charts say one replica; then one of them says three, so that the reading no longer settles how many there are."""
    for name, text in _CHARTS.items():
        (pilot / name).parent.mkdir(parents=True, exist_ok=True)
        (pilot / name).write_text(text)
    return pilot


def _states(pilot: Path, line: str) -> Sync:
    (pilot / "pilot.yaml").write_text(f"{MANIFEST}target:\n{line}\n")
    return compare_with_repository(pilot)


def test_the_place_that_the_manifest_names_is_compared_whatever_the_rest_of_the_repository_says(two_charts: Path) -> None:  # fmt: skip
    line = "  replicas: 1  # from charts/desk/templates/deployment.yaml:6:13"
    assert _states(two_charts, line).drifts == ()
    (two_charts / "charts/desk/values.yaml").write_text("replicas: 3\n")
    found = _states(two_charts, line)
    (drift,) = found.drifts
    assert (drift.subject, drift.stated, drift.found) == ("target.replicas", "1", "3")
    assert drift.found_at.file == "charts/desk/templates/deployment.yaml"
    assert found.not_compared == ()
    above = "  # from charts/desk/templates/deployment.yaml:6:13\n  replicas: 1"
    assert len(_states(two_charts, above).drifts) == 1


@pytest.mark.parametrize("origin", ["", "  # from charts/bot/templates/deployment.yaml:6:13"])
def test_a_value_that_the_repository_leaves_open_is_named_as_not_compared(two_charts: Path, origin: str) -> None:  # fmt: skip
    (two_charts / "charts/desk/values.yaml").write_text("replicas: 3\n")
    found = _states(two_charts, f"  replicas: 1{origin}")
    assert found.drifts == ()
    assert "not compared: target.replicas has 2 values of equal rank: 1 (" in sync_text(found)
    (drift,) = _states(two_charts, "  replicas: 2").drifts
    assert (drift.found, drift.certainty) == ("1 or 3", Certainty.INFERRED)


def test_a_value_whose_place_says_nothing_any_more_is_named_as_not_compared(two_charts: Path) -> None:
    for path in _CHARTS:
        (two_charts / path).unlink()
    found = _states(two_charts, "  replicas: 1  # from charts/bot/templates/deployment.yaml:6:13")
    (one,) = found.not_compared
    assert (one.subject, one.stated_at.line) == ("target.replicas", 10)
    assert "no longer shows target.replicas" in one.why
    assert json.loads(sync_json(found))["not_compared"][0]["subject"] == "target.replicas"
    assert _states(two_charts, "  replicas: 1").not_compared == ()


@pytest.mark.parametrize(
    "listed", ["bedrock-runtime.amazonaws.com", "bedrock-runtime.eu-west-1.amazonaws.com", "bedrock"]
)
def test_a_destination_of_any_region_is_listed_with_its_region_or_without(
    tmp_path: Path, listed: str
) -> None:
    code = "import boto3\n\nclient = boto3.client('bedrock-runtime')\nclient.converse(modelId='amazon.nova-lite-v1:0', messages=[])\n"
    (tmp_path / "app.py").write_text(code)
    egress = f"security: {{egress: [{{name: {listed}}}]}}\n"
    (tmp_path / "pilot.yaml").write_text(
        f"apiVersion: poc-gate/v1\npilot: {{name: shop, uses: [llm]}}\n{egress}"
    )
    assert [one for one in compare_with_repository(tmp_path).drifts if one.kind == "new-destination"] == []
    (tmp_path / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\npilot: {name: shop, uses: [llm]}\nsecurity: {egress: []}\n"
    )
    (drift,) = [one for one in compare_with_repository(tmp_path).drifts if one.kind == "new-destination"]
    assert drift.found == "bedrock-runtime.amazonaws.com"
