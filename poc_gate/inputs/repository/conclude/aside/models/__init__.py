"""Models that the files name and the pilot does not ask, or that nobody chose -> they are left, or asked about."""
