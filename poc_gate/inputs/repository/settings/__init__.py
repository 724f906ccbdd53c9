"""Settings files -> named values: models, stores, limits."""
