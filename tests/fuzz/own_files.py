"""Files of ours that come back from strangers, and those that a team writes for us: samples, and what reads each."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from msgspec import Struct

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / part) for part in ("fuzz", "report", "inputs/connect")]

import own_records  # noqa: E402
from own_records import EXAMPLES, folder  # noqa: E402


class OwnFile(Struct, frozen=True):
    """One kind of file, its samples as file name and content, and what reads it."""

    name: str
    samples: Callable[[], list[tuple[str, bytes]]]
    read: Callable[[bytes], object]


def _example_files(pattern: str) -> Callable[[], list[tuple[str, bytes]]]:
    return cache(lambda: [(path.name, path.read_bytes()) for path in sorted(EXAMPLES.glob(pattern))])


def _manifest(content: bytes) -> object:
    from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

    return read_manifest(content, "pilot.yaml")


def _config(name: str) -> Callable[[bytes], object]:
    def read(content: bytes) -> object:
        from poc_gate.app.gate.config import option_defaults, read_config

        return option_defaults(read_config(folder() / name, content=content, shown=name))

    return read


_SETTINGS = b"""[assess]
machine = "l4-24gb"
format = ["markdown=report.md", "sarif"]
pack = ["house-rules"]
only = ["I01"]
accept = "conditional"
fail-on = "high"
ratchet = true
base-ref = "main"
advisory-until = "2026-12-31"
stage = "pilot"
[report]
format = ["html=page.html"]
quiet = true
[diff]
format = "markdown"
"""
_PROJECT = b'[project]\nname = "x"\n' + re.sub(rb"(?m)^\[(\w+)\]", rb"[tool.poc-gate.\1]", _SETTINGS)
_BINDINGS = b"""[[credentials]]
reference = "env:PGPASSWORD"
hosts = ["db.example.org"]
[[credentials]]
reference = "cmd:pass show db"
hosts = ["*.example.org"]
[[tls]]
hosts = ["db.example.org"]
ca = "ca.pem"
[budget]
rate = "5 req/s"
calls = 200
bytes = "5 MiB"
wall = "60 s"
timeout = "2 s"
connections = 2
"""


def _sources_config(content: bytes) -> object:
    from poc_gate.inputs.connect.local_config import of_a_stranger, read_local_config

    return of_a_stranger(read_local_config(content, "poc-gate.sources.toml"), "poc-gate.sources.toml")


def _machine(content: bytes) -> object:
    from poc_gate.inputs.probe.profile.profile_file import read_profile

    return read_profile(content, "machine.json")


@cache
def _sources_samples() -> list[tuple[str, bytes]]:
    from measuring import configured, measure_file

    from poc_gate.inputs.connect.declared.declaration import Declaration
    from poc_gate.inputs.connect.declared.presets import Preset
    from poc_gate.inputs.connect.results.sources_file import write_sources

    (folder() / "a.bin").write_bytes(b"a" * 500_000)
    declared = Declaration("exports", "nfs", url=str(folder()), objectives={"p50": 10.0, "p99": 1.0})
    preset = Preset("small", 40, 1, 0.0, ("p50",), "a sample")
    return [("sources.json", write_sources(measure_file(declared, configured(rate=300), preset=preset)))]


def _sources(content: bytes) -> object:
    from poc_gate.inputs.connect.results.sources_file import read_sources

    return read_sources(content, "sources.json", known=("exports",))


@cache
def _result_samples() -> list[tuple[str, bytes]]:
    from sample_result import sample_result

    from poc_gate.report.result.result_file import write_result

    return [("result.json", write_result(sample_result()))]


def _result(content: bytes) -> object:
    from poc_gate.report.formats import find_format
    from poc_gate.report.interface import RenderOptions
    from poc_gate.report.result.result_file import read_result

    result = read_result(content, "result.json")
    return [
        find_format(name).render(result, RenderOptions())
        for name in ("terminal", "markdown", "json", "junit")
    ]


@cache
def _record_samples() -> list[tuple[str, bytes]]:
    from sample_result import sample_result

    from poc_gate.report.result.record_file import write_record
    from poc_gate.report.result.record_of import record_of

    return [("record.json", write_record(record_of(sample_result())))]


def _record(content: bytes) -> object:
    from poc_gate.report.result.record_file import read_record

    return read_record(content, "record.json")


def _pack(content: bytes) -> object:
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.judge.packs.load_packs import load_packs

    name = re.search(rb"(?m)^id: *(HR\d\d[\w-]*)", content)
    files = dict(_example_files("packs/house-rules/*.yaml")())
    files[f"{name[1].decode()}.yaml" if name else "pack.yaml"] = content
    return load_packs({"house-rules": files}, full_catalogue())


_LEDGER = b"""waivers:
  - {id: W-1, rule: B06-load-tested-at-peak, reason: Negotiated., owner: head of support, approver: finance partner, expires: 2027-01-31}
  - id: W-2
    rule: A08-usage-rights
    subject: sources[policy-db]
    reason: The contract is being signed.
    owner: data owner
    approver: legal counsel
    expires: 2027-02-28
    plan: sign it
