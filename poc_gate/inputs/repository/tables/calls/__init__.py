"""Calls of libraries -> facts: this class or function of this package makes a model, a source, a tool; a new one is one row."""
