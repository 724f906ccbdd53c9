"""Curves and walls -> the coordinates of their drawings."""
