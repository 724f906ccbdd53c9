"""Findings -> verdict, exit code, and what changed between two results."""
