"""Tools for authors of rule packs."""
