"""Start-up stays cheap: which heavy modules each command may load, and answers that need none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "claims-copilot"
MACHINE = ROOT / "examples" / "support-assistant" / "machine.json"

HEAVY = frozenset(
    {
        "pydantic",
        "jinja2",
        "rich",
        "numpy",
        "cpuinfo",
        "psycopg",
        "pymysql",
        "redis",
        "obstore",
        "pyarrow",
        "duckdb",
        "confluent_kafka",
        "weasyprint",
        "sqlglot",
        "asyncio",
        "importlib.metadata",
        "urllib.request",
        "psutil",
        "pynvml",
        "yaml",
        "msgspec",
        "jsonschema",
        "dataclasses",
        "statistics",
        "csv",
        "tomllib",
        "poc_gate.app.gate.baseline",
        "poc_gate.inputs.probe.profile.datasheets",
        "poc_gate.inputs.probe.topology.cpu_topology",
        "poc_gate.judge.packs.read_waivers",
    }
)
"""Modules that cost milliseconds to import; each command names the ones that it may load."""

ALLOWED = {
    ("--version",): set(),
    ("--help",): set(),
    ("assess", "--help"): set(),
    ("schema", "pilot"): {"msgspec", "yaml"},
    # That machine has no accelerator: the data sheet of the stated device gives the first answers.
    ("assess", str(EXAMPLE), "--machine", str(MACHINE), "--on", "2026-11-23"): {
        "msgspec", "yaml", "poc_gate.inputs.probe.profile.datasheets",
    },
}  # fmt: skip

SCRIPT = """
import json, sys
from poc_gate.__main__ import main
sys.argv = ["poc-gate", *sys.argv[1:]]
code = 0
try:
    main()
except SystemExit as stop:
    code = stop.code
sys.stderr.write("\\nMODULES " + json.dumps([code, sorted(sys.modules)]))
"""


@pytest.mark.parametrize("arguments", ALLOWED, ids=lambda a: " ".join(a).replace(str(ROOT), ""))
def test_a_command_loads_only_what_it_needs(arguments: tuple[str, ...]):
    assert modules_of(*arguments) & HEAVY <= ALLOWED[arguments]


def test_assessing_loads_only_the_importers_that_the_files_may_need():
    loaded = modules_of("assess", str(EXAMPLE), "--machine", str(MACHINE), "--on", "2026-11-23")
    assert "poc_gate.inputs.artifacts.contracts.odcs_importer" in loaded
    importers = {name.rsplit(".", 1)[-1] for name in loaded if name.endswith("_importer")}
    assert "odcs_importer" in importers
    assert not {"prometheus_importer", "openlineage_importer", "gguf_importer"} & importers


def modules_of(*arguments: str) -> set[str]:
    """Run one command line to its end and return the modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    code, modules = json.loads(done.stderr.rsplit("MODULES ", maxsplit=1)[1])
    assert code in (0, 10, 11, 12), done.stderr
    return set(modules)


def test_version_is_answered_before_the_command_line_is_loaded():
    code = (
        "import sys; sys.argv = ['poc-gate', '--version']; from poc_gate.__main__ import main; main(); "
        "print('typer' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    version, loaded = done.stdout.split("\n")[:2]
    assert version.startswith("poc-gate ")
    assert loaded == "False"
