"""Examples of environment files -> variables with their values."""
