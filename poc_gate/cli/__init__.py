"""Typer: options -> app -> exit code; one command per file."""
