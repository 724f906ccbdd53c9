"""The catalogue as it was agreed, written down once more: what the shipped files are held against."""

from __future__ import annotations

CORE = """
A01-sources-inventoried a H|A02-contract-coverage a H|A03-no-pilot-extracts a B|A04-entity-keys-resolve a H
A05-schema-change-notice a M|A06-quality-slo-met a H|A07-provenance-recorded a H|A08-usage-rights a B
A09-prod-access-granted a B|A10-pilot-represents-prod a H
B01-slo-declared d B|B02-access-mode-match d B|B03-latency-budget-closes m B|B04-fanout-tail m H
B05-tail-ratio m H|B06-load-tested-at-peak a B|B07-utilisation-at-peak m H|B10-source-protection d B
B11-retry-amplification d H|B12-deadline-nesting d M|B13-degradation-tested a H|B15-region-hops m H
B16-dependency-availability d H
C03-probe-matches-target m H|C05-movement-share m H|C06-h2d-share m L|C07-working-set-tier m H
C08-storage-feeds-compute m H|C11-network-carries-peak m M|C12-cold-start m H
D01-pipeline-in-code a H|D02-worst-case-age a B|D04-backlog-drains a M|D07-input-gate a H
D08-version-bound-lineage a H
E01-intended-purpose a B|E02-risk-tier a B|E03-risk-register a H|E04-thresholds-before-test a B
E05-sample-size a H|E06-run-variance a M|E07-worst-slice a H|E08-oversight-design a H|E09-oversight-capacity d M
E10-impact-assessment a H|E11-documentation a M|E12-third-party a H|E13-approval-lead-time d H
E14-log-retention a H|E15-user-notice a M
F01-classified a B|F02-least-privilege a B|F06-no-secrets m B|F07-egress-allowed a B|F08-encryption a H
F09-weights-pinned m H|F12-deletion-propagates a M|F13-privacy-basis a B
G01-version-pinned a B|G02-rollback-exercised a B|G03-canary a M|G04-quality-gate a H|G05-env-parity a M
G06-survives-one-loss m H|G07-workload-hygiene a M|G08-runbook-oncall a B|G09-stop-switch a B
G10-restore-tested a H|G11-incident-plan a M
H01-burn-alerts a H|H02-live-quality a B|H03-input-drift a H|H04-staleness-known a M|H05-freshness-monitor a M
H06-trace-joined a M|H07-saturation-telemetry a M|H08-feedback-loop a H
I01-accountable-owner d B|I02-success-metric a B|I03-workflow-fit d H|I04-run-funding a M
I05-independent-review a M|I06-simpler-baseline a M
J01-unit-cost a H|J02-cost-at-10x d M|J03-value-ratio d H|J04-spend-cap a M|J05-egress-share d L
J06-accelerator-duty m M
"""
GENAI = """
B08-concurrency-fits m B|B09-provider-quota a B|B14-ttft-floor m H|C01-memory-fit m B|C02-worst-context-fit m H
C04-decode-ceiling m B|C13-quantised-quality a M|F04-injection-suite a H|F05-output-untrusted a H
F10-consumption-caps a H
"""
RAG = "C10-vector-index-fits m B|D03-reindex-duty m H|F03-acl-in-query a B|K01-retrieval-recall a H|"
RAG += "K02-citations-verified a H"
AGENT = "D09-bounded-agent-loop a B|D10-agent-consistency a H|F11-tool-scope a B"
BATCH = "C09-accelerator-fed a M|D05-critical-path-slack a H|D06-skew-parity a H|"
BATCH += "K03-offline-metric-tracks-outcome a M|K04-backfill a H"

GENERAL = {"core": CORE, "genai-llm": GENAI, "rag": RAG, "agent": AGENT, "classic-ml-batch": BATCH}
"""Pack -> its rules as `id evidence severity`; d, a, m = declared, artifact, measured; B, H, M, L."""

REGULATED = {
    "regulated-eu-ai-act": {"K05": "B", "K06": "B", "K07": "B", "K08": "B"},
    "us-bank-mrm": {"K09": "B", "K10": "B"},
    "healthcare-us": {"K11": "H", "K12": "H"},
}
"""Pack -> letter and number of its own rules -> severity."""

PILOT = {"A08", "E02", "F01", "F06", "F07", "F13"}
LIMITED = PILOT | {"A03", "B01", "E01", "E04", "F02", "G01", "G09", "I01", "I02"}
TAGGED = {"B08", "B09", "C01", "C04", "C10", "D09", "F03", "F11"}
"""Blockers of a technique's own pack; they bind from `limited` on."""
PRODUCTION = LIMITED | TAGGED | {"A09", "B02", "B03", "B06", "B10", "D02", "G02", "G08", "H02"}

RAISED = {
    "rag": {"A07": "blocker", "D08": "blocker", "F12": "blocker"},
    "agent": {"B11": "blocker", "B12": "blocker", "H06": "blocker"},
    "classic-ml-batch": {"I06": "high", "H04": "high"},
    "regulated-eu-ai-act": {
        "E08": "blocker", "E10": "blocker", "E09": "high", "E15": "high", "G11": "high", "I05": "high",
    },
    "us-bank-mrm": {"I05": "blocker"},
    "healthcare-us": {
        "F08": "blocker", "E12": "blocker", "E14": "blocker", "G10": "blocker", "H04": "high",
    },
}  # fmt: skip
"""Pack -> rule of another pack -> severity at production where the pack applies; F02 is a blocker already."""


def listed(pack: str) -> dict[str, tuple[str, str]]:
    """Return id -> (evidence letter, severity letter) of one general pack."""
    lines = GENERAL[pack].replace("|", "\n").split("\n")
    rows = [line.split() for line in lines if line.strip()]
    return {identity: (evidence, severity) for identity, evidence, severity in rows}
