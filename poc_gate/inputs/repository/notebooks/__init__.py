"""Notebooks -> what their code cells say, read as Python."""
