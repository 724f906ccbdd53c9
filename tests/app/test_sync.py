"""A manifest falls behind its repository: each difference is named with both places, and what people wrote stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from poc_gate.app.gate.drift_findings import drift_findings
from poc_gate.app.inspect.drift import compare_with_repository
from poc_gate.errors import UsageError

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
    command = [sys.executable, "-m", "poc_gate", "assess", str(pilot), "--machine", "l4-24gb", "--base-ref", "main", "--ratchet", "--repository", str(pilot), "--quiet"]  # fmt: skip
    alike = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "X09" not in alike.stderr
    (pilot / "app.py").write_text(CODE.format(model="gpt-4.1") + "\nimport psycopg\n\npsycopg.connect('x')\n")
    moved = subprocess.run(command, capture_output=True, text=True, check=False)
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
