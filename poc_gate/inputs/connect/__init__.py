"""Live data sources -> measurements; one connector per file."""
