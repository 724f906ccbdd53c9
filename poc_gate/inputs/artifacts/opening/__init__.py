"""A path in the pilot's folder -> a document with positions, and the secrets in it."""
