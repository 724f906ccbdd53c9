"""Writing a manifest: a first draft, what is still unknown, and the schemas."""
