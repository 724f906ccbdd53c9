"""Files in and out: read with a digest, written whole, kept in the user's cache."""
