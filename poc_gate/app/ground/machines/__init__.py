"""Profiles of machines and fleets, read from where the user keeps them."""
