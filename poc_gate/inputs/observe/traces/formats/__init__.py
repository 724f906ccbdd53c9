"""Formats of trace files -> spans in a store, one format per file."""