"""


def _waivers(content: bytes) -> object:
    from poc_gate.judge.packs.read_waivers import read_waivers

    return read_waivers(content, "poc-gate.waivers.yaml")


_CAPACITY = b"""resources:
  - {id: "contract policies", kind: source, total: 50 req/s, share: 0.5}
  - {id: reviewers, kind: reviewers, total: 4, pilots: [a, b]}
  - {id: accelerator h100, kind: accelerator, nodes: 2, devices: 8, device_memory: 80 GiB, failure_domain: 1}
order: [a, b]
hours: {a: [1, 2, 3]}
"""
_LISTED = b"""pilots:
  - {path: a/pilot.yaml, machine: l4-24gb, stage: pilot}
  - "b/*"
machine: h100-sxm-80gb
packs: [rag]
capacity: capacity.yaml
"""


def _yaml_of_ours(name: str) -> Callable[[bytes], object]:
    def read(content: bytes) -> object:
        from poc_gate.app.portfolio.find_pilots import PortfolioPart
        from poc_gate.app.portfolio.read_capacity import read_capacity
        from poc_gate.app.portfolio.shaped_yaml import read_placed

        path = folder() / name
        path.write_bytes(content)
        return (
            read_capacity(path)
            if name == "capacity.yaml"
            else read_placed(path, PortfolioPart, "see docs/portfolio.md")
        )

    return read


_REPORTS: list[tuple[str, object]] = [
    ("gitleaks.json", [{"RuleID": "x", "Fingerprint": "f", "File": "a.py", "StartLine": 3, "Commit": "c", "Date": "2026-11-01"}]),
    ("trufflehog.json", [{"DetectorName": "AWS", "SourceMetadata": {"Data": {"Git": {"file": "a", "line": 1}}}, "Verified": False}]),
    ("secrets.json", {"version": "1.5.0", "plugins_used": [], "results": {"a.py": [{"type": "x", "line_number": 3}]}, "generated_at": "2026-11-01T00:00:00Z"}),
    ("scan.sarif.json", {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "gitleaks", "version": "8"}}, "results": [{"ruleId": "x", "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.py"}, "region": {"startLine": 2}}}]}]}]}),
]  # fmt: skip
_EVIDENCE: list[tuple[str, bytes]] = [
    (
        "tests.xml",
        b'<testsuite tests="2" failures="1"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>',
    ),
    ("rows.csv", b"day,rate,note\n2026-11-01,0.5,ok\n2026-11-02,1e3,\n"),
    ("record.md", b"# Review\n\nDate: 2026-11-01\n\n## Owner\n\nhead of support\n\n- a\n- b\n"),
    ("record.yaml", b"date: 2026-11-01\nowner: head of support\nsteps: [a, b]\n"),
    *((name, json.dumps(content).encode()) for name, content in _REPORTS),
]


def _evidence(content: bytes) -> object:
    from poc_gate.app.secrets.scanner_reports import read_report
    from poc_gate.inputs.artifacts.evidence.evidence_formats import parse_evidence

    head = content.lstrip()[:1]
    name = (
        "r.xml"
        if head == b"<"
        else "r.json"
        if head in (b"[", b"{")
        else "r.md"
        if head == b"#"
        else "r.csv"
        if b"," in content[:20]
        else "r.yaml"
    )
    _, parsed = parse_evidence(content, name)
    return read_report(parsed)


OWN_FILES = (
    OwnFile("manifest", _example_files("*/pilot.yaml"), _manifest),
    OwnFile("poc-gate.toml", lambda: [("poc-gate.toml", _SETTINGS)], _config("poc-gate.toml")),
    OwnFile("pyproject", lambda: [("pyproject.toml", _PROJECT)], _config("pyproject.toml")),
    OwnFile("sources-config", lambda: [("poc-gate.sources.toml", _BINDINGS)], _sources_config),
    OwnFile("machine", _example_files("support-assistant/machine.json"), _machine),
    OwnFile("sources", _sources_samples, _sources),
    OwnFile("result", _result_samples, _result),
    OwnFile("record", _record_samples, _record),
    OwnFile("pack", _example_files("packs/house-rules/*.yaml"), _pack),
    OwnFile("waivers", lambda: [("poc-gate.waivers.yaml", _LEDGER)], _waivers),
    OwnFile("bundle", own_records.zip_samples, own_records.unpacked),
    OwnFile("bundle-member", own_records.bundle_members, own_records.member),
    OwnFile("fleet-node", own_records.node_samples, own_records.node),
    OwnFile("history-run", own_records.run_samples, own_records.run),
    OwnFile("portfolio", own_records.portfolio_samples, own_records.portfolio),
    OwnFile("capacity", lambda: [("capacity.yaml", _CAPACITY)], _yaml_of_ours("capacity.yaml")),
    OwnFile("pilots", lambda: [("pilots.yaml", _LISTED)], _yaml_of_ours("pilots.yaml")),
    OwnFile("evidence", lambda: _EVIDENCE, _evidence),
)
