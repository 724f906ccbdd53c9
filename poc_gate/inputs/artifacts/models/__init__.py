"""Model configurations and weight files -> shape, precision and exact sizes."""
