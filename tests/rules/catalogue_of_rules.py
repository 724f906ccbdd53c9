"""The catalogue as it was agreed, written down once more: what the shipped files are held against."""

from __future__ import annotations

CATALOGUE = {
    "core": """
A01-sources-inventoried a MHH|A02-contract-coverage a MMM|A03-no-pilot-extracts a MHB
A04-entity-keys-resolve a MHH|A05-schema-change-notice a MMH|A06-quality-slo-met a MHH
A07-provenance-recorded a MHH|A08-usage-rights a BBB|A09-prod-access-granted a MHB
A10-pilot-represents-prod a MHH|B01-slo-declared d MHB|B02-access-mode-match d MHB
B03-latency-budget-closes a MHB|B04-fanout-tail m MHH|B05-tail-ratio a MMM|B06-load-tested-at-peak a MHB
B07-utilisation-at-peak a MHH|B10-source-protection d MHB|B11-retry-amplification d MHH
B12-deadline-nesting d MMH|B13-degradation-tested a MHH|B15-region-hops a MMH
B16-dependency-availability d MHH|B17-path-availability d MHH|C03-probe-matches-target m MMH
C05-movement-share a MMM|C06-h2d-share a LLL|C07-working-set-tier a MMH|C08-storage-feeds-compute a MHH
C11-network-carries-peak a MMH|C12-cold-start a MHH|D01-pipeline-in-code a MHH|D02-worst-case-age a MHB
D04-backlog-drains a MMM|D07-input-gate a MHH|D08-version-bound-lineage a MHH|E01-intended-purpose a MBB
E02-risk-tier a BBB|E03-risk-register a MHH|E04-thresholds-before-test a MHH|E05-sample-size a MHH
E06-run-variance a MMM|E07-worst-slice a MMH|E08-oversight-design a MHH|E09-oversight-capacity d MMH
E10-impact-assessment a MHH|E11-documentation a MMM|E12-third-party a MHH|E13-approval-lead-time d MHH
E14-log-retention a MHH|E15-user-notice a MMM|E16-human-decision a MHH|E17-evaluation-set-current a MMH
E18-scope-declared d HHH|E19-evaluation-clean a MMH|F01-classified a HBB|F02-least-privilege a MBB
F06-no-secrets m BBB|F07-egress-allowed a BBB|F08-encryption a MHH|F09-weights-pinned a MHH
F12-deletion-propagates a MMH|F13-privacy-basis a BBB|F16-residency a MHB|F19-weights-licence a MHB
F20-known-flaws a LMH
G01-version-pinned a MHB|G02-rollback-exercised a MHB|G03-canary a MMH|G04-quality-gate a MHH
G05-env-parity a MMM|G06-survives-one-loss a MHH|G07-workload-hygiene a MMH|G08-runbook-oncall a MHB
G09-stop-switch a MBB|G10-restore-tested a MHH|G11-incident-plan a MMH|G12-model-end-of-life a MHH
G13-provider-fallback a MHH|G14-way-back a MMM|H01-burn-alerts a MMM|H02-live-quality a MHB
H03-input-drift a MMH|H04-staleness-known a MMM|H05-freshness-monitor a MMH|H06-trace-joined a MMM
H07-saturation-telemetry a MMM|H08-feedback-loop a MMM|H09-alert-load a MMH|I01-accountable-owner d HBB
I02-success-metric a MBB|I03-workflow-fit d MHH|I04-run-funding a MMH|I05-independent-review a MMM
I06-simpler-baseline a MMM|J01-unit-cost a MHH|J02-cost-at-10x d MMM|J03-value-ratio d MHH
J04-spend-cap a MHH|J05-egress-share d LLL|J06-accelerator-duty a MMM|J07-cost-per-outcome d MMH
""",
    "genai-llm": """
B08-concurrency-fits a MBB|B09-provider-quota a MHB|B14-ttft-floor a MHH|C01-memory-fit a HBB
C02-worst-context-fit a MHH|C04-decode-ceiling a MHB|C13-quantised-quality a MHH
C14-declared-speed d MHH|F04-injection-suite a MHH|F05-output-untrusted a MHH|F10-consumption-caps a MHH
F14-outward-acts-contained a MHB|F17-memory-isolated a MHH|K13-answers-match-authority a MHH
""",
    "rag": """
C10-vector-index-fits a MHB|D03-reindex-duty a MHH|F03-acl-in-query a HBB|K01-retrieval-recall a MHH
K02-citations-verified a MHH
""",
    "agent": """
D09-bounded-agent-loop a MHB|D10-agent-consistency a MHH|F11-tool-scope a MHB|F15-tool-servers a MHB
F18-production-apart a HHH
""",
    "classic-ml-batch": """
C09-accelerator-fed a MMM|D05-critical-path-slack a MHH|D06-skew-parity a MHH
K03-offline-metric-tracks-outcome a MMH|K04-backfill a MHH
""",
    "eu-dora": """
K15-ict-third-party a MBB
""",
    "healthcare-us": """
K11-source-attributes a MHH|K12-human-ai-team a HHH
""",
    "regulated-eu-ai-act": """
K05-classification a HBB|K06-technical-file a MBB|K07-logs-retained a MBB|K08-fundamental-rights a MBB|K16-ai-literacy d LMM
""",
    "us-bank-mrm": """
K09-inventory-entry a MBB|K10-independent-validation a MBB
""",
}
"""Pack -> its rules as `id evidence severities`; d, a, m = declared, artifact, measured; one letter for each
stage, pilot to production: B, H, M, L."""

RAISED = {
    "agent": {"B11": "blocker", "B12": "blocker", "H06": "blocker"},
    "classic-ml-batch": {"I06": "high", "H04": "high"},
    "eu-dora": {"E12": "blocker", "G11": "blocker", "G10": "blocker", "G13": "blocker"},
    "healthcare-us": {"F08": "blocker", "E12": "blocker", "E14": "blocker", "G10": "blocker", "H04": "high"},
    "rag": {"A07": "blocker", "D08": "blocker", "F12": "blocker"},
    "regulated-eu-ai-act": {"E08": "blocker", "E10": "blocker", "E15": "high", "I05": "high"},
    "us-bank-mrm": {"I05": "blocker"},
}  # fmt: skip
"""Pack -> rule of another pack -> severity at production where the pack applies and the rule was lower."""


def listed(pack: str) -> dict[str, tuple[str, str]]:
    """Return id -> (evidence letter, severity letters of the three stages) of one pack."""
    lines = CATALOGUE[pack].replace("|", "\n").split("\n")
    rows = [line.split() for line in lines if line.strip()]
    return {identity: (evidence, severity) for identity, evidence, severity in rows}
