"""Accelerators: what they are and the rates they reach."""
