"""Manifests and locks of dependencies -> packages by name."""
