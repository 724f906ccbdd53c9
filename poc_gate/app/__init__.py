"""Calls the rooms in order; the only place that sees every room, with no logic of its own."""
