"""Tools that code of Python describes to a model."""
