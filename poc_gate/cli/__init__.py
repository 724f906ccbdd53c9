"""Typer: options -> app -> exit code; one command a file."""
