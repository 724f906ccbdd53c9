"""What samples and counts say with which certainty: percentiles, shares, rates; standard library alone."""
