"""Engines that serve models or search vectors, each with all that the other rooms ask about it; one row each."""
