"""`pilot.yaml` -> claims, each with file:line:column."""
