"""Measuring on request: this machine, live data sources."""
