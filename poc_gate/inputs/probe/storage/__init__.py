"""Storage below a path that the user names."""
