"""Live data sources -> measurements; one connector a file."""
