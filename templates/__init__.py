"""Shipped page templates; data only."""
