"""Keys of well-known frameworks -> the names people use; a key that is not listed is shown as it is."""

from __future__ import annotations

NAMES = {
    "aws-genai-lens": "AWS Generative AI Lens",
    "aws-ml-lens": "AWS Machine Learning Lens",
    "croissant": "Croissant",
    "cyclonedx": "CycloneDX",
    "eu-ai-act": "EU AI Act",
    "fda-gmlp": "FDA Good Machine Learning Practice",
    "fda-pccp": "FDA change control plans",
    "finos-aigf": "FINOS AI Governance Framework",
    "google-sre": "Site Reliability Engineering",
    "google-sre-workbook": "The Site Reliability Workbook",
    "hipaa-security-rule": "HIPAA Security Rule",
    "iso-42001": "ISO/IEC 42001",
    "kubernetes": "Kubernetes",
    "mitre-atlas": "MITRE ATLAS",
    "ml-test-score": "The ML Test Score",
    "mlperf-inference": "MLPerf Inference",
    "mlperf-storage": "MLPerf Storage",
    "nist-ai-600-1": "NIST Generative AI Profile",
    "nist-ai-rmf": "NIST AI RMF",
    "odcs": "Open Data Contract Standard",
    "onc-hti": "ONC HTI-1",
    "openlineage": "OpenLineage",
    "openslo": "OpenSLO",
    "owasp-ai-testing-guide": "OWASP AI Testing Guide",
    "owasp-llm-top-10": "OWASP LLM Top 10",
    "sr-26-2": "SR 26-2, model risk",
}


def framework_name(key: str) -> str:
    """Return the name of a framework."""
    return NAMES.get(key, key)
