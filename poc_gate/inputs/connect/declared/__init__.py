"""What is declared of a source: how often it renews, which systems are preset, which facts it can state."""
