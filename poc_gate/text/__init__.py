"""Bytes -> text and plain data with positions; quantities and secrets in text."""
