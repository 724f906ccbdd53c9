"""Compose files -> containers, their systems, models, settings, limits; overrides after the file that they change."""
