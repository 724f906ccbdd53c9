"""Planned arrivals -> calls that are sent when they are due, and stopped in time."""
