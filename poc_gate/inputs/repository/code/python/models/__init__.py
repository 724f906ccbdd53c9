"""Models in Python: their names, their providers, their limits."""
