"""Signals -> conclusions: which of several candidates speak, and what stays a question."""
