"""Findings, gates and verdicts -> the sentences that people read."""
