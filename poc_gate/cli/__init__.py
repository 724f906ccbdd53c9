"""Typer: options -> pipeline -> exit code; one command a file."""
