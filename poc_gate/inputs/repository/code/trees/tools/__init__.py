"""Syntax trees -> the tools that a model is given, by how they are declared and handed over."""
