"""The files that a manifest names -> claims, evidence and notices."""
