"""Totals of traces, and what a manifest says -> observations, what must not be concluded, questions, views."""
