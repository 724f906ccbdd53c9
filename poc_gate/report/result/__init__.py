"""A result <-> its canonical file."""
