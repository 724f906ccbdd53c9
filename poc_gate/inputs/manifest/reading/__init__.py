"""`pilot.yaml` -> claims, each with its place."""
