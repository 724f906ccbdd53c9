"""Service level objectives and alert rules."""
