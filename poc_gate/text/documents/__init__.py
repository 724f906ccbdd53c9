"""Bytes -> plain data with positions: JSON, YAML and TOML, strict and bounded."""
