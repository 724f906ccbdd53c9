"""Hosts that were seen -> the destinations of the pilot, without those that it does not ask."""
