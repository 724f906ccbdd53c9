"""Formats for machines: CI annotations, code scanning, test results, attestations."""
